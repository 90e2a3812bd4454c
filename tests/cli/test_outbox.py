"""``outbox``: what was logged without the line is seen, saved once, tried again or dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from db.address import Address
from db.book import create_book
from db.outbox import Outbox
from db.undo import undo
from planner.queued import Waiting, encode
from planner.use_cases.accounts import archive_account
from tests.cli.conftest import Ask
from tests.db.servers import Databases
from tests.makers import TODAY, World, at, fill, opened
from tests.pg_server import Server, free_port
from tui.composition import launch

ONE, TWO = "a1" + "0" * 30, "b2" + "0" * 30
Done = Callable[..., Any]


@pytest.fixture
def place(server: Server, monkeypatch: pytest.MonkeyPatch, ask: Ask) -> Iterator[Address]:
    """A book on a server at the address that ``ask`` uses."""
    assert ask("me", "Ann").code == 0
    databases = Databases(server)
    made = databases.new()
    monkeypatch.setenv("TRUSTPLAN_BOOK", made.url)
    create_book(made, name="Test", today=TODAY)
    yield made
    databases.drop_all()


@pytest.fixture
def there(place: Address) -> World:
    """One of everything in it."""
    book = opened(place)
    try:
        return fill(book)
    finally:
        book.close()


@pytest.fixture
def kept(place: Address) -> Outbox:
    """The outbox that the app of this machine uses."""
    return launch(place.url).away().outbox


def put(kept: Outbox, op_id: str, account: int, note: str) -> None:
    arguments = encode((account,), {"kind": "call", "when": at(1, 9), "note": note})
    kept.put(
        Waiting(op_id, f"2026-03-11T12:0{op_id[1]}:00+00:00", "log_touchpoint", arguments, "Ann")
    )


def notes(place: Address) -> list[str]:
    book = opened(place)
    try:
        return [row[0] for row in book.connection.rows("SELECT note FROM touchpoint ORDER BY id")]
    finally:
        book.close()


def change(place: Address, use_case: Callable[..., Any], *args: Any) -> None:
    book = opened(place)
    try:
        book.run(use_case, *args)
    finally:
        book.close()


def test_what_waits_is_listed_and_saved_once(
    done: Done, ask: Ask, place: Address, there: World, kept: Outbox
) -> None:
    put(kept, TWO, there.other, "second \x1b[31m note")
    put(kept, ONE, there.account, "first note")
    listed = done("outbox", "list")
    assert [one["entry"] for one in listed] == [ONE, TWO]
    assert [one["text"] for one in listed] == ["first note", "second \x1b[31m note"]
    assert listed[0]["account_id"] == str(there.account)
    assert "\x1b" not in ask("outbox", "list").out
    before = notes(place)
    assert done("outbox", "save") == {"saved": [TWO, ONE], "refused": []}
    assert done("outbox", "save") == {"saved": [], "refused": []}
    assert sorted(notes(place)) == sorted([*before, "first note", "second \x1b[31m note"])
    assert "Nothing waits" in ask("outbox", "list").out


def test_the_copy_on_this_machine_gives_the_names_of_accounts(
    done: Done, place: Address, there: World, kept: Outbox
) -> None:
    put(kept, ONE, there.account, "note")
    assert done("outbox", "list")[0]["account"] is None
    book = opened(place, mode="read")
    name = book.connection.one("SELECT name FROM account WHERE id = :i", {"i": there.account})
    launch(place.url).away().copy.make(book)
    book.close()
    assert name == (done("outbox", "list")[0]["account"],)


def test_what_was_refused_can_be_tried_again(
    ask: Ask, done: Done, place: Address, there: World, kept: Outbox
) -> None:
    put(kept, ONE, there.other, "lost otherwise")
    change(place, archive_account, there.other)
    got = ask("outbox", "save")
    assert got.code == 1
    assert "Saved: 0. Refused: 1." in got.out
    assert "archived" in done("outbox", "list")[0]["refused"]
    assert done("outbox", "save")["saved"] == []
    change(place, undo)
    assert done("outbox", "again", "a1")["refused"] is None
    assert done("outbox", "save")["saved"] == [ONE]
    assert "lost otherwise" in notes(place)


def test_what_is_dropped_is_printed_whole_first(ask: Ask, there: World, kept: Outbox) -> None:
    put(kept, ONE, there.account, "word " * 100 + "the end")
    got = ask("outbox", "drop", ONE)
    assert got.code == 0
    assert "the end" in got.out
    assert kept.waiting() == []


def test_a_wrong_or_unclear_name_drops_nothing(ask: Ask, there: World, kept: Outbox) -> None:
    put(kept, ONE, there.account, "one")
    put(kept, "a2" + "0" * 30, there.account, "two")
    assert "no entry 'zz'" in ask("outbox", "drop", "zz").err
    assert "no entry ''" in ask("outbox", "drop", "").err
    got = ask("outbox", "drop", "a")
    assert got.code == 1
    assert ONE in got.err
    assert kept.count() == 2


def test_what_cannot_be_read_any_more_is_listed_and_can_be_dropped(
    ask: Ask, done: Done, kept: Outbox
) -> None:
    kept.put(Waiting(ONE, "2026-03-11T12:00:00+00:00", "no_such", "{", "Ann"))
    listed = done("outbox", "list")
    assert (listed[0]["account"], listed[0]["text"]) == (None, "{")
    assert ask("outbox", "drop", ONE).code == 0
    assert done("outbox", "list") == []


def test_a_server_that_is_away_is_said_and_everything_waits_on(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = f"postgresql://ann@127.0.0.1:{free_port()}/book"
    monkeypatch.setenv("TRUSTPLAN_BOOK", away)
    kept = launch(away).away().outbox
    put(kept, ONE, 1, "note")
    got = ask("outbox", "save")
    assert got.code == 3
    assert "cannot be reached" in got.err
    assert kept.count() == 1
    assert "note" in ask("outbox", "list").out


def test_a_file_has_no_outbox(ask: Ask) -> None:
    got = ask("outbox", "list")
    assert got.code == 1
    assert "saved at once" in got.err
