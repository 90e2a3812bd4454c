"""What only the SQLite engine does: its triggers, its disk, its interrupt."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from db.book import Book
from planner.errors import Refused
from planner.use_cases.accounts import add_account, change_account
from tests.db.book_dump import counts, live_rows, rollup_table
from tests.makers import World, engine


def state(book: Book) -> tuple[Any, ...]:
    return counts(book.connection), live_rows(book.connection), rollup_table(book.connection)


@pytest.mark.parametrize("table", ["change", "audit_entry"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET id = id",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    ],
)
def test_the_audit_is_append_only(filled: Book, table: str, statement: str) -> None:
    before = filled.connection.rows(f"SELECT * FROM {table}")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        engine(filled).raw.execute(statement.format(table=table))
    assert filled.connection.rows(f"SELECT * FROM {table}") == before


def test_a_commit_that_fails_keeps_nothing(filled: Book, world: World) -> None:
    engine(filled).raw.execute("PRAGMA defer_foreign_keys=ON")

    def refer_to_nothing(uow: Any) -> None:
        uow.connection.run("PRAGMA defer_foreign_keys=ON")
        change_account(uow, world.account, owner_id=7)

    before = state(filled)
    with pytest.raises(Refused, match="not in the book"):
        filled.run(refer_to_nothing)
    assert state(filled) == before
    assert not engine(filled).raw.in_transaction


def test_the_sentence_for_a_full_disk(filled: Book) -> None:
    pages = engine(filled).raw.execute("PRAGMA page_count").fetchone()[0]
    engine(filled).raw.execute(f"PRAGMA max_page_count={pages}")
    before = state(filled)
    from planner.errors import BookUnavailable

    with pytest.raises(BookUnavailable, match="The disk is full"):
        filled.run(add_account, name="Big", note="x" * 2_000_000)
    assert state(filled) == before


def test_reading_can_be_stopped(filled: Book) -> None:
    from db.engine import Interrupted

    def stop() -> int:
        filled.interrupt()
        return 0

    engine(filled).raw.set_progress_handler(stop, 1)
    with pytest.raises(Interrupted):
        filled.connection.rows("SELECT a.id FROM audit_entry a, audit_entry b, audit_entry c")
