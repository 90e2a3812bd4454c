"""A document as plain text, folded at words into a width of terminal cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.cell_width import fold_words, width_of
from planner.documents.blocks import Block, Document, Facts, Grid, Paragraph
from planner.text import visible_lines

WIDTH = 100
"""The width where nobody says another one."""
LEAST_WIDTH = 30
INDENT = 2
GAP = 2
LEAST_COLUMN = 8
"""A table in which a column would get fewer cells is written row by row instead."""
MAIN_COLUMN = 24
"""Cells that the column which says what a row is about keeps where there is room."""
LONGEST_WORD = 16
LEAST_WORD = 11
"""A word longer than these two is broken where there is little room; a date never is."""
LEAST_NAME, WIDEST_NAME = 2, 24


def lines_of(document: Document, width: int = WIDTH) -> Iterator[str]:
    """The lines of a document, none of them wider than ``width`` cells."""
    return (text for _kind, text in kinds_of(document, width))


def kinds_of(document: Document, width: int = WIDTH) -> Iterator[tuple[str, str]]:
    """Each line with what it is: title, badge, lead, head, text or foot."""
    width = max(LEAST_WIDTH, width)
    yield from (("title", line) for line in _folded(document.title, width))
    if document.badge is not None:
        yield from (("badge", line) for line in _indented(document.badge.text, width))
    for text in document.lead:
        yield from (("lead", line) for line in _indented(text, width))
    for part in document.parts:
        yield "text", ""
        aside = f"  ({part.aside})" if part.aside else ""
        yield from (("head", line) for line in _folded(part.title.upper() + aside, width))
        for block in part.blocks:
            yield from (("text", " " * INDENT + line) for line in _block(block, width - INDENT))
    if document.foot:
        yield "text", ""
        yield from (("foot", line) for line in _folded(document.foot, width))


def _block(block: Block, width: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        return iter(_folded(block.text, width))
    return _facts(block, width) if isinstance(block, Facts) else _grid(block, width)


def _facts(block: Facts, width: int) -> Iterator[str]:
    widest = max(width_of(visible_lines(name)) for name, _value in block.pairs)
    names = max(LEAST_NAME, min(widest, WIDEST_NAME, width // 2))
    for name, value in block.pairs:
        yield from _beside(
            (_folded(name, names), _folded(value, width - names - GAP)),
            (names, width - names - GAP),
        )


def _grid(block: Grid, width: int) -> Iterator[str]:
    if block.title:
        yield from _folded(f"{block.title}:", width)
    widths = _widths(block, width)
    if widths is None:
        yield from _by_row(block, width)
        return
    for row in (block.head, *block.rows):
        folded = [_folded(text, cells) for text, cells in zip(row, widths, strict=True)]
        yield from _beside(folded, widths)


def _by_row(block: Grid, width: int) -> Iterator[str]:
    for at, row in enumerate(block.rows):
        if at:
            yield ""
        yield from _facts(Facts(tuple(zip(block.head, row, strict=True))), width)


def _widths(block: Grid, width: int) -> tuple[int, ...] | None:
    """How many cells each column gets; None when they do not all find room."""
    wanted = [
        min(width, max(max(map(width_of, visible_lines(row[at]).split("\n")))
                       for row in (block.head, *block.rows)))
        for at in range(len(block.head))
    ]  # fmt: skip
    room = width - GAP * (len(wanted) - 1)
    least = [min(cells, LEAST_COLUMN) for cells in wanted]
    if sum(least) > room:
        return None
    for longest, main in ((LONGEST_WORD, MAIN_COLUMN), (LEAST_WORD, MAIN_COLUMN), (LEAST_WORD, 0)):
        whole = [min(cells, max(LEAST_COLUMN, _longest_word(block, at, longest)))
                 for at, cells in enumerate(wanted)]  # fmt: skip
        whole[block.main] = max(whole[block.main], min(wanted[block.main], main))
        if sum(whole) <= room:
            least = whole
            break
    while sum(wanted) > room:
        widest = max(
            (at for at in range(len(wanted)) if wanted[at] > least[at]), key=lambda at: wanted[at]
        )
        wanted[widest] -= 1
    return tuple(wanted)


def _longest_word(block: Grid, at: int, most: int) -> int:
    """Cells of the longest word of a column, as far as it is worth keeping whole."""
    texts = (row[at] for row in (block.head, *block.rows))
    longest = max(width_of(word) for text in texts for word in visible_lines(text).split() or [""])
    return min(longest, most)


def _beside(columns: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for at in range(max(map(len, columns))):
        texts = [column[at] if at < len(column) else "" for column in columns]
        padded = [
            text + " " * (cells - width_of(text)) for text, cells in zip(texts, widths, strict=True)
        ]
        yield (" " * GAP).join(padded).rstrip()


def _indented(text: str, width: int) -> list[str]:
    return [" " * INDENT + line for line in _folded(text, width - INDENT)]


def _folded(text: str, width: int) -> list[str]:
    """The lines of a text, each folded at words; the writer's own line breaks stay."""
    return [
        folded
        for line in visible_lines(text).split("\n")
        for folded in (fold_words(line, width) if width_of(line) > width else [line])
    ]
