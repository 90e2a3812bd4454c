"""Calendars and invitations: zones, days, repeats, cancellations; held against dateutil."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from planner.calendar_reading import CalendarEvent, CalendarFile, read_calendar
from planner.calendar_repeats import days_of, read_rule
from planner.errors import Refused

TODAY = date(2026, 11, 25)
ZONE = ZoneInfo("Europe/Helsinki")


def read(source: bytes | str) -> CalendarFile:
    return read_calendar(source, today=TODAY, zone=ZONE)


def calendar(*lines: str, method: str = "REQUEST") -> str:
    """An invitation with these lines."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", "UID:u1",
            "SUMMARY:Review")  # fmt: skip
    return "\r\n".join((*head, *lines, "END:VEVENT", "END:VCALENDAR", ""))


def one(*lines: str, method: str = "REQUEST") -> CalendarEvent:
    """The one meeting of an invitation."""
    (event,) = read(calendar(*lines, method=method)).events
    return event


def test_the_sample_calendars_hold_what_is_known_of_them(samples: Path) -> None:
    days = read((samples / "ical" / "example.ics").read_bytes())
    assert (days.rows, days.failed) == (3, ())
    assert [event.when.on for event in days.events] == [
        date(2022, 1, 1), date(2022, 1, 7), date(2022, 3, 8),
    ]  # fmt: skip
    assert all(event.when.date_only for event in days.events)
    (sprint,) = read((samples / "ical" / "timezoned.ics").read_bytes()).events
    assert sprint.title == "artsprint 2012"
    assert sprint.when.at == datetime.fromisoformat("2012-02-13T10:00:00+01:00")


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("DTSTART;TZID=Europe/Berlin:20261127T100000", "2026-11-27T09:00:00+00:00"),
        ("DTSTART:20261127T100000Z", "2026-11-27T10:00:00+00:00"),
        ("DTSTART:20261127T100000", "2026-11-27T08:00:00+00:00"),
        ("DTSTART;VALUE=DATE:20261127", "2026-11-27T10:00:00+00:00"),
    ],
)
def test_a_start_is_read_in_its_own_zone_or_else_in_the_books(line: str, at: str) -> None:
    event = one(line)
    assert event.when.at == datetime.fromisoformat(at)
    assert event.when.date_only == ("VALUE=DATE" in line)


def test_a_zone_that_the_file_brings_along_counts() -> None:
    text = calendar("DTSTART;TZID=Ours:20261127T100000").replace(
        "BEGIN:VEVENT",
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT",
    )
    (event,) = read(text).events
    assert event.when.at == datetime(2026, 11, 27, 7, tzinfo=UTC)


def test_a_zone_that_nobody_knows_is_said() -> None:
    got = read(calendar("DTSTART;TZID=Nowhere/Else:20261127T100000"))
    assert "Nowhere/Else is not known" in got.problems[0].problem
    assert got.events[0].when.at == datetime(2026, 11, 27, 8, tzinfo=UTC)


def test_who_is_invited_and_how_long_it_takes() -> None:
    event = one(
        "DTSTART:20261127T100000Z", "DURATION:PT45M", "SEQUENCE:4", "LOCATION:Room 2",
        "ORGANIZER;CN=Ann:mailto:ann@us.example",
        "ATTENDEE;CN=Maria:MAILTO:maria@nordic.example", "ATTENDEE:mailto:joe@nordic.example",
    )  # fmt: skip
    assert event.emails == ("ann@us.example", "maria@nordic.example", "joe@nordic.example")
    assert event.ends_at == datetime(2026, 11, 27, 10, 45, tzinfo=UTC)
    assert (event.sequence, event.place, event.cancelled) == (4, "Room 2", False)


def test_a_cancellation_is_told_by_the_method_and_by_the_status() -> None:
    assert one("DTSTART:20261127T100000Z", method="CANCEL").cancelled
    assert one("DTSTART:20261127T100000Z", "STATUS:CANCELLED").cancelled


def test_a_repeated_meeting_is_spread_over_sixty_days_at_its_local_time() -> None:
    got = read(
        calendar(
            "DTSTART;TZID=Europe/Berlin:20261005T100000",
            "RRULE:FREQ=WEEKLY;UNTIL=20261221T090000Z",
            "EXDATE;TZID=Europe/Berlin:20261207T100000",
        )
    )
    assert [event.when.on.isoformat()[5:] for event in got.events] == [
        "11-23", "11-30", "12-14", "12-21",
    ]  # fmt: skip
    assert {event.when.at.hour for event in got.events} == {9}
    assert len({event.uid for event in got.events}) == 4
    assert "4 meetings from 2026-11-23 to 2026-12-21 were taken" in got.problems[0].problem


