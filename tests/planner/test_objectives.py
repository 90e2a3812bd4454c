"""How far an objective is: attainment either way, figures over time, what a function lacks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.objectives import (
    ASCII_LEVELS,
    BLOCKS,
    MOST_ATTAINED,
    Point,
    attained_words,
    attainment,
    by_function,
    in_time_order,
    is_rising,
    sparkline,
)

figures = st.floats(-1e15, 1e15, exclude_min=True, exclude_max=True)
DAY = date(2026, 3, 11)


class Goal(NamedTuple):
    baseline: float | None = None
    target: float | None = None
    actual: float | None = None
    function: str | None = None


def points(*values: float) -> list[Point]:
    """One point a day."""
    return [Point(DAY + timedelta(days=n), value) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "part"),
    [
        (40, 80, 60, 0.5),
        (4.5, 2.5, 3.5, 0.5),
        (40, 80, 80, 1.0),
        (40, 80, 100, 1.5),
        (40, 80, 20, 0.0),
        (4.5, 2.5, 5.0, 0.0),
        (-10, 10, 0, 0.5),
        (0, 1e-300, 1e14, MOST_ATTAINED),
        (None, 80, 60, None),
        (40, None, 60, None),
        (40, 80, None, None),
        (40, 40, 60, None),
    ],
)
def test_attainment_is_the_part_of_the_way_rising_or_falling(
    baseline: float | None, target: float | None, actual: float | None, part: float | None
) -> None:
    assert attainment(baseline, target, actual) == part


@given(figures, figures, figures)
def test_attainment_is_none_or_from_0_up_and_whole_at_the_target(
    baseline: float, target: float, actual: float
) -> None:
    part = attainment(baseline, target, actual)
    if baseline == target:
        assert part is None
        return
    assert part is not None
    assert 0.0 <= part <= MOST_ATTAINED
    assert attainment(baseline, target, target) == 1.0
    assert attainment(baseline, target, baseline) == 0.0
    assert is_rising(baseline, target) is (target > baseline)


@given(figures, figures, figures, figures)
def test_nearer_to_the_target_is_never_less(
    baseline: float, target: float, one: float, other: float
) -> None:
    if baseline == target:
        return
    low, high = sorted((one, other), reverse=target < baseline)
    first, second = attainment(baseline, target, low), attainment(baseline, target, high)
    assert first is not None
    assert second is not None
    assert first <= second


def test_what_is_unknown_says_what_it_lacks() -> None:
    assert attained_words(Goal(40, 80, 60)) == "50 % of the way"
    assert attained_words(Goal(0, 200, 125)) == "63 % of the way"
    assert attained_words(Goal(40, 80)) == "unknown: it lacks an actual"
    assert attained_words(Goal(actual=1)) == "unknown: it lacks a baseline, a target"
    assert is_rising(None, 1.0) is None


def test_the_line_runs_from_the_oldest_day_whatever_order_they_come_in() -> None:
    assert sparkline(points(1, 2, 3, 8)) == "▁▂▃█"
    assert sparkline(reversed(points(1, 2, 3, 8))) == "▁▂▃█"
    assert sparkline(points(1, 2, 3, 8), blocks=False) == "_.-#"
    assert sparkline(points(5, 5, 5)) == "▄▄▄"
    assert sparkline([]) == ""
    same = [Point(DAY, 2.0), Point(DAY, 1.0)]
    assert in_time_order(same) == same


def test_more_points_than_cells_keep_the_newest_as_the_last_sign() -> None:
    assert sparkline(points(*range(100)), 4) == "▁▃▆█"
    assert sparkline(points(*range(99), -1000), 4)[-1] == "▁"
    assert sparkline(points(1, 2), 0) == ""


@given(st.lists(figures, max_size=60), st.integers(0, 30))
def test_the_line_is_never_wider_than_asked_and_ascii_where_asked(
    values: list[float], cells: int
) -> None:
    drawn = sparkline(points(*values), cells)
    assert len(drawn) == min(len(values), cells)
    assert set(drawn) <= set(BLOCKS)
    plain = sparkline(points(*values), cells, blocks=False)
    assert plain.isascii()
    assert [BLOCKS.index(sign) for sign in drawn] == [ASCII_LEVELS.index(sign) for sign in plain]


def test_a_function_without_an_objective_is_a_gap_under_the_north_star() -> None:
    sales, loose = Goal(function="sales"), Goal()
    found = by_function([sales, loose])
    assert list(found) == ["marketing", "sales", "success", "service"]
    assert found["sales"] == [sales]
    assert found["service"] == []
