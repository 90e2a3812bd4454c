"""Lists of complaints with the state of their clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from db.complaint_clocks import clock_state_of, complaint_due
from db.engine import Connection
from db.frame import Frame
from planner.errors import NotFound
from planner.language import gettext as _
from planner.views.work import ComplaintRow

COMPLAINTS = """
SELECT k.id, k.number, k.account_id, a.name AS account, k.title, k.severity, k.stage,
  k.waiting_since, k.owner_id, c.name AS owner, p.name AS person, k.opened_at, k.opened_on,
  k.ack_due, k.response_due, k.resolution_due, k.resolved_on, k.acknowledged_at, k.answered_at,
  k.resolved_at, k.excluded, k.at_risk_at, k.handed_to_id, h.name AS handed_to, c.function
FROM complaint k JOIN account a ON a.id = k.account_id LEFT JOIN colleague c ON c.id = k.owner_id
LEFT JOIN person p ON p.id = k.person_id LEFT JOIN colleague h ON h.id = k.handed_to_id
WHERE k.archived_at IS NULL AND a.archived_at IS NULL"""
COLUMNS = (
    "id", "number", "account_id", "account", "title", "severity", "stage", "waiting_since",
    "owner_id", "owner", "person", "opened_at", "opened_on", "ack_due", "response_due",
    "resolution_due", "resolved_on", "acknowledged_at", "answered_at", "resolved_at", "excluded",
    "at_risk_at", "handed_to_id", "handed_to", "function",
)  # fmt: skip
"""What ``COMPLAINTS`` selects, in its order."""
OPEN = " AND k.resolved_at IS NULL AND k.excluded IS NULL"
NEXT_DUE_FIRST = (
    " ORDER BY COALESCE(CASE WHEN k.acknowledged_at IS NULL THEN k.ack_due END,"
    " CASE WHEN k.answered_at IS NULL THEN k.response_due END, k.resolution_due, '9999'), k.id"
)


class ComplaintQueries:
    """Complaints of an account or of the whole book."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today
        self._now = frame.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def of_account(self, account_id: int) -> list[ComplaintRow]:
        """The complaints of an account, open ones first, the newest first."""
        return self._read(
            " AND k.account_id = :id ORDER BY k.resolved_at NULLS FIRST, k.opened_at DESC, k.id",
            {"id": account_id},
        )

    def one(self, complaint_id: int) -> ComplaintRow:
        """One complaint. Raises ``NotFound`` where it or its account is archived."""
        rows = self._read(" AND k.id = :id", {"id": complaint_id})
        if not rows:
            raise NotFound(_("There is no complaint with the id {id}.").format(id=complaint_id))
        return rows[0]

    def loyal(self, account_id: int) -> str:
        """Why the account is a loyal customer, in words; empty where it is none."""
        from db.queries.loyal import loyal_accounts

        return loyal_accounts(self._connection, [account_id], self._today).get(account_id, "")

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
        return complaint_row(row, self._now if clocks else None)


def complaint_row(row: dict[str, Any], now: str | None) -> ComplaintRow:
    """What ``COMPLAINTS`` read of one; without ``now`` (UTC text) its clocks' state is empty."""
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
        next_due=complaint_due(row) if row["resolved_at"] is row["excluded"] is None else None,
        clock="" if now is None else clock_state_of(row, now),
        handed_to_id=row["handed_to_id"],
        handed_to=row["handed_to"],
        function=row["function"],
        excluded=row["excluded"],
    )
