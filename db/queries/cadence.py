"""Where contact stands: who is past which interval, what comes up, who is losing touch.

Lists walk an index of the accounts' rows and stop at the limit; the newest two-way contact is read
from an index for the rows that are listed.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from db.cadence_settings import read_rules
from db.engine import Connection, placeholders
from db.frame import Frame
from planner.acting import Actor
from planner.cadence import contact_state
from planner.cadence_rules import CadenceRules
from planner.errors import NotFound
from planner.language import gettext as _
from planner.segments import Filter
from planner.views.cadence import (
    AccountCadence,
    CadenceRow,
    Family,
    LastContact,
    PersonCadence,
    Rest,
)

UPCOMING_DAYS = 14
LIVE = "(r.stage IS NULL OR r.stage NOT IN ('lost', 'prospect'))"
_NEWEST = """SELECT n.id FROM touchpoint n WHERE n.account_id = {account} AND n.two_way = 1
  AND n.occurred_on <= :today AND n.recorded_on <= :today AND n.archived_at IS NULL
  ORDER BY n.occurred_on DESC, n.id DESC LIMIT 1"""
COLUMNS = """r.account_id, r.name, r.tier, r.stage, r.owner_id, r.owner, r.cadence_days,
  r.touch_due_on, r.touch_latest_on, t.id, t.occurred_on, t.kind, c.name"""
JOINED = f"""FROM account_rollup r
LEFT JOIN touchpoint t ON t.id = ({_NEWEST.format(account="r.account_id")})
LEFT JOIN colleague c ON c.id = t.colleague_id"""
OVERDUE = "r.touch_latest_on < :today"
DUE = "r.touch_due_on < :today"
COMING = "r.touch_due_on BETWEEN :today AND :until"
NO_OWN = """EXISTS (SELECT 1 FROM account a WHERE a.id = r.account_id
  AND COALESCE(a.cadence_days, 0) < 1)"""
LOSING = f"""r.tier IS NULL AND (r.last_two_way_on IS NULL OR r.last_two_way_on <= :silent)
  AND {NO_OWN}"""
RESTS = """
SELECT z.account_id, z.person_id, z.id, z.until_on, z.reason, z.recorded_on FROM snooze z
WHERE z.account_id IN ({ids}) AND z.archived_at IS NULL AND z.until_on > :today
  AND z.recorded_on <= :today ORDER BY z.id"""
OWN = """
SELECT a.cadence_days, a.cadence_max_days, a.cadence_agreed_on, COALESCE(p.name, p.email, p.phone),
  a.created_on, a.qbr_every_days, a.tier, a.stage,
  (SELECT MIN(k.start_on) FROM contract k WHERE k.account_id = a.id AND k.archived_at IS NULL
   AND k.start_on IS NOT NULL)
FROM account a LEFT JOIN person p ON p.id = a.cadence_agreed_with_id
WHERE a.id = :id AND a.archived_at IS NULL"""
PEOPLE = """
SELECT m.person_id, COALESCE(NULLIF(p.name, ''), p.email, p.phone), m.roles, m.contact_every_days,
  m.contact_max_days, m.contact_agreed_on, m.since_on, x.id, t.id, x.occurred_on, t.kind, c.name
FROM membership m JOIN person p ON p.id = m.person_id
LEFT JOIN participant x ON x.id = (
  SELECT n.id FROM participant n WHERE n.account_id = m.account_id AND n.person_id = m.person_id
  AND n.two_way = 1 AND n.occurred_on <= :today AND n.recorded_on <= :today
  AND n.archived_at IS NULL ORDER BY n.occurred_on DESC, n.id DESC LIMIT 1)
LEFT JOIN touchpoint t ON t.id = x.touchpoint_id
LEFT JOIN colleague c ON c.id = t.colleague_id
WHERE m.account_id = :id AND m.archived_at IS NULL AND p.archived_at IS NULL
  AND (m.left_on IS NULL OR m.left_on > :today) ORDER BY m.id"""
_FAMILY = """WITH RECURSIVE family(id) AS (
  SELECT a.id FROM account a WHERE a.id = :id
  UNION SELECT b.id FROM account b JOIN family f ON b.parent_id = f.id WHERE b.archived_at IS NULL)
