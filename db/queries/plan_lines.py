"""The lines of a plan's sections, of an account with a plan or without one."""

from __future__ import annotations

from db.engine import Connection
from planner.views.plan import EntryRow

LINES = """
SELECT e.id, e.section, e.field, e.entry, e.source, e.interview_id, e.person_id,
  COALESCE(NULLIF(p.name, ''), p.email, p.phone) AS person, e.colleague_id, c.name AS colleague,
  e.function, e.channel, e.topic, e.driver, e.on_date, e.to_date, e.told_on, e.closed_on
FROM entry e LEFT JOIN person p ON p.id = e.person_id LEFT JOIN colleague c ON c.id = e.colleague_id
WHERE e.account_id = :id AND e.archived_at IS NULL
  AND (e.plan_id IS NULL OR e.plan_id IN (SELECT x.id FROM plan x WHERE x.account_id = :id
    AND x.archived_at IS NULL AND x.status <> 'closed'))
ORDER BY e.id"""


class PlanLineQueries:
    """Lines of one account."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_account(self, account_id: int, section: str | None = None) -> tuple[EntryRow, ...]:
        """The lines of the live plan and those that outlive plans, of one section or of all."""
        rows = self._connection.maps(LINES, {"id": account_id})
        return tuple(EntryRow(**row) for row in rows if section in (None, row["section"]))
