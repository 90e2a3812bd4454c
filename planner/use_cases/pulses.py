"""Asking a function what it thinks of an account."""

from __future__ import annotations

from datetime import date

from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.pulses import Pulse, needs_reason
from planner.use_cases.editing import check_day_not_future, live_account_name, refuse


def give_pulse(
    uow: UnitOfWork,
    account_id: int,
    score: int,
    *,
    function: str | None = None,
    reason: str | None = None,
    on: date | None = None,
) -> Pulse:
    """Give a function's pulse, 1 to 5; my function and today unless said otherwise."""
    account = live_account_name(uow, account_id)
    pulse = record_pulse(uow, account_id, score, function, reason, on or uow.today)
    uow.say(
        _("gave a pulse of {score} for {account}").format(score=score, account=account), account_id
    )
    return pulse


def record_pulse(
    uow: UnitOfWork, account_id: int, score: int, function: str | None, reason: str | None, on: date
) -> Pulse:
    """Store a pulse inside another use case. Raises ``Refused`` where a reason is needed."""
    check_day_not_future(uow, on, "at")
    function = function or uow.actor.function
    if function is None:
        raise refuse("function", _("say which function gives the pulse, or who you are"))
    earlier = uow.pulses.find(account_id=account_id, function=function)
    newest = max((p for p in earlier if p.given_on <= on), key=_order, default=None)
    if needs_reason(score, newest.score if newest else None) and not (reason or "").strip():
        raise refuse("reason", _("a pulse of 1 or 5, or a jump of two or more, needs a reason"))
    return uow.pulses.add(
        build(
            Pulse,
            id=uow.new_id(),
            account_id=account_id,
            function=function,
            colleague_id=uow.actor.colleague_id,
            score=score,
            reason=reason,
            given_on=on,
            recorded_on=uow.today,
            logged_at=uow.clock.real_now(),
        )
    )


def _order(pulse: Pulse) -> tuple[date, int]:
    return pulse.given_on, pulse.id
