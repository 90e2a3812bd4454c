"""Growth, value, loyalty and the renewal plan from the account's menu: each opens its form."""

from __future__ import annotations

from planner.language import gettext as _
from tui.screens.account_plan_keys import PlanKeys


class PlanForms(PlanKeys):
    """The part of the account's screen that opens the forms which have no key of their own."""

    def action_account_measure(self) -> None:
        """Measure the objective under the cursor, else one of the plan."""
        kind, rest = self.cursor()
        if kind == "objective":
            self.form("measurement", objective_id=int(rest))
        else:
            self.form("measurement")

    def action_account_proof(self) -> None:
        """Add value delivered to the plan."""
        self.form("proof")

    def action_account_growth(self) -> None:
        """Say how a product stands at a buying centre."""
        self.form("whitespace")

    def action_account_opportunity(self) -> None:
        """Add an opportunity."""
        self.form("opportunity")

    def action_account_benefit(self) -> None:
        """Add a benefit."""
        self.form("benefit")

    def action_account_cadence(self) -> None:
        """Say how often contact is wanted."""
        self.form("cadence")

    def action_account_snooze(self) -> None:
        """Let contact rest until a day."""
        self.form("snooze")

    def action_account_sends(self) -> None:
        """Show who sends what to whom."""
        from tui.screens.touch_matrix import SendsScreen

        self.app.push_screen(SendsScreen(self.account_id))

    def action_account_gesture(self) -> None:
        """Log a gesture."""
        self.form("gesture")

    def action_account_request(self) -> None:
        """Keep what they asked for."""
        self.form("request")

    def action_account_celebration(self) -> None:
        """Keep a date to celebrate, or an achievement."""
        self.form("celebration")

    def action_account_purchase(self) -> None:
        """Log a purchase or a return."""
        self.form("purchase")

    def action_account_advocacy(self) -> None:
        """Log what they did for us."""
        self.form("advocacy")

    def action_account_draft(self) -> None:
        """Choose a draft text and read it."""
        from tui.screens.account_drafts import choose_draft

        self.when_read(lambda: choose_draft(self))

    def action_account_behaviour(self) -> None:
        """Say which behaviour is wanted."""
        self.form("behaviour")

    def action_account_enrol(self) -> None:
        """Take the account into a loyalty programme."""
        self.form("enrolment")

    def action_account_product(self) -> None:
        """Add something we sell."""
        self.form("product")

    def action_account_programme(self) -> None:
        """Add a loyalty programme to the book."""
        self.form("programme")

    def action_account_renewal(self) -> None:
        """Plan the renewal of the contract under the cursor, else of the one that renews next."""
        kind, rest = self.cursor()
        if kind == "contract":
            self.form("renewal", contract_id=int(rest))
            return
        if self.view is None:
            self.when_read(self.action_account_renewal)
            return
        from tui.screens.account_money import renewal_of

        contract = renewal_of(self.view)
        if contract is None:
            self.say(_("There is no contract yet; C adds one."))
        else:
            self.form("renewal", contract_id=contract.id)
