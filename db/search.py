"""The search index: folded words of accounts, people, notes and complaints.

``search_entry`` is an ordinary table; the index over its words is the engine's own. The words come
folded and hold letters, digits and single spaces only, so the index has to split at spaces alone.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from db import server_words
from db.engine import Connection
from planner.text import search_words, word_tails

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
NAME = "name"
"""The kind of the second entry of an account: its name by any part. Its id is the first's, negated,
so that each entry has its own."""
MANY = ("complaint", "touchpoint")
"""Kinds of which there may be millions: there PostgreSQL looks at the newest entries first. Those
of the others stand in a table of their own (``db.server_words``)."""
POSTGRES_SEARCH = (
    'CREATE TABLE search_index (id BIGINT PRIMARY KEY, kind TEXT COLLATE "C" NOT NULL,'
    " lexemes tsvector NOT NULL)",
    "CREATE INDEX search_names ON search_index USING gin (lexemes)"
    " WHERE kind IN ('account', 'name', 'person')",
    "CREATE INDEX search_complaints ON search_index USING gin (lexemes) WHERE kind = 'complaint'",
    "CREATE INDEX search_notes ON search_index USING gin (lexemes) WHERE kind = 'touchpoint'",
    "CREATE INDEX search_newest ON search_index(kind, id)"
    " WHERE kind IN ('complaint', 'touchpoint')",
)
"""Each has an index of its own: a common word of notes would be read for the others too."""
LEARN_THERE = (
    "INSERT INTO search_index(id, kind, lexemes)"
    " VALUES (:id, :kind, array_to_tsvector(string_to_array(:lexemes, ' ')))"
)
FORGET_THERE = "DELETE FROM search_index WHERE id = :id"
# Put together first: the engine would else walk down the ids until it had seen enough.
_MATCHES_THERE = (
    "WITH hit AS MATERIALIZED (SELECT i.id FROM search_index i"
    " WHERE i.lexemes @@ CAST(:words AS tsquery) AND i.kind = :kind AND {part})"
    " SELECT e.kind, e.row_id, e.account_id, e.label FROM hit JOIN search_entry e ON e.id = hit.id"
    " ORDER BY hit.id DESC LIMIT :newest"
)
MATCHES_THERE = {
    kind: _MATCHES_THERE.format(part=part)
    for kind, part in (
        ("complaint", "i.kind = 'complaint'"),
        ("touchpoint", "i.kind = 'touchpoint'"),
    )
}
RECENT = 10_000
RECENT_THERE = {
    kind: "WITH recent AS MATERIALIZED (SELECT n.id, n.lexemes FROM search_index n"
    f" WHERE n.kind = '{kind}' ORDER BY n.id DESC LIMIT :recent)"
    " SELECT e.kind, e.row_id, e.account_id, e.label FROM recent i"
    " JOIN search_entry e ON e.id = i.id WHERE i.lexemes @@ CAST(:words AS tsquery)"
    " ORDER BY i.id DESC LIMIT :newest"
    for kind in MANY
}
HOW_MANY_THERE = {
    kind: "EXPLAIN (FORMAT JSON) SELECT i.id FROM search_index i"
    f" WHERE i.lexemes @@ CAST(:words AS tsquery) AND i.kind = '{kind}'"
    f" UNION ALL SELECT n.id FROM search_index n WHERE n.kind = '{kind}'"
    for kind in MANY
}
"""What the server expects: entries that hold the words, and all entries of the kind."""
RARE_THERE = {
    kind: "WITH hit AS MATERIALIZED (SELECT i.id, i.lexemes @@ CAST(:whole AS tsquery) AS whole"
    f" FROM search_index i WHERE i.lexemes @@ CAST(:words AS tsquery) AND i.kind = '{kind}'"
    " ORDER BY 2 DESC, 1 DESC LIMIT :newest)"
    " SELECT e.kind, e.row_id, e.account_id, e.label FROM hit JOIN search_entry e ON e.id = hit.id"
    " ORDER BY hit.whole DESC, hit.id DESC"
    for kind in MANY
}
"""Whole words first, then beginnings, the newest of each: all at once where there are few."""
IDS = "SELECT rowid FROM search_index WHERE search_index MATCH :words ORDER BY rowid LIMIT :newest"
SHORTEST = 2
BATCH = 1_000
LONGEST_LEXEME = server_words.LONGEST
MOST_LEXEMES = server_words.MOST
"""What PostgreSQL indexes of one text, whose limit is a megabyte; more is not found there."""

KINDS = ("account", "person", "complaint", "survey", "signal", "touchpoint")
"""In the order in which matches are given: names before notes."""
LABEL = 200
"""Characters of a text that are shown of it."""


ENTER = (
    "INSERT INTO search_entry(id, kind, row_id, account_id, label, words)"
    " VALUES (:id, :kind, :row, :account, :label, :words)"
)


def enter_many(connection: Connection, entries: list[dict[str, Any]]) -> None:
    """Enter many records that the index does not hold: id, kind, account, label, words each."""
    connection.run_many(ENTER, [{**entry, "row": abs(entry["id"])} for entry in entries])
    if connection.engine == "postgres":
        many = [_lexemes(entry) for entry in entries if entry["kind"] in MANY]
        if many:
            connection.run_many(LEARN_THERE, many)
        server_words.enter_many(connection, [one for one in entries if one["kind"] not in MANY])
    else:
        connection.run_many(LEARN, entries)


def _lexemes(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as PostgreSQL indexes it: its words once each, cut to what the index takes."""
    words = sorted({word[:LONGEST_LEXEME] for word in entry["words"].split()[:MOST_LEXEMES]})
    return {"id": entry["id"], "kind": entry["kind"], "lexemes": " ".join(words)}


