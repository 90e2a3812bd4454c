"""Health in a list: the badge, without a number where too little is known. Pure."""

from __future__ import annotations

from tui.widgets.badge import band_badge

LEAST_COVERAGE = 0.40
"""Below it lists show how many starter facts are known in place of a number (rules.md)."""


def health_cell(
    band: str, shown: int | None, coverage: float, *, uncertain: bool
) -> tuple[str, str]:
    """(text, style name) of an account's health in a list."""
    return band_badge(band, None if coverage < LEAST_COVERAGE else shown, uncertain)
