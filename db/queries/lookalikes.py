"""What the losses of this book have in common, and which kept accounts look like them.

The kept are asked for sign by sign, one statement each; the newest ``MOST_LOST`` losses are read
with their facts, because each is looked at on a day of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.lookalike import (
    COMPLAINT_DAYS,
    GONE_DAYS,
    KEY_ROLES,
    MANY_COMPLAINTS,
    SILENT_DAYS,
    YOUNG_DAYS,
    LookAlikes,
    Past,
    Sign,
    look_alikes,
    looked_at_on,
    signs_on,
)

MOST_LOST = 1_000
BATCH = 500
LOST = """
SELECT id, lost_on, created_on FROM account
WHERE lost_on IS NOT NULL AND lost_on <= :today AND archived_at IS NULL
ORDER BY lost_on DESC, id LIMIT :most"""
KEPT = """
SELECT id FROM account WHERE archived_at IS NULL
  AND (stage IS NULL OR stage NOT IN ('lost', 'prospect'))
  AND (lost_on IS NULL OR lost_on > :today)"""
KEY_ROLE = " OR ".join(f"{{table}}.roles LIKE '%\"{role}\"%'" for role in KEY_ROLES)
PLANNED = """
SELECT p.account_id FROM plan p WHERE p.archived_at IS NULL AND p.activated_on <= :today
  AND (p.closed_on IS NULL OR p.closed_on > :today)"""
SHOWN: dict[Sign, str] = {
    "silent": """SELECT r.account_id FROM account_rollup r
  WHERE r.last_two_way_on IS NULL OR r.last_two_way_on < :silent""",
    "complaint": "SELECT r.account_id FROM account_rollup r WHERE r.worst_severity >= 1",
    "complaints": f"""SELECT c.account_id FROM complaint c
  WHERE c.archived_at IS NULL AND c.excluded IS NULL AND c.opened_on <= :today
  AND c.opened_on >= :complained GROUP BY c.account_id HAVING COUNT(*) >= {MANY_COMPLAINTS}""",
    "gone": f"""SELECT m.account_id FROM membership m
  WHERE m.archived_at IS NULL AND m.left_on <= :today AND m.left_on >= :gone
  AND ({KEY_ROLE.format(table="m")})""",
    "request": """SELECT x.account_id FROM action x
  WHERE x.request IS NOT NULL AND x.archived_at IS NULL AND x.status <> 'dropped'
  AND x.due_on < :today AND (x.done_on IS NULL OR x.done_on > :today)""",
    "young": """SELECT a.id FROM account a WHERE a.created_on > :young OR EXISTS (
  SELECT 1 FROM contract k WHERE k.account_id = a.id AND k.archived_at IS NULL
  AND k.start_on > :young)""",
}
"""The accounts that show a sign today, lost ones among them; without a plan is who is left over.

``young`` may hold older ones too, whose first contract began before."""
OLD = """
SELECT k.account_id FROM contract k WHERE k.archived_at IS NULL AND k.start_on <= :young"""
FACTS = (
    "SELECT account_id, MIN(start_on), NULL FROM contract WHERE account_id IN ({ids})"
    " AND archived_at IS NULL AND start_on IS NOT NULL GROUP BY account_id",
    "SELECT account_id, occurred_on, NULL FROM touchpoint WHERE account_id IN ({ids})"
    " AND two_way = 1 AND archived_at IS NULL",
    "SELECT account_id, opened_on, resolved_on FROM complaint WHERE account_id IN ({ids})"
    " AND archived_at IS NULL AND excluded IS NULL",
    "SELECT m.account_id, m.left_on, NULL FROM membership m WHERE m.account_id IN ({ids})"
    f" AND m.archived_at IS NULL AND m.left_on IS NOT NULL AND ({KEY_ROLE.format(table='m')})",
    "SELECT account_id, due_on, done_on FROM action WHERE account_id IN ({ids})"
    " AND request IS NOT NULL AND archived_at IS NULL AND status <> 'dropped'"
    " AND due_on IS NOT NULL",
    "SELECT account_id, activated_on, closed_on FROM plan WHERE account_id IN ({ids})"
    " AND archived_at IS NULL AND activated_on IS NOT NULL",
)
"""The facts of lost accounts: (account, first day, day on which it was over)."""


class LookAlikeQueries:
    """Asks about the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def look_alikes(self) -> LookAlikes:
        """Which kept accounts look like those that were lost, with every sample size."""
        today = self._frame.today
        params = {
            "today": today.isoformat(),
            "silent": (today - timedelta(days=SILENT_DAYS)).isoformat(),
            "complained": (today - timedelta(days=COMPLAINT_DAYS)).isoformat(),
            "gone": (today - timedelta(days=GONE_DAYS)).isoformat(),
            "young": (today - timedelta(days=YOUNG_DAYS)).isoformat(),
        }
        kept = {row[0] for row in self._connection.rows(KEPT, params)}

        def among(sql: str) -> set[int]:
            return kept.intersection([row[0] for row in self._connection.rows(sql, params)])

        signs = {sign: among(sql) for sign, sql in SHOWN.items()}
        signs["young"] -= among(OLD)
        signs["no_plan"] = kept - among(PLANNED)
        shown: dict[int, set[Sign]] = defaultdict(set)
        for sign, accounts in signs.items():
            for account_id in accounts:
                shown[account_id].add(sign)
        found = {account_id: frozenset(each) for account_id, each in shown.items()}
        return look_alikes(dict(self._lost()), found, len(kept))

    def _lost(self) -> Iterator[tuple[int, frozenset[Sign]]]:
        given = {"today": self._frame.today.isoformat(), "most": MOST_LOST}
        rows = self._connection.rows(LOST, given)
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            pasts = self.pasts({row[0]: date.fromisoformat(row[2]) for row in part})
            for account_id, lost_on, _created in part:
                on = looked_at_on(date.fromisoformat(lost_on))
                yield account_id, signs_on(pasts[account_id], on)

    def pasts(self, created: dict[int, date]) -> dict[int, Past]:
        """The facts of some accounts, given the day on which each was made."""
        names, params = placeholders("i", tuple(created))
        found = self._connection.rows_of([one.format(ids=names) for one in FACTS], params)
        starts, *parts = (_spans(rows) for rows in found)
        return {
            account_id: Past(
                starts[account_id][0][0] if account_id in starts else on,
                [day for day, _end in parts[0].get(account_id, ())],
                parts[1].get(account_id, ()),
                [day for day, _end in parts[2].get(account_id, ())],
                parts[3].get(account_id, ()),
                parts[4].get(account_id, ()),
            )
            for account_id, on in created.items()
        }


def _spans(rows: Sequence[tuple[Any, ...]]) -> dict[int, list[tuple[date, date | None]]]:
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for account_id, first, end in rows:
        found[account_id].append(
            (date.fromisoformat(first), None if end is None else date.fromisoformat(end))
        )
    return found
