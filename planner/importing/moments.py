"""Typing the cells of a column as moments: the day as a column of dates has it, then the time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from planner.dates import MAX_YEAR, MIN_YEAR, When, local_moment
from planner.importing.columns import Cell, Order, Typed, dates, filled
from planner.importing.problems import Problem
from planner.importing.table import shown_value
from planner.language import gettext as _
from planner.numerals import ascii_digits

NOON = time(12)
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?"
    r"(?: ?(z|utc|[+-]\d{2}:?\d{2}))?$",
    re.IGNORECASE,
)


def moments(cells: Iterable[Cell], column: str, order: Order | None, zone: ZoneInfo) -> Typed[When]:
    """Days with their time where there is one; a time without an offset is of ``zone``.

    The days are read as ``dates`` reads them. A time that there is not is a problem and the day
    alone is taken. Raises ``AmbiguousDates`` as ``dates`` does.
    """
    given = [(line, text.strip()) for line, text in filled(cells)]
    days = dates(given, column, order)
    texts = dict(given)
    values: dict[int, When] = {}
    problems = list(days.problems)
    for line, day in days.values.items():
        if not MIN_YEAR <= day.year <= MAX_YEAR:
            said = _("the year lies outside {first} to {last}")
            words = said.format(first=MIN_YEAR, last=MAX_YEAR)
            problems.append(Problem(line, column, shown_value(texts[line]), words, True))
            continue
        when, wrong = _when(day, texts[line], zone)
        values[line] = when
        if wrong:
            said = _("this time does not exist; the day alone was taken")
            problems.append(Problem(line, column, shown_value(texts[line]), said, True))
    return Typed(values, tuple(sorted(problems, key=lambda one: one.line)), days.found)


def _when(day: date, text: str, zone: ZoneInfo) -> tuple[When, bool]:
    """(the moment, whether its time does not exist)."""
    found = _CLOCK.search(ascii_digits(text))
    if found is None:
        return When(day, local_moment(day, NOON, zone), True), False
    clock = _time(found)
    if clock is None:
        return When(day, local_moment(day, NOON, zone), True), True
    offset = found[6]
    if offset is None:
        return When(day, local_moment(day, clock, zone), False), False
    at = datetime.combine(day, clock, _offset(offset)).astimezone(UTC)
    return When(at.astimezone(zone).date(), at, False), False


def _time(found: re.Match[str]) -> time | None:
    hour, half = int(found[1]), (found[5] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        parts = (hour, int(found[2]), int(found[3] or 0), int((found[4] or "").ljust(6, "0")[:6]))
        return time(*parts)
    except ValueError:
        return None


def _offset(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    ahead = timedelta(hours=min(hours, 23), minutes=min(minutes, 59))
    return timezone(ahead if text[0] == "+" else -ahead)
