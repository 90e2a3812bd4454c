"""Today: what must I do now? One line an account, the most urgent reason first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from planner.language import gettext as _
from planner.views.meetings import MeetingRow
from planner.views.today import Duty, TodayLine, TodayPage
from tui.actions import bindings
from tui.screens.frame import FrameScreen
from tui.screens.today_duties import how_to_end, place_of
from tui.screens.today_lines import (
    SECTIONS,
    Moment,
    empty_lines,
    fold_summary,
    today_lines,
    why_lines,
)
from tui.screens.today_meetings import KEY, meeting_lines, meeting_why, to_log
from tui.widgets.document import Document
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopParts

if TYPE_CHECKING:
    from tui.composition import BookQueries

ACTION_KINDS = ("action", "promise", "request", "waiting", "survey")
LOW = 16
"""Below so many lines only the list and one line about it are shown."""
OWN_CELLS = 2
"""Cells of a document's line that are not ours: the cursor and the scroll bar."""


@dataclass(frozen=True, slots=True)
class Read:
    """What Today shows: the page, whether the book has no account at all, and the meetings."""

    page: TodayPage
    empty: bool
    meetings: tuple[MeetingRow, ...] = ()


class TodayScreen(FrameScreen):
    """Today, for my accounts or everybody's."""

    TOP = True
    ACTIONS: ClassVar[tuple[str, ...]] = (
        "list.done", "list.later", "list.hand", "list.rang", "list.new", "account.accept_section",
        "account.decline_section", "account.still_true", "account.sign", "complaint.decline",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*ACTIONS)]
    HINTS = ("log.touchpoint", "list.done", "list.later", "list.hand", "list.rang", "find")

    def __init__(self) -> None:
        super().__init__()
        self._read: Read | None = None
        self._placed = False
        self._opened: set[str] = set()

    def answers(self) -> str:
        return _("What must I do now?")

    def compose_body(self) -> Iterable[Widget]:
        yield Document(id="body")
        yield TextLine(id="folds")
        yield Rule(id="line")
        yield TextLine(id="why")
        yield TextLine(id="others")

    def top_parts(self) -> TopParts:
        scope = _("mine") if self.trust.mine else _("everybody's")
        return self.frame_parts(_("TODAY"), scope=scope)

    async def load(self) -> None:
        mine = self.trust.mine

        def ask(queries: BookQueries, plans: bool) -> Read:
            page = queries.today.today(mine=mine, plans=plans)
            return Read(
                page,
                not page.now and not page.upkeep_total and not queries.accounts.count(),
                queries.meetings.today(mine=mine),
            )

        if self._read is None:
            self._read = await self.store.read(partial(ask, plans=False))
            self.refresh_top()
            self._show()
        self._read = await self.store.read(partial(ask, plans=True))
        self.refresh_top()
        self._show()

    def on_resize(self) -> None:
        """The columns follow the width."""
        self._show()

    @property
    def _zone(self) -> tzinfo:
        """The book's zone."""
        facts = self.trust.facts
        return UTC if facts is None else facts.zone

    def _moment(self) -> Moment | None:
        facts = self.trust.facts
        if facts is None:
            return None
        now = self.trust.launch.clock.now()
        return Moment(
            facts.actor.colleague_id, facts.today, now, self.trust.news.marked, self.trust.mine
        )

    def _show(self) -> None:
        moment = self._moment()
        if self._read is None or moment is None or not self.is_mounted:
            return
        width = self.size.width - OWN_CELLS
        document = self.query_one("#body", Document)
        if self._read.empty:
            document.set_lines(empty_lines())
        else:
            page, meetings = self._read.page, self._read.meetings
            above = meeting_lines(meetings, self._zone, moment, width)
            document.set_lines([*above, *today_lines(page, self._opened, moment, width)])
            if page.now and not self._placed:
                document.move_to_key(f"now:{page.now[0].account_id}")
            self._placed = True
            low = self.size.height < LOW
            for name in ("#line", "#others"):
                self.query_one(name).display = not low
            folded = not low and document.virtual_size.height > document.size.height > 0
            folds = self.query_one("#folds", TextLine)
            folds.display = folded
            folds.set_text(*fold_summary(self._read.page))
        self._explain()

    # The line under the cursor

    def _current(self) -> TodayLine | None:
        """The account's line under the cursor."""
        section, _colon, name = str(self.query_one("#body", Document).cursor_key or "").partition(
            ":"
        )
        if self._read is None or section not in ("now", *SECTIONS):
            return None
        rows: tuple[TodayLine, ...] = getattr(self._read.page, section)
        return next((row for row in rows if str(row.account_id) == name), None)

    def _meeting(self, key: object = None) -> MeetingRow | None:
        """The meeting under the cursor, or of a line's key."""
        if key is None:
            key = self.query_one("#body", Document).cursor_key
        meetings = () if self._read is None else self._read.meetings
        return next((row for row in meetings if f"{KEY}:{row.id}" == key), None)

    def current_account(self) -> int | None:
        row = self._current() or self._meeting()
        return None if row is None else row.account_id

    def text_to_copy(self) -> str:
        meeting = self._meeting()
        if meeting is not None:
            return f"{meeting.account}: {meeting.title}"
        row = self._current()
        return "" if row is None else f"{row.account}: {row.first.words}"

    @on(Document.LineHighlighted)
    def _explain(self) -> None:
        row, moment = self._current(), self._moment()
        meeting = self._meeting()
        first, second = ((), ()) if row is None or moment is None else why_lines(row, moment)
        if meeting is not None and moment is not None:
            first, second = meeting_why(meeting, self._zone, moment)
        self.query_one("#why", TextLine).set_text(*first)
        self.query_one("#others", TextLine).set_text(*second)

    @on(Document.LineSelected)
    def _open(self, event: Document.LineSelected) -> None:
        section, _colon, name = str(event.key).partition(":")
        if section == "fold":
            self._opened.symmetric_difference_update({name})
            self._show()
            self._bring_into_sight(name)
        elif section == "empty":
            self.action_list_new()
        elif (meeting := self._meeting(event.key)) is not None:
            self._open_meeting(meeting)
        elif self._read is not None:
            rows: tuple[TodayLine, ...] = getattr(self._read.page, section)
            self._open_row(int(name), rows)

    def _open_meeting(self, meeting: MeetingRow) -> None:
        """Log a meeting that has begun with a form filled from it; else open its account."""
        moment = self._moment()
        if moment is not None and to_log(meeting, moment):
            from tui.dialogs.opening import open_form

            open_form(self, "touchpoint", account_id=meeting.account_id, meeting_id=meeting.id)
            return
        rows = () if self._read is None else self._read.meetings
        self.open_account(meeting.account_id, list(dict.fromkeys(row.account_id for row in rows)))

    def _open_row(self, account_id: int, rows: tuple[TodayLine, ...]) -> None:
        """Open the account where its first duty stands; for starter facts their form over it."""
        row = next(row for row in rows if row.account_id == account_id)
        tab, seek = place_of(row.first)
        self.open_account(account_id, [row.account_id for row in rows], tab, seek)
        facts = self.trust.facts
        if row.first.kind == "starter" and facts is not None and not facts.read_only:
            from tui.dialogs.opening import open_form

            open_form(self, "starter", account_id=account_id)

    def _bring_into_sight(self, name: str) -> None:
        """Scroll so that the rows of a fold that was opened are seen; the cursor stays on it."""
        if self._read is None or name not in self._opened:
            return
        rows: tuple[TodayLine, ...] = getattr(self._read.page, name)
        if rows:
            document = self.query_one("#body", Document)
            document.move_to_key(f"{name}:{rows[-1].account_id}")
            document.move_to_key(f"fold:{name}")

    # Actions

    def _duty(self) -> Duty | None:
        """The duty under the cursor; says so when there is none."""
        row = self._current()
        if row is None:
            self.say(_("Put the cursor on an account first."))
            return None
        return row.first

    def action_list_done(self) -> None:
        """Tick the action under the cursor off."""
        duty = self._duty()
        if duty is None or self.refuse_read_only():
            return
        if duty.kind == "celebration":
            from planner.use_cases.celebrations import mark_celebration

            self.do(mark_celebration, duty.row_id)
            return
        if duty.kind == "improvement":
            from tui.dialogs.opening import open_form

            open_form(self, "improvement_step", improvement_id=duty.row_id)
            return
        if duty.kind == "handed":
            from planner.use_cases.complaint_handing import accept_complaint

            self.do(accept_complaint, duty.row_id)
            return
        if duty.kind == "incident":
            from tui.dialogs.opening import open_form

            open_form(self, "incident_told", account_id=duty.account_id, incident_id=duty.row_id)
            return
        if duty.kind not in ACTION_KINDS or duty.row_id is None:
            self.say(how_to_end(duty))
            return
        from planner.use_cases.actions import finish_action

        self.do(finish_action, duty.row_id)

    def action_list_later(self) -> None:
        """Move the action under the cursor to another day; contact that is due rests until one."""
        row = self._current()
        if row is not None and row.first.kind == "contact" and not self.refuse_read_only():
            from tui.dialogs.opening import open_form

            open_form(self, "snooze", account_id=row.account_id)
            return
        if row is not None and row.first.kind == "alert" and not self.refuse_read_only():
            from tui.dialogs.opening import open_form

            open_form(
                self, "alert_answer", account_id=row.account_id, alert_rule_id=row.first.row_id
            )
            return
        self._form("later")

    def action_list_hand(self) -> None:
        """Hand the action or the complaint under the cursor to a colleague."""
        self._form("hand")

    def _form(self, name: str) -> None:
        duty = self._duty()
        if duty is None or self.refuse_read_only():
            return
        action = duty.row_id if duty.kind in ACTION_KINDS else None
        complaint = duty.row_id if duty.kind == "complaint" and name == "hand" else None
        if action is None and complaint is None:
            self.say(how_to_end(duty))
            return
        from tui.dialogs.opening import open_form

        open_form(self, name, account_id=duty.account_id, action_id=action, complaint_id=complaint)

    def action_account_accept_section(self) -> None:
        """Take over the section that is offered to me on the line under the cursor."""
        from planner.use_cases.plan_sections import accept_section

        duty = self._of_kind("offer", _("Put the cursor on a line under HAND-OFFS first."))
        if duty is not None:
            self.do(accept_section, duty.account_id, duty.section)

    def action_account_decline_section(self) -> None:
        """Decline the section that is offered to me on the line under the cursor."""
        from planner.use_cases.plan_sections import decline_section

        duty = self._of_kind("offer", _("Put the cursor on a line under HAND-OFFS first."))
        if duty is not None:
            self.do(decline_section, duty.account_id, duty.section)

    def action_complaint_decline(self) -> None:
        """Decline the complaint that is offered to me on the line under the cursor."""
        from tui.dialogs.opening import open_form

        duty = self._of_kind("handed", _("Put the cursor on a complaint under HAND-OFFS first."))
        if duty is not None:
            open_form(self, "complaint_decline", complaint_id=duty.row_id)

    def action_account_still_true(self) -> None:
        """Say that the section on the line under the cursor still holds."""
        from planner.use_cases.plan_sections import still_true

        duty = self._of_kind("section", _("Put the cursor on a section under UPKEEP first."))
        if duty is not None:
            self.do(still_true, duty.account_id, duty.section)

    def action_account_sign(self) -> None:
        """Sign the plan again that is asked for on the line under the cursor."""
        from planner.use_cases.plan_life import sign_plan

        duty = self._of_kind("sign", _("Put the cursor on a signature under UPKEEP first."))
        if duty is not None:
            self.do(sign_plan, duty.account_id)

    def _of_kind(self, kind: str, otherwise: str) -> Duty | None:
        """The first duty of a kind on the line under the cursor; says so when there is none."""
        row = self._current()
        duties = () if row is None else (row.first, *row.others)
        duty = next((one for one in duties if one.kind == kind), None)
        if duty is None:
            self.say(otherwise)
        elif self.refuse_read_only():
            return None
        return duty

    def action_list_rang(self) -> None:
        """Log a call that nobody answered, at once."""
        self.rang(self.current_account())

    def action_list_new(self) -> None:
        """A new account."""
        if self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, "account")
