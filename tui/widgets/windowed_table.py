"""A table of any length that holds and draws only the rows around the cursor.

Textual's DataTable keeps and measures every row: 100,000 take half a minute and 167 MiB. Here the
owner says how many rows there are (``set_total``), is asked for rows by ``RowsNeeded`` and hands
them over with ``put_rows``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.language import gettext as _
from tui.widgets.columns import Column
from tui.widgets.paint import Painter
from tui.widgets.row_strips import GUTTER, RowStrips
from tui.widgets.row_window import Key, RowWindow, TableRow

__all__ = ["Column", "Key", "TableRow", "WindowedTable"]


class WindowedTable(ScrollView, can_focus=True, inherit_bindings=False):
    """A table with a cursor over rows and marks kept by key.

    Clicking a row moves the cursor there, clicking the row under the cursor opens it, clicking at
    the very left marks it.
    """

    DEFAULT_CSS = """
    WindowedTable {
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
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("space", "mark", show=False),
        Binding("enter", "open", show=False),
    ]

    class TableMessage(Message):
        """What all messages of a table share."""

        def __init__(self, table: WindowedTable) -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> WindowedTable:
            """The table that sent the message."""
            return self.table

    class RowsNeeded(TableMessage):
        """Rows ``offset`` to ``offset + count - 1`` are wanted, please ``put_rows``.

        The newest message covers everything that is missing: an older fetch may be given up.
        ``epoch`` goes back with the rows, so that rows fetched before ``invalidate`` are refused.
        """

        def __init__(self, table: WindowedTable, offset: int, count: int, epoch: int) -> None:
            super().__init__(table)
            self.offset = offset
            self.count = count
            self.epoch = epoch

    class RowHighlighted(TableMessage):
        """The cursor stands on the row ``key`` at ``index``, and the row is here."""

        def __init__(self, table: WindowedTable, key: Key, index: int) -> None:
            super().__init__(table)
            self.key = key
            self.index = index

    class RowSelected(TableMessage):
        """The row ``key`` was opened with Enter or the mouse."""

        def __init__(self, table: WindowedTable, key: Key) -> None:
            super().__init__(table)
            self.key = key

    class Marked(TableMessage):
        """The row ``key`` was marked or not; ``count`` rows are marked now."""

        def __init__(self, table: WindowedTable, key: Key, marked: bool, count: int) -> None:
            super().__init__(table)
            self.key = key
            self.marked = marked
            self.count = count

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str | None = None,
        waiting: str | None = None,
        show_header: bool = True,
        gap: int = 2,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        """``empty`` and ``waiting`` are what a list without rows, or not counted yet, says."""
        super().__init__(id=id, classes=classes)
        self._empty = _("Nothing here.") if empty is None else empty
        self._waiting = _("Loading …") if waiting is None else waiting
        self._head = 1 if show_header else 0
        self._rows = RowWindow()
        self._known = False
        self._epoch = 0
        self._cursor = 0
        self._seek: Key | None = None
        self._opening = False
        self._told: tuple[Key, int] | None = None
        self._marks: set[Key] = set()
        self._drawn = RowStrips(Painter(self), columns, gap)

    # What the owner sets and reads

    @property
    def total(self) -> int | None:
        """The number of rows, None while it is not known."""
        return self._rows.total if self._known else None

    @property
    def cursor_index(self) -> int:
        """The row under the cursor, counted from 0."""
        return self._cursor

    @property
    def cursor_key(self) -> Key | None:
        """The key of the row under the cursor, None while that row is not here."""
        row = self._rows.get(self._cursor)
        return row.key if row and self._cursor < self._rows.total else None

    def row_at(self, index: int) -> TableRow | None:
        """The row at an index, None while it is not here."""
        return self._rows.get(index)

    @property
    def marked(self) -> frozenset[Key]:
        """The keys of the marked rows, shown or not."""
        return frozenset(self._marks)

    @property
    def rows_held(self) -> int:
        """How many rows are in memory."""
        return self._rows.held()

    @property
    def epoch(self) -> int:
        """Counts the calls of ``invalidate``."""
        return self._epoch

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the rows must have their cells in this order."""
        self._drawn.set_columns(columns)
        self.refresh()

    def set_empty(self, text: str) -> None:
        """What a list without rows says; several lines are fine."""
        self._empty = text
        if not self._rows.total:
            self.refresh()

    def set_total(self, total: int | None) -> None:
        """The list has ``total`` rows; None shows that they are being counted."""
        self._known = total is not None
        self._rows.total = max(0, total or 0)
        self.virtual_size = Size(1, self._rows.total + self._head)
        self._cursor = max(0, min(self._cursor, self._rows.total - 1))
        self.refresh()
        self._ask()

    def put_rows(self, offset: int, rows: Sequence[TableRow], epoch: int | None = None) -> bool:
        """Hand over the rows that stand at ``offset`` and after, as many as there are.

        False, and nothing kept, when ``epoch`` is given and is not the table's any more.
        """
        if epoch is not None and epoch != self._epoch:
            return False
        self._rows.put(offset, rows)
        self._drawn.forget(range(offset, offset + len(rows)))
        self._follow(offset, rows)
        first, last = self._visible()
        if offset <= last and offset + len(rows) > first:
            self.refresh()
        self._tell()
        return True

    def invalidate(self, key: Key | None = None, index: int | None = None) -> None:
        """All rows may have changed: ask for them again.

        What is on the screen stays until the new rows are here. The cursor goes to the row ``key``
        (by default the one it stands on) when that is among them; ``index`` says where to look.
        """
        self._seek = self.cursor_key if key is None else key
        self._epoch += 1
        self._rows.drop(*self._visible())
        self._told = None
        self._drawn.forget()
        if index is not None:
            self._place_cursor(index)
        self.refresh()
        self._ask()

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, by index; beyond the ends means the first or the last."""
        self._seek = None
        self._opening = False
        self._place_cursor(index)

    def set_marks(self, keys: Iterable[Key]) -> None:
        """Mark exactly these keys."""
        self._marks = set(keys)
        self._drawn.forget()
        self.refresh()

    # Cursor and rows

    def _place_cursor(self, index: int) -> None:
        if not self._rows.total:
            return
        index = max(0, min(index, self._rows.total - 1))
        before, self._cursor = self._cursor, index
        if not self._show_cursor() and before != index:
            self._refresh_row(before)
            self._refresh_row(index)
        self._ask()
        self._tell()

    def _show_cursor(self) -> bool:
        """Scroll until the cursor is seen; whether that took scrolling."""
        body = self._body()
        if body <= 0:
            return False
        top = self.scroll_offset.y
        target = max(min(top, self._cursor), self._cursor - body + 1)
        if target == top:
            return False
        self.scroll_to(y=target, animate=False, force=True)
        return True

    def _refresh_row(self, index: int) -> None:
        first, last = self._visible()
        if first <= index <= last:
            self.refresh_line(index + self._head)

    def _body(self) -> int:
        return self.size.height - self._head

    def _visible(self) -> tuple[int, int]:
        top = self.scroll_offset.y
        return top, min(self._rows.total, top + max(1, self._body())) - 1

    def _ask(self) -> None:
        """Ask for the rows that are seen and a screen to each side."""
        if not self.is_attached or self._body() <= 0:
            return
        first, last = self._visible()
        screen = last - first + 1
        needed = self._rows.missing(first - screen, last + screen)
        if needed:
            self.post_message(self.RowsNeeded(self, *needed, self._epoch))

    def _follow(self, offset: int, rows: Sequence[TableRow]) -> None:
        """After ``invalidate``: find the row the cursor stood on among the new ones."""
        if self._seek is None:
            return
        for index, row in enumerate(rows, offset):
            if row.key == self._seek and index < self._rows.total:
                self._seek = None
                self._place_cursor(index)
                return
        if self._rows.is_fresh(self._cursor):
            self._seek = None

    def _tell(self) -> None:
        """Say where the cursor is, once, as soon as the row is here."""
        row = self._rows.get(self._cursor)
        if row is None or not self._rows.is_fresh(self._cursor) or not self.is_attached:
            return
        if self._told != (row.key, self._cursor):
            self._told = (row.key, self._cursor)
            self.post_message(self.RowHighlighted(self, row.key, self._cursor))
        if self._opening:
            self._opening = False
            self.post_message(self.RowSelected(self, row.key))

    # Keys and mouse

    def action_move(self, rows: int) -> None:
        """One row up or down."""
        self.move_to(self._cursor + rows)

    def action_page(self, pages: int) -> None:
        """One screen up or down; the cursor keeps its place on the screen."""
        step = max(1, self._body()) * pages
        self.scroll_to(y=self.scroll_offset.y + step, animate=False, force=True)
        self.move_to(self._cursor + step)

    def action_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_to(self._rows.total - 1)

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        key = self.cursor_key
        if key is None:
            return
        self._marks.symmetric_difference_update({key})
        self._drawn.forget((self._cursor,))
        self._refresh_row(self._cursor)
        self.post_message(self.Marked(self, key, key in self._marks, len(self._marks)))

    def action_open(self) -> None:
        """Open the row under the cursor, as soon as it is here."""
        if not self._rows.total:
            return
        key = self.cursor_key
        if key is None:
            self._opening = True
        else:
            self.post_message(self.RowSelected(self, key))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor, open the row it stands on, or mark."""
        place = event.get_content_offset(self)
        if place is None or place.y < self._head:
            return
        index = self.scroll_offset.y + place.y - self._head
        if index >= self._rows.total:
            return
        stood = index == self._cursor
        self.move_to(index)
        if place.x < GUTTER - 1:
            self.action_mark()
        elif stood:
            self.action_open()

    # Layout and drawing

    def on_resize(self) -> None:
        """A row that was seen stays seen; more rows may be needed."""
        self._show_cursor()
        self._ask()
        self._tell()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._ask()

    def render_lines(self, crop: Region) -> list[Strip]:
        self._drawn.prepare(self.scrollable_size.width)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        drawn = self._drawn
        if y < self._head:
            return drawn.header()
        if not self._rows.total:
            return drawn.text(self._empty if self._known else self._waiting, y - self._head)
        index = self.scroll_offset.y + y - self._head
        if index == self._cursor:
            row = self._rows.get(index)
            under = "cursor" if self.has_focus else "cursor.blur"
            return drawn.row(row, row is not None and row.key in self._marks, under)
        strip = drawn.kept(index)
        if strip is None:
            if index >= self._rows.total:
                return drawn.blank()
            row = self._rows.get(index)
            strip = drawn.keep(index, drawn.row(row, row is not None and row.key in self._marks))
        return strip
