"""A copy that is brought up to date is what a whole copy would be, whatever was done meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db import catching_up
from db.address import Address
from db.book import Book, create_book
from db.catching_up import catch_up
from db.undo import undo
from planner.errors import Offline
from planner.ports import UnitOfWork
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.people import change_person
from planner.use_cases.team import change_colleague
from tests.db.contract.test_every_use_case import NAMES, case, perform, prepare
from tests.db.moving import connected, digests, move
from tests.db.servers import Databases
from tests.fakes import NOON, FakeClock
from tests.makers import TODAY, World, fill, opened


@pytest.fixture
def copy(tmp_path: Path) -> Address:
    """Where the copy is to be."""
    return Address("sqlite", tmp_path / "copy.db")


def caught_up(book: Book, copy: Address) -> bool:
    with connected(copy) as connection:
        return catch_up(book.connection, connection)


def found(copy: Address, text: str) -> list[str]:
    book = opened(copy, mode="read")
    try:
        return [hit.label for hit in book.queries().search.find(text, 40)]
    finally:
        book.close()


@pytest.mark.parametrize("name", NAMES)
def test_after_every_use_case_the_copy_is_the_book(
    filled: Book, world: World, copy: Address, name: str
) -> None:
    alone = prepare(filled, case(filled, world, name))
    move(filled.address, copy)
    before = digests(copy)
    perform(filled, alone)
    assert caught_up(filled, copy)
    after = digests(copy)
    assert after == digests(filled.address)
    assert after != before
    filled.run(undo)
    assert caught_up(filled, copy)
    assert digests(copy) == digests(filled.address)


def test_on_a_server_too_and_the_index_of_the_copy_finds_what_is_new(
    databases: Databases, copy: Address
) -> None:
    place = databases.new()
    create_book(place, name="Test", today=TODAY)
    book = opened(place)
    world = fill(book)
    move(place, copy)
    new = book.run(add_account, name="Zebra Works").result
    book.run(change_account, world.account, name="Quokka Foods")
    book.run(change_person, world.maria, department="purchasing")
    book.run(archive_account, world.other)
    assert caught_up(book, copy)
    assert digests(copy) == digests(place)
    assert found(copy, "zebra") == ["Zebra Works"]
    assert found(copy, "quokka") == ["Quokka Foods"]
    book.run(archive_account, new.id)
    assert caught_up(book, copy)
    assert digests(copy) == digests(place)
    assert found(copy, "zebra") == []
    book.close()


def test_nothing_new_changes_nothing(filled: Book, copy: Address) -> None:
    move(filled.address, copy)
    before = digests(copy)
    assert caught_up(filled, copy)
    assert digests(copy) == before


def test_a_sweep_of_a_new_day_and_a_renamed_owner_arrive(
    filled: Book, world: World, copy: Address
) -> None:
    move(filled.address, copy)
    filled.run(change_colleague, world.ann, name="Anna")
    filled.clock = FakeClock(NOON + timedelta(days=1))
    assert list(filled.rescore())
    assert caught_up(filled, copy)
    assert digests(copy) == digests(filled.address)


def test_unique_rows_that_change_places_arrive(filled: Book, copy: Address) -> None:
    move(filled.address, copy)

    def turn(uow: UnitOfWork) -> None:
        for setting in uow.settings.find():
            old = uow.settings.archive(setting)
            uow.settings.add(old.changed(id=uow.new_id(), version=1, archived_at=None))

    filled.run(turn)
    assert caught_up(filled, copy)
    assert digests(copy) == digests(filled.address)


@pytest.mark.parametrize("limit", ["MOST_ENTRIES", "MOST_ACCOUNTS"])
def test_too_much_at_once_is_left_to_a_whole_copy(
    filled: Book, world: World, copy: Address, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    move(filled.address, copy)
    before = digests(copy)
    filled.run(change_account, world.account, sector="ships")
    monkeypatch.setattr(catching_up, limit, 0)
    assert not caught_up(filled, copy)
    assert digests(copy) == before


def test_the_copy_of_another_book_or_an_empty_one_is_left_to_a_whole_copy(
    filled: Book, tmp_path: Path, copy: Address
) -> None:
    other = Address("sqlite", tmp_path / "other.db")
    create_book(other, name="Other", today=TODAY)
    book = opened(other)
    book.run(add_account, name="New")
    move(other, copy)
    assert not caught_up(filled, copy)
    assert digests(copy) == digests(other)
    book.close()
    empty = Address("sqlite", tmp_path / "empty.db")
    create_book(empty, name="Empty", today=TODAY)
    assert not caught_up(filled, empty)


def test_a_book_that_went_back_to_a_backup_is_left_to_a_whole_copy(
    filled: Book, world: World, tmp_path: Path, copy: Address
) -> None:
    went_back = Address("sqlite", tmp_path / "backup.db")
    move(filled.address, went_back)
    older = opened(went_back)
    theirs = older.run(change_account, world.account, sector="rails").change_id
    assert theirs is not None
    filled.new_id.keep_above(theirs)
    filled.run(change_account, world.account, sector="ships")
    move(filled.address, copy)
    assert not caught_up(older, copy)
    assert digests(copy) == digests(filled.address)
    older.close()


def test_the_scores_of_the_accounts_that_a_person_belongs_to_are_read_again(
    filled: Book, world: World, copy: Address
) -> None:
    move(filled.address, copy)
    with connected(copy) as connection:
        connection.run("UPDATE account_rollup SET shown = 1")
        connection.run("UPDATE health_snapshot SET shown = 1")
    filled.run(change_person, world.maria, department="purchasing")
    assert caught_up(filled, copy)
    of_maria = "SELECT shown FROM account_rollup WHERE account_id = :id"
    for account, same in ((world.account, True), (world.other, False)):
        with connected(copy) as connection:
            there = connection.one(of_maria, {"id": account})
        assert (there == filled.connection.one(of_maria, {"id": account})) == same


@pytest.mark.parametrize("table", ["participant", "change"])
def test_what_no_audit_tells_is_left_to_a_whole_copy(
    filled: Book, copy: Address, table: str
) -> None:
    move(filled.address, copy)
    by_hand: dict[str, Callable[[Any], Any]] = {
        "participant": lambda raw: raw.execute("DELETE FROM participant"),
        "change": lambda raw: raw.execute(
            "INSERT INTO change(id, at, on_date, actor, use_case, summary, kind)"
            " VALUES (1, '', '', 'x', 'x', 'x', 'do')"
        ),
    }
    by_hand[table](filled.connection.raw)  # type: ignore[attr-defined]  # a file's own line
    assert not caught_up(filled, copy)


def test_a_cut_on_the_way_leaves_the_copy_as_it_was(
    filled: Book, world: World, copy: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(filled.address, copy)
    before = digests(copy)
    filled.run(change_account, world.account, sector="ships")

    def cut(*_args: object) -> None:
        raise Offline("cut")

    with monkeypatch.context() as patch:
        patch.setattr(catching_up, "_learn", cut)
        with pytest.raises(Offline):
            caught_up(filled, copy)
    assert digests(copy) == before
    assert caught_up(filled, copy)
    assert digests(copy) == digests(filled.address)