def test_a_moved_day_of_a_repeated_meeting_has_the_uid_of_that_day() -> None:
    weekly = read(calendar("DTSTART:20261127T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2"))
    moved = one("DTSTART:20261205T100000Z", "RECURRENCE-ID:20261204T100000Z")
    assert moved.uid == weekly.events[1].uid


def test_a_rule_that_is_not_understood_gives_its_first_day_and_says_so() -> None:
    got = read(calendar("DTSTART:20261127T100000Z", "RRULE:FREQ=SECONDLY"))
    assert len(got.events) == 1
    assert "not understood" in got.problems[0].problem


@pytest.mark.parametrize(
    ("source", "words"),
    [(b"", "empty"), (b"hello", "no calendar"), (b"\x00" * 99, "binary data")],
)
def test_what_is_no_calendar_is_refused(source: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(source)


def test_an_event_without_a_start_fails_by_its_line_and_the_others_are_read() -> None:
    text = calendar("DTSTART:20261127T100000Z").replace(
        "BEGIN:VEVENT", "BEGIN:VEVENT\r\nUID:u0\r\nEND:VEVENT\r\nBEGIN:VEVENT", 1
    )
    got = read(text)
    assert (got.rows, got.failed, len(got.events)) == (2, (4,), 1)
    assert "does not say when" in got.problems[0].problem


PIECES = (
    "BEGIN:VCALENDAR\n", "END:VCALENDAR\n", "BEGIN:VEVENT\n", "END:VEVENT\n", "UID:1\n",
    "DTSTART:20261130T100000Z\n", "DTSTART;TZID=Foo/Bar:20261130T100000\n", "DURATION:P1D\n",
    "DTSTART;VALUE=DATE:20261130\n", "DTEND:20261130T110000\n", "RRULE:FREQ=DAILY\n", " folded\n",
    "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101\n", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=x\n",
    "EXDATE:20261201T100000Z\n", "ATTENDEE;CN=x:mailto:a@b\n", "SEQUENCE:-1\n",
    "STATUS:CANCELLED\n", "RECURRENCE-ID:20261201\n", "METHOD:CANCEL\n", "BEGIN:VTIMEZONE\n",
    "TZID:Foo\n", "END:VTIMEZONE\n", "BEGIN:STANDARD\n", "END:STANDARD\n", "TZOFFSETFROM:+0100\n",
)  # fmt: skip
calendars = st.lists(
    st.one_of(st.sampled_from(PIECES).map(str.encode), st.binary(max_size=12)), max_size=25
).map(b"".join)
events = calendars.map(
    lambda inner: b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261130T100000Z\n" + inner
    + b"END:VEVENT\nEND:VCALENDAR\n"
)  # fmt: skip


@given(st.one_of(st.binary(max_size=200), calendars, events))
def test_any_bytes_are_a_calendar_or_are_refused_in_words(data: bytes) -> None:
    try:
        got = read(data)
    except Refused as error:
        words = str(error)
    else:
        words = "read"
        lines = {event.line for event in got.events} | set(got.failed)
        assert got.rows >= len(lines)
        assert all(event.title and event.uid for event in got.events)
    assert words.strip()


days = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
daily = st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9))
weekly = st.builds(
    lambda every, on, start: f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(on)};WKST={start}",
    st.integers(1, 4), st.lists(days, min_size=1, max_size=3), days,
)  # fmt: skip
monthly = st.one_of(
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.sampled_from([1, 15, 31, -1, -2])),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from([1, 2, 5, -1, ""]), days),
    st.builds("FREQ=MONTHLY;INTERVAL={}".format, st.integers(1, 5)),
)
yearly = st.sampled_from(["FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3,11", "FREQ=YEARLY;INTERVAL=2"])
rules = st.builds(
    lambda rule, count: rule if count is None else f"{rule};COUNT={count}",
    st.one_of(daily, weekly, monthly, yearly),
    st.one_of(st.none(), st.integers(1, 20)),
)


@given(rules, st.dates(date(2020, 1, 1), date(2027, 12, 31)), st.integers(0, 900))
def test_the_days_of_a_rule_are_those_of_dateutil(rule: str, start: date, length: int) -> None:
    parts = {name: value.split(",") for name, value in (p.split("=") for p in rule.split(";"))}
    known = read_rule(parts)
    assert known is not None
    last = start + timedelta(days=length)
    begin = datetime(start.year, start.month, start.day)  # noqa: DTZ001 - a wall time
    end = begin + timedelta(days=length)
    wanted = [moment.date() for moment in rrulestr(rule, dtstart=begin).between(begin, end, True)]
    assert list(days_of(known, start, last)) == wanted
