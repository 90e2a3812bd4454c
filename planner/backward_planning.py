"""Backward planning: from the day everything has to be done to the latest start of each step.

Days are local dates. A step of n days fills n days, its first and its last included; one of 0 days
is a milestone, which happens on a day and takes none. Inside, days are numbers (``date.toordinal``)
and a step fills start <= day < end, so that what needs it may begin at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from planner.dependencies import check_dependencies, in_order
from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.language import ngettext
from planner.text import visible

LONGEST_STEP = 1_000
HORIZON_DAYS = 3660
"""Steps that take more than ten years together are refused rather than counted for ever."""

WorksOn = Callable[[date], bool]
"""Whether a day is a working day, as ``planner.clocks.BusinessCalendar.is_open_on``."""


@dataclass(frozen=True, slots=True)
class Step:
    """What has to be done and how long it takes.

    `days`: 0 to 1,000, working days or (`working` false) days of the calendar.
    `depends_on`: ids of the steps that have to be done before.
    """

    id: int
    step: str
    days: int = 1
    working: bool = True
    depends_on: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with the latest days that still reach the end.

    `critical`: it is on the longest path; a day lost on it is a day lost at the end.
    """

    id: int
    step: str
    starts_on: date
    due_on: date
    critical: bool


class _Stretch(NamedTuple):
    """The days a step fills: start <= day < end; both are equal for a milestone."""

    start: int
    end: int

    @property
    def first(self) -> int:
        """The day on which the step begins; a milestone, on the day that ends at it."""
        return min(self.start, self.end - 1)


def on_weekdays(day: date) -> bool:
    """Whether the day is one from Monday to Friday."""
    return day.weekday() < 5


def plan_backward(
    steps: Sequence[Step], end_on: date, today: date, works_on: WorksOn = on_weekdays
) -> tuple[PlannedStep, ...]:
    """The latest start and due day of each step so that all are done by the end of `end_on`.

    In the order in which they begin. A step in working days begins and ends on a working day.
    Raises ``Refused``: field ``depends`` (see `check_dependencies`), field ``days`` for a length
    out of range, field ``end`` when a step would have to begin before today (one problem for each
    such step, the latest first, with the days it is late) or the steps take over ten years.
    """
    _check(steps)
    latest = _latest(steps, end_on, works_on)
    now = today.toordinal()
    late = sorted(
        (step for step in steps if latest[step.id].first < now),
        key=lambda step: latest[step.id].first,
    )
    if late:
        earliest = earliest_end(steps, today, works_on)
        raise _too_late([(step.step, latest[step.id].first) for step in late], today, earliest)
    critical = _critical(steps, latest)
    planned = {
        step.id: PlannedStep(
            step.id,
            step.step,
            date.fromordinal(latest[step.id].first),
            date.fromordinal(latest[step.id].end - 1),
            step.id in critical,
        )
        for step in steps
    }
    rank = {one: (row.starts_on, row.due_on, row.step, one) for one, row in planned.items()}
    return tuple(planned[one] for one in in_order(_needs(steps), rank))


def earliest_end(steps: Sequence[Step], today: date, works_on: WorksOn = on_weekdays) -> date:
    """The first day by which all steps can be done when work begins today; today without steps.

    Raises ``Refused`` like `plan_backward`, but for steps that begin too early.
    """
    _check(steps)
    by_id = {step.id: step for step in steps}
    now = today.toordinal()
    bounds = range(now, min(now + HORIZON_DAYS, date.max.toordinal()))
    ends: dict[int, int] = {}
    for one in in_order(_needs(steps), {step.id: step.id for step in steps}):
        step = by_id[one]
        free = max((ends[other] for other in step.depends_on), default=now)
        ends[one] = _ahead(step, max(free, now + 1) if step.days == 0 else free, bounds, works_on)
    return date.fromordinal(max(ends.values(), default=now + 1) - 1)


def _needs(steps: Iterable[Step]) -> dict[int, tuple[int, ...]]:
    return {step.id: step.depends_on for step in steps}


def _check(steps: Sequence[Step]) -> None:
    for step in steps:
        if not 0 <= step.days <= LONGEST_STEP:
            problem = _("{step} takes 0 to {most} days").format(
                step=visible(step.step), most=LONGEST_STEP
            )
            raise _refused("days", problem, str(step.days))
    check_dependencies({step.id: step.step for step in steps}, _needs(steps))


def _latest(steps: Sequence[Step], end_on: date, works_on: WorksOn) -> dict[int, _Stretch]:
    """The latest days of each step, by id."""
    by_id = {step.id: step for step in steps}
    last = end_on.toordinal()
    bounds = range(max(1, last - HORIZON_DAYS), last)
    limits = dict.fromkeys(by_id, last + 1)
    latest: dict[int, _Stretch] = {}
    for one in reversed(in_order(_needs(steps), {step.id: step.id for step in steps})):
        step = by_id[one]
        stretch = latest[one] = _back(step, limits[one], bounds, works_on)
        for other in step.depends_on:
            limits[other] = min(limits[other], stretch.start)
    return latest


def _back(step: Step, limit: int, bounds: range, works_on: WorksOn) -> _Stretch:
    """The latest days of a step that end at the limit or before."""

    def counts(day: int) -> bool:
        if day < bounds.start:
            raise _too_long()
        return not step.working or works_on(date.fromordinal(day))

    end = limit
    while not counts(end - 1):
        end -= 1
    start, left = end, step.days
    while left:
        start -= 1
        left -= counts(start)
    return _Stretch(start, end)


def _ahead(step: Step, free: int, bounds: range, works_on: WorksOn) -> int:
    """The earliest end of a step that begins on the free day or after."""

    def counts(day: int) -> bool:
        if day >= bounds.stop:
            raise _too_long()
        return not step.working or works_on(date.fromordinal(day))

    end, left = free, step.days
    if step.days == 0:
        while not counts(end - 1):
            end += 1
    while left:
        left -= counts(end)
        end += 1
    return end


def _critical(steps: Sequence[Step], latest: dict[int, _Stretch]) -> set[int]:
    """The steps on the longest path: from what begins first, each step that follows at once."""
    needed_by: dict[int, list[int]] = {step.id: [] for step in steps}
    for step in steps:
        for other in step.depends_on:
            needed_by[other].append(step.id)
    first = min((stretch.start for stretch in latest.values()), default=0)
    ahead = [one for one, stretch in latest.items() if stretch.start == first]
    critical: set[int] = set()
    while ahead:
        one = ahead.pop()
        if one in critical:
            continue
        critical.add(one)
        following = needed_by[one]
        limit = min((latest[other].start for other in following), default=0)
        ahead += [other for other in following if latest[other].start == limit]
    return critical


def _too_late(late: Sequence[tuple[str, int]], today: date, earliest: date) -> Refused:
    """The refusal of steps (words, first day) that would have to begin before today."""
    problems = []
    for name, first in late:
        days = today.toordinal() - first
        begins = date.fromordinal(first)
        sentence = ngettext(
            "{step} would have to begin on {day}, {count} day before today",
            "{step} would have to begin on {day}, {count} days before today",
            days,
        ).format(step=visible(name), day=begins, count=days)
        problems.append(FieldProblem("end", sentence, begins.isoformat()))
    message = _("end: {problem}; the first day that leaves time for every step is {day}").format(
        problem=problems[0].problem, day=earliest
    )
    return Refused(message, problems)


def _too_long() -> Refused:
    return _refused("end", _("the steps take more than ten years"), "")


def _refused(field: str, problem: str, value: str) -> Refused:
    return Refused(f"{field}: {problem}", [FieldProblem(field, problem, value)])
