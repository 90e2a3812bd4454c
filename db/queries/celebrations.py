"""Dates to celebrate: those of the book, and those that Today reminds of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.celebrations import celebrate_words, due_day, month_days
from planner.views.celebrations import CelebrationLine
from planner.views.today import Duty

LINES = """
SELECT b.id, b.account_id, a.name, b.kind, b.label,
  COALESCE(NULLIF(p.name, ''), p.email, p.phone), b.on_date, b.yearly, b.link, b.marked_on,
  a.owner_id, c.name
FROM celebration b JOIN account a ON a.id = b.account_id
LEFT JOIN person p ON p.id = b.person_id LEFT JOIN colleague c ON c.id = a.owner_id
WHERE b.archived_at IS NULL AND a.archived_at IS NULL"""
OF_ACCOUNTS = " AND b.account_id IN ({names})"
NEAR = " AND SUBSTR(b.on_date, 6, 5) IN ({days})"
MINE = " AND a.owner_id = :me"
IN_ORDER = " ORDER BY b.on_date, b.id"
CRITICAL = """
SELECT account_id, number FROM complaint
WHERE account_id IN ({names}) AND archived_at IS NULL AND severity = 'critical'
  AND resolved_on IS NULL AND stage <> 'closed' AND excluded IS NULL ORDER BY account_id, id"""


class CelebrationQueries:
    """Reads dates to celebrate."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today

    def each(self) -> Iterator[CelebrationLine]:
        """Every date to celebrate of the live accounts, the oldest first."""
        for row in self._connection.rows(LINES + IN_ORDER):
            yield _line(row)

    def duties(self, account_ids: Sequence[int], me: int | None) -> list[Duty]:
        """What Today reminds of at these accounts; with ``me`` at those that I own."""
        if not account_ids:
            return []
        names, params = placeholders("a", list(account_ids))
        days, near = placeholders("d", list(month_days(self._today)))
        where = OF_ACCOUNTS.format(names=names) + NEAR.format(days=days)
        given: dict[str, object] = {**params, **near}
        if me is not None:
            where, given = where + MINE, {**given, "me": me}
        due = [
            (line, day)
            for line in map(_line, self._connection.rows(LINES + where + IN_ORDER, given))
            if (day := self._due(line)) is not None
        ]
        critical = self._critical(sorted({line.account_id for line, _day in due}))
        return [
            Duty(
                line.account_id,
                "celebration",
                celebrate_words(
                    line.kind,
                    line.label,
                    line.person,
                    day.year - date.fromisoformat(line.on_date).year if line.yearly else None,
                    critical.get(line.account_id, ()),
                ),
                day.isoformat(),
                None,
                line.owner_id,
                line.owner,
                line.id,
            )
            for line, day in due
        ]

    def _due(self, line: CelebrationLine) -> date | None:
        marked = None if line.marked_on is None else date.fromisoformat(line.marked_on)
        return due_day(date.fromisoformat(line.on_date), line.yearly, marked, self._today)

    def _critical(self, account_ids: list[int]) -> dict[int, tuple[str, ...]]:
        """The numbers of the open critical complaints, by account."""
        if not account_ids:
            return {}
        names, params = placeholders("a", account_ids)
        found: dict[int, list[str]] = defaultdict(list)
        for account_id, number in self._connection.rows(CRITICAL.format(names=names), params):
            found[account_id].append(str(number))
        return {account_id: tuple(numbers) for account_id, numbers in found.items()}


def _line(row: Sequence[Any]) -> CelebrationLine:
    return CelebrationLine(*[*row[:7], bool(row[7]), *row[8:]])
