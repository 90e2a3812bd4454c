"""Improvements, the feedback they come from, and the inbox in which all feedback is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from heapq import merge
from itertools import islice
from typing import Any

from db.engine import Connection
from db.frame import Frame
from planner.language import gettext as _
from planner.views.causes import AdvocateRow, FeedbackRow, ImprovementRow
from planner.views.today import Duty

IMPROVEMENTS = """
SELECT i.id, i.improvement, i.root_cause, i.cause_detail, i.owner_id, c.name, i.status, i.due_on,
  i.done_on, i.result, COALESCE(s.complaints, 0), COALESCE(s.signals, 0), COALESCE(s.surveys, 0),
  i.recorded_on
FROM improvement i LEFT JOIN colleague c ON c.id = i.owner_id
LEFT JOIN (SELECT t.improvement_id,
    SUM(CASE WHEN t.kind = 'complaint' THEN 1 ELSE 0 END) AS complaints,
    SUM(CASE WHEN t.kind = 'signal' THEN 1 ELSE 0 END) AS signals,
    SUM(CASE WHEN t.kind = 'survey' THEN 1 ELSE 0 END) AS surveys
  FROM improvement_source t WHERE t.archived_at IS NULL GROUP BY t.improvement_id) s
  ON s.improvement_id = i.id
WHERE i.archived_at IS NULL"""
IN_ORDER = (
    " ORDER BY CASE WHEN i.status = 'open' THEN 0 ELSE 1 END,"
    " CASE WHEN i.status = 'open' THEN COALESCE(i.due_on, '9999') ELSE '' END,"
    " i.done_on DESC, i.id DESC"
)
PERSON = "COALESCE(NULLIF(p.name, ''), p.email, p.phone)"
IMPROVED = """(SELECT MAX(t.improvement_id) FROM improvement_source t
    WHERE t.row_id = x.id AND t.kind = '{kind}' AND t.archived_at IS NULL)"""
FEEDBACK = """
SELECT '{kind}', x.id, {number}, x.account_id, a.name, {person}, {words}, x.{day}, {state}, {note},
  {closed}, i.id, i.improvement
FROM {kind} x LEFT JOIN account a ON a.id = x.account_id LEFT JOIN person p ON p.id = x.person_id
LEFT JOIN improvement i ON i.id = {improved}
WHERE x.archived_at IS NULL AND a.archived_at IS NULL{which}"""
OUTCOME = "COALESCE(x.outcome, 'open')"
COMPLAINT_STATE = (
    "CASE WHEN x.excluded = 'withdrawn' THEN 'declined'"
    " WHEN x.resolved_at IS NOT NULL THEN 'acted_on' ELSE 'open' END"
)
KINDS = {
    "complaint": {
        "number": "x.number", "words": "x.title", "day": "opened_on", "state": COMPLAINT_STATE,
        "note": "x.remedy_given", "closed": "x.resolved_on",
        "which": " AND (x.excluded IS NULL OR x.excluded = 'withdrawn')",
    },
    "signal": {
        "number": "NULL", "words": "x.signal", "day": "heard_on", "state": OUTCOME,
        "note": "x.outcome_note", "closed": "x.closed_on", "which": "",
    },
    "survey": {
        "number": "NULL", "words": "x.comment", "day": "answered_on", "state": OUTCOME,
        "note": "x.outcome_note", "closed": "x.closed_on",
        "which": " AND x.comment IS NOT NULL AND TRIM(x.comment) <> ''",
    },
}  # fmt: skip
STILL_OPEN = {
    "complaint": " AND x.resolved_at IS NULL AND x.excluded IS NULL",
    "signal": " AND x.closed_on IS NULL",
    "survey": " AND x.closed_on IS NULL",
}
ORDER = {
    "complaint": " ORDER BY x.opened_on DESC, x.id DESC",
    "signal": " ORDER BY x.heard_at DESC, x.id DESC",
    "survey": " ORDER BY x.answered_at DESC, x.id DESC",
}
DONE_WITHIN = 180
"""So many days after the solution, what the customer did for us makes an advocate."""
ADVOCATES = f"""
SELECT k.id, k.number, k.account_id, a.name, k.title, {PERSON}, k.resolved_on, k.satisfied,
  k.advocate_on, v.on_date, v.advocacy
FROM complaint k JOIN account a ON a.id = k.account_id LEFT JOIN person p ON p.id = k.person_id
LEFT JOIN advocacy v ON v.account_id = k.account_id AND v.archived_at IS NULL
  AND v.on_date >= k.resolved_on
WHERE k.archived_at IS NULL AND a.archived_at IS NULL AND k.excluded IS NULL
  AND k.resolved_on BETWEEN :first AND :last
  AND (k.advocate_on IS NOT NULL OR (k.satisfied = 1 AND v.id IS NOT NULL))
