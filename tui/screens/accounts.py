"""Accounts: how is my book of business? A list that stays instant whatever its length."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from planner.language import gettext as _
from planner.segments import Filter
from planner.views.accounts import AccountRow
from tui.actions import bindings
from tui.newest_read import NewestRead, Superseded
from tui.screens.account_beside_list import LEAST_WIDTH, AccountBesideList
from tui.screens.account_rows import account_columns, account_row, totals_spans
from tui.screens.list_screen import ListScreen, Order
from tui.widgets.row_window import TableRow
from tui.widgets.rule import Rule
from tui.widgets.side_rule import SideRule
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopParts
from tui.widgets.windowed_table import WindowedTable

if TYPE_CHECKING:
    from planner.views.totals import AccountTotals
    from tui.composition import BookQueries
    from tui.store_worker import BookFacts

FIRST_ROWS = 64


def sort_words(name: str) -> str:
    """One word for what the list is sorted by, for the top line."""
    return {
        "name": _("name"), "health": _("health"), "arr": _("ARR"), "renewal": _("renewal"),
        "touch": _("touch"), "tier": _("tier"), "complaints": _("complaints"), "next": _("next"),
    }[name]  # fmt: skip


def sort_names() -> dict[str, str]:
    """What the list can be sorted by, with the words for it."""
    return {
        "name": _("name"),
        "health": _("health, the worst first"),
        "arr": _("ARR, the largest first"),
        "renewal": _("renewal, the soonest first"),
        "touch": _("last two-way touch, the oldest first"),
        "tier": _("tier"),
        "complaints": _("complaints, the worst first"),
        "next": _("next action, the soonest first"),
    }


class AccountsScreen(ListScreen[AccountRow]):
    """All accounts, filtered, sorted, marked, with what they add up to."""

    TOP = True
    FIRST_SORT = "health"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "list.filter", "list.sort", "list.mark_all", "list.star", "list.edit", "list.new",
            "list.rang", "list.remove",
        )
    ]  # fmt: skip
    HINTS = ("list.edit", "list.filter", "list.sort", "list.star", "log.touchpoint", "list.new")

    def __init__(self) -> None:
        super().__init__()
        self._totals: AccountTotals | None = None

    def answers(self) -> str:
        return _("How is my book of business?")

    def compose_body(self) -> Iterable[Widget]:
        yield TextLine(id="filtered")
        with Horizontal(id="both"):
            yield WindowedTable(account_columns(), gap=1, id="body")
            yield SideRule(id="between")
            yield AccountBesideList(id="beside")
        yield Rule()
        yield TextLine(id="totals")

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self.trust.mine else _("all: {count}")
        details = [scope.format(count=len(self._ids)) if self._ids else ""]
        details.append(_("sort: {name}").format(name=sort_words(self._order.sort)))
        return self.frame_parts(
            _("ACCOUNTS"), scope=" · ".join(part for part in details if part), brief=True
        )

    def sort_choices(self) -> dict[str, str]:
        return sort_names()

    def on_resize(self) -> None:
        """The account stands beside the list where there is room."""
        wide = self.size.width >= LEAST_WIDTH
        for name in ("#between", "#beside"):
            self.query_one(name).display = wide
        self._show_beside()

    def _show_beside(self) -> None:
        beside = self.query_one("#beside", AccountBesideList)
        if beside.display:
            beside.show(self.store, self.current_account())

    # Reading

    async def load(self) -> None:
        reads, parts, order = self.reads, self.filter_now(), self._order
        self.show_filter()
        try:
            if not self._ids:
                await self._first_rows(reads, parts, order)
            self._ids = await reads.read(
                lambda q: q.accounts.ids(sort=order.sort, backwards=order.backwards, parts=parts)
            )
            self.show_ids()
            self._totals = await reads.read(lambda q: q.accounts.totals(parts))
        except Superseded:
            return
        self._show_totals()

    async def _first_rows(self, reads: NewestRead, parts: Filter, order: Order) -> None:
        """The first screen of the list, before its length is known."""

        def ask(queries: BookQueries) -> list[AccountRow]:
            return queries.accounts.page(
                sort=order.sort, backwards=order.backwards, parts=parts, limit=FIRST_ROWS
            )

        rows = await reads.read(ask)
        self.table.set_empty(self.empty_words())
        self.table.set_total(len(rows))
        self.put(0, rows)

    def rows_of(self, queries: BookQueries, wanted: array[int]) -> list[AccountRow]:
        return queries.accounts.by_ids(wanted)

    def drawn(self, row: AccountRow, facts: BookFacts) -> TableRow:
        return self.marked(account_row(row, facts.today), row.id)

    def empty_words(self) -> str:
        if self._parts:
            return _("No account fits this filter. Esc in the filter (f) takes it off.")
        if self.trust.mine:
            return _("No account is yours. S shows everybody's, n adds one.")
        return _("No accounts yet: n adds one, `trustplan import accounts FILE` reads a file.")

    def _show_totals(self) -> None:
        if self._totals is not None:
            marked = len(self.table.marked)
            spans = totals_spans(self._totals, len(self._ids), marked)
            self.query_one("#totals", TextLine).set_text(*spans)

    # The row under the cursor

    def current_account(self) -> int | None:
        key = self.table.cursor_key
        return key if isinstance(key, int) else None

    @on(WindowedTable.RowSelected)
    def _open(self, event: WindowedTable.RowSelected) -> None:
        self.open_account(int(event.key), self._ids)

    @on(WindowedTable.Marked)
    def _marked(self) -> None:
        self._show_totals()

    def action_list_mark_all(self) -> None:
        """Mark all that are shown, or take the marks off when all are."""
        everything = frozenset(self._ids)
        self.table.set_marks(() if everything <= self.table.marked else everything)
        self._show_totals()

    def action_back(self) -> None:
        """Take the marks off; a top screen stays."""
        if self.table.marked:
            self.table.set_marks(())
            self._show_totals()

    def reread(self) -> None:
        self._ids = array("q")  # another list: its first rows come before its length
        super().reread()

    # Changing

    def action_list_star(self) -> None:
        """Star the account, or take the star off."""
        account_id = self.current_account()
        if account_id is None or self.refuse_read_only():
            return
        from planner.use_cases.accounts import toggle_star

        self.do(toggle_star, account_id)

    def action_list_new(self) -> None:
        """A new account."""
        if not self.refuse_read_only():
            from tui.dialogs.opening import open_form

            open_form(self, "account")

    def action_list_edit(self) -> None:
        """Edit the marked accounts together, or the one under the cursor."""
        if self.refuse_read_only():
            return
        marked = sorted(int(key) for key in self.table.marked)
        if marked:
            from tui.screens.bulk_edit import edit_together

            edit_together(self, marked)
            return
        account_id = self.current_account()
        if account_id is not None:
            from tui.dialogs.opening import open_form

            open_form(self, "account", account_id=account_id)

    async def action_list_remove(self) -> None:
        """Archive the account under the cursor, after a question that names it."""
        account_id = self.current_account()
        if account_id is None or self.refuse_read_only():
            return
        from tui.dialogs.choice import Choice, ChoiceDialog

        rows = await self.store.read(lambda q: q.accounts.by_ids([account_id]))
        if not rows:
            return
        name = rows[0].name

        def chosen(answer: str | None) -> None:
            if answer == "archive":
                from planner.use_cases.accounts import archive_account

                self.do(archive_account, account_id)

        choices = [
            Choice("keep", _("keep it")),
            Choice("archive", _("archive {name}").format(name=name), _("u brings it back")),
        ]
        question = _("Archive {name}?").format(name=name)
        self.app.push_screen(ChoiceDialog(question, choices), chosen)

    @on(WindowedTable.RowHighlighted)
    def _moved(self) -> None:
        self._show_beside()
