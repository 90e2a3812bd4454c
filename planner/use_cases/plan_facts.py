"""What a plan's sections hold, read inside a unit of work: what activation and sign-off ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from planner.entity import Entity, plain
from planner.plan_sections import PlanFacts, Row
from planner.plan_signing import signed_content
from planner.plans import Plan
from planner.ports import UnitOfWork
from planner.renewal_choice import renewal_of

INTERVIEW_SECTIONS = {"bought": "why_bought", "stay": "why_stay", "exit": "why_stay"}


def plan_facts(uow: UnitOfWork, plan: Plan) -> PlanFacts:
    """The facts of a plan's sections, without the days on which they were edited."""
    account_id = plan.account_id
    entries = [
        one
        for one in uow.entries.find(account_id=account_id)
        if one.closed_on is None and one.plan_id in (None, plan.id)
    ]
    return PlanFacts(
        account=dict(uow.accounts.get(account_id)),
        plan=dict(plan),
        renewal=renewal_of(_rows(uow.contracts.find(account_id=account_id))),
        functions=frozenset(seat.function for seat in uow.seats.find(account_id=account_id)),
        objectives=_rows(
            one for one in uow.objectives.find(plan_id=plan.id) if one.status != "dropped"
        ),
        people=_people(uow, account_id),
        actions=_rows(uow.actions.find(account_id=account_id, status="open")),
        held=_held(uow, plan, Counter(one.section for one in entries)),
        qbr_dates=sum(one.field == "qbr" and one.on_date is not None for one in entries),
        open_complaints=sum(
            one.resolved_at is None for one in uow.complaints.find(account_id=account_id)
        ),
    )


def plan_content(uow: UnitOfWork, plan: Plan) -> str:
    """What a signature under the plan stands for: its goals, its renewal and its risks."""
    account_id = plan.account_id
    return signed_content(
        _plain(uow.objectives.find(plan_id=plan.id)),
        _plain(uow.contracts.find(account_id=account_id)),
        _plain(uow.risks.find(plan_id=plan.id)),
    )


def _people(uow: UnitOfWork, account_id: int) -> list[Row]:
    return [
        {**dict(one), "name": uow.people.get(one.person_id).label}
        for one in uow.memberships.find(account_id=account_id)
        if one.left_on is None
    ]


def _held(uow: UnitOfWork, plan: Plan, entries: Counter[Any]) -> dict[str, int]:
    mine = {"account_id": plan.account_id}
    held: Counter[str] = Counter(entries)
    for one in uow.interviews.find(**mine):
        held[INTERVIEW_SECTIONS[one.kind]] += 1
    held["value"] += len(uow.proofs.find(plan_id=plan.id))
    held["complaints"] += len(uow.complaints.find(**mine))
    held["risks"] += sum(one.closed_on is None for one in uow.risks.find(plan_id=plan.id))
    held["growth"] += len(uow.whitespaces.find(**mine)) + len(uow.opportunities.find(**mine))
    held["enablement"] += sum(
        len(repository.find(**mine))
        for repository in (uow.benefits, uow.gestures, uow.behaviours, uow.enrolments)
    )
    held["team"] = len(uow.seats.find(**mine))
    held["header"] = 1
    return dict(held)


def _rows(records: Iterable[Entity]) -> list[Row]:
    return [dict(one) for one in records]


def _plain(records: Iterable[Entity]) -> list[Row]:
    return [{name: plain(value) for name, value in one} for one in records]