ORDER BY k.resolved_on DESC, k.id DESC, v.on_date, v.id"""
SOLVED = """
SELECT COUNT(*), SUM(CASE WHEN k.satisfied = 1 THEN 1 ELSE 0 END)
FROM complaint k JOIN account a ON a.id = k.account_id
WHERE k.archived_at IS NULL AND a.archived_at IS NULL AND k.excluded IS NULL
  AND k.resolved_on BETWEEN :first AND :last"""


# Of an improvement without feedback no account is known, so it has no line on Today.
OVERDUE = """
SELECT MIN(s.account_id), i.id, i.improvement, i.due_on, i.owner_id, c.name FROM improvement i
JOIN improvement_source s ON s.improvement_id = i.id AND s.archived_at IS NULL
JOIN account a ON a.id = s.account_id AND a.archived_at IS NULL
LEFT JOIN colleague c ON c.id = i.owner_id
WHERE i.archived_at IS NULL AND i.status = 'open' AND i.due_on < :today{mine}
GROUP BY i.id, i.improvement, i.due_on, i.owner_id, c.name ORDER BY i.due_on, i.id LIMIT :most"""


class ImprovementQueries:
    """Asks about the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today

    def improvements(
        self, *, open_only: bool = False, owner_id: int | None = None, limit: int | None = None
    ) -> list[ImprovementRow]:
        """Open ones by their day, then those that are done, the newest first."""
        params: dict[str, Any] = {}
        where = " AND i.status = 'open'" if open_only else ""
        if owner_id is not None:
            where += " AND i.owner_id = :owner"
            params["owner"] = owner_id
        bound = ""
        if limit is not None:
            bound, params["limit"] = " LIMIT :limit", limit
        rows = self._connection.rows(IMPROVEMENTS + where + IN_ORDER + bound, params)
        return [ImprovementRow(*row) for row in rows]

    def overdue(self, owner_id: int | None, most: int) -> list[Duty]:
        """Open improvements past their day as duties of Today, of one owner or of all.

        Each stands at one account of the feedback that it comes from.
        """
        params: dict[str, Any] = {"today": self._today.isoformat(), "most": most}
        if owner_id is not None:
            params["me"] = owner_id
        sql = OVERDUE.format(mine="" if owner_id is None else " AND i.owner_id = :me")
        return [
            Duty(account_id, "improvement", _("improvement: {what}").format(what=what), due, None,
                 owner, name, row_id)
            for account_id, row_id, what, due, owner, name in self._connection.rows(sql, params)
        ]  # fmt: skip

    def sources(self, improvement_id: int) -> list[FeedbackRow]:
        """The feedback that an improvement comes from, the newest first."""
        tied = (
            " AND EXISTS (SELECT 1 FROM improvement_source y WHERE y.row_id = x.id"
            " AND y.kind = '{kind}' AND y.improvement_id = :id AND y.archived_at IS NULL)"
        )
        found: list[FeedbackRow] = []
        for kind in KINDS:
            sql = _feedback(kind) + tied.format(kind=kind)
            found += map(_row, self._connection.rows(sql, {"id": improvement_id}))
        return sorted(found, key=_newest)

    def inbox(
        self,
        *,
        open_only: bool = False,
        owner_id: int | None = None,
        account_id: int | None = None,
        limit: int | None = None,
    ) -> list[FeedbackRow]:
        """Signals, answers with a comment and complaints, the newest first, and what became of
        each; ``owner_id``: those of the accounts of one colleague."""
        parts = [self._of_kind(kind, open_only, owner_id, account_id, limit) for kind in KINDS]
        return list(islice(merge(*parts, key=_newest), limit))

    def _of_kind(
        self,
        kind: str,
        open_only: bool,
        owner_id: int | None,
        account_id: int | None,
        limit: int | None,
    ) -> Iterator[FeedbackRow]:
        sql, params = _feedback(kind), dict[str, Any]()
        if open_only:
            sql += STILL_OPEN[kind]
        if owner_id is not None:
            sql += " AND a.owner_id = :owner"
            params["owner"] = owner_id
        if account_id is not None:
            sql += " AND x.account_id = :account"
            params["account"] = account_id
        sql += ORDER[kind]
        if limit is not None:
            sql += " LIMIT :limit"
            params["limit"] = limit
        found = [_row(row) for row in self._connection.rows(sql, params)]
        return iter(sorted(found, key=_newest))

    def advocates(self, first: date, last: date) -> tuple[list[AdvocateRow], int, int]:
        """Complaints solved from one day to another whose customers speak for us, the newest first;
        how many were solved, and of how many the customer said to be satisfied."""
        days = {"first": first.isoformat(), "last": last.isoformat()}
        found: dict[int, AdvocateRow] = {}
        for row in self._connection.rows(ADVOCATES, days):
            satisfied, advocate_on, on_date, advocacy = row[7:]
            near = on_date is not None and _near(row[6], on_date)
            if not near and advocate_on is None:
                continue
            act = (on_date, advocacy) if near else (None, None)
            known = found.get(row[0])
            if known is None:
                more = (bool(satisfied), advocate_on, *act, int(near))
                found[row[0]] = AdvocateRow(*row[:7], *more)
            elif near:
                first_act = act if known.acts == 0 else (known.advocacy_on, known.advocacy)
                found[row[0]] = known._replace(
                    advocacy_on=first_act[0], advocacy=first_act[1], acts=known.acts + 1
                )
        solved = self._connection.one(SOLVED, days) or (0, 0)
        return list(found.values()), int(solved[0]), int(solved[1] or 0)


def _feedback(kind: str) -> str:
    parts = KINDS[kind]
    return FEEDBACK.format(kind=kind, person=PERSON, improved=IMPROVED.format(kind=kind), **parts)


def _row(row: tuple[Any, ...]) -> FeedbackRow:
    return FeedbackRow(*row)


def _newest(row: FeedbackRow) -> tuple[int, int]:
    return -date.fromisoformat(row.on_date).toordinal(), -row.id


def _near(solved: str, on_date: str) -> bool:
    return date.fromisoformat(on_date) - date.fromisoformat(solved) <= timedelta(days=DONE_WITHIN)
