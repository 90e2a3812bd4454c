"""When the next quarterly review (QBR) of an account is due.

Each account of a list costs two looks at an index, so a list of everybody's looks at so many only,
the highest tier first (``PROBED``), and says that there are more.

The planned date of the plan's contact plan, the earliest after the last one held; else the last
one held and the interval; else the account's start and the interval.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from db.cadence_settings import read_rules
from db.engine import Connection
from db.frame import Frame
from planner.cadence_rules import CadenceRules
from planner.views.cadence import Review, ReviewRow

PROBED = 2_000
"""Accounts of everybody's that a list looks at: about 30 ms."""
LIVE_LINE = """e.archived_at IS NULL AND e.closed_on IS NULL AND e.section = 'contact_plan'
  AND e.field = 'qbr' AND e.on_date IS NOT NULL
  AND (e.plan_id IS NULL OR e.plan_id IN (SELECT p.id FROM plan p WHERE p.account_id = e.account_id
    AND p.archived_at IS NULL AND p.status <> 'closed'))"""
HELD = """(SELECT MAX(q.occurred_on) FROM touchpoint q WHERE q.account_id = {account}
  AND q.kind = 'qbr' AND q.archived_at IS NULL AND q.answered = 1 AND q.occurred_on <= :today
  AND q.recorded_on <= :today)"""
PLANNED = f"SELECT e.on_date FROM entry e WHERE e.account_id = :id AND {LIVE_LINE} ORDER BY 1"
STARTED = """COALESCE((SELECT MIN(k.start_on) FROM contract k WHERE k.account_id = a.id
  AND k.archived_at IS NULL AND k.start_on IS NOT NULL), a.created_on)"""
ACCOUNTS = f"""
SELECT r.account_id, r.name, r.tier, r.owner_id, r.owner, a.qbr_every_days, {STARTED},
  {HELD.format(account="r.account_id")}
FROM account_rollup r JOIN account a ON a.id = r.account_id
WHERE (r.stage IS NULL OR r.stage NOT IN ('lost', 'prospect')) AND {{which}}{{mine}}
ORDER BY r.tier NULLS LAST, r.account_id"""
WANTED = "(r.tier IN ({tiers}) OR a.qbr_every_days > 0)"
FIRST = """
SELECT w.account_id FROM (
  SELECT r.account_id FROM account_rollup r JOIN account a ON a.id = r.account_id
  WHERE (r.stage IS NULL OR r.stage NOT IN ('lost', 'prospect')) AND {which}{mine}
  ORDER BY r.tier NULLS LAST, r.account_id LIMIT :most) w"""
LINES = f"""
SELECT e.account_id, e.on_date FROM entry e JOIN account_rollup r ON r.account_id = e.account_id
WHERE {LIVE_LINE}{{mine}} ORDER BY e.on_date LIMIT :most"""


class ReviewQueries:
    """Quarterly reviews, on the frame's day."""

    def __init__(
        self, connection: Connection, frame: Frame, rules: CadenceRules | None = None
    ) -> None:
        self._connection = connection
        self._frame = frame
        self._rules = rules or read_rules(connection)
        self._today = frame.today.isoformat()

    def of_account(
        self, account_id: int, started: str, tier: int | None, own: int | None
    ) -> Review | None:
        """The next one of an account; None where none is planned and no interval is set."""
        params = {"id": account_id, "today": self._today}
        held = self._connection.one(f"SELECT {HELD.format(account=':id')}", params)
        planned = [day for (day,) in self._connection.rows(PLANNED, {"id": account_id})]
        every = self._rules.review_days(tier, own)
        return next_review(planned, held[0] if held else None, started, every)

    def until(
        self, last: date, owner_id: int | None = None, probed: int = PROBED
    ) -> tuple[list[ReviewRow], bool]:
        """The reviews that are due up to a day, the most overdue first, and whether there may be
        more than were looked at; of an owner's accounts, or of everybody's."""
        mine = "" if owner_id is None else " AND r.owner_id = :me"
        me = {} if owner_id is None else {"me": owner_id}
        planned: dict[int, list[str]] = {}
        bound = {**me, "most": probed}
        lines = self._connection.rows(LINES.format(mine=mine), bound)
        for account_id, day in lines:
            planned.setdefault(account_id, []).append(day)
        which = WANTED.format(tiers=self._tiers())
        rows = self._accounts(f"r.account_id IN ({FIRST.format(which=which, mine=mine)})", mine,
                              bound)  # fmt: skip
        more = len(lines) == probed or len(rows) == probed
        known = {row[0] for row in rows}
        others = sorted(set(planned) - known)
        for start in range(0, len(others), 500):
            ids = ", ".join(str(int(one)) for one in others[start : start + 500])
            rows += self._accounts(f"r.account_id IN ({ids})", mine, me)
        found = []
        for row in rows:
            every = self._rules.review_days(row[2], row[5])
            review = next_review(planned.get(row[0], []), row[7], row[6], every)
            if review is not None and review.due_on <= last.isoformat():
                found.append(ReviewRow(*[*row[:5], review]))
        return sorted(found, key=lambda one: (one.review.due_on, one.account_id)), more

    def _tiers(self) -> str:
        tiers = [tier for tier in (1, 2, 3) if self._rules.review_days(tier) is not None]
        return ", ".join(str(tier) for tier in tiers) or "0"

    def _accounts(self, which: str, mine: str, me: dict[str, Any]) -> list[tuple[Any, ...]]:
        sql = ACCOUNTS.format(which=which, mine=mine)
        return self._connection.rows(sql, {**me, "today": self._today})


def next_review(
    planned: list[str], held_on: str | None, started: str, every: int | None
) -> Review | None:
    """The next review from the planned days, the day of the last one, and the interval."""
    ahead = min((day for day in planned if held_on is None or day > held_on), default=None)
    if ahead is not None:
        return Review(ahead, "planned", every, held_on)
    if every is None:
        return None
    due = date.fromisoformat(held_on or started) + timedelta(days=every)
    return Review(due.isoformat(), "start" if held_on is None else "held", every, held_on)
