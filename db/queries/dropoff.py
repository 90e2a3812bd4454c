"""Which accounts were lost or stopped buying, and where they stood then."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from db.queries.purchases import BOUGHT, PurchaseQueries
from db.queries.touch_matrix import MOVES
from planner.dropoff import WINDOW_DAYS, Customer, Dropoff, DroppedRow, dropoff
from planner.touch_matrix import StageChange

BATCH = 500
ACCOUNTS = """
SELECT a.id, a.stage, a.created_on, a.lost_on,
  (SELECT MIN(k.start_on) FROM contract k WHERE k.account_id = a.id AND k.archived_at IS NULL)
FROM account a WHERE a.archived_at IS NULL{among} ORDER BY a.id"""
MINE = " AND a.owner_id = :me"
PRODUCTS = f"""
SELECT account_id, product FROM purchase WHERE {BOUGHT} AND purchased_on <= :today
  AND product IS NOT NULL ORDER BY account_id, purchased_on, id"""
NAMED = """
SELECT a.id, a.name, a.stage, a.lost_on, c.name FROM account a
LEFT JOIN colleague c ON c.id = a.owner_id WHERE a.id IN ({ids}) AND a.archived_at IS NULL"""


class DropoffQueries:
    """Asks about the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._frame = frame

    def analysis(self, *, days: int = WINDOW_DAYS, owner_id: int | None = None) -> Dropoff:
        """The losses of the last ``days`` days, of all accounts or of those of one colleague."""
        sql = ACCOUNTS.format(among="" if owner_id is None else MINE)
        rows = self._connection.rows(sql, {} if owner_id is None else {"me": owner_id})
        undated = sum(1 for row in rows if row[1] == "lost" and row[3] is None)
        dated = [row for row in rows if not (row[1] == "lost" and row[3] is None)]
        return dropoff(
            self._customers(dated), self._frame.today, days=days, undated=undated
        )  # fmt: skip

    def named(self, ids: Sequence[int]) -> list[DroppedRow]:
        """Accounts by id, the newest loss first, then those that were not lost, by name."""
        found: list[DroppedRow] = []
        for start in range(0, len(ids), BATCH):
            names, params = placeholders("i", list(ids)[start : start + BATCH])
            rows = self._connection.rows(NAMED.format(ids=names), params)
            found += [DroppedRow(*row) for row in rows]
        found.sort(key=lambda one: (one.account, one.id))
        found.sort(key=lambda one: one.lost_on or "", reverse=True)
        return found

    def _customers(self, rows: Sequence[tuple[Any, ...]]) -> Iterator[Customer]:
        moves = self._moves()
        bought = dict(PurchaseQueries(self._connection, self._frame).days())
        today = {"today": self._frame.today.isoformat()}
        products = dict(self._connection.rows(PRODUCTS, today))
        for row_id, stage, created, lost, start in rows:
            yield Customer(
                row_id, stage, date.fromisoformat(start or created), start is not None,
                None if lost is None else date.fromisoformat(lost), moves.get(row_id, ()),
                bought.get(row_id, ()), products.get(row_id),
            )  # fmt: skip

    def _moves(self) -> dict[int, list[StageChange]]:
        """The changes of stage on record by account, oldest first."""
        found: defaultdict[int, list[StageChange]] = defaultdict(list)
        for account_id, on, before, after in self._connection.rows(MOVES.format(among="")):
            was, became = json.loads(before), json.loads(after)
            if "stage" in became:
                found[account_id].append(StageChange(on, was.get("stage"), became["stage"]))
        return found
