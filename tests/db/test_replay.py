"""What waited is saved once, the oldest first, whatever happens on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.book import Book
from db.outbox import Outbox
from db.replay import replay
from planner.errors import BookUnavailable, Offline, SaveUnknown
from planner.queued import Waiting, encode
from planner.use_cases.accounts import archive_account
from tests.makers import World, at

AT = "2026-03-11T12:00:00Z"


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "state", "postgresql://ann@host/book")


def put(outbox: Outbox, op_id: str, name: str, *args: Any, actor: str = "Ann", **kw: Any) -> None:
    outbox.put(Waiting(op_id, AT, name, encode(args, kw), actor))


def talk(outbox: Outbox, op_id: str, account: int, note: str, **more: Any) -> None:
    put(outbox, op_id, "log_touchpoint", account, kind="call", when=at(0, 9), note=note, **more)


def notes(book: Book) -> list[str]:
    rows = book.connection.rows("SELECT note FROM touchpoint WHERE note LIKE 'waited%' ORDER BY id")
    return [row[0] for row in rows]


def changes(book: Book) -> int:
    row = book.connection.one("SELECT COUNT(*) FROM change WHERE op_id IS NOT NULL")
    return int(row[0]) if row else 0


def test_all_kinds_that_may_wait_are_saved_in_their_order(
    filled: Book, world: World, outbox: Outbox
) -> None:
    talk(outbox, "a", world.account, "waited 1", person_ids=[world.maria])
    put(outbox, "b", "rang_without_answer", world.account, at(0, 10))
    put(outbox, "c", "log_complaint", world.account, title="late", when=at(0), owner_id="Bob")
    put(outbox, "d", "give_pulse", world.account, 4, function="sales")
    talk(outbox, "e", world.account, "waited 2")
    assert replay(filled, outbox) == (5, [])
    assert notes(filled) == ["waited 1", "waited 2"]
    rows = filled.connection.rows("SELECT op_id FROM change WHERE op_id IS NOT NULL ORDER BY id")
    assert [row[0] for row in rows] == ["a", "b", "c", "d", "e"]
    owner = filled.connection.one("SELECT owner_id FROM complaint WHERE title = 'late'")
    assert owner == (world.bob,)
    assert outbox.count() == 0


@pytest.mark.parametrize("failure", [Offline, SaveUnknown, KeyboardInterrupt])
def test_what_was_saved_without_an_answer_is_not_saved_again(
    filled: Book,
    world: World,
    outbox: Outbox,
    failure: type[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    talk(outbox, "a", world.account, "waited 1")
    talk(outbox, "b", world.account, "waited 2")
    commit = filled.connection.commit

    def lost() -> None:
        commit()
        raise failure("lost")

    with monkeypatch.context() as patch:
        patch.setattr(filled.connection, "commit", lost)
        with pytest.raises(failure):
            replay(filled, outbox)
    assert outbox.count() == 2
    assert replay(filled, outbox) == (2, [])
    assert notes(filled) == ["waited 1", "waited 2"]
    assert changes(filled) == 2


def test_a_crash_between_the_commit_and_the_mark_does_not_save_twice(
    filled: Book, world: World, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(outbox, "a", world.account, "waited 1")

    def crash(_op_id: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "done", crash)
        with pytest.raises(KeyboardInterrupt):
            replay(filled, outbox)
    assert (notes(filled), outbox.count()) == (["waited 1"], 1)
    assert replay(filled, outbox) == (1, [])
    assert (notes(filled), outbox.count(), changes(filled)) == (["waited 1"], 0, 1)


def test_a_cut_line_leaves_the_rest_waiting(
    filled: Book, world: World, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        talk(outbox, str(number), world.account, f"waited {number}")
    begin, begun = filled.connection.begin, []

    def cut() -> None:
        begun.append(1)
        if len(begun) == 2:
            raise Offline("cut")
        begin()

    with monkeypatch.context() as patch:
        patch.setattr(filled.connection, "begin", cut)
        with pytest.raises(Offline):
            replay(filled, outbox)
    assert notes(filled) == ["waited 1"]
    assert [one.op_id for one in outbox.waiting()] == ["2", "3"]


def test_what_the_book_refuses_is_kept_with_the_sentence_and_the_rest_goes_on(
    filled: Book, world: World, outbox: Outbox
) -> None:
    filled.run(archive_account, world.other)
    talk(outbox, "a", world.other, "waited 1")
    put(outbox, "b", "change_account", world.account, tier=1)
    talk(outbox, "c", world.account, "waited 2", actor="Bob")
    talk(outbox, "d", world.account, "waited 3")
    saved, refused = replay(filled, outbox)
    assert saved == 1
    assert notes(filled) == ["waited 3"]
    assert [one.op_id for one in refused] == ["a", "b", "c"]
    assert outbox.refused() == refused
    assert "archived" in refused[0].refused
    assert "cannot be read" in refused[1].refused
    assert refused[2].refused == "Bob logged this, and Ann is here now."
    assert outbox.count() == 0


def test_a_book_that_cannot_be_written_now_refuses_nothing(
    filled: Book, world: World, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(outbox, "a", world.account, "waited 1")

    def busy() -> None:
        raise BookUnavailable("busy")

    monkeypatch.setattr(filled.connection, "begin", busy)
    with pytest.raises(BookUnavailable):
        replay(filled, outbox)
    assert (outbox.count(), outbox.refused()) == (1, [])
