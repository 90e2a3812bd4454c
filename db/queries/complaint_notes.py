"""The lines under a complaint, the oldest first."""

from __future__ import annotations

from db.engine import Connection
from planner.views.complaint_notes import ComplaintNoteRow

NOTES = """
SELECT n.id, n.told, n.note, c.name, COALESCE(NULLIF(p.name, ''), p.email, p.phone), n.noted_at,
  n.noted_on, n.date_only
FROM complaint_note n LEFT JOIN colleague c ON c.id = n.colleague_id
LEFT JOIN person p ON p.id = n.person_id
WHERE n.complaint_id = :id AND n.archived_at IS NULL
ORDER BY n.noted_at DESC, n.id DESC LIMIT :most"""
MOST = 1_000


class ComplaintNoteQueries:
    """What is written under complaints."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, complaint_id: int) -> list[ComplaintNoteRow]:
        """The newest 1000 lines of a complaint, the oldest of them first."""
        rows = self._connection.rows(NOTES, {"id": complaint_id, "most": MOST})
        return [
            ComplaintNoteRow(*(row[0], bool(row[1]), *row[2:7], bool(row[7])))
            for row in reversed(rows)
        ]
