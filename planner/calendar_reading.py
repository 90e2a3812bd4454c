"""A calendar file or an invitation (.ics, RFC 5545), read into meetings to come and past.

Times stand in the zone that they name; one without a zone is in the book's. A repeated meeting is
spread over the days around today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from planner.calendar_repeats import Rule, days_of, read_rule
from planner.dates import MAX_YEAR, MIN_YEAR, NOON, When, local_moment
from planner.entity import NAME_MAX
from planner.errors import Refused
from planner.ids import MAX_ID
from planner.importing.encoding import decode
from planner.importing.problems import Problem
from planner.language import gettext as _
from planner.mail_headers import one_line

MOST_BYTES = 50_000_000
MOST_EVENTS = 20_000
MOST_ATTENDEES = 500
DAYS_BACK, DAYS_AHEAD = 7, 60
"""The days around today over which a repeated meeting is spread."""
LONGEST_NOTE = 100_000
_BEGIN = re.compile(r"^BEGIN:VEVENT\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One meeting of a file. ``uid`` tells it again, also one day of a repeated one.

    ``line`` is where it begins in the file; ``series`` the uid that all days of it share.
    """

    line: int
    uid: str
    series: str
    sequence: int
    title: str
    when: When
    ends_at: datetime | None
    place: str | None
    note: str | None
    organiser: str | None
    attendees: tuple[str, ...]
    cancelled: bool

    @property
    def emails(self) -> tuple[str, ...]:
        """Everybody's e-mail, the organiser's first."""
        own = (self.organiser,) if self.organiser else ()
        return tuple(dict.fromkeys((*own, *self.attendees)))


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The meetings of a file; ``rows`` counts its events, ``failed`` are lines that are none."""

    events: tuple[CalendarEvent, ...]
    rows: int
    failed: tuple[int, ...]
    problems: tuple[Problem, ...]
    encoding: str


def read_calendar(source: bytes | str, *, today: date, zone: ZoneInfo) -> CalendarFile:
    """Read a calendar. Raises ``Refused`` for what is none."""
    if len(source) > MOST_BYTES:
        raise Refused(_("The calendar is larger than 50 megabytes."))
    data = source if isinstance(source, bytes) else source.encode("utf-8", "replace")
    read = decode(data)
    text = read.text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if "BEGIN:VCALENDAR" not in text[:MOST_BYTES].upper():
        raise Refused(_("This is no calendar: there is no line BEGIN:VCALENDAR."))
    lines = [text.count("\n", 0, match.start()) + 1 for match in _BEGIN.finditer(text)]
    if len(lines) > MOST_EVENTS:
        raise Refused(_("The calendar holds more than {count} events.").format(count=MOST_EVENTS))
    reader = _Reader(today, zone)
    rows = 0
    for calendar in _calendars(text):
        method = one_line(str(calendar.get("METHOD", ""))).upper()
        for event in calendar.walk("VEVENT"):
            line = lines[rows] if rows < len(lines) else 0
            rows += 1
            reader.take(event, line, cancelled=method == "CANCEL")
    return CalendarFile(
        tuple(reader.events), rows, tuple(reader.failed), tuple(reader.problems), read.encoding
    )


def _calendars(text: str) -> list[Any]:
    try:
        return list(Calendar.from_ical(text.strip(), multiple=True))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        why = one_line(str(error))[:200]
        raise Refused(_("The calendar cannot be read: {why}").format(why=why)) from None


class _Left(Exception):
    """An event that no meeting can be made of, with the sentence that says why."""


class _Reader:
    """Gathers the meetings of one file."""

    def __init__(self, today: date, zone: ZoneInfo) -> None:
        self._today = today
        self._zone = zone
        self.events: list[CalendarEvent] = []
        self.failed: list[int] = []
        self.problems: list[Problem] = []

    def take(self, event: Any, line: int, *, cancelled: bool) -> None:
        """Read one event; one that cannot be a meeting is a problem of its line."""
        try:
            self.events += self._read(event, line, cancelled)
        except _Left as left:
            self.failed.append(line)
            self._say(line, str(left), kept=False)
        except (ValueError, OverflowError, TypeError, AttributeError, LookupError):
            self.failed.append(line)
            self._say(line, _("the event is not understood"), kept=False)

    def _say(self, line: int, problem: str, *, kept: bool) -> None:
        self.problems.append(Problem(line, "", "", problem, kept))

    def _read(self, event: Any, line: int, cancelled: bool) -> list[CalendarEvent]:
        starts = _value(event, "DTSTART")
        if starts is None:
            raise _Left(_("the event does not say when it starts"))
        if not MIN_YEAR <= starts.year <= MAX_YEAR:
            raise _Left(_("the event lies outside the years 1900 to 2200"))
        uid = _text(event, "UID")
        title = _text(event, "SUMMARY") or _("(no title)")
        if not uid:
            uid = f"{title} {starts.isoformat()}"[:NAME_MAX]
            self._say(line, _("it has no UID; it is told by its title and start"), kept=True)
        self._check_zone(event, starts, line)
        length = _length(event, starts)
        lone = _text(event, "STATUS").upper() == "CANCELLED" or cancelled
        people = [mail for one in _each(event, "ATTENDEE") if (mail := _email(one))]
        if len(people) > MOST_ATTENDEES:
            said = _("only the first {count} attendees were taken").format(count=MOST_ATTENDEES)
            self._say(line, said, kept=True)
        first = CalendarEvent(
            line=line,
            uid=uid,
            series=uid,
            sequence=_sequence(event),
            title=title,
            when=self._when(starts),
            ends_at=None,
            place=_text(event, "LOCATION") or None,
            note=_note(event) or None,
            organiser=next((_email(one) for one in _each(event, "ORGANIZER")), "") or None,
            attendees=tuple(dict.fromkeys(people[:MOST_ATTENDEES])),
            cancelled=lone,
        )
        return [
            _on(first, day_uid, self._when(moment), length)
            for day_uid, moment in self._days(event, uid, starts, line)
        ]

    def _check_zone(self, event: Any, starts: date, line: int) -> None:
        named = getattr(event.get("DTSTART"), "params", {}).get("TZID")
        if named and isinstance(starts, datetime) and starts.tzinfo is None:
            said = _("the zone {zone} is not known; the time was read in the book's")
            self._say(line, said.format(zone=one_line(str(named))[:60]), kept=True)

    def _when(self, moment: date) -> When:
        """A start as the book keeps it: an all-day one is a day, a floating one local."""
        if not isinstance(moment, datetime):
            return When(moment, local_moment(moment, NOON, self._zone), True)
        if moment.tzinfo is None:
            at = local_moment(moment.date(), moment.time(), self._zone)
        else:
            at = moment.astimezone(UTC)
        return When(at.astimezone(self._zone).date(), at, False)

    def _days(self, event: Any, uid: str, starts: date, line: int) -> Iterator[tuple[str, date]]:
        """The uid and the start of each day that is taken."""
        replaced = _value(event, "RECURRENCE-ID")
        if replaced is not None:
            yield _day_uid(uid, replaced), starts
            return
        written = event.get("RRULE")
        if written is None:
            yield uid, starts
            return
        rule = _rule(written, starts) if not isinstance(written, list) else None
        if rule is None:
            said = _("how it repeats is not understood; only its first day was taken")
            self._say(line, said, kept=True)
            yield _day_uid(uid, starts), starts
            return
        yield from self._spread(event, uid, starts, rule, line)

    def _spread(
        self, event: Any, uid: str, starts: date, rule: Rule, line: int
    ) -> Iterator[tuple[str, date]]:
        begin, end = _plain_day(starts), self._today + timedelta(days=DAYS_AHEAD)
        left_out = {_plain_day(one) for one in _each_day(event, "EXDATE")}
        since = self._today - timedelta(days=DAYS_BACK)
        days = [day for day in days_of(rule, begin, max(begin, end)) if day not in left_out]
        taken = [day for day in days if day >= since]
        said = _("it repeats: {count} meetings from {first} to {last} were taken")
        if not taken:
            said = _("it repeats and has no day between {first} and {last}; none was taken")
        first, last = (taken[0], taken[-1]) if taken else (since, end)
        self._say(line, said.format(count=len(taken), first=first, last=last), kept=bool(taken))
        for day in taken:
            moment = _on_day(starts, day)
            yield _day_uid(uid, moment), moment


def _on(first: CalendarEvent, uid: str, when: When, length: timedelta | None) -> CalendarEvent:
    from dataclasses import replace

    ends = None if length is None or when.date_only else when.at + length
    return replace(first, uid=uid[-NAME_MAX:], when=when, ends_at=ends)


def _value(event: Any, name: str) -> date | None:
    """A day or a moment; None where there is none or it is not understood."""
    found = event.get(name)
    if isinstance(found, list):
        found = found[0] if found else None
    moment = getattr(found, "dt", None)
    return moment if isinstance(moment, date) else None


def _each(event: Any, name: str) -> list[Any]:
    found = event.get(name)
    if found is None:
        return []
    return list(found) if isinstance(found, list) else [found]


def _each_day(event: Any, name: str) -> Iterator[date]:
    for one in _each(event, name):
        for part in getattr(one, "dts", ()):
            moment = getattr(part, "dt", None)
            if isinstance(moment, date):
                yield moment


def _text(event: Any, name: str) -> str:
    found = _each(event, name)
    return one_line(str(found[0]))[:NAME_MAX] if found else ""


def _note(event: Any) -> str:
    found = _each(event, "DESCRIPTION")
    whole = str(found[0]) if found else ""
    plain = whole.encode("utf-8", "replace").decode("utf-8")
    return plain.replace("\x00", "").replace("\r", "").strip()[:LONGEST_NOTE]


def _sequence(event: Any) -> int:
    text = _text(event, "SEQUENCE")
    return min(int(text), MAX_ID) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _email(value: Any) -> str:
    """The address of an attendee, who is written as ``mailto:...``."""
    text = one_line(str(value))
    plain = text[7:] if text.lower().startswith("mailto:") else text
    if "@" not in plain:
        plain = one_line(str(getattr(value, "params", {}).get("EMAIL", "")))
    return plain.strip()[:NAME_MAX] if "@" in plain else ""


def _length(event: Any, starts: date) -> timedelta | None:
    """How long it lasts; None where it does not say, and for what would end before it begins."""
    ends = _value(event, "DTEND")
    length = getattr(event.get("DURATION"), "dt", None)
    if ends is not None and isinstance(ends, datetime) and isinstance(starts, datetime):
        if (ends.tzinfo is None) != (starts.tzinfo is None):
            return None
        length = ends - starts
    if not isinstance(length, timedelta) or not timedelta(0) <= length < timedelta(days=366):
        return None
    return length


def _rule(written: Any, starts: date) -> Rule | None:
    from dataclasses import replace

    parts = {
        str(name).upper(): [str(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in dict(written).items()
    }
    rule = read_rule(parts)
    if rule is None or "UNTIL" not in parts:
        return rule
    until = dict(written).get("UNTIL")
    until = until[0] if isinstance(until, list) and until else until
    if not isinstance(until, date):
        return None
    return replace(rule, until=_until_day(until, starts))


def _until_day(until: date, starts: date) -> date:
    """The last day on which it may start, where it starts at its time of day."""
    if not isinstance(until, datetime):
        return until
    if not isinstance(starts, datetime):
        return until.date()
    local = until
    if until.tzinfo is not None and starts.tzinfo is not None:
        local = until.astimezone(starts.tzinfo)
    late = starts.time() > local.time()
    return local.date() - timedelta(days=1) if late else local.date()


def _plain_day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _on_day(starts: date, day: date) -> date:
    if not isinstance(starts, datetime):
        return day
    return datetime.combine(day, time(starts.hour, starts.minute, starts.second), starts.tzinfo)


def _day_uid(uid: str, moment: date) -> str:
    """The name of one day of a repeated meeting, the same in whatever zone it is written."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return f"{uid} {moment.isoformat()}"
