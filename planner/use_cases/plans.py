"""Starting, filling and moving a Trust Enablement customer plan."""

from __future__ import annotations

from typing import Any

from planner.entity import build
from planner.errors import Refused
from planner.language import gettext as _
from planner.plans import Action, Objective, Plan, Risk
from planner.ports import UnitOfWork
from planner.use_cases.actions import add_action
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    live_account_name,
    refuse,
)

MAX_OBJECTIVES = 5
STANDARD_OBJECTIVES = 2
STANDARD_ACTIONS = 3


def live_plan(uow: UnitOfWork, account_id: int) -> Plan:
    """The account's plan that is not closed. Raises ``Refused`` when it has none."""
    found = [plan for plan in uow.plans.find(account_id=account_id) if plan.status != "closed"]
    if not found:
        name = live_account_name(uow, account_id)
        raise Refused(_("{account} has no plan yet; start one first.").format(account=name))
    return found[0]


def start_plan(uow: UnitOfWork, account_id: int, size: str = "starter", **fields: Any) -> Plan:
    """Start a plan as a draft. Refused while the account has one that is not closed."""
    account = live_account_name(uow, account_id)
    if any(plan.status != "closed" for plan in uow.plans.find(account_id=account_id)):
        raise Refused(
            _("{account} has a plan already; close it before you start another.").format(
                account=account
            )
        )
    plan = build(
        Plan,
        id=uow.new_id(),
        account_id=account_id,
        size=size,
        started_on=uow.today,
        created_at=uow.clock.real_now(),
        **fields,
    )
    uow.say(_("started a plan for {account}").format(account=account), account_id)
    return uow.plans.add(plan)


def change_plan(uow: UnitOfWork, record: Plan | int, **fields: Any) -> Plan:
    """Change the plan's header. Its status moves with ``activate_plan`` and ``close_plan`` only."""
    if "status" in fields:
        raise refuse("status", _("activate or close the plan instead"), fields["status"])
    return _change_plan(uow, record, fields)


def _change_plan(uow: UnitOfWork, record: Plan | int, fields: dict[str, Any]) -> Plan:
    after = change(uow.plans, record, fields)[1]
    account = live_account_name(uow, after.account_id)
    uow.say(_("changed the plan of {account}").format(account=account), after.account_id)
    return after


def add_objective(uow: UnitOfWork, account_id: int, **fields: Any) -> Objective:
    """Add a goal of the customer to the plan; it starts today unless said otherwise."""
    plan = live_plan(uow, account_id)
    live = [o for o in uow.objectives.find(plan_id=plan.id) if o.status != "dropped"]
    if len(live) >= MAX_OBJECTIVES:
        raise refuse(
            "objective", _("a plan holds at most {count} objectives").format(count=MAX_OBJECTIVES)
        )
    if fields.get("their_owner_id") is not None:
        check_member(uow, account_id, fields["their_owner_id"], "their_owner")
    given = {"started_on": uow.today, **fields}
    due = given.get("due_on")
    if "started_on" not in fields and due is not None and due < uow.today:
        raise refuse("due", _("{day} lies in the past").format(day=due.isoformat()), due)
    objective = build(
        Objective,
        id=uow.new_id(),
        account_id=account_id,
        plan_id=plan.id,
        recorded_on=uow.today,
        **given,
    )
    uow.say(
        _("added an objective for {account}").format(account=live_account_name(uow, account_id)),
        account_id,
    )
    return uow.objectives.add(objective)


def change_objective(uow: UnitOfWork, record: Objective | int, **fields: Any) -> Objective:
    """Change a goal; one that becomes achieved is achieved today unless said otherwise."""
    if fields.get("status") == "achieved":
        fields.setdefault("achieved_on", uow.today)
    elif "status" in fields:
        fields["achieved_on"] = None
    if fields.get("actual") is not None:
        fields.setdefault("actual_on", uow.today)
    for day in ("achieved_on", "actual_on"):
        check_day_not_future(uow, fields.get(day), day)
    after = change(uow.objectives, record, fields)[1]
    if "their_owner_id" in fields and after.their_owner_id is not None:
        check_member(uow, after.account_id, after.their_owner_id, "their_owner")
    uow.say(
        _("changed the objective {objective}").format(objective=after.objective), after.account_id
    )
    return after


