"""Feedback, and improvements: what did customers say, and what was changed because of it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from planner.language import gettext as _
from planner.views.causes import FeedbackRow, ImprovementRow
from planner.vocabulary_words import value_words
from tui.actions import bindings
from tui.due_words import NOTHING, day_words
from tui.screens.rows_screen import RowsScreen
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

MOST = 500
TABS = {"complaint": "complaints", "signal": "timeline", "survey": "timeline"}
CLOSING = {"complaint": "complaint_step", "signal": "signal_close", "survey": "survey_close"}
"""The form that closes each kind."""
STATES = {"open": "warn", "acted_on": "", "declined": "muted"}


def feedback_row(row: FeedbackRow, today: date) -> TableRow:
    """A piece of feedback as a row."""
    on = date.fromisoformat(row.on_date)
    return TableRow(
        row.id,
        (
            (day_words(on) if on.year == today.year else row.on_date, "muted"),
            value_words(row.kind),
            row.account or (_("the book"), "muted"),
            row.words,
            (value_words(row.state), STATES[row.state]),
            row.improvement or (NOTHING, "muted"),
        ),
    )


def feedback_columns() -> tuple[Column, ...]:
    """The columns of feedback."""
    return (
        Column("on", _("On"), 10, priority=5),
        Column("kind", _("Kind"), 9, priority=4),
        Column("account", _("Account"), None, priority=7, least=12, most=22),
        Column("words", _("Their words"), None, priority=9, least=16),
        Column("state", _("State"), 8, priority=8),
        Column("improvement", _("Improvement"), None, priority=3, least=10, most=20),
    )


def feedback_words(row: FeedbackRow) -> str:
    """Who said what, what was done or why it was declined, and the improvement."""
    said = f"{row.person or _('nobody named')}: {row.words}"
    parts = (row.number, said, row.note, row.improvement)
    return " · ".join(part for part in parts if part)


class FeedbackScreen(RowsScreen[FeedbackRow]):
    """The inbox: open feedback, or with ``s`` all of it."""

    TOP = True
    ACTIONS = ("complaint.links", "complaint.advocate")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.sort", "list.done", "list.new", "list.edit")
    ]
    HINTS = ("list.done", "list.new", "list.sort", "scope", "find")

    def __init__(self) -> None:
        super().__init__()
        self._open_only = True

    def answers(self) -> str:
        return _(
            "What did customers say, and what came of it? Complaints, signals and comments of"
            " surveys. d closes one: acted on, or declined with the reason; a complaint takes its"
            " next step. n keeps an improvement that comes from it, s shows closed ones too."
        )

    def empty(self) -> str:
        return _("All feedback is acted on or declined. s shows it, S everybody's.")

    def most(self) -> int:
        return MOST

    def columns(self) -> tuple[Column, ...]:
        return feedback_columns()

    def drawn(self, row: FeedbackRow) -> TableRow:
        return feedback_row(row, self.today)

    def key_of(self, row: FeedbackRow) -> int:
        return row.id

    def words(self, row: FeedbackRow) -> str:
        return feedback_words(row)

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self.owner() is not None else _("all: {count}")
        which = _("open") if self._open_only else _("all")
        return self.frame_parts(
            _("FEEDBACK: {which}").format(which=which),
            scope=scope.format(count=self.count_words()),
            brief=True,
        )

    async def read(self) -> Sequence[FeedbackRow]:
        owner, open_only = self.owner(), self._open_only
        return await self.store.read(
            lambda q: q.improved.inbox(open_only=open_only, owner_id=owner, limit=MOST + 1)
        )

    def open_row(self, row: FeedbackRow) -> None:
        if row.account_id is not None:
            seek = f"{row.kind}:{row.id}"
            self.open_account(row.account_id, self.account_ids(), tab=TABS[row.kind], seek=seek)

    def action_list_sort(self) -> None:
        """Open ones, or all."""
        self._open_only = not self._open_only
        self.reload()

    def action_list_done(self) -> None:
        """Close it; a complaint takes its next step."""
        row = self.current()
        if row is not None:
            self._form(CLOSING[row.kind], row, row.account_id)

    def action_list_edit(self) -> None:
        """Change what it says."""
        row = self.current()
        if row is not None:
            self._form(row.kind, row, row.account_id)

    def action_list_new(self) -> None:
        """Keep an improvement that comes from it."""
        row = self.current()
        if row is None:
            return
        if row.account_id is None:
            self.say(_("This answer belongs to no account."), warn=True)
            return
        self._form("improvement", row, None)

    def action_complaint_links(self) -> None:
        """Complaints with the same cause as this one."""
        row = self._complaint()
        if row is not None:
            from tui.screens.causes import CauseLinksScreen

            self.app.push_screen(CauseLinksScreen(row.id, row.number or ""))

    def action_complaint_advocate(self) -> None:
        """Mark the customer as a recovered advocate, or take that back."""
        row = self._complaint()
        if row is not None and not self.refuse_read_only():
            from planner.use_cases.advocates import turn_advocate

            self.do(turn_advocate, row.id)

    def _complaint(self) -> FeedbackRow | None:
        """The complaint under the cursor; says so where it is none."""
        row = self.current()
        if row is not None and row.kind != "complaint":
            self.say(_("This is no complaint."), warn=True)
            return None
        return row

    def _form(self, name: str, row: FeedbackRow, account_id: int | None) -> None:
        from tui.dialogs.opening import open_form

        open_form(
            self,
            name,
            account_id=account_id,
            complaint_id=row.id if row.kind == "complaint" else None,
            signal_id=row.id if row.kind == "signal" else None,
            survey_id=row.id if row.kind == "survey" else None,
        )


class ImprovementsScreen(RowsScreen[ImprovementRow]):
    """Improvements, open ones by their day."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.new", "list.edit", "list.done")]
    HINTS = ("list.done", "list.edit", "list.new", "scope", "find")

    def answers(self) -> str:
        return _(
            "What is changed because customers complained or said so, who does it, and what came of"
            " it? Open ones by their day, then what is done. Enter shows what it comes from. d says"
            " that it is done or given up; the result is what customers may read."
        )

    def empty(self) -> str:
        return _("No improvement is kept. n keeps one; S shows everybody's.")

    def most(self) -> int:
        return MOST

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("improvement", _("Improvement"), None, priority=9, least=20),
            Column("owner", _("Owner"), None, priority=5, least=6, most=16),
            Column("due", _("Due"), 10, priority=7),
            Column("status", _("Status"), 8, priority=8),
            Column("from", _("From"), 4, "right", priority=6),
            Column("result", _("Result"), None, priority=3, least=10, most=30),
        )

    def drawn(self, row: ImprovementRow) -> TableRow:
        late = (
            row.status == "open" and row.due_on is not None and row.due_on < self.today.isoformat()
        )
        status: Cell = (_("overdue"), "late") if late else value_words(row.status)
        due: Cell = row.due_on or (NOTHING, "muted")
        cells: tuple[Cell, ...] = (
            row.improvement, row.owner or (NOTHING, "muted"), due, status, str(row.sources),
            row.result or (NOTHING, "muted"),
        )  # fmt: skip
        return TableRow(row.id, cells)

    def key_of(self, row: ImprovementRow) -> int:
        return row.id

    def words(self, row: ImprovementRow) -> str:
        cause = " · ".join(part for part in (row.root_cause, row.cause_detail) if part)
        parts = (row.improvement, cause, row.result or "")
        return " · ".join(part for part in parts if part)

    def top_parts(self) -> TopParts:
        scope = _("mine: {count}") if self.owner() is not None else _("all: {count}")
        words = scope.format(count=self.count_words())
        return self.frame_parts(_("IMPROVEMENTS"), scope=words)

    async def read(self) -> Sequence[ImprovementRow]:
        owner = self.owner()
        return await self.store.read(
            lambda q: q.improved.improvements(owner_id=owner, limit=MOST + 1)
        )

    def open_row(self, row: ImprovementRow) -> None:
        self.app.push_screen(SourcesScreen(row.id, row.improvement))

    def action_list_new(self) -> None:
        """Keep an improvement."""
        from tui.dialogs.opening import open_form

        open_form(self, "improvement")

    def action_list_edit(self) -> None:
        """Change what it says."""
        self._form("improvement")

    def action_list_done(self) -> None:
        """It is done, given up, or open again."""
        self._form("improvement_step")

    def _form(self, name: str) -> None:
        row = self.current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, name, improvement_id=row.id)


