"""A screen over rows in memory: one table, one line about the row under the cursor.

A screen says its columns, how a row is drawn, what it is known by, and how its rows are read.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

from textual import on
from textual.widget import Widget

from tui.screens.frame import FrameScreen
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine
from tui.widgets.windowed_table import WindowedTable

R = TypeVar("R")


class RowsScreen(FrameScreen, Generic[R]):
    """Rows that are read whole; ``rows`` are those shown, ``more`` where the book has others.

    ``clipped`` is for ``read`` to say that not everything was looked at.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[R] = []
        self.more = False
        self.clipped = False

    # What a screen says of itself

    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table."""

    @abstractmethod
    def drawn(self, row: R) -> TableRow:
        """A row as the table shows it."""

    @abstractmethod
    def key_of(self, row: R) -> int:
        """What a row is known by when the rows are read again; that of its drawn row."""

    @abstractmethod
    async def read(self) -> Sequence[R]:
        """The rows, one more than ``most`` where there are others."""

    def empty(self) -> str:
        """What stands where there are no rows."""
        return ""

    def most(self) -> int | None:
        """How many rows are shown at most; None for all of them."""
        return None

    def account_of(self, row: R) -> int | None:
        """The account that a row is about."""
        return getattr(row, "account_id", None)

    @abstractmethod
    def words(self, row: R) -> str:
        """The line about the row under the cursor, which is what ``y`` copies."""

    # What all of them do

    def compose_body(self) -> Iterable[Widget]:
        yield WindowedTable(self.columns(), gap=1, empty=self.empty(), id="body")
        yield Rule()
        yield TextLine(id="reason")

    @property
    def table(self) -> WindowedTable:
        """The list."""
        return self.query_one("#body", WindowedTable)

    @property
    def today(self) -> date:
        """The book's day; rows are drawn once the book is open."""
        facts = self.trust.facts
        return date.min if facts is None else facts.today

    def owner(self) -> int | None:
        """Whose rows are read: mine, or None for everybody's."""
        facts = self.trust.facts
        return facts.actor.colleague_id if facts is not None and self.trust.mine else None

    def count_words(self) -> str:
        """How many rows are shown, with a sign where there are more."""
        return f"{len(self.rows)}{'+' if self.more else ''}"

    async def load(self) -> None:
        key, most = self.table.cursor_key, self.most()
        self.clipped = False
        found = list(await self.read())
        self.rows = found[:most]
        self.more = self.clipped or len(self.rows) < len(found)
        index = next((i for i, row in enumerate(self.rows) if self.key_of(row) == key), None)
        self.table.set_total(len(self.rows))
        self.table.invalidate(key, index)
        self.show_words()
        self.refresh_top()

    @on(WindowedTable.RowsNeeded)
    def _need(self, event: WindowedTable.RowsNeeded) -> None:
        wanted = self.rows[event.offset : event.offset + event.count]
        drawn = [self.marked(self.drawn(row), self.account_of(row)) for row in wanted]
        self.table.put_rows(event.offset, drawn, event.epoch)

    @on(WindowedTable.RowHighlighted)
    def show_words(self) -> None:
        """Say what the row under the cursor is about."""
        row = self.current()
        self.query_one("#reason", TextLine).set_text("" if row is None else self.words(row))

    def current(self) -> R | None:
        """The row under the cursor."""
        index = self.table.cursor_index
        return self.rows[index] if 0 <= index < len(self.rows) else None

    def current_account(self) -> int | None:
        row = self.current()
        return None if row is None else self.account_of(row)

    def text_to_copy(self) -> str:
        row = self.current()
        return "" if row is None else self.words(row)

    def account_ids(self) -> list[int]:
        """The accounts of the rows in their order, each once."""
        ids = (self.account_of(row) for row in self.rows)
        return list(dict.fromkeys(one for one in ids if one is not None))

    @on(WindowedTable.RowSelected)
    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.open_row(row)

    def open_row(self, row: R) -> None:
        """What Enter does."""
        account_id = self.account_of(row)
        if account_id is not None:
            self.open_account(account_id, self.account_ids())
