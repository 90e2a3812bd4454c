"""Complaints: what is hurting customers, and is a clock running out? The board of all open ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.views.account import ComplaintRow
from planner.views.board import BY_CLOCK, BY_SEVERITY, BoardCount, BoardPlaces, Lane, Whose
from planner.vocabulary_words import value_words
from tui.actions import bindings
from tui.background import behind
from tui.screens.complaint_rows import (
    MOST_CLOSED,
    SEVERITY_STYLES,
    board_order,
    clock_words,
    complaint_columns,
    complaint_row,
    read_board,
    read_pages,
)
from tui.screens.frame import FrameScreen
from tui.widgets.cells import Cell
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopParts
from tui.widgets.windowed_table import WindowedTable

if TYPE_CHECKING:
    from planner.segments import Filter
    from tui.screens.account_filter_line import FilterLine

CLOSED = "closed"
MOST_MARKED = 500
FILTER_EXAMPLE = "severity:high,critical clock:at-risk owner:me account:nordic"


class ComplaintsScreen(FrameScreen):
    """All open complaints in lanes: late by severity, at risk, by next clock, waiting apart.

    Without a filter the rows come in pages from the store, and nothing reads all of them.
    """

    TOP = True
    ACTIONS = (
        "board.owners",
        "board.closed",
        "complaint.links",
        "incident.link",
        "complaint.accept",
        "complaint.decline",
        "complaint.note",
        "complaint.withdraw",
        "complaint.merge",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.new", "list.edit", "list.done", "list.hand", "list.filter", "list.sort",
                  "list.mark_all")
    ]  # fmt: skip
    HINTS = ("list.done", "list.hand", "list.filter", "list.sort", "list.edit", "list.new", "scope")

    def __init__(self) -> None:
        super().__init__()
        self._counts: list[BoardCount] = []
        self._lanes: list[Lane] = []
        self._places = BoardPlaces()
        self._held: list[ComplaintRow] | None = None  # None: the rows come in pages
        self._seen: dict[int, ComplaintRow] = {}
        self._order = BY_CLOCK
        self._closed = False
        self._chosen: Whose | None = None
        self._chosen_words = ""
        self._text = ""
        self._parts: Filter = ()

    def answers(self) -> str:
        return _(
            "What is hurting customers, and is a clock running out? First what is late (!), by"
            " severity, then what is at risk (~), then the rest by its next clock; those that wait"
            " for the customer stand last. Space marks, o hands the marked ones to a colleague in"
            " one change. s sorts by severity or shows closed ones, f filters."
        )

    def compose_body(self) -> Iterable[Widget]:
        empty = _("No open complaint. c logs one when a customer is hurt.")
        yield TextLine(id="filtered")
        yield WindowedTable(complaint_columns(), gap=1, empty=empty, id="body")
        yield Rule()
        yield TextLine(id="totals")
        yield TextLine(id="reason")

    def top_parts(self) -> TopParts:
        total = self.table.total or 0
        more = "+" if self._closed and total == MOST_CLOSED else ""
        if self._chosen is not None:
            scope = f"{self._chosen_words}: {total}{more}"
        else:
            words = _("mine: {count}") if self.trust.mine else _("all: {count}")
            scope = words.format(count=f"{total}{more}")
        screen = _("COMPLAINTS closed") if self._closed else _("COMPLAINTS")
        return self.frame_parts(screen, scope=scope)

    @property
    def table(self) -> WindowedTable:
        """The list."""
        return self.query_one("#body", WindowedTable)

    def _whose(self) -> Whose:
        facts = self.trust.facts
        if self._chosen is not None:
            return self._chosen
        me = None if facts is None else facts.actor.colleague_id
        return Whose(me) if self.trust.mine and me is not None else Whose()

    def show_whose(self, whose: Whose, words: str) -> None:
        """Show the complaints of an owner or a function until S or Esc is pressed."""
        everybody = whose == Whose()
        self._chosen, self._chosen_words = (None, "") if everybody else (whose, words)
        if everybody:
            self.trust.mine = False
        self._begin()

    def action_scope(self) -> None:
        """Mine or everybody's; an owner chosen among the counts is left first."""
        if self._chosen is None:
            super().action_scope()
        else:
            self._chosen = None
            self._begin()

    def _begin(self) -> None:
        self.table.move_to(0)
        self.reload()

    async def load(self) -> None:
        from planner.views.board import belongs, lanes_of

        if self.trust.facts is None:
            return
        whose, parts, closed = self._whose(), self._parts, self._closed
        ask = partial(read_board, whose=whose, closed=closed, held=bool(parts or closed))
        self._counts, held = await self.store.read(ask)
        shown = [one for one in self._counts if belongs(one, whose)]
        self._lanes = lanes_of(shown, self._order)
        self._places = BoardPlaces()
        self._held = held if held is None or not parts else self._fitting(held)
        if self._held is not None and not closed:
            self._held.sort(key=partial(board_order, by=self._order))
        self._seen = {} if self._held is None else {row.id: row for row in self._held}
        total = sum(lane.rows for lane in self._lanes) if self._held is None else len(self._held)
        table = self.table
        key = table.cursor_key
        index = next((i for i, row in enumerate(self._held or ()) if row.id == key), None)
        table.set_total(total)
        table.invalidate(key, index)
        self._show_filter()
        self._show_totals(shown)
        self._show_reason()
        self.refresh_top()

    def _fitting(self, rows: Sequence[ComplaintRow]) -> list[ComplaintRow]:
        from planner.row_filter import complaint_facts, fits

        facts = self.trust.facts
        me = None if facts is None else facts.actor.colleague_id
        today = self.trust.launch.clock.now().date() if facts is None else facts.today
        return [row for row in rows if fits(self._parts, complaint_facts(row, today, me))]

    @on(WindowedTable.RowsNeeded)
    def _need(self, event: WindowedTable.RowsNeeded) -> None:
        if self._held is not None:
            wanted = self._held[event.offset : event.offset + event.count]
            self._put(event.offset, wanted, event.epoch)
            return
        ask = partial(self._fetch, event.offset, event.count, event.epoch)
        behind(self, ask, "rows", exclusive=True)

    async def _fetch(self, offset: int, count: int, epoch: int) -> None:
        from planner.views.board import slices

        places, whose = self._places, self._whose()
        wanted = slices(self._lanes, offset, count)
        try:
            rows = await self.store.read(
                partial(read_pages, wanted=wanted, whose=whose, places=places)
            )
        except TrustplanError as error:
            self.complain(error)
            return
        if places is not self._places:
            return
        if len(rows) < sum(part.take for part in wanted):
            self.reload()  # fewer than were counted: others moved on meanwhile
            return
        self._seen |= {row.id: row for row in rows}
        self._put(offset, rows, epoch)

    def _put(self, offset: int, rows: Sequence[ComplaintRow], epoch: int) -> None:
        facts = self.trust.facts
        if facts is None:
            return
        now, me = self.trust.launch.clock.now(), facts.actor.colleague_id
        drawn = [self.marked(complaint_row(row, now, me), row.account_id) for row in rows]
        self.table.put_rows(offset, drawn, epoch)
        self._show_reason()

    def _show_totals(self, shown: Sequence[BoardCount]) -> None:
        from planner.views.board import SEVERITIES, tally

        sums = tally(shown)
        spans: list[Cell] = [(_("{count} open").format(count=sums.open), "strong")]
        if sums.late:
            spans.append(("   " + _("{count} past their clock").format(count=sums.late), "late"))
        if sums.risk:
            spans.append(("   " + _("{count} at risk").format(count=sums.risk), "warn"))
        if sums.waiting:
            spans.append("   " + _("{count} waiting").format(count=sums.waiting))
        if sums.handed:
            spans.append("   " + _("{count} not accepted").format(count=sums.handed))
        for severity in SEVERITIES:
            count = sum(one.number for one in shown if one.severity == severity)
            if count:
                style = SEVERITY_STYLES.get(severity, "")
                spans.append((f"   {count} {value_words(severity)}", style))
        self.query_one("#totals", TextLine).set_text(*spans)

    @on(WindowedTable.RowHighlighted)
    def _show_reason(self) -> None:
        row, facts = self._current(), self.trust.facts
        words = ""
        if row is not None and facts is not None:
            words = clock_words(row, self.trust.launch.clock.now(), facts.actor.colleague_id)
        self.query_one("#reason", TextLine).set_text(words)

    # Filter and order

    def _show_filter(self) -> None:
        line = self.query_one("#filtered", TextLine)
        line.display = bool(self._text) and not self.query("FilterLine")
        line.set_text((_("filter") + "  ", "head"), self._text)

    async def action_list_filter(self) -> None:
        """Open the filter line."""
        from planner.row_filter import complaint_fields
        from tui.screens.account_filter_line import FilterLine

        if self.query(FilterLine):
            return
        self.query_one("#filtered", TextLine).display = False
        line = FilterLine(self._text, {}, complaint_fields(), FILTER_EXAMPLE)
        await self.mount(line, before="#filtered")

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """The filter was typed: show what fits."""
        self._text = event.text
        if event.parts != self._parts:
            self._parts = event.parts
            self._begin()

    async def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """Back to the list; Esc takes the filter off."""
        await self.query("FilterLine").remove()
        if not event.text:
            self._text = ""
            if self._parts:
                self._parts = ()
                self._begin()
        self._show_filter()
        self.table.focus()

    def action_list_sort(self) -> None:
        """By clock, by severity, or the closed ones."""
        from tui.dialogs.choice import Choice, ChoiceDialog

        def chosen(name: str | None) -> None:
            if name is not None:
                self._closed = name == CLOSED
                self._order = BY_CLOCK if self._closed else name
                self._begin()

        choices = [
            Choice(BY_CLOCK, _("clock: late, at risk, next due")),
            Choice(BY_SEVERITY, _("severity, in each the next due first")),
            Choice(CLOSED, _("closed ones, the newest first")),
        ]
        now = CLOSED if self._closed else self._order
        self.app.push_screen(ChoiceDialog(_("SORT BY"), choices, now=now), chosen)

    def action_board_closed(self) -> None:
        """Closed ones, and back."""
        self._closed = not self._closed
        self._begin()

    def action_board_owners(self) -> None:
        """The counts by function and owner."""
        from tui.screens.board_owners import BoardOwnersScreen

        self.app.push_screen(BoardOwnersScreen(self.show_whose))

    # The row under the cursor

    def _current(self) -> ComplaintRow | None:
        key = self.table.cursor_key
        return self._seen.get(key) if isinstance(key, int) else None

    def current_account(self) -> int | None:
        row = self._current()
        return None if row is None else row.account_id

    def text_to_copy(self) -> str:
        row = self._current()
        return "" if row is None else f"{row.number} {row.account}: {row.title}"

    @on(WindowedTable.RowSelected)
    def _open(self) -> None:
        row = self._current()
        if row is not None:
            ids = list(dict.fromkeys(one.account_id for one in self._seen.values()))
            self.open_account(row.account_id, ids, tab="complaints", seek=f"complaint:{row.id}")

    def action_list_new(self) -> None:
        """Log a complaint; of which account is asked."""
        self.action_log_complaint()

    def action_list_edit(self) -> None:
        """Change what the complaint says."""
        self._form("complaint")

    def action_list_done(self) -> None:
        """The next step of the complaint."""
        self._form("complaint_step")

    def action_list_mark_all(self) -> None:
        """Mark all that are shown, or none when all are marked."""
        behind(self, self._mark_all, "marks", exclusive=True)

    async def _mark_all(self) -> None:
        total = self.table.total or 0
        if total > MOST_MARKED:
            words = _("{count} are more than one change takes: filter them, at most {most}.")
            self.say(words.format(count=total, most=MOST_MARKED), warn=True)
            return
        if self._held is None:
            from planner.views.board import slices

            wanted, whose, places = slices(self._lanes, 0, total), self._whose(), self._places
            rows = await self.store.read(
                partial(read_pages, wanted=wanted, whose=whose, places=places)
            )
        else:
            rows = self._held
        ids = {row.id for row in rows}
        self.table.set_marks(() if ids == self.table.marked else ids)

    def action_list_hand(self) -> None:
        """Hand the complaint over, or all the marked ones in one change."""
        marked = sorted(key for key in self.table.marked if isinstance(key, int))
        if not marked:
            self._form("hand")
        elif not self.refuse_read_only():
            from tui.screens.bulk_hand import hand_together

            hand_together(self, marked, lambda: self.table.set_marks(()))

    def action_complaint_links(self) -> None:
        """Complaints with the same cause as this one."""
        row = self._current()
        if row is not None:
            from tui.screens.causes import CauseLinksScreen

            self.app.push_screen(CauseLinksScreen(row.id, row.number))

    def action_complaint_accept(self) -> None:
        """Take over what is offered to me."""
        row = self._current()
        if row is not None and not self.refuse_read_only():
            from planner.use_cases.complaint_handing import accept_complaint

            self.do(accept_complaint, row.id)

    def action_complaint_decline(self) -> None:
        """Leave what is offered to me with its owner."""
        self._form("complaint_decline")

    def action_complaint_note(self) -> None:
        """A line under it."""
        self._form("complaint_note")

    def action_complaint_withdraw(self) -> None:
        """The customer took it back."""
        self._form("complaint_withdraw")

    def action_complaint_merge(self) -> None:
        """It is the same as another."""
        self._form("complaint_merge")

    def action_incident_link(self) -> None:
        """It comes from a running incident."""
        row = self._current()
        if row is not None and not self.refuse_read_only():
            from tui.screens.incident_offer import choose_incident

            choose_incident(self, row.id)

    def _form(self, name: str) -> None:
        row = self._current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, name, account_id=row.account_id, complaint_id=row.id)
