"""The search index: folded words of accounts, people, notes and complaints.

``search_entry`` is an ordinary table; the index over its words is the engine's own.
"""

from __future__ import annotations

from db.engine import Connection
from planner.text import search_words

SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_entry',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
)
FORGET = "INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', :id, :old)"
LEARN = "INSERT INTO search_index(rowid, words) VALUES (:id, :words)"

NEWEST_MATCHES = 400


def put(
    connection: Connection, kind: str, row_id: int, account_id: int | None, label: str, words: str
) -> None:
    """Enter a record into the index, or replace its entry.

    The index is kept here and not by triggers: with ``trusted_schema`` off a trigger may not write
    to a virtual table.
    """
    params = {"id": row_id, "kind": kind, "account": account_id, "label": label, "words": words}
    old = connection.one("SELECT words FROM search_entry WHERE id = :id", {"id": row_id})
    if old is None:
        connection.run(
            "INSERT INTO search_entry(id, kind, row_id, account_id, label, words)"
            " VALUES (:id, :kind, :id, :account, :label, :words)",
            params,
        )
        connection.run(LEARN, {"id": row_id, "words": words})
        return
    connection.run(
        "UPDATE search_entry SET account_id = :account, label = :label, words = :words"
        " WHERE id = :id",
        {name: params[name] for name in ("id", "account", "label", "words")},
    )
    if old[0] != words:
        connection.run(FORGET, {"id": row_id, "old": old[0]})
        connection.run(LEARN, {"id": row_id, "words": words})


def remove(connection: Connection, row_id: int) -> None:
    """Take a record out of the index."""
    old = connection.one("SELECT words FROM search_entry WHERE id = :id", {"id": row_id})
    if old is not None:
        connection.run(FORGET, {"id": row_id, "old": old[0]})
        connection.run("DELETE FROM search_entry WHERE id = :id", {"id": row_id})


def match_expression(text: str) -> str | None:
    """The index query for what somebody types: every word, the last one as a beginning."""
    words = search_words(text).split()
    if not words:
        return None
    quoted = [f'"{word}"' for word in words]
    return " ".join(f"{word}*" for word in quoted)


def find(connection: Connection, text: str, limit: int) -> list[tuple[str, int, int | None, str]]:
    """Newest matches as (kind, row id, account id, label); all words, each as a beginning.

    Names come before notes. The newest ``NEWEST_MATCHES`` matches are looked at, so that a
    common word costs no more than a rare one.
    """
    expression = match_expression(text)
    if expression is None:
        return []
    rows = connection.rows(
        "SELECT e.kind, e.row_id, e.account_id, e.label FROM search_index"
        " JOIN search_entry e ON e.id = search_index.rowid"
        " WHERE search_index MATCH :words ORDER BY search_index.rowid DESC LIMIT :newest",
        {"words": expression, "newest": NEWEST_MATCHES},
    )
    order = {"account": 0, "person": 1, "complaint": 2, "touchpoint": 3}
    return sorted(rows, key=lambda row: order.get(row[0], 9))[:limit]
