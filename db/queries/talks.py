"""What the form of a talk is filled from: today's meeting, the usual channel, what is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.views.talks import OpenDuty, OwedContact, PlannedTalk

AHEAD = timedelta(minutes=30)
"""A meeting is what a talk may be logged as from so long before it begins."""
USUAL_DAYS = 90
LOOKED_AT = 500
"""Talks of the last days of which the most frequent kind is taken, at most."""
MOST_ACTIONS = 100

MEETINGS = """
SELECT m.id, m.title, m.kind, m.starts_at, m.starts_on, m.date_only FROM meeting m
WHERE m.status = 'planned' AND m.touchpoint_id IS NULL AND m.archived_at IS NULL AND {which}
ORDER BY m.starts_at, m.id LIMIT :most"""
OF_TODAY = """m.account_id = :account AND m.starts_at >= :since AND m.starts_on = :today
  AND (m.starts_at <= :latest OR m.date_only = 1)"""
ATTENDEES = """
SELECT a.meeting_id, a.person_id FROM attendee a
WHERE a.meeting_id IN ({ids}) AND a.archived_at IS NULL ORDER BY a.id"""
USUAL = """
SELECT n.kind FROM (SELECT t.kind, t.occurred_at FROM touchpoint t
  WHERE t.account_id = :account AND t.occurred_at >= :since AND t.archived_at IS NULL
  ORDER BY t.occurred_at DESC, t.id DESC LIMIT :most) n
GROUP BY n.kind ORDER BY COUNT(*) DESC, MAX(n.occurred_at) DESC, n.kind LIMIT 1"""
PREFERRED = """
SELECT p.id, p.preferred_channel FROM person p
WHERE p.id IN ({ids}) AND p.preferred_channel IS NOT NULL AND p.archived_at IS NULL"""
OWED = """
SELECT r.touch_due_on, r.cadence_days FROM account_rollup r
WHERE r.account_id = :account AND r.touch_due_on < :today
  AND (r.stage IS NULL OR r.stage NOT IN ('lost', 'prospect'))"""
ACTIONS = """
SELECT x.id, x.action, x.side, x.due_on FROM action x
WHERE x.account_id = :account AND COALESCE(x.status, '') = 'open' AND x.archived_at IS NULL
ORDER BY COALESCE(x.due_on, '9999'), x.id LIMIT :most"""


class TalkQueries:
    """Each question is about one account, on the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def meeting_now(self, account_id: int) -> PlannedTalk | None:
        """The meeting of today that is nearest to now and has begun, or begins soon.

        One that has only its day comes after those with a time.
        """
        now = self._frame.now
        params = {
            "account": account_id,
            "since": _stored(now - timedelta(days=2)),
            "today": self._frame.today.isoformat(),
            "latest": _stored(now + AHEAD),
            "most": LOOKED_AT,
        }
        rows = self._connection.rows(MEETINGS.format(which=OF_TODAY), params)
        found = self._talks(rows)
        return min(
            found, key=lambda one: (one.date_only, abs(one.starts_at - now), one.id), default=None
        )

    def meeting(self, meeting_id: int) -> PlannedTalk | None:
        """A meeting that is planned and not logged yet, on whatever day."""
        which = MEETINGS.format(which="m.id = :id")
        rows = self._connection.rows(which, {"id": meeting_id, "most": 1})
        return next(iter(self._talks(rows)), None)

    def usual_kind(self, account_id: int) -> str | None:
        """The most frequent kind of the last 90 days, of equal ones the newest; None for none."""
        since = _stored(self._frame.now - timedelta(days=USUAL_DAYS))
        params = {"account": account_id, "since": since, "most": LOOKED_AT}
        row = self._connection.one(USUAL, params)
        return None if row is None else str(row[0])

    def preferred_channels(self, people: Iterable[int]) -> dict[int, str]:
        """Who of these prefers which channel; who said nothing is left out."""
        names, params = placeholders("p", list(people)[:LOOKED_AT])
        if not params:
            return {}
        return {
            int(person): str(channel)
            for person, channel in self._connection.rows(PREFERRED.format(ids=names), params)
        }

    def owed_contact(self, account_id: int) -> OwedContact | None:
        """The two-way touch that Today asks for, if it does."""
        params = {"account": account_id, "today": self._frame.today.isoformat()}
        row = self._connection.one(OWED, params)
        if row is None or row[1] is None:
            return None
        return OwedContact(date.fromisoformat(str(row[0])), int(row[1]))

    def open_actions(self, account_id: int) -> list[OpenDuty]:
        """What is open at the account on either side, the soonest due first."""
        params = {"account": account_id, "most": MOST_ACTIONS}
        return [
            OpenDuty(row_id, action, side, date.fromisoformat(due) if due else None)
            for row_id, action, side, due in self._connection.rows(ACTIONS, params)
        ]

    def _talks(self, rows: list[tuple[Any, ...]]) -> list[PlannedTalk]:
        names, params = placeholders("m", [row[0] for row in rows])
        people: dict[int, list[int]] = {}
        if rows:
            for meeting, person in self._connection.rows(ATTENDEES.format(ids=names), params):
                people.setdefault(meeting, []).append(person)
        return [
            PlannedTalk(
                row_id,
                title,
                kind,
                datetime.fromisoformat(starts_at),
                date.fromisoformat(starts_on),
                bool(date_only),
                tuple(people.get(row_id, ())),
            )
            for row_id, title, kind, starts_at, starts_on, date_only in rows
        ]


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
