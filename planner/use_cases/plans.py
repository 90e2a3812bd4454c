"""Starting, filling and moving a Trust Enablement customer plan."""

from __future__ import annotations

from typing import Any

from planner.entity import build
from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.plan_activation import Missing, missing_for_activation, missing_words
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
from planner.use_cases.objectives import record_measurement
from planner.use_cases.plan_facts import plan_facts
from planner.use_cases.success_criteria import follow_goal

MAX_OBJECTIVES = 5
DEFAULT_STATUS = "on_track"


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
    by_hand = fields.get("status", DEFAULT_STATUS) != DEFAULT_STATUS
    return follow_goal(uow, uow.objectives.add(objective), by_hand=by_hand)


def change_objective(uow: UnitOfWork, record: Objective | int, **fields: Any) -> Objective:
    """Change a goal; one that becomes achieved is achieved today unless said otherwise.

    Another actual is kept as a measurement of its day too. A new owner on their side takes the
    place of the old one, whichever way either was named. A status that is set here is by hand:
    no success criterion moves it.
    """
    for one, other in (("their_owner", "their_owner_id"), ("their_owner_id", "their_owner")):
        if fields.get(one):
            fields.setdefault(other, None)
    if fields.get("status") == "achieved":
        fields.setdefault("achieved_on", uow.today)
    elif "status" in fields:
        fields["achieved_on"] = None
    if fields.get("actual") is not None:
        fields.setdefault("actual_on", uow.today)
    for day in ("achieved_on", "actual_on"):
        check_day_not_future(uow, fields.get(day), day)
    before, after = change(uow.objectives, record, fields)
    moved = (before.actual, before.actual_on) != (after.actual, after.actual_on)
    if moved and after.actual is not None and after.actual_on is not None:
        record_measurement(uow, after, after.actual, after.actual_on)
    if "their_owner_id" in fields and after.their_owner_id is not None:
        check_member(uow, after.account_id, after.their_owner_id, "their_owner")
    after = follow_goal(uow, after, by_hand="status" in fields)
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
    """Make a draft active; one under review is active again.

    Refused with the list of what a draft of its size lacks (rules.md).
    """
    plan = live_plan(uow, account_id)
    if plan.status == "active":
        raise Refused(_("The plan is active already."))
    if plan.status == "under_review":
        return move_plan(uow, plan, _("ended the review of the plan of {account}"), status="active")
    missing = missing_for(uow, plan)
    if missing:
        raise Refused(
            _("The plan cannot be activated yet. Missing: {things}.").format(
                things=missing_words(missing, plan.size)
            ),
            [FieldProblem(one.section, one.words) for one in missing],
        )
    return move_plan(
        uow,
        plan,
        _("activated the plan of {account}"),
        status="active",
        activated_on=uow.today,
    )


def close_plan(uow: UnitOfWork, account_id: int) -> Plan:
    """Close the account's plan."""
    return move_plan(
        uow,
        live_plan(uow, account_id),
        _("closed the plan of {account}"),
        status="closed",
        closed_on=uow.today,
    )


def move_plan(uow: UnitOfWork, plan: Plan, words: str, **fields: Any) -> Plan:
    """Move a plan through its life; ``words`` say what was done to the plan of ``{account}``."""
    after = change(uow.plans, plan, fields)[1]
    account = live_account_name(uow, after.account_id)
    uow.say(words.format(account=account), after.account_id)
    return after


def missing_for(uow: UnitOfWork, plan: Plan) -> tuple[Missing, ...]:
    """What activation of a plan still lacks, by section and in words."""
    return missing_for_activation(plan_facts(uow, plan), plan.size)
