"""The words by which accounts and people are found on a server: a plain table, read in order.

A file's word index gives the newest entries of a word and stops; PostgreSQL's collects all entries
of the word first, which costs too much for a word of many names. Here the primary key holds the
entries of each word in their order, and the beginnings of two and three letters are words of their
own, as in the file's index: what is found of them is read up to the limit. Longer beginnings are a
range of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from db.engine import Connection

KINDS = ("account", "name", "person")
"""What was found here first; notes and complaints are found by the index of ``db.search``."""
LETTERS = {"account": "a", "name": "n", "person": "p", "survey": "s", "signal": "h"}
"""What is found here, and the letter by which the table knows it."""
BEGINNINGS = (2, 3)
"""Lengths of beginnings that have entries of their own, marked with a sign that no word holds."""
MARK = "*"
LONGEST = 200
MOST = 20_000
"""How long a word is and how many words of one text are entered; more is not found."""
AFTER_ALL = "\U0010ffff"
TABLE = (
    "CREATE TABLE IF NOT EXISTS search_word (id BIGINT NOT NULL,"
    ' kind TEXT COLLATE "C" NOT NULL, word TEXT COLLATE "C" NOT NULL)'
)
"""The kind by its first letter: there are ten million words in a book of 100,000 accounts."""
FROM_THE_INDEX = (
    TABLE,
    "INSERT INTO search_word (id, kind, word) SELECT i.id, left(i.kind, 1), w.word"
    " FROM search_index i, unnest(tsvector_to_array(i.lexemes)) AS w(word)"
    f" WHERE i.kind IN {KINDS}",
    "INSERT INTO search_word (id, kind, word)"
    f" SELECT DISTINCT w.id, w.kind, left(w.word, b.length) || '{MARK}' FROM search_word w,"
    f" (VALUES {', '.join(f'({length})' for length in BEGINNINGS)}) AS b(length)"
    f" WHERE length(w.word) >= b.length AND right(w.word, 1) <> '{MARK}'"
    " AND EXISTS (SELECT 1 FROM search_index i WHERE i.id = w.id)",
    "ALTER TABLE search_word ADD PRIMARY KEY (kind, word, id)",
    f"DELETE FROM search_index WHERE kind IN {KINDS}",
    "DROP INDEX search_names",
)
"""Makes the table from what the word index held; a part of migration 8."""
LEARN = (
    "INSERT INTO search_word (id, kind, word)"
    " SELECT :id, :kind, w.word FROM unnest(string_to_array(:words, ' ')) AS w(word)"
)
FORGET = (
    "DELETE FROM search_word WHERE kind = :kind AND id = :id"
    " AND word = ANY(string_to_array(:words, ' '))"
)
_MATCHES = (
    "WITH hit AS MATERIALIZED ({hits} ORDER BY id DESC LIMIT :newest)"
    " SELECT e.kind, e.row_id, e.account_id, e.label FROM hit JOIN search_entry e ON e.id = hit.id"
    " ORDER BY hit.id DESC"
)
_WORD = "SELECT id FROM search_word WHERE kind = :kind AND word = :w{at}"
_RANGE = (
    "SELECT DISTINCT id FROM search_word"
    " WHERE kind = :kind AND word >= :w{at} AND word < :w{at} || :after"
)


def words_of(words: str) -> list[str]:
    """A text's words once each and their marked beginnings, cut to what the table takes."""
    whole = {word[:LONGEST] for word in words.split()[:MOST]}
    begun = {word[:length] + MARK for word in whole for length in BEGINNINGS if len(word) >= length}
    return sorted(whole | begun)


def enter_many(connection: Connection, entries: Iterable[dict[str, Any]]) -> None:
    """Enter many records that the table does not hold: id, kind and words each."""
    connection.copy_rows("search_word", ("id", "kind", "word"), _rows(entries))


def _rows(entries: Iterable[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    for entry in entries:
        for word in words_of(entry["words"]):
            yield entry["id"], LETTERS[entry["kind"]], word


def learn(connection: Connection, entry: dict[str, Any]) -> None:
    """Enter the words of one record."""
    connection.run(LEARN, _listed(entry))


def forget(connection: Connection, entry: dict[str, Any]) -> None:
    """Take a record's words out: its words as they were entered."""
    connection.run(FORGET, _listed(entry))


def _listed(entry: dict[str, Any]) -> dict[str, Any]:
    words = " ".join(words_of(entry["words"]))
    return {"id": entry["id"], "kind": LETTERS[entry["kind"]], "words": words}


def matching(
    connection: Connection, typed: list[tuple[str, bool]], kind: str, limit: int
) -> list[tuple[str, int, int | None, str]]:
    """The newest entries of a kind that hold all typed words: (kind, row id, account id, label).

    ``typed`` says of each word whether it ends there, else it is a beginning.
    """
    params: dict[str, Any] = {"kind": LETTERS[kind], "newest": limit}
    parts = []
    for at, (word, whole) in enumerate(typed):
        params[f"w{at}"], in_range = _sought(word, whole=whole)
        parts.append((_RANGE if in_range else _WORD).format(at=at))
        if in_range:
            params["after"] = AFTER_ALL
    # Each word's entries are read once, whatever the server thinks of how many there are.
    rows = connection.rows(_MATCHES.format(hits=" INTERSECT ".join(parts)), params)
    return [(str(row[0]), row[1], row[2], row[3]) for row in rows]


def _sought(word: str, *, whole: bool) -> tuple[str, bool]:
    """What is looked up for a typed word, and whether all that begins with it is meant."""
    if not whole and len(word) in BEGINNINGS:
        return word + MARK, False
    return word[:LONGEST], not whole


def accounts_sharing(
    connection: Connection, parts: list[tuple[str, bool]], most: int, limit: int
) -> list[int]:
    """Ids of the accounts whose names share most of the parts, the newest ``most`` of each part.

    A part has at most as many letters as the longest beginning.
    """
    params: dict[str, Any] = {"kind": LETTERS["name"], "most": most, "limit": limit}
    each = []
    for at, (part, whole) in enumerate(parts):
        params[f"w{at}"], _in_range = _sought(part, whole=whole)
        each.append(f"({_WORD.format(at=at)} ORDER BY id LIMIT :most)")
    rows = connection.rows(
        f"SELECT -id FROM ({' UNION ALL '.join(each)}) AS one GROUP BY id"
        " ORDER BY COUNT(*) DESC, id LIMIT :limit",
        params,
    )
    return [int(row[0]) for row in rows]