def _learn(connection: Connection, entry: dict[str, Any]) -> None:
    if connection.engine == "sqlite":
        connection.run(LEARN, entry)
    elif entry["kind"] in MANY:
        connection.run(LEARN_THERE, _lexemes(entry))
    else:
        server_words.learn(connection, entry)


def _forget(connection: Connection, entry: dict[str, Any]) -> None:
    if connection.engine == "sqlite":
        connection.run(FORGET, entry)
    elif entry["kind"] in MANY:
        connection.run(FORGET_THERE, {"id": entry["id"]})
    else:
        server_words.forget(connection, entry)


def enter(
    connection: Connection, kind: str, row_id: int, account_id: int | None, label: str, words: str
) -> None:
    """Enter a record that the index does not hold.

    The index is kept here and not by triggers: with ``trusted_schema`` off a trigger may not write
    to a virtual table.
    """
    connection.run(
        ENTER,
        {"id": row_id, "kind": kind, "row": abs(row_id), "account": account_id, "label": label,
         "words": words},
    )  # fmt: skip
    _learn(connection, {"id": row_id, "kind": kind, "words": words})


def name_entry(account_id: int, name: str) -> dict[str, Any]:
    """The entry by which an account is found by any part of its name."""
    return {
        "id": -account_id,
        "kind": NAME,
        "account": account_id,
        "label": name,
        "words": word_tails(name),
    }


def put_name(connection: Connection, account_id: int, name: str) -> None:
    """Enter an account's name by its parts, or replace the entry; signs alone have none."""
    entry = name_entry(account_id, name)
    if entry["words"]:
        put(connection, NAME, entry["id"], account_id, name, entry["words"])
    else:
        remove(connection, entry["id"])


def enter_names(connection: Connection) -> None:
    """Enter the names of all live accounts by their parts: for a book of before there were such."""
    last = 0
    while True:
        rows = connection.rows(
            "SELECT id, name FROM account WHERE archived_at IS NULL AND id > :last"
            " ORDER BY id LIMIT :most",
            {"last": last, "most": BATCH},
        )
        if not rows:
            return
        last = rows[-1][0]
        entries = (name_entry(row_id, name) for row_id, name in rows)
        enter_many(connection, [entry for entry in entries if entry["words"]])


VOICES = {
    "survey": "SELECT id, account_id, comment FROM survey WHERE comment IS NOT NULL",
    "signal": "SELECT id, account_id, signal FROM signal WHERE signal IS NOT NULL",
}
"""The words of customers that a book of before migration 10 did not find."""


def enter_voices(connection: Connection) -> None:
    """Enter the comments of surveys and the signals: for a book of before they were found."""
    for kind, sql in VOICES.items():
        rows = connection.rows(f"{sql} AND archived_at IS NULL ORDER BY id")
        entries = [
            {"id": row_id, "kind": kind, "account": account_id, "label": text[:LABEL],
             "words": search_words(text)}
            for row_id, account_id, text in rows
        ]  # fmt: skip
        enter_many(connection, [entry for entry in entries if entry["words"]])


def names_with(connection: Connection, text: str, limit: int) -> list[tuple[int, str]]:
    """Accounts (id, name) whose name holds each typed word in one of its own, the newest first."""
    return [
        (int(account_id), label)
        for _kind, _row, account_id, label in _matching(connection, text, NAME, limit)
        if account_id is not None
    ]


def complaints_with(connection: Connection, word: str, limit: int) -> list[int]:
    """Ids of the newest complaints that hold a word as it stands."""
    return [row[1] for row in _matching(connection, word, "complaint", limit, whole=True)]


def accounts_sharing(connection: Connection, parts: list[str], most: int, limit: int) -> list[int]:
    """Ids of the accounts whose names share most of the parts: those with most of them first.

    Of each part, which has up to three letters, the newest ``most`` names are looked at.
    """
    typed = [one for part in parts for one in _typed(part, whole=False)]
    if not typed:
        return []
    if connection.engine == "postgres":
        return server_words.accounts_sharing(connection, typed, most, limit)
    shared: Counter[int] = Counter()
    for part in parts:
        query = {"words": match_expression(part, NAME), "newest": most}
        shared.update([row[0] for row in connection.rows(IDS, query)])
    return [-one for one in _most_common(shared, limit)]


