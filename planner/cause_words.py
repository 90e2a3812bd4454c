"""Figures about causes in words and bars. Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

FULL, HALF = "█", "▌"


def share_words(share: float) -> str:
    """A share of 0 to 1 in whole per cent, half away from zero."""
    per_cent = (Decimal(repr(share)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{per_cent} %"


def bar(share: float, longest: float, width: int) -> str:
    """A bar of at most ``width`` cells; ``longest`` is the share that fills it."""
    halves = round(2 * width * share / longest) if longest > 0 else 0
    return FULL * (halves // 2) + HALF * (halves % 2)
