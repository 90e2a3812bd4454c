"""One entry of an account's stream, one complaint or one change, with all of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from planner.errors import NotFound
from planner.language import gettext as _
from planner.language import ngettext
from planner.vocabulary_words import value_words
from tui.actions import bindings
from tui.screens.account_complaints import complaint_lines
from tui.screens.account_history import change_lines
from tui.screens.account_timeline import entry_lines, note_lines, what_words
from tui.screens.account_view import AccountView, read_view
from tui.screens.account_words import EMPTY, full_moment, heading, line
from tui.screens.frame import FrameScreen
from tui.widgets.cells import parts
from tui.widgets.document import Document, Line
from tui.widgets.top_line import TopParts

if TYPE_CHECKING:
    from tui.composition import BookQueries

EXTRAS = {
    "touchpoint": ("verbatim", "topic", "intent", "link"),
    "complaint": (
        "detail", "channel", "triage", "root_cause", "cause_detail", "remedy_sought",
        "remedy_given", "promised",
    ),
}  # fmt: skip
"""Fields that only the whole record holds, in the order in which they are shown."""


SPOKEN = ("channel", "triage")
"""Those of them whose values have words of their own."""


class DetailScreen(FrameScreen):
    """``kind`` is touchpoint, complaint, pulse or change; ``row_id`` the record's id."""

    ACTIONS: ClassVar[tuple[str, ...]] = (
        "list.new",
        "list.edit",
        "list.done",
        "list.hand",
        "account.reply",
        "list.remove",
        "complaint.accept",
        "complaint.decline",
        "complaint.withdraw",
        "complaint.merge",
        "complaint.links",
        "complaint.advocate",
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*ACTIONS)]

    def __init__(self, account_id: int, kind: str, row_id: int) -> None:
        super().__init__()
        self.account_id = account_id
        self.kind = kind
        self.row_id = row_id
        self._name = ""

    def compose_body(self) -> Iterable[Widget]:
        yield Document(id="body")

    def answers(self) -> str:
        return _("What exactly was said or done?")

    def top_parts(self) -> TopParts:
        names = {
            "touchpoint": _("ENTRY"),
            "complaint": _("COMPLAINT"),
            "pulse": _("PULSE"),
            "change": _("CHANGE"),
        }
        found = self.frame_parts(names.get(self.kind, _("ENTRY")))
        return TopParts(
            found.screen, state=found.state, day=found.day, time=found.time,
            details=(self._name,) if self._name else (),
        )  # fmt: skip

    def current_account(self) -> int | None:
        return self.account_id

    def on_mount(self) -> None:
        """Show the keys of this kind of thing."""
        keys = {
            "complaint": ("list.done", "list.new", "list.edit", "list.hand", "copy", "back"),
            "touchpoint": ("list.new", "list.edit", "copy", "back"),
        }
        self.set_hints(keys.get(self.kind, ("copy", "back")))
        super().on_mount()

    async def load(self) -> None:
        account_id, kind, row_id = self.account_id, self.kind, self.row_id
        name, lines = await self.store.read(
            lambda queries: read_detail(queries, account_id, kind, row_id)
        )
        self._name = name
        self.refresh_top()
        self.query_one("#body", Document).set_lines(lines)

    def text_to_copy(self) -> str:
        lines = self.query_one("#body", Document).lines
        text = ("".join(parts(span)[0] for span in line.spans).rstrip() for line in lines)
        return "\n".join(text)

    def _form(self, name: str) -> None:
        from tui.dialogs.opening import open_form

        subject = {"account_id": self.account_id, f"{self.kind}_id": self.row_id}
        open_form(self, name, preset=None, then=None, **subject)

    def action_list_new(self) -> None:
        """Log the answer to the touchpoint: the next of its thread; a note under a complaint."""
        if self.kind == "complaint":
            self._form("complaint_note")
            return
        if self.kind != "touchpoint":
            self.say(_("A reply answers a touchpoint; this is none."))
            return
        from tui.dialogs.opening import open_form

        open_form(self, "touchpoint", account_id=self.account_id, reply_to=self.row_id)

    def action_account_reply(self) -> None:
        """Log the answer to the touchpoint."""
        self.action_list_new()

    def action_list_edit(self) -> None:
        """Change what is shown."""
        if self.kind in EXTRAS:
            self._form("entry" if self.kind == "touchpoint" else self.kind)
        else:
            self.say(_("This is kept as it was; nothing here can be changed."))

    def _note_here(self) -> int | None:
        """The note under a complaint whose line the cursor is on."""
        key = str(self.query_one("#body", Document).cursor_key or "")
        kind, _colon, row_id = key.partition(":")
        return int(row_id) if kind == "complaint_note" else None

    @on(Document.LineSelected)
    def _selected(self) -> None:
        """Enter on a note changes it."""
        note_id = self._note_here()
        if note_id is not None:
            from tui.dialogs.opening import open_form

            open_form(self, "complaint_note", complaint_note_id=note_id)

    def action_list_remove(self) -> None:
        """Archive the note under the cursor, after a question."""
        note_id = self._note_here()
        if note_id is None:
            self.say(_("Delete takes away a note: put the cursor on its first line."))
        elif not self.refuse_read_only():
            from planner.use_cases.complaint_notes import archive_complaint_note
            from tui.dialogs.question import QuestionDialog

            def answered(yes: bool | None) -> None:
                if yes:
                    self.do(archive_complaint_note, note_id)

            self.app.push_screen(QuestionDialog(_("Archive this note?")), answered)

    def action_list_done(self) -> None:
        """The next step of a complaint."""
        if self.kind == "complaint":
            self._form("complaint_step")

    def action_list_hand(self) -> None:
        """Hand a complaint to a colleague."""
        if self.kind == "complaint":
            self._form("hand")

    def action_complaint_accept(self) -> None:
        """Take over the complaint that is offered to me."""
        if self.kind == "complaint" and not self.refuse_read_only():
            from planner.use_cases.complaint_handing import accept_complaint

            self.do(accept_complaint, self.row_id)

    def action_complaint_decline(self) -> None:
        """Leave it with its owner."""
        if self.kind == "complaint":
            self._form("complaint_decline")

    def action_complaint_withdraw(self) -> None:
        """The customer took it back."""
        if self.kind == "complaint":
            self._form("complaint_withdraw")

    def action_complaint_merge(self) -> None:
        """It is the same as another."""
        if self.kind == "complaint":
            self._form("complaint_merge")

    def action_complaint_links(self) -> None:
        """Complaints with the same cause."""
        if self.kind == "complaint":
            from tui.screens.causes import CauseLinksScreen

            self.app.push_screen(CauseLinksScreen(self.row_id, self._name or ""))

    def action_complaint_advocate(self) -> None:
        """The customer speaks for us now, or not after all."""
        if self.kind == "complaint" and not self.refuse_read_only():
            from planner.use_cases.advocates import turn_advocate

            self.do(turn_advocate, self.row_id)