def _most_common(shared: Counter[int], limit: int) -> list[int]:
    """The ids that were counted most, the smallest of equals first."""
    by_count: dict[int, list[int]] = {}
    for one, count in shared.items():
        by_count.setdefault(count, []).append(one)
    found: list[int] = []
    for count in sorted(by_count, reverse=True):
        found += sorted(by_count[count])[: limit - len(found)]
        if len(found) >= limit:
            break
    return found


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


def match_expression(text: str, kind: str, *, whole: bool = False) -> str | None:
    """The index query for what somebody types, of one kind: all words, each as a beginning.

    With ``whole`` as whole words: the index reads these newest first and stops at the limit, while
    the entries of all words with a common beginning are put together first. One letter begins too
    many words, so it is always a whole one.
    """
    parts = [f'"{word}"' + ("" if end else " *") for word, end in _typed(text, whole)]
    return f"words : ({' AND '.join(parts)}) AND kind : {kind}" if parts else None


def lexeme_query(text: str, *, whole: bool = False) -> str | None:
    """The same for PostgreSQL's index, where the kind is a column."""
    parts = [
        f"'{word[:LONGEST_LEXEME]}'" + ("" if end else ":*") for word, end in _typed(text, whole)
    ]
    return " & ".join(parts) if parts else None


def _typed(text: str, whole: bool) -> list[tuple[str, bool]]:
    """The words of what was typed, each with whether it ends there."""
    return [(word, whole or len(word) < SHORTEST) for word in search_words(text).split()]


def find(connection: Connection, text: str, limit: int) -> list[tuple[str, int, int | None, str]]:
    """Matches as (kind, row id, account id, label); all words, each as a beginning.

    Accounts come first, then people, complaints and notes: a common word in many notes hides no
    name.
    """
    found: list[tuple[str, int, int | None, str]] = []
    for kind in KINDS:
        missing = limit - len(found)
        if missing <= 0:
            break
        rare = _rare_there(connection, text, kind, missing)
        found.extend(_whole_first(connection, text, kind, missing) if rare is None else rare)
    return found


def _whole_first(
    connection: Connection, text: str, kind: str, limit: int
) -> list[tuple[str, int, int | None, str]]:
    """Matches of a kind: those that hold the words as they stand before those that begin so."""
    exact = _matching(connection, text, kind, limit, whole=True)
    if len(exact) < limit:
        seen = {row[1] for row in exact}
        more = _matching(connection, text, kind, limit)
        exact.extend([row for row in more if row[1] not in seen][: limit - len(exact)])
    return exact


def _rare_there(
    connection: Connection, text: str, kind: str, limit: int
) -> list[tuple[str, int, int | None, str]] | None:
    """The same in one question, for notes on a server that few hold; None for anything else."""
    if connection.engine == "sqlite" or kind not in MANY:
        return None
    whole, words = lexeme_query(text, whole=True), lexeme_query(text)
    # Both, since of beginnings the server knows nothing where there are few different words.
    if words is None or _are_many(connection, kind, f"({whole}) | ({words})", limit):
        return None
    return _found(connection, RARE_THERE[kind], {"whole": whole, "words": words, "newest": limit})


def _matching(
    connection: Connection, text: str, kind: str, limit: int, *, whole: bool = False
) -> list[tuple[str, int, int | None, str]]:
    if connection.engine == "sqlite":
        words = match_expression(text, kind, whole=whole)
        if words is None:
            return []
        return _found(connection, MATCHES, {"words": words, "newest": limit})
    words = lexeme_query(text, whole=whole)
    if words is None:
        return []
    if kind not in MANY:
        return server_words.matching(connection, _typed(text, whole), kind, limit)
    query = {"words": words, "kind": kind, "newest": limit}
    # Of a common word enough stands among the newest, and all were too many. What begins so is
    # common here, the whole word need not be.
    if not whole or _are_many(connection, kind, words, limit):
        newest = _found(connection, RECENT_THERE[kind], {**query, "recent": RECENT})
        if len(newest) >= limit:
            return newest
    return _found(connection, MATCHES_THERE[kind], query)


def _are_many(connection: Connection, kind: str, words: str, limit: int) -> bool:
    """Whether the newest entries hold the words often enough, by what the server knows of them.

    Else its index, which has all at once, is asked without looking at the newest in vain.
    """
    plan = connection.rows(HOW_MANY_THERE[kind], {"words": words})[0][0]
    expected, of_all = (part["Plan Rows"] for part in plan[0]["Plan"]["Plans"])
    return bool(expected * min(RECENT, of_all) >= limit * of_all)


def _found(
    connection: Connection, sql: str, query: dict[str, Any]
) -> list[tuple[str, int, int | None, str]]:
    return [(str(row[0]), row[1], row[2], row[3]) for row in connection.rows(sql, query)]