class SourcesScreen(RowsScreen[FeedbackRow]):
    """The feedback that an improvement comes from."""

    HINTS = ("back", "find")

    def __init__(self, improvement_id: int, improvement: str) -> None:
        super().__init__()
        self._improvement_id, self._improvement = improvement_id, improvement

    def answers(self) -> str:
        return _("Which feedback does this improvement come from? Enter opens it at its account.")

    def empty(self) -> str:
        return _("It comes from no complaint, signal or answer yet.")

    def columns(self) -> tuple[Column, ...]:
        return feedback_columns()

    def drawn(self, row: FeedbackRow) -> TableRow:
        return feedback_row(row, self.today)

    def key_of(self, row: FeedbackRow) -> int:
        return row.id

    def words(self, row: FeedbackRow) -> str:
        return feedback_words(row)

    def top_parts(self) -> TopParts:
        screen = _("FROM: {improvement}").format(improvement=self._improvement)
        return self.frame_parts(screen, scope=self.count_words(), brief=True)

    async def read(self) -> Sequence[FeedbackRow]:
        this = self._improvement_id
        return await self.store.read(lambda q: q.improved.sources(this))

    def open_row(self, row: FeedbackRow) -> None:
        if row.account_id is not None:
            seek = f"{row.kind}:{row.id}"
            self.open_account(row.account_id, self.account_ids(), tab=TABS[row.kind], seek=seek)
