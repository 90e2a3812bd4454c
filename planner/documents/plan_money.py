"""What a plan is worth: the renewal and the growth."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.documents.blocks import Block, facts, grid, hint
from planner.documents.plan_goals import lines
from planner.documents.wording import Sight, amount, joined, percent, words
from planner.language import gettext as _
from planner.renewals import steps
from planner.selling import push_warning
from planner.views.account import ContractRow
from planner.views.plan import ContractRenewal, WhitespaceRow


def renewal(sight: Sight) -> Iterable[Block]:
    """The contracts, and of each that goes on what the renewal hangs on."""
    more = {row.contract_id: row for row in sight.plan.renewals} if sight.plan else {}
    yield from grid(
        (_("Contract"), _("A year"), _("Ends"), _("Notice by"), _("Renews itself"),
         _("Forecast")),
        (
            (c.name, amount(c.arr_minor, c.currency), c.end_on, c.notice_on,
             _("yes") if c.auto_renew else _("no"), words(c.forecast))
            for c in sight.page.contracts
        ),
    )  # fmt: skip
    for contract in sight.page.contracts:
        if contract.id in more and contract.status == "active":
            yield from _of_contract(contract, more[contract.id], sight.today)


def _of_contract(contract: ContractRow, more: ContractRenewal, today: date) -> Iterable[Block]:
    several = more.uplift_percent
    yield from facts(
        (_("Milestones of {contract}").format(contract=contract.name),
         milestone_words(contract, today)),
        (_("Expected after"), amount(more.renew_amount_minor, more.currency)),
        (_("Uplift"), None if several is None else _("{share} %").format(share=f"{several:g}")),
        (_("Term"), None if more.term_months is None
         else _("{count} months").format(count=more.term_months)),
        (_("Term options"), more.term_options),
        (_("Chance"), percent(None if more.forecast_probability is None
                              else 100 * more.forecast_probability)),
        (_("Because"), more.forecast_reason),
        (_("Price position"), words(more.price_position)),
        (_("Their other price"), more.competitor_price),
        (_("Discounts so far"), more.discount_history),
        (_("Buyer"), more.decision_buyer),
        (_("Criteria"), more.decision_criteria),
        (_("Decision process"), more.decision_process),
        (_("Paper process"), more.paper_process),
        (_("Competition"), more.competition),
        (_("Without an agreement"), more.fallback),
        (_("Save offer up to"), amount(more.offer_limit_minor, more.currency)),
        (_("Paused until"), more.paused_to),
        (_("Invoice overdue since"), more.invoice_overdue_since),
        (_("Note"), more.note),
    )  # fmt: skip


def milestone_words(contract: ContractRow, today: date) -> str | None:
    """The milestones T-120 to T-0 with a sign for each; None without an end."""
    if contract.end_on is None:
        return None
    signs = {"done": "✓", "missed": "!", "today": "•", "ahead": "·"}
    found = steps(date.fromisoformat(contract.end_on), contract.milestones_done, today)
    return "  ".join(f"T-{step.offset_days} {signs[step.state]}" for step in found)


def may_sell(sight: Sight) -> str | None:
    """Why a push to sell is warned against now; None when nothing speaks against it."""
    critical = [
        row.number for row in sight.page.complaints
        if row.resolved_on is None and row.severity == "critical"
    ]  # fmt: skip
    return push_warning(sight.page.health.band if sight.page.health else None, critical)


def growth(sight: Sight) -> Iterable[Block]:
    """Products by buying centres, opportunities, and problems that nobody solves yet."""
    warning = may_sell(sight)
    if sight.plan is None:
        return
    cells = {(row.product, row.centre): row for row in sight.plan.whitespace}
    centres = tuple(dict.fromkeys(centre for _product, centre in cells))
    products = tuple(dict.fromkeys(product for product, _centre in cells))
    table = grid(
        (_("Product"), *centres),
        (
            (product, *(_cell(cells.get((product, centre)), sight) for centre in centres))
            for product in products
        ),
        _("Products by buying centre"),
    )
    deals = grid(
        (_("Opportunity"), _("A year"), _("Stage"), _("Product"), _("Centre"), _("Next step"),
         _("On"), _("Owner")),
        (
            (o.opportunity, amount(o.value_minor, sight.currency), words(o.stage), o.product,
             o.centre, o.next_step, o.next_step_on, o.owner)
            for o in sight.plan.opportunities
            if o.closed_on is None
        ),
        _("Opportunities"),
    )  # fmt: skip
    problems = list(lines("growth", sight))
    if warning and (table or deals or problems):
        yield from hint(warning)
    yield from (*table, *deals, *problems)


def _cell(row: WhitespaceRow | None, sight: Sight) -> str | None:
    if row is None:
        return None
    return joined(
        words(row.state), row.competitor, amount(row.potential_minor, sight.currency), row.note
    )
