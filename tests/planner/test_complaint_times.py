"""The moments of a complaint's clocks, by calendars of any kind: the spec's vectors, properties."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clocks import BusinessCalendar, Clock, Pause, default_calendar, due_at, used_minutes
from planner.complaint_times import ClockFacts, clock_moments, waits_granted
from planner.working_hours import working_calendar

OFFICE = default_calendar("UTC")
FRIDAY = datetime(2026, 6, 5, 16, tzinfo=UTC)
MONDAY = datetime(2026, 6, 8, tzinfo=UTC)
NONE = (None, None, None)
Minutes = tuple[int | None, int | None, int | None]
CALENDARS = st.builds(
    working_calendar,
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                     "Pacific/Apia", "Asia/Tehran"]),
    st.sampled_from(["mon-fri 09:00-17:00", "mon-sun 00:00-24:00", "sat 10:00-14:00",
                     "mon-fri 08:00-12:00, 13:00-17:30; sat 10:00-14:00",
                     "mon-fri 22:00-24:00; tue-sat 00:00-06:00", "sun 01:30-03:30"]),
    st.sampled_from([None, "DE", "US"]),
    free_days=st.sampled_from([(), ("2024-02-29", "2026-03-29", "2026-10-25")]),
)  # fmt: skip
AROUND = st.sampled_from(
    [
        datetime(2026, 3, 28, tzinfo=UTC),  # clocks go forward in Berlin
        datetime(2026, 10, 24, tzinfo=UTC),  # and back
        datetime(2026, 4, 4, tzinfo=UTC),  # half an hour, Lord Howe
        datetime(2024, 2, 28, tzinfo=UTC),  # a leap day
        datetime(2011, 12, 29, tzinfo=UTC),  # Apia had no 30 December
        datetime(2026, 12, 23, tzinfo=UTC),
    ]
)
MOMENTS = st.builds(
    lambda base, minutes, seconds: base + timedelta(minutes=minutes, seconds=seconds),
    AROUND,
    st.integers(-3_000, 3_000),
    st.integers(0, 59),
)
TARGETS = st.lists(st.none() | st.integers(1, 3_000), min_size=3, max_size=3).map(
    lambda three: tuple(
        None if one is None else max(x for x in three[: n + 1] if x) for n, one in enumerate(three)
    )
)
WAITS = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(0, 5_000)).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
    max_size=4,
)


def test_four_hours_from_friday_at_four_are_due_on_monday_at_noon_and_an_hour_later_paused() -> (
    None
):
    opened = ClockFacts(FRIDAY, (None, 240, None), NONE, NONE)
    plain = clock_moments(opened, (), OFFICE)
    assert plain.next_due == plain.dues[1] == MONDAY + timedelta(hours=12)
    assert plain.at_risk_at == MONDAY + timedelta(hours=11, minutes=12)
    wait = Pause(MONDAY + timedelta(hours=10), MONDAY + timedelta(hours=11))
    assert clock_moments(opened, [wait], OFFICE).next_due == MONDAY + timedelta(hours=13)


def test_the_first_clock_to_be_at_risk_need_not_be_the_next_due() -> None:
    both = ClockFacts(FRIDAY, (None, 60, 61), NONE, NONE)
    moments = clock_moments(both, (), OFFICE)
    assert moments.at_risk_at == FRIDAY + timedelta(minutes=48)
    assert moments.next_due == moments.dues[1]


def test_no_clock_runs_while_it_waits_or_when_it_counts_no_more() -> None:
    held = ClockFacts(FRIDAY, (60, 240, None), NONE, NONE, waiting_since=FRIDAY)
    assert clock_moments(held, [Pause(FRIDAY)], OFFICE)[1:] == (None, None)
    gone = held._replace(waiting_since=None, counts=False)
    assert clock_moments(gone, (), OFFICE)[1:] == (None, None)
    assert clock_moments(gone, (), OFFICE).dues[1] == MONDAY + timedelta(hours=12)


def test_a_stopped_clock_keeps_the_due_moment_it_was_measured_by() -> None:
    stored = ClockFacts(FRIDAY, (60, 240, None), (MONDAY, None, None), (FRIDAY, None, None))
    moments = clock_moments(stored, (), OFFICE)
    assert moments.dues == (MONDAY, MONDAY + timedelta(hours=12), None)
    assert clock_moments(stored, (), OFFICE, [0]).dues[0] == FRIDAY + timedelta(hours=1)


@given(CALENDARS, MOMENTS, TARGETS, WAITS)
def test_every_due_moment_is_the_instant_at_which_the_minutes_are_used_up(
    calendar: BusinessCalendar, opened: datetime, targets: Minutes, spans: list[tuple[int, int]]
) -> None:
    pauses = tuple(
        Pause(opened + timedelta(minutes=a), opened + timedelta(minutes=b)) for a, b in spans
    )
    moments = clock_moments(ClockFacts(opened, targets, NONE, NONE), pauses, calendar)
    running = []
    for target, due in zip(targets, moments.dues, strict=True):
        if target is None:
            assert due is None
            continue
        assert due is not None
        clock = Clock(opened, target, pauses)
        assert due == due_at(clock, calendar)
        assert used_minutes(clock, calendar, due) == pytest.approx(target, abs=1e-6)
        assert used_minutes(clock, calendar, due - timedelta(seconds=1)) < target
        running.append(due)
    assert moments.next_due == min(running, default=None)
    if running:
        assert moments.at_risk_at is not None
        assert moments.at_risk_at < min(running)
        shortest = min(one for one in targets if one is not None)
        used = used_minutes(Clock(opened, shortest, pauses), calendar, moments.at_risk_at)
        assert used == pytest.approx(0.8 * shortest, abs=1e-6)


@given(CALENDARS, MOMENTS, st.integers(1, 3_000), st.integers(1, 3_000), st.integers(0, 9_000))
def test_a_wait_that_begins_before_the_clock_is_late_never_makes_it_late(
    calendar: BusinessCalendar, opened: datetime, target: int, begins: int, length: int
) -> None:
    opening = ClockFacts(opened, (None, target, None), NONE, NONE)
    due = clock_moments(opening, (), calendar).next_due
    assert due is not None
    since = opened + timedelta(minutes=begins)
    until = since + timedelta(minutes=length)
    later = clock_moments(opening, [Pause(since, until)], calendar).next_due
    assert later is not None
    assert later >= due
    assert later > until if since < due else later == due


@given(CALENDARS, MOMENTS, TARGETS, WAITS, st.randoms())
def test_waits_count_once_in_whatever_order_they_are_kept(
    calendar: BusinessCalendar,
    opened: datetime,
    targets: Minutes,
    spans: list[tuple[int, int]],
    chance: Random,
) -> None:
    pauses = [Pause(opened + timedelta(minutes=a), opened + timedelta(minutes=b)) for a, b in spans]
    once = clock_moments(ClockFacts(opened, targets, NONE, NONE), pauses, calendar)
    mixed = [*pauses, *pauses]
    chance.shuffle(mixed)
    assert clock_moments(ClockFacts(opened, targets, NONE, NONE), mixed, calendar) == once


@given(MOMENTS, st.integers(1, 3_000), st.sampled_from(["Europe/Berlin", "Pacific/Apia"]))
def test_another_zone_moves_the_hours_and_a_wait_on_record_stays_granted(
    opened: datetime, target: int, zone: str
) -> None:
    pause = [Pause(opened, opened + timedelta(days=7))]
    for calendar in (OFFICE, default_calendar(zone)):
        due = clock_moments(
            ClockFacts(opened, (target, None, None), NONE, NONE), pause, calendar
        ).next_due
        assert due is not None
        used = calendar.seconds_between(opened + timedelta(days=7), due)
        assert used == pytest.approx(60 * target)
        assert calendar.is_open_on(due.astimezone(calendar.zone).date())


@given(CALENDARS, MOMENTS, TARGETS)
def test_no_due_moment_lies_on_a_free_day(
    calendar: BusinessCalendar, opened: datetime, targets: Minutes
) -> None:
    for due in clock_moments(ClockFacts(opened, targets, NONE, NONE), (), calendar).dues:
        if due is not None:
            last = (due - timedelta(microseconds=1)).astimezone(calendar.zone).date()
            assert last not in calendar.holidays


@given(MOMENTS, TARGETS, st.integers(0, 2_000), st.integers(0, 4_000), st.integers(0, 4_000))
def test_waits_of_older_books_that_only_the_due_moments_hold_are_found_again(
    opened: datetime, targets: Minutes, begins: int, first: int, second: int
) -> None:
    since = opened + timedelta(minutes=begins)
    again = since + timedelta(minutes=first + 30)
    waits = [
        Pause(since, since + timedelta(minutes=first)),
        Pause(again, again + timedelta(minutes=second)),
    ]
    plain = ClockFacts(opened, targets, NONE, NONE)
    stored = plain._replace(dues=clock_moments(plain, waits, OFFICE).dues)
    found = waits_granted(stored, OFFICE)
    given_targets = [one for one in targets if one is not None]
    if len(set(given_targets)) == len(given_targets):
        assert clock_moments(stored, found, OFFICE).dues == stored.dues
    assert waits_granted(plain._replace(dues=clock_moments(plain, (), OFFICE).dues), OFFICE) == []


def test_a_free_day_of_the_country_and_one_of_our_own_are_left_out() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    opened = datetime(2026, 4, 30, 16, tzinfo=berlin)  # Thursday; 1 May is a holiday
    calendar = working_calendar("Europe/Berlin", "mon-fri 09:00-17:00", "DE", None, ("2026-05-04",))
    due = clock_moments(ClockFacts(opened, (None, 240, None), NONE, NONE), (), calendar).next_due
    assert due == datetime(2026, 5, 5, 12, tzinfo=berlin)
    assert date(2026, 1, 6) not in calendar.holidays
    bavaria = working_calendar("Europe/Berlin", "mon-fri 09:00-17:00", "DE", "BY")
    assert date(2026, 1, 6) in bavaria.holidays
    assert "2026-01-06" not in bavaria.holidays
