"""Value delivered: dated points with a figure, and the customer's word on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_confirmed,
    check_day_not_future,
    check_same_account,
    live_account_name,
    withdraw,
)
from planner.use_cases.plans import live_plan
from planner.value import Proof


def add_proof(uow: UnitOfWork, account_id: int, **fields: Any) -> Proof:
    """Add a point of value delivered to the plan, today unless said otherwise."""
    plan = live_plan(uow, account_id)
    proof = build(
        Proof,
        id=uow.new_id(),
        account_id=account_id,
        plan_id=plan.id,
        **_confirmed({"on_date": uow.today, **fields}, uow.today),
    )
    _check(uow, proof)
    uow.say(
        _("added value delivered to {account}").format(account=live_account_name(uow, account_id)),
        account_id,
    )
    return uow.proofs.add(proof)


def change_proof(uow: UnitOfWork, record: Proof | int, **fields: Any) -> Proof:
    """Change a point of value delivered."""
    after = change(uow.proofs, record, _confirmed(fields, uow.today))[1]
    _check(uow, after)
    uow.say(_("changed value delivered: {proof}").format(proof=after.proof), after.account_id)
    return after


def confirm_proof(
    uow: UnitOfWork, record: Proof | int, person_id: int, on: date | None = None
) -> Proof:
    """Say that a person of the customer confirmed it, today by default."""
    fields = {"confirmed_by_id": person_id, "confirmed_on": on or uow.today}
    after = change(uow.proofs, record, fields)[1]
    _check(uow, after)
    uow.say(
        _("{person} confirmed: {proof}").format(
            person=uow.people.get(person_id).label, proof=after.proof
        ),
        after.account_id,
    )
    return after


def withdraw_proof(uow: UnitOfWork, proof_id: int) -> Proof:
    """Take a point of value delivered out of the plan."""
    after = withdraw(uow.proofs, proof_id)
    uow.say(_("took out value delivered: {proof}").format(proof=after.proof), after.account_id)
    return after


def _confirmed(fields: dict[str, Any], today: date) -> dict[str, Any]:
    """The fields with the day of the confirmation, today, where only the person was given."""
    if fields.get("confirmed_by_id") is not None and fields.get("confirmed_on") is None:
        return {**fields, "confirmed_on": today}
    return fields


def _check(uow: UnitOfWork, proof: Proof) -> None:
    check_day_not_future(uow, proof.on_date, "on_date")
    check_same_account(uow.objectives, proof.account_id, proof.objective_id, "objective")
    check_confirmed(
        uow, proof.account_id, proof.confirmed_by_id, proof.confirmed_on,
        since=proof.on_date, earlier=_("it lies before the day of the value"),
    )  # fmt: skip
