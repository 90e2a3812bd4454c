"""A move that fails, is killed or is refused leaves its target as it was."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from typing import Any

import pytest

from db import copying, sqlite
from db.address import Address
from db.book import Book, create_book
from db.schema_number import HEAD
from planner.errors import BookUnavailable, Refused
from planner.use_cases.accounts import add_account
from planner.use_cases.team import add_colleague
from tests.db.moving import ENGINES, PlaceOn, connected, digests, move, nothing_at
from tests.db.servers import Databases
from tests.db.test_processes import start
from tests.makers import TODAY, opened

# -- failures -----------------------------------------------------------------------------------


def fail_after(batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write = copying._write
    left = iter(range(batches))

    def failing(*args: Any) -> None:
        if next(left, None) is None:
            raise BookUnavailable("the disk is full")
        write(*args)

    monkeypatch.setattr(copying, "_write", failing)


@pytest.mark.parametrize("to", ENGINES)
@pytest.mark.parametrize("batches", [0, 1, 15, 30])
def test_a_failure_on_the_way_leaves_nothing_where_nothing_was(
    sample: Address, place_on: PlaceOn, to: str, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place_on(to)
    with monkeypatch.context() as patch:
        fail_after(batches, patch)
        with pytest.raises(BookUnavailable, match="the disk is full"):
            move(sample, target)
    assert nothing_at(target)
    assert move(sample, target) == digests(sample)


@pytest.mark.parametrize("to", ENGINES)
def test_a_failure_on_the_way_leaves_a_new_book_as_new_as_it_was(
    sample: Address, place_on: PlaceOn, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place_on(to)
    create_book(target, name="New", today=TODAY)
    was = digests(target)
    fail_after(20, monkeypatch)
    with pytest.raises(BookUnavailable, match="the disk is full"):
        move(sample, target)
    assert digests(target) == was


MOVE = """
import sys
from db.address import parse_address
from db.move import move_book
from tests.makers import opened
book = opened(parse_address(sys.argv[1]), mode="read")
def progress(table, done, of):
    print(done, of, flush=True)
    if done >= of // 2:
        sys.stdin.readline()
