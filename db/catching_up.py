"""Brings the copy of a book up to date from the book's own audit: only what changed is read again.

In one transaction of the copy and as of one moment of the book; where the audit does not tell
everything, or too much changed, nothing is done and the copy has to be made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from db import search
from db.copying import COPIED, LOGS, SEARCH, columns_of
from db.engine import Connection
from db.tables import PERSON, TABLES

MOST_ENTRIES = 2_000
"""Entries of the audit beyond which a whole copy is the shorter way."""
MOST_ACCOUNTS = 1_000
BATCH = 500
_NEW = "FROM audit_entry WHERE change_id > :last"
_ROLLED = "SELECT account_id, as_of, config_version, owner FROM account_rollup"
_CLOCKS = (
    "SELECT id, ack_due, response_due, resolution_due, next_due, at_risk_at FROM complaint"
    " WHERE resolved_at IS NULL AND excluded IS NULL AND archived_at IS NULL"
)
SEARCHED = tuple(name for name, table in TABLES.items() if table.search is not None)
OF_ACCOUNTS = ("account_rollup", "health_snapshot", "health_inputs")


def catch_up(source: Connection, copy: Connection) -> bool:
    """Make the copy what the book is now; False where it has to be made anew and was left alone.

    Raises ``BookUnavailable``, of which ``Offline`` is one; the copy is then as it was.
    """
    copy.begin()  # before the moment that is copied: nobody puts in an older one meanwhile
    done = False
    try:
        with source.snapshot():
            done = _bring(source, copy)
        if done:
            copy.commit()
    finally:
        if not done:
            copy.rollback()
    return done


def _bring(source: Connection, copy: Connection) -> bool:
    last = _number(copy, "SELECT MAX(id) FROM change")
    if not last or not _number(source, "SELECT id FROM change WHERE id = :last", last=last):
        return False
    if _number(source, f"SELECT COUNT(*) {_NEW}", last=last) > MOST_ENTRIES:
        return False
    rows: dict[str, set[int]] = {}
    for table, row_id in source.rows(f"SELECT table_name, row_id {_NEW}", {"last": last}):
        rows.setdefault(table, set()).add(row_id)
    accounts = _accounts(source, copy, last, rows.get(PERSON.name, set()))
    if len(accounts) > MOST_ACCOUNTS or not set(rows) <= set(TABLES):
        return False
    copy.defer_references()
    # A day's start or a calendar moves clocks: no entry of the audit names the complaint.
    clocks = {row[0] for row in set(source.rows(_CLOCKS)) ^ set(copy.rows(_CLOCKS))}
    rows.setdefault("complaint", set()).update(clocks)
    for table in TABLES:
        _take(source, copy, table, "id", rows.get(table, set()))
    _take(source, copy, "complaint_pause", "complaint_id", clocks)
    _append_logs(source, copy, last)
    for table in OF_ACCOUNTS:
        _take(source, copy, table, "account_id", accounts)
    _learn(source, copy, {id_ for table in SEARCHED for id_ in rows.get(table, ())})
    return all(_count(source, table) == _count(copy, table) for table in COPIED)


def _accounts(source: Connection, copy: Connection, last: int, people: set[int]) -> set[int]:
    """The accounts whose rows in lists and scores may have moved."""
    found = {
        row[0]
        for row in source.rows(f"SELECT DISTINCT account_id {_NEW}", {"last": last})
        if row[0] is not None
    }
    found.update(
        row[0] for row in _among(source, "SELECT account_id FROM membership", "person_id", people)
    )
    # A sweep of another day, a renamed owner: no entry of the audit names the account.
    moved = set(source.rows(_ROLLED)) ^ set(copy.rows(_ROLLED))
    return found | {row[0] for row in moved}


def _take(source: Connection, copy: Connection, table: str, key: str, ids: set[int]) -> None:
    """Put the book's rows with these keys in the place of the copy's."""
    if not ids:
        return
    copy.run_many(f"DELETE FROM {table} WHERE {key} = :id", [{"id": one} for one in sorted(ids)])
    columns = columns_of(source, table)
    if columns:
        read = _among(source, f"SELECT {', '.join(columns)} FROM {table}", key, ids)
        copy.copy_rows(table, columns, read)


def _append_logs(source: Connection, copy: Connection, last: int) -> None:
    for table, key in zip(LOGS, ("id", "change_id"), strict=True):
        columns = columns_of(source, table)
        new = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} > :last ORDER BY id"
        copy.copy_rows(table, columns, source.rows(new, {"last": last}))


def _learn(source: Connection, copy: Connection, ids: set[int]) -> None:
    """Take the index entries of records anew; an account has a second one under its id negated."""
    both = ids | {-one for one in ids}
    for one in sorted(both):
        search.remove(copy, one)
    entries = f"SELECT id, kind, account_id, label, words FROM {SEARCH}"
    names = ("id", "kind", "account", "label", "words")
    found = [dict(zip(names, row, strict=True)) for row in _among(source, entries, "id", both)]
    search.enter_many(copy, found)


def _among(
    connection: Connection, select: str, key: str, ids: Iterable[int]
) -> Iterator[Sequence[Any]]:
    """The rows of a select whose key is one of the ids."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        some = ordered[start : start + BATCH]
        params = {f"k{number}": one for number, one in enumerate(some)}
        marks = ", ".join(f":{name}" for name in params)
        yield from connection.rows(f"{select} WHERE {key} IN ({marks})", params)


def _number(connection: Connection, sql: str, **params: int) -> int:
    row = connection.one(sql, params)
    return int(row[0] or 0) if row else 0


def _count(connection: Connection, table: str) -> int:
    return _number(connection, f"SELECT COUNT(*) FROM {table}")
