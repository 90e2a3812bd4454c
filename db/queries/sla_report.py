"""What the report of the clocks counts: the complaints opened in a period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from db.engine import Connection
from planner.sla_report import Clock, Fact

GROUPS = {
    "severity": "k.severity", "triage": "k.triage", "channel": "k.channel", "owner": "c.name",
    "function": "c.function", "tier": "CAST(a.tier AS TEXT)",
}  # fmt: skip
"""What complaints can be counted by."""
FACTS = """
SELECT {group}, k.opened_at, k.waiting_since, k.resolved_at, k.triage, k.ack_due,
  k.acknowledged_at, k.response_due, k.answered_at, k.resolution_due
FROM complaint k JOIN account a ON a.id = k.account_id LEFT JOIN colleague c ON c.id = k.owner_id
WHERE k.archived_at IS NULL AND a.archived_at IS NULL AND k.excluded IS NULL
  AND k.opened_on BETWEEN :first AND :last"""


class SlaQueries:
    """Withdrawn and merged complaints are in no count."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def opened(self, first: date, last: date, by: str) -> Iterator[Fact]:
        """The complaints opened in a period. Raises ``KeyError`` for an unknown group."""
        sql = FACTS.format(group=GROUPS[by])
        given = {"first": first.isoformat(), "last": last.isoformat()}
        for group, opened, waits, solved, triage, *moments in self._connection.rows(sql, given):
            ack, acked, response, answered, resolution = map(_moment, moments)
            yield Fact(
                group or "--",
                datetime.fromisoformat(opened),
                waits is not None,
                solved is not None,
                triage == "self_serve",
                (Clock(ack, acked), Clock(response, answered), Clock(resolution, _moment(solved))),
            )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
