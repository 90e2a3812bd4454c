"""A top screen with a list that is filtered and sorted: what Accounts and Renewals share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.errors import TrustplanError
from planner.filter_fields import FIELDS, FilterField
from planner.language import gettext as _
from planner.segments import Filter, Special, Term
from tui.screens.frame import FrameScreen
from tui.widgets.text_line import TextLine
from tui.widgets.windowed_table import WindowedTable

if TYPE_CHECKING:
    from tui.screens.account_filter_line import FilterLine

MINE: Filter = (Term("owner", ":", (Special.ME,)),)


@dataclass(frozen=True, slots=True)
class Order:
    """How the list is sorted."""

    sort: str
    backwards: bool = False


class ListScreen(FrameScreen):
    """A screen with a line ``#filtered`` above the list ``#body``. It says what its list can be
    sorted by (``sort_choices``) and reads another list in ``reread``."""

    FIRST_SORT = ""

    def __init__(self) -> None:
        super().__init__()
        self._order = Order(self.FIRST_SORT)
        self._text = ""
        self._parts: Filter = ()

    @property
    def table(self) -> WindowedTable:
        """The list."""
        return self.query_one("#body", WindowedTable)

    def sort_choices(self) -> dict[str, str]:
        """What the list can be sorted by, with the words for it."""
        raise NotImplementedError

    def reread(self) -> None:
        """Read the list that the filter and the order ask for now."""
        raise NotImplementedError

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
