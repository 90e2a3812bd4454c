"""What Enter and the letters open from an account: a form, a tab, or a page with all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.health.explain import ROW_KINDS
from planner.health.fixes import ADD_PERSON, LOG, MILESTONE, OBJECTIVE, PULSE, RESOLVE, Fix
from planner.language import gettext as _
from tui.screens.account_health import MEASURES, explained
from tui.screens.frame import FrameScreen

if TYPE_CHECKING:
    from planner.ports import Done
    from tui.screens.account_view import AccountView

OF_PLAN = ("objective", "plan_action", "risk", "proof")
"""Forms about a plan: without one the Starter plan is started first."""
STARTER = "starter"
"""The form after which the plan that it filled is shown."""
LINE = "line_"
"""How the forms of a new line begin; the section follows."""
RECORD_FORMS = {
    "objective": "objective", "action": "action", "risk": "risk", "contract": "contract",
    "person": "person", "plan": "plan", "touchpoint": "entry", "complaint": "complaint",
    "entry": "line", "interview": "interview",
    "measurement": "measurement", "proof": "proof", "whitespace": "whitespace",
    "opportunity": "opportunity", "benefit": "benefit", "gesture": "gesture",
    "behaviour": "behaviour", "enrolment": "enrolment", "celebration": "celebration",
    "advocacy": "advocacy", "purchase": "purchase",
}  # fmt: skip
"""Kind of a line to the form that changes its record, whose subject is ``<kind>_id``."""
UNCHANGED = ("pulse", "survey", "signal", "meeting", "advocacy", "celebration")
"""Kinds of entries of the timeline that Enter shows, and no form changes from there."""
OWED_SUBJECT = {"action": "action_id", "complaint": "complaint_id"}
"""Kinds of lines that can be handed over, to the subject of the form."""
TAB_OF_ROWS = {
    "touchpoint": ("timeline", "touchpoint"),
    "account_person": ("people", "person"),
    "complaint": ("complaints", "complaint"),
    "objective": ("plan", "objective"),
    "milestone": ("money", "contract"),
    "pulse": ("timeline", "pulse"),
    "signal": ("money", "contract"),
    "invoice": ("money", "contract"),
}
"""Kind of the rows behind a measure to the tab that shows them and the kind of their lines."""
FILLED_BY = {
    "R1": "touchpoint", "R2": "person", "R3": "person", "S1": "touchpoint", "S3": "complaint",
    "O1": "objective", "C1": "contract", "P1": "pulse",
}  # fmt: skip
"""An unknown measure to the form that makes it known."""


class Opening(FrameScreen):
    """The opening half of the account's screen; the other half reads and shows."""

    account_id: int
    tab: str
    view: AccountView | None

    def cursor(self) -> tuple[str, str]:
        """Kind and id of the line under the cursor; empty texts without one."""
        raise NotImplementedError

    def set_tab(self, tab: str, seek: str | None = None) -> None:
        """Show another tab with the cursor on a key."""
        raise NotImplementedError

    def when_read(self, then: Callable[[], None]) -> None:
        """Do something now, or as soon as the account was read."""
        raise NotImplementedError

    def toggle(self, key: str) -> None:
        """Open or close a folded part."""
        raise NotImplementedError

    def form(self, name: str, **subject: int) -> None:
        """Open a form about this account; one about a plan starts the plan first."""
        if self.refuse_read_only():
            return
        of_plan = name in OF_PLAN or name.startswith(LINE)
        if of_plan and self.view is None:
            self.when_read(lambda: self.form(name, **subject))
            return
        from tui.dialogs.opening import open_form

        given: dict[str, int | None] = {"account_id": self.account_id, **subject}
        if of_plan and not subject and self.view and self.view.page.plan is None:
            from planner.use_cases.plans import start_plan

            self.do(
                start_plan,
                self.account_id,
                after=lambda _done: open_form(self, name, preset=None, then=None, **given),
            )
            return
        shown = self._show_plan if name == STARTER else None
        open_form(self, name, preset=None, then=shown, **given)

    def _show_plan(self, _done: Done) -> None:
        """Read the account anew with its plan in front."""
        self.tab = "plan"
        self.reload()

    def open_key(self, key: str) -> None:
        """Do what Enter means on the line of a key."""
        kind, _colon, rest = key.partition(":")
        if kind == "form":
            self.form(rest)
        elif kind == "pin":
            self.open_key(rest)
        elif kind == "tab":
            self.set_tab(rest)
        elif kind == "fold":
            self.toggle(key)
        elif kind == "fix":
            self._fix(int(rest))
        elif kind in ("measure", "cap"):
            self._measure(rest)
        elif kind == "do":
            self.action_account_plan()
        else:
            self._open_record(kind, rest)

    def _open_record(self, kind: str, rest: str) -> None:
        if kind in ("touchpoint", "complaint", "change") or kind in UNCHANGED:
            from tui.screens.account_detail import DetailScreen

            self.app.push_screen(DetailScreen(self.account_id, kind, int(rest)))
        elif kind == "milestone":
            self.action_list_done()
        elif kind in RECORD_FORMS:
            self.edit_key(kind, rest)

    def edit_key(self, kind: str, rest: str) -> None:
        """Open the form of the record on a line; the account's own where there is none."""
        name = RECORD_FORMS.get(kind)
        if kind == "form":
            self.form(rest)
        elif kind == "milestone":
            self.form("contract", contract_id=int(rest.partition(":")[0]))
        elif name is None:
            self.form("account")
        else:
            self.form(name, **{f"{kind}_id": int(rest)})

    # Health

    def _fix(self, index: int) -> None:
        found = explained(self.view.page) if self.view else None
        if found is None or index >= len(found.fixes):
            return
        self.do_fix(found.fixes[index])

    def do_fix(self, fix: Fix) -> None:
        """Open what a fix asks for: the right form with the person or record it is about."""
        row = fix.rows[0] if fix.rows else None
        if fix.action == RESOLVE and row is not None:
            self.form("complaint_step", complaint_id=row)
        elif fix.action == OBJECTIVE and row is not None:
            self.form("objective", objective_id=row)
        elif fix.action == MILESTONE:
            self.set_tab("money")
        elif fix.action in (ADD_PERSON, PULSE):
            self.form({ADD_PERSON: "person", PULSE: "pulse"}[fix.action])
        elif fix.action == LOG:
            person_id = self._person_of(row)
            self.form("touchpoint", **({"person_id": person_id} if person_id else {}))

    def _person_of(self, membership_id: int | None) -> int | None:
        people = self.view.page.people if self.view else ()
        return next((one.id for one in people if one.membership_id == membership_id), None)

    def _measure(self, measure: str) -> None:
        """Show the rows behind a measure or a cap; an unknown one opens what makes it known."""
        score = self.view.page.health if self.view else None
        if score is None:
            return
        behind = {one.id: one.rows for one in score.measures}
        behind.update((cap.id, cap.rows) for cap in score.caps)
        rows = behind.get(measure, ())
        kind = ROW_KINDS.get(measure, "")
        if rows and kind in TAB_OF_ROWS:
            self._show_rows(kind, rows)
        elif measure in FILLED_BY:
            self.form(FILLED_BY[measure])
        else:
            self.set_tab("health", MEASURES)
            self.say(_("There are no rows behind this one here yet."))

    def _show_rows(self, kind: str, rows: tuple[int, ...]) -> None:
        tab, line = TAB_OF_ROWS[kind]
        row: int | None = rows[0]
        if kind == "account_person":
            row = self._person_of(rows[0])
        elif kind in ("milestone", "signal", "invoice"):
            contract = (
                self.view.page.inputs.contract_id if self.view and self.view.page.inputs else 0
            )
            row = contract
        self.set_tab(tab, f"{line}:{row}")

    # Letters

    def action_account_person(self) -> None:
        """Add a person."""
        self.form("person")

    def action_account_stakeholder_map(self) -> None:
        """Write who is who to a file."""
        from tui.screens.stakeholder_file import ask_for_file

        self.when_read(lambda: ask_for_file(self))

    def action_account_contract(self) -> None:
        """Add a contract."""
        self.form("contract")

    def action_account_team(self) -> None:
        """Name who of us serves the account."""
        self.form("team")

    def action_account_playbook(self) -> None:
        """Choose a playbook and start it."""
        if self.refuse_read_only():
            return
        from tui.screens.account_starters import choose_playbook

        self.when_read(lambda: choose_playbook(self))

    def action_account_template(self) -> None:
        """Choose a template and start the plan from it."""
        if self.refuse_read_only():
            return
        from tui.screens.account_starters import choose_template

        self.when_read(lambda: choose_template(self))

    def action_account_starter(self) -> None:
        """Ask for the four starter facts on one screen, and activate the plan."""
        self.form(STARTER)

    def action_account_objective(self) -> None:
        """Add an objective to the plan."""
        self.form("objective")

    def action_account_plan_action(self) -> None:
        """Add an action to the plan."""
        self.form("plan_action")

    def action_account_risk(self) -> None:
        """Add a risk to the plan."""
        self.form("risk")

    def action_account_pulse(self) -> None:
        """Give my function's pulse."""
        self.form("pulse")

    def action_account_bought(self) -> None:
        """Record why they bought."""
        self.form("interview_bought")

    def action_account_stay(self) -> None:
        """Record why they stay."""
        self.form("interview_stay")

    def action_account_exit(self) -> None:
        """Record why they leave."""
        self.form("interview_exit")

    def action_account_line(self) -> None:
        """Choose a section, then add a line to it."""
        from planner.plan_fields import fields_of, line_sections
        from planner.vocabulary_words import value_words
        from tui.dialogs.choice import Choice, ChoiceDialog

        def chosen(section: str | None) -> None:
            if section is not None:
                self.form(LINE + section)

        if self.refuse_read_only():
            return
        choices = [
            Choice(one, value_words(one), ", ".join(kind.label for kind in fields_of(one)[:3]))
            for one in line_sections()
        ]
        self.app.push_screen(ChoiceDialog(_("A LINE FOR"), choices), chosen)

    def action_account_edit(self) -> None:
        """Edit the account."""
        self.form("account")

    def action_account_plan(self) -> None:
        """Start the plan in its Starter size, activate a draft, or edit the active one."""
        if self.refuse_read_only():
            return
        if self.view is None:
            self.when_read(self.action_account_plan)
            return
        plan = self.view.page.plan
        from planner.use_cases.plans import activate_plan, start_plan

        if plan is None:
            self.do(start_plan, self.account_id)
        elif plan.status == "draft":
            self.do(activate_plan, self.account_id)
        else:
            self.form("plan", plan_id=plan.id)

    # What the keys do to it

    def action_list_new(self) -> None:
        """A new one of what this tab holds."""
        names = {
            "plan": "plan_action", "people": "person", "complaints": "complaint",
            "health": "pulse", "money": "contract",
        }  # fmt: skip
        if self.tab == "money" and "purchase" in (self.cursor()[0], self.cursor()[1]):
            self.form("purchase")
            return
        self.form(names.get(self.tab, "touchpoint"))

    def action_list_edit(self) -> None:
        """Edit what stands under the cursor, else the account."""
        self.edit_key(*self.cursor())

    def action_list_done(self) -> None:
        """Tick off the action or the renewal step under the cursor."""
        kind, rest = self.cursor()
        if self.refuse_read_only():
            return
        if kind == "action":
            from planner.use_cases.actions import finish_action

            self.do(finish_action, int(rest))
        elif kind == "milestone":
            from planner.use_cases.contracts import reach_milestone

            contract_id, _colon, offset = rest.partition(":")
            self.do(reach_milestone, int(contract_id), int(offset))
        elif kind == "complaint":
            self.form("complaint_step", complaint_id=int(rest))
        else:
            self.say(_("d ticks off an action or a renewal step; put the cursor on one."))

    def action_list_later(self) -> None:
        """Move the action under the cursor to another day."""
        kind, rest = self.cursor()
        if kind != "action":
            self.say(_("z moves an action; put the cursor on one."))
            return
        self.form("later", action_id=int(rest))

    def action_list_hand(self) -> None:
        """Hand the action or complaint under the cursor to a colleague."""
        kind, rest = self.cursor()
        if kind not in OWED_SUBJECT:
            self.say(_("o hands over an action or a complaint; put the cursor on one."))
            return
        self.form("hand", **{OWED_SUBJECT[kind]: int(rest)})

    def action_list_rang(self) -> None:
        """Log a call that nobody answered, at once."""
        self.rang(self.account_id)

    def action_list_star(self) -> None:
        """Put my star on the account, or take it off."""
        if self.refuse_read_only():
            return
        from planner.use_cases.accounts import toggle_star

        self.do(toggle_star, self.account_id)
