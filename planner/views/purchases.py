"""What lists of purchases show. Days are ISO text, amounts minor units."""

from __future__ import annotations

from typing import NamedTuple

from planner.buying import Rhythm


class PurchaseRow(NamedTuple):
    """One purchase or return."""

    id: int
    account_id: int
    account: str
    kind: str
    product: str | None
    quantity: int | None
    amount_minor: int | None
    currency: str | None
    purchased_on: str
    times: int
    person: str | None
    note: str | None
    external_id: str | None


class PurchaseSum(NamedTuple):
    """What was bought and given back in one currency; amounts that are not known are left out."""

    currency: str
    bought_minor: int
    returned_minor: int


class AccountBuying(NamedTuple):
    """How an account buys: its rhythm, its newest rows, how many there are, its sums."""

    rhythm: Rhythm
    rows: tuple[PurchaseRow, ...] = ()
    total: int = 0
    returns: int = 0
    sums: tuple[PurchaseSum, ...] = ()
