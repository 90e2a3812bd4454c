"""Renewals: what is due, and will it renew?"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from planner.errors import TrustplanError
from planner.filter_fields import FilterField, renewal_fields
from planner.language import gettext as _
from planner.views.renewals import RenewalForecast, RenewalRow
from tui.actions import bindings
from tui.newest_read import Superseded
from tui.renewal_words import crowd_words, method_words
from tui.screens.list_screen import ListScreen
from tui.screens.renewal_rows import bottom_lines, renewal_columns, renewal_row
from tui.widgets.row_window import TableRow
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopParts
from tui.widgets.windowed_table import WindowedTable

if TYPE_CHECKING:
    from tui.composition import BookQueries
    from tui.store_worker import BookFacts

BOTTOM_LINES = 10
"""What the forecast takes at most: figures, what stands apart, six lines of months, the rule."""


def sort_names() -> dict[str, str]:
    """What the list can be sorted by, with the words for it."""
    return {
        "end": _("end, the soonest first"),
        "account": _("account"),
        "arr": _("ARR, the largest first"),
        "notice": _("last day for notice, the soonest first"),
        "forecast": _("forecast, the unknown first"),
        "health": _("health, the worst first"),
        "readiness": _("plan readiness, the lowest first"),
        "missed": _("milestones missed, the most first"),
        "owner": _("owner"),
    }


class RenewalsScreen(ListScreen[RenewalRow]):
    """All undecided renewals by their end, with the forecast against what is due."""

    TOP = True
    FIRST_SORT = "end"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.filter", "list.sort", "list.edit", "list.done", "list.new", "list.rang")
    ]
    HINTS = ("list.edit", "list.done", "list.filter", "list.sort", "log.touchpoint", "list.new")

    def __init__(self) -> None:
        super().__init__()
        self._accounts = array("q")
        self._forecast: RenewalForecast | None = None

    def answers(self) -> str:
        return _("What is due, and will it renew? Forecast: {method}. Pointed out: {rule}").format(
            method=method_words(), rule=crowd_words()
        )

    def compose_body(self) -> Iterable[Widget]:
        yield TextLine(id="filtered")
        yield WindowedTable(renewal_columns(), gap=1, id="body")
        yield Rule()
        for number in range(BOTTOM_LINES):
            yield TextLine(id=f"bottom{number}")

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self.trust.mine else _("all: {count}")
        words = scope.format(count=len(self._ids))
        sort = sort_names()[self._order.sort].partition(",")[0]
        order = _("sort: {name}").format(name=sort)
        return self.frame_parts(_("RENEWALS"), scope=f"{words} · {order}", brief=True)

    def sort_choices(self) -> dict[str, str]:
        return sort_names()

    def filter_fields(self) -> Mapping[str, FilterField]:
        return renewal_fields()

    def filter_example(self) -> str:
        return _("renewal<90 notice<30 forecast:at_risk,unknown missed>0 band:red owner:me")

    def on_resize(self) -> None:
        """More months stand in a wider line."""
        self._show_forecast()

    # Reading

    async def load(self) -> None:
        reads, parts, order = self.reads, self.filter_now(), self._order
        self.show_filter()
        try:
            due = await reads.read(
                lambda q: q.renewals.ids(sort=order.sort, backwards=order.backwards, parts=parts)
            )
            self._ids, self._accounts = due.contracts, due.accounts
            self.show_ids()
            self._forecast = await reads.read(lambda q: q.renewals.forecast(parts))
        except Superseded:
            return
        self._show_forecast()

    def rows_of(self, queries: BookQueries, wanted: array[int]) -> list[RenewalRow]:
        return queries.renewals.by_ids(wanted)

    def drawn(self, row: RenewalRow, facts: BookFacts) -> TableRow:
        drawn = renewal_row(row, facts.today, facts.actor.colleague_id)
        return self.marked(drawn, row.account_id)

    def empty_words(self) -> str:
        if self._parts:
            return _("No renewal fits this filter. Esc in the filter (f) takes it off.")
        if self.trust.mine:
            return _("No renewal is yours. S shows everybody's, n adds a contract.")
        return _("Nothing is due: no contract has an end. n adds a contract.")

    def _show_forecast(self) -> None:
        forecast = self._forecast
        lines = [] if forecast is None else bottom_lines(forecast, self.size.width)
        for number in range(BOTTOM_LINES):
            line = self.query_one(f"#bottom{number}", TextLine)
            line.display = number < max(1, len(lines))
            line.set_text(*(lines[number] if number < len(lines) else ()))

    # The row under the cursor

    def current_account(self) -> int | None:
        contract_id = self.current_id()
        if contract_id is None:
            return None
        return self._accounts[self._ids.index(contract_id)]

    @on(WindowedTable.RowSelected)
    def _open(self) -> None:
        contract_id, account_id = self.current_id(), self.current_account()
        if account_id is not None:
            ids = list(dict.fromkeys(self._accounts))
            self.open_account(account_id, ids, tab="money", seek=f"contract:{contract_id}")

    # Changing

    def action_list_edit(self) -> None:
        """Change the forecast of the contract under the cursor."""
        contract_id = self.current_id()
        if contract_id is not None and not self.refuse_read_only():
            from tui.dialogs.opening import open_form

            open_form(self, "forecast", contract_id=contract_id)

    async def action_list_done(self) -> None:
        """Mark the first milestone that is not done as done, today."""
        contract_id = self.current_id()
        facts = self.trust.facts
        if contract_id is None or facts is None or self.refuse_read_only():
            return

        def ask(queries: BookQueries) -> list[RenewalRow]:
            return queries.renewals.by_ids([contract_id])

        try:
            rows = await self.store.read(ask)
        except TrustplanError as error:
            self.complain(error)
            return
        from planner.renewals import next_offset
        from planner.use_cases.contracts import reach_milestone

        offset = next_offset(rows[0].milestones_done) if rows else None
        if offset is None:
            self.say(_("All milestones of this renewal are done."))
        else:
            self.do(reach_milestone, contract_id, offset)

    def action_list_new(self) -> None:
        """A new contract; of which account is asked where the list is empty."""
        self.log_form("contract")
