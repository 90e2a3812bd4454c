"""Which stored scores are kept as they grow old (decision 0011).

Daily while the trend may need them, weekly while the chart of 18 weeks and the slope do, then one
in four weeks; besides, the week 90 to 97 days before a renewal was decided, which the look-back of
the score reads for good.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

DAILY_DAYS = 35
WEEKLY_DAYS = 126
WEEK = 7
MONTH = 28
LOOK_BACK = (90, 97)
LOOK_BACK_YEARS = 10


def is_kept(on: date, today: date, decisions: Iterable[date] = ()) -> bool:
    """Whether the score stored of a day is kept; ``decisions``: days on which renewals were due."""
    age = (today - on).days
    number = on.toordinal()
    if age <= DAILY_DAYS or number % MONTH == 0:
        return True
    if number % WEEK:
        return False
    nearest, farthest = LOOK_BACK
    return age <= WEEKLY_DAYS or any(nearest <= (day - on).days <= farthest for day in decisions)


@lru_cache(maxsize=2)
def kept_days(today: date) -> tuple[date, ...]:
    """The days older than the daily ones whose scores are kept for every account, newest first.

    It goes back ten years; older ones are asked about with ``is_kept``.
    """
    first = today - timedelta(days=DAILY_DAYS + 1)
    days = (first - timedelta(days=back) for back in range(365 * LOOK_BACK_YEARS))
    return tuple(day for day in days if is_kept(day, today))


def decided_on(end: date, notice_days: int | None) -> date:
    """The day on which a renewal is decided: the contract's end, or its notice day if earlier."""
    return end if notice_days is None else end - timedelta(days=notice_days)
