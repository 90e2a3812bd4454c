"""Requests: what did they ask for, and who owes the answer? By due day, the late ones first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from planner.language import gettext as _
from planner.requests import asked_words
from planner.views.requests import RequestRow
from tui.actions import bindings
from tui.due_words import NOTHING, due_cell
from tui.screens.rows_screen import RowsScreen
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

MOST = 500


class RequestsScreen(RowsScreen[RequestRow]):
    """Open requests of my accounts or of all; Enter opens the account."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.new", "list.done", "list.later", "list.hand")
    ]
    HINTS = ("list.done", "list.later", "list.hand", "log.touchpoint", "scope", "find")

    def answers(self) -> str:
        return _(
            "What did they ask for, and who owes the answer by when? t logs the contact that"
            " answers it, d says that it is answered, z another day, o hands it over."
        )

    def empty(self) -> str:
        return _("Nobody waits for an answer. n keeps what somebody asks for.")

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("due", _("Due"), 9, priority=8),
            Column("account", _("Account"), None, priority=9, least=14, most=28),
            Column("what", _("They asked for"), None, priority=9, least=20),
            Column("who", _("Asked by"), None, priority=5, least=8, most=18),
            Column("on", _("Asked"), 10, priority=4),
            Column("owner", _("Owner"), None, priority=6, least=6, most=16),
        )

    def drawn(self, row: RequestRow) -> TableRow:
        return TableRow(
            row.id,
            (
                due_cell(row.due_on, self.today),
                row.account,
                asked_words(row.request, row.action),
                row.asked_by or (NOTHING, "muted"),
                row.asked_on,
                row.owner or (NOTHING, "muted"),
            ),
        )

    def key_of(self, row: RequestRow) -> int:
        return row.id

    def most(self) -> int | None:
        return MOST

    def words(self, row: RequestRow) -> str:
        asked = asked_words(row.request, row.action)
        who = row.asked_by or _("somebody")
        return _("{account}: {who} {asked} on {day}").format(
            account=row.account, who=who, asked=asked, day=row.asked_on
        )

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self.owner() is not None else _("all: {count}")
        return self.frame_parts(_("REQUESTS"), scope=scope.format(count=self.count_words()))

    async def read(self) -> Sequence[RequestRow]:
        owner = self.owner()
        found = await self.store.read(lambda q: q.requests.owed_by(owner, MOST + 1))
        return list(found)

    def action_list_new(self) -> None:
        """Keep what somebody asks for; of which account is that of the row."""
        row = self.current()
        if row is None:
            self.say(_("Open the account first: n there, or a contact in which they ask (t)."))
            return
        self._form("request", row, action=False)

    def action_list_done(self) -> None:
        """It is answered."""
        row = self.current()
        if row is not None and not self.refuse_read_only():
            from planner.use_cases.requests import answer_request

            self.do(answer_request, row.id)

    def action_list_later(self) -> None:
        """It is due another day."""
        row = self.current()
        if row is not None:
            self._form("later", row)

    def action_list_hand(self) -> None:
        """A colleague answers it."""
        row = self.current()
        if row is not None:
            self._form("hand", row)

    def _form(self, name: str, row: RequestRow, *, action: bool = True) -> None:
        from tui.dialogs.opening import open_form

        open_form(self, name, account_id=row.account_id, action_id=row.id if action else None)
