"""Find as you type: names by part, notes by words, then near names."""

from __future__ import annotations

from db import search
from db.engine import Connection
from planner.text import fold, search_words
from planner.views.search import Hit

NEAR_LIMIT = 5
NEAR_SCORE = 78
NEAR_LENGTH = 4


class FindQueries:
    """Looks things up by what somebody types."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, text: str, limit: int = 40) -> list[Hit]:
        """Accounts whose name holds the text, then everything whose words begin like it."""
        wanted = search_words(text) or fold(text)
        if not wanted:
            return []
        pattern = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self._connection.rows(
            "SELECT r.account_id, r.name, r.search_text FROM account_rollup r"
            " WHERE r.search_text LIKE :part ESCAPE '\\'"
            " ORDER BY CASE WHEN r.search_text LIKE :start ESCAPE '\\' THEN 0 ELSE 1 END,"
            " r.name_key LIMIT :limit",
            {"part": f"%{pattern}%", "start": f"{pattern}%", "limit": limit},
        )
        hits = [Hit("account", row[0], row[0], row[1]) for row in rows]
        seen = {hit.id for hit in hits}
        for kind, row_id, account_id, label in search.find(self._connection, text, limit):
            if row_id not in seen:
                hits.append(self._hit(kind, row_id, account_id, label))
        return hits[:limit]

    def near(self, text: str) -> list[Hit]:
        """Accounts with a name nearly like the text, best first; slower, so asked for after."""
        wanted = search_words(text)
        if len(wanted) < NEAR_LENGTH:
            return []
        from rapidfuzz import fuzz, process

        names = self._connection.rows("SELECT account_id, name, search_text FROM account_rollup")
        found = process.extract(
            wanted,
            [row[2] for row in names],
            scorer=fuzz.WRatio,
            limit=NEAR_LIMIT,
            score_cutoff=NEAR_SCORE,
        )
        return [
            Hit("account", names[index][0], names[index][0], names[index][1], near=True)
            for _text, _score, index in found
        ]

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
