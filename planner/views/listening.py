"""Who says nothing, and how what is said has changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SilentRow:
    """An account without a sign in the window. ``last_two_way_on``: ISO day, None for never.

    ``arr_minor``: minor units of the book's currency, None while unknown.
    """

    account_id: int
    account: str
    tier: int | None
    owner: str | None
    arr_minor: int | None
    last_two_way_on: str | None


@dataclass(frozen=True, slots=True)
class Silence:
    """The silent among the live accounts. ARR in minor units of the book's currency.

    ``unknown_arr``: silent accounts whose ARR is not known or in another currency; they are in the
    share by number and in no share by revenue.
    """

    days: int
    accounts: int
    silent: int
    arr_minor: int
    silent_arr_minor: int
    unknown_arr: int
    rows: tuple[SilentRow, ...] = ()

    @property
    def share(self) -> float | None:
        """The share of accounts that are silent, 0 to 1; None without an account."""
        return self.silent / self.accounts if self.accounts else None

    @property
    def revenue_share(self) -> float | None:
        """The same by ARR; None where no ARR is known."""
        return self.silent_arr_minor / self.arr_minor if self.arr_minor else None


@dataclass(frozen=True, slots=True)
class MoodMonth:
    """What was logged of one month (``YYYY-MM``): how many with a mood, their mean (-2 to 2), how
    many below 0."""

    month: str
    count: int
    mean: float
    negative: int
