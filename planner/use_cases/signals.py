"""Logging what was heard without a talk, and closing it: acted on, or declined with the reason."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

from planner.dates import When
from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.signals import Signal
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    check_not_future,
    live_account_name,
    refuse,
)

CLOSING = frozenset({"outcome", "outcome_note", "closed_on"})
"""What ``close_signal`` and ``reopen_signal`` set."""


def log_signal(
    uow: UnitOfWork, account_id: int, *, signal: str, when: When, **fields: Any
) -> Signal:
    """Log something heard about an account; function and colleague are mine unless said.

    ``fields``: kind, heard_from, link, sentiment, person_id, function, colleague_id. Raises
    ``Refused`` for a moment in the future, a person of another account, or an empty text.
    """
    account = live_account_name(uow, account_id)
    check_not_future(uow, when)
    _refuse_closing(fields)
    given = {name: value for name, value in fields.items() if value is not None}
    if "person_id" in given:
        check_member(uow, account_id, given["person_id"])
    made = build(
        Signal,
        **{
            "id": uow.new_id(),
            "account_id": account_id,
            "function": uow.actor.function,
            "colleague_id": uow.actor.colleague_id,
            "signal": signal,
            "recorded_on": uow.today,
            "logged_at": uow.clock.real_now(),
            **_heard(when),
            **given,
        },
    )
    uow.signals.add(made)
    uow.say(_("logged a signal about {account}").format(account=account), account_id)
    return made


def change_signal(
    uow: UnitOfWork, record: Signal | int, *, when: When | None = None, **fields: Any
) -> Signal:
    """Change what a signal says; whether it is closed is not changed here."""
    _refuse_closing(fields)
    if when is not None:
        check_not_future(uow, when)
        fields |= _heard(when)
    after = change(uow.signals, record, fields)[1]
    if fields.get("person_id") is not None:
        check_member(uow, after.account_id, after.person_id or 0)
    if after.closed_on is not None and after.closed_on < after.heard_on:
        raise refuse("at", _("it was closed on {day}, before that").format(day=after.closed_on))
    account = live_account_name(uow, after.account_id)
    uow.say(_("changed a signal about {account}").format(account=account), after.account_id)
    return after


def close_signal(
    uow: UnitOfWork,
    record: Signal | int,
    outcome: str,
    note: str | None = None,
    on: date | None = None,
) -> Signal:
    """Close a signal as acted_on, or as declined with the reason; today unless said."""
    before = uow.signals.get(record) if isinstance(record, int) else record
    if before.outcome is not None:
        raise refuse("outcome", _("it is closed already; reopen it first"), outcome)
    day = on or uow.today
    check_day_not_future(uow, day, "closed_on")
    if day < before.heard_on:
        raise refuse("closed_on", _("it lies before it was heard"), day)
    said = (note or "").strip() or None
    if outcome == "declined" and said is None:
        raise refuse("outcome_note", _("say why it was declined"))
    after = change(
        uow.signals, before, {"outcome": outcome, "outcome_note": said, "closed_on": day}
    )[1]
    account = live_account_name(uow, after.account_id)
    words = (
        _("acted on a signal about {account}")
        if outcome == "acted_on"
        else _("declined a signal about {account}")
    )
    uow.say(words.format(account=account), after.account_id)
    return after


def reopen_signal(uow: UnitOfWork, record: Signal | int) -> Signal:
    """Open a closed signal again."""
    before = uow.signals.get(record) if isinstance(record, int) else record
    if before.outcome is None:
        raise refuse("outcome", _("it is open"))
    after = change(uow.signals, before, dict.fromkeys(CLOSING))[1]
    account = live_account_name(uow, after.account_id)
    uow.say(_("reopened a signal about {account}").format(account=account), after.account_id)
    return after


def _heard(when: When) -> dict[str, Any]:
    return {
        "heard_at": when.at.astimezone(UTC),
        "heard_on": when.on,
        "date_only": when.date_only,
    }


def _refuse_closing(fields: dict[str, Any]) -> None:
    wrong = sorted(CLOSING & set(fields))
    if wrong:
        raise refuse(wrong[0], _("a signal is closed and reopened by a step of its own"))
