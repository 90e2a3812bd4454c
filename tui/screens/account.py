"""Account: everything about one customer, on eight tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from planner.errors import TrustplanError
from planner.language import gettext as _
from tui.actions import bindings, hints
from tui.screens import account_complaints, account_overview, account_timeline
from tui.screens.account_sheets import GO_LETTERS, SHARES, build, tabs_of
from tui.screens.account_stream import StreamKeys
from tui.screens.account_view import (
    PAGE,
    PINNED,
    TABS,
    AccountView,
    Sheet,
    Space,
    older_changes,
    older_entries,
    read_more,
    read_view,
)  # fmt: skip
from tui.screens.account_words import word
from tui.screens.sharing import Sharing
from tui.widgets.cells import parts
from tui.widgets.document import Document
from tui.widgets.key_line import KeyLine
from tui.widgets.rule import Rule
from tui.widgets.side_rule import SideRule
from tui.widgets.tab_bar import TabBar
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopLine, TopParts

if TYPE_CHECKING:
    from tui.composition import BookQueries

FRAME_LINES = 5
"""Lines of the screen that are not the body's: top, tabs, two rules, keys."""
BODY_LEAST = 3


class AccountScreen(StreamKeys, Sharing):
    """One account. ``neighbours`` are the ids of the list it was opened from, in its order."""

    ACTIONS: ClassVar[tuple[str, ...]] = (
        "account.tab_next", "account.tab_previous", "account.go", "account.next",
        "account.previous", "account.person", "account.stakeholder_map", "account.contract",
        "account.team", "account.plan", "account.starter",
        "account.template", "account.playbook",
        "account.objective", "account.plan_action", "account.risk", "account.still_true",
        "account.add_section", "account.accept_section", "account.decline_section",
        "account.sign", "account.review", "account.versions", "account.close_plan", "account.pulse",
        "account.bought", "account.stay", "account.exit", "account.line",
        "account.measure", "account.proof", "account.growth", "account.opportunity",
        "account.request", "account.celebration", "account.advocacy",
        "account.purchase",
        "account.draft", "account.cadence", "account.snooze",
        "account.benefit", "account.sends", "account.gesture", "account.behaviour", "account.enrol",
        "account.renewal", "account.product", "account.programme",
        "account.customer", "account.customer_file", "account.customer_shared",
        "account.edit", "list.new", "list.edit", "list.done", "list.later", "list.hand",
        "list.rang", "list.star", *StreamKeys.OF_STREAM,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*ACTIONS)]
    HINTS = ("log.touchpoint", "log.action", "log.complaint", "list.new", "copy", "account.next",
             "account.go", "account.customer")  # fmt: skip
    TAB_HINTS: ClassVar[dict[str, tuple[str, ...]]] = {
        "plan": ("account.still_true", "list.hand", "list.edit", "list.done", "account.plan_action",
                 "account.plan", "account.customer", "account.go"),
        "timeline": ("log.touchpoint", "list.filter", "list.edit", "account.pin", "list.rang",
                     "account.go"),
        "people": ("list.new", "list.edit", "account.team", "copy", "account.next", "account.go"),
        "complaints": ("list.new", "list.done", "list.edit", "list.hand", "account.next",
                       "account.go"),
        "money": ("list.new", "list.edit", "list.done", "account.next", "account.go"),
    }  # fmt: skip

    def __init__(
        self,
        account_id: int,
        neighbours: Sequence[int] | None = None,
        tab: str = "overview",
        seek: str | None = None,
    ) -> None:
        super().__init__()
        self.account_id = account_id
        self.neighbours = neighbours or ()
        self.tab = tab if tab in TABS else TABS[0]
        self.view: AccountView | None = None
        self._read_for: tuple[int, str] | None = None
        self._unfolded: frozenset[str] = frozenset()
        self._going = False
        self._seek = seek
        self._reading_more = False
        self._waiting: list[Callable[[], None]] = []

    def compose(self) -> ComposeResult:
        yield TopLine(id="top")
        yield TabBar(id="tabs")
        yield Rule()
        with Horizontal(id="body"):
            yield Document(id="left")
            yield SideRule(id="between")
            yield Document(id="right")
        yield Rule()
        yield TextLine(id="note")
        yield KeyLine(hints(self.HINTS), id="keys")

    def on_mount(self) -> None:
        """One column until something is read."""
        for name in ("#between", "#right", "#note"):
            self.query_one(name).display = False
        self.query_one("#left").focus()
        super().on_mount()

    def answers(self) -> str:
        return _("How does this account stand, and what do I do about it?")

    def top_parts(self) -> TopParts:
        if self.view is None:
            return self.frame_parts(_("ACCOUNT"))
        page = self.view.page
        star = " ★" if page.row is not None and page.row.starred else ""
        head = page.head
        details = (
            _("tier {tier}").format(tier=head.tier) if head.tier else "",
            head.sector or "",
            head.country or "",
            word(head.keep_class) if head.keep_class else "",
            _("archived") if head.archived else "",
        )
        found = self.frame_parts(
            head.name + star, details=tuple(detail for detail in details if detail)
        )
        return TopParts(
            found.screen, state=found.state, queued=found.queued, day=found.day, time=found.time,
            details=found.details,
        )  # fmt: skip

    def current_account(self) -> int | None:
        return self.account_id

    # Reading

    async def load(self) -> None:
        account_id, tab, wanted = self.account_id, self.tab, self.wanted
        entries, changes = PAGE, PAGE
        if self.view is not None and self._read_for == (account_id, tab):
            entries = max(PAGE, len(self.view.entries))
            changes = max(PAGE, len(self.view.changes))

        def ask(queries: BookQueries) -> AccountView:
            return read_view(queries, account_id, tab, entries, changes, wanted)

        view = await self.store.read(ask)
        if (account_id, tab, wanted) == (self.account_id, self.tab, self.wanted):
            self.trust.remember(account_id)
            self._take(view)

    def _take(self, view: AccountView) -> None:
        self.view = view
        self._read_for = (self.account_id, self.tab)
        self.refresh_top()
        self.show()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def when_read(self, then: Callable[[], None]) -> None:
        if self.view is None:
            self._waiting.append(then)
        else:
            then()

    async def _more(self, ask: Callable[[BookQueries, AccountView], AccountView]) -> None:
        view = self.view
        if view is None or self._reading_more:
            return
        self._reading_more = True
        try:
            found = await self.store.read(lambda queries: ask(queries, view))
        except TrustplanError as error:
            self.complain(error)
            return
        finally:
            self._reading_more = False
        if self.view is view:
            self._take(found)

    # Showing

    def _space(self) -> Space:
        note = 1 if self.query_one("#note").display else 0
        height = max(BODY_LEAST, self.size.height - FRAME_LINES - note)
        return Space(self.size.width, height, SHARES.get(self.tab, 0.6))

    def show(self) -> None:
        """Show what was read, as the screen's size asks for it."""
        if self.view is None or not self.is_mounted:
            return
        self.query_one("#tabs", TabBar).set_tabs(tabs_of(self.view), self.tab)
        self._show_note(self.view)
        if self._read_for != (self.account_id, self.tab):
            return
        view = self._unfolded_view(self.view)
        space = self._space()
        sheet = build(self.tab, view, space)
        self._place(sheet, space)
        if self._seek is not None and self.focus_key(self._seek):
            self._seek = None
        self._preview()
        if not self._going:
            self.set_hints(self.TAB_HINTS.get(self.tab, self.HINTS))

    def _unfolded_view(self, view: AccountView) -> AccountView:
        from dataclasses import replace

        return replace(view, unfolded=self._unfolded)

    def _place(self, sheet: Sheet, space: Space) -> None:
        left, right = self.query_one("#left", Document), self.query_one("#right", Document)
        two = bool(sheet.right)
        right.display = self.query_one("#between").display = two
        left.styles.width = space.left_cells if two else "1fr"
        if not two and right.has_focus:
            left.focus()
        left.set_lines(sheet.left)
        right.set_lines(sheet.right)

    def _show_note(self, view: AccountView) -> None:
        line = self.query_one("#note", TextLine)
        words = account_overview.note_words(view.page) if self.tab == "overview" else ""
        line.display = bool(words)
        if words:
            line.set_text((_("NOTE"), "head"), "    ", words)

    def on_resize(self) -> None:
        """The columns follow the width."""
        self.show()

    def focus_key(self, key: str) -> bool:
        """Put the cursor on the line of a key, in whichever column it is."""
        for name in ("#left", "#right"):
            document = self.query_one(name, Document)
            if document.display and document.move_to_key(key):
                document.focus()
                return True
        return False

    def _preview(self) -> None:
        """On a wide screen the entry or complaint under the cursor stands beside the list."""
        if self.view is None or not self._space().wide:
            return
        key = str(self.query_one("#left", Document).cursor_key or "")
        right = self.query_one("#right", Document)
        if self.tab == "timeline" and self.view.entries:
            right.set_lines(account_timeline.preview(self.view, key))
        elif self.tab == "complaints" and self.view.page.complaints:
            right.set_lines(account_complaints.preview(self.view, key))

    @on(Document.LineHighlighted, "#left")
    def _highlighted(self, event: Document.LineHighlighted) -> None:
        if event.key == account_timeline.MORE:
            ask = older_entries if self.tab == "timeline" else older_changes
            self.run_worker(self._more(ask), group="more")
            return
        self._preview()

    # Tabs and neighbours

    def set_tab(self, tab: str, seek: str | None = None) -> None:
        """Show another tab; ``seek`` is the key to put the cursor on."""
        self._seek = seek
        if tab == self.tab:
            self.show()
            return
        self.tab = tab
        view = self.view
        if view is None:
            self.reload()
            return
        self.query_one("#tabs", TabBar).set_tabs(tabs_of(view), tab)
        self.run_worker(self._read_tab(view, tab), exclusive=True, group="load")

    async def _read_tab(self, view: AccountView, tab: str) -> None:
        try:
            found = await self.store.read(lambda queries: read_more(queries, view, tab))
        except TrustplanError as error:
            self.complain(error)
            return
        if self.tab == tab:
            self.query_one("#left", Document).set_lines(())
            self._take(found)

    @on(TabBar.Chosen)
    def _tab_clicked(self, event: TabBar.Chosen) -> None:
        self.set_tab(event.key)

    def action_account_tab_next(self) -> None:
        """The tab at the right; after the last the first."""
        self.set_tab(TABS[(TABS.index(self.tab) + 1) % len(TABS)])

    def action_account_tab_previous(self) -> None:
        """The tab at the left."""
        self.set_tab(TABS[TABS.index(self.tab) - 1])

    def action_account_go(self) -> None:
        """Wait for the letter of a tab, and say which there are."""
        self._going = True
        self.query_one("#tabs", TabBar).show_letters(True)
        self.query_one("#keys", KeyLine).set_keys([(" ".join(GO_LETTERS), _("go to a tab"))])

    def on_key(self, event: events.Key) -> None:
        """The letter after ``g``; any other key ends the waiting and does nothing else."""
        if not self._going:
            return
        self._going = False
        self.query_one("#tabs", TabBar).show_letters(False)
        event.stop()
        event.prevent_default()
        self.set_hints(self.TAB_HINTS.get(self.tab, self.HINTS))
        tab = GO_LETTERS.get(event.key)
        if tab is not None:
            self.set_tab(tab)

    def action_account_next(self) -> None:
        """The next account of the list I came from, on the same tab."""
        self._neighbour(1)

    def action_account_previous(self) -> None:
        """The account before."""
        self._neighbour(-1)

    def _neighbour(self, step: int) -> None:
        ids = self.neighbours
        at = next((i for i, one in enumerate(ids) if one == self.account_id), None)
        if at is None or len(ids) < 2:
            self.say(_("There are no neighbours: this account was not opened from a list."))
            return
        if not 0 <= at + step < len(ids):
            self.say(_("the last of the list") if step > 0 else _("the first of the list"))
            return
        self.account_id = ids[at + step]
        self.no_filter()
        self._unfolded = frozenset()
        self.reload()

    # The line under the cursor

    def cursor(self) -> tuple[str, str]:
        """Kind and id of the line under the cursor: ``("action", "12")``; empty without one."""
        for name in ("#right", "#left"):
            document = self.query_one(name, Document)
            if document.display and (document.has_focus or name == "#left"):
                key = str(document.cursor_key or "").removeprefix(PINNED)
                kind, _colon, rest = key.partition(":")
                return kind, rest
        return "", ""

    def line_above(self, starts: str) -> str:
        """The key of the nearest line at or above the cursor that begins so; empty without one."""
        for name in ("#right", "#left"):
            document = self.query_one(name, Document)
            if document.display and (document.has_focus or name == "#left"):
                return document.key_above(starts)
        return ""

    def text_to_copy(self) -> str:
        kind, rest = self.cursor()
        if self.view is None:
            return ""
        if self.tab == "overview" and kind in ("tab", "fix", ""):
            return account_overview.summary(self.view)
        key = f"{kind}:{rest}" if rest else kind
        for name in ("#left", "#right"):
            for one in self.query_one(name, Document).lines:
                if one.key is not None and one.key == key:
                    words = " ".join("".join(parts(span)[0] for span in one.spans).split())
                    return _("{account}: {line}").format(
                        account=self.view.page.head.name, line=words
                    )
        return account_overview.summary(self.view)

    @on(Document.LineSelected)
    def _selected(self, event: Document.LineSelected) -> None:
        self.open_key(str(event.key))

    def toggle(self, key: str) -> None:
        """Open or close a folded part."""
        self._unfolded ^= {key}
        self.show()
