"""Text measured, cut and padded in terminal cells, without the screen library.

Screens hand in the measure of the screen library, which lays their lines out; text documents, the
command line and the renderers of ``planner`` measure with this. Both agree on what people write
(a test holds them together).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from typing import TypeAlias

from planner.text import visible

Measure: TypeAlias = Callable[[str], int]
"""How many cells a cleaned text fills."""
ELLIPSIS = "…"
ASCII_ELLIPSIS = "~"
POINTS_PER_CELL = 8
"""No more code points than this are looked at for a cell: marks can be piled up without end."""
_UNSETTLED = {0x200D: None, 0xFE0E: None, 0xFE0F: None}
"""The joiner and the variation selectors: terminals disagree by up to six cells on the width of
joined emoji and of signs with a selector. Without them all show the same parts in the same cells.
"""
# First code points of stretches and the cells of each, where the character database of the
# oldest supported Python says otherwise than terminals do or does not know the signs yet.
_STRETCHES = (
    (0x0600, 1), (0x0606, -1), (0x06DD, 1), (0x06DE, -1), (0x070F, 1), (0x0710, -1),
    (0x0890, 1), (0x0892, -1), (0x08E2, 1), (0x08E3, -1),
    (0x1160, 0), (0x1200, -1), (0x2630, 2), (0x2638, -1), (0x268A, 2), (0x2690, -1),
    (0x2FFC, 2), (0x3000, -1), (0x3164, 0), (0x3165, -1), (0x31E4, 2), (0x31E6, -1),
    (0x4DC0, 2), (0x4E00, -1), (0xD7B0, 0), (0xD800, -1), (0xFFA0, 0), (0xFFA1, -1),
    (0x110BD, 1), (0x110BE, -1), (0x110CD, 1), (0x110CE, -1),
    (0x1D300, 2), (0x1D357, -1), (0x1D360, 2), (0x1D377, -1), (0x1F3FB, 0), (0x1F400, -1),
)  # fmt: skip
_STARTS = tuple(start for start, _cells in _STRETCHES)
_PICTURES = range(0x1F6DC, 0x1FB00)
_IDEOGRAPHS = range(0x20000, 0x3FFFE)


def clean(text: str) -> str:
    """Text as it may be shown: one line, nothing that acts, every width agreed upon."""
    if text.isascii() and text.isprintable():
        return text
    return visible(text).translate(_UNSETTLED)


def width_of(text: str) -> int:
    """Cells that a cleaned text fills."""
    return len(text) if text.isascii() else sum(map(character_width, text))


def character_width(character: str) -> int:
    """Cells of one character: 0 for marks, 2 for ideographs and pictures, else 1."""
    code = ord(character)
    if code < 0x300:
        return 1
    settled = _STRETCHES[bisect_right(_STARTS, code) - 1][1] if code >= _STARTS[0] else -1
    if settled >= 0:
        return settled
    category = unicodedata.category(character)
    if category == "Cn":
        return 2 if code in _PICTURES or code in _IDEOGRAPHS else 1
    if category[0] == "M" or category == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int, *, ascii_only: bool = False, measure: Measure = width_of) -> str:
    """Text in at most ``width`` cells, ending in … (~ in ASCII) when something was left out.

    ``ascii_only`` is about the sign alone: what people wrote stays as they wrote it.
    """
    if width <= 0:
        return ""
    limit = POINTS_PER_CELL * width
    shown = clean(text[: limit + 1])
    if len(text) <= limit and measure(shown) <= width:
        return shown
    return head(shown, width - 1, measure) + (ASCII_ELLIPSIS if ascii_only else ELLIPSIS)


def fit(text: str, width: int, *, ascii_only: bool = False) -> str:
    """Text in exactly ``width`` cells: cut, or padded with spaces after it."""
    shown = cut(text, width, ascii_only=ascii_only)
    return shown + " " * (width - width_of(shown))


def fold_words(text: str, width: int) -> list[str]:
    """Text as lines of at most ``width`` cells, broken between words where that is possible.

    Raises ValueError for a width under 2, in which an ideograph finds no room.
    """
    if width < 2:
        raise ValueError("a line has at least two cells")
    lines = [""]
    for word in clean(text).split():
        rest = word
        while rest:
            gap = " " if lines[-1] else ""
            room = width - width_of(lines[-1]) - len(gap)
            if width_of(rest) <= room:
                lines[-1] += gap + rest
                break
            if lines[-1]:
                lines.append("")
                continue
            lines[-1] = head(rest, width)
            rest = rest[len(lines[-1]) :]
    return lines


def head(text: str, width: int, measure: Measure = width_of) -> str:
    """The longest beginning of a cleaned text that fills at most ``width`` cells."""
    if text.isascii():
        return text[:width]
    used = 0
    for index, character in enumerate(text):
        used += measure(character)
        if used > width:
            return text[:index]
    return text