move_book(book.connection, book.address, parse_address(sys.argv[2]), progress)
"""


@pytest.mark.parametrize("to", ENGINES)
def test_a_program_that_is_killed_at_half_leaves_no_book_and_no_row(
    sample: Address, place_on: PlaceOn, to: str
) -> None:
    target = place_on(to)
    mover = start(MOVE, sample, target, stdin=subprocess.PIPE)
    assert mover.stdout is not None
    for line in mover.stdout:
        done, of = map(int, line.split())
        if done >= of // 2:
            break
    mover.send_signal(signal.SIGKILL)
    mover.communicate()
    assert of // 2 <= done < of
    if target.on_server:
        with connected(target) as connection:
            connection.begin()  # waits until the server has given the killed one up
            connection.rollback()
        assert nothing_at(target)
    else:
        assert not target.path.exists()
    assert move(sample, target) == digests(sample)


# -- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ENGINES)
def test_a_book_that_was_just_made_is_replaced_with_its_settings(
    filled: Book, place_on: PlaceOn, to: str
) -> None:
    target = place_on(to)
    create_book(target, name="Made by init", zone="Europe/Helsinki", currency="USD", today=TODAY)
    assert move(filled.address, target) == digests(filled.address)
    book = opened(target, mode="read")
    assert (book.settings.name, book.settings.currency) == ("Test", "EUR")
    book.close()


@pytest.mark.parametrize("to", ENGINES)
def test_a_target_that_holds_anything_is_refused_and_stays_as_it_was(
    filled: Book, place_on: PlaceOn, to: str
) -> None:
    target = place_on(to)
    create_book(target, name="New", today=TODAY)
    other = opened(target)
    other.run(add_colleague, name="Eve", function="sales")
    other.close()
    was = digests(target)
    with pytest.raises(Refused, match=r"There is something in the book at .* colleague"):
        move(filled.address, target)
    assert digests(target) == was


@pytest.mark.parametrize("to", ENGINES)
def test_a_second_move_to_the_same_place_is_refused(
    filled: Book, place_on: PlaceOn, to: str
) -> None:
    target = place_on(to)
    moved = move(filled.address, target)
    with pytest.raises(Refused, match="something in the book"):
        move(filled.address, target)
    assert digests(target) == moved


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_book_is_not_moved_to_itself_by_whatever_name(
    place_on: PlaceOn, engine_name: str
) -> None:
    address = place_on(engine_name)
    create_book(address, name="New", today=TODAY)
    was = digests(address)
    if address.on_server:
        other_name = Address("postgres", address.url.replace("127.0.0.1", "localhost"))
    else:
        other_name = Address("sqlite", address.path.parent / ".." / "places" / address.path.name)
    for same in (address, other_name):
        with pytest.raises(Refused, match="is the book itself"):
            move(address, same)
    assert digests(address) == was


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_database_of_another_program_is_refused(
    filled: Book, place_on: PlaceOn, engine_name: str
) -> None:
    address = place_on(engine_name)
    if address.on_server:
        with connected(address) as connection:
            connection.run("CREATE TABLE public.theirs (a TEXT)")
    else:
        address.path.parent.mkdir()
        theirs = sqlite3.connect(address.path)
        theirs.execute("CREATE TABLE theirs (a TEXT)")
        theirs.close()
    with pytest.raises(BookUnavailable, match="of another program"):
        move(filled.address, address)
    assert address.on_server is nothing_at(address)


def test_a_folder_and_a_book_that_may_not_be_written_are_refused(
    filled: Book, place_on: PlaceOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place_on("sqlite")
    with pytest.raises(BookUnavailable, match="is a folder"):
        move(filled.address, Address("sqlite", filled.address.path.parent))
    create_book(target, name="New", today=TODAY)
    was = digests(target)
    monkeypatch.setattr(sqlite, "writable", lambda path: path != target.path)
    with pytest.raises(BookUnavailable, match=r"is read-only\. Nothing was moved"):
        move(filled.address, target)
    assert digests(target) == was


def test_a_new_book_of_an_older_version_is_refused_before_anything_is_done(
    filled: Book, place_on: PlaceOn
) -> None:
    target = place_on("sqlite")
    create_book(target, name="New", today=TODAY)
    with connected(target) as connection:
        connection.run(f"PRAGMA user_version={HEAD - 1}")
    with pytest.raises(Refused, match="of an older version"):
        move(filled.address, target)


def test_who_does_not_own_the_book_on_the_server_moves_nothing_there(
    filled: Book, place_on: PlaceOn, databases: Databases
) -> None:
    target = place_on("postgres")
    create_book(target, name="New", today=TODAY)
    was = digests(target)
    login = f"m{target.url.rpartition('/')[2]}"
    databases.execute(f"CREATE ROLE {login} LOGIN")
    try:
        with connected(target) as connection:
            connection.run(f"GRANT USAGE ON SCHEMA trustplan TO {login}")
            connection.run(
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA trustplan TO {login}"
            )
        theirs = Address("postgres", target.url.replace("postgres@", f"{login}@"))
        with pytest.raises(Refused, match="by the owner of the book there"):
            move(filled.address, theirs)
        assert digests(target) == was
    finally:
        databases.drop_all()
        databases.execute(f"DROP ROLE {login}")


def test_an_owner_who_is_a_member_too_is_not_written_in_as_who_did_everything(
    filled: Book, place_on: PlaceOn
) -> None:
    target = place_on("postgres")
    create_book(target, name="New", today=TODAY)
    with connected(target) as connection:
        connection.run("INSERT INTO member VALUES ('postgres', 'Owner', 'admin', 'North')")
    assert move(filled.address, target) == digests(filled.address)
    book = opened(target)
    book.run(add_account, name="Fresh")
    actors = {row[0] for row in book.connection.rows("SELECT DISTINCT actor FROM change")}
    teams = book.connection.rows("SELECT team FROM account ORDER BY id")
    assert actors == {"Ann", "Owner"}
    assert teams[-1] == ("North",)
    assert set(teams[:-1]) == {(None,)}
    book.close()
