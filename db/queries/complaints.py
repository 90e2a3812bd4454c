"""Lists of complaints with the state of their clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from db.complaint_clocks import breached, complaint_due
from db.engine import Connection
from db.frame import Frame
from planner.views.work import ComplaintRow

if TYPE_CHECKING:
    from planner.clocks import BusinessCalendar

COMPLAINTS = """
SELECT k.id, k.number, k.account_id, a.name AS account, k.title, k.severity, k.stage,
  k.waiting_since, k.owner_id, c.name AS owner, p.name AS person, k.opened_at, k.opened_on,
  k.ack_due, k.response_due, k.resolution_due, k.resolved_on, k.acknowledged_at, k.answered_at,
  k.resolved_at, k.excluded
FROM complaint k JOIN account a ON a.id = k.account_id LEFT JOIN colleague c ON c.id = k.owner_id
LEFT JOIN person p ON p.id = k.person_id
WHERE k.archived_at IS NULL AND a.archived_at IS NULL"""
COLUMNS = (
    "id", "number", "account_id", "account", "title", "severity", "stage", "waiting_since",
    "owner_id", "owner", "person", "opened_at", "opened_on", "ack_due", "response_due",
    "resolution_due", "resolved_on", "acknowledged_at", "answered_at", "resolved_at", "excluded",
)  # fmt: skip
"""What ``COMPLAINTS`` selects, in its order."""
OPEN = " AND k.resolved_at IS NULL AND k.excluded IS NULL"
NEXT_DUE_FIRST = (
    " ORDER BY COALESCE(CASE WHEN k.acknowledged_at IS NULL THEN k.ack_due END,"
    " CASE WHEN k.answered_at IS NULL THEN k.response_due END, k.resolution_due, '9999'), k.id"
)
AT_RISK_SHARE = 0.8


class ComplaintQueries:
    """Complaints of an account or of the whole book."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._now = frame.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        self._zone = frame.zone.key

    @cached_property
    def _calendar(self) -> BusinessCalendar:
        from planner.clocks import default_calendar

        return default_calendar(self._zone)

    def of_account(self, account_id: int) -> list[ComplaintRow]:
        """The complaints of an account, open ones first, the newest first."""
        return self._read(
            " AND k.account_id = :id ORDER BY k.resolved_at NULLS FIRST, k.opened_at DESC, k.id",
            {"id": account_id},
        )

    def everything(self, *, open_only: bool = False, clocks: bool = True) -> list[ComplaintRow]:
        """All complaints, the newest first; without ``clocks`` their state is left empty."""
        where = OPEN if open_only else ""
        return self._read(f"{where} ORDER BY k.opened_at DESC, k.id DESC", {}, clocks=clocks)

    def each(self, limit: int | None = None) -> Iterator[ComplaintRow]:
        """All complaints, the newest first, read as they are asked for."""
        bound = "" if limit is None else " LIMIT :limit"
        rows = self._connection.stream(
            f"{COMPLAINTS} ORDER BY k.opened_at DESC, k.id DESC{bound}",
            {} if limit is None else {"limit": limit},
        )
        return (self._row(dict(zip(COLUMNS, row, strict=True)), clocks=True) for row in rows)

    def most_urgent(self, owner_id: int | None, limit: int) -> list[ComplaintRow]:
        """Open complaints of one owner (and those of nobody) or of all, the next due first.

        By the first clock that still runs; the state of the clocks is left empty.
        """
        mine = " AND (k.owner_id = :owner OR k.owner_id IS NULL)" if owner_id is not None else ""
        params: dict[str, object] = {"limit": limit}
        if owner_id is not None:
            params["owner"] = owner_id
        return self._read(f"{OPEN}{mine}{NEXT_DUE_FIRST} LIMIT :limit", params, clocks=False)

    def _read(
        self, tail: str, params: dict[str, object], *, clocks: bool = True
    ) -> list[ComplaintRow]:
        rows = self._connection.maps(COMPLAINTS + tail, params)
        return [self._row(row, clocks=clocks) for row in rows]

    def _row(self, row: dict[str, Any], *, clocks: bool) -> ComplaintRow:
        open_now = row["resolved_at"] is None
        due = complaint_due(row) if open_now else None
        return ComplaintRow(
            id=row["id"],
            number=row["number"],
            account_id=row["account_id"],
            account=row["account"],
            title=row["title"],
            severity=row["severity"],
            stage=row["stage"],
            waiting=row["waiting_since"] is not None,
            owner_id=row["owner_id"],
            owner=row["owner"],
            person=row["person"],
            opened_at=row["opened_at"],
            opened_on=row["opened_on"],
            ack_due=row["ack_due"],
            response_due=row["response_due"],
            resolution_due=row["resolution_due"],
            resolved_on=row["resolved_on"],
            next_due=due,
            clock=clock_state(row, due, self._now, self._calendar) if clocks else "",
        )


def clock_state(row: dict[str, Any], due: str | None, now: str, calendar: BusinessCalendar) -> str:
    """none, met, breached, paused, at-risk or on-track: the state of a complaint's clocks."""
    if not (row["ack_due"] or row["response_due"] or row["resolution_due"]):
        return "none"
    if breached(row, now):
        return "breached"
    if row["waiting_since"]:
        return "paused"
    if due is None:
        return "met"
    opened, limit = datetime.fromisoformat(row["opened_at"]), datetime.fromisoformat(due)
    whole = calendar.seconds_between(opened, limit)
    used = calendar.seconds_between(opened, datetime.fromisoformat(now))
    return "at-risk" if whole and used >= AT_RISK_SHARE * whole else "on-track"
