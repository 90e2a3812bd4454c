"""The words of natural dates, one table per language; only data.

Every word is written folded (``planner.text.fold``). A further language is a further table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
