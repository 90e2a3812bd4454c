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
POSTGRES_SEARCH = (
    "CREATE TABLE search_index (id BIGINT PRIMARY KEY, lexemes tsvector NOT NULL)",
    "CREATE INDEX search_lexemes ON search_index USING gin (lexemes)",
)
LEARN_THERE = (
    "INSERT INTO search_index(id, lexemes)"
    " VALUES (:id, array_to_tsvector(string_to_array(:lexemes, ' ')))"
)
FORGET_THERE = "DELETE FROM search_index WHERE id = :id"
MATCHES_THERE = (
    "SELECT e.kind, e.row_id, e.account_id, e.label FROM search_index i"
    " JOIN search_entry e ON e.id = i.id"
    " WHERE i.lexemes @@ CAST(:words AS tsquery) ORDER BY i.id DESC LIMIT :newest"
)
LONGEST_LEXEME = 200
MOST_LEXEMES = 20_000
"""What PostgreSQL indexes of one text, whose limit is a megabyte; more is not found there."""

KINDS = ("account", "person", "complaint", "touchpoint")
"""In the order in which matches are given: names before notes."""


ENTER = (
    "INSERT INTO search_entry(id, kind, row_id, account_id, label, words)"
    " VALUES (:id, :kind, :id, :account, :label, :words)"
)


def enter_many(connection: Connection, entries: list[dict[str, Any]]) -> None:
    """Enter many records that the index does not hold: id, kind, account, label, words each."""
    connection.run_many(ENTER, entries)
    if connection.engine == "postgres":
        connection.run_many(LEARN_THERE, [_lexemes(entry) for entry in entries])
    else:
        connection.run_many(LEARN, entries)


def _lexemes(entry: dict[str, Any]) -> dict[str, Any]:
    """The words of an entry as PostgreSQL indexes them, its kind marked as none of them."""
    words = sorted({word[:LONGEST_LEXEME] for word in entry["words"].split()[:MOST_LEXEMES]})
    return {"id": entry["id"], "lexemes": " ".join((f"#{entry['kind']}", *words))}


def _learn(connection: Connection, entry: dict[str, Any]) -> None:
    if connection.engine == "postgres":
        connection.run(LEARN_THERE, _lexemes(entry))
    else:
        connection.run(LEARN, entry)


def _forget(connection: Connection, entry: dict[str, Any]) -> None:
    if connection.engine == "postgres":
        connection.run(FORGET_THERE, {"id": entry["id"]})
    else:
        connection.run(FORGET, entry)


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
    _learn(connection, {"id": row_id, "kind": kind, "words": words})


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
        _forget(connection, {"id": row_id, "kind": kind, "words": old[0]})
        _learn(connection, {"id": row_id, "kind": kind, "words": words})


def remove(connection: Connection, row_id: int) -> None:
    """Take a record out of the index."""
    old = connection.one("SELECT kind, words FROM search_entry WHERE id = :id", {"id": row_id})
    if old is not None:
        _forget(connection, {"id": row_id, "kind": old[0], "words": old[1]})
        connection.run("DELETE FROM search_entry WHERE id = :id", {"id": row_id})


def match_expression(text: str, kind: str) -> str | None:
    """The index query for what somebody types: all words, each as a beginning, of one kind."""
    words = search_words(text).split()
    if not words:
        return None
    return "words : (" + " AND ".join(f'"{word}" *' for word in words) + f") AND kind : {kind}"


def lexeme_query(text: str, kind: str) -> str | None:
    """The same for PostgreSQL's index."""
    words = [word[:LONGEST_LEXEME] for word in search_words(text).split()]
    if not words:
        return None
    return " & ".join((f"'#{kind}'", *(f"'{word}':*" for word in words)))


def find(connection: Connection, text: str, limit: int) -> list[tuple[str, int, int | None, str]]:
    """Newest matches as (kind, row id, account id, label); all words, each as a beginning.

    Accounts come first, then people, complaints and notes: a common word in many notes hides no
    name.
    """
    on_server = connection.engine == "postgres"
    expression, matches = (
        (lexeme_query, MATCHES_THERE) if on_server else (match_expression, MATCHES)
    )
    found: list[tuple[str, int, int | None, str]] = []
    for kind in KINDS:
        words = expression(text, kind)
        if words is None or len(found) >= limit:
            break
        query = {"words": words, "newest": limit - len(found)}
        found.extend((str(row[0]), row[1], row[2], row[3])
                     for row in connection.rows(matches, query))  # fmt: skip
    return found
