"""What a book says, in a form that two states can be compared in."""

from __future__ import annotations

from typing import Any

from db import rollups
from db.book import Book
from db.engine import Connection
from db.tables import TABLES

BOOKKEEPING = frozenset({"version", "touched_on", "archived_at"})


def live_rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every live record, without what each save counts up, and what the search index holds."""
    dump = {
        name: [
            {column: value for column, value in row.items() if column not in BOOKKEEPING}
            for row in connection.maps(
                f"SELECT * FROM {name} WHERE archived_at IS NULL ORDER BY id"
            )
        ]
        for name in TABLES
    }
    dump["search"] = connection.maps("SELECT id, kind, label, words FROM search_entry ORDER BY id")
    return dump


def rollup_table(connection: Connection) -> dict[int, dict[str, Any]]:
    """The stored rows of lists, by account."""
    rows = connection.maps("SELECT * FROM account_rollup ORDER BY account_id")
    return {row["account_id"]: row for row in rows}


def inputs_table(book: Book) -> dict[int, dict[str, Any]]:
    """What the scores are made from, as it is kept, by account."""
    rows = book.connection.maps("SELECT * FROM health_inputs ORDER BY account_id")
    return {row["account_id"]: row for row in rows}


def recomputed(book: Book) -> dict[int, dict[str, Any]]:
    """The rows of lists as a recomputation of the whole book would make them."""
    everything = rollups.rollup_rows(book.connection, 0, 2**63 - 1, book.frame())
    return {row["account_id"]: row for row in everything}


def counts(connection: Connection) -> dict[str, int]:
    """How many rows every table that a use case may write holds."""
    names = (*TABLES, "change", "audit_entry", "account_rollup", "health_snapshot", "search_entry")
    return {name: len(connection.rows(f"SELECT 1 FROM {name}")) for name in names}
