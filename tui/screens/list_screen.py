"""A top screen with a list that is filtered and sorted: what Accounts and Renewals share."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import on

from planner.errors import TrustplanError
from planner.filter_fields import FIELDS, FilterField
from planner.language import gettext as _
from planner.segments import Filter, Special, Term
from tui.background import behind
from tui.newest_read import NewestRead
from tui.screens.frame import FrameScreen
from tui.widgets.cells import parts
from tui.widgets.row_window import TableRow
from tui.widgets.text_line import TextLine
from tui.widgets.windowed_table import WindowedTable

if TYPE_CHECKING:
    from tui.composition import BookQueries
    from tui.screens.account_filter_line import FilterLine
    from tui.store_worker import BookFacts

Row = TypeVar("Row")

MINE: Filter = (Term("owner", ":", (Special.ME,)),)


@dataclass(frozen=True, slots=True)
class Order:
    """How the list is sorted."""

    sort: str
    backwards: bool = False


class ListScreen(FrameScreen, Generic[Row]):
    """A screen with a line ``#filtered`` above the list ``#body``. It says what its list can be
    sorted by (``sort_choices``), reads the ids of all its rows and the rows of some of them
    (``rows_of``, ``drawn``), and reads another list in ``reread``."""

    FIRST_SORT = ""

    def __init__(self) -> None:
        super().__init__()
        self._order = Order(self.FIRST_SORT)
        self._text = ""
        self._parts: Filter = ()
        self._ids = array("q")
        self._newest: NewestRead | None = None

    @property
    def table(self) -> WindowedTable:
        """The list."""
        return self.query_one("#body", WindowedTable)

    def sort_choices(self) -> dict[str, str]:
        """What the list can be sorted by, with the words for it."""
        raise NotImplementedError

    def rows_of(self, queries: BookQueries, wanted: array[int]) -> list[Row]:
        """The rows with these ids, in their order."""
        raise NotImplementedError

    def drawn(self, row: Row, facts: BookFacts) -> TableRow:
        """A row as the list shows it."""
        raise NotImplementedError

    def empty_words(self) -> str:
        """What stands where the list is empty."""
        raise NotImplementedError

    def reread(self) -> None:
        """Read the list that the filter and the order ask for now."""
        self.table.move_to(0)
        self.reload()

    # The rows

    @property
    def reads(self) -> NewestRead:
        """The reads of the list: only the newest matters."""
        if self._newest is None:
            self._newest = NewestRead(self.store)
        return self._newest

    def show_ids(self) -> None:
        """Show the list of these ids, with the cursor on the row that it was on."""
        table = self.table
        key = self.current_id()
        index = None if key is None else self._ids.index(key)
        table.set_empty(self.empty_words())
        table.set_total(len(self._ids))
        table.invalidate(key, index)
        self.refresh_top()

    def put(self, offset: int, rows: list[Row], epoch: int | None = None) -> None:
        """Show the rows that begin at this place."""
        facts = self.trust.facts
        if facts is not None:
            self.table.put_rows(offset, [self.drawn(row, facts) for row in rows], epoch)

    @on(WindowedTable.RowsNeeded)
    def _need(self, event: WindowedTable.RowsNeeded) -> None:
        wanted = self._ids[event.offset : event.offset + event.count]
        if wanted:
            behind(
                self,
                partial(self._fetch, wanted, event.offset, event.epoch),
                "rows",
                exclusive=True,
            )

    async def _fetch(self, wanted: array[int], offset: int, epoch: int) -> None:
        try:
            rows = await self.store.read(lambda q: self.rows_of(q, wanted))
        except TrustplanError as error:
            self.complain(error)
            return
        if len(rows) == len(wanted):
            self.put(offset, rows, epoch)
        else:
            self.reload()

    def current_id(self) -> int | None:
        """The id of the row under the cursor, when the list has it."""
        key = self.table.cursor_key
        return key if isinstance(key, int) and key in self._ids else None

    def text_to_copy(self) -> str:
        row = self.table.row_at(self.table.cursor_index)
        if row is None:
            return ""
        return "\t".join(parts(cell)[0] for cell in row.cells)

    def action_list_rang(self) -> None:
        """Log a call that nobody answered, at once."""
        self.rang(self.current_account())

    # Filter and order

    def filter_fields(self) -> Mapping[str, FilterField]:
        """What the list is filtered by."""
        return FIELDS

    def filter_example(self) -> str:
        """What the empty filter line shows."""
        return _('tier:1,2 band:red renewal<90 touch>30 owner:me arr>100k "words"')

    def filter_now(self) -> Filter:
        """What limits the list: the filter, and my accounts unless it names owners itself."""
        named = any(isinstance(part, Term) and part.field == "owner" for part in self._parts)
        return (*self._parts, *(MINE if self.trust.mine and not named else ()))

    def show_filter(self) -> None:
        """Show the filter that holds, where its line is not open."""
        line = self.query_one("#filtered", TextLine)
        line.display = bool(self._text) and not self.query("FilterLine")
        line.set_text((_("filter") + "  ", "head"), self._text)

    async def action_list_filter(self) -> None:
        """Open the filter line."""
        from tui.screens.account_filter_line import FilterLine

        if self.query(FilterLine):
            return
        known: dict[str, list[str]] = {}
        try:
            people = await self.store.read(lambda q: q.colleagues())
            known["owner"] = [person.name for person in people if person.retired_on is None]
        except TrustplanError as error:
            self.complain(error)
        self.query_one("#filtered", TextLine).display = False
        line = FilterLine(self._text, known, self.filter_fields(), self.filter_example())
        await self.mount(line, before="#filtered")

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """The filter was typed: show what fits."""
        if event.parts != self._parts:
            self._parts = event.parts
            self.reread()
        self._text = event.text

    async def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """Back to the list; Esc takes the filter off."""
        await self.query("FilterLine").remove()
        if not event.text:
            self._text = ""
            if self._parts:
                self._parts = ()
                self.reread()
        self.show_filter()
        self.table.focus()

    def action_list_sort(self) -> None:
        """Choose what the list is sorted by; the same again turns it round."""
        from tui.dialogs.choice import Choice, ChoiceDialog

        def chosen(name: str | None) -> None:
            if name is None:
                return
            turned = name == self._order.sort and not self._order.backwards
            self._order = Order(name, turned)
            self.reread()

        choices = [Choice(name, words) for name, words in self.sort_choices().items()]
        dialog = ChoiceDialog(
            _("SORT BY  (the same again turns it round)"), choices, now=self._order.sort
        )
        self.app.push_screen(dialog, chosen)
