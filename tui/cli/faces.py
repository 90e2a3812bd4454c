"""Health and days in the few words that tables have room for."""

from __future__ import annotations

from datetime import date

from planner.language import gettext as _

COVERAGE_MEDIUM = 0.40
"""Below it lists show how many starter facts are known in place of a number (rules, Health)."""
GLYPHS = {"red": "■R", "yellow": "▲Y", "green": "●G", "grey": "?"}
STEADY = 4
SEVERITY_LETTERS = "-LMHC"


def health_text(
    band: str, shown: int | None, uncertain: bool, coverage: float, starter_known: int
) -> str:
    """``■R 49``, ``▲Y 57?`` where much is unknown, ``starter 2 of 4`` where too much is."""
    if shown is None or (coverage < COVERAGE_MEDIUM and band == "grey"):
        return _("starter {known} of 4").format(known=starter_known)
    return f"{GLYPHS[band]} {shown}{'?' if uncertain else ''}"


def trend_text(delta: int | None) -> str | None:
    """``-14``, ``+5``, ``=`` for a change of 4 or less; None without a base."""
    if delta is None:
        return None
    return "=" if abs(delta) <= STEADY else f"{delta:+d}"


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
