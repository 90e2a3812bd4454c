"""Complaints: what is hurting customers, and is a clock running out?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from planner.language import gettext as _
from planner.views.account import ComplaintRow
from planner.vocabulary_words import value_words
from tui.actions import bindings
from tui.due_words import NOTHING, clock_cell, owner_words
from tui.screens.frame import FrameScreen
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopParts
from tui.widgets.windowed_table import WindowedTable

CLOCKS = ("breached", "at-risk", "on-track", "paused", "met", "none")
SEVERITIES = ("critical", "high", "medium", "low")
SEVERITY_STYLES = {"critical": "late", "high": "warn"}
LAST = "9999"


def complaint_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("number", _("Number"), 6, priority=5),
        Column("account", _("Account"), None, priority=9, least=12, most=24),
        Column("severity", _("Severity"), 8, priority=7),
        Column("title", _("What"), None, priority=6, least=12),
        Column("stage", _("Stage"), 11, priority=3),
        Column("due", _("Due"), 9, priority=8),
        Column("who", _("Who"), 6, priority=4),
    )


def complaint_order(row: ComplaintRow) -> tuple[int, int, str, int]:
    """By clock, then severity, then due moment."""
    clock = CLOCKS.index(row.clock) if row.clock in CLOCKS else len(CLOCKS)
    severity = SEVERITIES.index(row.severity) if row.severity in SEVERITIES else len(SEVERITIES)
    return clock, severity, row.next_due or LAST, row.id


def complaint_row(row: ComplaintRow, now: datetime, me: int | None) -> TableRow:
    """One complaint as a row; ``!`` marks a clock that ran out."""
    cells: tuple[Cell, ...] = (
        row.number,
        row.account,
        (value_words(row.severity), SEVERITY_STYLES.get(row.severity, "")),
        row.title,
        value_words(row.stage),
        _due(row, now),
        owner_words(row.owner_id, row.owner, me),
    )
    return TableRow(row.id, cells, ("!", "late") if row.clock == "breached" else "")


def _due(row: ComplaintRow, now: datetime) -> Cell:
    if row.waiting:
        return (_("paused"), "muted")
    return (NOTHING, "muted") if row.next_due is None else clock_cell(row.next_due, now)


class ComplaintsScreen(FrameScreen):
    """All open complaints, the ones whose clock ran out first."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.new", "list.edit", "list.done", "list.hand")
    ]
    HINTS = ("list.done", "list.edit", "list.hand", "list.new", "log.touchpoint", "find")

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ComplaintRow] = []

    def answers(self) -> str:
        return _("What is hurting customers, and is a clock running out?")

    def compose_body(self) -> Iterable[Widget]:
        empty = _("No open complaint. c logs one when a customer is hurt.")
        yield WindowedTable(complaint_columns(), gap=1, empty=empty, id="body")
        yield Rule()
        yield TextLine(id="totals")

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self.trust.mine else _("all: {count}")
        return self.frame_parts(_("COMPLAINTS"), scope=scope.format(count=len(self._rows)))

    @property
    def table(self) -> WindowedTable:
        """The list."""
        return self.query_one("#body", WindowedTable)

    async def load(self) -> None:
        facts = self.trust.facts
        if facts is None:
            return
        rows = await self.store.read(lambda queries: queries.complaints.everything(open_only=True))
        me = facts.actor.colleague_id
        if self.trust.mine and me is not None:
            rows = [row for row in rows if row.owner_id == me]
        self._rows = sorted(rows, key=complaint_order)
        key = self.table.cursor_key
        self.table.set_total(len(rows))
        index = next((i for i, row in enumerate(self._rows) if row.id == key), None)
        self.table.invalidate(key, index)
        self.refresh_top()
        self._show_totals()

    @on(WindowedTable.RowsNeeded)
    def _need(self, event: WindowedTable.RowsNeeded) -> None:
        facts = self.trust.facts
        if facts is None:
            return
        now, me = self.trust.launch.clock.now(), facts.actor.colleague_id
        wanted = self._rows[event.offset : event.offset + event.count]
        drawn = [self.marked(complaint_row(row, now, me), row.account_id) for row in wanted]
        self.table.put_rows(event.offset, drawn, event.epoch)

    def _show_totals(self) -> None:
        spans: list[Cell] = [(_("{count} open").format(count=len(self._rows)), "strong")]
        for severity in SEVERITIES:
            count = sum(row.severity == severity for row in self._rows)
            if count:
                words = f"   {count} {value_words(severity)}"
                spans.append((words, SEVERITY_STYLES.get(severity, "")))
        late = sum(row.clock == "breached" for row in self._rows)
        if late:
            spans.append(("   " + _("{count} past their clock").format(count=late), "late"))
        self.query_one("#totals", TextLine).set_text(*spans)

    # The row under the cursor

    def _current(self) -> ComplaintRow | None:
        key = self.table.cursor_key
        return next((row for row in self._rows if row.id == key), None)

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
            ids = list(dict.fromkeys(one.account_id for one in self._rows))
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

    def action_list_hand(self) -> None:
        """Hand the complaint over."""
        self._form("hand")

    def _form(self, name: str) -> None:
        row = self._current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, name, account_id=row.account_id, complaint_id=row.id)
