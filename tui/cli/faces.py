"""Health and days in the few words that tables have room for."""

from __future__ import annotations

from datetime import date

from planner.language import gettext as _
from planner.views.health_signs import BAND_SIGNS, known_number, signed_trend

SEVERITY_LETTERS = "-LMHC"


def health_text(
    band: str, shown: int | None, uncertain: bool, coverage: float, starter_known: int
) -> str:
    """``■R 49``, ``▲Y 57?`` where much is unknown, ``starter 2 of 4`` where too much is.

    A band that a hard cap sets is shown without a number where too much is unknown: ``■R --?``.
    """
    number = known_number(shown, coverage)
    if number is None and band == "grey":
        return _("starter {known} of 4").format(known=starter_known)
    figure = "--" if number is None else str(number)
    return f"{band_sign(band)} {figure}{'?' if uncertain else ''}"


def band_sign(band: str) -> str:
    """Glyph and letter of a band; grey has no letter."""
    glyph, letter = BAND_SIGNS[band]
    return glyph if band == "grey" else glyph + letter


def trend_text(delta: int | None) -> str | None:
    """``-14``, ``+5``, ``=`` for no change worth saying; None without a base."""
    return signed_trend(delta)


def due_text(day: str | None, today: date) -> str | None:
    """``late 3d``, ``today``, ``in 7d``; None without a day."""
    if day is None:
        return None
    ahead = (date.fromisoformat(day) - today).days
    if ahead < 0:
        return _("late {count}d").format(count=-ahead)
    return _("in {count}d").format(count=ahead) if ahead else _("today")


def days_text(count: int | None) -> str | None:
    """``16d``; None for an unknown number."""
    return None if count is None else _("{count}d").format(count=count)
