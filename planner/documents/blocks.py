"""A document without a form: titled parts of paragraphs, named values and tables.

What people wrote stands here as they wrote it; each renderer makes it harmless in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

NOTHING = "-"
"""What stands in a table's cell that holds nothing."""


class Paragraph(NamedTuple):
    """Some lines of text. ``muted``: said aside, such as what is missing."""

    text: str
    muted: bool = False


class Facts(NamedTuple):
    """Named values, one a line."""

    pairs: tuple[tuple[str, str], ...]


class Grid(NamedTuple):
    """A table; ``title`` may be empty. Every row has a cell for each word of the head.

    ``main`` is the column that says what the row is about: it gets room first.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    main: int = 0


Block: TypeAlias = Paragraph | Facts | Grid


class Part(NamedTuple):
    """A titled part; ``aside`` are a few words beside its title, such as how old it is."""

    title: str
    blocks: tuple[Block, ...]
    aside: str = ""


class Badge(NamedTuple):
    """Health in a few words; ``band`` is red, yellow, green or grey and gives the colour."""

    band: str
    text: str


class Document(NamedTuple):
    """A whole document. ``lead`` are the lines under its title, ``foot`` its last line.

    ``dense``: it is meant for one sheet of paper.
    """

    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    badge: Badge | None = None
    foot: str = ""
    dense: bool = False


def facts(*pairs: tuple[str, object]) -> list[Facts]:
    """The pairs that hold something as one block; none when nothing does."""
    kept = tuple((name, text) for name, value in pairs if (text := cell(value)) != NOTHING)
    return [Facts(kept)] if kept else []


def grid(
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    title: str = "",
    keep: int = 1,
    main: int = 0,
) -> list[Grid]:
    """A table without the columns in which no row holds anything; none without rows.

    The first ``keep`` columns always stay, and the ``main`` one has to be among them.
    """
    cells = [[cell(value) for value in row] for row in rows]
    if not cells:
        return []
    used = [at for at in range(len(head)) if at < keep or any(row[at] != NOTHING for row in cells)]
    return [
        Grid(
            tuple(head[at] for at in used),
            tuple(tuple(row[at] for at in used) for row in cells),
            title,
            main,
        )
    ]


def said(*texts: str | None) -> list[Paragraph]:
    """A paragraph for each text that is there."""
    return [Paragraph(text) for text in texts if text and text.strip()]


def hint(text: str) -> list[Paragraph]:
    """What is said where there is nothing yet."""
    return [Paragraph(text, muted=True)]


def cell(value: object) -> str:
    """A value in the words of a cell."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, float):
        return number(value)
    return str(value)


def number(value: float) -> str:
    """A figure as people write it, without a trailing zero."""
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
