"""All that was said with one person, in all of their accounts, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from planner.language import gettext as _
from planner.views.account import TimelineRow
from tui.due_words import NOTHING
from tui.screens.account_words import first_line
from tui.screens.rows_screen import RowsScreen
from tui.timeline_words import what_words
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

MOST = 500


class PersonTimelineScreen(RowsScreen[TimelineRow]):
    """The entries of a person; Enter opens the account of one."""

    HINTS = ("copy", "back", "find")

    def __init__(self, person_id: int, name: str) -> None:
        super().__init__()
        self._person_id, self._person = person_id, name

    def answers(self) -> str:
        return _("What was said with this person in all accounts? Enter opens the account.")

    def empty(self) -> str:
        return _("Nothing was said with them yet.")

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("on", _("On"), 10, priority=8),
            Column("account", _("Account"), None, priority=7, least=12, most=26),
            Column("what", _("What"), 14, priority=8),
            Column("text", _("Text"), None, priority=9, least=20),
            Column("by", _("By"), None, priority=5, least=6, most=16),
        )

    def drawn(self, row: TimelineRow) -> TableRow:
        by = row.colleague or (NOTHING, "muted")
        cells = (row.occurred_on, row.account, what_words(row), first_line(row.text), by)
        return TableRow(self.key_of(row), cells)

    def key_of(self, row: TimelineRow) -> int:
        return hash((row.kind, row.id))

    def most(self) -> int | None:
        return MOST

    def words(self, row: TimelineRow) -> str:
        return first_line(row.text)

    def top_parts(self) -> TopParts:
        screen = _("WITH {name}").format(name=self._person)
        return self.frame_parts(screen, scope=self.count_words(), brief=True)

    async def read(self) -> Sequence[TimelineRow]:
        person = self._person_id
        return await self.store.read(lambda q: q.timeline.of_person(person, limit=MOST + 1))
