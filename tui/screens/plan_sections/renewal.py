"""The renewal: what they pay, how it will be decided, and the steps on the way. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.language import gettext as _
from planner.renewals import steps
from planner.views.account import ContractRow
from planner.views.plan import ContractRenewal, PlanPage
from tui.screens.account_money import milestone_name, milestone_words, renewal_of, terms
from tui.screens.account_view import AccountView
from tui.screens.account_words import amount, day, first_line, flowing, line, word
from tui.widgets.cells import Cell, fit
from tui.widgets.document import Line


def renewal_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """The contract, the price, the decision and the steps T-120 to T-0."""
    contract = renewal_of(view)
    if contract is None:
        return
    key = f"contract:{contract.id}"
    yield flowing(
        "  ", _("{amount} a year").format(amount=amount(contract.arr_minor, contract.currency)),
        *terms(contract, view.today), key=key, hang=4,
    )  # fmt: skip
    if contract.forecast == "unknown":
        yield line("  ", (_("will it renew? Enter sets the forecast"), "gap"), key=key)
    more = next((one for one in plan.renewals if one.contract_id == contract.id), None)
    if more is not None:
        yield from _price(more, view)
        yield from _decision(more)
    yield from _steps(contract, view.today)


def _price(more: ContractRenewal, view: AccountView) -> Iterable[Line]:
    said = [*_odds_and_amount(more), *_terms(more, view)]
    if said:
        yield flowing("  ", " · ".join(said), key=f"renewal:{more.contract_id}", hang=4)


def _odds_and_amount(more: ContractRenewal) -> list[str]:
    said: list[str] = []
    if more.forecast_probability is not None:
        said.append(_("{percent} % likely").format(percent=round(100 * more.forecast_probability)))
    if more.forecast_reason:
        said.append(_("because {reason}").format(reason=more.forecast_reason))
    if more.renew_amount_minor is not None:
        said.append(
            _("renews at {amount}").format(amount=amount(more.renew_amount_minor, more.currency))
        )
    if more.uplift_percent is not None:
        said.append(_("uplift {percent} % asked").format(percent=f"{more.uplift_percent:g}"))
    if more.term_months is not None:
        said.append(_("for {count} months").format(count=more.term_months))
    return said


def _terms(more: ContractRenewal, view: AccountView) -> list[str]:
    said: list[str] = []
    for words, value in (
        (_("terms: {text}"), more.term_options),
        (_("price {text}"), word(more.price_position) if more.price_position else None),
        (_("a competitor asks {text}"), more.competitor_price),
        (_("discounts so far: {text}"), more.discount_history),
        (_("without an agreement: {text}"), more.fallback),
    ):
        if value:
            said.append(words.format(text=first_line(value)))
    if more.offer_limit_minor is not None:
        limit = amount(more.offer_limit_minor, more.currency)
        said.append(_("we offer at most {amount}").format(amount=limit))
    if more.paused_to:
        said.append(_("paused to {day}").format(day=day(more.paused_to, view.today)))
    return said


def _decision(more: ContractRenewal) -> Iterable[Line]:
    """Who decides, by what and how; what is not known yet in one line."""
    parts = (
        (_("buyer"), more.decision_buyer),
        (_("criteria"), more.decision_criteria),
        (_("process"), more.decision_process),
        (_("paper process"), more.paper_process),
        (_("competition"), more.competition),
    )
    key = f"renewal:{more.contract_id}"
    for name, value in parts:
        if value:
            yield flowing("  ", (name + "  ", "head"), first_line(value), key=key, hang=4)
    unknown = [name for name, value in parts if not value]
    if unknown:
        words = _("how they decide, not known yet: {things}").format(things=", ".join(unknown))
        yield flowing("  ", (words, "gap"), key=key, hang=4)


def _steps(contract: ContractRow, today: date) -> Iterable[Line]:
    """All steps as signs; the missed ones, today's and the next with their day, for ``d``."""
    if contract.end_on is None:
        return
    yield flowing("  ", *milestone_words(contract, today), hang=4)
    found = steps(date.fromisoformat(contract.end_on), contract.milestones_done, today)
    ahead = next((one for one in found if one.state == "ahead"), None)
    for one in found:
        if one.state not in ("missed", "today") and one is not ahead:
            continue
        state: Cell = {
            "missed": (_("missed, d marks it done"), "late"),
            "today": (_("today"), "warn"),
        }.get(one.state, (_("next"), "muted"))
        yield line(
            f"    {fit(f'T-{one.offset_days}', 6)}{fit(milestone_name(one.offset_days), 16)}"
            f" {fit(day(one.due_on.isoformat(), today), 12)}", state,
            key=f"milestone:{contract.id}:{one.offset_days}",
        )  # fmt: skip
