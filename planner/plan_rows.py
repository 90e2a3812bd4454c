"""Rows of an account's pages as the rules about mutual actions and stakeholders take them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from planner.mutual_actions import MutualAction
from planner.stakeholders import Stakeholder

if TYPE_CHECKING:
    from planner.plans import Action
    from planner.views.account import PersonRow
    from planner.views.plan import PlanActionRow


def mutual_actions(rows: Iterable[PlanActionRow]) -> tuple[MutualAction, ...]:
    """The actions of a plan's page with the names of both sides' owners."""
    return tuple(
        MutualAction(
            row.id,
            row.action,
            row.owner or "",
            row.their_owner or "",
            _day(row.starts_on),
            _day(row.due_on),
            _day(row.done_on),
            row.status,
            row.depends_on,
        )
        for row in rows
    )


def mutual_action(record: Action) -> MutualAction:
    """A stored action, without the names of its owners."""
    return MutualAction(
        record.id,
        record.action,
        starts_on=record.starts_on,
        due_on=record.due_on,
        done_on=record.done_on,
        status=record.status,
        depends_on=record.depends_on,
    )


def stakeholders(rows: Iterable[PersonRow]) -> tuple[Stakeholder, ...]:
    """The people of one account, those who left among them."""
    return tuple(
        Stakeholder(
            id=row.id,
            name=row.name,
            title=row.title or "",
            department=row.department or "",
            roles=row.roles,
            influence=row.influence,
            stance=row.stance,
            reports_to_id=row.reports_to_id,
            reports_to_name=row.reports_to or "",
            relationship_owner=row.relationship_owner or "",
            left_on=_day(row.left_on),
            last_two_way_on=_day(row.last_two_way_on),
        )
        for row in rows
    )


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
