"""What the customer was given of a plan's rows, for the lines about them. Pure."""

from __future__ import annotations

from planner.customer_view import customer_view, since_shared
from planner.documents.customer import shared_words
from planner.views.plan import PlanPage
from tui.screens.account_view import AccountView


class Given:
    """The shared rows of a plan against what the customer was given last."""

    def __init__(self, view: AccountView, plan: PlanPage) -> None:
        self._rows = since_shared(customer_view(view.page, plan, view.today), plan.share).rows

    def words(self, kind: str, row_id: int) -> str:
        """When they got a row, and what changed since; empty for a row that is not shared."""
        return shared_words(self._rows.get((kind, row_id)))
