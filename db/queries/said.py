"""Closed feedback of named people of an account, for "you said, we did"."""

from __future__ import annotations

from collections import defaultdict

from db.engine import Connection
from db.frame import Frame
from planner.said import SaidSource, YouSaid, you_said

MOST = 200
"""The newest pieces of closed feedback of an account that are looked at."""
PERSON = "COALESCE(NULLIF(p.name, ''), p.email, p.phone)"
# A person who left is no longer theirs to be named, nor is one whose record was taken out.
THERE = """
  LEFT JOIN person p ON p.id = x.person_id AND p.archived_at IS NULL AND EXISTS (
    SELECT 1 FROM membership m WHERE m.person_id = x.person_id AND m.account_id = x.account_id
    AND m.archived_at IS NULL AND (m.left_on IS NULL OR m.left_on > :today))"""
COMPLAINTS = f"""
SELECT 'complaint', x.id, {PERSON}, x.opened_on, x.title, x.remedy_given
FROM complaint x {THERE}
WHERE x.account_id = :account AND x.archived_at IS NULL AND x.excluded IS NULL
  AND x.resolved_on <= :today ORDER BY x.opened_on DESC, x.id DESC LIMIT :most"""
SURVEYS = f"""
SELECT 'survey', x.id, {PERSON}, x.answered_on, x.comment, NULL
FROM survey x {THERE}
WHERE x.account_id = :account AND x.archived_at IS NULL AND x.outcome = 'acted_on'
  AND x.person_id IS NOT NULL ORDER BY x.answered_on DESC, x.id DESC LIMIT :most"""
RESULTS = """
SELECT s.kind, s.row_id, i.result FROM improvement_source s JOIN improvement i
  ON i.id = s.improvement_id
WHERE s.account_id = :account AND s.archived_at IS NULL AND i.archived_at IS NULL
  AND i.status = 'done' AND i.done_on <= :today AND i.result IS NOT NULL
ORDER BY i.done_on, i.id"""


class SaidQueries:
    """Asks about the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today.isoformat()

    def you_said(self, account_id: int) -> tuple[YouSaid, int]:
        """The model of an account, and how many closed pieces have nothing to tell them."""
        params = {"account": account_id, "today": self._today}
        name = self._connection.one("SELECT name FROM account WHERE id = :id", {"id": account_id})
        results: dict[tuple[str, int], list[str]] = defaultdict(list)
        for kind, row_id, result in self._connection.rows(RESULTS, params):
            results[kind, row_id].append(result)
        bounded = {**params, "most": MOST}
        rows = [
            *self._connection.rows(COMPLAINTS, bounded),
            *self._connection.rows(SURVEYS, bounded),
        ]
        rows.sort(key=lambda row: (row[3], row[1]), reverse=True)
        sources = (
            SaidSource(who, on, words, remedy, tuple(results[kind, row_id]))
            for kind, row_id, who, on, words, remedy in rows[:MOST]
        )
        return you_said(str(name[0]) if name else "", self._today, sources)
