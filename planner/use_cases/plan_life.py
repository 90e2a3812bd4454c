"""A plan's life after its start: reviews, signatures, and bringing back what it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from planner.entity import Entity, build, spoken_name
from planner.errors import Conflict, FieldConflict, Refused
from planner.language import gettext as _
from planner.language import ngettext
from planner.plan_parts import SignOff
from planner.plan_signing import check_may_sign
from planner.plans import Plan
from planner.ports import Repository, UnitOfWork
from planner.use_cases.editing import live_account_name, refuse
from planner.use_cases.plan_facts import plan_content
from planner.use_cases.plans import live_plan, move_plan
from planner.vocabulary import FUNCTIONS, Function
from planner.vocabulary_words import function_name


def review_plan(uow: UnitOfWork, account_id: int) -> Plan:
    """Put an active plan under review."""
    plan = live_plan(uow, account_id)
    if plan.status == "under_review":
        raise Refused(_("The plan is under review already."))
    if plan.status != "active":
        raise Refused(_("Only an active plan is reviewed; activate it first."))
    words = _("began the review of the plan of {account}")
    return move_plan(uow, plan, words, status="under_review")


def end_review(uow: UnitOfWork, account_id: int, next_review_on: date | None = None) -> Plan:
    """Make a plan under review active again, with the day of its next review.

    Without a day it is as many days ahead as the plan says, where it says so.
    """
    plan = live_plan(uow, account_id)
    if plan.status != "under_review":
        raise Refused(_("The plan is not under review."))
    if next_review_on is not None and next_review_on <= uow.today:
        raise refuse("next_review_on", _("the next review lies ahead"), next_review_on)
    fields: dict[str, Any] = {"status": "active"}
    if next_review_on is not None:
        fields["next_review_on"] = next_review_on
    elif plan.review_every_days is not None:
        fields["next_review_on"] = uow.today + timedelta(days=plan.review_every_days)
    return move_plan(uow, plan, _("ended the review of the plan of {account}"), **fields)


# -- signatures ---------------------------------------------------------------------------------


def sign_plan(uow: UnitOfWork, account_id: int, function: str | None = None) -> SignOff:
    """Sign the plan for a function, mine unless said: its goals, its renewal and its risks.

    A signature whose content changed since is signed again. Refused for a function that somebody
    else has a seat for, for an empty plan, and where the same content is signed already.
    """
    plan = live_plan(uow, account_id)
    account = live_account_name(uow, account_id)
    signed = _function(uow, function)
    seats = uow.seats.find(account_id=account_id, function=signed)
    holder = uow.colleagues.get(seats[0].colleague_id) if seats else None
    check_may_sign(
        signed,
        uow.actor.function,
        None if holder is None else (holder.id, holder.name),
        uow.actor.colleague_id,
    )
    content = plan_content(uow, plan)
    if not content:
        raise Refused(_("There is nothing to sign yet: no goal, no renewal and no risk."))
    words = _("signed the plan of {account} for {function}")
    uow.say(words.format(account=account, function=function_name(signed)), account_id)
    before = _signature(uow, plan, signed)
    fields = {
        "colleague_id": uow.actor.colleague_id, "signed_on": uow.today, "content": content,
    }  # fmt: skip
    if before is None:
        return uow.sign_offs.add(
            build(
                SignOff,
                id=uow.new_id(),
                account_id=account_id,
                plan_id=plan.id,
                function=signed,
                **fields,
            )
        )
    if before.content == content:
        raise Refused(
            _("{function} signed this already, on {day}.").format(
                function=function_name(signed), day=before.signed_on.isoformat()
            )
        )
    return uow.sign_offs.save(before, before.changed(**fields))


def unsign_plan(uow: UnitOfWork, account_id: int, function: str | None = None) -> SignOff:
    """Take a signature away, by who may give it."""
    plan = live_plan(uow, account_id)
    signed = _function(uow, function)
    before = _signature(uow, plan, signed)
    words = function_name(signed)
    if before is None:
        raise Refused(_("{function} has not signed this plan.").format(function=words))
    signer = None if before.colleague_id is None else uow.colleagues.get(before.colleague_id)
    check_may_sign(
        signed,
        uow.actor.function,
        None if signer is None else (signer.id, signer.name),
        uow.actor.colleague_id,
    )
    uow.say(
        _("took the {function} signature off the plan of {account}").format(
            function=words, account=live_account_name(uow, account_id)
        ),
        account_id,
    )
    return uow.sign_offs.archive(before)


def _function(uow: UnitOfWork, function: str | None) -> Function:
    wanted = function or uow.actor.function
    if wanted is None:
        raise refuse("function", _("say for which function; yours is not known"))
    found = next((one for one in FUNCTIONS if one == wanted), None)
    if found is None:
        raise refuse("function", _("it is none of marketing, sales, success, service"), wanted)
    return found


def _signature(uow: UnitOfWork, plan: Plan, function: Function) -> SignOff | None:
    return next(iter(uow.sign_offs.find(plan_id=plan.id, function=function)), None)


# -- bringing back ------------------------------------------------------------------------------


def restore_plan(
    uow: UnitOfWork, account_id: int, number: int, moves: Sequence[tuple[Entity, Entity | None]]
) -> int:
    """Bring the plan's records back to a version, in one step; returns how many moved.

    Each move is a record as it was seen now and as the version has it; None takes it out. The
    records come from ``PlanVersions.moves``. Raises ``Conflict`` with the fields when somebody
    changed one of them since it was seen.
    """
    account = live_account_name(uow, account_id)
    live_plan(uow, account_id)
    if not moves:
        raise Refused(_("The plan is as it was in version {number}.").format(number=number))
    for before, after in sorted(moves, key=lambda move: move[1] is not None):
        if getattr(before, "account_id", None) != account_id:
            raise Refused(_("This record belongs to another account."))
        repository = _repository(uow, before)
        if after is None:
            _check_unchanged(repository, before)
            repository.archive(before)
        else:
            repository.save(before, after)
    uow.say(
        ngettext(
            "brought the plan of {account} back to version {number}: {count} record",
            "brought the plan of {account} back to version {number}: {count} records",
            len(moves),
        ).format(account=account, number=number, count=len(moves)),
        account_id,
    )
    return len(moves)


def _check_unchanged(repository: Repository[Any], seen: Entity) -> None:
    """Refuse to take out what somebody changed since it was seen."""
    stored = repository.get(seen.id)
    moved = [
        FieldConflict(name, getattr(seen, name), value, None)
        for name, value in stored
        if name != "version" and value != getattr(seen, name)
    ]
    if moved:
        raise Conflict(
            _("Somebody changed {fields} since. Nothing was brought back; look again.").format(
                fields=", ".join(spoken_name(one.field) for one in moved)
            ),
            moved,
        )


def _repository(uow: UnitOfWork, record: Entity) -> Repository[Any]:
    by_kind: dict[str, Repository[Any]] = {
        "Plan": uow.plans, "Objective": uow.objectives, "Action": uow.actions, "Risk": uow.risks,
        "Entry": uow.entries, "Proof": uow.proofs, "Benefit": uow.benefits,
        "Behaviour": uow.behaviours, "Whitespace": uow.whitespaces,
        "Opportunity": uow.opportunities, "Contract": uow.contracts,
    }  # fmt: skip
    return by_kind[type(record).__name__]
