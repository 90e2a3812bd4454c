"""Working hours as typed, and calendars of the book: what is refused and in which words."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clocks import Hours
from planner.errors import Conflict, Refused
from planner.public_holidays import FreeDays, holidays_of
from planner.use_cases.accounts import add_account
from planner.use_cases.calendars import (
    add_calendar,
    archive_calendar,
    change_calendar,
    set_account_calendar,
)
from planner.use_cases.settings import change_setting
from planner.working_hours import parse_hours, working_calendar
from tests.fakes import MemoryUnitOfWork

NINE_TO_FIVE = Hours(time(9), time(17))


def test_days_and_hours_are_read_as_typed() -> None:
    week = parse_hours("Mon-Fri 9:00-17:00; sat 10:00-14:00")
    assert week == ((NINE_TO_FIVE,),) * 5 + ((Hours(time(10), time(14)),), ())
    split = (Hours(time(8), time(12)), Hours(time(13), time(0)))
    assert parse_hours("mon,wed 13:00-24:00, 08:00-12:00;")[:4] == (split, (), split, ())
    assert [bool(day) for day in parse_hours("sat-mon 00:00-00:00")] == [
        True, False, False, False, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "needs working hours"), (" ; ", "needs working hours"), ("mon", "no working hours"),
        ("mon 9-17", "no working hours"), ("monday 09:00-17:00", "no working hours"),
        ("mon-day 09:00-17:00", "no working hours"), ("mon 09:00-25:00", "no working hours"),
        ("mon ٠٩:00-17:00", "no working hours"), ("mon 23:00-24:30", "ends at 24:00"),
        ("mon 24:00-24:00", "ends at 24:00"), ("mon 17:00-09:00", "runs backwards; write a night"),
        ("mon 09:00-09:00", "runs backwards"), ("mon 09:00-12:00, 11:00-13:00", "overlap"),
        ("mon-fri 09:00-17:00; wed 08:00-10:00", "overlap"), ("x" * 501, "longer than 500"),
        ("\x00 \x1b[31m", "no working hours"),
    ],
)  # fmt: skip
def test_hours_that_are_none_are_refused_in_plain_words(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        parse_hours(text)
    assert refused.value.problems[0].field == "hours"


@given(st.text(max_size=60) | st.from_regex(r"[a-z,\-]{3,8} [0-9:, \-]{0,20}", fullmatch=True))
def test_any_text_is_a_week_or_is_refused(text: str) -> None:
    try:
        week = parse_hours(text)
    except Refused:
        return
    assert any(week)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"zone": "Mars/Base"}, "zone"), ({"zone": ""}, "zone"), ({"zone": "../UTC"}, "zone"),
        ({"country": "XX"}, "country"), ({"country": "__class__"}, "country"),
        ({"country": "HolidayBase"}, "country"), ({"country": "DE", "subdivision": "QQ"},
                                                  "subdivision"),
        ({"subdivision": "BY"}, "subdivision"), ({"free_days": ("christmas",)}, "free_days"),
    ],
)  # fmt: skip
def test_a_calendar_that_no_clock_can_run_by_is_refused(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        working_calendar(**{"zone": "UTC", "hours": "mon 09:00-17:00", **fields})
    assert refused.value.problems[0].field == field


def test_holidays_are_read_a_year_at_a_time_and_kept() -> None:
    holidays_of.cache_clear()
    free = FreeDays("DE", "BY")
    assert date(2026, 1, 6) in free
    assert date(2026, 12, 25) in free
    assert date(2026, 12, 24) not in free
    assert holidays_of.cache_info().misses == 1
    assert date(2027, 1, 1) in free
    assert holidays_of.cache_info().misses == 2
    assert date(2026, 1, 1) not in FreeDays("XX")
    assert date(2026, 1, 1) not in FreeDays()


def test_a_calendar_is_added_changed_and_archived() -> None:
    uow = MemoryUnitOfWork()
    one = add_calendar(
        uow, name="Plant", zone="Europe/Berlin", hours="mon-fri 06:00-14:00", country=" de ",
        subdivision="", free_days=("2026-12-24",),
    )  # fmt: skip
    assert (one.country, one.subdivision) == ("DE", None)
    assert uow.summary == "added the calendar Plant"
    one = change_calendar(uow, one, hours="mon-thu 06:00-15:00")
    assert one.business().day_minutes == 9 * 60
    with pytest.raises(Refused, match="there is a calendar Plant already"):
        add_calendar(uow, name="PLANT", zone="UTC", hours="mon 09:00-10:00")
    with pytest.raises(Refused, match="hours: "):
        change_calendar(uow, one, hours="")
    with pytest.raises(Refused, match="name: it means that there is no calendar"):
        add_calendar(uow, name="None", zone="UTC", hours="mon 09:00-10:00")


def test_a_calendar_that_clocks_run_by_is_not_archived() -> None:
    uow = MemoryUnitOfWork()
    one = add_calendar(uow, name="Plant", zone="UTC", hours="mon 09:00-17:00")
    account = add_account(uow, name="A").id
    set_account_calendar(uow, account, one.id)
    assert uow.summary == "A has the calendar Plant"
    with pytest.raises(Refused, match=r"in use by accounts \(1\), A among them"):
        archive_calendar(uow, one.id)
    set_account_calendar(uow, account, None)
    assert uow.summary == "A has the calendar of the book"
    change_setting(uow, "calendar", "plant")
    with pytest.raises(Refused, match="is the book's calendar"):
        archive_calendar(uow, one)
    change_calendar(uow, one.id, name="Works")
    assert uow.settings.find(key="calendar")[0].value == "Works"
    change_setting(uow, "calendar", "NONE")
    archive_calendar(uow, one.id)
    assert uow.calendars.find() == []
    with pytest.raises(Refused, match="it is archived"):
        set_account_calendar(uow, account, one.id)
    with pytest.raises(Refused, match="there is no calendar Works; there are --, and none"):
        change_setting(uow, "calendar", "Works")


def test_two_people_who_change_the_same_hours_are_told() -> None:
    uow = MemoryUnitOfWork()
    seen = add_calendar(uow, name="Plant", zone="UTC", hours="mon 09:00-17:00")
    change_calendar(uow, seen.id, hours="mon 08:00-17:00")
    with pytest.raises(Conflict):
        change_calendar(uow, seen, hours="mon 10:00-17:00")
