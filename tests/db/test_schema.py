"""Models, table descriptions, schema and settings say the same."""

from __future__ import annotations

import re
import sqlite3
import stat
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import migrations, rollups, schema_number
from db.book import Book
from db.rows import derived, to_model, to_row
from db.tables import TABLES, Table
from db.undo import REFERENCES
from planner.entity import Entity
from tests.makers import engine, opened
from tests.strategies import records

KEPT = {"touched_on"}
ENGINE_OWN = re.compile(r"search_index|_sqlite_migrations|sqlite_")


def columns(book: Book, table: str) -> dict[str, tuple[str, bool]]:
    """Type and NOT NULL of each column."""
    rows = engine(book).raw.execute(f"PRAGMA table_info({table})").fetchall()
    return {row[1]: (row[2], bool(row[3])) for row in rows}


def a_record(table: Table[Any]) -> Entity:
    found: list[Entity] = []

    @settings(max_examples=1, database=None, derandomize=True)
    @given(records(table.model))
    def keep(record: Entity) -> None:
        found.append(record)

    keep()
    return found[0]


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_fields_and_what_the_store_derives(book: Book, name: str) -> None:
    table = TABLES[name]
    wanted = set(table.model.model_fields) | set(derived(table, a_record(table))) | KEPT
    assert set(columns(book, name)) == wanted


@pytest.mark.parametrize("name", TABLES)
def test_a_column_has_the_type_of_its_field_and_is_empty_only_where_that_may_be(
    book: Book, name: str
) -> None:
    for field, info in TABLES[name].model.model_fields.items():
        kind, needed = columns(book, name)[field]
        kinds = set(get_args(info.annotation) or (info.annotation,))
        optional = type(None) in kinds
        if field != "id":
            assert needed is not optional, field
        wanted = "INTEGER" if kinds & {int, bool} else "REAL" if float in kinds else "TEXT"
        if field in TABLES[name].json:
            wanted = "TEXT"
        if kinds & {int, bool, float, str, date, datetime}:
            assert kind == wanted, field


def test_rollup_columns_are_those_that_are_computed(book: Book) -> None:
    assert set(columns(book, "account_rollup")) == set(rollups.COLUMNS)


def test_every_table_of_ours_is_strict(book: Book) -> None:
    made = engine(book).raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    ours = {name: sql for name, sql in made if not ENGINE_OWN.match(name)}
    assert set(TABLES) < set(ours)
    assert [name for name, sql in ours.items() if not sql.rstrip().endswith("STRICT")] == []
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        engine(book).raw.execute(
            "INSERT INTO health_snapshot VALUES ('one', 'x', 1, 1, 1, 'x', 1, 'x', 'x')"
        )


def test_the_number_of_the_schema_is_that_of_the_migrations(book: Book) -> None:
    names = [name for name, _statements in migrations.sqlite_statements()]
    assert len(names) == len(set(names)) == schema_number.HEAD
    applied = engine(book).raw.execute("SELECT name FROM _sqlite_migrations").fetchall()
    assert [row[0] for row in applied] == names
    assert engine(book).raw.execute("PRAGMA user_version").fetchone()[0] == schema_number.HEAD


def test_undo_knows_every_column_that_refers_to_a_record(book: Book) -> None:
    keys = {
        (row[2], name, row[3])
        for name in TABLES
        for row in engine(book).raw.execute(f"PRAGMA foreign_key_list({name})").fetchall()
    }
    known = {
        (target, table, column) for target, all_of in REFERENCES.items() for table, column in all_of
    }
    assert known >= keys
    assert known - keys == {
        ("objective", "touchpoint", "objective_id"),
        ("complaint", "touchpoint", "complaint_id"),
    }


@pytest.mark.parametrize("mode", ["write", "read"])
def test_every_connection_has_the_settings(book: Book, mode: Any) -> None:
    connection = opened(book.address.path, mode=mode)
    raw = engine(connection).raw

    def pragma(name: str) -> Any:
        return raw.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1
    assert pragma("busy_timeout") == 10_000
    assert pragma("trusted_schema") == 0
    assert pragma("cell_size_check") == 1
    assert pragma("secure_delete") == 1
    assert pragma("recursive_triggers") == 1
    assert pragma("query_only") == (1 if mode == "read" else 0)
    assert pragma("cache_size") == (-16_000 if mode == "write" else -2_000)
    assert pragma("application_id") == 0x54525354
    connection.close()


def test_only_the_owner_may_read_the_book_its_log_and_its_folder(book: Book) -> None:
    from planner.use_cases.accounts import add_account

    book.run(add_account, name="Nordic")
    path = book.address.path
    beside = [entry for entry in path.parent.iterdir() if entry.name.startswith("book.db")]
    assert {entry.name for entry in beside} == {"book.db", "book.db-wal", "book.db-shm"}
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in beside} == {0o600}


def test_a_folder_that_is_made_for_the_book_is_its_owners(tmp_path: Path) -> None:
    from tests.makers import new_book

    made = new_book(tmp_path / "new")
    made.close()
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", TABLES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_record_comes_back_from_its_row_as_it_was(
    book: Book, name: str, data: st.DataObject
) -> None:
    table = TABLES[name]
    record = data.draw(records(table.model))
    row = {**to_row(record), **derived(table, record), "touched_on": "2026-01-01"}
    raw = engine(book).raw
    raw.execute("PRAGMA foreign_keys=OFF")
    book.connection.begin()
    try:
        book.connection.run(f"DELETE FROM {name}")
        book.connection.run(
            f"INSERT INTO {name} ({', '.join(row)}) VALUES ({', '.join(':' + key for key in row)})",
            row,
        )
        (stored,) = book.connection.maps(f"SELECT * FROM {name} WHERE id = :id", {"id": record.id})
    finally:
        book.connection.rollback()
    assert to_model(table, stored) == record
    assert stored == row
