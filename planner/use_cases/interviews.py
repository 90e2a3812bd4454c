"""Interviews: why they bought, why they stay, why they leave; answers become lines of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.dates import When
from planner.entity import build
from planner.interviews import Interview
from planner.language import gettext as _
from planner.plan_fields import PlanField, exit_reasons, prompts_of
from planner.ports import UnitOfWork
from planner.spelling import did_you_mean
from planner.touchpoints import Touchpoint
from planner.use_cases.editing import (
    change,
    check_member,
    check_not_future,
    check_same_account,
    live_account_name,
    refuse,
)
from planner.use_cases.plan_lines import keep_line
from planner.use_cases.touchpoints import log_touchpoint
from planner.vocabulary import INTERVIEW_KINDS
from planner.vocabulary_words import value_words

TALKS = ("meeting", "call")
"""How an interview is held."""
BY_TALK = {"call": "call", "meeting": "meeting", "qbr": "meeting"}
"""The method that the kind of a talk means."""
WHY_THEY_LEAVE = (
    "reason", "reason_detail", "stated_reason", "root_cause", "evidence", "win_back_on", "method",
)  # fmt: skip
"""What only an exit interview holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: to which prompt, what was said, whether they said it or we assume it.

    ``person_id`` is the real buyer where the prompt asks for one.
    """

    field: str
    entry: str
    source: str = "customer"
    driver: str | None = None
    person_id: int | None = None


def record_interview(
    uow: UnitOfWork,
    account_id: int,
    kind: str,
    *,
    answers: Sequence[Answer],
    when: When | None = None,
    person_ids: Sequence[int] = (),
    touchpoint_id: int | None = None,
    talk: str = "meeting",
    **why: Any,
) -> Interview:
    """Record an interview: its answers become lines, what they said apart from what we assume.

    It is tied to a touchpoint: the one named, or one logged now with the people (``talk``:
    meeting or call). Without either it is what we assume among ourselves: then no answer may be
    theirs, and nothing is logged. ``why``: reason, reason_detail, stated_reason, root_cause,
    evidence, win_back_on and method of an exit interview; the method follows from the talk unless
    said, and a survey logs none. Health is never moved by an answer.
    """
    account = live_account_name(uow, account_id)
    asked = _asked(kind)
    kept = [one for one in answers if one.entry.strip()]
    for one in kept:
        _check_prompt(asked, one)
    why = {name: value for name, value in why.items() if value not in (None, "")}
    _check_why(kind, why, kept)
    people = list(dict.fromkeys(person_ids))
    for person_id in people:
        check_member(uow, account_id, person_id)
    method = why.pop("method", None)
    if method in TALKS and touchpoint_id is None:
        talk = method
    written = method == "survey" and touchpoint_id is None
    asked_in_talk = [] if written else people
    held = _held_in(uow, account_id, kind, touchpoint_id, talk, when, asked_in_talk)
    if held is not None and not people:
        people = [one.person_id for one in uow.participants.find(touchpoint_id=held.id)]
    if not people and any(one.source == "customer" for one in kept):
        raise refuse("with", _("who said it? Name a person, or say that we assume it"))
    interview = build(
        Interview,
        id=uow.new_id(),
        account_id=account_id,
        kind=kind,
        touchpoint_id=None if held is None else held.id,
        person_id=people[0] if people else None,
        held_on=_day_of(uow, held, when),
        method=_method(kind, method, held),
        **why,
    )
    _check_win_back(interview)
    uow.interviews.add(interview)
    for one in kept:
        _keep_answer(uow, interview, asked[one.field], one)
    uow.say(
        _("recorded with {account}: {kind}").format(account=account, kind=value_words(kind)),
        account_id,
    )
    return interview


def change_interview(uow: UnitOfWork, record: Interview | int, **why: Any) -> Interview:
    """Change what an exit interview says of why they leave; its answers are lines of their own."""
    wrong = next((name for name in why if name not in WHY_THEY_LEAVE), None)
    if wrong is not None:
        raise refuse(wrong, _("it cannot be changed"))
    after = change(uow.interviews, record, why)[1]
    held = {name: getattr(after, name) for name in WHY_THEY_LEAVE}
    _check_why(after.kind, {name: one for name, one in held.items() if one not in (None, "")}, ())
    _check_win_back(after)
    uow.say(_("changed an interview: {kind}").format(kind=value_words(after.kind)),
            after.account_id)  # fmt: skip
    return after


def _asked(kind: str) -> dict[str, PlanField]:
    if kind not in INTERVIEW_KINDS:
        choices = ", ".join(INTERVIEW_KINDS)
        raise refuse("kind", _("it is none of {choices}").format(choices=choices), kind)
    return {one.name: one for one in prompts_of(kind)}


def _check_prompt(asked: dict[str, PlanField], answer: Answer) -> None:
    if answer.field not in asked:
        words = _("it is none of {choices}").format(choices=", ".join(asked))
        raise refuse("answer", words + "." + did_you_mean(answer.field, asked), answer.field)


def _check_why(kind: str, why: dict[str, Any], kept: Sequence[Answer]) -> None:
    """An exit interview has its reason, of the closed two levels; the others have answers."""
    if kind != "exit":
        if why:
            raise refuse(next(iter(why)), _("only an exit interview has it"))
        if not kept:
            raise refuse("answer", _("there is no answer to keep"))
        return
    reasons = exit_reasons()
    reason, detail = why.get("reason"), why.get("reason_detail")
    if reason is None:
        raise refuse("reason", _("say why they leave; not_known is a reason too"))
    if reason not in reasons:
        words = _("it is none of {choices}").format(choices=", ".join(reasons))
        raise refuse("reason", words + "." + did_you_mean(str(reason), reasons), reason)
    details = reasons[reason][1]
    if detail is not None and detail not in details:
        choices = ", ".join(details) or _("nothing")
        words = _("it is none of {choices}").format(choices=choices)
        raise refuse("reason_detail", words + "." + did_you_mean(str(detail), details), detail)


def _held_in(
    uow: UnitOfWork,
    account_id: int,
    kind: str,
    touchpoint_id: int | None,
    talk: str,
    when: When | None,
    people: Sequence[int],
) -> Touchpoint | None:
    """The talk in which it was held; None when nobody was talked to."""
    if touchpoint_id is not None:
        check_same_account(uow.touchpoints, account_id, touchpoint_id, "touchpoint")
        return uow.touchpoints.get(touchpoint_id)
    if when is not None:
        check_not_future(uow, when)
    if not people:
        return None
    if talk not in TALKS:
        raise refuse("kind", _("it is none of {choices}").format(choices=", ".join(TALKS)), talk)
    if when is None:
        raise refuse("at", _("say when it was held"))
    return log_touchpoint(
        uow,
        account_id,
        kind=talk,
        when=when,
        person_ids=people,
        two_way=True,
        topic=value_words(kind),
        note=_("interview: {kind}").format(kind=value_words(kind)),
    )


def _method(kind: str, said: str | None, held: Touchpoint | None) -> str | None:
    """How they were asked why they leave: as said, else by the talk; none where nobody was."""
    if kind != "exit":
        return None
    if said in TALKS and held is None:
        raise refuse("method", _("name who was asked in that talk"), said)
    if said == "none" and held is not None:
        raise refuse("method", _("somebody was asked in a talk"), said)
    if said is not None:
        return said
    if held is None:
        return "none"
    return BY_TALK.get(held.kind)


def _day_of(uow: UnitOfWork, held: Touchpoint | None, when: When | None) -> date:
    if held is not None:
        return held.occurred_on
    return uow.today if when is None else when.on


def _check_win_back(interview: Interview) -> None:
    day = interview.win_back_on
    if day is not None and day < interview.held_on:
        raise refuse("win_back_on", _("it lies before the interview"), day)


def _keep_answer(uow: UnitOfWork, interview: Interview, prompt: PlanField, answer: Answer) -> None:
    said_by = interview.person_id if answer.source == "customer" else None
    keep_line(
        uow,
        interview.account_id,
        prompt,
        answer.entry,
        source=answer.source,
        interview_id=interview.id,
        person_id=answer.person_id if prompt.person == "buyer" else said_by,
        driver=answer.driver if prompt.driver else None,
        on_date=interview.held_on,
    )
