"""A health band as glyph, letter and number, so that colour is never needed to read it. Pure."""

from __future__ import annotations

from planner.views.health_signs import BAND_SIGNS, signed_trend


def band_badge(band: str | None, shown: int | None, uncertain: bool = False) -> tuple[str, str]:
    """(text, style name) of a band: ``■R 49``, ``▲Y 64?`` when coverage is medium, ``?  --``.

    ``band`` is red, yellow, green or grey; anything else, None too, is shown as grey.
    ``shown`` is the integer score 0 to 100, or None when there is none.
    """
    known = band if band in BAND_SIGNS else "grey"
    glyph, letter = BAND_SIGNS[known]
    number = "--" if shown is None else f"{shown:>2}"
    if known == "grey":
        return f"{glyph}  {number}", "band.grey"
    return f"{glyph}{letter} {number}{'?' if uncertain else ''}", f"band.{known}"


def trend_text(change: int | None) -> str:
    """A trend as a signed number, ``=`` for none worth saying; ``·`` when it is not known."""
    return signed_trend(change) or "·"
