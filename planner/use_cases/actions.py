"""What is owed: by us or by them, promised or not. One record, many views."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.entity import build
from planner.language import gettext as _
from planner.plans import Action
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    live_account_name,
    refuse,
)
from planner.use_cases.survey_sends import task_ended


def owe(uow: UnitOfWork, account_id: int, **fields: Any) -> Action:
    """Store an action inside another use case; the person on their side must belong there."""
    their_owner_id = fields.get("their_owner_id")
    if their_owner_id is not None:
        check_member(uow, account_id, their_owner_id, "their_owner")
    return uow.actions.add(
        build(
            Action,
            id=uow.new_id(),
            account_id=account_id,
            recorded_on=uow.today,
            logged_at=uow.clock.real_now(),
            **fields,
        )
    )


def add_action(
    uow: UnitOfWork, account_id: int, *, shared: bool | None = None, **fields: Any
) -> Action:
    """Add an action of an account: what, whose, by when, done means what.

    One with an owner on their side is shared unless ``shared`` says otherwise.
    """
    account = live_account_name(uow, account_id)
    theirs = fields.get("their_owner_id") or fields.get("their_owner")
    action = owe(uow, account_id, shared=bool(theirs) if shared is None else shared, **fields)
    uow.say(_("added an action at {account}").format(account=account), account_id)
    return action


def change_action(uow: UnitOfWork, record: Action | int, **fields: Any) -> Action:
    """Change fields of an action."""
    if fields.get("status", "done") != "done":
        fields |= {"done_on": None, "answered_by_id": None}
    check_day_not_future(uow, fields.get("done_on"), "done_on")
    before, after = change(uow.actions, record, fields)
    task_ended(uow, before, after)
    if "their_owner_id" in fields and after.their_owner_id is not None:
        check_member(uow, after.account_id, after.their_owner_id, "their_owner")
    uow.say(_("changed action: {action}").format(action=after.action), after.account_id)
    return after


def finish_action(uow: UnitOfWork, action_id: int, on: date | None = None) -> Action:
    """Say that an action is done."""
    day = on or uow.today
    check_day_not_future(uow, day, "done_on")
    before, after = change(uow.actions, action_id, {"status": "done", "done_on": day})
    task_ended(uow, before, after)
    uow.say(_("done: {action}").format(action=after.action), after.account_id)
    return after


def postpone_action(uow: UnitOfWork, record: Action | int, to: date, reason: str) -> Action:
    """Move an action to a later day, with the reason."""
    if not reason.strip():
        raise refuse("reason", _("say in a few words why it moves"))
    if to < uow.today:
        raise refuse("due", _("{day} lies in the past").format(day=to.isoformat()), to)
    after = change(uow.actions, record, {"due_on": to, "later_reason": reason})[1]
    uow.say(
        _("moved to {day}: {action}").format(day=to.isoformat(), action=after.action),
        after.account_id,
    )
    return after


def hand_over_action(uow: UnitOfWork, record: Action | int, owner_id: int) -> Action:
    """Give an action to another colleague."""
    owner = uow.colleagues.get(owner_id)
    after = change(uow.actions, record, {"owner_id": owner_id})[1]
    uow.say(
        _("handed to {name}: {action}").format(name=owner.name, action=after.action),
        after.account_id,
    )
    return after


def drop_action(uow: UnitOfWork, action_id: int) -> Action:
    """Drop an action that will not be done."""
    after = change(uow.actions, action_id, {"status": "dropped"})[1]
    uow.say(_("dropped: {action}").format(action=after.action), after.account_id)
    return after
