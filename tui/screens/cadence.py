"""Cadence: who is past which interval, what comes up, and whom are we losing touch with?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from planner.language import gettext as _
from planner.views.cadence import CadenceRow, ReviewRow
from tui.actions import bindings
from tui.screens.cadence_rows import (
    cadence_columns,
    contact_cells,
    contact_words,
    review_cells,
    review_line,
)
from tui.screens.frame import FrameScreen
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopParts
from tui.widgets.windowed_table import WindowedTable

if TYPE_CHECKING:
    from tui.composition import BookQueries

MOST = 500
"""Rows of a list; the top line says where there are more."""
UPCOMING_DAYS = 14
REVIEWS_AHEAD = 90
LISTS = ("overdue", "due", "upcoming", "losing_touch", "reviews")


def list_words(name: str) -> str:
    """What a list of this screen is called."""
    return {
        "overdue": _("past the maximum"), "due": _("past the ideal"),
        "upcoming": _("due in 14 days"), "losing_touch": _("losing touch"),
        "reviews": _("quarterly reviews in 90 days"),
    }[name]  # fmt: skip


def _contact(queries: BookQueries, name: str, owner: int | None) -> list[CadenceRow]:
    """The rows of a list of contact, one more than are shown; of the reader's accounts."""
    from planner.segments import parse

    asked, parts = queries.cadence, () if owner is None else parse("owner:me")
    if name == "upcoming":
        return asked.upcoming(UPCOMING_DAYS, parts, MOST + 1)
    if name == "losing_touch":
        return asked.losing_touch(parts, MOST + 1)
    return (asked.due if name == "due" else asked.overdue)(parts, MOST + 1)


class CadenceScreen(FrameScreen):
    """One list of contact at a time; ``s`` goes on to the next."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.sort", "list.later", "list.rang")]
    HINTS = ("list.sort", "log.touchpoint", "list.rang", "list.later", "scope")

    def __init__(self) -> None:
        super().__init__()
        self._list = LISTS[0]
        self._rows: list[CadenceRow | ReviewRow] = []
        self._more = False

    def answers(self) -> str:
        return _(
            "Who is past the ideal or the maximum interval, what comes up, and whom are we losing"
            " touch with? s shows the next of five lists. z lets contact rest until a day."
        )

    def compose_body(self) -> Iterable[Widget]:
        empty = _("Nobody is in this list. s shows the next one, S everybody's accounts.")
        yield WindowedTable(cadence_columns(), gap=1, empty=empty, id="body")
        yield Rule()
        yield TextLine(id="reason")

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self._owner() is not None else _("all: {count}")
        words = scope.format(count=f"{len(self._rows)}{'+' if self._more else ''}")
        screen = _("CADENCE: {which}").format(which=list_words(self._list))
        return self.frame_parts(screen, scope=words, brief=True)

    @property
    def table(self) -> WindowedTable:
        """The list."""
        return self.query_one("#body", WindowedTable)

    def _owner(self) -> int | None:
        facts = self.trust.facts
        return facts.actor.colleague_id if facts is not None and self.trust.mine else None

    async def load(self) -> None:
        facts = self.trust.facts
        if facts is None:
            return
        key, name, owner = self.table.cursor_key, self._list, self._owner()
        rows: list[CadenceRow | ReviewRow]
        more = False
        if name == "reviews":
            last = facts.today + timedelta(days=REVIEWS_AHEAD)
            found, more = await self.store.read(lambda q: q.reviews.until(last, owner))
            rows = [*found]
        else:
            rows = [*await self.store.read(lambda q: _contact(q, name, owner))]
        self._rows, self._more = rows[:MOST], more or len(rows) > MOST
        index = next((i for i, row in enumerate(self._rows) if row.account_id == key), None)
        self.table.set_total(len(self._rows))
        self.table.invalidate(key, index)
        self._show_reason()
        self.refresh_top()

    @on(WindowedTable.RowsNeeded)
    def _need(self, event: WindowedTable.RowsNeeded) -> None:
        facts = self.trust.facts
        if facts is None:
            return
        drawn = []
        for row in self._rows[event.offset : event.offset + event.count]:
            if isinstance(row, ReviewRow):
                cells = review_cells(row, facts.today)
            else:
                cells = contact_cells(row, facts.today)
            drawn.append(self.marked(cells, row.account_id))
        self.table.put_rows(event.offset, drawn, event.epoch)

    @on(WindowedTable.RowHighlighted)
    def _show_reason(self) -> None:
        self.query_one("#reason", TextLine).set_text(self._words())

    def _words(self) -> str:
        row, facts = self._current(), self.trust.facts
        if row is None or facts is None:
            return ""
        if isinstance(row, ReviewRow):
            return review_line(row, facts.today)
        return contact_words(row, facts.today)

    # The row under the cursor

    def _current(self) -> CadenceRow | ReviewRow | None:
        index = self.table.cursor_index
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def current_account(self) -> int | None:
        row = self._current()
        return None if row is None else row.account_id

    def text_to_copy(self) -> str:
        row = self._current()
        return "" if row is None else f"{row.account}: {self._words()}"

    @on(WindowedTable.RowSelected)
    def _open(self) -> None:
        row = self._current()
        if row is None:
            return
        seek = None
        if isinstance(row, CadenceRow) and row.last is not None:
            seek = f"touchpoint:{row.last.touchpoint_id}"
        ids = [one.account_id for one in self._rows]
        self.open_account(row.account_id, ids, tab="timeline", seek=seek)

    def action_list_sort(self) -> None:
        """The next list."""
        self._list = LISTS[(LISTS.index(self._list) + 1) % len(LISTS)]
        self.say(list_words(self._list))
        self.reload()

    def action_list_rang(self) -> None:
        """Log a call that nobody answered, at once."""
        self.rang(self.current_account())

    def action_list_later(self) -> None:
        """Let contact with the account rest until a day."""
        row = self._current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, "snooze", account_id=row.account_id)
