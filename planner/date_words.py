"""The words of natural dates: those of English, and beside them those of the current language.

Every word is folded (``planner.text.fold``). A further language gives its words in its catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from planner.language import gettext as _
from planner.text import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words one language has for days. Weekdays start on Monday, months in January."""

    now: tuple[str, ...]
    days: Mapping[str, int]
    weekdays: tuple[tuple[str, ...], ...]
    months: tuple[tuple[str, ...], ...]
    units: Mapping[str, str]
    one: tuple[str, ...] = ()
    ago: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    noon: tuple[str, ...] = ()
    morning_half: tuple[str, ...] = ()
    evening_half: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()

    def weekday(self, word: str) -> int | None:
        """0 for Monday to 6 for Sunday, or None."""
        return _index(self.weekdays, word)

    def month(self, word: str) -> int | None:
        """1 for January to 12 for December, or None."""
        found = _index(self.months, word)
        return None if found is None else found + 1

    def all_words(self) -> tuple[str, ...]:
        """Every day word, for the nearest spelling."""
        named = [word for group in (*self.weekdays, *self.months) for word in group]
        return (*self.now, *self.days, *named, *self.noon)


def _index(groups: tuple[tuple[str, ...], ...], word: str) -> int | None:
    bare = word.removesuffix(".")
    for index, group in enumerate(groups):
        if bare in group:
            return index
    return None


ENGLISH = DateWords(
    now=("now",),
    days={"today": 0, "yesterday": -1, "tomorrow": 1},
    weekdays=(
        ("monday", "mon"),
        ("tuesday", "tue", "tues"),
        ("wednesday", "wed"),
        ("thursday", "thu", "thur", "thurs"),
        ("friday", "fri"),
        ("saturday", "sat"),
        ("sunday", "sun"),
    ),
    months=(
        ("january", "jan"),
        ("february", "feb"),
        ("march", "mar"),
        ("april", "apr"),
        ("may",),
        ("june", "jun"),
        ("july", "jul"),
        ("august", "aug"),
        ("september", "sep", "sept"),
        ("october", "oct"),
        ("november", "nov"),
        ("december", "dec"),
    ),
    units={
        "minute": "min", "minutes": "min", "min": "min", "mins": "min",
        "hour": "h", "hours": "h", "h": "h",
        "day": "d", "days": "d", "d": "d",
        "week": "w", "weeks": "w", "w": "w",
        "month": "mo", "months": "mo", "mo": "mo",
        "year": "y", "years": "y", "y": "y",
    },
    one=("a", "an", "one"),
    ago=("ago",),
    ahead=("in",),
    at=("at",),
    noon=("noon",),
    morning_half=("am",),
    evening_half=("pm",),
    ordinals=("st", "nd", "rd", "th"),
)  # fmt: skip

LANGUAGES: Mapping[str, DateWords] = {"en": ENGLISH}


def words_for(language: str) -> DateWords:
    """The table of a language tag such as ``fi`` or ``fi_FI``; English where none exists yet."""
    return LANGUAGES.get(language.replace("-", "_").partition("_")[0].lower(), ENGLISH)


def words_in_force() -> DateWords:
    """English with the words of the current language beside it, as its catalogue gives them.

    A message lists words between bars, and so does its translation: ``perjantai|pe``. A word that
    English has for a day or a month keeps its meaning.
    """
    return DateWords(
        now=_beside(("now",), _("|now|")),
        days={
            **_each(_("|today|"), 0), **_each(_("|yesterday|"), -1), **_each(_("|tomorrow|"), 1),
            **ENGLISH.days,
        },
        weekdays=tuple(map(_beside, ENGLISH.weekdays, _weekdays())),
        months=tuple(map(_beside, ENGLISH.months, _months())),
        units={
            **_each(_("minute|minutes|min"), "min"), **_each(_("hour|hours|h"), "h"),
            **_each(_("day|days|d"), "d"), **_each(_("week|weeks|w"), "w"),
            **_each(_("month|months|mo"), "mo"), **_each(_("year|years|y"), "y"),
            **ENGLISH.units,
        },
        one=_beside(ENGLISH.one, _("a|an|one")),
        ago=_beside(ENGLISH.ago, _("|ago|")),
        ahead=_beside(ENGLISH.ahead, _("|in|")),
        at=_beside(ENGLISH.at, _("|at|")),
        noon=_beside(ENGLISH.noon, _("|noon|")),
        morning_half=_beside(ENGLISH.morning_half, _("|am|")),
        evening_half=_beside(ENGLISH.evening_half, _("|pm|")),
        ordinals=_beside(ENGLISH.ordinals, _("st|nd|rd|th")),
    )  # fmt: skip


def _weekdays() -> tuple[str, ...]:
    return (
        _("monday|mon"), _("tuesday|tue"), _("wednesday|wed"), _("thursday|thu"),
        _("friday|fri"), _("saturday|sat"), _("sunday|sun"),
    )  # fmt: skip


def _months() -> tuple[str, ...]:
    return (
        _("january|jan"), _("february|feb"), _("march|mar"), _("april|apr"), _("|may|"),
        _("june|jun"), _("july|jul"), _("august|aug"), _("september|sep"), _("october|oct"),
        _("november|nov"), _("december|dec"),
    )  # fmt: skip


def _words(message: str) -> tuple[str, ...]:
    return tuple(word for part in message.split("|") if (word := fold(part)))


def _beside(english: tuple[str, ...], message: str) -> tuple[str, ...]:
    """The English words first, then those of the current language."""
    taken = ENGLISH.all_words()
    return (*english, *(word for word in _words(message) if word not in (*taken, *english)))


def _each(message: str, value: T) -> dict[str, T]:
    return dict.fromkeys(_words(message), value)
