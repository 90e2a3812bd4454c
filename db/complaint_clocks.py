"""The stored clocks of complaints: which runs, which was late. What Today needs and no more.

Every start loads this file: it imports nothing of the score.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


CLOCKS = (
    ("ack_due", "acknowledged_at"),
    ("response_due", "answered_at"),
    ("resolution_due", "resolved_at"),
)
"""Each clock's limit and the moment that stopped it."""


def breached(row: dict[str, Any], moment: str) -> bool:
    """Whether any clock of a complaint row was ever late by ``moment`` (UTC text).

    A clock that waits for the customer does not run.
    """
    for due, met in CLOCKS:
        limit = row[due]
        if limit is None:
            continue
        stopped = row[met] if row[met] and row[met] <= moment else row["waiting_since"]
        if (stopped or moment) > limit:
            return True
    return False


def clock_state_of(row: dict[str, Any], now: str) -> str:
    """none, breached, paused, met, at-risk or on-track: where a complaint's clocks stand.

    ``row``: the due moments and stops of ``CLOCKS``, ``waiting_since``, ``at_risk_at``; all as
    stored, like ``now`` (UTC text). At risk from 80 % of the first clock that gets there.
    """
    if not any(row[due] for due, _met in CLOCKS):
        return "none"
    if breached(row, now):
        return "breached"
    if row["waiting_since"]:
        return "paused"
    if complaint_due(row) is None:
        return "met"
    return "at-risk" if row["at_risk_at"] and now >= row["at_risk_at"] else "on-track"


def late_from(row: dict[str, Any], moment: str) -> str | None:
    """When the first clock that runs at ``moment`` will be late, if nothing happens until then."""
    running = [
        row[due]
        for due, met in CLOCKS
        if row[due] and not (row[met] and row[met] <= moment) and not row["waiting_since"]
    ]
    return min(running, default=None)


def complaint_due(row: dict[str, Any]) -> str | None:
    """The next clock of an open complaint that runs (UTC text), or None."""
    if row["waiting_since"]:
        return None
    running: list[str] = [row[due] for due, met in CLOCKS if row[due] and not row[met]]
    return min(running, default=None)


def local_day(moment: str, zone: ZoneInfo) -> str:
    """The local date of a stored moment."""
    return datetime.fromisoformat(moment).astimezone(zone).date().isoformat()
