"""Signals and answers to surveys, the newest first, read page by page."""

from __future__ import annotations

from typing import Any

from db.engine import Connection
from planner.views.heard import SignalRow, SurveyRow

SIGNALS = """
SELECT s.id, s.account_id, a.name, s.kind, s.signal, s.heard_from, s.link, s.sentiment,
  COALESCE(NULLIF(p.name, ''), p.email, p.phone), s.function, c.name, s.heard_at, s.heard_on,
  s.outcome, s.outcome_note, s.closed_on
FROM signal s JOIN account a ON a.id = s.account_id LEFT JOIN person p ON p.id = s.person_id
LEFT JOIN colleague c ON c.id = s.colleague_id
WHERE s.archived_at IS NULL AND a.archived_at IS NULL"""
SURVEYS = """
SELECT s.id, s.account_id, a.name, COALESCE(NULLIF(p.name, ''), p.email, p.phone), s.kind, s.score,
  s.highest, s.effort_high, s.comment, s.trigger, s.answered_at, s.answered_on
FROM survey s LEFT JOIN account a ON a.id = s.account_id LEFT JOIN person p ON p.id = s.person_id
WHERE s.archived_at IS NULL AND a.archived_at IS NULL"""
BELOW = (
    " AND s.heard_at <= :before_at"
    " AND (s.heard_at < :before_at OR (s.heard_at = :before_at AND s.id < :before_id))"
)


class HeardQueries:
    """What was heard without a talk, of one account or of the whole book."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def signals(
        self,
        *,
        account_id: int | None = None,
        kind: str | None = None,
        open_only: bool = False,
        owner_id: int | None = None,
        before: tuple[str, int] | None = None,
        limit: int | None = None,
    ) -> list[SignalRow]:
        """Signals of live accounts, the newest first; ``before`` is the (heard_at, id) to go on
        from, ``owner_id`` whose accounts they are about."""
        where, params = "", _given(
            account_id=account_id, kind=kind, owner_id=owner_id, limit=limit
        )  # fmt: skip
        where += " AND s.account_id = :account_id" if account_id is not None else ""
        where += " AND s.kind = :kind" if kind is not None else ""
        where += " AND s.closed_on IS NULL" if open_only else ""
        where += " AND a.owner_id = :owner_id" if owner_id is not None else ""
        if before is not None:
            where += BELOW
            params |= {"before_at": before[0], "before_id": before[1]}
        bound = "" if limit is None else " LIMIT :limit"
        rows = self._connection.rows(
            f"{SIGNALS}{where} ORDER BY s.heard_at DESC, s.id DESC{bound}", params
        )
        return [SignalRow(*row) for row in rows]

    def surveys(
        self, *, account_id: int | None = None, kind: str | None = None, limit: int | None = None
    ) -> list[SurveyRow]:
        """Answers of live accounts and of the book, the newest first."""
        where, params = "", _given(account_id=account_id, kind=kind, limit=limit)
        where += " AND s.account_id = :account_id" if account_id is not None else ""
        where += " AND s.kind = :kind" if kind is not None else ""
        bound = "" if limit is None else " LIMIT :limit"
        rows = self._connection.rows(
            f"{SURVEYS}{where} ORDER BY s.answered_at DESC, s.id DESC{bound}", params
        )
        return [SurveyRow(*row)._replace(effort_high=bool(row[7])) for row in rows]


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
