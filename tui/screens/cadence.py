"""Cadence: who is past which interval, what comes up, and whom are we losing touch with?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

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
from tui.screens.rows_screen import RowsScreen
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

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


class CadenceScreen(RowsScreen[CadenceRow | ReviewRow]):
    """One list of contact at a time; ``s`` goes on to the next."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.sort", "list.later", "list.rang")]
    HINTS = ("list.sort", "log.touchpoint", "list.rang", "list.later", "scope")

    def __init__(self) -> None:
        super().__init__()
        self._list = LISTS[0]

    def answers(self) -> str:
        return _(
            "Who is past the ideal or the maximum interval, what comes up, and whom are we losing"
            " touch with? s shows the next of five lists. z lets contact rest until a day."
        )

    def empty(self) -> str:
        return _("Nobody is in this list. s shows the next one, S everybody's accounts.")

    def most(self) -> int:
        return MOST

    def columns(self) -> tuple[Column, ...]:
        return cadence_columns()

    def drawn(self, row: CadenceRow | ReviewRow) -> TableRow:
        if isinstance(row, ReviewRow):
            return review_cells(row, self.today)
        return contact_cells(row, self.today)

    def key_of(self, row: CadenceRow | ReviewRow) -> int:
        return row.account_id

    def words(self, row: CadenceRow | ReviewRow) -> str:
        if isinstance(row, ReviewRow):
            return review_line(row, self.today)
        return contact_words(row, self.today)

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self.owner() is not None else _("all: {count}")
        screen = _("CADENCE: {which}").format(which=list_words(self._list))
        return self.frame_parts(screen, scope=scope.format(count=self.count_words()), brief=True)

    async def read(self) -> Sequence[CadenceRow | ReviewRow]:
        name, owner = self._list, self.owner()
        if name != "reviews":
            return await self.store.read(lambda q: _contact(q, name, owner))
        last = self.today + timedelta(days=REVIEWS_AHEAD)
        found, self.clipped = await self.store.read(lambda q: q.reviews.until(last, owner))
        return found

    # The row under the cursor

    def text_to_copy(self) -> str:
        row = self.current()
        return "" if row is None else f"{row.account}: {self.words(row)}"

    def open_row(self, row: CadenceRow | ReviewRow) -> None:
        seek = None
        if isinstance(row, CadenceRow) and row.last is not None:
            seek = f"touchpoint:{row.last.touchpoint_id}"
        self.open_account(row.account_id, self.account_ids(), tab="timeline", seek=seek)

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
        row = self.current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, "snooze", account_id=row.account_id)
