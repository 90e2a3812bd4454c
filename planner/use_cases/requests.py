"""Requests: what a customer asked for is owed from that day on, and closes by the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.language import gettext as _
from planner.plans import Action
from planner.ports import UnitOfWork
from planner.requests import asked_words, days_of, due_day, usual_answer
from planner.touchpoints import Touchpoint
from planner.use_cases.actions import finish_action, owe
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    check_same_account,
    live_account_name,
    refuse,
)
from planner.vocabulary import REQUEST_KINDS


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: its kind, in words, by whom, and by when the answer is due.

    Without words it is what such a request usually needs; without a day the book's setting
    ``request.days`` counts from the day on which they asked.
    """

    request: str
    action: str = ""
    asked_by_id: int | None = None
    due_on: date | None = None
    owner_id: int | None = None


def add_request(
    uow: UnitOfWork,
    account_id: int,
    request: str,
    *,
    action: str = "",
    asked_by_id: int | None = None,
    asked_on: date | None = None,
    due_on: date | None = None,
    owner_id: int | None = None,
) -> Action:
    """Keep that they asked for something, today unless said; it is mine unless said otherwise."""
    account = live_account_name(uow, account_id)
    day = asked_on or uow.today
    check_day_not_future(uow, day, "asked_on")
    asked = Asked(request, action, asked_by_id, due_on, owner_id)
    owed = _owed(uow, account_id, asked, day, uow.actor.colleague_id, None)
    told = asked_words(request, owed.action)
    uow.say(_("{account}: {asked}").format(account=account, asked=told), account_id)
    return owed


def answer_request(
    uow: UnitOfWork, action_id: int, touchpoint_id: int | None = None, on: date | None = None
) -> Action:
    """Close a request by the contact that answered it, on its day; else as done, today by default.

    A contact on a day before they asked is no answer.
    """
    if touchpoint_id is None:
        _open_request(uow, action_id)
        return finish_action(uow, action_id, on)
    request = _open_request(uow, action_id)
    check_same_account(uow.touchpoints, request.account_id, touchpoint_id, "touchpoint")
    touchpoint = uow.touchpoints.get(touchpoint_id)
    answered_by(uow, touchpoint, (action_id,))
    uow.say(_("answered: {action}").format(action=request.action), request.account_id)
    return uow.actions.get(action_id)


def asked_in(uow: UnitOfWork, touchpoint: Touchpoint, asked: Asked, people: Sequence[int]) -> None:
    """Owe what was asked for in a contact, by its only person unless somebody is named."""
    if asked.asked_by_id is None and len(people) == 1:
        asked = replace(asked, asked_by_id=people[0])
    _owed(
        uow, touchpoint.account_id, asked, touchpoint.occurred_on, touchpoint.colleague_id,
        touchpoint.id,
    )  # fmt: skip


def answered_by(uow: UnitOfWork, touchpoint: Touchpoint, action_ids: Sequence[int]) -> None:
    """Close the requests that a contact answers, on the day of the contact."""
    for action_id in dict.fromkeys(action_ids):
        request = _open_request(uow, action_id)
        if request.account_id != touchpoint.account_id:
            raise refuse("answers", _("it does not belong to this account"), action_id)
        if touchpoint.occurred_on < _asked_on(uow, request):
            raise refuse("answers", _("they asked for it after this contact"), action_id)
        fields = {
            "status": "done", "done_on": touchpoint.occurred_on, "answered_by_id": touchpoint.id,
        }  # fmt: skip
        change(uow.actions, request, fields)


def move_answers(uow: UnitOfWork, touchpoint: Touchpoint) -> None:
    """Keep the day of what a contact answered, once the contact has another day."""
    for request in uow.actions.find(answered_by_id=touchpoint.id):
        if request.done_on != touchpoint.occurred_on:
            change(uow.actions, request, {"done_on": touchpoint.occurred_on})


def reopen_answered(uow: UnitOfWork, touchpoint: Touchpoint) -> None:
    """Open again what a contact answered that is taken out of the record."""
    for request in uow.actions.find(answered_by_id=touchpoint.id):
        fields = {"status": "open", "done_on": None, "answered_by_id": None}
        change(uow.actions, request, fields)


def _owed(
    uow: UnitOfWork,
    account_id: int,
    asked: Asked,
    asked_on: date,
    owner_id: int | None,
    touchpoint_id: int | None,
) -> Action:
    if asked.request not in REQUEST_KINDS:
        known = ", ".join(REQUEST_KINDS)
        raise refuse("request", _("it is none of {known}").format(known=known), asked.request)
    if asked.due_on is not None and asked.due_on < asked_on:
        raise refuse("due", _("it lies before the day on which they asked"), asked.due_on)
    if asked.asked_by_id is not None:
        check_member(uow, account_id, asked.asked_by_id, "asked_by")
    return owe(
        uow,
        account_id,
        action=asked.action if asked.action.strip() else usual_answer(asked.request),
        request=asked.request,
        asked_by_id=asked.asked_by_id,
        owner_id=asked.owner_id or owner_id or uow.accounts.get(account_id).owner_id,
        starts_on=asked_on if touchpoint_id is None else None,
        due_on=asked.due_on or due_day(asked_on, _days(uow), uow.zone.key),
        origin="account" if touchpoint_id is None else "touchpoint",
        origin_id=touchpoint_id,
    )


def _days(uow: UnitOfWork) -> int:
    return days_of({one.key: one.value for one in uow.settings.find()})


def _open_request(uow: UnitOfWork, action_id: int) -> Action:
    request = uow.actions.get(action_id)
    if request.archived_at is not None or request.request is None:
        raise refuse("answers", _("they did not ask for it: it is no request"), action_id)
    if request.status != "open":
        raise refuse("answers", _("it is not open"), action_id)
    return request


def _asked_on(uow: UnitOfWork, request: Action) -> date:
    """The day on which they asked: that of the contact it came up in, else as it was kept."""
    if request.origin == "touchpoint" and request.origin_id is not None:
        return uow.touchpoints.get(request.origin_id).occurred_on
    return request.starts_on or request.recorded_on
