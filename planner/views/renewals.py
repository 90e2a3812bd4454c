"""What the list of renewals and its forecast show: flat rows, no records. Days are ISO text."""

from __future__ import annotations

from array import array
from decimal import Decimal
from typing import NamedTuple

RENEWAL_SORTS = (
    "end", "account", "arr", "notice", "forecast", "health", "readiness", "missed", "owner",
)  # fmt: skip
STATES = ("open", "overdue", "renewed", "lost")


class Standing(NamedTuple):
    """What the fate of a renewal is judged by.

    ``cancelled``: they gave notice and did not withdraw it. ``lost``: the account is.
    ``by_default``: it renews itself and the day for notice has passed. ``probability``: as
    entered, 0 to 1.
    """

    band: str
    forecast: str
    probability: float | None
    cancelled: bool
    decided: bool
    ended: bool
    lost: bool
    overdue: bool
    by_default: bool


class RenewalRow(NamedTuple):
    """One contract that comes to its end; money in minor units of ``currency``.

    ``new_minor`` is the year's revenue expected after it, ``uplift_percent`` what is asked on top.
    """

    id: int
    account_id: int
    account: str
    contract: str
    tier: int | None
    owner_id: int | None
    owner: str | None
    arr_minor: int
    currency: str
    foreign: bool
    end_on: str
    notice_on: str | None
    auto_renew: bool
    new_minor: int | None
    uplift_percent: float | None
    decided_on: str | None
    shown: int | None
    uncertain: bool
    coverage: float
    starter_known: int
    as_of: str
    plan_readiness: float | None
    standing: Standing
    milestones_done: tuple[int, ...]


class DueIds(NamedTuple):
    """A list of renewals by ids alone, eight bytes each: contracts, and the account of each."""

    contracts: array[int]
    accounts: array[int]


class DueGroup(NamedTuple):
    """Renewals of one month that the forecast treats alike, added up.

    ``kept_minor`` is the sum of the lesser of old and new, ``more_minor`` what is new above the
    old, both where the new amount is entered; ``uplift_percent`` where only that is.
    """

    month: str
    foreign: bool
    uplift_percent: float | None
    standing: Standing
    due_count: int
    arr_minor: int
    kept_minor: int
    more_minor: int


class DueMonth(NamedTuple):
    """What ends in one month (``2026-05``), in the book's currency; foreign contracts are counted.

    ``expected_minor`` is the forecast of the renewed ARR, ``uplift_minor`` the forecast of what
    comes on top, neither rounded. ``open_...``: not decided yet; ``unknown_minor``: of that, where
    nobody said how likely it is. ``crowded``: too much of it at once.
    """

    month: str
    due_count: int
    foreign: int
    due_minor: int
    open_count: int
    open_minor: int
    renewed_count: int
    renewed_minor: Decimal
    lost_count: int
    expected_minor: Decimal
    uplift_minor: Decimal
    unknown_minor: int
    crowded: bool = False


class RenewalForecast(NamedTuple):
    """The forecast against the due base: contracts that end from ``start`` until before ``end``.

    ``months`` are those with something due. ``earlier`` ended before ``start`` and is still
    undecided: it stands apart. ``without_end`` counts running contracts of which no end is known.
    """

    start: str
    end: str
    currency: str
    months: tuple[DueMonth, ...]
    total: DueMonth
    earlier: DueMonth | None
    without_end: int