def add_plan_action(uow: UnitOfWork, account_id: int, **fields: Any) -> Action:
    """Add an action to the plan: one owner, a due date and what done means are needed."""
    plan = live_plan(uow, account_id)
    for field, name in (("owner_id", "owner"), ("due_on", "due"), ("done_means", "done_means")):
        if fields.get(field) in (None, ""):
            raise refuse(
                name, _("an action of the plan needs one owner, a due date and what done means")
            )
    if fields["due_on"] < uow.today:
        raise refuse("due", _("{day} lies in the past").format(day=fields["due_on"].isoformat()))
    return add_action(uow, account_id, plan_id=plan.id, origin="plan", origin_id=plan.id, **fields)


def add_risk(uow: UnitOfWork, account_id: int, **fields: Any) -> Risk:
    """Add what may go wrong, in a sentence, to the plan."""
    plan = live_plan(uow, account_id)
    risk = build(Risk, id=uow.new_id(), account_id=account_id, plan_id=plan.id, **fields)
    uow.say(
        _("added a risk for {account}").format(account=live_account_name(uow, account_id)),
        account_id,
    )
    return uow.risks.add(risk)


def change_risk(uow: UnitOfWork, record: Risk | int, **fields: Any) -> Risk:
    """Change a risk."""
    after = change(uow.risks, record, fields)[1]
    uow.say(_("changed the risk {risk}").format(risk=after.risk), after.account_id)
    return after


def activate_plan(uow: UnitOfWork, account_id: int) -> Plan:
    """Make a draft active. Refused with the list of what is missing for its size (rules.md)."""
    plan = live_plan(uow, account_id)
    if plan.status == "active":
        raise Refused(_("The plan is active already."))
    missing = missing_for(uow, plan)
    if missing:
        raise Refused(
            _("The plan cannot be activated yet. Missing: {things}.").format(
                things="; ".join(missing)
            )
        )
    return _change_plan(uow, plan, {"status": "active", "activated_on": uow.today})


def close_plan(uow: UnitOfWork, account_id: int) -> Plan:
    """Close the account's plan."""
    closing = {"status": "closed", "closed_on": uow.today}
    return _change_plan(uow, live_plan(uow, account_id), closing)


def missing_for(uow: UnitOfWork, plan: Plan) -> list[str]:
    """What activation of a plan still lacks, in words."""
    objectives = [o for o in uow.objectives.find(plan_id=plan.id) if o.status != "dropped"]
    actions = uow.actions.find(account_id=plan.account_id, status="open")
    people = [m for m in uow.memberships.find(account_id=plan.account_id) if m.roles]
    ends = [c for c in uow.contracts.find(account_id=plan.account_id) if c.end_on]
    if plan.size == "full":
        raise Refused(
            _(
                "A full plan needs sections that this version does not keep yet; "
                "choose starter or standard."
            )
        )
    goals = STANDARD_OBJECTIVES if plan.size == "standard" else 1
    steps = STANDARD_ACTIONS if plan.size == "standard" else 1
    missing = []
    if len(objectives) < goals:
        missing.append(_("{count} goals").format(count=goals) if goals > 1 else _("a goal"))
    if not any(m.left_on is None for m in people):
        missing.append(_("a key person with a role"))
    if not ends:
        missing.append(_("the contract's end"))
    if len(actions) < steps:
        missing.append(
            _("{count} next actions").format(count=steps) if steps > 1 else _("a next action")
        )
    return missing + (_standard_header(uow, plan) if plan.size == "standard" else [])


def _standard_header(uow: UnitOfWork, plan: Plan) -> list[str]:
    seats = {seat.function for seat in uow.seats.find(account_id=plan.account_id)}
    account = uow.accounts.get(plan.account_id)
    needed = {
        _("a tier"): account.tier,
        _("a keep class with its reason"): account.keep_class,
        _("a stage"): account.stage,
        _("a plan period"): plan.period_start and plan.period_end,
        _("a north-star KPI with its target"): plan.north_star and plan.north_star_target,
        _("the date of the next review"): plan.next_review_on,
        _("a team with all four functions"): len(seats) == 4 or None,
    }
    return [words for words, value in needed.items() if value is None or value == ""]
