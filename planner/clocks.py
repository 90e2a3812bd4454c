"""Business time: calendars, due instants, pauses, clock status, durations, business days.

Rules: metrics 4.15 and rules, Time. Moments are aware datetimes; results are UTC. Minutes are
elapsed minutes of open hours, so a clock change inside open hours is counted as it happened.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _

AT_RISK_SHARE = 0.8
NOON = time(12)
HORIZON_DAYS = 3660
"""A target that is not used up within ten years is refused rather than searched for ever."""

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hours:
    """Open hours of a day in the calendar's zone; `closes` 00:00 is the end of the day."""

    opens: time
    closes: time


OFFICE_HOURS = Hours(time(9), time(17))


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """When we work. `week`: for Monday to Sunday the open hours, in order, none for a free day.

    `zone`: IANA name. `holidays`: the days without open hours. A day that was asked for once is
    remembered, so one object serves many clocks. Raises ValueError when the week has not seven
    days, hours run backwards or overlap, or no hour is open.
    """

    zone: ZoneInfo
    week: tuple[tuple[Hours, ...], ...] = ((OFFICE_HOURS,),) * 5 + ((),) * 2
    holidays: Container[date] = frozenset()
    _known: dict[date, list[Span]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a calendar has seven days and an open one among them")
        for day in self.week:
            if any(_minute(hours.opens) >= _closing_minute(hours) for hours in day):
                raise ValueError("hours must close after they open")
            if any(_closing_minute(one) > _minute(two.opens) for one, two in pairwise(day)):
                raise ValueError("hours of a day must not overlap")

    @property
    def day_minutes(self) -> int:
        """Open minutes of a working day (the first of the week that is one): what "1d" means."""
        first = next(day for day in self.week if day)
        return sum(_closing_minute(hours) - _minute(hours.opens) for hours in first)

    def is_open_on(self, day: date) -> bool:
        """Whether any hour of the day is open."""
        return bool(self.week[day.weekday()]) and day not in self.holidays

    def spans_on(self, day: date) -> list[Span]:
        """Open spans of a local day as UTC instants."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._spans(day)
        return known

    def _spans(self, day: date) -> list[Span]:
        if day in self.holidays:
            return []
        spans = []
        for hours in self.week[day.weekday()]:
            opens = self._instant(day, hours.opens)
            ends_on = day if hours.closes > time(0) else day + timedelta(days=1)
            closes = self._instant(ends_on, hours.closes)
            if closes > opens:
                spans.append((opens, closes))
        return spans

    def spans_from(self, start: datetime) -> Iterator[Span]:
        """Open spans from an instant on, the first one cut at it, for ten years."""
        first = start.astimezone(self.zone).date()
        for number in range(-1, HORIZON_DAYS):
            for opens, closes in self.spans_on(first + timedelta(days=number)):
                if closes > start:
                    yield max(opens, start), closes

    def seconds_between(self, start: datetime, end: datetime) -> float:
        """Open seconds from start to end; 0 when end is not after start."""
        total = 0.0
        if end <= start:
            return total
        for opens, closes in self.spans_from(start):
            if opens >= end:
                break
            total += (min(closes, end) - opens).total_seconds()
        return total

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


@lru_cache(maxsize=64)
def default_calendar(zone: str) -> BusinessCalendar:
    """Monday to Friday 09:00 to 17:00, no holidays. Raises ZoneInfoNotFoundError."""
    return BusinessCalendar(ZoneInfo(zone))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _closing_minute(hours: Hours) -> int:
    return _minute(hours.closes) or 24 * 60


def at_noon(day: date, zone: ZoneInfo) -> datetime:
    """The moment that stands for a date without a time: 12:00 local, as UTC."""
    return datetime.combine(day, NOON, zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which we wait for the customer; `until` None is still going on."""

    since: datetime
    until: datetime | None = None


class ClockStatus(StrEnum):
    """Where a clock stands."""

    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    BREACHED = "breached"
    MET = "met"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Clock:
    """One target of a complaint. `target_minutes`: business minutes, above 0.

    `stopped_at`: when the answer or the resolution came, None while it runs. Pauses may overlap.
    """

    opened_at: datetime
    target_minutes: int
    pauses: tuple[Pause, ...] = ()
    stopped_at: datetime | None = None


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.since):
        if pause.until is not None and pause.until <= pause.since:
            continue
        last = merged[-1] if merged else None
        if last is None or (last.until is not None and pause.since > last.until):
            merged.append(pause)
        elif last.until is not None and (pause.until is None or pause.until > last.until):
            merged[-1] = Pause(last.since, pause.until)
    return merged


