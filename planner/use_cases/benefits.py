"""What a customer has for staying: benefits, gestures, and how they should be loyal."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.entity import build
from planner.errors import Refused
from planner.giving import (
    GESTURE_LIMIT,
    benefit_hint,
    gesture_limit,
    may_approve,
    needs_approver,
)
from planner.language import gettext as _
from planner.loyalty import Behaviour, Benefit, Gesture
from planner.money import Money, compact
from planner.ports import UnitOfWork
from planner.selling import gesture_warning
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    check_same_account,
    live_account_name,
    refuse,
    withdraw,
)
from planner.use_cases.growth import open_critical

# Benefits


def add_benefit(uow: UnitOfWork, account_id: int, **fields: Any) -> Benefit:
    """Add what the account has for being a customer; says when money is all that they get."""
    account = live_account_name(uow, account_id)
    benefit = build(Benefit, id=uow.new_id(), account_id=account_id, **fields)
    _check_benefit(uow, benefit)
    kept = uow.benefits.add(benefit)
    _hint(uow, account_id)
    uow.say(_("added a benefit of {account}").format(account=account), account_id)
    return kept


def change_benefit(uow: UnitOfWork, record: Benefit | int, **fields: Any) -> Benefit:
    """Change a benefit."""
    after = change(uow.benefits, record, fields)[1]
    _check_benefit(uow, after)
    _hint(uow, after.account_id)
    uow.say(_("changed the benefit {benefit}").format(benefit=after.benefit), after.account_id)
    return after


def withdraw_benefit(uow: UnitOfWork, benefit_id: int) -> Benefit:
    """Take a benefit away."""
    after = withdraw(uow.benefits, benefit_id)
    _hint(uow, after.account_id)
    uow.say(_("took away the benefit {benefit}").format(benefit=after.benefit), after.account_id)
    return after


def _hint(uow: UnitOfWork, account_id: int) -> None:
    hint = benefit_hint(one.kind for one in uow.benefits.find(account_id=account_id))
    if hint is not None:
        uow.merged.append(hint)


def _check_benefit(uow: UnitOfWork, benefit: Benefit) -> None:
    check_same_account(uow.plans, benefit.account_id, benefit.plan_id, "plan")
    if benefit.person_id is not None:
        check_member(uow, benefit.account_id, benefit.person_id)
    if benefit.programme_id is not None:
        uow.programmes.get(benefit.programme_id)


# Gestures


def give_gesture(uow: UnitOfWork, account_id: int, **fields: Any) -> Gesture:
    """Log something given once, today unless said otherwise.

    Above the book's limit somebody has to approve it: a lead, an admin, or at least another one
    of us. While a critical complaint is open it is warned against and kept all the same.
    """
    account = live_account_name(uow, account_id)
    gesture = build(
        Gesture,
        id=uow.new_id(),
        account_id=account_id,
        **{"given_on": uow.today, **fields},
    )
    _check_gesture(uow, gesture)
    warning = gesture_warning(open_critical(uow, account_id))
    if warning is not None:
        uow.merged.append(warning)
    uow.say(_("logged a gesture for {account}").format(account=account), account_id)
    return uow.gestures.add(gesture)


def change_gesture(uow: UnitOfWork, record: Gesture | int, **fields: Any) -> Gesture:
    """Change a gesture; the limit holds as for a new one."""
    after = change(uow.gestures, record, fields)[1]
    _check_gesture(uow, after)
    uow.say(_("changed the gesture {gesture}").format(gesture=after.gesture), after.account_id)
    return after


def _check_gesture(uow: UnitOfWork, gesture: Gesture) -> None:
    check_day_not_future(uow, gesture.given_on, "given_on")
    check_same_account(uow.complaints, gesture.account_id, gesture.complaint_id, "complaint")
    if gesture.person_id is not None:
        check_member(uow, gesture.account_id, gesture.person_id)
    _check_approver(uow, gesture)


def _check_approver(uow: UnitOfWork, gesture: Gesture) -> None:
    found = uow.settings.find(key=GESTURE_LIMIT)
    limit = gesture_limit({one.key: one.value for one in found})
    if gesture.approver_id is None:
        if needs_approver(gesture.cost_minor, limit):
            amount = compact(Money(limit or 0, uow.currency))
            raise refuse(
                "approver_id",
                _("above {amount} {currency} a lead, an admin or another one of us approves it")
                .format(amount=amount, currency=uow.currency),
            )  # fmt: skip
        return
    approver = uow.colleagues.get(gesture.approver_id)
    if approver.retired_on is not None or approver.archived_at is not None:
        raise refuse("approver_id", _("{name} is not with us any more").format(name=approver.name))
    if needs_approver(gesture.cost_minor, limit) and not may_approve(
        approver.id, approver.seniority, uow.actor.colleague_id
    ):
        raise refuse(
            "approver_id",
            _("nobody approves their own; a lead, an admin or another one of us does"),
        )


# The behaviour that is wanted


def add_behaviour(
    uow: UnitOfWork, account_id: int, *, ends_active: bool = False, **fields: Any
) -> Behaviour:
    """Say how the customer should be loyal: one action to shape.

    One is active at a time. A new one is refused beside it, unless ``ends_active`` ends that today.
    """
    account = live_account_name(uow, account_id)
    for active in active_behaviours(uow, account_id):
        if not ends_active:
            raise _one_is_active(active)
        change(uow.behaviours, active, {"ended_on": uow.today})
    behaviour = build(Behaviour, id=uow.new_id(), account_id=account_id, **fields)
    check_same_account(uow.plans, account_id, behaviour.plan_id, "plan")
    check_day_not_future(uow, behaviour.ended_on, "ended_on")
    uow.say(_("set the behaviour wanted of {account}").format(account=account), account_id)
    return uow.behaviours.add(behaviour)


def change_behaviour(uow: UnitOfWork, record: Behaviour | int, **fields: Any) -> Behaviour:
    """Change what is wanted; one that had ended becomes active only where no other is."""
    after = change(uow.behaviours, record, fields)[1]
    check_day_not_future(uow, after.ended_on, "ended_on")
    if after.ended_on is None:
        others = [o for o in active_behaviours(uow, after.account_id) if o.id != after.id]
        if others:
            raise _one_is_active(others[0])
    uow.say(
        _("changed the behaviour {behaviour}").format(behaviour=after.behaviour), after.account_id
    )
    return after


def end_behaviour(uow: UnitOfWork, record: Behaviour | int, on: date | None = None) -> Behaviour:
    """End what is wanted, today by default, without a new one."""
    day = on or uow.today
    check_day_not_future(uow, day, "ended_on")
    after = change(uow.behaviours, record, {"ended_on": day})[1]
    uow.say(
        _("ended the behaviour {behaviour}").format(behaviour=after.behaviour), after.account_id
    )
    return after


def active_behaviours(uow: UnitOfWork, account_id: int) -> list[Behaviour]:
    """What is wanted of an account now: one, or none."""
    return [one for one in uow.behaviours.find(account_id=account_id) if one.ended_on is None]


def _one_is_active(active: Behaviour) -> Refused:
    return refuse(
        "behaviour",
        _("{behaviour} is active already; say that the new one ends it").format(
            behaviour=repr(active.behaviour)
        ),
    )
