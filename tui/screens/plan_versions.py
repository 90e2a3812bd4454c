"""The versions of an account's plan: two of them compared, or one brought back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from planner.language import gettext as _
from tui.screens.account_view import OWN_CELLS, AccountView, read_view
from tui.screens.frame import FrameScreen
from tui.screens.plan_sections.versions import compare_lines, version_lines
from tui.widgets.document import Document
from tui.widgets.top_line import TopParts

if TYPE_CHECKING:
    from planner.plan_history import PlanHistory
    from tui.composition import BookQueries

BEFORE, NEWEST, OTHER, RESTORE = "before", "newest", "other", "restore"


class VersionsScreen(FrameScreen):
    """``account_id``'s plan: a line for each version; Enter says what can be done with one."""

    HINTS = ("copy", "back")

    def __init__(self, account_id: int) -> None:
        super().__init__()
        self.account_id = account_id
        self.history: PlanHistory | None = None
        self.view: AccountView | None = None
        self._picked: int | None = None

    def compose_body(self) -> Iterable[Widget]:
        yield Document(id="body")

    def answers(self) -> str:
        return _("What did the plan say before, and who changed it?")

    def top_parts(self) -> TopParts:
        name = self.view.page.head.name if self.view else ""
        found = self.frame_parts(_("VERSIONS"))
        return TopParts(
            found.screen, state=found.state, day=found.day, time=found.time,
            details=(name,) if name else (),
        )  # fmt: skip

    def current_account(self) -> int | None:
        return self.account_id

    async def load(self) -> None:
        account_id = self.account_id

        def ask(queries: BookQueries) -> tuple[AccountView, PlanHistory]:
            view = read_view(queries, account_id, "people")
            history = queries.versions.history(account_id)
            _counted = history.versions
            return view, history

        self.view, self.history = await self.store.read(ask)
        self.refresh_top()
        self._show()

    def _show(self) -> None:
        if self.view is not None and self.history is not None:
            width = self.size.width - OWN_CELLS
            lines = version_lines(self.history.versions, self.view, width, self._picked)
            self.query_one("#body", Document).set_lines(lines)

    def on_resize(self) -> None:
        """The columns follow the width."""
        self._show()

    def text_to_copy(self) -> str:
        number = self._number()
        if self.history is None or number is None:
            return ""
        one = self.history.version(number)
        return _("version {number}, {day}, {who}: {what}").format(
            number=number, day=one.on_date, who=one.actor, what=one.summary
        )

    def _number(self) -> int | None:
        number = str(self.query_one("#body", Document).cursor_key or "").partition(":")[2]
        return int(number) if number else None

    @on(Document.LineSelected, "#body")
    def _selected(self, event: Document.LineSelected) -> None:
        number = int(str(event.key).partition(":")[2])
        if self._picked is not None:
            self._compare(self._picked, number)
        else:
            self._ask(number)

    def _ask(self, number: int) -> None:
        from tui.dialogs.choice import Choice, ChoiceDialog

        newest = len(self.history.versions) if self.history else 0
        choices = [
            *([Choice(BEFORE, _("compare with the version before"))] if number > 1 else []),
            *([Choice(NEWEST, _("compare with the newest"))] if number < newest else []),
            *([Choice(OTHER, _("compare with another version"))] if newest > 1 else []),
            *([Choice(RESTORE, _("bring the plan back to this version"))] if number < newest
              else []),
        ]  # fmt: skip
        if not choices:
            self.say(_("There is only one version yet; there is nothing to compare."))
            return

        def chosen(what: str | None) -> None:
            if what == BEFORE:
                self._compare(number - 1, number)
            elif what == NEWEST:
                self._compare(number, newest)
            elif what == OTHER:
                self._picked = number
                self._show()
                self.say(_("Enter on another version compares the two; Esc takes this back."))
            elif what == RESTORE:
                self._restore(number)

        title = _("VERSION {number}").format(number=number)
        self.app.push_screen(ChoiceDialog(title, choices), chosen)

    def action_back(self) -> None:
        """Take back the first pick; without one, back to the plan."""
        if self._picked is not None:
            self._picked = None
            self._show()
        else:
            super().action_back()

    def _compare(self, one: int, other: int) -> None:
        if self.history is None or self.view is None:
            return
        if one == other:
            self.say(_("This is the version that you chose first; take another one."))
            return
        self._picked = None
        self._show()
        old, new = sorted((one, other))
        self.app.push_screen(CompareScreen(self.view, self.history, old, new))

    def _restore(self, number: int) -> None:
        if self.refuse_read_only():
            return
        from tui.dialogs.question import QuestionDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.run_worker(self._bring_back(number), group="write")

        question = _("Bring the plan back to version {number}?").format(number=number)
        detail = _("What is done or measured stays. It is one step, and u takes it back.")
        self.app.push_screen(QuestionDialog(question, detail), answered)

    async def _bring_back(self, number: int) -> None:
        from planner.errors import TrustplanError
        from planner.use_cases.plan_life import restore_plan
        from tui.composition import plan_moves

        account_id = self.account_id
        try:
            moves = await self.store.read(lambda queries: plan_moves(queries, account_id, number))
        except TrustplanError as error:
            self.complain(error)
            return
        self.do(restore_plan, account_id, number, moves)


class CompareScreen(FrameScreen):
    """What differs between two versions of a plan."""

    HINTS = ("copy", "back")

    def __init__(self, view: AccountView, history: PlanHistory, old: int, new: int) -> None:
        super().__init__()
        self.view = view
        self.history = history
        self.old, self.new = old, new

    def compose_body(self) -> Iterable[Widget]:
        yield Document(id="body")

    def answers(self) -> str:
        return _("What changed from one version of the plan to another?")

    def top_parts(self) -> TopParts:
        found = self.frame_parts(_("VERSIONS {old} AND {new}").format(old=self.old, new=self.new))
        return TopParts(
            found.screen, state=found.state, day=found.day, time=found.time,
            details=(self.view.page.head.name,),
        )  # fmt: skip

    def current_account(self) -> int | None:
        return self.view.page.head.id

    async def load(self) -> None:
        view, history, old, new = self.view, self.history, self.old, self.new
        lines = await self.store.read(
            lambda _queries: tuple(compare_lines(history, old, new, view))
        )
        self.query_one("#body", Document).set_lines(lines)

    def text_to_copy(self) -> str:
        from tui.widgets.cells import parts

        lines = self.query_one("#body", Document).lines
        return "\n".join("".join(parts(span)[0] for span in one.spans).rstrip() for one in lines)
