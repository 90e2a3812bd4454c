"""Working hours as people type them, and the calendar they make with its zone and holidays. Pure.

``mon-fri 09:00-17:00; sat 10:00-14:00``: days, then hours; a comma between several days or several
stretches of a day, a semicolon before other days. 24:00 or 00:00 is the end of a day. Hours over
midnight are two: ``mon 22:00-24:00; tue 00:00-06:00``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from planner.clocks import BusinessCalendar, Hours
from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.public_holidays import FreeDays, check_country

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Week = tuple[tuple[Hours, ...], ...]
_STRETCH = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])-([01]?[0-9]|2[0-4]):([0-5][0-9])")
MOST_HOURS_TEXT = 500


def parse_hours(text: str) -> Week:
    """The hours of Monday to Sunday. Raises ``Refused`` for the field ``hours``."""
    week: list[list[Hours]] = [[] for _day in DAYS]
    if len(text) > MOST_HOURS_TEXT:
        raise _refused("hours", _("they are longer than 500 characters"), text[:40])
    for entry in text.casefold().split(";"):
        if not entry.strip():
            continue
        days, space, stretches = entry.strip().partition(" ")
        if not space:
            raise _refused("hours", _hours_help(), text)
        hours = [_stretch(part, text) for part in stretches.split(",")]
        for number in _days(days, text):
            week[number] += hours
    if not any(week):
        raise _refused("hours", _("a calendar needs working hours; {how}").format(
            how=_("write for example mon-fri 09:00-17:00")), text)  # fmt: skip
    for day in week:
        day.sort(key=lambda one: one.opens)
    try:
        return BusinessCalendar(ZoneInfo("UTC"), tuple(map(tuple, week))).week
    except ValueError:
        raise _refused("hours", _("hours of one day overlap"), text) from None


def _days(words: str, text: str) -> list[int]:
    found = []
    for word in words.split(","):
        first, dash, last = word.partition("-")
        if first not in DAYS or (dash and last not in DAYS):
            raise _refused("hours", _hours_help(), text)
        start = DAYS.index(first)
        length = (DAYS.index(last) - start) % len(DAYS) if dash else 0
        found += [(start + step) % len(DAYS) for step in range(length + 1)]
    return found


def _stretch(words: str, text: str) -> Hours:
    found = _STRETCH.fullmatch(words.strip())
    if found is None:
        raise _refused("hours", _hours_help(), text)
    opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    if opens >= 24 * 60 or closes > 24 * 60:
        raise _refused("hours", _("a day ends at 24:00"), text)
    if opens >= (closes or 24 * 60):
        raise _refused(
            "hours",
            _(
                "{hours} runs backwards; write a night as two, such as"
                " mon 22:00-24:00; tue 00:00-06:00"
            ).format(hours=words.strip()),
            text,
        )
    return Hours(time(*divmod(opens, 60)), time(closes // 60 % 24, closes % 60))


def _hours_help() -> str:
    return _("they are no working hours; write for example mon-fri 09:00-17:00; sat 10:00-14:00")


def working_calendar(
    zone: str,
    hours: str,
    country: str | None = None,
    subdivision: str | None = None,
    free_days: Iterable[str] = (),
) -> BusinessCalendar:
    """The calendar of stored texts; the same object for the same texts.

    ``free_days``: ISO dates. Raises ``Refused`` that names the field no calendar can have.
    """
    return _calendar(zone, hours, country or None, subdivision or None, tuple(free_days))


@lru_cache(maxsize=64)
def _calendar(
    zone: str, hours: str, country: str | None, subdivision: str | None, free_days: tuple[str, ...]
) -> BusinessCalendar:
    week = parse_hours(hours)
    check_country(country, subdivision)
    try:
        own = frozenset(date.fromisoformat(day) for day in free_days)
    except ValueError:
        raise _refused("free_days", _("it is no list of days such as 2026-12-24")) from None
    return BusinessCalendar(zone_named(zone), week, FreeDays(country, subdivision, own))


def zone_named(name: str) -> ZoneInfo:
    """The time zone of a name. Raises ``Refused`` for the field ``zone``."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise _refused(
            "zone", _("{name} is no time zone such as Europe/Berlin").format(name=name), name
        ) from None


def _refused(field: str, problem: str, value: str = "") -> Refused:
    return Refused(f"{field}: {problem}", [FieldProblem(field, problem, value)])
