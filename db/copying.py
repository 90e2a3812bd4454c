"""Copies a book's rows from one connection to another, and proves that they arrived as they were.

Every table of a book is copied by its primary key in batches, so memory stays bounded. Its digest,
the SHA-256 of all rows in that order, is the same on both engines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db import search
from db.engine import Connection
from db.tables import TABLES
from planner.errors import BookUnavailable
from planner.language import gettext as _

Progress = Callable[[str, int, int], None]
"""Gets the table, how many rows of the book are copied and checked, and of how many."""
Row = tuple[Any, ...]

BATCH = 1_000
"""Rows held in memory at once."""
SEARCH = "search_entry"
DERIVED = ("account_rollup", "health_snapshot", "health_inputs", SEARCH)
LOGS = ("change", "audit_entry")
FIRST = ("setting", "colleague", "person", "account")
"""Referred to by the rest."""
COPIED: tuple[str, ...] = (
    *FIRST,
    *(name for name in TABLES if name not in FIRST),
    *LOGS,
    *DERIVED,
)
"""Every table that makes up a book, each after those it refers to."""
KEYS = {
    "account_rollup": ("account_id",),
    "health_snapshot": ("account_id", "on_date"),
    "health_inputs": ("account_id",),
}
ENGINES_OWN = {"change": frozenset({"xid"})}
"""Columns that one engine has for itself."""
_ENTRY = ("id", "kind", "account_id", "label", "words")
"""What the index is made from; the words for them are those of ``search.enter_many``."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that was copied: how many rows, and the digest that both sides have."""

    table: str
    rows: int
    digest: str


class Digest:
    """The SHA-256 of a table's rows in a form that no engine changes."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self.rows = 0

    def add(self, rows: Sequence[Row]) -> None:
        """Take in the next rows."""
        self.rows += len(rows)
        self._sum.update("".join(canonical(row) for row in rows).encode())

    def text(self) -> str:
        """The digest of what was taken in so far."""
        return self._sum.hexdigest()


def canonical(row: Row) -> str:
    """A row as one text that no other row gives: each value with its kind and its length."""
    parts = []
    for value in row:
        if value is None:
            parts.append("n;")
        elif isinstance(value, float):
            # A file keeps -0.0 as 0.0; adding zero makes both the same.
            parts.append(f"f{value + 0.0!r};")
        elif isinstance(value, int):
            parts.append(f"i{value};")
        else:
            parts.append(f"t{len(value)}:{value};")
    return "".join(parts) + "\n"


def copy_tables(
    source: Connection,
    target: Connection,
    progress: Progress,
    tables: Sequence[str] = COPIED,
) -> list[Copied]:
    """Copy tables of a book into empty ones; returns what was copied, with digests.

    The caller holds a snapshot of the source and a transaction of the target, and ends both.
    Raises ``BookUnavailable`` naming the first table whose copy differs.
    """
    counts = {table: _count(source, table) for table in tables}
    steps = _Steps(sum(counts.values()), progress)
    copied = []
    for table in tables:
        copied.append(_copy_table(source, target, table, steps))
        if copied[-1].rows != counts[table]:
            raise _differs(table, copied[-1].rows, counts[table])
    return copied


def digest_of(connection: Connection, table: str) -> Copied:
    """A table's number of rows and digest, as the connection reads it now."""
    return _read(connection, table, _Steps(0, lambda _table, _done, _of: None))


class _Steps:
    """Counts rows copied and rows checked: a row is done when both are."""

    def __init__(self, rows: int, progress: Progress) -> None:
        self._rows = rows
        self._half_done = 0
        self._progress = progress

    def take(self, table: str, rows: int) -> None:
        self._half_done += rows
        self._progress(table, self._half_done // 2, self._rows)


def _copy_table(source: Connection, target: Connection, table: str, steps: _Steps) -> Copied:
    target.defer_references()
    digest = Digest()
    columns = columns_of(source, table)
    for rows in batches(source, table, columns):
        _write(target, table, columns, rows)
        digest.add(rows)
        steps.take(table, len(rows))
    target.settle_references()
    arrived = _read(target, table, steps)
    if arrived != Copied(table, digest.rows, digest.text()):
        raise _differs(table, arrived.rows, digest.rows)
    return arrived


def _differs(table: str, copied: int, rows: int) -> BookUnavailable:
    return BookUnavailable(
        _(
            "The copy of the table {table} differs from the original ({copied} rows arrived of "
            "{rows}), so nothing was kept of it."
        ).format(table=table, copied=copied, rows=rows)
    )


def _read(connection: Connection, table: str, steps: _Steps) -> Copied:
    digest = Digest()
    for rows in batches(connection, table, columns_of(connection, table)):
        digest.add(rows)
        steps.take(table, len(rows))
    return Copied(table, digest.rows, digest.text())


def _write(target: Connection, table: str, columns: Sequence[str], rows: list[Row]) -> None:
    if table != SEARCH:
        target.copy_rows(table, columns, rows)
        return
    # The index over the words is the engine's own, so it is made anew.
    at = {name.removesuffix("_id"): columns.index(name) for name in _ENTRY}
    search.enter_many(target, [{name: row[place] for name, place in at.items()} for row in rows])


def columns_of(connection: Connection, table: str) -> tuple[str, ...]:
    """The columns that both engines have, by name; none for a table without rows."""
    rows = connection.maps(f"SELECT * FROM {table} LIMIT 1")
    own = ENGINES_OWN.get(table, frozenset())
    return tuple(sorted(set(rows[0]) - own)) if rows else ()


def batches(connection: Connection, table: str, columns: Sequence[str]) -> Iterator[list[Row]]:
    """The rows of a table in the order of its key, some at a time; none without columns."""
    if not columns:
        return
    key = KEYS.get(table, ("id",))
    listed, at = ", ".join(key), [columns.index(name) for name in key]
    marks = ", ".join(f":{name}" for name in key)
    select = f"SELECT {', '.join(columns)} FROM {table}"
    rest = f"ORDER BY {listed} LIMIT {BATCH}"
    rows = connection.rows(f"{select} {rest}")
    while rows:
        yield rows
        last = {name: rows[-1][place] for name, place in zip(key, at, strict=True)}
        rows = connection.rows(f"{select} WHERE ({listed}) > ({marks}) {rest}", last)


def _count(connection: Connection, table: str) -> int:
    row = connection.one(f"SELECT COUNT(*) FROM {table}")
    return int(row[0]) if row else 0
