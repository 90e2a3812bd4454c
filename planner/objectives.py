"""How far an objective is: attainment, its figures over time, the functions under the north star.

Pure, and free of the validator: screens, lists and commands read rows through it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS, Function

NORTH_STAR = "north_star"
"""The book's setting of the company's KPI on top of every plan."""
NORTH_STAR_DEFAULT = "NRR"
BLOCKS = "▁▂▃▄▅▆▇█"
ASCII_LEVELS = "_.-~=+*#"
MOST_ATTAINED = 100.0
"""Far more than was meant is shown as a hundred times it, which no figure of use exceeds."""
SPARK_CELLS = 12


class Point(NamedTuple):
    """What a metric read on a day."""

    on: date
    value: float


class Aimed(Protocol):
    """Whatever has a base, a target and an actual: a record or a row."""

    @property
    def baseline(self) -> float | None: ...
    @property
    def target(self) -> float | None: ...
    @property
    def actual(self) -> float | None: ...


class Placed(Protocol):
    """Whatever may belong to a function of ours."""

    @property
    def function(self) -> str | None: ...


P = TypeVar("P", bound=Placed)


def north_star(settings: Mapping[str, str]) -> str:
    """The company's KPI: that of the book's settings, else the default."""
    return settings.get(NORTH_STAR, NORTH_STAR_DEFAULT)


def attainment(baseline: float | None, target: float | None, actual: float | None) -> float | None:
    """How much of the way from the baseline to the target is done: 0 none, 1 all, more beyond.

    The target may lie above the baseline or below. A figure on the wrong side of the baseline is
    0. Without a baseline, target or actual, and for a target that is the baseline, it is unknown.
    """
    if baseline is None or target is None or actual is None or baseline == target:
        return None
    part = (actual - baseline) / (target - baseline)
    return min(max(0.0, part), MOST_ATTAINED)


def is_rising(baseline: float | None, target: float | None) -> bool | None:
    """Whether more is better; None while the baseline or the target is unknown."""
    if baseline is None or target is None or baseline == target:
        return None
    return target > baseline


def attained_words(goal: Aimed) -> str:
    """The attainment in words, with what is missing where it is unknown."""
    part = attainment(goal.baseline, goal.target, goal.actual)
    if part is not None:
        return _("{percent} % of the way").format(percent=math.floor(100.0 * part + 0.5))
    lacks = [
        words
        for words, value in (
            (_("a baseline"), goal.baseline),
            (_("a target"), goal.target),
            (_("an actual"), goal.actual),
        )
        if value is None
    ]
    return _("unknown: it lacks {things}").format(things=", ".join(lacks))


def in_time_order(points: Iterable[Point]) -> list[Point]:
    """The points from the oldest day on; those of one day stay in the order in which they came."""
    return sorted(points, key=lambda point: point.on)


def sparkline(points: Iterable[Point], cells: int = SPARK_CELLS, *, blocks: bool = True) -> str:
    """The figures over time, one sign each, the lowest and the highest at the ends of the scale.

    At most ``cells`` signs: where there are more points, each sign is the newest of its stretch, so
    that the last sign is always the newest point. Figures that are all the same stand in the
    middle. ``blocks``: False where the terminal has ASCII alone.
    """
    values = _thinned([point.value for point in in_time_order(points)], cells)
    if not values:
        return ""
    signs = BLOCKS if blocks else ASCII_LEVELS
    low, high = min(values), max(values)
    if low == high:
        return signs[len(signs) // 2 - 1] * len(values)
    top = len(signs) - 1
    return "".join(signs[round(top * ((value - low) / (high - low)))] for value in values)


def _thinned(values: Sequence[float], cells: int) -> list[float]:
    """The last value of each of ``cells`` stretches of about the same length."""
    count = len(values)
    if cells < 1:
        return []
    if count <= cells:
        return list(values)
    return [values[(number + 1) * count // cells - 1] for number in range(cells)]


def by_function(objectives: Iterable[P]) -> dict[Function, list[P]]:
    """The objectives of each function of ours under the north star; an empty list is a gap."""
    found: dict[Function, list[P]] = {function: [] for function in FUNCTIONS}
    for objective in objectives:
        for function in FUNCTIONS:
            if objective.function == function:
                found[function].append(objective)
    return found
