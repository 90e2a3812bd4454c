"""Lines folded at words into a width of terminal cells. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planner.cell_width import clean
from tui.widgets.cells import Cell, cut, parts, width_of
from tui.widgets.row_window import Key

_WORDS = re.compile(r"\S+|\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document: spans, and the key of what it stands for, if anything.

    A line that does not fit is cut with …; with ``wrap`` it goes on below, ``hang`` cells in.
    """

    spans: tuple[Cell, ...] = ()
    key: Key | None = None
    wrap: bool = False
    hang: int = 0


def wrapped(line: Line, width: int) -> list[tuple[Cell, ...]]:
    """The spans of each line on the screen, one or more; none is wider than ``width`` cells.

    A word longer than the width is cut with ….
    """
    if not line.wrap or width <= 0:
        return [line.spans]
    hang = min(line.hang, width // 2)
    rows: list[list[Cell]] = [[]]
    used = 0
    for word, style in _words(line.spans):
        cells = width_of(word)
        if used + cells > width:
            if word.isspace():
                continue
            if rows[-1]:
                rows.append([" " * hang])
                used = hang
            word = cut(word, width - used)
            cells = width_of(word)
        elif word.isspace() and len(rows) > 1 and used == hang:
            continue
        rows[-1].append((word, style))
        used += cells
    return [tuple(row) for row in rows]


def _words(spans: Sequence[Cell]) -> list[tuple[str, str]]:
    return [
        (word, style) for text, style in map(parts, spans) for word in _WORDS.findall(clean(text))
    ]
