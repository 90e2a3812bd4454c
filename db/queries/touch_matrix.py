"""The tables that count touchpoints: journey stage by kind, who sends what, talk time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from db.queries.pressure import LIVE_LINE
from planner.touch_matrix import (
    Cell,
    JourneyMatrix,
    Outgoing,
    SendLine,
    SendRow,
    StageChange,
    TalkTime,
    journey,
    sends,
    stage_on,
)
from planner.views.heard import TouchRow

ROOM = timedelta(days=2)
"""A moment in UTC and its local day are never further apart than this."""
BATCH = 500
SHOWN = 200
"""Touchpoints that stand behind a figure at most; the figure counts them all."""
STAGE_CHANGES = """audit_entry e WHERE e.table_name = 'account' AND e.op = 'update'
  AND e.after LIKE '%"stage"%'"""
MOVES = """
SELECT e.account_id, c.on_date, e.before, e.after FROM audit_entry e
JOIN change c ON c.id = e.change_id
WHERE e.table_name = 'account' AND e.op = 'update' AND e.after LIKE '%"stage"%'{among}
ORDER BY e.id"""
WINDOW = """t.archived_at IS NULL AND a.archived_at IS NULL AND t.occurred_at >= :since_at
  AND t.occurred_on > :since AND t.occurred_on <= :today"""
STILL = f"""
SELECT COALESCE(a.stage, ''), t.kind, COUNT(*), COUNT(DISTINCT t.account_id)
FROM touchpoint t JOIN account a ON a.id = t.account_id
WHERE {WINDOW} AND t.account_id NOT IN (SELECT e.account_id FROM {STAGE_CHANGES}){{among}}
GROUP BY 1, 2"""
MOVED = f"""
SELECT t.account_id, a.stage, t.occurred_on, t.kind, COUNT(*)
FROM touchpoint t JOIN account a ON a.id = t.account_id
WHERE {WINDOW} AND t.account_id IN (SELECT e.account_id FROM {STAGE_CHANGES}){{among}}
GROUP BY 1, 2, 3, 4"""
IN_STAGE = """
SELECT COALESCE(a.stage, ''), COUNT(*) FROM account a
WHERE a.archived_at IS NULL{among} GROUP BY 1"""
WANTED = f"""
SELECT DISTINCT COALESCE(a.stage, ''), p.preferred_channel FROM account a
JOIN membership m ON m.account_id = a.id JOIN person p ON p.id = m.person_id
WHERE a.archived_at IS NULL AND m.archived_at IS NULL AND p.archived_at IS NULL
  AND (m.left_on IS NULL OR m.left_on > :today) AND p.preferred_channel IS NOT NULL{{among}}
UNION SELECT DISTINCT COALESCE(a.stage, ''), e.channel FROM account a
JOIN entry e ON e.account_id = a.id
WHERE a.archived_at IS NULL AND e.field = 'sends' AND e.channel IS NOT NULL
  AND {LIVE_LINE}{{among}}"""
TOUCH = """
SELECT t.id, t.account_id, a.name, t.occurred_on, t.kind, t.direction, t.function, t.topic, t.note,
  t.minutes, a.stage
FROM touchpoint t JOIN account a ON a.id = t.account_id"""
BEHIND = (
    TOUCH
    + f""" WHERE {WINDOW}{{kind}}{{among}} AND (COALESCE(a.stage, '') = :stage
  OR t.account_id IN (SELECT e.account_id FROM {STAGE_CHANGES}))
ORDER BY t.occurred_at DESC, t.id DESC"""
)
LINES = f"""
SELECT e.id, e.function, e.person_id, e.channel, e.topic, e.entry FROM entry e
WHERE e.account_id = :account AND e.field = 'sends' AND {LIVE_LINE} ORDER BY e.id"""
OUTGOING = f"""
SELECT t.id, t.occurred_on, t.kind, t.function, t.topic FROM touchpoint t
JOIN account a ON a.id = t.account_id
WHERE {WINDOW} AND t.account_id = :account AND t.direction = 'out'
ORDER BY t.occurred_at DESC, t.id DESC"""
TOOK_PART = """
SELECT x.touchpoint_id, x.person_id FROM participant x
WHERE x.archived_at IS NULL AND x.touchpoint_id IN ({ids}) ORDER BY x.id"""
NAMES = "SELECT id, COALESCE(NULLIF(name, ''), email, phone) FROM person WHERE id IN ({ids})"
GROUPS = {
    "tier": ("a.tier", "a.tier"),
    "account": ("a.id", "a.name"),
    "colleague": ("t.colleague_id", "c.name"),
}
TALKED = f"""
SELECT {{key}}, {{label}}, COALESCE(SUM(t.minutes), 0), COUNT(*),
  SUM(CASE WHEN t.minutes IS NULL THEN 1 ELSE 0 END)
FROM touchpoint t JOIN account a ON a.id = t.account_id
LEFT JOIN colleague c ON c.id = t.colleague_id
WHERE {WINDOW} AND t.two_way = 1 AND (t.minutes IS NOT NULL
  OR t.kind NOT IN ('email', 'chat', 'sms', 'letter', 'social', 'blog')){{among}}
GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 1{{bound}}"""


class TouchMatrixQueries:
    """Counts of touchpoints up to the frame's day; windows end on it (rules.md, Contact)."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today

    def journey(
        self, *, days: int = 365, account_id: int | None = None, owner_id: int | None = None
    ) -> JourneyMatrix:
        """Stages by kinds over one account, over those of an owner, or over the book.

        The stage is that of the contact's day where the audit has changes of it, else the present.
        """
        among, params = _among(account_id, owner_id)
        given = {**self._window(days), **params}
        asked = [one.format(among=among) for one in (STILL, MOVED, IN_STAGE, WANTED)]
        still, moved, inside, wanted = self._connection.rows_of(asked, given)
        moves = self._moves(account_id) if moved else {}
        cells = [Cell(*row) for row in still]
        for account, present, on, kind, count in moved:
            cells.append(Cell(stage_on(moves.get(account, ()), present, on), kind, count, 1))
        return journey(
            cells, dict(inside), wanted, days=days, moved=len({row[0] for row in moved})
        )  # fmt: skip

    def behind(
        self,
        stage: str,
        *,
        kinds: Sequence[str] = (),
        days: int = 365,
        account_id: int | None = None,
        owner_id: int | None = None,
        limit: int = SHOWN,
    ) -> list[TouchRow]:
        """The touchpoints counted in a row of the journey, or in some of its cells, newest first.

        At most ``limit`` of them."""
        among, params = _among(account_id, owner_id)
        names, given = placeholders("k", kinds) if kinds else ("", {})
        kind = f" AND t.kind IN ({names})" if kinds else ""
        moves = self._moves(account_id)
        found: list[TouchRow] = []
        rows = self._connection.stream(
            BEHIND.format(kind=kind, among=among),
            {**self._window(days), **params, **given, "stage": stage},
        )
        for row in rows:
            if stage_on(moves.get(row[1], ()), row[-1], row[3]) == stage:
                found.append(TouchRow(*row[:-1]))
                if len(found) == limit:
                    break
        getattr(rows, "close", lambda: None)()
        return found

    def touches(self, ids: Sequence[int]) -> list[TouchRow]:
        """Touchpoints by their ids, the newest first, at most ``SHOWN``."""
        if not ids:
            return []
        names, given = placeholders("t", list(ids)[:SHOWN])
        rows = self._connection.rows(
            f"{TOUCH} WHERE t.id IN ({names}) ORDER BY t.occurred_at DESC, t.id DESC", given
        )
        return [TouchRow(*row[:-1]) for row in rows]

    def sends(self, account_id: int, days: int = 90) -> tuple[SendRow, ...]:
        """Who sends what to whom at an account: planned beside what went out."""
        params = {**self._window(days), "account": account_id}
        lines, out = self._connection.rows_of((LINES, OUTGOING), params)
        people: defaultdict[int, list[int]] = defaultdict(list)
        for start in range(0, len(out), BATCH):
            names, given = placeholders("t", [row[0] for row in out[start : start + BATCH]])
            for touchpoint, person in self._connection.rows(TOOK_PART.format(ids=names), given):
                people[touchpoint].append(person)
        sent = [
            Outgoing(row[0], row[1], row[2], row[3], row[4], tuple(people.get(row[0], ())))
            for row in out
        ]
        return sends([SendLine(*row) for row in lines], sent)

    def names(self, ids: Sequence[int]) -> dict[int, str]:
        """People's names by id."""
        found: dict[int, str] = {}
        for start in range(0, len(ids), BATCH):
            names, given = placeholders("p", list(ids)[start : start + BATCH])
            found |= dict(self._connection.rows(NAMES.format(ids=names), given))
        return found

    def talk_time(
        self,
        by: str = "tier",
        *,
        days: int = 90,
        owner_id: int | None = None,
        limit: int | None = None,
    ) -> list[TalkTime]:
        """Minutes of two-way talks by tier, account or colleague, the most first.

        What is written is no talk unless somebody noted its minutes."""
        key, label = GROUPS[by]
        among, params = _among(None, owner_id)
        bound = "" if limit is None else " LIMIT :limit"
        given = {**self._window(days), **params, **({} if limit is None else {"limit": limit})}
        rows = self._connection.rows(
            TALKED.format(key=key, label=label, among=among, bound=bound), given
        )
        return [
            TalkTime("" if row[0] is None else str(row[0]), str(row[1] or ""), *map(int, row[2:]))
            for row in rows
        ]

    def _window(self, days: int) -> dict[str, Any]:
        since = self._today - timedelta(days=days)
        return {
            "today": self._today.isoformat(),
            "since": since.isoformat(),
            "since_at": (since - ROOM).isoformat(),
        }

    def _moves(self, account_id: int | None) -> dict[int, list[StageChange]]:
        """The changes of stage on record by account, oldest first."""
        among = "" if account_id is None else " AND e.account_id = :account_id"
        params = {} if account_id is None else {"account_id": account_id}
        found: defaultdict[int, list[StageChange]] = defaultdict(list)
        for account, on, before, after in self._connection.rows(MOVES.format(among=among), params):
            was, became = json.loads(before), json.loads(after)
            if "stage" in became:
                found[account].append(StageChange(on, was.get("stage"), became["stage"]))
        return found


def _among(account_id: int | None, owner_id: int | None) -> tuple[str, dict[str, Any]]:
    """The condition that narrows to an account or to the accounts of an owner."""
    if account_id is not None:
        return " AND a.id = :account_id", {"account_id": account_id}
    return (
        (" AND a.owner_id = :owner_id", {"owner_id": owner_id})
        if owner_id is not None
        else ("", {})
    )
