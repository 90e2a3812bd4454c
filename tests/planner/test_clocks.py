"""Business time: due instants, pauses, status, durations, notice in business days."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clocks import (
    BusinessCalendar,
    Clock,
    ClockStatus,
    Hours,
    Pause,
    at_noon,
    business_days_before,
    check_targets,
    default_calendar,
    due_at,
    duration_text,
    is_breached,
    parse_duration,
    status_at,
    used_minutes,
)
from planner.errors import Refused

HELSINKI = ZoneInfo("Europe/Helsinki")
CALENDAR = default_calendar("Europe/Helsinki")
HOUR = 60
# 2026-06-05 is a Friday.


def local(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HELSINKI)


FRIDAY_FOUR = Clock(local(5, 16), 4 * HOUR)


def test_four_hours_from_friday_at_four_are_due_on_monday_at_noon() -> None:
    assert due_at(FRIDAY_FOUR, CALENDAR) == local(8, 12)


def test_a_pause_of_an_hour_adds_an_hour() -> None:
    paused = replace(FRIDAY_FOUR, pauses=(Pause(local(8, 10), local(8, 11)),))
    assert due_at(paused, CALENDAR) == local(8, 13)


def test_pauses_count_business_minutes_only_and_once_when_they_overlap() -> None:
    pauses = (
        Pause(local(6, 0), local(8, 10)),  # Saturday to Monday 10:00: one open hour
        Pause(local(8, 9, 30), local(8, 10, 30)),
        Pause(local(8, 9, 40), local(8, 9, 50)),
        Pause(local(8, 11), local(8, 11)),
    )
    assert due_at(replace(FRIDAY_FOUR, pauses=pauses), CALENDAR) == local(8, 13, 30)


def test_due_is_the_earliest_instant_so_a_full_day_ends_the_same_day() -> None:
    assert due_at(Clock(local(5, 9), 8 * HOUR), CALENDAR) == local(5, 17)


@pytest.mark.parametrize("opened", [local(5, 17), local(6, 12), local(8, 3), local(8, 9)])
def test_a_case_opened_outside_hours_starts_at_the_next_opening(opened: datetime) -> None:
    assert due_at(Clock(opened, HOUR), CALENDAR) == local(8, 10)


def test_holidays_are_left_out() -> None:
    calendar = replace(CALENDAR, holidays=frozenset({date(2026, 6, 8)}))
    assert due_at(FRIDAY_FOUR, calendar) == local(9, 12)


def test_an_open_pause_holds_the_clock() -> None:
    held = replace(FRIDAY_FOUR, pauses=(Pause(local(8, 10)),))
    assert due_at(held, CALENDAR) is None
    assert status_at(held, CALENDAR, local(30, 12)) is ClockStatus.PAUSED
    assert used_minutes(held, CALENDAR, local(30, 12)) == 2 * HOUR


def test_a_pause_that_begins_after_the_due_instant_changes_nothing() -> None:
    late = replace(FRIDAY_FOUR, pauses=(Pause(local(8, 12, 1)),))
    assert due_at(late, CALENDAR) == local(8, 12)
    assert status_at(late, CALENDAR, local(8, 14)) is ClockStatus.BREACHED


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (local(8, 11, 11), "on-track"),
        (local(8, 11, 12), "at-risk"),  # 192 of 240 minutes
        (local(8, 12), "at-risk"),
        (local(8, 12, 0) + timedelta(seconds=1), "breached"),
        (local(5, 12), "on-track"),
    ],
)
def test_status_of_a_running_clock(now: datetime, status: str) -> None:
    assert status_at(FRIDAY_FOUR, CALENDAR, now) == status


def test_eighty_per_cent_is_exact_in_short_targets() -> None:
    clock = Clock(local(8, 9), 3)
    assert status_at(clock, CALENDAR, local(8, 9) + timedelta(seconds=143)) == "on-track"
    assert status_at(clock, CALENDAR, local(8, 9) + timedelta(seconds=144)) == "at-risk"


@pytest.mark.parametrize(
    ("stopped", "status"),
    [
        (local(5, 16, 30), "met"),
        (local(8, 12), "met"),
        (local(8, 12) + timedelta(microseconds=1), "breached"),
    ],
)
def test_done_at_the_due_instant_is_met_and_a_late_stop_stays_late(
    stopped: datetime, status: str
) -> None:
    done = replace(FRIDAY_FOUR, stopped_at=stopped)
    assert status_at(done, CALENDAR, local(30, 12)) == status
    assert is_breached(done, CALENDAR, local(30, 12)) is (status == "breached")


def test_after_hours_is_late_when_the_minutes_ended_with_the_day() -> None:
    done = Clock(local(5, 9), 8 * HOUR, stopped_at=local(5, 18))
    assert status_at(done, CALENDAR, local(8, 9)) is ClockStatus.BREACHED


def test_a_stop_inside_an_open_pause_is_met() -> None:
    done = Clock(local(5, 16), 4 * HOUR, (Pause(local(8, 9)),), local(9, 9))
    assert status_at(done, CALENDAR, local(9, 10)) is ClockStatus.MET


def test_what_happens_later_is_not_seen() -> None:
    pauses = (Pause(local(8, 10), local(8, 16)), Pause(local(9, 9), local(9, 10)))
    clock = replace(FRIDAY_FOUR, pauses=pauses, stopped_at=local(9, 12))
    assert status_at(clock, CALENDAR, local(8, 9, 30)) is ClockStatus.ON_TRACK
    assert status_at(clock, CALENDAR, local(8, 11)) is ClockStatus.PAUSED
    assert status_at(clock, CALENDAR, local(8, 16)) is ClockStatus.ON_TRACK
    assert used_minutes(clock, CALENDAR, local(30, 9)) == 4 * HOUR + HOUR


def test_a_target_is_above_zero_and_within_ten_years() -> None:
    with pytest.raises(ValueError, match="above 0"):
        due_at(Clock(local(5, 16), 0), CALENDAR)
    with pytest.raises(ValueError, match="ten years"):
        due_at(Clock(local(5, 16), 10**9), CALENDAR)


def test_a_lunch_break_and_hours_to_midnight() -> None:
    day = (Hours(time(9), time(12)), Hours(time(13), time(0)))
    calendar = BusinessCalendar(HELSINKI, (day,) * 7)
    assert calendar.day_minutes == 14 * HOUR
    assert due_at(Clock(local(5, 11), 2 * HOUR), calendar) == local(5, 14)
    assert due_at(Clock(local(5, 23), 2 * HOUR), calendar) == local(6, 10)
    assert calendar.seconds_between(local(5, 11), local(5, 14)) == 2 * 3600
    assert calendar.seconds_between(local(5, 14), local(5, 11)) == 0


@pytest.mark.parametrize(
    "week",
    [
        (),
        ((),) * 7,
        ((Hours(time(17), time(9)),),) * 7,
        ((Hours(time(9), time(13)), Hours(time(12), time(17))),) * 7,
    ],
)
def test_an_impossible_week_is_refused(week: tuple[tuple[Hours, ...], ...]) -> None:
    with pytest.raises(ValueError, match=r"calendar|hours"):
        BusinessCalendar(HELSINKI, week)


def test_an_open_night_is_an_hour_shorter_when_clocks_go_forward() -> None:
    always = BusinessCalendar(HELSINKI, ((Hours(time(0), time(0)),),) * 7)
    spring, autumn = local(28, 20, month=3), local(24, 20, month=10)
    assert due_at(Clock(spring, 12 * HOUR), always) == local(29, 9, month=3)
    assert due_at(Clock(autumn, 12 * HOUR), always) == local(25, 7, month=10)


def test_hours_that_the_clock_change_skips_are_not_open() -> None:
    night = BusinessCalendar(HELSINKI, ((Hours(time(3), time(4)),),) * 7)
    saturday = local(28, 12, month=3)
    assert night.spans_on(date(2026, 3, 29)) == []
    assert due_at(Clock(saturday, 30), night) == local(30, 3, 30, month=3)


def test_office_hours_do_not_feel_the_clock_change() -> None:
    friday = local(27, 16, month=3)
    assert due_at(Clock(friday, 4 * HOUR), CALENDAR) == local(30, 12, month=3)


def test_a_leap_day_is_a_working_day() -> None:
    wednesday = datetime(2024, 2, 28, 16, tzinfo=HELSINKI)
    assert due_at(Clock(wednesday, 2 * HOUR), CALENDAR) == datetime(
        2024, 2, 29, 10, tzinfo=HELSINKI
    )


ZONES = st.sampled_from(
    ["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran"]
)
MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC, second=0, microsecond=0)
)
TARGETS = st.integers(1, 8 * HOUR * 10)
DAYS_OFF = st.frozensets(st.dates(date(2019, 1, 1), date(2031, 1, 1)), max_size=5)
Week = tuple[tuple[Hours, ...], ...]
WEEKS: st.SearchStrategy[Week] = st.sampled_from(
    [
        CALENDAR.week,
        ((Hours(time(0), time(0)),),) * 7,
        ((Hours(time(22), time(0)),), (Hours(time(0), time(6)),), (), (), (), (), ()),
    ]
)
PAUSES = st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 3000)).map(sorted), max_size=3)


@given(ZONES, MOMENTS, TARGETS, DAYS_OFF, WEEKS)
def test_the_minutes_to_the_due_instant_are_the_target(
    zone: str, opened: datetime, target: int, holidays: frozenset[date], week: Week
) -> None:
    calendar = BusinessCalendar(ZoneInfo(zone), week, holidays)
    clock = Clock(opened, target)
    due = due_at(clock, calendar)
    assert due is not None
    assert used_minutes(clock, calendar, due) == pytest.approx(target, abs=1e-6)
    assert calendar.seconds_between(opened, due) == pytest.approx(60 * target)
    before = due - timedelta(minutes=1)
    assert used_minutes(clock, calendar, before) < target
    assert status_at(clock, calendar, due) is ClockStatus.AT_RISK
    assert status_at(clock, calendar, due + timedelta(seconds=1)) is ClockStatus.BREACHED


@given(MOMENTS, TARGETS, PAUSES)
def test_a_pause_moves_the_due_instant_by_its_open_minutes_and_never_nearer(
    opened: datetime, target: int, spans: list[list[int]]
) -> None:
    pauses = tuple(
        Pause(opened + timedelta(minutes=a), opened + timedelta(minutes=b)) for a, b in spans
    )
    plain, paused = Clock(opened, target), Clock(opened, target, pauses)
    early, late = due_at(plain, CALENDAR), due_at(paused, CALENDAR)
    assert early is not None
    assert late is not None
    assert late >= early
    assert used_minutes(paused, CALENDAR, late) == pytest.approx(target)
    assert due_at(Clock(opened, target, pauses[::-1] * 2), CALENDAR) == late


@given(ZONES, MOMENTS, st.dates(date(2019, 1, 1), date(2031, 1, 1)))
def test_no_open_minute_lies_on_a_holiday(zone: str, opened: datetime, holiday: date) -> None:
    calendar = BusinessCalendar(ZoneInfo(zone), CALENDAR.week, frozenset({holiday}))
    due = due_at(Clock(opened, HOUR), calendar)
    assert due is not None
    assert due.astimezone(calendar.zone).date() != holiday


@given(ZONES, st.dates(date(2019, 1, 1), date(2031, 1, 1)))
def test_noon_stands_for_the_date_in_every_zone(zone: str, day: date) -> None:
    moment = at_noon(day, ZoneInfo(zone))
    assert moment.astimezone(ZoneInfo(zone)).date() == day
    assert moment.astimezone(ZoneInfo(zone)).hour == 12


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30m", 30),
        ("2h", 120),
        ("4H", 240),
        ("3d", 1440),
        (" 1d 4h ", 720),
        ("1d4h30m", 750),
        ("1.5h", 90),
        ("0,5d", 240),
    ],
)
def test_durations_are_business_time(text: str, minutes: int) -> None:
    assert parse_duration(text, CALENDAR) == minutes


@pytest.mark.parametrize(
    "text", ["", "4", "h", "0h", "-2h", "2w", "2h x", "0.3m", "367d", "9999999d", "٣h", "\x00"]
)
def test_what_is_no_duration_is_refused_with_the_field(text: str) -> None:
    with pytest.raises(Refused, match="write for example") as refused:
        parse_duration(text, CALENDAR)
    assert refused.value.problems[0].field == "target"


@given(st.integers(1, 366 * 480))
def test_a_duration_reads_back_as_it_was_written(minutes: int) -> None:
    assert parse_duration(duration_text(minutes, CALENDAR), CALENDAR) == minutes


def test_no_minutes_are_written_as_such() -> None:
    assert duration_text(0, CALENDAR) == "0m"


@pytest.mark.parametrize(
    "targets", [(None, None, None), (60, 60, 60), (60, None, 90), (None, 5, 5)]
)
def test_targets_that_grow_pass(targets: tuple[int | None, int | None, int | None]) -> None:
    check_targets(*targets)


@pytest.mark.parametrize(
    ("targets", "field"),
    [
        ((61, 60, 90), "response_target"),
        ((None, 60, 59), "resolution_target"),
        ((60, None, 59), "resolution_target"),
    ],
)
def test_targets_that_shrink_are_refused(
    targets: tuple[int | None, int | None, int | None], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_targets(*targets)
    assert refused.value.problems[0].field == field


def test_notice_in_business_days_counts_backwards_without_holidays() -> None:
    monday = date(2026, 6, 8)
    assert business_days_before(monday, 0, CALENDAR) == monday
    assert business_days_before(monday, 1, CALENDAR) == date(2026, 6, 5)
    off = replace(CALENDAR, holidays=frozenset({date(2026, 6, 5)}))
    assert business_days_before(monday, 1, off) == date(2026, 6, 4)
    assert business_days_before(date(2026, 6, 7), 5, CALENDAR) == date(2026, 6, 1)
    with pytest.raises(ValueError, match="0 or more"):
        business_days_before(monday, -1, CALENDAR)
    with pytest.raises(ValueError, match="ten years"):
        business_days_before(monday, 10_000, CALENDAR)
