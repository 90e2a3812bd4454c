"""Starting a plan from a template, and the dated tasks of a playbook at an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from planner.dates import add_months
from planner.dependencies import in_order
from planner.entity import build
from planner.errors import Refused
from planner.language import gettext as _
from planner.plan_parts import Section
from planner.plan_templates import PlanTemplate
from planner.plans import Action, Plan
from planner.playbooks import Playbook, Task
from planner.ports import UnitOfWork
from planner.readiness import SIZE_SECTIONS, size_for_tier
from planner.use_cases.actions import owe
from planner.use_cases.by_name import ME, Added, known_colleague
from planner.use_cases.editing import live_account_name
from planner.use_cases.plans import add_objective, add_plan_action, add_risk, start_plan


@dataclass(frozen=True, slots=True)
class StartedPlaybook:
    """The actions that a playbook gave an account; ``passed`` are those due before today."""

    account_id: int
    playbook: str
    actions: tuple[Action, ...]
    passed: tuple[Action, ...]


def start_from_template(
    uow: UnitOfWork,
    account_id: int,
    template: PlanTemplate,
    added: Added,
    *,
    size: str | None = None,
    **header: Any,
) -> Plan:
    """Start a plan as a draft with what a template suggests, owned by whoever acts.

    ``size`` and ``header`` come before the template's own; without either the tier chooses the
    size. Who acts is added as a colleague when the book does not know them, and entered in
    ``added``.
    """
    tier = uow.accounts.get(account_id).tier
    chosen = size or template.size or size_for_tier(tier)
    fields = {**_header(uow.today, template), **header}
    plan = start_plan(uow, account_id, chosen, template=template.name, **fields)
    me = known_colleague(uow, ME, added)
    for section in template.sections:
        if section not in SIZE_SECTIONS[chosen]:
            uow.sections.add(
                build(
                    Section,
                    id=uow.new_id(),
                    account_id=account_id,
                    plan_id=plan.id,
                    section=section,
                    added=True,
                )
            )
    _add_rows(uow, account_id, template, me)
    uow.say(
        _("started a plan for {account} from {template}: {rows}").format(
            account=live_account_name(uow, account_id),
            template=template.name,
            rows=_counted(template),
        ),
        account_id,
    )
    return plan


def _header(today: date, template: PlanTemplate) -> dict[str, Any]:
    """The fields of the header that the template fills."""
    fields: dict[str, Any] = {
        "north_star": template.north_star,
        "north_star_target": template.north_star_target,
        "required_roles": template.needed_roles or None,
        "review_every_days": template.review_every_days,
    }
    if template.period_months is not None:
        fields["period_start"] = today
        fields["period_end"] = add_months(today, template.period_months) - timedelta(days=1)
    if template.review_every_days is not None:
        fields["next_review_on"] = today + timedelta(days=template.review_every_days)
    return fields


def _add_rows(uow: UnitOfWork, account_id: int, template: PlanTemplate, me: int | None) -> None:
    for goal in template.objectives:
        add_objective(
            uow,
            account_id,
            objective=goal.objective,
            metric=goal.metric,
            unit=goal.unit,
            baseline=goal.baseline,
            target=goal.target,
            priority=goal.priority,
            due_on=_after(uow.today, goal.due_after_days),
            owner_id=me,
        )
    for action in template.actions:
        add_plan_action(
            uow,
            account_id,
            action=action.action,
            side=action.side,
            owner_id=me,
            due_on=_after(uow.today, action.due_after_days),
            done_means=action.done_means,
            promised=action.promised,
            shared=action.shared,
        )
    for risk in template.risks:
        add_risk(uow, account_id, risk=risk, owner_id=me)


def _after(start: date, days: int | None) -> date | None:
    return None if days is None else start + timedelta(days=days)


def _counted(template: PlanTemplate) -> str:
    return _("goals {goals}, actions {actions}, risks {risks}").format(
        goals=len(template.objectives), actions=len(template.actions), risks=len(template.risks)
    )


def start_playbook(
    uow: UnitOfWork,
    account_id: int,
    playbook: Playbook,
    start: date | None = None,
    owner_id: int | None = None,
) -> StartedPlaybook:
    """Add the dated tasks of a playbook to an account as actions, counted from ``start`` (today).

    Each belongs to who of the account's team serves in the task's function, else to ``owner_id``,
    else to the account's owner. Refused when nobody is left to own a task, when the contract's end
    is needed and not known, and while the playbook is under way at the account.
    """
    account = live_account_name(uow, account_id)
    _refuse_twice(uow, account_id, playbook, account)
    owners = _owners(uow, account_id, playbook, account, owner_id)
    begin = start or uow.today
    end = _contract_end(uow, account_id, playbook, account)
    plan_id = next(
        (one.id for one in uow.plans.find(account_id=account_id) if one.status != "closed"), None
    )
    made: dict[str, Action] = {}
    for task in _needed_first(playbook):
        made[task.key] = owe(
            uow,
            account_id,
            plan_id=plan_id,
            action=task.task,
            side=task.side,
            owner_id=owners[task.owner],
            due_on=task.at.day(begin, end),
            depends_on=tuple(made[key].id for key in task.depends_on),
            done_means=task.done_means,
            promised=task.promised,
            shared=task.shared,
            origin="playbook",
            playbook=playbook.name,
        )
    actions = tuple(made[task.key] for task in playbook.tasks)
    passed = tuple(one for one in actions if one.due_on is not None and one.due_on < uow.today)
    uow.say(_started_words(playbook, account, actions, passed), account_id)
    return StartedPlaybook(account_id, playbook.name, actions, passed)


def _refuse_twice(uow: UnitOfWork, account_id: int, playbook: Playbook, account: str) -> None:
    open_ones = uow.actions.find(account_id=account_id, status="open", playbook=playbook.name)
    if open_ones:
        raise Refused(
            _(
                "{playbook} is under way at {account}: {count} of its actions are open. "
                "Finish or drop them first."
            ).format(playbook=playbook.name, account=account, count=len(open_ones))
        )


def _owners(
    uow: UnitOfWork, account_id: int, playbook: Playbook, account: str, named: int | None
) -> Mapping[str, int]:
    """Who of us owns what a function has to do."""
    seats: dict[str, int] = {
        seat.function: seat.colleague_id for seat in uow.seats.find(account_id=account_id)
    }
    fallback = named or uow.accounts.get(account_id).owner_id
    functions = dict.fromkeys(task.owner for task in playbook.tasks)
    missing = [one for one in functions if one not in seats] if fallback is None else []
    if missing:
        raise Refused(
            _(
                "Nobody would own the tasks of {functions}: the team of {account} has nobody "
                "there and the account has no owner. Name the team or say who owns them."
            ).format(functions=", ".join(missing), account=account)
        )
    return {one: owner for one in functions if (owner := seats.get(one, fallback)) is not None}


def _contract_end(uow: UnitOfWork, account_id: int, playbook: Playbook, account: str) -> date:
    """The end that tasks count back from: of the next contract to be decided, else of the last."""
    ending = [one for one in uow.contracts.find(account_id=account_id) if one.status == "active"]
    undecided = [one.end_on for one in ending if one.end_on and one.decided_on is None]
    ends = [one.end_on for one in ending if one.end_on]
    if undecided:
        return min(undecided)
    if ends:
        return max(ends)
    if playbook.needs_end:
        raise Refused(
            _(
                "{playbook} counts back from the end of the contract, and {account} has no "
                "contract with an end. Add it first."
            ).format(playbook=playbook.name, account=account)
        )
    return uow.today


def _needed_first(playbook: Playbook) -> list[Task]:
    places = {task.key: place for place, task in enumerate(playbook.tasks)}
    needs = {
        place: [places[key] for key in task.depends_on] for place, task in enumerate(playbook.tasks)
    }
    return [playbook.tasks[place] for place in in_order(needs, {one: one for one in needs})]


def _started_words(
    playbook: Playbook, account: str, actions: tuple[Action, ...], passed: tuple[Action, ...]
) -> str:
    if not passed:
        return _("started {playbook} at {account}: {count} actions").format(
            playbook=playbook.name, account=account, count=len(actions)
        )
    return _("started {playbook} at {account}: {count} actions, due before today: {late}").format(
        playbook=playbook.name,
        account=account,
        count=len(actions),
        late="; ".join(one.action for one in passed),
    )
