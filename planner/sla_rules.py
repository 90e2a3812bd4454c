"""The book's targets for complaints: by severity and tier, in business time. Pure.

A key is ``sla.`` and a severity, then, where wanted, a tier: ``sla.critical``,
``sla.critical.tier1``. A value is ``acknowledge/answer/resolve``, such as ``1h/4h/3d``, with ``-``
for a clock that does not run, or ``none`` for no clocks at all. A day is a working day of the
account's calendar. The rule of the tier wins over that of the severity; the shipped defaults are
rules like the others, of experience, not calibrated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from planner.clocks import BusinessCalendar, check_targets, default_calendar, parse_duration
from planner.errors import Refused
from planner.language import gettext as _
from planner.vocabulary import SEVERITIES, TIERS

PREFIX = "sla"
NONE = "none"
NO_CLOCK = "-"
DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "sla.critical": "1h/4h/3d",
        "sla.high": "4h/1d/5d",
        "sla.medium": "1d/3d/10d",
        "sla.low": "2d/5d/20d",
    }
)
"""What holds where a book says nothing."""
_TIERS = MappingProxyType({f"tier{tier}": tier for tier in TIERS})


class Targets(NamedTuple):
    """Business minutes to acknowledge, to answer and to resolve; None for no such clock."""

    ack: int | None = None
    response: int | None = None
    resolution: int | None = None


def is_sla_key(key: str) -> bool:
    """Whether a setting of this key is a rule of targets."""
    return part_of(key) is not None


def part_of(key: str) -> tuple[str, int | None] | None:
    """Which severity, and which tier of accounts, a rule is for; None where it is no such key."""
    first, *words = key.split(".")
    if first != PREFIX or not words or words[0] not in SEVERITIES:
        return None
    if len(words) == 1:
        return words[0], None
    return (words[0], _TIERS[words[1]]) if len(words) == 2 and words[1] in _TIERS else None


def read_targets(text: str, calendar: BusinessCalendar) -> Targets:
    """The minutes that a rule means in a calendar. Raises ``Refused``.

    Where a short working day would make a later target the shorter one, it is as long as the one
    before.
    """
    if text.strip().casefold() == NONE:
        return Targets()
    parts = [part.strip() for part in text.split("/")]
    if len(parts) != 3:
        raise Refused(_("{text} is no acknowledge/answer/resolve").format(text=text))
    minutes: list[int | None] = []
    least = 0
    for part in parts:
        length = None if part == NO_CLOCK else max(least, parse_duration(part, calendar))
        least = length or least
        minutes.append(length)
    return Targets(*minutes)


def usable(text: str) -> bool:
    """Whether a rule can be read and its targets do not get shorter, with days of eight hours."""
    calendar = default_calendar("UTC")
    try:
        read_targets(text, calendar)
        if text.strip().casefold() == NONE:
            return True
        plain = [
            None if part.strip() == NO_CLOCK else parse_duration(part, calendar)
            for part in text.split("/")
        ]
        check_targets(*plain)
    except Refused:
        return False
    return True


class SlaRules:
    """The rules of one book."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._rules: dict[tuple[str, int | None], str] = {}
        for key, text in {**DEFAULTS, **settings}.items():
            part = part_of(key)
            if part is not None and usable(text):
                self._rules[part] = text

    def text_of(self, severity: str, tier: int | None) -> str:
        """The rule for a complaint of a severity at an account of a tier."""
        found = self._rules.get((severity, tier)) or self._rules.get((severity, None))
        return found or DEFAULTS[f"{PREFIX}.{severity}"]

    def targets(self, severity: str, tier: int | None, calendar: BusinessCalendar) -> Targets:
        """The targets of a complaint in the account's calendar.

        A rule that makes no whole minutes of its days is read with days of eight hours.
        """
        text = self.text_of(severity, tier)
        try:
            return read_targets(text, calendar)
        except Refused:
            return read_targets(text, default_calendar("UTC"))


@lru_cache(maxsize=16)
def _rules(settings: tuple[tuple[str, str], ...]) -> SlaRules:
    return SlaRules(dict(settings))


def sla_rules_of(settings: Iterable[tuple[str, str]]) -> SlaRules:
    """The rules that a book's settings, as (key, value), say; the same object for the same."""
    return _rules(tuple((key, value) for key, value in settings if is_sla_key(key)))
