"""Calendars: which hours, zones and holidays do the clocks of complaints run by?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from planner.language import gettext as _
from planner.views.calendars import CalendarRow
from tui.actions import bindings
from tui.due_words import NOTHING
from tui.screens.rows_screen import RowsScreen
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

NO_CALENDAR = "none"


class CalendarsScreen(RowsScreen[CalendarRow]):
    """The calendars of the book by name; that of the book has a word of its own."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.new", "list.edit", "list.done", "list.remove")
    ]
    HINTS = ("list.new", "list.edit", "list.remove", "find")

    def answers(self) -> str:
        return _(
            "Which hours, zones and holidays do the clocks of complaints run by? n adds a calendar,"
            " e changes it, d makes it that of all accounts without one of their own, or takes"
            " that back. The form of an account gives it one."
        )

    def empty(self) -> str:
        return _("No calendar. Clocks run Monday to Friday 09:00 to 17:00. n adds one.")

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("name", _("Calendar"), None, priority=9, least=12, most=24),
            Column("hours", _("Hours"), None, priority=8, least=16),
            Column("zone", _("Zone"), None, priority=6, least=8, most=20),
            Column("holidays", _("Holidays"), 8, priority=5),
            Column("accounts", _("Accounts"), 8, "right", priority=4),
            Column("book", _("Book"), 4, priority=7),
        )

    def drawn(self, row: CalendarRow) -> TableRow:
        country = f"{row.country}-{row.subdivision}" if row.subdivision else row.country
        cells: tuple[Cell, ...] = (
            row.name, row.hours, row.zone, country or (NOTHING, "muted"), str(row.accounts),
            _("book") if row.is_book else "",
        )  # fmt: skip
        return TableRow(row.id, cells)

    def key_of(self, row: CalendarRow) -> int:
        return row.id

    def words(self, row: CalendarRow) -> str:
        free = _("free: {days}").format(days=", ".join(row.free_days)) if row.free_days else ""
        return " · ".join(part for part in (row.name, row.hours, row.zone, free) if part)

    def top_parts(self) -> TopParts:
        return self.frame_parts(_("CALENDARS"), scope=self.count_words())

    async def read(self) -> Sequence[CalendarRow]:
        return await self.store.read(lambda q: q.calendars.each())

    def open_row(self, row: CalendarRow) -> None:  # noqa: ARG002
        self.action_list_edit()

    def action_list_new(self) -> None:
        """Add a calendar."""
        from tui.dialogs.opening import open_form

        if not self.refuse_read_only():
            open_form(self, "calendar")

    def action_list_edit(self) -> None:
        """Change its hours, zone or holidays."""
        row = self.current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, "calendar", calendar_id=row.id)

    def action_list_done(self) -> None:
        """Make it the book's, or take that back."""
        row = self.current()
        if row is None or self.refuse_read_only():
            return
        from planner.use_cases.settings import change_setting

        self.do(change_setting, "calendar", NO_CALENDAR if row.is_book else row.name)

    def action_list_remove(self) -> None:
        """Take it out of use, after a question that names it."""
        row = self.current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.choice import Choice, ChoiceDialog

        def chosen(answer: str | None) -> None:
            if answer == "archive":
                from planner.use_cases.calendars import archive_calendar

                self.do(archive_calendar, row.id)

        question = _("Archive {name}?").format(name=row.name)
        choices = [
            Choice("keep", _("keep it")),
            Choice("archive", _("archive {name}").format(name=row.name), _("u brings it back")),
        ]
        self.app.push_screen(ChoiceDialog(question, choices), chosen)
