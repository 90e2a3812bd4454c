"""Dates to celebrate: when the next one is, which are due, how they are told. Pure."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

from planner.language import gettext as _
from planner.selling import gesture_warning
from planner.vocabulary_words import value_words

AHEAD_DAYS = 14
"""So many days before it a date stands on Today."""
BEHIND_DAYS = 3
"""So many days after it one that was not marked still stands there: a weekend swallows none."""


def in_year(on: date, year: int) -> date:
    """The day on which it is celebrated in a year: 29 February on 28 February in other years."""
    if (on.month, on.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return on.replace(year=year)


def next_day(on: date, yearly: bool, today: date) -> date:
    """The next day of it, today included; one that happened once keeps its day."""
    if not yearly or on >= today:
        return on
    this_year = in_year(on, today.year)
    if this_year >= today or today.year == date.max.year:
        return this_year
    return in_year(on, today.year + 1)


def due_day(on: date, yearly: bool, marked_on: date | None, today: date) -> date | None:
    """The day of it that Today reminds of; None while nothing is near, or it was marked.

    A mark counts for the day that it lies within ``AHEAD_DAYS`` before, or on or after.
    """
    first = today - timedelta(days=BEHIND_DAYS)
    day = next_day(on, yearly, first)
    if not first <= day <= today + timedelta(days=AHEAD_DAYS):
        return None
    if marked_on is not None and marked_on >= day - timedelta(days=AHEAD_DAYS):
        return None
    return day


def month_days(today: date) -> tuple[str, ...]:
    """Every ``MM-DD`` on which something may have begun that is due now; 29 February among them
    where 28 February is."""
    days = [
        (today + timedelta(days=ahead)).strftime("%m-%d")
        for ahead in range(-BEHIND_DAYS, AHEAD_DAYS + 1)
    ]
    return tuple(dict.fromkeys([*days, *(["02-29"] if "02-28" in days else [])]))


def celebrate_words(
    kind: str, label: str, person: str | None, years: int | None, critical: tuple[str, ...]
) -> str:
    """``birthday: Maria, 40th`` as Today says it, with what speaks against a gesture now."""
    subject = _("{label} ({name})").format(label=label, name=person) if person else label
    words = _("celebrate: {what}").format(what=subject)
    if kind != "other" and value_words(kind).casefold() not in label.casefold():
        words = _("{kind}: {what}").format(kind=value_words(kind), what=subject)
    if years:
        words = _("{words}, {years} years").format(words=words, years=years)
    warning = gesture_warning(critical)
    if warning is None:
        return words
    return _("{words}; no gesture now: {numbers} is open and critical").format(
        words=words, numbers=", ".join(critical)
    )
