"""The days of a repeated meeting (RRULE of RFC 5545), walked day by day, so that no rule is slow.

Understood are daily, weekly, monthly and yearly rules with INTERVAL, COUNT, UNTIL, BYDAY,
BYMONTHDAY, BYMONTH and WKST; of any other rule only the first day is known.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"})
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class Rule:
    """How a meeting repeats. ``by_day`` are (which one of the month, or 0 for each; weekday)."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(parts: Mapping[str, list[str]]) -> Rule | None:
    """A rule from its parts as texts; None for one that is not understood. No UNTIL is read."""
    frequency = _sole(parts, "FREQ").upper()
    if frequency not in FREQUENCIES or not {name.upper() for name in parts} <= KNOWN:
        return None
    try:
        by_day = tuple(_weekday(text) for text in parts.get("BYDAY", []))
        rule = Rule(
            frequency,
            interval=int(_sole(parts, "INTERVAL") or 1),
            count=int(_sole(parts, "COUNT")) if _sole(parts, "COUNT") else None,
            by_day=by_day,
            by_month_day=tuple(int(text) for text in parts.get("BYMONTHDAY", [])),
            by_month=tuple(int(text) for text in parts.get("BYMONTH", [])),
            week_start=WEEKDAYS.index(_sole(parts, "WKST").upper() or "MO"),
        )
    except ValueError:
        return None
    return rule if _is_sound(rule) else None


def _sole(parts: Mapping[str, list[str]], name: str) -> str:
    found = parts.get(name, [])
    return found[0].strip() if found else ""


def _weekday(text: str) -> tuple[int, int]:
    match = _BYDAY.fullmatch(text.strip().upper())
    if match is None:
        raise ValueError(text)
    return int(match[1] or 0), WEEKDAYS.index(match[2])


def _is_sound(rule: Rule) -> bool:
    ordinals = any(which for which, _day in rule.by_day)
    if ordinals and rule.frequency != "MONTHLY":
        return rule.frequency == "YEARLY" and bool(rule.by_month)
    if rule.frequency == "WEEKLY" and rule.by_month_day:
        return False
    return rule.interval >= 1 and (rule.count is None or rule.count >= 1)


def days_of(rule: Rule, start: date, last: date) -> Iterator[date]:
    """The days from ``start`` to ``last`` on which the rule falls, in order."""
    seen = 0
    end = last if rule.until is None else min(last, rule.until)
    for number in range(max(0, (end - start).days + 1)):
        day = start + timedelta(days=number)
        if _falls(rule, start, day):
            seen += 1
            yield day
            if rule.count is not None and seen >= rule.count:
                return


def _falls(rule: Rule, start: date, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    return _steps(rule, start, day) % rule.interval == 0 and _fits(rule, start, day)


def _steps(rule: Rule, start: date, day: date) -> int:
    """How many days, weeks, months or years a day lies after the start."""
    if rule.frequency == "DAILY":
        return (day - start).days
    if rule.frequency == "WEEKLY":
        return (_week(day, rule.week_start) - _week(start, rule.week_start)).days // 7
    if rule.frequency == "MONTHLY":
        return (day.year - start.year) * 12 + day.month - start.month
    return day.year - start.year


def _week(day: date, first: int) -> date:
    back = (day.weekday() - first) % 7
    return day - timedelta(days=back) if (day - date.min).days >= back else date.min


def _fits(rule: Rule, start: date, day: date) -> bool:
    if rule.by_day and not any(_is_day(day, which, weekday) for which, weekday in rule.by_day):
        return False
    if rule.by_month_day:
        length = calendar.monthrange(day.year, day.month)[1]
        return day.day in rule.by_month_day or day.day - length - 1 in rule.by_month_day
    if rule.by_day or rule.frequency == "DAILY":
        return True
    if rule.frequency == "WEEKLY":
        return day.weekday() == start.weekday()
    if rule.frequency == "YEARLY" and not rule.by_month and day.month != start.month:
        return False
    return day.day == start.day


def _is_day(day: date, which: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if which == 0:
        return True
    length = calendar.monthrange(day.year, day.month)[1]
    number = (day.day - 1) // 7 + 1 if which > 0 else -((length - day.day) // 7 + 1)
    return number == which
