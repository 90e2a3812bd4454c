"""Causes: which few causes make most complaints? Enter shows the complaints of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual.binding import BindingType

from planner.cause_words import bar, share_words
from planner.causes import Pareto, ParetoLine
from planner.language import gettext as _
from planner.views.causes import CauseComplaint, CauseLinkRow, LinkProposal
from planner.vocabulary_words import value_words
from tui.actions import bindings
from tui.due_words import NOTHING, day_words
from tui.screens.rows_screen import RowsScreen
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

PERIOD_DAYS = 365
BAR = 16
MOST = 500
UNSTATED = 0
"""The key of the line of complaints without a cause; the causes count from 1."""


class CausesScreen(RowsScreen[tuple[int, ParetoLine]]):
    """The Pareto of the last year; ``s`` goes from causes to their details and back."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.sort")]
    HINTS = ("list.sort", "log.complaint", "find")

    def __init__(self) -> None:
        super().__init__()
        self._level = 1
        self._found: Pareto | None = None

    def answers(self) -> str:
        return _(
            "Which few causes make most complaints? Those of the last 365 days by cause, the most"
            " frequent first; the first causes that together make 80 % say so. Complaints without"
            " a cause stand apart. s shows the details, Enter the complaints."
        )

    def empty(self) -> str:
        return _("No complaint of the last 365 days names a cause. It is asked for at closing.")

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("cause", _("Cause"), None, priority=9, least=14, most=30),
            Column("count", _("Number"), 6, "right", priority=8),
            Column("share", _("Share"), 6, "right", priority=7),
            Column("together", _("Together"), 8, "right", priority=6),
            Column("bar", "", BAR, priority=5),
            Column("vital", "", 10, priority=4),
        )

    def drawn(self, row: tuple[int, ParetoLine]) -> TableRow:
        key, line = row
        if key == UNSTATED:
            nothing = (NOTHING, "muted")
            return TableRow(
                key, ((_("no cause stated"), "muted"), str(line.complaints), *[nothing] * 2, "", "")
            )
        name = f"{line.cause} · {line.detail}" if line.detail else line.cause
        longest = self._found.lines[0].share if self._found is not None else 0.0
        vital = (_("first 80 %"), "warn") if line.vital else ""
        return TableRow(
            key,
            (
                name,
                str(line.complaints),
                share_words(line.share),
                share_words(line.cumulative),
                bar(line.share, longest, BAR),
                vital,
            ),
        )

    def key_of(self, row: tuple[int, ParetoLine]) -> int:
        return row[0]

    def words(self, row: tuple[int, ParetoLine]) -> str:
        key, line = row
        if key == UNSTATED:
            return _("{count} complaints name no cause and are in no share").format(
                count=line.complaints
            )
        return _("{cause}: {count} of {all} complaints with a cause, {share}").format(
            cause=line.cause,
            count=line.complaints,
            all=self._found.stated if self._found is not None else 0,
            share=share_words(line.share),
        )

    def top_parts(self) -> TopParts:
        found = self._found
        count = 0 if found is None else found.stated + found.unstated
        level = _("causes") if self._level == 1 else _("details")
        return self.frame_parts(
            _("CAUSES: {level}").format(level=level),
            scope=_("complaints of a year: {count}").format(count=count),
            brief=True,
        )

    def _period(self) -> tuple[date, date]:
        return self.today - timedelta(days=PERIOD_DAYS), self.today

    async def read(self) -> Sequence[tuple[int, ParetoLine]]:
        first, last = self._period()
        found = await self.store.read(lambda q: q.causes.pareto(first, last, self._level))
        self._found = found
        lines = list(enumerate(found.lines, 1))
        if found.unstated:
            unstated = ParetoLine(
                "", None, found.unstated, 0.0, 0.0, False, found.unstated_spellings
            )
            lines.append((UNSTATED, unstated))
        return lines

    def open_row(self, row: tuple[int, ParetoLine]) -> None:
        first, last = self._period()
        title = row[1].cause if row[0] != UNSTATED else _("no cause stated")
        self.app.push_screen(CauseComplaintsScreen(title, row[1], first, last))

    def action_list_sort(self) -> None:
        """The other level."""
        self._level = 3 - self._level
        self.reload()


