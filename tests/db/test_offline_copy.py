"""The copy that is read without the line: whole, of one moment, for its owner alone."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from db import line_check, offline_copy
from db.address import Address
from db.book import Book, create_book
from db.copying import COPIED
from db.offline_copy import FRESH_FOR, OfflineCopy
from db.schema_number import HEAD
from planner.errors import BookUnavailable, Offline
from planner.use_cases.accounts import add_account
from tests.db.moving import connected, digests
from tests.db.servers import Databases
from tests.db.team_book import as_
from tests.fakes import NOON, FakeClock
from tests.guarded_server import Guarded
from tests.makers import TODAY, fill, opened


@pytest.fixture
def address(databases: Databases) -> Address:
    """A filled book on a server."""
    made = databases.new()
    create_book(made, name="Test", today=TODAY)
    book = opened(made)
    fill(book)
    book.close()
    return made


@pytest.fixture
def copy(tmp_path: Path) -> OfflineCopy:
    return OfflineCopy(tmp_path / "state", "postgresql://ann@host/book")


def make(copy: OfflineCopy, address: Address) -> None:
    book = opened(address, mode="read")
    try:
        copy.make(book)
    finally:
        book.close()


def test_the_copy_has_every_row_and_is_only_read(copy: OfflineCopy, address: Address) -> None:
    make(copy, address)
    assert digests(Address("sqlite", copy.path)) == digests(address)
    book = copy.open(FakeClock(), "Ann")
    assert book.actor.colleague_id is not None
    with pytest.raises(BookUnavailable, match="read-only"):
        book.run(add_account, name="New")
    book.close()


def test_it_is_one_file_for_its_owner_alone(copy: OfflineCopy, address: Address) -> None:
    make(copy, address)
    assert list(copy.path.parent.iterdir()) == [copy.path]
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600


def test_a_new_copy_takes_the_place_of_the_one_before_while_that_is_read(
    copy: OfflineCopy, address: Address
) -> None:
    make(copy, address)
    before = copy.open(FakeClock(), "Ann")
    count = "SELECT COUNT(*) FROM account"
    assert before.connection.one(count) == (2,)
    book = opened(address)
    book.run(add_account, name="New")
    book.close()
    make(copy, address)
    assert before.connection.one(count) == (2,)
    before.close()
    after = copy.open(FakeClock(), "Ann")
    assert after.connection.one(count) == (3,)
    after.close()
    assert list(copy.path.parent.iterdir()) == [copy.path]


@pytest.mark.parametrize("login", ["ann", "bob", "rosa"])
def test_every_member_can_make_a_copy_of_the_whole_book(
    guarded: Guarded, team: str, copy: OfflineCopy, login: str
) -> None:
    book = as_(guarded, team, login)
    counts = [book.connection.one(f"SELECT COUNT(*) FROM {table}") for table in COPIED]
    copy.make(book)
    book.close()
    kept = copy.open(FakeClock(), "Ann Lee")
    assert [kept.connection.one(f"SELECT COUNT(*) FROM {table}") for table in COPIED] == counts
    kept.close()


def test_a_failure_leaves_the_copy_before_and_nothing_else(
    copy: OfflineCopy, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(copy, address)
    before = copy.path.read_bytes()

    def cut(*_args: object) -> None:
        raise Offline("cut")

    monkeypatch.setattr("db.move.copy_tables", cut)
    with pytest.raises(Offline):
        make(copy, address)
    assert copy.path.read_bytes() == before
    assert list(copy.path.parent.iterdir()) == [copy.path]


def test_a_large_book_is_not_copied_and_the_sentence_says_so(
    copy: OfflineCopy, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline_copy, "MOST_TOUCHPOINTS", 0)
    with pytest.raises(BookUnavailable, match="more than 0 touchpoints, so no copy"):
        make(copy, address)
    assert copy.made_at() is None


def test_without_a_copy_or_with_a_damaged_or_old_one_the_sentence_says_what_comes(
    copy: OfflineCopy, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BookUnavailable, match="there is no copy of the book"):
        copy.open(FakeClock(), "Ann")
    make(copy, address)
    monkeypatch.setattr(offline_copy, "HEAD", HEAD + 1)
    with pytest.raises(BookUnavailable, match="cannot be read: it is of another version"):
        copy.open(FakeClock(), "Ann")
    copy.path.write_bytes(b"no book")
    with pytest.raises(BookUnavailable, match="cannot be read:"):
        copy.open(FakeClock(), "Ann")


def test_a_copy_is_brought_up_to_date_and_says_when(
    copy: OfflineCopy, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(copy, address)
    os.utime(copy.path, (NOON.timestamp(), NOON.timestamp()))
    book = opened(address)
    book.run(add_account, name="New")
    with monkeypatch.context() as patch:
        patch.setattr("db.move.move_book", None)
        copy.renew(book)
    assert copy.made_at() != NOON
    assert digests(Address("sqlite", copy.path)) == digests(address)
    assert list(copy.path.parent.iterdir()) == [copy.path]
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    book.close()


@pytest.mark.parametrize("state", ["missing", "damaged", "empty", "older"])
def test_a_copy_that_cannot_be_brought_up_to_date_is_made_anew(
    copy: OfflineCopy, address: Address, state: str
) -> None:
    copy.path.parent.mkdir(exist_ok=True)
    if state == "damaged":
        make(copy, address)
        copy.path.write_bytes(copy.path.read_bytes()[:5000] + bytes(20_000))
    if state == "empty":
        copy.path.touch()
    if state == "older":
        make(copy, address)
        with connected(Address("sqlite", copy.path)) as connection:
            connection.run("PRAGMA user_version=1")
    book = opened(address)
    book.run(add_account, name="New")
    copy.renew(book)
    assert digests(Address("sqlite", copy.path)) == digests(address)
    assert list(copy.path.parent.iterdir()) == [copy.path]
    book.close()


def test_a_line_that_is_cut_while_the_copy_is_renewed_says_so_and_leaves_it(
    copy: OfflineCopy, address: Address
) -> None:
    make(copy, address)
    before = digests(Address("sqlite", copy.path))
    book = opened(address)
    book.run(add_account, name="New")
    line_check.cut(book.connection)
    with pytest.raises(Offline):
        copy.renew(book)
    assert digests(Address("sqlite", copy.path)) == before
    book.close()


def test_a_copy_is_fresh_for_some_minutes(copy: OfflineCopy) -> None:
    assert not copy.is_fresh(NOON)
    copy.path.parent.mkdir()
    copy.path.touch()
    os.utime(copy.path, (NOON.timestamp(), NOON.timestamp()))
    assert copy.made_at() == NOON
    assert copy.is_fresh(NOON + FRESH_FOR - timedelta(seconds=1))
    assert not copy.is_fresh(NOON + FRESH_FOR)
    assert not copy.is_fresh(NOON - timedelta(seconds=1))


def test_a_session_at_rest_works_on_nothing_and_a_busy_one_does(address: Address) -> None:
    one, other = opened(address), opened(address, mode="read")
    session = line_check.session_of(one.connection)
    assert session is not None
    assert line_check.works_on(other, session)[0] is False
    one.connection.begin()
    at_rest = line_check.works_on(other, session)
    assert at_rest[0] is False
    assert line_check.works_on(other, session) == at_rest
    own = line_check.session_of(other.connection)
    assert own is not None
    assert line_check.works_on(other, own)[0] is True
    one.close()
    assert line_check.session_of(one.connection) is None
    other.close()


def test_a_line_that_is_cut_from_aside_says_so_at_its_next_use(address: Address) -> None:
    book = opened(address)
    line_check.cut(book.connection)
    with pytest.raises(Offline):
        book.connection.one("SELECT 1")
    line_check.cut(book.connection)
    book.close()
    line_check.cut(book.connection)


def test_a_file_has_no_session_and_cutting_it_stops_what_it_does(filled: Book) -> None:
    assert line_check.session_of(filled.connection) is None
    line_check.cut(filled.connection)
    assert filled.connection.one("SELECT 1") == (1,)
