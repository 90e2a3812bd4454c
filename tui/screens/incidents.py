"""Incidents: what is disturbed, which accounts does it touch, and who has been told?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType

from planner.language import gettext as _
from planner.views.incidents import IncidentRow, MessageRow, TouchedRow
from planner.vocabulary_words import value_words
from tui.actions import bindings
from tui.due_words import NOTHING
from tui.screens.complaint_rows import SEVERITY_STYLES
from tui.screens.rows_screen import RowsScreen
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

MOST = 500


class IncidentsScreen(RowsScreen[IncidentRow]):
    """Incidents, those that run first."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.new", "list.edit", "list.done")]
    HINTS = ("list.new", "list.edit", "list.done", "find")

    def answers(self) -> str:
        return _(
            "Which disturbances run, which accounts do they touch, and who was told? Enter opens"
            " one, n opens a new one, d ends it."
        )

    def empty(self) -> str:
        return _("No incident. n opens one when something disturbs many customers.")

    def most(self) -> int:
        return MOST

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("title", _("Incident"), None, priority=9, least=20),
            Column("severity", _("Severity"), 8, priority=6),
            Column("since", _("Since"), 10, priority=5),
            Column("ended", _("Ended"), 10, priority=7),
            Column("told", _("Told"), 9, "right", priority=8),
            Column("owner", _("Owner"), None, priority=4, least=6, most=16),
        )

    def drawn(self, row: IncidentRow) -> TableRow:
        ended: Cell = (_("runs"), "warn") if row.ended_on is None else (row.ended_on, "muted")
        late = row.ended_on is None and row.told < row.accounts
        told = _("{told} of {all}").format(told=row.told, all=row.accounts)
        severity = (value_words(row.severity), SEVERITY_STYLES.get(row.severity, ""))
        owner: Cell = row.owner or (NOTHING, "muted")
        cells: tuple[Cell, ...] = (
            row.title, severity, row.started_on, ended, (told, "late" if late else ""), owner,
        )  # fmt: skip
        return TableRow(row.id, cells)

    def key_of(self, row: IncidentRow) -> int:
        return row.id

    def words(self, row: IncidentRow) -> str:
        counts = _("{complaints} complaints · {messages} messages").format(
            complaints=row.complaints, messages=row.messages
        )
        parts = (row.title, counts, row.root_cause, row.detail)
        return " · ".join(part for part in parts if part)

    def top_parts(self) -> TopParts:
        return self.frame_parts(_("INCIDENTS"), scope=self.count_words())

    async def read(self) -> Sequence[IncidentRow]:
        return await self.store.read(lambda q: q.incidents.incidents(limit=MOST + 1))

    def open_row(self, row: IncidentRow) -> None:
        self.app.push_screen(IncidentScreen(row.id, row.title))

    def action_list_new(self) -> None:
        """Open an incident."""
        from tui.dialogs.opening import open_form

        open_form(self, "incident")

    def action_list_edit(self) -> None:
        """Change what it says."""
        self._form("incident")

    def action_list_done(self) -> None:
        """End it."""
        row = self.current()
        if row is not None and row.ended_on is not None:
            self.say(_("It has ended."))
        else:
            self._form("incident_end")

    def _form(self, name: str) -> None:
        row = self.current()
        if row is None or self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, name, incident_id=row.id)


