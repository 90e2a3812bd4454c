"""What waits for the server is kept for its owner alone, in order, and once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from db.outbox import Outbox
from planner.errors import BookUnavailable
from planner.queued import Waiting

AT = "2026-11-22T10:00:00Z"


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "state", "postgresql://ann@host/book")


def entry(op_id: str, at: str = AT) -> Waiting:
    return Waiting(op_id, at, "give_pulse", '{"args":[1,3],"kwargs":{}}', "Ann")


def test_what_waits_comes_back_as_it_was_in_the_order_in_which_it_was_put(outbox: Outbox) -> None:
    later, earlier = entry("b"), entry("a", "2026-11-21T10:00:00Z")
    outbox.put(later)
    outbox.put(earlier)
    assert outbox.waiting() == [later, earlier]
    assert outbox.count() == 2


def test_an_operation_put_twice_waits_once(outbox: Outbox) -> None:
    outbox.put(entry("a"))
    outbox.put(entry("a", "2027-01-01T00:00:00Z"))
    assert outbox.waiting() == [entry("a")]


def test_what_is_done_waits_no_more_and_done_twice_is_fine(outbox: Outbox) -> None:
    outbox.put(entry("a"))
    outbox.put(entry("b"))
    outbox.done("a")
    outbox.done("a")
    assert [one.op_id for one in outbox.waiting()] == ["b"]


def test_what_was_refused_is_kept_with_the_sentence_and_may_wait_again(outbox: Outbox) -> None:
    outbox.put(entry("a"))
    outbox.refuse("a", "That account is archived.")
    assert outbox.waiting() == []
    assert outbox.count() == 0
    assert outbox.refused() == [entry("a")._replace(refused="That account is archived.")]
    outbox.retry("a")
    assert outbox.waiting() == [entry("a")]


def test_nobody_else_can_read_the_file(outbox: Outbox) -> None:
    outbox.put(entry("a"))
    assert stat.S_IMODE(outbox.path.stat().st_mode) == 0o600
    outbox.path.chmod(0o644)
    outbox.put(entry("b"))
    assert stat.S_IMODE(outbox.path.stat().st_mode) == 0o600


def test_asking_how_many_wait_makes_no_file(outbox: Outbox) -> None:
    assert outbox.count() == 0
    assert not outbox.path.exists()


def test_two_books_have_files_of_their_own(tmp_path: Path) -> None:
    one = Outbox(tmp_path, "postgresql://ann@host/book")
    other = Outbox(tmp_path, "postgresql://bob@host/book")
    one.put(entry("a"))
    assert other.waiting() == []


@pytest.mark.parametrize("damage", [b"no database at all", b"SQLite format 3\x00" + b"\xff" * 500])
def test_a_damaged_file_is_set_aside_with_a_notice(outbox: Outbox, damage: bytes) -> None:
    outbox.path.parent.mkdir()
    outbox.path.write_bytes(damage)
    outbox.put(entry("a"))
    assert outbox.waiting() == [entry("a")]
    aside = outbox.path.with_suffix(".damaged-1")
    assert aside.read_bytes() == damage
    assert [str(aside) in notice for notice in outbox.notices] == [True]


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BookUnavailable, match="What waits for the server could not be kept"):
        Outbox(tmp_path / "file", "x").put(entry("a"))


def test_what_the_server_said_last_is_known_without_it(outbox: Outbox) -> None:
    assert outbox.known("actor") is None
    outbox.know("actor", "Ann")
    outbox.know("actor", "Anna")
    assert outbox.known("actor") == "Anna"
