"""The search index: folded words of accounts, people, notes and complaints.

``search_entry`` is an ordinary table; the index over its words is the engine's own. The words come
folded and hold letters, digits and single spaces only, so the index has to split at spaces alone.
"""

from __future__ import annotations

from typing import Any

from db.engine import Connection
from planner.text import search_words

SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE search_index USING fts5(kind, words, content='search_entry',"
    " content_rowid='id', tokenize='ascii', prefix='2 3',"
    " detail='column', columnsize=0)",
)
FORGET = (
    "INSERT INTO search_index(search_index, rowid, kind, words)"
    " VALUES ('delete', :id, :kind, :words)"
)
LEARN = "INSERT INTO search_index(rowid, kind, words) VALUES (:id, :kind, :words)"
MATCHES = (
    "SELECT e.kind, e.row_id, e.account_id, e.label FROM search_index"
    " JOIN search_entry e ON e.id = search_index.rowid"
    " WHERE search_index MATCH :words ORDER BY search_index.rowid DESC LIMIT :newest"
)

KINDS = ("account", "person", "complaint", "touchpoint")
"""In the order in which matches are given: names before notes."""


ENTER = (
    "INSERT INTO search_entry(id, kind, row_id, account_id, label, words)"
    " VALUES (:id, :kind, :id, :account, :label, :words)"
)


def enter_many(connection: Connection, entries: list[dict[str, Any]]) -> None:
    """Enter many records that the index does not hold: id, kind, account, label, words each."""
    connection.run_many(ENTER, entries)
    connection.run_many(LEARN, entries)


def enter(
    connection: Connection, kind: str, row_id: int, account_id: int | None, label: str, words: str
) -> None:
    """Enter a record that the index does not hold.

    The index is kept here and not by triggers: with ``trusted_schema`` off a trigger may not write
    to a virtual table.
    """
    connection.run(
        ENTER,
        {"id": row_id, "kind": kind, "account": account_id, "label": label, "words": words},
    )
    connection.run(LEARN, {"id": row_id, "kind": kind, "words": words})


def put(
    connection: Connection, kind: str, row_id: int, account_id: int | None, label: str, words: str
) -> None:
    """Enter a record into the index, or replace its entry."""
    old = connection.one("SELECT words FROM search_entry WHERE id = :id", {"id": row_id})
    if old is None:
        enter(connection, kind, row_id, account_id, label, words)
        return
    connection.run(
        "UPDATE search_entry SET account_id = :account, label = :label, words = :words"
        " WHERE id = :id",
        {"id": row_id, "account": account_id, "label": label, "words": words},
    )
    if old[0] != words:
        connection.run(FORGET, {"id": row_id, "kind": kind, "words": old[0]})
        connection.run(LEARN, {"id": row_id, "kind": kind, "words": words})


def remove(connection: Connection, row_id: int) -> None:
    """Take a record out of the index."""
    old = connection.one("SELECT kind, words FROM search_entry WHERE id = :id", {"id": row_id})
    if old is not None:
        connection.run(FORGET, {"id": row_id, "kind": old[0], "words": old[1]})
        connection.run("DELETE FROM search_entry WHERE id = :id", {"id": row_id})


def match_expression(text: str) -> str | None:
    """The index query for what somebody types: all words, each as a beginning."""
    words = search_words(text).split()
    if not words:
        return None
    return "words : (" + " AND ".join(f'"{word}" *' for word in words) + ")"


def find(connection: Connection, text: str, limit: int) -> list[tuple[str, int, int | None, str]]:
    """Newest matches as (kind, row id, account id, label); all words, each as a beginning.

    Accounts come first, then people, complaints and notes: a common word in many notes hides no
    name.
    """
    expression = match_expression(text)
    found: list[tuple[str, int, int | None, str]] = []
    if expression is None:
        return found
    for kind in KINDS:
        if len(found) < limit:
            query = {"words": f"{expression} AND kind : {kind}", "newest": limit - len(found)}
            found.extend((str(row[0]), row[1], row[2], row[3])
                         for row in connection.rows(MATCHES, query))  # fmt: skip
    return found
