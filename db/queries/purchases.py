"""What customers bought and gave back, and how often each of them buys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from db.engine import Connection
from db.frame import Frame
from planner.buying import Rhythm, rhythm
from planner.ids import MAX_ID
from planner.views.purchases import AccountBuying, PurchaseRow, PurchaseSum

SHOWN = 12
"""Purchases of an account that its page has at hand."""
PURCHASES = """
SELECT x.id, x.account_id, a.name, x.kind, x.product, x.quantity, x.amount_minor, x.currency,
  x.purchased_on, x.times, COALESCE(NULLIF(p.name, ''), p.email, p.phone), x.note, x.external_id
FROM purchase x JOIN account a ON a.id = x.account_id LEFT JOIN person p ON p.id = x.person_id
WHERE x.archived_at IS NULL"""
LIVE = " AND a.archived_at IS NULL"
OF_ACCOUNT = " AND x.account_id = :id"
NEWEST = " ORDER BY x.purchased_on DESC, x.id DESC"
BOUGHT = "kind = 'purchase' AND archived_at IS NULL"
"""What the index of purchases holds."""
DAYS_OF = f"SELECT purchased_on, times FROM purchase WHERE account_id = :id AND {BOUGHT}"
COUNTS = """
SELECT COUNT(*), COALESCE(SUM(CASE WHEN kind = 'return' THEN 1 ELSE 0 END), 0) FROM purchase
WHERE account_id = :id AND archived_at IS NULL"""
SUMS = """
SELECT currency, COALESCE(SUM(CASE WHEN kind = 'purchase' THEN amount_minor END), 0),
  COALESCE(SUM(CASE WHEN kind = 'return' THEN amount_minor END), 0)
FROM purchase WHERE account_id = :id AND archived_at IS NULL AND amount_minor IS NOT NULL
GROUP BY currency ORDER BY currency"""
DAYS = f"""
SELECT account_id, purchased_on, times FROM purchase WHERE {BOUGHT} AND purchased_on <= :today
ORDER BY account_id, purchased_on"""


class PurchaseQueries:
    """Asks about the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today

    def each(
        self, limit: int | None = None, *, account_id: int | None = None
    ) -> Iterator[PurchaseRow]:
        """Purchases and returns of live accounts or of one, the newest first, as asked for."""
        sql = PURCHASES + (LIVE if account_id is None else OF_ACCOUNT) + NEWEST
        params: dict[str, Any] = {} if account_id is None else {"id": account_id}
        if limit is not None:
            sql, params = sql + " LIMIT :limit", {**params, "limit": limit}
        for row in self._connection.stream(sql, params):
            yield PurchaseRow(*row)

    def named(self, text: str) -> list[PurchaseRow]:
        """The purchase with an id, else those with an external id."""
        by_id = text.isascii() and text.isdigit() and int(text[:20]) <= MAX_ID
        found = (
            self._connection.rows(PURCHASES + " AND x.id = :id", {"id": int(text)}) if by_id else []
        )
        found = found or self._connection.rows(
            PURCHASES + " AND x.external_id = :text", {"text": text}
        )
        return [PurchaseRow(*row) for row in found]

    def rhythm_of(self, account_id: int) -> Rhythm:
        """How an account bought up to today."""
        rows = self._connection.rows(DAYS_OF, {"id": account_id})
        return rhythm(((date.fromisoformat(on), times) for on, times in rows), self._today)

    def of_account(self, account_id: int, limit: int = SHOWN) -> AccountBuying:
        """How an account buys, with its newest ``limit`` purchases and returns."""
        newest = PURCHASES + OF_ACCOUNT + NEWEST + " LIMIT :limit"
        asked = (DAYS_OF, newest, COUNTS, SUMS)
        days, rows, counts, sums = self._connection.rows_of(
            asked, {"id": account_id, "limit": limit}
        )
        found = rhythm(((date.fromisoformat(on), times) for on, times in days), self._today)
        return AccountBuying(
            found, tuple(PurchaseRow(*row) for row in rows), int(counts[0][0]), int(counts[0][1]),
            tuple(PurchaseSum(row[0], int(row[1]), int(row[2])) for row in sums),
        )  # fmt: skip

    def rhythms(self) -> Iterator[tuple[int, Rhythm]]:
        """The rhythm of every account that ever bought, archived and lost ones among them."""
        for account_id, days in self.days():
            yield account_id, rhythm(days, self._today)

    def days(self) -> Iterator[tuple[int, list[tuple[date, int]]]]:
        """By account the days of its purchases up to today with how many each stands for."""
        rows = self._connection.rows(DAYS, {"today": self._today.isoformat()})
        known: dict[str, date] = {}
        for account_id, each in groupby(rows, key=lambda row: row[0]):
            days = []
            for _id, on, times in each:
                if on not in known:
                    known[on] = date.fromisoformat(on)
                days.append((known[on], times))
            yield account_id, days
