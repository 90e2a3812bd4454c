"""The stream of an account or of the book: touchpoints, complaints and pulses, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from db.engine import Connection, placeholders
from planner.views.account import TimelineRow

BATCH = 500
NEWEST = ("9999", 2**63 - 1)

TOUCHPOINTS = """
SELECT 'touchpoint', t.id, t.account_id, a.name, t.occurred_at, t.occurred_on, t.date_only,
  t.logged_at, t.kind, t.direction, t.two_way, t.function, c.name, NULL, t.sentiment, t.note
FROM touchpoint t JOIN account a ON a.id = t.account_id LEFT JOIN colleague c
  ON c.id = t.colleague_id
WHERE t.archived_at IS NULL AND a.archived_at IS NULL{where}
  AND (t.occurred_at < :before OR (t.occurred_at = :before AND t.id < :before_id))
ORDER BY t.occurred_at DESC, t.id DESC{limit}"""
COMPLAINTS = """
SELECT 'complaint', t.id, t.account_id, a.name, t.opened_at, t.opened_on, 0, t.logged_at, t.number,
  'in', 0, 'service', c.name, p.name, NULL, t.title
FROM complaint t JOIN account a ON a.id = t.account_id LEFT JOIN colleague c ON c.id = t.owner_id
LEFT JOIN person p ON p.id = t.person_id
WHERE t.archived_at IS NULL AND a.archived_at IS NULL{where}
  AND (t.opened_at < :before OR (t.opened_at = :before AND t.id < :before_id))
ORDER BY t.opened_at DESC, t.id DESC{limit}"""
PULSES = """
SELECT 'pulse', t.id, t.account_id, a.name, t.logged_at, t.given_on, 1, t.logged_at, 'pulse',
  NULL, 0, t.function, c.name, NULL, t.score, COALESCE(t.reason, '')
FROM pulse t JOIN account a ON a.id = t.account_id LEFT JOIN colleague c ON c.id = t.colleague_id
WHERE t.archived_at IS NULL AND a.archived_at IS NULL{where}
  AND (t.logged_at < :before OR (t.logged_at = :before AND t.id < :before_id))
ORDER BY t.logged_at DESC, t.id DESC{limit}"""
PARTICIPANTS = """
SELECT x.touchpoint_id, p.name, p.email, p.phone FROM participant x
JOIN person p ON p.id = x.person_id
WHERE x.archived_at IS NULL AND x.touchpoint_id IN ({names}) ORDER BY x.id"""


class TimelineQueries:
    """Pages of the stream by keyset: pass the last row's moment and id to go on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_account(
        self,
        account_id: int,
        *,
        before: tuple[str, int] = NEWEST,
        limit: int | None = 50,
        kinds: tuple[str, ...] = ("touchpoint", "complaint", "pulse"),
    ) -> list[TimelineRow]:
        """The newest entries of an account before a place in its stream."""
        return self._read(" AND t.account_id = :account", {"account": account_id}, before, limit,
                          kinds)  # fmt: skip

    def touchpoints(
        self, *, account_id: int | None = None, limit: int | None = None
    ) -> list[TimelineRow]:
        """Touchpoints of one account or of all, newest first."""
        where = "" if account_id is None else " AND t.account_id = :account"
        return self._read(where, {"account": account_id} if where else {}, NEWEST, limit,
                          ("touchpoint",))  # fmt: skip

    def each_touchpoint(self, limit: int | None = None) -> Iterator[TimelineRow]:
        """All touchpoints, the newest first, read as they are asked for."""
        given = {"before": NEWEST[0], "before_id": NEWEST[1]}
        bound = "" if limit is None else " LIMIT :limit"
        if limit is not None:
            given["limit"] = limit
        rows = self._connection.stream(TOUCHPOINTS.format(where="", limit=bound), given)
        while batch := [_entry(row) for row in islice(rows, BATCH)]:
            yield from self._with_people(batch)

    def _read(
        self,
        where: str,
        params: dict[str, object],
        before: tuple[str, int],
        limit: int | None,
        kinds: tuple[str, ...],
    ) -> list[TimelineRow]:
        bound = "" if limit is None else " LIMIT :limit"
        given = {**params, "before": before[0], "before_id": before[1]}
        if limit is not None:
            given["limit"] = limit
        rows = [
            _entry(row)
            for kind, sql in (
                ("touchpoint", TOUCHPOINTS), ("complaint", COMPLAINTS), ("pulse", PULSES)
            )
            if kind in kinds
            for row in self._connection.rows(sql.format(where=where, limit=bound), given)
        ]  # fmt: skip
        rows.sort(key=lambda row: (row.occurred_at, row.id), reverse=True)
        return self._with_people(rows if limit is None else rows[:limit])

    def people_of(self, touchpoints: Sequence[int]) -> dict[int, list[str]]:
        """Who took part in each of these touchpoints; one without people is left out."""
        people: dict[int, list[str]] = {}
        for start in range(0, len(touchpoints), 500):
            names, params = placeholders("t", touchpoints[start : start + 500])
            for touchpoint_id, name, email, phone in self._connection.rows(
                PARTICIPANTS.format(names=names), params
            ):
                people.setdefault(touchpoint_id, []).append(name or email or phone or "")
        return people

    def _with_people(self, rows: list[TimelineRow]) -> list[TimelineRow]:
        people = self.people_of([row.id for row in rows if row.kind == "touchpoint"])
        return [
            replace(row, people=", ".join(people[row.id])) if row.id in people else row
            for row in rows
        ]


def _entry(row: tuple[Any, ...]) -> TimelineRow:
    return TimelineRow(*[*row[:6], bool(row[6]), *row[7:10], bool(row[10]), *row[11:]])
