"""Natural days and moments: understood as stated, or refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.date_words import ENGLISH, words_for
from planner.dates import When, add_months, parse_day, parse_when
from planner.errors import Refused

HELSINKI = ZoneInfo("Europe/Helsinki")
# Wednesday 11 March 2026, 10:30 in Helsinki (UTC+2).
NOW = datetime(2026, 3, 11, 8, 30, tzinfo=UTC)


def when(text: str, past: bool = True) -> When:
    return parse_when(text, NOW, HELSINKI, past)


def local(text: str, past: bool = True) -> str:
    found = when(text, past)
    assert not found.date_only
    assert found.at.tzinfo is UTC
    moment = found.at.astimezone(HELSINKI)
    assert moment.date() == found.on
    return moment.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-12", "2026-03-12"),
        ("2026-3-2", "2026-03-02"),
        ("today", "2026-03-11"),
        (" Yesterday ", "2026-03-10"),
        ("TOMORROW", "2026-03-12"),
        ("wed", "2026-03-11"),
        ("fri", "2026-03-06"),
        ("Thursday", "2026-03-05"),
        ("-2d", "2026-03-09"),
        ("−2d", "2026-03-09"),
        ("+3d", "2026-03-14"),
        ("+1 w", "2026-03-18"),
        ("in 3 days", "2026-03-14"),
        ("2 weeks ago", "2026-02-25"),
        ("a month ago", "2026-02-11"),
        ("in 1 year", "2027-03-11"),
        ("12 mar", "2025-03-12"),
        ("Mar 11", "2026-03-11"),
        ("29 feb", "2024-02-29"),
        ("12 Mar 2026", "2026-03-12"),
        ("March 12, 2026", "2026-03-12"),
        ("12th of march", None),
        ("12th march", "2025-03-12"),
        ("12. sept. 2025", "2025-09-12"),
        ("۲۰۲۶-۰۳-۱۲", "2026-03-12"),
        ("-٢d", "2026-03-09"),
    ],
)
def test_a_day_that_happened(text: str, day: str | None) -> None:
    if day is None:
        with pytest.raises(Refused):
            when(text)
        return
    found = when(text)
    assert found.on == date.fromisoformat(day)
    assert found.date_only
    assert found.at == datetime.combine(found.on, datetime.min.time(), HELSINKI).replace(
        hour=12
    ).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("wed", "2026-03-11"),
        ("fri", "2026-03-13"),
        ("tuesday", "2026-03-17"),
        ("12 mar", "2026-03-12"),
        ("10 mar", "2027-03-10"),
        ("29 feb", "2028-02-29"),
    ],
)
def test_a_day_that_is_due_is_the_next_one_with_today_in(text: str, day: str) -> None:
    assert when(text, past=False).on == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("yesterday 14:00", "2026-03-10 14:00"),
        ("yesterday at 2pm", "2026-03-10 14:00"),
        ("yesterday 12 am", "2026-03-10 00:00"),
        ("12 mar 2025 2:30 p.m.", "2025-03-12 14:30"),
        ("fri noon", "2026-03-06 12:00"),
        ("14:00", "2026-03-11 14:00"),
        ("now", "2026-03-11 10:30"),
        ("-2h", "2026-03-11 08:30"),
        ("an hour ago", "2026-03-11 09:30"),
        ("-45min", "2026-03-11 09:45"),
        ("2026-03-09T16:20", "2026-03-09 16:20"),
        ("2026-03-09 16:20:30.5", "2026-03-09 16:20"),
        ("2026-03-09T23:30Z", "2026-03-10 01:30"),
        ("2026-03-09T12:00+05:30", "2026-03-09 08:30"),
        ("wed 09:00", "2026-03-11 09:00"),
        ("wed 14:00", "2026-03-04 14:00"),
        ("11 mar 14:00", "2025-03-11 14:00"),
    ],
)
def test_a_moment_that_happened(text: str, moment: str) -> None:
    assert local(text) == moment


def test_a_moment_that_is_due_on_a_weekday_lies_ahead() -> None:
    assert local("wed 14:00", past=False) == "2026-03-11 14:00"
    assert local("wed 09:00", past=False) == "2026-03-18 09:00"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "frii", "next week", "next friday", "last friday", "3/4/2026", "13.3.2026",
        "soonish", "3 days", "in days", "in 3 moons", "-2m", "12", "2026", "25 hours", "12 mar x",
        "12 mar 26", "45999", "mar mar", "x" * 500, "\x00", "5xx 2026", "13th 13",
    ],
)  # fmt: skip
def test_a_word_that_is_not_understood_is_refused_with_what_is(text: str) -> None:
    with pytest.raises(Refused, match="is not understood as a day; write 2026-03-12"):
        when(text)


def test_a_refusal_names_the_nearest_word() -> None:
    with pytest.raises(Refused, match="Did you mean yesterday"):
        when("yestreday")


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "31 feb", "30 feb 2026", "25:00", "14:60", "13 pm", "2026-13-01",
        "2026-03-09T25:00", "-999999999d", "+999999999w", "0000-01-01",
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="does not exist"):
        when(text)


def test_years_far_away_are_refused() -> None:
    with pytest.raises(Refused, match="1900 to 2200"):
        when("1850-01-01")
    with pytest.raises(Refused, match="1900 to 2200"):
        when("in 300 years")


def test_a_local_time_that_the_clock_change_skips_moves_on() -> None:
    # 29 March 2026: 03:00 becomes 04:00 in Helsinki.
    assert local("2026-03-29 03:30") == "2026-03-29 04:30"


def test_a_local_time_that_comes_twice_is_the_first() -> None:
    # 25 October 2026: 04:00 becomes 03:00 in Helsinki; the first 03:30 is at UTC+3.
    assert when("2026-10-25 03:30").at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_hours_are_counted_over_a_clock_change() -> None:
    now = datetime(2026, 3, 29, 2, 0, tzinfo=UTC)  # 05:00 in Helsinki
    found = parse_when("-4h", now, HELSINKI, past=True)
    assert found.at == now - timedelta(hours=4)


def test_today_is_the_day_of_the_zone() -> None:
    late = datetime(2026, 3, 11, 23, 0, tzinfo=UTC)
    assert parse_when("today", late, HELSINKI, past=True).on == date(2026, 3, 12)


def test_a_day_alone_is_read_without_a_zone() -> None:
    today = date(2026, 3, 11)
    assert parse_day("fri", today, past=False) == date(2026, 3, 13)
    assert parse_day("fri", today, past=True) == date(2026, 3, 6)
    with pytest.raises(Refused, match="a day is wanted"):
        parse_day("yesterday 14:00", today, past=True)


def test_months_are_clamped_to_their_last_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), -1) == date(2025, 12, 31)
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


def test_a_language_without_a_table_uses_english() -> None:
    assert words_for("en_GB") is ENGLISH
    assert words_for("xx") is ENGLISH


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.booleans())
def test_every_iso_day_is_itself(day: date, past: bool) -> None:
    assert parse_when(day.isoformat(), NOW, HELSINKI, past).on == day


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.sampled_from(range(7)))
def test_a_weekday_is_within_a_week_of_today(today: date, weekday: int) -> None:
    word = ENGLISH.weekdays[weekday][0]
    before = parse_day(word, today, past=True)
    after = parse_day(word, today, past=False)
    assert before.weekday() == after.weekday() == weekday
    assert timedelta(0) <= today - before < timedelta(7)
    assert timedelta(0) <= after - today < timedelta(7)


_PIECES = st.sampled_from(
    [*ENGLISH.all_words(), *ENGLISH.units, "in", "ago", "-", "+", "14:00", "2026-03-12", "9", "am"]
)


@given(st.one_of(st.text(max_size=70), st.lists(_PIECES, max_size=5).map(" ".join)), st.booleans())
def test_no_text_makes_the_reader_fall_over(text: str, past: bool) -> None:
    try:
        found = parse_when(text, NOW, HELSINKI, past)
    except Refused:
        return
    assert 1900 <= found.on.year <= 2200
    assert found.at.tzinfo is UTC
