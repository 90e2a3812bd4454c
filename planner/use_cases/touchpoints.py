"""Logging what was said, with the promises and follow-ups that came out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from planner.dates import When
from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.touchpoints import Participant, Touchpoint, two_way_by_default
from planner.use_cases.actions import finish_action, owe
from planner.use_cases.editing import (
    change,
    check_member,
    check_not_future,
    check_same_account,
    live_account_name,
    refuse,
    withdraw,
)
from planner.use_cases.pulses import record_pulse
from planner.use_cases.requests import (
    Asked,
    answered_by,
    asked_in,
    move_answers,
    reopen_answered,
)
from planner.use_cases.survey_triggers import after_review
from planner.vocabulary_words import value_words

MAX_PARTICIPANTS = 500


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One line under a note: who owes what to whom by when."""

    action: str
    side: str = "we"
    owner_id: int | None = None
    their_owner_id: int | None = None
    their_owner: str | None = None
    due_on: date | None = None
    promised: bool = False


def log_touchpoint(
    uow: UnitOfWork,
    account_id: int,
    *,
    kind: str,
    when: When,
    person_ids: Sequence[int] = (),
    two_way: bool | None = None,
    follow_ups: Sequence[FollowUp] = (),
    pulse: int | None = None,
    pulse_reason: str | None = None,
    reply_to: int | None = None,
    meeting_id: int | None = None,
    action_done: bool = False,
    asked: Sequence[Asked] = (),
    requests_answered: Sequence[int] = (),
    **fields: Any,
) -> Touchpoint:
    """Log a contact. Two-way follows from the kind unless said; function and colleague are mine.

    ``fields``: direction, answered, function, colleague_id, intent, sentiment, note, verbatim,
    topic, link, minutes, objective_id, action_id, complaint_id. ``reply_to`` is the contact that
    this one answers; it joins the thread of that. The meeting ``meeting_id`` is held then;
    ``action_done``: the action that this is about is done with it. ``asked`` is what they asked for
    in it, ``requests_answered`` are the ids of what it answers. Raises ``Refused`` for a moment
    in the future, a person of another account, or a value that no record may hold.
    """
    account = live_account_name(uow, account_id)
    check_not_future(uow, when)
    people = list(dict.fromkeys(person_ids))
    if len(people) > MAX_PARTICIPANTS:
        raise refuse("with", _("more than {count} people").format(count=MAX_PARTICIPANTS))
    for person_id in people:
        check_member(uow, account_id, person_id)
    given = {
        "direction": "out",
        "answered": True,
        "function": uow.actor.function,
        "colleague_id": uow.actor.colleague_id,
        **{name: value for name, value in fields.items() if value is not None},
    }
    if two_way is None:
        two_way = two_way_by_default(kind, str(given["direction"]), bool(given["answered"]))
    touchpoint = build(
        Touchpoint,
        id=uow.new_id(),
        account_id=account_id,
        kind=kind,
        two_way=two_way,
        occurred_at=when.at.astimezone(UTC),
        occurred_on=when.on,
        date_only=when.date_only,
        recorded_on=uow.today,
        logged_at=uow.clock.real_now(),
        thread_id=_thread(uow, account_id, reply_to),
        **given,
    )
    _check_answered(touchpoint)
    _check_references(uow, touchpoint)
    uow.touchpoints.add(touchpoint)
    for person_id in people:
        _take_part(uow, touchpoint, person_id)
    for line in follow_ups:
        owe_from(uow, touchpoint, line)
    if pulse is not None:
        record_pulse(
            uow, account_id, pulse, touchpoint.function, pulse_reason, touchpoint.occurred_on
        )
    if meeting_id is not None:
        _hold(uow, meeting_id, touchpoint)
    if action_done:
        _finish(uow, touchpoint)
    for one in asked:
        asked_in(uow, touchpoint, one, people)
    answered_by(uow, touchpoint, requests_answered)
    after_review(uow, touchpoint, people)
    said = _("logged {kind} with {account}").format(kind=value_words(kind), account=account)
    uow.say(said, account_id)
    return touchpoint


def _hold(uow: UnitOfWork, meeting_id: int, touchpoint: Touchpoint) -> None:
    """Say of a meeting that it was held, and as which contact it was logged."""
    check_same_account(uow.meetings, touchpoint.account_id, meeting_id, "meeting")
    meeting = uow.meetings.get(meeting_id)
    if meeting.touchpoint_id is not None:
        raise refuse("meeting", _("it is logged already"), meeting_id)
    if meeting.status == "cancelled":
        raise refuse("meeting", _("it was cancelled"), meeting_id)
    change(uow.meetings, meeting, {"status": "held", "touchpoint_id": touchpoint.id})


def _finish(uow: UnitOfWork, touchpoint: Touchpoint) -> None:
    """Tick off the action that a contact is about."""
    if touchpoint.action_id is None:
        raise refuse("action", _("say which action is done"))
    action = uow.actions.get(touchpoint.action_id)
    if action.status != "open":
        raise refuse("action", _("it is not open"), touchpoint.action_id)
    if action.request is not None:
        answered_by(uow, touchpoint, (action.id,))
        return
    finish_action(uow, touchpoint.action_id, touchpoint.occurred_on)


