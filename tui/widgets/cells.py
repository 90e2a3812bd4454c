"""Text cut and padded to terminal cells. Pure: no widget, no app.

A cell of a table and a span of a line are the same thing: text, or text with the name of a style
from ``tui.themes``. The text is data: it is never markup and is always shown through
``planner.text.visible``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from rich.cells import cell_len

from planner import cell_width
from planner.cell_width import ELLIPSIS, POINTS_PER_CELL, clean, head

Cell: TypeAlias = str | tuple[str, str]
Justify: TypeAlias = Literal["left", "right", "center"]


def parts(cell: Cell) -> tuple[str, str]:
    """A cell as (text, style name); the style name of plain text is empty."""
    return (cell, "") if isinstance(cell, str) else cell


def width_of(text: str) -> int:
    """Cells that a cleaned text fills."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int) -> str:
    """Text in at most ``width`` cells, ending in … when something was left out."""
    return cell_width.cut(text, width, measure=width_of)


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
    pairs = [(clean(text[: POINTS_PER_CELL * width + 1]), name) for text, name in map(parts, spans)]
    over = sum(width_of(text) for text, _ in pairs) > width
    left = width - 1 if over else width
    fitted: list[tuple[str, str]] = []
    for text, name in pairs:
        shown = head(text, left, width_of) if over else text
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
