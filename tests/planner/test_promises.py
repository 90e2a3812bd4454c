"""Promises, days of requests, and dates to celebrate: what is counted, and on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.celebrations import (
    AHEAD_DAYS,
    BEHIND_DAYS,
    celebrate_words,
    due_day,
    in_year,
    month_days,
    next_day,
)
from planner.promises import DAYS, KeptShare, Promise, kept_shares, state_of
from planner.requests import asked_words, days_late, days_of, usual_answer
from planner.requests import due_day as answer_day
from planner.vocabulary import REQUEST_KINDS

ON = date(2026, 3, 11)


def ago(days: int) -> date:
    return ON - timedelta(days=days)


@pytest.mark.parametrize(
    ("due", "status", "done", "state"),
    [
        (ago(1), "open", None, "late"), (ago(0), "open", None, "open"),
        (None, "open", None, "open"), (ago(5), "done", ago(5), "kept"),
        (ago(5), "done", ago(4), "broken"), (None, "done", ago(9), "kept"),
        (ago(5), "dropped", None, "dropped"),
    ],
)  # fmt: skip
def test_what_became_of_a_promise(
    due: date | None, status: str, done: date | None, state: str
) -> None:
    assert state_of(Promise("Ann", due, status, done), ON) == state


def test_the_share_counts_what_fell_due_in_90_days_and_names_how_many() -> None:
    found = kept_shares(
        [
            Promise("Ann", ago(DAYS), "done", ago(DAYS)),
            Promise("Ann", ago(DAYS + 1), "done", ago(DAYS + 1)),
            Promise("Ann", ago(3), "done", ago(1)),
            Promise("Ann", ago(1), "open", None),
            Promise("Ann", ago(0), "open", None),
            Promise("Ann", ago(-2), "done", ago(0)),
            Promise("Ann", ago(2), "dropped", None),
            Promise("Ann", None, "done", ago(2)),
            Promise(None, ago(0), "done", ago(0)),
        ],
        ON,
    )
    assert found == (KeptShare("Ann", 1, 1, 1), KeptShare(None, 1, 0, 0))
    assert [one.share for one in found] == [pytest.approx(100 / 3), 100]
    assert KeptShare("Bob", 0, 0, 0).share is None


def test_an_answer_is_due_after_business_days() -> None:
    friday = date(2026, 3, 6)
    assert answer_day(friday, 2, "UTC") == date(2026, 3, 10)
    assert answer_day(friday, 0, "UTC") == friday
    assert answer_day(date(2026, 3, 7), 1, "UTC") == date(2026, 3, 9)
    assert [days_of({"request.days": text}) for text in ("5", "x", "")] == [5, 2, 2]
    assert (days_late(ago(3), ON), days_late(ago(-3), ON), days_late(None, ON)) == (3, 0, 0)


@pytest.mark.parametrize("kind", REQUEST_KINDS)
def test_the_usual_answer_is_not_repeated_after_what_they_asked_for(kind: str) -> None:
    plain = asked_words(kind)
    assert plain.startswith("they asked for")
    assert asked_words(kind, usual_answer(kind)) == asked_words(kind, " ") == plain
    assert asked_words(kind, "{x}") == f"{plain}: {{x}}"


def test_29_february_is_28_february_in_other_years() -> None:
    leap = date(2024, 2, 29)
    assert next_day(leap, True, date(2026, 1, 5)) == date(2026, 2, 28)
    assert next_day(leap, True, date(2026, 3, 1)) == date(2027, 2, 28)
    assert next_day(leap, True, date(2027, 12, 1)) == date(2028, 2, 29)
    assert due_day(leap, True, None, date(2026, 2, 20)) == date(2026, 2, 28)
    assert "02-29" in month_days(date(2026, 2, 20))


def test_what_happened_once_is_due_near_its_day_alone() -> None:
    assert due_day(ago(BEHIND_DAYS), False, None, ON) == ago(BEHIND_DAYS)
    assert due_day(ago(BEHIND_DAYS + 1), False, None, ON) is None
    assert due_day(ago(365), False, None, ON) is None


def test_a_mark_holds_until_the_next_year() -> None:
    day = ago(-5)
    born = in_year(day, 1980)
    assert due_day(born, True, None, ON) == day
    assert due_day(born, True, ON, ON) is None
    assert due_day(born, True, in_year(ON, 2025), ON) == day
    assert due_day(born, True, day - timedelta(days=AHEAD_DAYS + 1), ON) == day


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_date_that_is_due_is_among_the_days_asked_for(on: date, today: date) -> None:
    day = due_day(on, True, None, today)
    slow = [
        near
        for ahead in range(-BEHIND_DAYS, AHEAD_DAYS + 1)
        if (near := today + timedelta(days=ahead)) >= on and in_year(on, near.year) == near
    ]
    assert day == (slow[0] if slow else None)
    assert day is None or on.isoformat()[5:] in month_days(today)


def test_a_reminder_says_what_whose_how_long_and_what_speaks_against_it() -> None:
    assert celebrate_words("other", "founded", None, None, ()) == "celebrate: founded"
    said = celebrate_words("anniversary", "10 {years}", "Maria", 10, ("C-1",))
    assert said.lower().startswith("anniversary: 10 {years} (maria), 10 years")
    assert said.endswith("no gesture now: C-1 is open and critical")