def _running_spans(clock: Clock, calendar: BusinessCalendar) -> Iterator[Span]:
    """Open spans from the opening on, pauses cut out; they end where an open pause begins."""
    pauses = _merged(clock.pauses)
    for opens, closes in calendar.spans_from(clock.opened_at):
        start = opens
        for pause in pauses:
            if pause.until is not None and pause.until <= start:
                continue
            if pause.since >= closes:
                break
            if pause.since > start:
                yield start, pause.since
            if pause.until is None:
                return
            start = pause.until
        if start < closes:
            yield start, closes


def due_at(clock: Clock, calendar: BusinessCalendar) -> datetime | None:
    """The earliest instant at which the minutes are used up, UTC.

    None while an open pause that began before it holds the clock. Raises ValueError for a target
    that is not above 0 or not used up within ten years.
    """
    if clock.target_minutes <= 0:
        raise ValueError("a target is above 0 minutes")
    left = timedelta(minutes=clock.target_minutes)
    for start, end in _running_spans(clock, calendar):
        if end - start >= left:
            return start + left
        left -= end - start
    if any(pause.until is None for pause in clock.pauses):
        return None
    raise ValueError("the target is not used up within ten years")


def used_up_at(
    opened_at: datetime,
    pauses: Iterable[Pause],
    amounts: Sequence[timedelta],
    calendar: BusinessCalendar,
) -> list[datetime]:
    """The earliest instants at which amounts of business time are used up, in their order, UTC.

    ``amounts``: above 0. An open pause counts as none. Raises ValueError for an amount that is not
    used up within ten years.
    """
    closed = tuple(one for one in pauses if one.until is not None)
    order = sorted(range(len(amounts)), key=amounts.__getitem__)
    found: dict[int, datetime] = {}
    used, step = timedelta(), 0
    for start, end in _running_spans(Clock(opened_at, 1, closed), calendar):
        while step < len(order) and amounts[order[step]] <= used + (end - start):
            found[order[step]] = start + (amounts[order[step]] - used)
            step += 1
        if step == len(order):
            break
        used += end - start
    if step < len(order):
        raise ValueError("the target is not used up within ten years")
    return [found[number] for number in range(len(amounts))]


def used_minutes(clock: Clock, calendar: BusinessCalendar, now: datetime) -> float:
    """Business minutes used up to `now` or to the stop, pauses left out."""
    return _used(clock, calendar, now).total_seconds() / 60


def _used(clock: Clock, calendar: BusinessCalendar, now: datetime) -> timedelta:
    end = now if clock.stopped_at is None else min(now, clock.stopped_at)
    used = timedelta()
    for start, stop in _running_spans(clock, calendar):
        if start >= end:
            break
        used += min(stop, end) - start
    return used


def _as_known(clock: Clock, now: datetime) -> Clock:
    """The clock without what happened after `now`."""
    pauses = tuple(
        pause if pause.until is None or pause.until <= now else Pause(pause.since)
        for pause in clock.pauses
        if pause.since <= now
    )
    stopped = clock.stopped_at if clock.stopped_at is None or clock.stopped_at <= now else None
    return Clock(clock.opened_at, clock.target_minutes, pauses, stopped)


