"""Backward planning: the latest days that still reach the end, and what is too late already."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.backward_planning import (
    PlannedStep,
    Step,
    WorksOn,
    earliest_end,
    on_weekdays,
    plan_backward,
)
from planner.clocks import BusinessCalendar, default_calendar
from planner.errors import Refused

TODAY = date(2026, 3, 2)  # a Monday
END = date(2026, 3, 27)  # a Friday
STEPS = (
    Step(1, "Sign", 1, depends_on=(2, 3)),
    Step(2, "Legal review", 5, depends_on=(4,)),
    Step(3, "Budget", 2, depends_on=(4,)),
    Step(4, "Draft", 3),
)


def shown(planned: tuple[PlannedStep, ...]) -> list[tuple[str, str, str, bool]]:
    return [(p.step, f"{p.starts_on:%m-%d}", f"{p.due_on:%m-%d}", p.critical) for p in planned]


def test_each_step_gets_its_latest_days_and_the_longest_path_is_critical() -> None:
    assert shown(plan_backward(STEPS, END, TODAY)) == [
        ("Draft", "03-17", "03-19", True),
        ("Legal review", "03-20", "03-26", True),
        ("Budget", "03-25", "03-26", False),
        ("Sign", "03-27", "03-27", True),
    ]


def test_days_of_the_calendar_run_over_the_weekend_and_working_days_do_not() -> None:
    steps = (Step(1, "Notice", 4, working=False), Step(2, "Write", 1, depends_on=()))
    sunday = date(2026, 3, 8)
    assert shown(plan_backward(steps, sunday, TODAY)) == [
        ("Notice", "03-05", "03-08", True),
        ("Write", "03-06", "03-06", False),
    ]


def test_holidays_of_the_calendar_are_no_working_days() -> None:
    office = default_calendar("UTC")
    calendar = BusinessCalendar(ZoneInfo("UTC"), office.week, frozenset({date(2026, 3, 26)}))
    [planned] = plan_backward([Step(1, "Review", 2)], END, TODAY, calendar.is_open_on)
    assert (planned.starts_on, planned.due_on) == (date(2026, 3, 25), END)


def test_a_milestone_takes_no_day_and_falls_on_a_working_day() -> None:
    steps = (Step(1, "Go live", 0, depends_on=(2,)), Step(2, "Test", 1))
    sunday = date(2026, 3, 8)
    assert shown(plan_backward(steps, sunday, TODAY)) == [
        ("Test", "03-06", "03-06", True),
        ("Go live", "03-06", "03-06", True),
    ]


def test_a_step_that_would_begin_before_today_is_refused_by_name_with_the_days() -> None:
    with pytest.raises(Refused) as refused:
        plan_backward(STEPS, date(2026, 3, 11), TODAY)
    assert str(refused.value) == (
        "end: Draft would have to begin on 2026-02-27, 3 days before today;"
        " the first day that leaves time for every step is 2026-03-12"
    )
    assert [(p.field, p.value) for p in refused.value.problems] == [("end", "2026-02-27")]
    assert plan_backward(STEPS, date(2026, 3, 12), TODAY)[0].starts_on == TODAY


def test_every_step_that_is_too_late_is_named_the_latest_first() -> None:
    steps = (Step(1, "Two", 1, False), Step(2, "One", 2, False), Step(3, "Now", 0, False))
    with pytest.raises(Refused) as refused:
        plan_backward(steps, TODAY - timedelta(days=1), TODAY)
    assert [p.problem for p in refused.value.problems] == [
        "One would have to begin on 2026-02-28, 2 days before today",
        "Two would have to begin on 2026-03-01, 1 day before today",
        "Now would have to begin on 2026-03-01, 1 day before today",
    ]


@pytest.mark.parametrize("days", [-1, 1001])
def test_a_length_out_of_range_is_refused(days: int) -> None:
    with pytest.raises(Refused, match="days: Draft takes 0 to 1000 days") as refused:
        plan_backward([Step(1, "Draft", days)], END, TODAY)
    assert refused.value.problems[0].value == str(days)


def test_steps_in_a_circle_are_refused_in_their_words() -> None:
    steps = (Step(1, "A", depends_on=(2,)), Step(2, "B", depends_on=(1,)))
    for plan in (lambda: plan_backward(steps, END, TODAY), lambda: earliest_end(steps, TODAY)):
        with pytest.raises(Refused, match="A needs B needs A"):
            plan()


@pytest.mark.parametrize("end", [END, date(1, 3, 1), date.max])
@pytest.mark.parametrize("days", [0, 1, 1000])
def test_a_calendar_without_a_working_day_is_refused_and_not_counted_for_ever(
    end: date, days: int
) -> None:
    with pytest.raises(Refused, match="more than ten years"):
        plan_backward([Step(1, "A", days)], end, min(end, TODAY), lambda _day: False)
    with pytest.raises(Refused, match="more than ten years"):
        earliest_end([Step(1, "A", days)], end, lambda _day: False)


def test_ten_years_of_steps_are_refused_both_ways() -> None:
    steps = [Step(n, "A", 1000, False, (n - 1,) if n else ()) for n in range(4)]
    with pytest.raises(Refused, match="more than ten years"):
        plan_backward(steps, END, TODAY)
    with pytest.raises(Refused, match="more than ten years"):
        earliest_end(steps, TODAY)


def test_a_plan_without_steps_needs_no_time() -> None:
    assert plan_backward([], TODAY, TODAY) == ()
    assert earliest_end([], TODAY) == TODAY


def some_free(day: date) -> bool:
    return day.weekday() < 5 and day.day % 10 != 3


CALENDARS = st.sampled_from([on_weekdays, some_free])
KINDS = st.booleans()
ENDS = st.dates(TODAY, date(2026, 12, 31))


@st.composite
def plans(draw: st.DrawFn, kinds: st.SearchStrategy[bool] = KINDS) -> tuple[Step, ...]:
    steps = []
    for number in range(draw(st.integers(1, 7))):
        needs = draw(st.lists(st.integers(0, number - 1), max_size=3)) if number else []
        steps.append(Step(number, f"s{number}", draw(st.integers(0, 9)), draw(kinds), tuple(needs)))
    return tuple(draw(st.permutations(steps)))


@given(plans(), ENDS, CALENDARS)
def test_every_need_is_kept_every_length_holds_and_no_step_could_begin_later(
    steps: tuple[Step, ...], end: date, works_on: WorksOn
) -> None:
    longest_ago = TODAY - timedelta(days=400)
    planned = {p.id: p for p in plan_backward(steps, end, longest_ago, works_on)}
    assert len(planned) == len(steps)
    for step in steps:
        row = planned[step.id]
        days = [
            row.starts_on + timedelta(days=n) for n in range((row.due_on - row.starts_on).days + 1)
        ]
        counted = [day for day in days if not step.working or works_on(day)]
        assert len(counted) == max(step.days, 1)
        assert (counted[0], counted[-1]) == (row.starts_on, row.due_on)
        following = [planned[s.id] for s in steps if step.id in s.depends_on]
        for other in following:
            milestone = other.starts_on == other.due_on and by(steps, other.id).days == 0
            assert row.due_on < other.starts_on or (milestone and row.due_on == other.starts_on)
        room = [end, *(_last_day_before(by(steps, o.id), o) for o in following)]
        later = [
            row.due_on + timedelta(days=n) for n in range(1, (min(room) - row.due_on).days + 1)
        ]
        assert not any(not step.working or works_on(day) for day in later)


def by(steps: tuple[Step, ...], number: int) -> Step:
    return next(step for step in steps if step.id == number)


def _last_day_before(step: Step, planned: PlannedStep) -> date:
    return planned.starts_on - timedelta(days=1 if step.days else 0)


@given(plans(), CALENDARS)
def test_the_earliest_end_is_accepted_and_the_day_before_it_refused(
    steps: tuple[Step, ...], works_on: WorksOn
) -> None:
    end = earliest_end(steps, TODAY, works_on)
    assert all(p.starts_on >= TODAY for p in plan_backward(steps, end, TODAY, works_on))
    with pytest.raises(Refused, match=f"{end.isoformat()}$"):
        plan_backward(steps, end - timedelta(days=1), TODAY, works_on)


@given(plans(st.just(False)))
def test_the_critical_steps_are_those_on_a_longest_path(steps: tuple[Step, ...]) -> None:
    def before(step: Step) -> int:
        return step.days + max((before(by(steps, n)) for n in step.depends_on), default=0)

    def after(step: Step) -> int:
        following = (s for s in steps if step.id in s.depends_on)
        return step.days + max((after(s) for s in following), default=0)

    longest = max(before(step) for step in steps)
    planned = plan_backward(steps, END, TODAY - timedelta(days=100))
    for row in planned:
        step = by(steps, row.id)
        assert row.critical == (before(step) + after(step) - step.days == longest)