class CauseComplaintsScreen(RowsScreen[CauseComplaint]):
    """The complaints of one cause, the newest first."""

    ACTIONS = ("complaint.links", "complaint.advocate")
    HINTS = ("back", "log.touchpoint", "find")

    def __init__(self, title: str, line: ParetoLine, first: date, last: date) -> None:
        super().__init__()
        self._title, self._line, self._days = title, line, (first, last)

    def answers(self) -> str:
        return _("Which complaints have this cause? Enter opens one at its account.")

    def empty(self) -> str:
        return _("No complaint of this period has this cause now.")

    def most(self) -> int:
        return MOST

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("number", _("No"), 7, priority=7),
            Column("account", _("Account"), None, priority=8, least=12, most=26),
            Column("title", _("Complaint"), None, priority=9, least=16),
            Column("severity", _("Severity"), 8, priority=5),
            Column("opened", _("Opened"), 10, priority=6),
            Column("solved", _("Solved"), 10, priority=4),
        )

    def drawn(self, row: CauseComplaint) -> TableRow:
        solved = (NOTHING, "muted") if row.resolved_on is None else row.resolved_on
        return TableRow(
            row.id,
            (row.number, row.account, row.title, value_words(row.severity), row.opened_on, solved),
        )

    def key_of(self, row: CauseComplaint) -> int:
        return row.id

    def words(self, row: CauseComplaint) -> str:
        cause = " · ".join(part for part in (row.root_cause, row.cause_detail) if part)
        return f"{row.number} {row.account}: {row.title}" + (f" ({cause})" if cause else "")

    def top_parts(self) -> TopParts:
        return self.frame_parts(
            _("CAUSE: {cause}").format(cause=self._title), scope=self.count_words(), brief=True
        )

    async def read(self) -> Sequence[CauseComplaint]:
        spellings, (first, last) = self._line.spellings, self._days
        return await self.store.read(
            lambda q: q.causes.complaints(spellings, first, last, MOST + 1)
        )

    def open_row(self, row: CauseComplaint) -> None:
        seek = f"complaint:{row.id}"
        self.open_account(row.account_id, self.account_ids(), tab="complaints", seek=seek)

    def action_complaint_links(self) -> None:
        """Complaints with the same cause as this one."""
        row = self.current()
        if row is not None:
            self.app.push_screen(CauseLinksScreen(row.id, row.number))

    def action_complaint_advocate(self) -> None:
        """Mark the customer as a recovered advocate, or take that back."""
        row = self.current()
        if row is not None and not self.refuse_read_only():
            from planner.use_cases.advocates import turn_advocate

            self.do(turn_advocate, row.id)


class CauseLinksScreen(RowsScreen[CauseLinkRow | LinkProposal]):
    """Complaints that share a cause with one, and those that may: a person decides."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.done", "list.remove")]
    HINTS = ("back", "list.done", "list.remove", "find")

    def __init__(self, complaint_id: int, number: str) -> None:
        super().__init__()
        self._complaint_id, self._number = complaint_id, number

    def answers(self) -> str:
        return _(
            "Which complaints have the same cause? Proposed are those whose words look alike; the"
            " number is rapidfuzz's likeness of 0 to 100, not calibrated. d says that the cause"
            " is the same, Delete that it is not; either again takes the word back."
        )

    def empty(self) -> str:
        return _("No complaint is linked to this one, and none looks alike.")

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("decided", _("Decided"), 12, priority=9),
            Column("number", _("No"), 7, priority=7),
            Column("account", _("Account"), None, priority=5, least=12, most=24),
            Column("title", _("Complaint"), None, priority=8, least=16),
            Column("cause", _("Cause"), None, priority=6, least=8, most=18),
        )

    def drawn(self, row: CauseLinkRow | LinkProposal) -> TableRow:
        if isinstance(row, LinkProposal):
            decided = (_("alike {score}").format(score=row.score), "muted")
        else:
            decided = (_("same cause"), "") if row.same else (_("not the same"), "muted")
        cause = row.root_cause or (NOTHING, "muted")
        return TableRow(row.other_id, (decided, row.number, row.account, row.title, cause))

    def key_of(self, row: CauseLinkRow | LinkProposal) -> int:
        return row.other_id

    def words(self, row: CauseLinkRow | LinkProposal) -> str:
        said = f"{row.number} {row.account}: {row.title}"
        if isinstance(row, CauseLinkRow):
            day = day_words(date.fromisoformat(row.decided_on))
            said += f" · {day}" + (f": {row.reason}" if row.reason else "")
        return said

    def top_parts(self) -> TopParts:
        screen = _("SAME CAUSE AS {number}").format(number=self._number)
        return self.frame_parts(screen, scope=self.count_words(), brief=True)

    async def read(self) -> Sequence[CauseLinkRow | LinkProposal]:
        this = self._complaint_id
        decided = await self.store.read(lambda q: q.causes.links(this))
        return [*decided, *await self.store.read(lambda q: q.causes.proposals(this))]

    def open_row(self, row: CauseLinkRow | LinkProposal) -> None:
        seek = f"complaint:{row.other_id}"
        self.open_account(row.account_id, self.account_ids(), tab="complaints", seek=seek)

    def action_list_done(self) -> None:
        """The cause is the same; once more takes it back."""
        self._decide(same=True)

    def action_list_remove(self) -> None:
        """The cause is not the same; once more takes it back."""
        self._decide(same=False)

    def _decide(self, *, same: bool) -> None:
        row = self.current()
        if row is None or self.refuse_read_only():
            return
        from planner.use_cases.cause_links import decide_cause, undecide_cause

        if isinstance(row, CauseLinkRow) and row.same is same:
            self.do(undecide_cause, self._complaint_id, row.other_id)
        else:
            self.do(decide_cause, self._complaint_id, row.other_id, same)
