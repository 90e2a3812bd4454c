"""How often an account buys: its own typical interval, and whether it stopped. Pure.

The interval is the median of the gaps between days on which something was bought. It is known from
``FEWEST_DAYS`` such days on. An account has stopped when its last purchase lies more than
``STOPPED_FACTOR`` of its own intervals back. Returns are no purchases. Uncalibrated.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from planner.language import gettext as _
from planner.language import ngettext

FEWEST_DAYS = 3
STOPPED_FACTOR = 2


class Rhythm(NamedTuple):
    """How an account bought up to a day.

    ``purchases``: how many; ``days``: on how many different days, as far as they are known.
    ``typical_days``: the median gap, or with ``averaged`` the mean one, where some days are not on
    record; None while too little is known. ``since_days``: days since ``last_on``.
    """

    purchases: int
    days: int
    last_on: date | None = None
    typical_days: float | None = None
    since_days: int | None = None
    averaged: bool = False

    @property
    def stopped(self) -> bool:
        """Whether the last purchase lies too far back for this account."""
        if self.typical_days is None or self.since_days is None:
            return False
        return self.since_days > STOPPED_FACTOR * self.typical_days

    @property
    def expected_on(self) -> date | None:
        """The day of the next purchase, were it to go on as before; None while unknown."""
        if self.typical_days is None or self.last_on is None:
            return None
        try:
            return self.last_on + timedelta(days=round(self.typical_days))
        except OverflowError:
            return None


NOTHING_BOUGHT = Rhythm(0, 0)


def rhythm(bought: Iterable[tuple[date, int]], today: date) -> Rhythm:
    """The rhythm of purchases up to ``today``: (day, for how many it stands), in any order."""
    counted: dict[date, int] = {}
    several: dict[date, int] = {}
    for day, times in bought:
        if day <= today:
            counted[day] = counted.get(day, 0) + times
            several[day] = max(several.get(day, 1), times)
    if not counted:
        return NOTHING_BOUGHT
    days = sorted(counted)
    last = days[-1]
    averaged = any(times > 1 for times in several.values())
    on_record = sum(several.values()) if averaged else len(days)
    typical: float | None = None
    if on_record >= FEWEST_DAYS and len(days) > 1:
        if averaged:
            typical = (last - days[0]).days / (on_record - 1)
        else:
            typical = median((b - a).days for a, b in pairwise(days))
    return Rhythm(
        sum(counted.values()), len(days), last, typical, (today - last).days, averaged
    )  # fmt: skip


def days_text(days: float) -> str:
    """A number of days: ``30``, ``30.5``."""
    return f"{round(days, 1):g}"


def last_bought_words(found: Rhythm) -> str:
    """``last bought 2026-03-01, 17 days ago``; that nothing is on record."""
    if found.last_on is None or found.since_days is None:
        return _("last purchase unknown: none is on record")
    words = ngettext(
        "last bought {day}, {count} day ago", "last bought {day}, {count} days ago",
        found.since_days,
    )  # fmt: skip
    return words.format(day=found.last_on.isoformat(), count=found.since_days)


def usually_words(found: Rhythm) -> str:
    """``usually buys every 30 days, now 75: stopped buying?``; that it is unknown, and why."""
    if found.typical_days is None or found.since_days is None:
        return _(
            "how often it buys is unknown: {count} of {needed} days of buying on record"
        ).format(count=found.days, needed=FEWEST_DAYS)
    said = _("usually buys every {days} days, now {now}")
    if found.averaged:
        said = _("buys every {days} days on average, now {now}")
    words = said.format(days=days_text(found.typical_days), now=found.since_days)
    return _("{words}: stopped buying?").format(words=words) if found.stopped else words


def stopped_words(found: Rhythm) -> str:
    """Why it is said to have stopped, in a few words."""
    return _("stopped buying: every {days} d, now {now}").format(
        days=days_text(found.typical_days or 0), now=found.since_days
    )


def method_words() -> str:
    """How the interval is found."""
    return _(
        "The interval is the median gap between days of buying, from {fewest} days on; stopped:"
        " more than {factor} intervals without a purchase. Not calibrated."
    ).format(fewest=FEWEST_DAYS, factor=STOPPED_FACTOR)
