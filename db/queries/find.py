"""Find as you type: names by part, notes by words, then near names. All from the index."""

from __future__ import annotations

from db import search
from db.engine import Connection, placeholders
from planner.text import fold, search_words
from planner.views.search import Hit

NEAR_LIMIT = 5
NEAR_SCORE = 78
NEAR_LENGTH = 4
MOST_NAMES = 200
"""How many names that hold the text are looked at to find the best."""
PIECE = 3
MOST_PIECES = 12
MOST_OF_A_PIECE = 2_000
MOST_CANDIDATES = 150
"""Near names share pieces of three letters with the text: those that share most are compared."""
AFTER_ALL = "\U0010ffff"
PREFIXED = (
    "SELECT r.account_id, r.name FROM account_rollup r"
    " WHERE r.name_key >= :start AND r.name_key < :end"
    " ORDER BY r.name_key, r.account_id LIMIT :most"
)


class FindQueries:
    """Looks things up by what somebody types."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, text: str, limit: int = 40) -> list[Hit]:
        """Accounts whose name begins with the text, then those that hold it, then other words."""
        if not fold(text):
            return []
        names = self._names(text, limit)
        hits = [Hit("account", row_id, row_id, name) for row_id, name in names.items()]
        if len(hits) >= limit:
            return hits
        for kind, row_id, account_id, label in search.find(self._connection, text, limit):
            if len(hits) >= limit:
                break
            if not (kind == "account" and row_id in names):
                hits.append(self._hit(kind, row_id, account_id, label))
        return hits[:limit]

    def _names(self, text: str, limit: int) -> dict[int, str]:
        start = fold(text)
        found: dict[int, str] = dict(
            self._connection.rows(
                PREFIXED, {"start": start, "end": start + AFTER_ALL, "most": limit}
            )
        )
        if len(found) >= limit:
            return found
        wanted = search_words(text)
        parts = search.names_with(self._connection, text, MOST_NAMES)
        held = {row_id: search_words(name) for row_id, name in parts}
        parts.sort(key=lambda one: (wanted not in held[one[0]], held[one[0]], one[0]))
        for row_id, name in parts:
            if len(found) < limit:
                found.setdefault(row_id, name)
        return found

    def near(self, text: str) -> list[Hit]:
        """Accounts with a name nearly like the text, best first; slower, so asked for after."""
        wanted = search_words(text)
        if len(wanted) < NEAR_LENGTH:
            return []
        from rapidfuzz import fuzz, process

        names = self._candidates(wanted)
        found = process.extract(
            wanted,
            {row_id: search_words(name) for row_id, name in names.items()},
            scorer=fuzz.WRatio,
            limit=NEAR_LIMIT,
            score_cutoff=NEAR_SCORE,
        )
        return [
            Hit("account", row_id, row_id, names[row_id], near=True)
            for _text, _score, row_id in found
        ]

    def _candidates(self, wanted: str) -> dict[int, str]:
        """Names that share the most pieces with the text, a bounded number of them."""
        pieces = dict.fromkeys(
            word[start : start + PIECE]
            for word in wanted.split()
            for start in range(max(1, len(word) - PIECE + 1))
        )
        likely = search.accounts_sharing(
            self._connection, list(pieces)[:MOST_PIECES], MOST_OF_A_PIECE, MOST_CANDIDATES
        )
        marks, params = placeholders("n", likely)
        names: dict[int, str] = dict(
            self._connection.rows(
                f"SELECT account_id, name FROM account_rollup WHERE account_id IN ({marks})", params
            )
        )
        return {row_id: names[row_id] for row_id in likely if row_id in names}

    def _hit(self, kind: str, row_id: int, account_id: int | None, label: str) -> Hit:
        if kind == "person" and account_id is None:
            row = self._connection.one(
                "SELECT m.account_id, a.name FROM membership m JOIN account a"
                " ON a.id = m.account_id WHERE m.person_id = :id AND m.archived_at IS NULL"
                " ORDER BY m.id LIMIT 1",
                {"id": row_id},
            )
            return Hit(kind, row_id, row[0] if row else None, label, row[1] if row else None)
        row = self._connection.one("SELECT name FROM account WHERE id = :id", {"id": account_id})
        return Hit(kind, row_id, account_id, label, row[0] if row else None)
