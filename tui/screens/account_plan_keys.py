"""What the keys and the menu do with a plan and with the section under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.text import visible
from tui.actions import ACCOUNT, Action
from tui.screens.account_opening import Opening

if TYPE_CHECKING:
    from tui.dialogs.choice import Choice
    from tui.screens.account_view import AccountView

GO = "go.section."
"""What the id of "go to section ..." in the menu begins with."""
PLAN_LINES = ("section", "ask", "next", "sign", "signatures", "product", "renewal")


class PlanKeys(Opening):
    """The part of the account's screen that acts on its plan."""

    tab: str
    view: AccountView | None

    def line_above(self, starts: str) -> str:
        """The key of the nearest line at or above the cursor that begins so; empty without one."""
        raise NotImplementedError

    def focus_key(self, key: str) -> bool:
        """Put the cursor on the line of a key; False where there is none."""
        raise NotImplementedError

    # Where the cursor is

    def section_here(self) -> str | None:
        """The section that the cursor is in; None outside the plan and in its head."""
        if self.tab != "plan":
            return None
        section = self.line_above("section:").partition(":")[2]
        return section if section and section != "sign_off" else None

    def _section(self) -> str | None:
        section = self.section_here()
        if section is None:
            self.say(_("Put the cursor into a section of the plan first (g p opens the plan)."))
        return section

    # The menu

    def own_actions(self) -> tuple[Action, ...]:
        """A line of the menu for each section that the plan shows."""
        view = self.view
        if self.tab != "plan" or view is None:
            return ()
        from planner.plan_sections import section_name
        from tui.screens.account_plan import shown_sections

        words, short = _("go to section: {section}"), _("section")
        found = [
            Action(GO + section, (), short, words.format(section=section_name(section)), ACCOUNT)
            for section in ("header", *shown_sections(view))
            if self._is_shown(section)
        ]
        last = Action(GO + "sign_off", (), short, words.format(section=_("sign-off")), ACCOUNT)
        return (*found, last) if found else ()

    def _is_shown(self, section: str) -> bool:
        from tui.screens.plan_sections.head import line_of

        one = line_of(section, self.view) if self.view else None
        return one is not None and one.shown

    async def run_chosen(self, action_id: str | None) -> None:
        """Go to the section that was chosen; everything else as on any screen."""
        if action_id is not None and action_id.startswith(GO):
            self.focus_key("section:" + action_id.removeprefix(GO))
            return
        await super().run_chosen(action_id)

    # Enter

    def open_key(self, key: str) -> None:
        """Do what Enter means on a line of the plan; other lines as on any tab."""
        kind, _colon, rest = key.partition(":")
        if kind not in PLAN_LINES:
            super().open_key(key)
        elif kind == "signatures":
            self.focus_key("section:sign_off")
        elif kind == "sign" or (kind == "section" and rest == "sign_off"):
            self._sign(rest)
        elif kind == "next":
            self._fill(rest)
        elif kind == "renewal":
            self.form("renewal", contract_id=int(rest))
        elif kind == "product":
            self._open_product(int(rest))
        elif kind == "section":
            self._open_section(rest)
        else:
            self.form_of(rest)

    def edit_key(self, kind: str, rest: str) -> None:
        """Edit what stands on a line; on the head of a section and the like what Enter does."""
        if kind in PLAN_LINES:
            self.open_key(f"{kind}:{rest}")
        else:
            super().edit_key(kind, rest)

    def form_of(self, section: str) -> None:
        """Open the form that adds to a section; a contract without an end gets it."""
        from tui.screens.account_money import without_end
        from tui.screens.plan_sections.asks import ask

        name = ask(section).form
        plan = self.view.page.plan if self.view else None
        lacking = without_end(self.view.page.contracts) if self.view else None
        if name == "plan" and plan is not None:
            self.form("plan", plan_id=plan.id)
        elif name == "contract" and lacking is not None:
            self.form("contract", contract_id=lacking.id)
        else:
            self.form(name)

    def _open_section(self, section: str) -> None:
        """Accept what is offered to me, open the tab of what fills itself, else add a line."""
        from tui.screens.plan_sections.head import line_of

        tabs = {"health": "health", "complaints": "complaints"}
        one = line_of(section, self.view) if self.view else None
        if one is not None and one.offered_to_me:
            self.action_account_accept_section()
        elif section in tabs:
            self.set_tab(tabs[section])
        else:
            self.form_of(section)

    def _fill(self, section: str) -> None:
        """Open the form of an empty section, or of the header; go to one that holds something."""
        from planner.plan_sections import is_empty
        from tui.screens.plan_sections.head import line_of

        one = line_of(section, self.view) if self.view else None
        head = self.view.page.head if self.view else None
        if section == "header" and head and None in (head.tier, head.keep_class, head.stage):
            self.form("account")
        elif section == "header" or one is None or is_empty(one.state):
            self.form_of(section)
        else:
            self.focus_key(f"section:{section}")

    def _open_product(self, product_id: int) -> None:
        """Choose a buying centre of the product, and open its cell."""
        cells = [
            one
            for one in (self.view.plan.whitespace if self.view and self.view.plan else ())
            if one.product_id == product_id
        ]
        if len(cells) == 1:
            self.form("whitespace", whitespace_id=cells[0].id)
            return
        from tui.dialogs.choice import Choice, ChoiceDialog
        from tui.screens.plan_sections.growth import state_words

        choices = [Choice(str(one.id), visible(one.centre), state_words(one.state))
                   for one in cells]  # fmt: skip
        choices.append(Choice("", _("another buying centre")))

        def chosen(cell: str | None) -> None:
            if cell:
                self.form("whitespace", whitespace_id=int(cell))
            elif cell is not None:
                self.form("whitespace")

        self.app.push_screen(ChoiceDialog(_("WHICH BUYING CENTRE?"), choices), chosen)

    # Sections

    def action_list_new(self) -> None:
        """A new line in the section under the cursor; on other tabs what they hold."""
        section = self.section_here()
        if section is None or section == "header":
            super().action_list_new()
        else:
            self.form_of(section)

    def action_account_still_true(self) -> None:
        """Say that the section under the cursor still holds."""
        if self.refuse_read_only():
            return
        section = self._section()
        if section is not None:
            from planner.use_cases.plan_sections import still_true

            self.do(still_true, self.account_id, section)

    def action_list_hand(self) -> None:
        """Hand the action or complaint under the cursor over; elsewhere in the plan its section."""
        kind, _rest = self.cursor()
        section = self.section_here()
        if section is None or kind in ("action", "complaint"):
            super().action_list_hand()
            return
        if self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(self, "offer_section", preset={"section": section}, account_id=self.account_id)

    def action_account_accept_section(self) -> None:
        """Take over the section under the cursor that is offered to me."""
        self._answer(accept=True)

    def action_account_decline_section(self) -> None:
        """Decline the section under the cursor that is offered to me."""
        self._answer(accept=False)

    def _answer(self, *, accept: bool) -> None:
        if self.refuse_read_only():
            return
        section = self._section()
        if section is not None:
            from planner.use_cases.plan_sections import accept_section, decline_section

            self.do(accept_section if accept else decline_section, self.account_id, section)

    def action_account_add_section(self) -> None:
        """Choose a section that the plan's size leaves out, and show it."""
        if self.refuse_read_only():
            return
        view = self.view
        if view is None:
            self.when_read(self.action_account_add_section)
            return
        from planner.use_cases.plan_sections import add_section
        from tui.dialogs.choice import ChoiceDialog

        choices = _left_out(view)
        if not choices:
            self.say(_("The plan shows every section already."))
            return

        def chosen(section: str | None) -> None:
            if section is not None:
                self.do(add_section, self.account_id, section,
                        after=lambda _done: self.set_tab("plan", f"section:{section}"))  # fmt: skip

        self.app.push_screen(ChoiceDialog(_("ADD WHICH SECTION?"), choices), chosen)

    # The life of the plan

    def action_account_sign(self) -> None:
        """Sign the plan for my function."""
        self._sign("")

    def _sign(self, function: str) -> None:
        if self.refuse_read_only():
            return
        from planner.use_cases.plan_life import sign_plan

        named = None if function in ("", "sign_off") else function
        self.do(sign_plan, self.account_id, function=named)

    def action_account_review(self) -> None:
        """Put the plan under review; end the review that is under way."""
        if self.refuse_read_only():
            return
        if self.view is None:
            self.when_read(self.action_account_review)
            return
        from planner.use_cases.plan_life import end_review, review_plan

        plan = self.view.page.plan
        under_way = plan is not None and plan.status == "under_review"
        self.do(end_review if under_way else review_plan, self.account_id)

    def action_account_close_plan(self) -> None:
        """Close the plan, after a question."""
        if self.refuse_read_only():
            return
        from planner.use_cases.plans import close_plan
        from tui.dialogs.question import QuestionDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.do(close_plan, self.account_id)

        name = self.view.page.head.name if self.view else ""
        question = _("Close the plan of {account}?").format(account=visible(name))
        detail = _("It stays in the history; a new one starts empty. u takes this back.")
        self.app.push_screen(QuestionDialog(question, detail), answered)

    def action_account_versions(self) -> None:
        """The versions of the plan: compare two of them, or bring one back."""
        from tui.screens.plan_versions import VersionsScreen

        self.app.push_screen(VersionsScreen(self.account_id))


def _left_out(view: AccountView) -> list[Choice]:
    """The sections that the plan does not show, as choices."""
    from planner.vocabulary_words import section_names
    from tui.dialogs.choice import Choice
    from tui.screens.account_plan import BODIES, shown_sections

    shown = shown_sections(view)
    return [
        Choice(section, name)
        for section, name in section_names().items()
        if section in BODIES and section not in shown
    ]
