"""Signals inbox: what was heard without a talk, and does somebody still have to act on it?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.vocabulary_words import value_words
from tui.actions import bindings
from tui.background import behind
from tui.due_words import NOTHING, day_words
from tui.screens.frame import FrameScreen
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts
from tui.widgets.windowed_table import WindowedTable

if TYPE_CHECKING:
    from planner.views.heard import SignalRow

PAGE = 200
MOODS = {-2: "late", -1: "warn"}


def signal_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("when", _("Heard"), 10, priority=6),
        Column("account", _("Account"), None, priority=9, least=12, most=24),
        Column("kind", _("Kind"), 8, priority=5),
        Column("mood", _("Mood"), 4, "right", priority=4),
        Column("signal", _("Signal"), None, priority=8, least=16),
        Column("from", _("From"), None, priority=3, least=8, most=18),
    )


def signal_row(row: SignalRow, today: date) -> TableRow:
    """One signal as a row."""
    heard = date.fromisoformat(row.heard_on)
    mood = row.sentiment
    cells: tuple[Cell, ...] = (
        (day_words(heard) if heard.year == today.year else row.heard_on, "muted"),
        row.account,
        value_words(row.kind),
        (NOTHING, "muted")
        if mood is None
        else (f"{mood:+d}" if mood else "0", MOODS.get(mood, "")),
        row.signal,
        row.heard_from or "",
    )
    return TableRow(row.id, cells)


class SignalsScreen(FrameScreen):
    """The open signals, the newest first. The list grows as the cursor nears its end."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.new", "list.edit", "list.done")]
    HINTS = ("list.done", "list.edit", "list.new", "log.touchpoint", "find")

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[SignalRow] = []
        self._complete = False

    def answers(self) -> str:
        return _("What was heard without a talk, and who has to act on it?")

    def compose_body(self) -> Iterable[Widget]:
        empty = _("No open signal. n logs what was heard: a mention, a rumour, a post.")
        yield WindowedTable(signal_columns(), gap=1, empty=empty, id="body")

    def top_parts(self) -> TopParts:
        more = "" if self._complete else "+"
        scope = _("mine: {count}") if self._owner() is not None else _("all: {count}")
        words = scope.format(count=f"{len(self._rows)}{more}")
        return self.frame_parts(_("SIGNALS"), scope=words)

    @property
    def table(self) -> WindowedTable:
        """The list."""
        return self.query_one("#body", WindowedTable)

    def _owner(self) -> int | None:
        facts = self.trust.facts
        return facts.actor.colleague_id if facts is not None and self.trust.mine else None

    async def load(self) -> None:
        key = self.table.cursor_key
        rows = await self._page(None)  # the old ones answer keys until the new ones are here
        self._rows, self._complete = rows, len(rows) < PAGE
        self.table.set_total(len(rows))
        self.refresh_top()
        index = next((i for i, row in enumerate(self._rows) if row.id == key), None)
        self.table.invalidate(key, index)

    async def _grow(self) -> None:
        """Read the page after the last one that is known."""
        if self._complete:
            return
        rows = await self._page(self._rows[-1] if self._rows else None)
        self._rows += rows
        self._complete = len(rows) < PAGE
        self.table.set_total(len(self._rows))
        self.refresh_top()

    async def _page(self, last: SignalRow | None) -> list[SignalRow]:
        """The signals behind one, or the newest."""
        owner = self._owner()
        before = None if last is None else (last.heard_at, last.id)
        return list(
            await self.store.read(
                lambda q: q.heard.signals(open_only=True, owner_id=owner, before=before, limit=PAGE)
            )
        )

    @on(WindowedTable.RowsNeeded)
    def _need(self, event: WindowedTable.RowsNeeded) -> None:
        facts = self.trust.facts
        if facts is None:
            return
        wanted = self._rows[event.offset : event.offset + event.count]
        drawn = [self.marked(signal_row(row, facts.today), row.account_id) for row in wanted]
        self.table.put_rows(event.offset, drawn, event.epoch)

    @on(WindowedTable.RowHighlighted)
    def _moved(self, event: WindowedTable.RowHighlighted) -> None:
        if event.index + PAGE // 2 > len(self._rows) and not self._complete:
            behind(self, partial(self._guarded_grow), "grow", exclusive=True)

    async def _guarded_grow(self) -> None:
        try:
            await self._grow()
        except TrustplanError as error:
            self.complain(error)

    # The row under the cursor

    def _current(self) -> SignalRow | None:
        key = self.table.cursor_key
        return next((row for row in self._rows if row.id == key), None)

    def current_account(self) -> int | None:
        row = self._current()
        return None if row is None else row.account_id

    def text_to_copy(self) -> str:
        row = self._current()
        return "" if row is None else f"{row.heard_on} {row.account}: {row.signal}"

    @on(WindowedTable.RowSelected)
    def _open(self) -> None:
        row = self._current()
        if row is not None:
            ids = list(dict.fromkeys(one.account_id for one in self._rows))
            self.open_account(row.account_id, ids, tab="timeline", seek=f"signal:{row.id}")

    def action_list_new(self) -> None:
        """Log a signal about the account under the cursor, else about one that is asked for."""
        self.action_log_signal()

    def action_list_edit(self) -> None:
        """Change what the signal says."""
        self._form("signal")

    def action_list_done(self) -> None:
        """Close the signal: ask what came of it."""
        self._form("signal_close")

    def _form(self, name: str) -> None:
        row = self._current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, name, account_id=row.account_id, signal_id=row.id)
