"""Health in a list: the badge, without a number where too little is known. Pure."""

from __future__ import annotations

from planner.views.health_signs import known_number
from tui.widgets.badge import band_badge


def health_cell(
    band: str, shown: int | None, coverage: float, *, uncertain: bool
) -> tuple[str, str]:
    """(text, style name) of an account's health in a list."""
    return band_badge(band, known_number(shown, coverage), uncertain)
