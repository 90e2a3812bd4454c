"""A book moves between engines with everything in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import copying, search
from db.address import Address
from db.book import Book, create_book
from db.copying import COPIED, canonical, digest_of
from db.engine import Connection
from db.sample_writer import make_sample
from planner.errors import BookUnavailable
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.team import add_colleague, change_colleague
from planner.use_cases.touchpoints import log_touchpoint
from tests.db.book_dump import live_rows, recomputed, rollup_table
from tests.db.moving import (
    ENGINES,
    PlaceOn,
    check_book,
    connected,
    digests,
    move,
    nothing_at,
    unheard,
)
from tests.makers import TODAY, World, at, engine, opened
from tests.strategies import HOSTILE

NOT_COPIED = re.compile(
    r"search_index|search_word$|_sqlite_migrations$|sqlite_|schema_migration$|member$"
)
"""The index over the words and what engines and migrations keep for themselves."""


# -- there and back -----------------------------------------------------------------------------


def test_a_filled_book_comes_back_from_a_server_as_it_was(filled: Book, place_on: PlaceOn) -> None:
    filled.run_once("operation-1", add_account, name="Third")
    there, back = place_on("postgres"), place_on("sqlite")
    up = move(filled.address, there)
    assert up == digests(filled.address) == digests(there)
    assert all(one.rows for one in up)
    assert move(there, back) == up == digests(back)
    rows = check_book(filled.address)
    assert check_book(there) == rows
    assert check_book(back) == rows
    for address in (there, back):
        again = opened(address)
        saved = again.saved_operation("operation-1")
        assert saved is not None
        assert saved == filled.saved_operation("operation-1")
        again.run_once("operation-1", add_account, name="Third")
        assert digests(address) == up
        again.close()


@pytest.mark.parametrize("ways", [("postgres", "sqlite"), ("sqlite",), ("postgres", "postgres")])
def test_a_sample_book_moves_with_everything_that_is_derived(
    sample: Address, place_on: PlaceOn, ways: tuple[str, ...]
) -> None:
    was = digests(sample)
    rows = check_book(sample)
    came_from = sample
    for engine_name in ways:
        target = place_on(engine_name)
        assert move(came_from, target) == was == digests(target)
        assert check_book(target) == rows
        came_from = target
    assert digests(sample) == was


def test_hostile_texts_arrive_sign_for_sign_and_are_found(book: Book, place_on: PlaceOn) -> None:
    for text in HOSTILE:
        account = book.run(add_account, name=f"x {text}", note=text, extra={text: text}).result
        book.run(log_touchpoint, account.id, kind="call", when=at(1), note=text)
    there, back = place_on("postgres"), place_on("sqlite")
    up = move(book.address, there)
    assert move(there, back) == up == digests(book.address)
    assert live_rows(book.connection) == check_book(back) == check_book(there)
    wanted = search.find(book.connection, "x istanbul", 10)
    assert wanted
    for address in (there, back):
        with connected(address) as connection:
            assert search.find(connection, "x istanbul", 10) == wanted


@pytest.mark.parametrize("to", ENGINES)
def test_a_record_may_refer_to_one_that_comes_after_it(
    book: Book, place_on: PlaceOn, to: str
) -> None:
    child = book.run(add_account, name="Child").result
    parent = book.run(add_account, name="Parent").result
    book.run(change_account, child, parent_id=parent.id)
    away = book.run(add_colleague, name="Ann", function="sales").result
    cover = book.run(add_colleague, name="Bob", function="sales").result
    book.run(change_colleague, away, cover_id=cover.id)
    assert child.id < parent.id
    assert away.id < cover.id
    target = place_on(to)
    assert move(book.address, target) == digests(book.address)


@pytest.mark.parametrize("engine_name", ENGINES)
def test_every_table_of_the_schema_is_copied_or_named_as_an_engines_own(
    place_on: PlaceOn, engine_name: str
) -> None:
    address = place_on(engine_name)
    create_book(address, name="Test", today=TODAY)
    listed = {
        "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
        "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'trustplan'",
    }
    with connected(address) as connection:
        tables = {row[0] for row in connection.rows(listed[engine_name])}
    assert {name for name in tables if not NOT_COPIED.match(name)} == set(COPIED)
    assert len(COPIED) == len(set(COPIED))


def test_a_moved_book_is_written_on_and_ids_go_on_rising(
    filled: Book, world: World, place_on: PlaceOn
) -> None:
    there = place_on("postgres")
    move(filled.address, there)
    book = opened(there)
    newest = book.connection.one("SELECT MAX(id) FROM change")
    done = book.run(change_account, book_account(book, world.account), name="Renamed Oy")
    assert newest
    assert done.change_id is not None
    assert done.change_id > newest[0]
    assert rollup_table(book.connection) == recomputed(book)
    book.close()


def book_account(book: Book, account_id: int) -> Any:
    found: list[Any] = []
    book.run(lookup, account_id, found)
    return found[0]


def lookup(uow: Any, account_id: int, found: list[Any]) -> None:
    found.append(uow.accounts.get(account_id))


@pytest.mark.parametrize("engine_name", ENGINES)
def test_what_others_save_while_a_book_moves_is_not_half_in_it(
    sample: Address, place_on: PlaceOn, engine_name: str
) -> None:
    source = place_on(engine_name)
    move(sample, source)
    was = digests(source)
    other = opened(source)
    said: list[int] = []

    def meanwhile(_table: str, _done: int, _of: int) -> None:
        if len(said) < 3:
            said.append(other.run(add_account, name=f"Late {len(said)}").result.id)

    assert move(source, place_on("sqlite"), meanwhile) == was
    assert len(said) == 3
    assert digests(source) != was
    other.close()


def test_progress_only_rises_and_ends_with_every_row(sample: Address, place_on: PlaceOn) -> None:
    told: list[tuple[int, int]] = []
    tables = move(sample, place_on("postgres"), lambda _table, done, of: told.append((done, of)))
    steps = [done for done, _of in told]
    rows = sum(one.rows for one in tables)
    assert steps == sorted(steps)
    assert steps[-1] == rows
    assert {of for _done, of in told} == {rows}
    assert len(set(steps)) > 20


# -- digests ------------------------------------------------------------------------------------


def test_rows_that_differ_in_a_value_or_its_kind_have_different_texts() -> None:
    rows: list[tuple[Any, ...]] = [
        (1,), ("1",), (1.0,), (None,), ("",), ("n;",), ("a", "bc"), ("ab", "c"), ("a;", "bc"),
        ("i1;",), (0.1,), (0.1 + 2**-55,), (1, None), (None, 1), ("é",), ("e\u0301",),
    ]  # fmt: skip
    assert len({canonical(row) for row in rows}) == len(rows)
    assert canonical((-0.0,)) == canonical((0.0,))


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_digest_takes_in_every_column_of_every_row(
    filled: Book, place_on: PlaceOn, engine_name: str
) -> None:
    address = place_on(engine_name)
    move(filled.address, address)
    with connected(address) as connection:
        was = digest_of(connection, "account")
        for changed in ("note = 'x'", "version = 99", "archived_at = 'x'", "team = 'North'"):
            connection.begin()
            last = "WHERE id = (SELECT MAX(id) FROM account)"
            connection.run(f"UPDATE account SET {changed} {last}")
            assert digest_of(connection, "account").digest != was.digest
            connection.rollback()
        assert digest_of(connection, "account") == was


@pytest.mark.parametrize("to", ENGINES)
def test_a_row_that_arrives_changed_is_noticed_and_nothing_is_kept(
    sample: Address, place_on: PlaceOn, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = copying._write

    def careless(target: Connection, table: str, columns: Any, rows: Any) -> None:
        if table == "touchpoint":
            at_note = columns.index("note")
            first = rows[0]
            rows = [(*first[:at_note], first[at_note] + " ", *first[at_note + 1 :]), *rows[1:]]
        write(target, table, columns, rows)

    monkeypatch.setattr(copying, "_write", careless)
    target = place_on(to)
    with pytest.raises(BookUnavailable, match="copy of the table touchpoint differs"):
        move(sample, target)
    assert nothing_at(target)


# -- ten thousand accounts ----------------------------------------------------------------------


@pytest.mark.campaign
def test_ten_thousand_accounts_go_up_and_come_back_with_equal_digests(
    tmp_path: Path, place_on: PlaceOn, record_property: Callable[[str, object], None]
) -> None:
    import resource
    import time

    source = Address("sqlite", tmp_path / "big.db")
    make_sample(
        source, today=TODAY, accounts=10_000, touchpoints=None, complaints=None, seed=5,
        progress=unheard,
    )  # fmt: skip
    there, back = place_on("postgres"), place_on("sqlite")
    begun = time.monotonic()
    up = move(source, there)
    at_the_top = time.monotonic()
    assert move(there, back) == up
    ended = time.monotonic()
    assert digests(back) == up == digests(source)
    assert sum(one.rows for one in up if one.table == "account") == 10_000
    shutil.rmtree(back.path.parent)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    record_property(
        "figure",
        f"move of 10,000 accounts, {sum(one.rows for one in up)} rows: up"
        f" {at_the_top - begun:.0f} s, back {ended - at_the_top:.0f} s, equal digests,"
        f" at most {memory} MiB",
    )


def test_the_check_of_a_file_finds_nothing_wrong_with_a_moved_book(
    sample: Address, place_on: PlaceOn
) -> None:
    there, back = place_on("postgres"), place_on("sqlite")
    move(sample, there)
    move(there, back)
    book = opened(back)
    assert engine(book).raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert engine(book).raw.execute("PRAGMA foreign_key_check").fetchall() == []
    book.close()
