"""The board: open complaints by clock and severity in keyset pages, and one count of them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from db.engine import Connection
from db.frame import Frame
from db.queries.complaints import COLUMNS, COMPLAINTS, complaint_row
from planner.views.board import RUNNING, BoardCount, Slice, Whose
from planner.views.work import ComplaintRow

OPEN = " AND COALESCE(k.resolved_at, '') = '' AND k.excluded IS NULL"
"""As the index ``complaint_board`` has it: with ``resolved_at IS NULL`` SQLite would take the
index ``complaint_open``, which is in no order of the board, and sort all that is open."""
LATE = (
    "(k.ack_due < COALESCE(k.acknowledged_at, :now)"
    " OR k.response_due < COALESCE(k.answered_at, :now) OR k.resolution_due < :now)"
)
"""``db.complaint_clocks.breached`` of an open complaint that does not wait."""
CLOCKS = {
    "late": f"(k.next_due IS NOT NULL AND {LATE})",
    "risk": f"(k.next_due IS NOT NULL AND k.at_risk_at <= :now AND NOT COALESCE({LATE}, FALSE))",
    "ahead": (
        "(k.next_due IS NOT NULL AND (k.at_risk_at IS NULL OR k.at_risk_at > :now)"
        f" AND NOT COALESCE({LATE}, FALSE))"
    ),
    "none": "(k.next_due IS NULL AND k.waiting_since IS NULL)",
    "waiting": "(k.next_due IS NULL AND k.waiting_since IS NOT NULL)",
}
"""The lanes of ``planner.views.board`` as conditions."""
LANE = (
    "CASE WHEN k.next_due IS NULL THEN"
    " CASE WHEN k.waiting_since IS NULL THEN 'none' ELSE 'waiting' END"
    f" WHEN {LATE} THEN 'late' WHEN k.at_risk_at <= :now THEN 'risk' ELSE 'ahead' END"
)
COUNTS = f"""
SELECT x.owner_id, c.name, c.function, x.handed_to_id, x.severity, x.lane, x.number FROM (
  SELECT k.owner_id, k.handed_to_id, k.severity, {LANE} AS lane, COUNT(*) AS number
  FROM complaint k JOIN account a ON a.id = k.account_id
  WHERE k.archived_at IS NULL AND a.archived_at IS NULL{OPEN}
  GROUP BY k.owner_id, k.handed_to_id, k.severity, {LANE}) x
LEFT JOIN colleague c ON c.id = x.owner_id
ORDER BY x.owner_id, x.handed_to_id, x.severity, x.lane"""
CLOSED = " AND (k.resolved_at IS NOT NULL OR k.excluded IS NOT NULL)"


class BoardQueries:
    """Asks about the frame's moment."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._now = frame.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def counts(self) -> list[BoardCount]:
        """How many open complaints stand where, by owner, hand-off, severity and lane."""
        return [BoardCount(*row) for row in self._connection.rows(COUNTS, {"now": self._now})]

    def page(
        self, part: Slice, whose: Whose, after: tuple[str | None, int] | None, skip: int
    ) -> list[ComplaintRow]:
        """Rows of a lane: ``skip`` rows behind the row with the key ``after`` (or the lane's
        beginning), as many as the slice takes, the next due first."""
        where, params = _whose(whose)
        where += f" AND ({' OR '.join(CLOCKS[clock] for clock in part.lane.clocks)})"
        if part.lane.severity is not None:
            where += " AND k.severity = :severity"
            params["severity"] = part.lane.severity
        timed = part.lane.clocks[0] in RUNNING
        if after is not None:
            where += " AND (k.next_due, k.id) > (:due, :after)" if timed else " AND k.id > :after"
            params["after"] = after[1]
            if timed:
                params["due"] = after[0]
        order = "k.next_due, k.id" if timed else "k.id"
        params |= {"limit": part.take, "skip": skip}
        sql = f"{COMPLAINTS}{OPEN}{where} ORDER BY {order} LIMIT :limit OFFSET :skip"
        if ":now" in where:
            params["now"] = self._now
        return [self._row(row) for row in self._connection.rows(sql, params)]

    def every_open(self, whose: Whose) -> list[ComplaintRow]:
        """All open ones, for a filter by words: waiting ones last, the next due first."""
        where, params = _whose(whose)
        order = " ORDER BY k.next_due NULLS LAST, k.id"
        rows = self._connection.rows(f"{COMPLAINTS}{OPEN}{where}{order}", params)
        return [self._row(row) for row in rows]

    def newest_open(self, limit: int | None = None) -> Iterator[ComplaintRow]:
        """All open ones, the newest first."""
        bound = "" if limit is None else " LIMIT :limit"
        rows = self._connection.rows(
            f"{COMPLAINTS}{OPEN} ORDER BY k.opened_at DESC, k.id DESC{bound}",
            {} if limit is None else {"limit": limit},
        )
        return map(self._row, rows)

    def closed(self, whose: Whose, limit: int) -> list[ComplaintRow]:
        """Complaints that are closed, the newest opened first."""
        where, params = _whose(whose)
        order = " ORDER BY k.opened_at DESC, k.id DESC LIMIT :limit"
        sql = f"{COMPLAINTS}{CLOSED}{where}{order}"
        return [self._row(row) for row in self._connection.rows(sql, {**params, "limit": limit})]

    def _row(self, row: tuple[Any, ...]) -> ComplaintRow:
        return complaint_row(dict(zip(COLUMNS, row, strict=True)), self._now)


def _whose(whose: Whose) -> tuple[str, dict[str, Any]]:
    if whose.unowned:
        return " AND k.owner_id IS NULL", {}
    if whose.owner_id is not None:
        return " AND (k.owner_id = :me OR k.handed_to_id = :me)", {"me": whose.owner_id}
    if whose.function is not None:
        return " AND c.function = :function", {"function": whose.function}
    return "", {}
