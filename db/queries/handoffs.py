"""The queue of hand-offs: complaints and sections of plans that nobody accepted yet."""

from __future__ import annotations

from db.engine import Connection
from db.frame import Frame
from planner.views.handoffs import HandOffRow, days_ago

COMPLAINTS = """
SELECT k.id, k.account_id, a.name, k.number, k.title, k.handed_on,
  COALESCE(b.name, o.name), t.id, t.name, k.hand_note
FROM complaint k JOIN account a ON a.id = k.account_id JOIN colleague t ON t.id = k.handed_to_id
LEFT JOIN colleague b ON b.id = k.handed_by_id LEFT JOIN colleague o ON o.id = k.owner_id
WHERE {which} AND k.resolved_at IS NULL AND k.excluded IS NULL AND k.archived_at IS NULL
  AND a.archived_at IS NULL
ORDER BY COALESCE(k.handed_on, ''), k.id LIMIT :most"""
SECTIONS = """
SELECT x.id, x.account_id, a.name, NULL, x.section, x.offered_on, o.name, t.id, t.name, NULL
FROM section x JOIN plan p ON p.id = x.plan_id JOIN account a ON a.id = x.account_id
JOIN colleague t ON t.id = x.offered_to_id LEFT JOIN colleague o ON o.id = x.owner_id
WHERE {which} AND x.archived_at IS NULL AND p.archived_at IS NULL AND a.archived_at IS NULL
  AND p.status <> 'closed'
ORDER BY COALESCE(x.offered_on, ''), x.id LIMIT :most"""
ME = "{column} = :me"
ANYBODY = "{column} IS NOT NULL"


class HandOffQueries:
    """What was offered, the oldest first; to one colleague, or to all."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def complaints(self, colleague: int | None, most: int) -> list[HandOffRow]:
        """Complaints that were offered and not answered, at most ``most``."""
        return self._read("complaint", COMPLAINTS, "k.handed_to_id", colleague, most)

    def sections(self, colleague: int | None, most: int) -> list[HandOffRow]:
        """Sections of plans that were offered and not answered, at most ``most``."""
        from planner.plan_sections import section_name

        rows = self._read("section", SECTIONS, "x.offered_to_id", colleague, most)
        return [row._replace(what=section_name(row.what)) for row in rows]

    def _read(
        self, kind: str, sql: str, column: str, colleague: int | None, most: int
    ) -> list[HandOffRow]:
        which = (ANYBODY if colleague is None else ME).format(column=column)
        params = {"most": most} if colleague is None else {"most": most, "me": colleague}
        today = self._frame.today
        return [
            HandOffRow(*(kind, *row[:6], days_ago(row[5], today), *row[6:]))
            for row in self._connection.rows(sql.format(which=which), params)
        ]
