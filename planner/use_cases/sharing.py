"""Keeping what the customer was given of a plan, so that it can be said what changed since."""

from __future__ import annotations

from planner.entity import build
from planner.language import gettext as _
from planner.plan_parts import Share
from planner.ports import UnitOfWork
from planner.use_cases.editing import live_account_name
from planner.use_cases.plans import live_plan


def share_plan(uow: UnitOfWork, account_id: int, content: str) -> Share:
    """Keep that the customer was given the plan today: ``content`` is their view as JSON.

    Raises ``Refused`` where the account has no plan.
    """
    plan = live_plan(uow, account_id)
    share = build(
        Share,
        id=uow.new_id(),
        account_id=account_id,
        plan_id=plan.id,
        shared_on=uow.today,
        shared_at=uow.clock.now(),
        content=content,
    )
    uow.say(
        _("shared the plan of {account} with the customer").format(
            account=live_account_name(uow, account_id)
        ),
        account_id,
    )
    return uow.shares.add(share)