class IncidentScreen(RowsScreen[TouchedRow]):
    """One incident: the accounts that it touches, those that nobody told first."""

    ACTIONS = ("incident.log", "incident.say")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.new", "list.edit", "list.done", "list.remove", "list.mark_all", *ACTIONS)
    ]
    HINTS = ("list.done", "list.new", "list.mark_all", "incident.log", "incident.say", "list.edit")

    def __init__(self, incident_id: int, title: str) -> None:
        super().__init__()
        self._incident_id, self._title = incident_id, title
        self._ended = False

    def answers(self) -> str:
        return _(
            "Which accounts does it touch, and who was told? d says that one was told, by whom and"
            " when; with Space several at once. n adds accounts by name, by filter or by"
            " complaints, Delete takes one away, l shows the log, m writes a message."
        )

    def empty(self) -> str:
        return _("It touches no account yet. n adds some: by name, by filter or by complaints.")

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("account", _("Account"), None, priority=9, least=14, most=34),
            Column("tier", _("Tier"), 4, "right", priority=4),
            Column("owner", _("Owner"), None, priority=5, least=6, most=16),
            Column("told", _("Told"), 10, priority=8),
            Column("who", _("Who"), None, priority=7, least=8, most=20),
            Column("by", _("By"), None, priority=6, least=6, most=16),
            Column("complaint", _("From"), 7, priority=3),
        )

    def drawn(self, row: TouchedRow) -> TableRow:
        nothing: Cell = (NOTHING, "muted")
        told: Cell = (_("not told"), "late") if row.told_on is None else row.told_on
        tier: Cell = nothing if row.tier is None else str(row.tier)
        cells: tuple[Cell, ...] = (
            row.account, tier, row.owner or nothing, told, row.person or nothing,
            row.told_by or nothing, row.complaint or nothing,
        )  # fmt: skip
        return TableRow(row.account_id, cells, ("!", "late") if row.told_on is None else "")

    def key_of(self, row: TouchedRow) -> int:
        return row.account_id

    def words(self, row: TouchedRow) -> str:
        if row.told_on is None:
            return _("{account}: nobody told them yet").format(account=row.account)
        return _("{account}: told on {day}, {person}").format(
            account=row.account, day=row.told_on, person=row.person or _("nobody named")
        )

    def top_parts(self) -> TopParts:
        told = sum(row.told_on is not None for row in self.rows)
        scope = _("told {told} of {all}").format(told=told, all=len(self.rows))
        screen = _("INCIDENT: {title}").format(title=self._title)
        if self._ended:
            screen = _("INCIDENT, ended: {title}").format(title=self._title)
        return self.frame_parts(screen, scope=scope, brief=True)

    async def read(self) -> Sequence[TouchedRow]:
        this = self._incident_id
        one, rows = await self.store.read(
            lambda q: (q.incidents.one(this), q.incidents.touched(this))
        )
        if one is not None:
            self._title, self._ended = one.title, one.ended_on is not None
        return rows

    def action_list_new(self) -> None:
        """It touches more accounts."""
        self._form("incident_touch")

    def action_list_edit(self) -> None:
        """Change what it says."""
        self._form("incident")

    def action_incident_say(self) -> None:
        """Write a message."""
        self._form("incident_message")

    def action_incident_log(self) -> None:
        """The log of messages."""
        self.app.push_screen(IncidentLogScreen(self._incident_id, self._title))

    def action_list_mark_all(self) -> None:
        """Mark those that were not told, or none when all of them are marked."""
        untold = {row.account_id for row in self.rows if row.told_on is None}
        self.table.set_marks(() if untold == self.table.marked else untold)

    def action_list_done(self) -> None:
        """They were told: this one, or all the marked ones by me and now."""
        row, marked = self.current(), self.table.marked
        if row is None or self.refuse_read_only():
            return
        ids = [one.account_id for one in self.rows if one.account_id in marked]
        if not ids:
            self._form("incident_told", account_id=row.account_id)
            return
        facts = self.trust.facts
        if facts is not None:
            from planner.dates import When
            from planner.use_cases.incidents import mark_told

            now: datetime = self.trust.launch.clock.now()
            when = When(now.astimezone(facts.zone).date(), now, False)
            self.do(mark_told, self._incident_id, ids, when, after=lambda _done: self._unmark())

    def _unmark(self) -> None:
        self.table.set_marks(())

    def action_list_remove(self) -> None:
        """It does not touch this account."""
        row = self.current()
        if row is not None and not self.refuse_read_only():
            from planner.use_cases.incidents import untouch_account

            self.do(untouch_account, self._incident_id, row.account_id)

    def _form(self, name: str, account_id: int | None = None) -> None:
        from tui.dialogs.opening import open_form

        open_form(self, name, account_id=account_id, incident_id=self._incident_id)


class IncidentLogScreen(RowsScreen[MessageRow]):
    """The log of an incident, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list.new")]
    HINTS = ("list.new", "back", "find")

    def __init__(self, incident_id: int, title: str) -> None:
        super().__init__()
        self._incident_id, self._title = incident_id, title

    def answers(self) -> str:
        return _("What was said about it, among us and to customers? n writes a message.")

    def empty(self) -> str:
        return _("Nothing was written down yet. n writes a message.")

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("on", _("On"), 10, priority=6),
            Column("for", _("For"), 9, priority=8),
            Column("message", _("Message"), None, priority=9, least=20),
            Column("channel", _("Channel"), 9, priority=4),
            Column("by", _("By"), None, priority=5, least=6, most=16),
        )

    def drawn(self, row: MessageRow) -> TableRow:
        nothing: Cell = (NOTHING, "muted")
        whom: Cell = (_("customers"), "strong") if row.told else (_("us"), "muted")
        channel: Cell = nothing if row.channel is None else value_words(row.channel)
        cells: tuple[Cell, ...] = (
            row.noted_on, whom, row.message, channel, row.colleague or nothing,
        )  # fmt: skip
        return TableRow(row.id, cells)

    def key_of(self, row: MessageRow) -> int:
        return row.id

    def words(self, row: MessageRow) -> str:
        return row.message

    def top_parts(self) -> TopParts:
        screen = _("LOG: {title}").format(title=self._title)
        return self.frame_parts(screen, scope=self.count_words(), brief=True)

    async def read(self) -> Sequence[MessageRow]:
        this = self._incident_id
        return await self.store.read(lambda q: q.incidents.messages(this))

    def action_list_new(self) -> None:
        """Write a message."""
        from tui.dialogs.opening import open_form

        open_form(self, "incident_message", incident_id=self._incident_id)
