"""How often an account buys, and whether it stopped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.buying import (
    FEWEST_DAYS,
    NOTHING_BOUGHT,
    Rhythm,
    last_bought_words,
    rhythm,
    stopped_words,
    usually_words,
)

TODAY = date(2026, 3, 11)


def ago(*days: int) -> list[tuple[date, int]]:
    return [(TODAY - timedelta(days=one), 1) for one in days]


@pytest.mark.parametrize(
    ("days", "typical", "since", "stopped"),
    [
        ((), None, None, False),
        ((40,), None, 40, False),
        ((40, 400), None, 40, False),
        ((40, 70, 100), 30, 40, False),
        ((60, 90, 120), 30, 60, False),
        ((61, 90, 119), 29, 61, True),
        ((61, 91, 121), 30, 61, True),
        ((5, 5, 35, 65), 30, 5, False),
        ((30, 40, 140), 55, 30, False),
        ((10, 20, 40, 240), 20, 10, False),
        ((0, 1, 2, 3), 1, 0, False),
    ],
)
def test_the_interval_is_the_median_gap_and_more_than_two_of_them_is_a_stop(
    days: tuple[int, ...], typical: float | None, since: int | None, stopped: bool
) -> None:
    found = rhythm(ago(*days), TODAY)
    assert (found.typical_days, found.since_days, found.stopped) == (typical, since, stopped)
    assert (found.purchases, found.days) == (len(days), len(set(days)))


def test_what_lies_in_the_future_is_not_there_yet() -> None:
    assert rhythm(ago(-1, -31, -61), TODAY) == NOTHING_BOUGHT
    assert rhythm(ago(-1, 30, 60, 90), TODAY) == rhythm(ago(30, 60, 90), TODAY)


def test_one_that_stands_for_several_gives_an_average() -> None:
    first, last = TODAY - timedelta(days=100), TODAY - timedelta(days=10)
    found = rhythm([(last, 3), (first, 1)], TODAY)
    assert (found.purchases, found.days, found.typical_days) == (4, 2, 30)
    assert found.averaged
    assert usually_words(found) == "buys every 30 days on average, now 10"
    assert rhythm([(last, 3)], TODAY).typical_days is None
    assert rhythm([(last, 3)], TODAY).purchases == 3


def test_it_says_what_is_unknown() -> None:
    assert last_bought_words(NOTHING_BOUGHT) == "last purchase unknown: none is on record"
    assert "unknown: 0 of 3 days" in usually_words(NOTHING_BOUGHT)
    assert last_bought_words(rhythm(ago(1), TODAY)) == "last bought 2026-03-10, 1 day ago"
    found = rhythm(ago(75, 105, 136), TODAY)
    assert usually_words(found) == "usually buys every 30.5 days, now 75: stopped buying?"
    assert stopped_words(found) == "stopped buying: every 30.5 d, now 75"
    assert found.expected_on == TODAY - timedelta(days=45)


def test_a_day_beyond_the_calendar_is_unknown() -> None:
    assert Rhythm(3, 3, date.max, 40, 0).expected_on is None
    assert NOTHING_BOUGHT.expected_on is None


@given(st.lists(st.integers(0, 4000), max_size=12))
def test_order_and_repetition_do_not_matter(days: list[int]) -> None:
    found = rhythm(ago(*days), TODAY)
    again = rhythm(ago(*sorted(days), *days), TODAY)
    assert again[1:] == found[1:]
    assert (found.typical_days is None) == (len(set(days)) < FEWEST_DAYS)
    if found.typical_days is not None:
        gaps = sorted(b - a for a, b in zip(sorted(set(days)), sorted(set(days))[1:], strict=False))
        assert gaps[0] <= found.typical_days <= gaps[-1]
        assert found.stopped == (min(days) > 2 * found.typical_days)
