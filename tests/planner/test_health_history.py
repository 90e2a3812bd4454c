"""Which stored scores stay as they grow old."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from planner.health.history import decided_on, is_kept, kept_days
from planner.health.trend import BASE_FROM_DAYS, BASE_TO_DAYS, SLOPE_WEEKS

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_every_day_stays_for_35_days_so_that_a_trend_finds_its_base() -> None:
    assert all(is_kept(ago(days), TODAY) for days in range(36))
    assert {is_kept(ago(days), TODAY) for days in range(BASE_FROM_DAYS, BASE_TO_DAYS + 1)} == {True}


def test_one_a_week_stays_for_18_weeks_and_one_in_four_weeks_for_good() -> None:
    weekly = [days for days in range(36, 127) if is_kept(ago(days), TODAY)]
    assert len(weekly) == 13
    assert {b - a for a, b in pairwise(weekly)} == {7}
    assert SLOPE_WEEKS * 7 < 126
    later = [days for days in range(127, 2000) if is_kept(ago(days), TODAY)]
    assert {b - a for a, b in pairwise(later)} == {28}


@given(end=DAYS, notice=st.none() | st.integers(0, 120), later=st.integers(0, 2000))
def test_the_look_back_of_a_decided_renewal_always_finds_a_score(
    end: date, notice: int | None, later: int
) -> None:
    decision = decided_on(end, notice)
    today = decision + timedelta(days=later)
    week = [decision - timedelta(days=days) for days in range(90, 98)]
    assert any(is_kept(day, today, [decision]) for day in week)


@given(on=DAYS, age=st.integers(0, 1000), more=st.integers(0, 1000))
def test_what_was_dropped_never_comes_back_as_kept(on: date, age: int, more: int) -> None:
    early, late = on + timedelta(days=age), on + timedelta(days=age + more)
    assert is_kept(on, early) or not is_kept(on, late)


@given(today=DAYS, back=st.integers(36, 3000))
def test_the_listed_days_are_those_that_are_kept_for_everybody(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    assert (day in set(kept_days(today))) == is_kept(day, today)
