"""Meetings by day: those of Today, and any list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.acting import Actor
from planner.views.meetings import DAYS_TO_LOG, MeetingRow

MOST_TODAY = 50
AT_ONCE = 400
ROWS = """
SELECT x.id, x.account_id, r.name, x.title, x.kind, x.starts_at, x.starts_on, x.date_only,
  x.ends_at, x.place, x.status, x.touchpoint_id, x.colleague_id, r.band, r.shown, r.uncertain,
  r.starter_known, r.coverage
FROM meeting x JOIN account_rollup r ON r.account_id = x.account_id
WHERE x.archived_at IS NULL{where}
ORDER BY x.starts_on{order}, x.starts_at{order}, x.id{order}{limit}"""
ATTENDEES = """
SELECT t.meeting_id, p.name, p.email, p.phone
FROM attendee t JOIN person p ON p.id = t.person_id
WHERE t.archived_at IS NULL AND t.meeting_id IN ({names}) ORDER BY t.meeting_id, t.id"""
OF_TODAY = " AND x.starts_on = :today AND x.status <> 'cancelled'"
TO_LOG = (
    " AND x.starts_on >= :since AND x.starts_on < :today"
    " AND x.status = 'planned' AND x.touchpoint_id IS NULL"
)
MINE = " AND (x.colleague_id = :me OR r.owner_id = :me)"


class MeetingQueries:
    """Meetings of accounts that are not archived."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self._frame = frame
        self._actor = actor

    def today(self, *, mine: bool) -> tuple[MeetingRow, ...]:
        """Those of today by time, then those of the last days that were not logged, newest first.

        ``mine``: those I hold, and those of my accounts.
        """
        colleague = self._actor.colleague_id if mine else None
        today = self._frame.today
        params: dict[str, Any] = {"today": today.isoformat()}
        where = ""
        if colleague is not None:
            where, params = MINE, {**params, "me": colleague}
        since = (today - timedelta(days=DAYS_TO_LOG)).isoformat()
        now = self._rows(OF_TODAY + where, params, limit=MOST_TODAY)
        past = self._rows(TO_LOG + where, {**params, "since": since}, MOST_TODAY, newest=True)
        return self._with_people([*now, *past])

    def between(
        self, first: date | None, last: date | None, limit: int | None = None
    ) -> tuple[MeetingRow, ...]:
        """Those from one day to another, both included, the earliest first."""
        where, params = "", {}
        if first is not None:
            where, params["first"] = " AND x.starts_on >= :first", first.isoformat()
        if last is not None:
            where, params["last"] = where + " AND x.starts_on <= :last", last.isoformat()
        return self._with_people(self._rows(where, params, limit))

    def of_account(self, account_id: int) -> tuple[MeetingRow, ...]:
        """Those of an account, the earliest first."""
        rows = self._rows(" AND x.account_id = :account", {"account": account_id}, None)
        return self._with_people(rows)

    def one(self, meeting_id: int) -> MeetingRow | None:
        """A meeting; None when it is archived."""
        found = self._with_people(self._rows(" AND x.id = :id", {"id": meeting_id}, None))
        return found[0] if found else None

    def _rows(
        self, where: str, params: dict[str, Any], limit: int | None, *, newest: bool = False
    ) -> list[MeetingRow]:
        sql = ROWS.format(
            where=where,
            order=" DESC" if newest else "",
            limit="" if limit is None else " LIMIT :most",
        )
        given = params if limit is None else {**params, "most": limit}
        return [MeetingRow(*row) for row in self._connection.rows(sql, given)]

    def _with_people(self, rows: Sequence[MeetingRow]) -> tuple[MeetingRow, ...]:
        people: dict[int, list[str]] = {}
        ids = [row.id for row in rows]
        for start in range(0, len(ids), AT_ONCE):
            names, params = placeholders("m", ids[start : start + AT_ONCE])
            for meeting_id, *called in self._connection.rows(ATTENDEES.format(names=names), params):
                label = next((str(one) for one in called if one and str(one).strip()), "")
                people.setdefault(meeting_id, []).append(label)
        return tuple(replace(row, people=tuple(people.get(row.id, ()))) for row in rows)