def _check_answered(touchpoint: Touchpoint) -> None:
    """A call nobody answered is no two-way touch (rules.md, Contact)."""
    if touchpoint.two_way and not touchpoint.answered:
        raise refuse("two_way", _("nobody answered, so it was no two-way touch"))


def _thread(uow: UnitOfWork, account_id: int, reply_to: int | None) -> int | None:
    """The contact that began the thread of the one that is answered."""
    if reply_to is None:
        return None
    check_same_account(uow.touchpoints, account_id, reply_to, "reply_to")
    return uow.touchpoints.get(reply_to).thread_id or reply_to


def rang_without_answer(
    uow: UnitOfWork, account_id: int, when: When, person_ids: Sequence[int] = ()
) -> Touchpoint:
    """Log a call that nobody answered; it never resets the cadence."""
    touchpoint = log_touchpoint(
        uow, account_id, kind="call", when=when, person_ids=person_ids, answered=False
    )
    account = live_account_name(uow, account_id)
    uow.say(_("rang {account}, no answer").format(account=account), account_id)
    return touchpoint


def change_touchpoint(
    uow: UnitOfWork,
    record: Touchpoint | int,
    *,
    when: When | None = None,
    person_ids: Sequence[int] | None = None,
    **fields: Any,
) -> Touchpoint:
    """Change a logged contact; with ``person_ids`` the people who took part are set anew."""
    if when is not None:
        check_not_future(uow, when)
        fields |= {
            "occurred_at": when.at.astimezone(UTC),
            "occurred_on": when.on,
            "date_only": when.date_only,
        }
    after = change(uow.touchpoints, record, fields)[1]
    _check_answered(after)
    _check_references(uow, after)
    move_answers(uow, after)
    present = {p.person_id: p for p in uow.participants.find(touchpoint_id=after.id)}
    wanted = list(present) if person_ids is None else list(dict.fromkeys(person_ids))
    for person_id in wanted:
        if person_id in present:
            counts = {"two_way": after.two_way, "occurred_on": after.occurred_on}
            change(uow.participants, present[person_id], counts)
        else:
            check_member(uow, after.account_id, person_id)
            _take_part(uow, after, person_id)
    for person_id, participant in present.items():
        if person_id not in wanted:
            uow.participants.archive(participant)
    account = live_account_name(uow, after.account_id)
    uow.say(_("changed a touchpoint with {account}").format(account=account), after.account_id)
    return after


def archive_touchpoint(uow: UnitOfWork, touchpoint_id: int) -> Touchpoint:
    """Take a contact out of the record; a meeting that was logged as it is to be logged again."""
    after = withdraw(uow.touchpoints, touchpoint_id)
    for participant in uow.participants.find(touchpoint_id=touchpoint_id):
        uow.participants.archive(participant)
    for meeting in uow.meetings.find(touchpoint_id=touchpoint_id):
        change(uow.meetings, meeting, {"status": "planned", "touchpoint_id": None})
    reopen_answered(uow, after)
    account = live_account_name(uow, after.account_id)
    uow.say(_("archived a touchpoint with {account}").format(account=account), after.account_id)
    return after


def owe_from(uow: UnitOfWork, touchpoint: Touchpoint, line: FollowUp) -> None:
    """Make the action of one follow-up line."""
    owner = line.owner_id
    if owner is None and line.side == "we":
        owner = touchpoint.colleague_id
    owe(
        uow,
        touchpoint.account_id,
        action=line.action,
        side=line.side,
        owner_id=owner,
        their_owner_id=line.their_owner_id,
        their_owner=line.their_owner,
        due_on=line.due_on,
        promised=line.promised,
        shared=bool(line.their_owner_id or line.their_owner),
        origin="touchpoint",
        origin_id=touchpoint.id,
    )


def _check_references(uow: UnitOfWork, touchpoint: Touchpoint) -> None:
    """Refuse a goal or a complaint of another account."""
    account_id = touchpoint.account_id
    check_same_account(uow.objectives, account_id, touchpoint.objective_id, "objective")
    check_same_account(uow.actions, account_id, touchpoint.action_id, "action")
    check_same_account(uow.complaints, account_id, touchpoint.complaint_id, "complaint")
    if touchpoint.thread_id == touchpoint.id:
        raise refuse("thread", _("a contact does not answer itself"))
    if touchpoint.thread_id is not None:
        began = uow.touchpoints.get(touchpoint.thread_id)
        if began.account_id != account_id:
            raise refuse("thread", _("it does not belong to this account"), began.id)


def _take_part(uow: UnitOfWork, touchpoint: Touchpoint, person_id: int) -> None:
    uow.participants.add(
        build(
            Participant,
            id=uow.new_id(),
            touchpoint_id=touchpoint.id,
            account_id=touchpoint.account_id,
            person_id=person_id,
            two_way=touchpoint.two_way,
            occurred_on=touchpoint.occurred_on,
            recorded_on=touchpoint.recorded_on,
        )
    )
