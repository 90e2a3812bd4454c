"""The moments of a complaint's clocks, from its targets and the waits on record. Pure.

Every write stores them and a day's start makes them again, so that reads compute nothing. A clock
that stopped keeps its due moment: a holiday found out later makes no answer late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from planner.clocks import AT_RISK_SHARE, BusinessCalendar, Pause, used_up_at

Three = tuple[datetime | None, datetime | None, datetime | None]
"""A moment for acknowledging, answering and resolving."""


class ClockFacts(NamedTuple):
    """What the clocks of a complaint follow from.

    ``targets``: business minutes. ``dues``, ``stops``: as stored. ``waiting_since``: since when it
    waits for the customer. ``counts``: no clock of a withdrawn or merged complaint runs.
    """

    opened_at: datetime
    targets: tuple[int | None, int | None, int | None]
    dues: Three
    stops: Three
    waiting_since: datetime | None = None
    counts: bool = True


class ClockMoments(NamedTuple):
    """What is stored: the due moments, the first that runs, and from when on one is at risk."""

    dues: Three
    next_due: datetime | None
    at_risk_at: datetime | None


def clock_moments(
    facts: ClockFacts,
    pauses: Sequence[Pause],
    calendar: BusinessCalendar,
    stopped_anew: Iterable[int] = (),
) -> ClockMoments:
    """Make the moments of a complaint's clocks.

    ``pauses``: all waits, an open one among them. ``stopped_anew``: the numbers of the stopped
    clocks whose due moments are made too. Raises ValueError for a target that ten years do not
    hold.
    """
    dues: list[datetime | None] = list(facts.dues)
    running = [n for n in range(3) if facts.stops[n] is None and facts.targets[n] is not None]
    amounts = [timedelta(minutes=facts.targets[n] or 0) for n in running]
    shares = [amount * AT_RISK_SHARE for amount in amounts]
    at_risk: list[datetime] = []
    if running:
        found = used_up_at(facts.opened_at, pauses, [*amounts, *shares], calendar)
        at_risk = found[len(running) :]
        for place, number in enumerate(running):
            dues[number] = found[place]
    for number in stopped_anew:
        dues[number] = _due_of_stopped(facts, number, pauses, calendar)
    for number in range(3):
        if facts.targets[number] is None:
            dues[number] = None
    if facts.waiting_since is not None or not facts.counts or not running:
        return ClockMoments((dues[0], dues[1], dues[2]), None, None)
    first = min(due for n in running if (due := dues[n]) is not None)
    return ClockMoments((dues[0], dues[1], dues[2]), first, min(at_risk))


def _due_of_stopped(
    facts: ClockFacts, number: int, pauses: Sequence[Pause], calendar: BusinessCalendar
) -> datetime | None:
    """The due moment of a stopped clock; a wait that it stopped in ended for it there."""
    target, stop = facts.targets[number], facts.stops[number]
    if target is None or stop is None:
        return None
    own = [
        Pause(one.since, stop if one.until is None else min(one.until, stop))
        for one in pauses
        if one.since < stop
    ]
    return used_up_at(facts.opened_at, own, [timedelta(minutes=target)], calendar)[0]


def waits_granted(facts: ClockFacts, calendar: BusinessCalendar) -> list[Pause]:
    """The waits that stored due moments hold beyond their targets, for complaints without any on
    record: with these the clocks that run have the due moments that are stored."""
    waits: list[Pause] = []
    granted = 0.0
    start = facts.opened_at
    for target, due, stop in zip(facts.targets, facts.dues, facts.stops, strict=True):
        if target is None or due is None or stop is not None:
            continue
        used = calendar.seconds_between(facts.opened_at, due)
        more = used - 60 * target - granted
        if more > 0:
            length = timedelta(seconds=more)
            waits.append(Pause(start, used_up_at(start, (), [length], calendar)[0]))
            granted += more
        start = due
    return waits
