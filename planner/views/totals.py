"""What a list of accounts adds up to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BandTotal:
    """How many accounts of a band are shown, and their ARR in the book's currency."""

    band: str
    count: int
    arr_minor: int


@dataclass(frozen=True, slots=True)
class AccountTotals:
    """Totals of what a list shows, by band, unknown apart; foreign contracts are never summed.

    ``stale`` counts the accounts whose score is of another day than today.
    """

    count: int
    arr_minor: int
    currency: str
    bands: tuple[BandTotal, ...]
    foreign_contracts: int
    without_arr: int
    stale: int = 0
