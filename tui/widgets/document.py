"""Styled lines to read and to choose from, without a widget for each line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.cells import Cell
from tui.widgets.paint import Painter
from tui.widgets.row_strips import CURSOR_GLYPH
from tui.widgets.row_window import Key
from tui.widgets.wrap import Line, wrapped

__all__ = ["Document", "Line"]


class Document(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines, with a cursor over those that have a key.

    The first cell of every line belongs to the cursor. Where the next line with a key is more than
    a screen away, or there is none, the arrows scroll.
    """

    DEFAULT_CSS = """
    Document {
        width: 1fr; height: 1fr;
        overflow-x: hidden; overflow-y: auto;
        scrollbar-size: 0 1; scrollbar-gutter: stable;
    }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
        Binding("enter", "open", show=False),
    ]

    class LineMessage(Message):
        """What the messages of a document share."""

        def __init__(self, document: Document, key: Key) -> None:
            super().__init__()
            self.document = document
            self.key = key

        @property
        def control(self) -> Document:
            """The document that sent the message."""
            return self.document

    class LineSelected(LineMessage):
        """The line of ``key`` was opened with Enter or the mouse."""

    class LineHighlighted(LineMessage):
        """The cursor stands on the line of ``key``."""

    def __init__(
        self,
        lines: Iterable[Line] = (),
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lines = tuple(lines)
        self._painter = Painter(self)
        self._folded_for = -1
        self._rows: list[tuple[int, tuple[Cell, ...]]] = []
        self._first_row: list[int] = []
        self._strips: dict[int, Strip] = {}
        self._cursor: int | None = self._next_keyed(-1, 1)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    @property
    def cursor_key(self) -> Key | None:
        """The key of the line under the cursor, None without one."""
        return None if self._cursor is None else self._lines[self._cursor].key

    def set_lines(self, lines: Iterable[Line]) -> None:
        """Show other lines. The cursor stays on its key, else on the nearest line with one."""
        key, before = self.cursor_key, self._cursor or 0
        self._lines = tuple(lines)
        same = (i for i, line in enumerate(self._lines) if line.key is not None and line.key == key)
        found = next(same, None)
        if found is None:
            found = self._next_keyed(before - 1, 1)
        if found is None:
            found = self._next_keyed(before, -1)
        self._cursor = found
        self._folded_for = -1
        self._fold(self.scrollable_size.width)
        self.refresh()
        if self.cursor_key is not None and self.cursor_key != key:
            self._tell()

    def key_above(self, starts: str) -> str:
        """The key of the nearest line at or above the cursor that begins so; empty without one."""
        last = -1 if self._cursor is None else self._cursor
        for line in reversed(self._lines[: last + 1]):
            if isinstance(line.key, str) and line.key.startswith(starts):
                return line.key
        return ""

    def move_to_key(self, key: Key) -> bool:
        """Put the cursor on the first line with this key; False when there is none."""
        for index, line in enumerate(self._lines):
            if line.key == key:
                self._place(index)
                return True
        return False

    # Cursor

    def _next_keyed(self, start: int, step: int) -> int | None:
        """The nearest line with a key after (step 1) or before (step -1) line ``start``."""
        end = len(self._lines) if step > 0 else -1
        start = min(start, len(self._lines))
        return next(
            (i for i in range(start + step, end, step) if self._lines[i].key is not None), None
        )

    def _place(self, index: int) -> None:
        before, self._cursor = self._cursor, index
        if before is not None:
            self._refresh_line_of(before)
        self._refresh_line_of(index)
        self._show(index)
        if before != index:
            self._tell()

    def _tell(self) -> None:
        key = self.cursor_key
        if key is not None and self.is_attached:
            self.post_message(self.LineHighlighted(self, key))

    def _span_of(self, index: int) -> tuple[int, int]:
        """First row of a line and the row after its last; both 0 before the first layout."""
        if index >= len(self._first_row):
            return 0, 0
        after = self._first_row[index + 1 : index + 2]
        return self._first_row[index], after[0] if after else len(self._rows)

    def _refresh_line_of(self, index: int) -> None:
        start, end = self._span_of(index)
        for row in range(start, end):
            self._strips.pop(row, None)
        top = self.scroll_offset.y
        if start < top + self.size.height and end > top:
            self.refresh_lines(start, end - start)

    def _show(self, index: int) -> None:
        start, end = self._span_of(index)
        height = self.size.height
        top = self.scroll_offset.y
        if self._next_keyed(index, -1) is None and end <= height:
            start = 0
        target = min(max(top, end - height), start)
        if target != top and height > 0:
            self.scroll_to(y=target, animate=False, force=True)

    # Keys and mouse

    def action_move(self, step: int) -> None:
        """To the next line with a key, or a line on when that is far."""
        top, height = self.scroll_offset.y, self.size.height
        target = None if self._cursor is None else self._next_keyed(self._cursor, step)
        if target is not None:
            start, end = self._span_of(target)
            if top - height <= start and end <= top + 2 * height:
                self._place(target)
                return
        self.scroll_to(y=top + step, animate=False, force=True)

    def action_page(self, step: int) -> None:
        """A screen on; the cursor takes the first line with a key that is seen there."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        self.scroll_to(y=top + step * height, animate=False, force=True)
        moved = self.scroll_offset.y
        if moved == top:
            self.action_edge(0 if step < 0 else -1)
            return
        for index, start in enumerate(self._first_row):
            if self._lines[index].key is not None and moved <= start < moved + height:
                self._place(index)
                return

    def action_edge(self, edge: int) -> None:
        """To the very beginning (0) or end (-1); the cursor to the first or last key there."""
        count = len(self._lines)
        found = self._next_keyed(-1, 1) if edge == 0 else self._next_keyed(count, -1)
        if found is not None:
            self._place(found)
        target = 0 if edge == 0 else max(0, len(self._rows) - self.size.height)
        self.scroll_to(y=target, animate=False, force=True)

    def action_open(self) -> None:
        """Open what the line under the cursor stands for."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.LineSelected(self, key))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor; a click on the line it stands on opens it."""
        place = event.get_content_offset(self)
        row = -1 if place is None else self.scroll_offset.y + place.y
        if not 0 <= row < len(self._rows):
            return
        index = self._rows[row][0]
        if self._lines[index].key is None:
            return
        if index == self._cursor:
            self.action_open()
        else:
            self._place(index)

    # Layout and drawing

    def on_mount(self) -> None:
        """Say where the cursor starts."""
        self._tell()

    def on_resize(self) -> None:
        """Long lines are folded anew; the cursor stays seen."""
        self._fold(self.scrollable_size.width)
        self.refresh()
        if self._cursor is not None:
            self._show(self._cursor)

    def _fold(self, width: int) -> None:
        if width == self._folded_for or width <= 0:
            return
        self._folded_for = width
        self._strips.clear()
        self._rows, self._first_row = [], []
        for index, line in enumerate(self._lines):
            self._first_row.append(len(self._rows))
            self._rows.extend((index, spans) for spans in wrapped(line, width - 1))
        self.virtual_size = Size(1, len(self._rows))

    def get_content_height(
        self,
        container: Size,  # noqa: ARG002 - the signature is Textual's
        viewport: Size,  # noqa: ARG002
        width: int,
    ) -> int:
        """The number of lines on the screen at this width."""
        inner = width - 1 - self.scrollbar_size_vertical
        return sum(len(wrapped(line, inner)) for line in self._lines)

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._painter.stale():
            self._strips.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self._folded_for
        row = self.scroll_offset.y + y
        if row >= len(self._rows):
            return Strip.blank(max(0, width), self._painter.base)
        index, spans = self._rows[row]
        if index == self._cursor:
            under = "cursor" if self.has_focus else "cursor.blur"
            return self._strip(spans, width, under)
        strip = self._strips.get(row)
        if strip is None:
            strip = self._strips[row] = self._strip(spans, width, "")
        return strip

    def _strip(self, spans: Sequence[Cell], width: int, under: str) -> Strip:
        glyph = (CURSOR_GLYPH, "cursor.glyph") if under else " "
        return self._painter.strip((glyph, *spans), width, under)
