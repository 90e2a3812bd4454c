"""Rows of a table as strips of exactly the table's width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.segment import Segment
from textual.strip import Strip

from planner.text import visible_lines
from tui.widgets.cells import fit, parts
from tui.widgets.columns import Column, Placed, lay_out
from tui.widgets.paint import Painter
from tui.widgets.row_window import TableRow

CURSOR_GLYPH: Final = "▌"
MARK_GLYPH: Final = "x"
GUTTER: Final = 3
"""Cells before the first column: cursor, mark or flag, space."""

_MOST_KEPT = 512


class RowStrips:
    """Draws rows, and keeps the strips of those without the cursor until something changes."""

    def __init__(self, painter: Painter, columns: Sequence[Column], gap: int) -> None:
        self._painter = painter
        self._gap = gap
        self._columns = tuple(columns)
        self._placed: tuple[Placed, ...] = ()
        self._width = -1
        self._kept: dict[int, Strip] = {}
        self._header: Strip | None = None

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Draw other columns from now on."""
        self._columns = tuple(columns)
        self._width = -1

    def prepare(self, width: int) -> None:
        """To be called before drawing: notices a new width, theme or set of columns."""
        if not self._painter.stale() and width == self._width:
            return
        self._placed = lay_out(self._columns, width - GUTTER, self._gap)
        self._width = width
        self._header = None
        self._kept.clear()

    def forget(self, indexes: Iterable[int] | None = None) -> None:
        """Draw these rows anew, or all."""
        if indexes is None:
            self._kept.clear()
            return
        for index in indexes:
            self._kept.pop(index, None)

    def kept(self, index: int) -> Strip | None:
        """The strip that was kept for a row."""
        return self._kept.get(index)

    def keep(self, index: int, strip: Strip) -> Strip:
        """Keep a strip; returns it."""
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[index] = strip
        return strip

    def blank(self) -> Strip:
        """A line without a row."""
        return Strip.blank(max(0, self._width), self._painter.base)

    def text(self, words: str, line: int) -> Strip:
        """Line ``line`` of a text in place of rows."""
        lines = visible_lines(words).split("\n")
        shown = lines[line] if line < len(lines) else ""
        return self._painter.strip((" " * GUTTER, (shown, "muted")), self._width)

    def header(self) -> Strip:
        """The labels of the columns."""
        if self._header is None:
            spans = [(" " * GUTTER, "head")]
            for at in self._placed:
                column = self._columns[at.index]
                label = fit(column.label, at.width, column.justify)
                spans.append((" " * at.gap + label, "head"))
            self._header = self._painter.strip(spans, self._width)
        return self._header

    def row(self, row: TableRow | None, marked: bool = False, under: str = "") -> Strip:
        """A row, or the place of one that is not here; ``under`` as in ``Painter.style``."""
        glyph = (CURSOR_GLYPH if under else " ", "cursor.glyph" if under else "")
        if row is None:
            return self._painter.strip((glyph, "  ", ("…", "muted")), self._width, under)
        flag, flag_style = (MARK_GLYPH, "mark") if marked else parts(row.flag)
        spans = [glyph, (fit(flag, 1), flag_style if flag else ""), (" ", "")]
        for at in self._placed:
            cell = row.cells[at.index] if at.index < len(row.cells) else ""
            text, style = parts(cell)
            if at.gap:
                spans.append((" " * at.gap, ""))
            spans.append((fit(text, at.width, self._columns[at.index].justify), style))
        used = GUTTER + sum(at.gap + at.width for at in self._placed)
        return self._strip(spans, used, under)

    def _strip(self, spans: Sequence[tuple[str, str]], used: int, under: str) -> Strip:
        """Spans of ``used`` cells as a strip of the full width, neighbours of a style joined."""
        if used > self._width:
            return self._painter.strip(spans, self._width, under)
        joined: list[tuple[str, str]] = []
        for text, style in (*spans, (" " * (self._width - used), "")):
            if joined and joined[-1][1] == style:
                joined[-1] = (joined[-1][0] + text, style)
            elif text:
                joined.append((text, style))
        resolve = self._painter.style
        return Strip([Segment(text, resolve(style, under)) for text, style in joined], self._width)
