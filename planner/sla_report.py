"""How complaints of a period kept their clocks, and how many customers helped themselves. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from statistics import median
from typing import NamedTuple

CLOCKS = ("ack", "response", "resolution")


class Clock(NamedTuple):
    """One clock of a complaint: its due moment, None for no target, and what stopped it."""

    due: datetime | None
    stopped: datetime | None


class Fact(NamedTuple):
    """One complaint of the period; ``group`` is what it is counted under."""

    group: str
    opened: datetime
    waits: bool
    solved: bool
    self_served: bool
    clocks: tuple[Clock, Clock, Clock]


class Kept(NamedTuple):
    """One clock of a group: kept in time, missed, still running; hours until it was stopped.

    ``hours``: the median of hours on the calendar, waits included; None where none was stopped.
    """

    kept: int
    missed: int
    running: int
    hours: float | None

    @property
    def share(self) -> float | None:
        """Kept among kept and missed, 0 to 1; None where neither is."""
        due = self.kept + self.missed
        return self.kept / due if due else None


class Line(NamedTuple):
    """A group: how many complaints, its three clocks, and how many were solved by themselves."""

    group: str
    complaints: int
    solved: int
    self_served: int
    clocks: tuple[Kept, Kept, Kept]


def report(facts: Iterable[Fact], now: datetime) -> list[Line]:
    """A line for each group, the largest first, and one for all (group "") at the end.

    A clock is kept that was stopped by its due moment; it is missed when it was stopped later, or
    when its moment has passed; of one that waits for the customer nothing is due. A deflection is
    a complaint that was triaged as self-serve and is solved.
    """
    found = list(facts)
    groups: dict[str, list[Fact]] = {}
    for one in found:
        groups.setdefault(one.group, []).append(one)
    order = sorted(groups, key=lambda name: (-len(groups[name]), name.casefold(), name))
    return [*(_line(name, groups[name], now) for name in order), _line("", found, now)]


def _line(group: str, facts: Sequence[Fact], now: datetime) -> Line:
    first, second, third = (_kept(facts, number, now) for number in range(3))
    return Line(
        group,
        len(facts),
        sum(one.solved for one in facts),
        sum(one.solved and one.self_served for one in facts),
        (first, second, third),
    )


def _kept(facts: Sequence[Fact], number: int, now: datetime) -> Kept:
    states = [_state(one, one.clocks[number], now) for one in facts]
    hours = [
        (clock.stopped - one.opened).total_seconds() / 3600
        for one in facts
        if (clock := one.clocks[number]).stopped is not None
    ]
    count: Callable[[str], int] = states.count
    return Kept(count("kept"), count("missed"), count("running"), median(hours) if hours else None)


def _state(one: Fact, clock: Clock, now: datetime) -> str:
    if clock.due is None:
        return "none"
    if clock.stopped is not None:
        return "kept" if clock.stopped <= clock.due else "missed"
    if one.waits:
        return "running"
    return "missed" if clock.due < now else "running"
