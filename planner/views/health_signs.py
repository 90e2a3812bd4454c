"""Health in few signs, the same in the app and on the command line: badge, number, trend. Pure."""

from __future__ import annotations

LEAST_COVERAGE = 0.40
"""Below it lists show how many starter facts are known in place of a number (rules, Health)."""
STEADY = 4
"""A change of so many points or fewer in 21 to 35 days is none (health 6.6)."""

# band -> (glyph, letter); grey has no letter.
BAND_SIGNS = {
    "red": ("■", "R"),
    "yellow": ("▲", "Y"),
    "green": ("●", "G"),
    "grey": ("?", "-"),
}


def known_number(shown: int | None, coverage: float) -> int | None:
    """The figure that a list may show; None where too little is known to show one."""
    return None if coverage < LEAST_COVERAGE else shown


def signed_trend(change: int | None) -> str | None:
    """``-14``, ``+5``, ``=`` for a change of ``STEADY`` or less; None without a base."""
    if change is None:
        return None
    return "=" if abs(change) <= STEADY else f"{change:+d}"
