"""Text cut and padded to terminal cells. Pure: no widget, no app.

A cell of a table and a span of a line are the same thing: text, or text with the name of a style
from ``tui.themes``. The text is data: it is never markup and is always shown through
``planner.text.visible``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from rich.cells import cell_len, get_character_cell_size

from planner.text import visible

Cell: TypeAlias = str | tuple[str, str]
Justify: TypeAlias = Literal["left", "right", "center"]

ELLIPSIS = "…"

# Terminals disagree on the width of joined emoji and of signs with a variation selector by up to
# six cells, which would shift the rest of the line. Without the joiner every terminal shows the
# same parts in the same cells.
_UNSETTLED = {0x200D: None, 0xFE0E: None, 0xFE0F: None}
# No more than this many code points are looked at for one cell of width: the rest of a text that
# is nothing but combining marks is not drawn.
_POINTS_PER_CELL = 8


def parts(cell: Cell) -> tuple[str, str]:
    """A cell as (text, style name); the style name of plain text is empty."""
    return (cell, "") if isinstance(cell, str) else cell


def clean(text: str) -> str:
    """Text as it may be drawn: one line, nothing that acts, every width agreed upon."""
    if text.isascii() and text.isprintable():
        return text
    return visible(text).translate(_UNSETTLED)


def width_of(text: str) -> int:
    """Cells that a cleaned text fills."""
    return len(text) if text.isascii() else cell_len(text)


def _head(text: str, width: int) -> str:
    """The longest beginning of a cleaned text that fills at most ``width`` cells."""
    if text.isascii():
        return text[:width]
    used = 0
    for index, character in enumerate(text):
        used += get_character_cell_size(character)
        if used > width:
            return text[:index]
    return text


def cut(text: str, width: int) -> str:
    """Text in at most ``width`` cells, ending in … when something was left out."""
    if width <= 0:
        return ""
    limit = _POINTS_PER_CELL * width
    shown = clean(text[: limit + 1])
    if len(text) <= limit and width_of(shown) <= width:
        return shown
    return _head(shown, width - 1) + ELLIPSIS


def fit(text: str, width: int, justify: Justify = "left") -> str:
    """Text in exactly ``width`` cells."""
    shown = cut(text, width)
    pad = width - width_of(shown)
    if pad <= 0:
        return shown
    if justify == "right":
        return " " * pad + shown
    if justify == "center":
        return " " * (pad // 2) + shown + " " * (pad - pad // 2)
    return shown + " " * pad


def fit_spans(spans: Iterable[Cell], width: int) -> list[tuple[str, str]]:
    """Spans as (text, style name) that fill exactly ``width`` cells, cut with … or padded."""
    pairs = [
        (clean(text[: _POINTS_PER_CELL * width + 1]), name) for text, name in map(parts, spans)
    ]
    over = sum(width_of(text) for text, _ in pairs) > width
    left = width - 1 if over else width
    fitted: list[tuple[str, str]] = []
    for text, name in pairs:
        shown = _head(text, left) if over else text
        if shown:
            fitted.append((shown, name))
            left -= width_of(shown)
        if shown != text:
            break
    if over and width > 0:
        fitted.append((ELLIPSIS, ""))
    if left > 0:
        fitted.append((" " * left, ""))
    return fitted
