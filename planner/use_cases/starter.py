"""The four starter facts and a risk in one step, and with them a Starter plan that is active."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from planner.entity import spoken_name
from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.plan_activation import missing_words
from planner.plans import Plan
from planner.ports import UnitOfWork
from planner.readiness import STARTER
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.editing import live_account_name, refuse
from planner.use_cases.mutual_plan import add_mutual_action
from planner.use_cases.people import add_person, set_part
from planner.use_cases.plans import (
    activate_plan,
    add_objective,
    add_risk,
    missing_for,
    start_plan,
)

Facts = Mapping[str, Any]
GOAL_FIELDS = {"objective": "goal", "due": "goal_due", "due_on": "goal_due"}
PERSON_FIELDS = {"name": "person"}
"""What a refusal calls a field, and what it is called where all facts stand in one form."""


def start_and_fill(
    uow: UnitOfWork,
    account_id: int,
    *,
    goal: Facts | None = None,
    person: Facts | None = None,
    contract: Facts | None = None,
    action: Facts | None = None,
    risk: str | None = None,
    owner_id: int | None = None,
) -> Plan:
    """Start the plan where there is none, write down what is given, and activate it.

    ``goal``: fields of an objective, with a target. ``person``: ``roles`` and either a ``name`` or
    the ``person_id`` of one of the account. ``contract``: ``end_on`` and, where the account has no
    contract that lacks its end, ``arr_minor``. ``action``: fields of an action of the plan.
    ``owner_id`` keeps goal, action and risk. Refused as a whole when a Starter still lacks one of
    its four facts; a larger draft stays one and says what it lacks.
    """
    live = [one for one in uow.plans.find(account_id=account_id) if one.status != "closed"]
    plan = live[0] if live else start_plan(
        uow, account_id, status="active", activated_on=uow.today
    )  # fmt: skip
    _add_goal(uow, account_id, goal, owner_id)
    _add_person(uow, account_id, person)
    _end_contract(uow, account_id, contract)
    if action:
        add_mutual_action(uow, account_id, **{"due_on": None, "owner_id": owner_id, **action})
    if risk:
        add_risk(uow, account_id, risk=risk, owner_id=owner_id)
    return _activated(uow, plan, new=not live)


def _activated(uow: UnitOfWork, plan: Plan, *, new: bool) -> Plan:
    account = live_account_name(uow, plan.account_id)
    missing = missing_for(uow, plan) if new or plan.status == "draft" else ()
    lacking = missing_words(missing, plan.size)
    if missing and plan.size == STARTER:
        raise Refused(
            _("The plan cannot be activated yet. Missing: {things}.").format(things=lacking),
            [FieldProblem(one.section, one.words) for one in missing],
        )
    if missing:
        words = _("filled the plan of {account}; it stays a draft, missing: {things}")
        uow.say(words.format(account=account, things=lacking), plan.account_id)
        return plan
    if not new and plan.status == "draft":
        return activate_plan(uow, plan.account_id)
    words = _("started and activated the plan of {account}") if new else _(
        "filled the plan of {account}"
    )  # fmt: skip
    uow.say(words.format(account=account), plan.account_id)
    return plan


def _add_goal(uow: UnitOfWork, account_id: int, goal: Facts | None, owner_id: int | None) -> None:
    if not goal:
        return
    if goal.get("target") is None:
        raise refuse("target", _("a goal has a number: say what is to be reached"))
    with _calling(GOAL_FIELDS):
        add_objective(uow, account_id, **{"owner_id": owner_id, **goal})


def _add_person(uow: UnitOfWork, account_id: int, person: Facts | None) -> None:
    if not person:
        return
    roles = tuple(person.get("roles") or ())
    if not roles:
        raise refuse("role", _("say what the person decides or does there"))
    person_id = person.get("person_id")
    with _calling(PERSON_FIELDS):
        if person_id is None:
            add_person(uow, account_id, name=person.get("name", ""), part={"roles": roles})
            return
        found = uow.memberships.find(account_id=account_id, person_id=person_id)
        held = found[0].roles if found else ()
        set_part(uow, account_id, person_id, roles=tuple(dict.fromkeys((*held, *roles))))


def _end_contract(uow: UnitOfWork, account_id: int, contract: Facts | None) -> None:
    if not contract:
        return
    if contract.get("end_on") is None:
        raise refuse("end", _("say on which day the contract ends"))
    active = uow.contracts.find(account_id=account_id, status="active")
    lacking = next((one for one in active if one.end_on is None), None)
    if lacking is not None:
        change_contract(uow, lacking, **contract)
        return
    known = next((one.end_on for one in active if one.end_on is not None), None)
    if known is not None:
        words = _("the contract ends on {day} already; its own form changes that")
        raise refuse("end", words.format(day=known.isoformat()), contract["end_on"])
    if contract.get("arr_minor") is None:
        raise refuse("arr", _("a new contract needs the revenue of a year"))
    add_contract(uow, account_id, **contract)


@contextmanager
def _calling(names: Mapping[str, str]) -> Iterator[None]:
    """Name the fields of a refusal as the form of all facts does."""
    try:
        yield
    except Refused as error:
        if not error.problems:
            raise
        named = [one._replace(field=names.get(one.field, one.field)) for one in error.problems]
        words = "; ".join(f"{spoken_name(one.field)}: {one.problem}" for one in named)
        raise Refused(words, named) from None
