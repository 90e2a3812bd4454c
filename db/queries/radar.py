"""The risk radar: who is overdue, waits for an answer, lost a key person, stopped buying, looks
like the lost."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from db.queries.cadence import LIVE, OVERDUE
from db.queries.lookalikes import KEY_ROLE, LookAlikeQueries
from db.queries.purchases import PurchaseQueries
from db.snoozed import SNOOZED
from planner.radar import Gone, Risks, Waiting, place, radar, roles_left
from planner.views.radar import LostRow, RadarPage, RadarRow

BATCH = 500
LATE = f"""SELECT r.account_id, r.touch_latest_on FROM account_rollup r
WHERE {OVERDUE} AND {LIVE} AND NOT {SNOOZED}"""
REQUESTS = """
SELECT x.account_id, x.id, x.action, x.request, x.due_on FROM action x
WHERE x.request IS NOT NULL AND x.status = 'open' AND x.archived_at IS NULL
  AND x.due_on < :today ORDER BY x.due_on, x.id"""
LEFT = f"""SELECT DISTINCT m.account_id FROM membership m
WHERE m.archived_at IS NULL AND m.left_on <= :today AND ({KEY_ROLE.format(table="m")})"""
PEOPLE = """
SELECT m.account_id, m.person_id, COALESCE(NULLIF(p.name, ''), p.email, p.phone), m.roles, m.left_on
FROM membership m JOIN person p ON p.id = m.person_id
WHERE m.account_id IN ({ids}) AND m.archived_at IS NULL AND p.archived_at IS NULL"""
HEADS = f"""
SELECT r.account_id, r.name_key, r.name, r.tier, r.owner_id, r.owner, r.arr_minor, r.currency,
  r.shown, r.band, r.coverage, r.uncertain, r.as_of
FROM account_rollup r WHERE r.account_id IN ({{ids}}) AND {LIVE}"""
MINE = " AND r.owner_id = :me"
LOST = """
SELECT a.id, a.name, a.lost_on FROM account a WHERE a.id IN ({ids})
ORDER BY a.lost_on DESC, a.id"""


class RadarQueries:
    """Asks about the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame
        self._today = frame.today.isoformat()

    def page(self, *, owner_id: int | None = None, limit: int | None = None) -> RadarPage:
        """The accounts for which a reason holds, those with most of them first.

        ``owner_id``: those of one colleague only.
        """
        losses = LookAlikeQueries(self._connection, self._frame).look_alikes()
        bought = PurchaseQueries(self._connection, self._frame).rhythms()
        stopped = {account_id: one for account_id, one in bought if one.stopped}
        found = radar(self._overdue(), self._requests(), self._gone(), losses, stopped)
        rows = sorted(
            self._heads(sorted(found), owner_id),
            key=lambda one: place(found[one[0]], one[6], one[1]),
        )
        shown = rows if limit is None else rows[:limit]
        return RadarPage(tuple(_row(one, found[one[0]]) for one in shown), len(rows), losses)

    def lost_like(self, losses: Collection[int]) -> tuple[LostRow, ...]:
        """Lost accounts by id, the newest loss first."""
        rows = [row for part in self._batches(LOST, sorted(losses)) for row in part]
        rows.sort(key=lambda row: (row[2] or "", row[0]), reverse=True)
        return tuple(LostRow(*row) for row in rows)

    def _overdue(self) -> dict[int, date]:
        rows = self._connection.rows(LATE, {"today": self._today})
        return {account_id: date.fromisoformat(day) for account_id, day in rows}

    def _requests(self) -> dict[int, tuple[Waiting, ...]]:
        found: dict[int, list[Waiting]] = defaultdict(list)
        for account_id, row_id, action, request, due in self._connection.rows(
            REQUESTS, {"today": self._today}
        ):
            found[account_id].append(Waiting(row_id, action, request, date.fromisoformat(due)))
        return {account_id: tuple(each) for account_id, each in found.items()}

    def _gone(self) -> dict[int, tuple[Gone, ...]]:
        ids = [row[0] for row in self._connection.rows(LEFT, {"today": self._today})]
        people: dict[int, list[tuple[int, str, list[str], date | None]]] = defaultdict(list)
        for part in self._batches(PEOPLE, sorted(ids)):
            for account_id, person_id, name, roles, left in part:
                day = None if left is None else date.fromisoformat(left)
                people[account_id].append((person_id, name, json.loads(roles), day))
        gone = {each: roles_left(rows, self._frame.today) for each, rows in people.items()}
        return {account_id: found for account_id, found in gone.items() if found}

    def _heads(self, ids: Sequence[int], owner_id: int | None) -> Iterator[tuple[Any, ...]]:
        sql, params = (HEADS, {}) if owner_id is None else (HEADS + MINE, {"me": owner_id})
        for part in self._batches(sql, ids, params):
            yield from part

    def _batches(
        self, sql: str, ids: Sequence[int], more: dict[str, Any] | None = None
    ) -> Iterator[list[tuple[Any, ...]]]:
        for start in range(0, len(ids), BATCH):
            names, params = placeholders("i", ids[start : start + BATCH])
            yield self._connection.rows(sql.format(ids=names), {**params, **(more or {})})


def _row(head: tuple[Any, ...], risks: Risks) -> RadarRow:
    account_id, _key, name, tier, owner_id, owner, arr, currency, *health, as_of = head
    shown, band, coverage, uncertain = health
    return RadarRow(account_id, name, tier, owner_id, owner, arr, currency, shown, band, coverage,
                    bool(uncertain), as_of, risks)  # fmt: skip
