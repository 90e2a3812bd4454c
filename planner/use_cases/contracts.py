"""Contracts and renewal milestones."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.contracts import Contract, Milestone
from planner.entity import build
from planner.language import gettext as _
from planner.money import Money, to_minor
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    live_account_name,
    refuse,
)
from planner.use_cases.survey_triggers import after_decision
from planner.vocabulary import MILESTONE_OFFSETS

PAST_ONLY = ("decided_on", "cancellation_on", "cancellation_withdrawn_on", "invoice_overdue_since")
RENEWAL_AMOUNTS = ("renew_amount_minor", "offer_limit_minor")
"""Amounts of the renewal plan, in the contract's currency."""


def add_contract(uow: UnitOfWork, account_id: int, **fields: Any) -> Contract:
    """Add a contract; without a currency it is in the book's."""
    account = live_account_name(uow, account_id)
    contract = build(
        Contract,
        id=uow.new_id(),
        account_id=account_id,
        **{"currency": uow.currency, **fields},
    )
    _check_past(uow, contract)
    _check_buyer(uow, contract)
    uow.say(_("added a contract of {account}").format(account=account), account_id)
    return uow.contracts.add(contract)


def change_contract(uow: UnitOfWork, record: Contract | int, **fields: Any) -> Contract:
    """Change a contract; in another currency the amounts of its renewal stay the same number."""
    before = uow.contracts.get(record) if isinstance(record, int) else record
    after = change(uow.contracts, record, {**_same_amounts(before, fields), **fields})[1]
    _check_past(uow, after)
    if fields.get("decision_buyer_id") is not None:
        _check_buyer(uow, after)
    account = live_account_name(uow, after.account_id)
    after_decision(uow, before, after)
    uow.say(_("changed a contract of {account}").format(account=account), after.account_id)
    return after


def reach_milestone(
    uow: UnitOfWork, contract_id: int, offset_days: int, on: date | None = None
) -> Milestone:
    """Say that the renewal milestone T minus ``offset_days`` was reached, today by default."""
    contract = uow.contracts.get(contract_id)
    if offset_days not in MILESTONE_OFFSETS:
        offsets = ", ".join(str(offset) for offset in MILESTONE_OFFSETS)
        raise refuse("offset", _("it is none of {offsets}").format(offsets=offsets), offset_days)
    day = on or uow.today
    check_day_not_future(uow, day, "done_on")
    done = uow.milestones.find(contract_id=contract_id, offset_days=offset_days)
    uow.say(
        _("reached T-{days} of {account}").format(
            days=offset_days, account=live_account_name(uow, contract.account_id)
        ),
        contract.account_id,
    )
    if done:
        return change(uow.milestones, done[0], {"done_on": day})[1]
    return uow.milestones.add(
        build(
            Milestone,
            id=uow.new_id(),
            account_id=contract.account_id,
            contract_id=contract_id,
            offset_days=offset_days,
            done_on=day,
        )
    )


def _check_past(uow: UnitOfWork, contract: Contract) -> None:
    for field in PAST_ONLY:
        check_day_not_future(uow, getattr(contract, field), field)
    given, withdrawn = contract.cancellation_on, contract.cancellation_withdrawn_on
    if withdrawn is not None and (given is None or withdrawn < given):
        raise refuse(
            "cancellation_withdrawn_on", _("it lies before the cancellation was given"), withdrawn
        )


def _check_buyer(uow: UnitOfWork, contract: Contract) -> None:
    if contract.decision_buyer_id is not None:
        check_member(uow, contract.account_id, contract.decision_buyer_id, "decision_buyer")


def _same_amounts(contract: Contract, fields: dict[str, Any]) -> dict[str, int]:
    """The renewal's amounts in the minor units of a new currency, the same number of major ones."""
    currency = fields.get("currency", contract.currency)
    if currency == contract.currency:
        return {}
    held = {name: getattr(contract, name) for name in RENEWAL_AMOUNTS}
    return {
        name: to_minor(Money(minor, contract.currency).major, currency)[0]
        for name, minor in held.items()
        if minor is not None
    }
