"""The points ledger of a loyalty programme: what can be spent, which level it is, who leads.

Pure. A ledger is only ever added to: points that were earned, points that were redeemed (below
zero), and corrections, which are lines like any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from planner.text import name_key

Tiers = Sequence[tuple[str, int]]
"""(name, points from which it holds), rising."""
Lines = Iterable[tuple[date, int]]
"""(day, points) of each line of a ledger."""


class Level(NamedTuple):
    """Where a balance stands among the tiers; ``tier`` is None below the first."""

    tier: str | None
    next_tier: str | None
    points_to_next: int | None


class Standing(NamedTuple):
    """One account in a programme."""

    account_id: int
    account: str
    arr_minor: int | None
    points: int


def balance(lines: Lines) -> int:
    """The sum of all lines. Corrections alone can bring it below zero."""
    return sum(points for _day, points in lines)


def spendable(lines: Lines, on: date | None = None) -> int:
    """The points that can be redeemed on a day, by default at the end; never below zero.

    A redemption in the past also has to leave enough for everything that was redeemed since, so
    it is the least balance from that day on.
    """
    by_day: defaultdict[date, int] = defaultdict(int)
    for day, points in lines:
        by_day[day] += points
    running, at_day, later = 0, 0, list[int]()
    for day in sorted(by_day):
        running += by_day[day]
        if on is not None and day <= on:
            at_day = running
        else:
            later.append(running)
    if on is None:
        return max(0, running)
    return max(0, min([at_day, *later]))


def level(tiers: Tiers, points: int) -> Level:
    """The highest tier that a balance reaches, and what the next one still takes."""
    reached: str | None = None
    for name, threshold in tiers:
        if points < threshold:
            return Level(reached, name, threshold - points)
        reached = name
    return Level(reached, None, None)


def top_customers(standings: Iterable[Standing]) -> list[Standing]:
    """The accounts of a programme, the most points first; ties by revenue, then by name."""
    return sorted(
        standings,
        key=lambda one: (-one.points, -(one.arr_minor or 0), name_key(one.account), one.account_id),
    )