"""
CHILDREN = f"""{_FAMILY}
SELECT COUNT(*), SUM(CASE WHEN {OVERDUE} AND {LIVE} THEN 1 ELSE 0 END)
FROM family f JOIN account_rollup r ON r.account_id = f.id WHERE f.id <> :id"""
FAMILY_LAST = f"""{_FAMILY}
SELECT t.id, t.occurred_on, t.kind, c.name, a.id, a.name FROM family f
JOIN touchpoint t ON t.id = ({_NEWEST.format(account="f.id")}) JOIN account a ON a.id = f.id
LEFT JOIN colleague c ON c.id = t.colleague_id
ORDER BY t.occurred_on DESC, t.id DESC LIMIT 1"""


class CadenceQueries:
    """The contact of accounts and of their people, on the frame's day."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self._frame = frame
        self._actor = actor
        self._today = frame.today.isoformat()

    @cached_property
    def rules(self) -> CadenceRules:
        """The book's rules of contact."""
        return read_rules(self._connection)

    def overdue(self, parts: Filter = (), limit: int | None = None) -> list[CadenceRow]:
        """Accounts past their maximum interval, the longest first."""
        return self._list(OVERDUE, "r.touch_latest_on, r.account_id", parts, limit)

    def due(self, parts: Filter = (), limit: int | None = None) -> list[CadenceRow]:
        """Accounts past their ideal interval, the longest first."""
        return self._list(DUE, "r.touch_due_on, r.account_id", parts, limit)

    def upcoming(
        self, days: int = UPCOMING_DAYS, parts: Filter = (), limit: int | None = None
    ) -> list[CadenceRow]:
        """Accounts whose ideal interval ends today or in the next days, the soonest first."""
        until = (self._frame.today + timedelta(days=days)).isoformat()
        order = "r.touch_due_on, r.account_id"
        return self._list(COMING, order, parts, limit, {"until": until})

    def losing_touch(self, parts: Filter = (), limit: int | None = None) -> list[CadenceRow]:
        """Accounts for which no rule is set and nobody had two-way contact for too long; those
        without any come first."""
        where, params = LOSING, {"silent": self._silent}
        if self.rules.names_account(None, None):
            return []
        named = [stage for (stage,) in self._connection.rows(
            "SELECT DISTINCT r.stage FROM account_rollup r WHERE r.tier IS NULL"
        ) if stage is not None and self.rules.names_account(None, stage)]  # fmt: skip
        if named:
            names, more = placeholders("s", named)
            where += f" AND COALESCE(r.stage, '') NOT IN ({names})"
            params |= more
        order = "r.last_two_way_on NULLS FIRST, r.account_id"
        return self._list(where, order, parts, limit, params)

    @property
    def _silent(self) -> str:
        return (self._frame.today - timedelta(days=self.rules.losing_touch)).isoformat()

    def of_account(self, account_id: int) -> AccountCadence:
        """All about the contact of one account. Raises ``NotFound``, for an archived one too."""
        rows = self._list("r.account_id = :account", "r.account_id", (), None,
                          {"account": account_id}, every=True)  # fmt: skip
        own = self._connection.one(OWN, {"id": account_id})
        if own is None or not rows:
            raise NotFound(_("There is no account with the id {id}.").format(id=account_id))
        ideal, most, agreed_on, agreed_with, created, every, tier, stage, started = own
        (row,) = rows
        has_own = (ideal or 0) >= 1
        rule = has_own or self.rules.names_account(tier, stage)
        last = row.last
        from db.queries.reviews import ReviewQueries

        reviews = ReviewQueries(self._connection, self._frame, self.rules)
        return AccountCadence(
            row,
            self.rules.own_cadence(tier, stage, ideal, most).maximum,
            has_own,
            rule,
            not rule and (last is None or last.on <= self._silent),
            agreed_on,
            agreed_with,
            self.people(account_id, started or created, tier, stage),
            self._family(account_id),
            reviews.of_account(account_id, started or created, tier, every),
        )

    def people(
        self, account_id: int, started: str, tier: int | None, stage: str | None
    ) -> tuple[PersonCadence, ...]:
        """The people who are there, in the order in which they were added."""
        rests = self._rests([account_id])
        return tuple(
            self._person(row, account_id, started, (tier, stage), rests)
            for row in self._connection.rows(PEOPLE, {"id": account_id, "today": self._today})
        )

    def _person(
        self,
        row: tuple[Any, ...],
        account_id: int,
        started: str,
        kind: tuple[int | None, str | None],
        rests: dict[tuple[int, int | None], tuple[Rest, str]],
    ) -> PersonCadence:
        person, name, roles, every, most, agreed_on, since, x_id, t_id, on, what, by = row
        held = tuple(json.loads(roles))
        cadence = self.rules.of_person(*kind, held, every, most)
        last = None if t_id is None else LastContact(on, by, t_id, what, account_id, "")
        rest = _holding(rests.get((account_id, person)), on, x_id)
        if cadence is None:
            return PersonCadence(
                person, name, held, None, None, agreed_on, None, None, 0, last, rest
            )
        state = contact_state(
            None if on is None else date.fromisoformat(on),
            date.fromisoformat(since or started),
            self._frame.today,
            cadence,
        )
        return PersonCadence(
            person, name, held, cadence.ideal, cadence.maximum, agreed_on,
            state.due_on.isoformat(), state.state, state.overdue_days, last, rest,
        )  # fmt: skip

    def _family(self, account_id: int) -> Family | None:
        params = {"id": account_id, "today": self._today}
        counted = self._connection.one(CHILDREN, params)
        if counted is None or not counted[0]:
            return None
        row = self._connection.one(FAMILY_LAST, params)
        last = None if row is None else LastContact(row[1], row[3], row[0], row[2], row[4], row[5])
        return Family(int(counted[0]), int(counted[1]), last)

    def _list(
        self,
        which: str,
        order: str,
        parts: Filter,
        limit: int | None,
        params: dict[str, Any] | None = None,
        *,
        every: bool = False,
    ) -> list[CadenceRow]:
        where, more = self._where(parts)
        live = "1 = 1" if every else LIVE
        bound = "" if limit is None else " LIMIT :most"
        given = {**more, **(params or {}), "today": self._today}
        if limit is not None:
            given["most"] = limit
        rows = self._connection.rows(
            f"SELECT {COLUMNS} {JOINED} WHERE {which} AND {live} AND {where}"
            f" ORDER BY {order}{bound}",
            given,
        )
        rests = self._rests([row[0] for row in rows])
        return [self._row(row, rests) for row in rows]

    def _where(self, parts: Filter) -> tuple[str, dict[str, Any]]:
        if not parts:
            return "1 = 1", {}
        from db.queries.account_filter import FilterSql

        sql = FilterSql(self._connection, self._frame.today, self._frame.currency, self._actor)
        return sql.where(parts), sql.params

    def _row(
        self, row: tuple[Any, ...], rests: dict[tuple[int, int | None], tuple[Rest, str]]
    ) -> CadenceRow:
        due_on, latest_on, t_id, on = row[7], row[8] or row[7], row[9], row[10]
        late = (self._frame.today - date.fromisoformat(latest_on)).days
        state = "overdue" if late > 0 else "due" if due_on < self._today else "fresh"
        last = None if t_id is None else LastContact(on, row[12], t_id, row[11], row[0], row[1])
        rest = _holding(rests.get((row[0], None)), on, t_id)
        return CadenceRow(*[*row[:7], due_on, latest_on, state, max(0, late), last, rest])

    def _rests(self, accounts: list[int]) -> dict[tuple[int, int | None], tuple[Rest, str]]:
        """The newest snooze by account and person, with the day on which it was said."""
        found: dict[tuple[int, int | None], tuple[Rest, str]] = {}
        for start in range(0, len(accounts), 500):
            names, params = placeholders("a", accounts[start : start + 500])
            for row in self._connection.rows(
                RESTS.format(ids=names), {**params, "today": self._today}
            ):
                found[row[0], row[1]] = (Rest(*row[2:5]), row[5])
        return found


def _holding(found: tuple[Rest, str] | None, on: str | None, row_id: int | None) -> Rest | None:
    """The snooze, unless a two-way contact came after it was said."""
    if found is None:
        return None
    rest, said_on = found
    ended = on is not None and (on, row_id or 0) > (said_on, rest.id)
    return None if ended else rest