def status_at(clock: Clock, calendar: BusinessCalendar, now: datetime) -> ClockStatus:
    """Where the clock stands at `now`. What stops at the due instant is met; a late stop stays
    breached; a pause that begins after the due instant changes nothing."""
    clock = _as_known(clock, now)
    due = due_at(clock, calendar)
    stopped = clock.stopped_at
    if stopped is not None:
        return ClockStatus.MET if due is None or stopped <= due else ClockStatus.BREACHED
    if due is not None and now > due:
        return ClockStatus.BREACHED
    if any(one.until is None for one in clock.pauses):
        return ClockStatus.PAUSED
    if _used(clock, calendar, now) >= timedelta(minutes=clock.target_minutes) * AT_RISK_SHARE:
        return ClockStatus.AT_RISK
    return ClockStatus.ON_TRACK


def is_breached(clock: Clock, calendar: BusinessCalendar, now: datetime) -> bool:
    """Whether the clock was ever late by `now`."""
    return status_at(clock, calendar, now) is ClockStatus.BREACHED


_UNIT = re.compile(r"\s*([0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*([mhd])")
LONGEST_TARGET_DAYS = 366


def parse_duration(text: str, calendar: BusinessCalendar) -> int:
    """Business minutes of "30m", "2h", "3d", "1d 4h", "1.5h"; a day is the calendar's.

    Raises Refused when it is not understood, not whole minutes, 0, or above 366 days.
    """
    sizes = {"m": 1, "h": 60, "d": calendar.day_minutes}
    rest = text.strip().casefold()
    minutes = 0.0
    while rest:
        found = _UNIT.match(rest)
        if found is None:
            raise _not_a_duration(text)
        minutes += float(found[1].replace(",", ".")) * sizes[found[2]]
        rest = rest[found.end() :]
    if not 1 <= minutes <= LONGEST_TARGET_DAYS * calendar.day_minutes or minutes % 1:
        raise _not_a_duration(text)
    return int(minutes)


def _not_a_duration(text: str) -> Refused:
    message = _("{text} is no length of time; write for example 30m, 4h or 3d").format(text=text)
    return Refused(message, [FieldProblem("target", message, text)])


def duration_text(minutes: int, calendar: BusinessCalendar) -> str:
    """The form that `parse_duration` reads back: 480 minutes are "1d" from nine to five."""
    parts = []
    rest = minutes
    for sign, size in (("d", calendar.day_minutes), ("h", 60), ("m", 1)):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{sign}")
    return " ".join(parts) or "0m"


def check_targets(ack: int | None, response: int | None, resolution: int | None) -> None:
    """Raises Refused unless ack <= response <= resolution, of those that are set (minutes)."""
    names = MappingProxyType(
        {"ack_target": ack, "response_target": response, "resolution_target": resolution}
    )
    given = [(name, value) for name, value in names.items() if value is not None]
    for (_earlier, first), (name, second) in pairwise(given):
        if second < first:
            message = _("the targets must not get shorter: acknowledge, answer, resolve")
            raise Refused(message, [FieldProblem(name, message)])


def business_days_before(day: date, count: int, calendar: BusinessCalendar) -> date:
    """The date `count` business days before `day`, free days and holidays left out.

    0 is the day itself. Raises ValueError for a negative count or when ten years do not hold them.
    """
    if count < 0:
        raise ValueError("a count of days is 0 or more")
    current = day
    for _step in range(HORIZON_DAYS):
        if count == 0:
            return current
        current -= timedelta(days=1)
        count -= calendar.is_open_on(current)
    raise ValueError("ten years do not hold so many business days")


def business_days_after(day: date, count: int, calendar: BusinessCalendar) -> date:
    """The date `count` business days after `day`, free days and holidays left out.

    0 is the day itself. Raises ValueError for a negative count or when ten years do not hold them.
    """
    if count < 0:
        raise ValueError("a count of days is 0 or more")
    current = day
    for _step in range(HORIZON_DAYS):
        if count == 0:
            return current
        current += timedelta(days=1)
        count -= calendar.is_open_on(current)
    raise ValueError("ten years do not hold so many business days")
