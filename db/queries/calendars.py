"""The book's calendars, with who runs by them."""

from __future__ import annotations

import json

from db.engine import Connection
from planner.text import name_key
from planner.views.calendars import CalendarRow

ROWS = """
SELECT c.id, c.name, c.zone, c.hours, c.country, c.subdivision, c.free_days,
  (SELECT COUNT(*) FROM account a WHERE a.calendar_id = c.id AND a.archived_at IS NULL)
FROM calendar c WHERE c.archived_at IS NULL ORDER BY c.name, c.id"""
CHOSEN = "SELECT value FROM setting WHERE key = 'calendar' AND archived_at IS NULL"


class CalendarQueries:
    """Calendars of the whole book."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def each(self) -> list[CalendarRow]:
        """All calendars by name."""
        row = self._connection.one(CHOSEN)
        chosen = None if row is None else name_key(row[0])
        return [
            CalendarRow(
                row_id, name, zone, hours, country, part, tuple(json.loads(free)), accounts,
                name_key(name) == chosen,
            )
            for row_id, name, zone, hours, country, part, free, accounts
            in self._connection.rows(ROWS)
        ]  # fmt: skip