def read_detail(
    queries: BookQueries, account_id: int, kind: str, row_id: int
) -> tuple[str, tuple[Line, ...]]:
    """(the account's name, the lines of one entry). Raises ``NotFound``."""
    view = read_view(queries, account_id, "people")
    name = view.page.head.name
    if kind == "change":
        rows = queries.history.changes(account_id, limit=1, before=row_id + 1)
        if not rows or rows[0].id != row_id:
            raise NotFound(_("This change is not in the book any more."))
        return name, tuple(change_lines(rows[0], queries.history.entries(row_id), view))
    record = queries.record(kind, row_id) if kind in EXTRAS else None
    extra = () if record is None else _extras(record, kind)
    if kind == "complaint" and record is not None:
        found = next((one for one in view.page.complaints if one.id == row_id), None)
        if found is None:
            raise NotFound(_("This complaint is not in the book any more."))
        from tui.screens.complaint_page import page_lines

        own = complaint_lines(found, view, extra)
        return name, (*own, *page_lines(queries, record, view))
    return name, _entry(queries, view, kind, row_id, extra)


def _entry(
    queries: BookQueries,
    view: AccountView,
    kind: str,
    row_id: int,
    extra: Iterable[tuple[str, str]],
) -> tuple[Line, ...]:
    found = queries.timeline.entry(kind, row_id)
    if found is None:
        raise NotFound(_("This entry is not in the book any more."))
    return (*entry_lines(found, view, extra), *_thread(queries, view, kind, row_id))


def _thread(queries: BookQueries, view: AccountView, kind: str, row_id: int) -> Iterable[Line]:
    """The thread that a touchpoint belongs to, oldest first, this one marked."""
    rows = queries.timeline.thread(row_id) if kind == "touchpoint" else []
    if len(rows) < 2:
        return
    yield EMPTY
    count = ngettext("{count} entry, oldest first", "{count} entries, oldest first", len(rows))
    yield heading(_("THREAD"), (count.format(count=len(rows)), "muted"))
    for one in rows:
        yield EMPTY
        here = _("this one") if one.id == row_id else ""
        when = full_moment(one.occurred_at, view.zone, one.date_only)
        yield line(
            (what_words(one), "title"), f"  {when}  ", one.people or "", (f"  {here}", "muted")
        )
        yield from note_lines(one.text)


def _extras(record: Any, kind: str) -> tuple[tuple[str, str], ...]:
    """(name, text) of the fields of a record that hold something."""
    names = {
        "verbatim": _("their words"),
        "topic": _("topic"),
        "intent": _("intent"),
        "link": _("link"),
        "detail": _("what"),
        "channel": _("came by"),
        "triage": _("triage"),
        "root_cause": _("cause"),
        "cause_detail": _("  in detail"),
        "remedy_sought": _("they want"),
        "remedy_given": _("we gave"),
        "promised": _("we promised"),
    }
    found = ((field, getattr(record, field)) for field in EXTRAS[kind])
    return tuple(
        (names[field], value_words(value) if field in SPOKEN else str(value))
        for field, value in found
        if value
    )
