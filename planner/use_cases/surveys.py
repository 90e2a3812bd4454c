"""Logging answers to surveys by hand: NPS, CSAT, CES, of a person or of nobody named."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from planner.dates import When
from planner.entity import build
from planner.language import gettext as _
from planner.nps import is_detractor
from planner.plans import Action
from planner.ports import UnitOfWork
from planner.requests import due_day
from planner.survey_rules import CALL_BACK_DAYS, call_back_words
from planner.surveys import HIGHEST, Survey
from planner.use_cases.actions import owe
from planner.use_cases.editing import (
    change,
    check_member,
    check_not_future,
    live_account_name,
    refuse,
)
from planner.vocabulary import SURVEY_KINDS

CHANGEABLE = frozenset({"kind", "score", "highest", "effort_high", "comment", "trigger"})
"""What may be changed of an answer. Whose it is may not: one without a name stays so."""
EFFORT = "ces"
"""The kind that asks for effort; ``effort_high`` means nothing for the others."""


def log_survey(
    uow: UnitOfWork,
    account_id: int | None,
    *,
    kind: str,
    score: int,
    when: When,
    person_id: int | None = None,
    call_back: bool = True,
    **fields: Any,
) -> Survey:
    """Log one answer. Without a person it is anonymous: nothing that is stored says whose it is.

    ``fields``: highest (that of the kind unless said), effort_high, comment, trigger, external_id.
    Without an account it is the book's. A bad one of an account is followed up within two business
    days, unless ``call_back`` is false. Raises ``Refused`` for a score outside the scale, a moment
    in the future, or a person of another account.
    """
    check_not_future(uow, when)
    if kind not in SURVEY_KINDS:
        choices = ", ".join(SURVEY_KINDS)
        raise refuse("kind", _("it is none of {choices}").format(choices=choices), kind)
    account = None if account_id is None else live_account_name(uow, account_id)
    if person_id is not None:
        if account_id is None:
            raise refuse("account", _("a person's answer belongs to an account"))
        check_member(uow, account_id, person_id)
    given = {name: value for name, value in fields.items() if value is not None}
    _check_score(kind, score, given.get("highest", HIGHEST[kind]))
    made = build(
        Survey,
        **{
            "id": uow.new_id(),
            "account_id": account_id,
            "person_id": person_id,
            "kind": kind,
            "score": score,
            "highest": HIGHEST[kind],
            "recorded_on": uow.today,
            "logged_at": uow.clock.real_now(),
            **_answered(when),
            **given,
        },
    )
    _check_scale(made)
    uow.surveys.add(made)
    if call_back:
        _follow_up(uow, made)
    uow.say(_said(_("logged {kind} {score} of {account}"), made, account), account_id)
    return made


def change_survey(
    uow: UnitOfWork, record: Survey | int, *, when: When | None = None, **fields: Any
) -> Survey:
    """Put right what was logged of an answer. Whose it is cannot be changed."""
    wrong = sorted(set(fields) - CHANGEABLE)
    if wrong:
        raise refuse(wrong[0], _("it cannot be changed"))
    before = uow.surveys.get(record) if isinstance(record, int) else record
    if "kind" in fields and fields.get("highest") is None and before.kind != fields["kind"]:
        fields["highest"] = HIGHEST.get(fields["kind"], before.highest)
    if when is not None:
        check_not_future(uow, when)
        fields |= _answered(when)
    new = {**dict(before), **fields}
    _check_score(new["kind"], new["score"], new["highest"])
    after = change(uow.surveys, before, fields)[1]
    _check_scale(after)
    _follow_up_changed(uow, before, after)
    account = None if after.account_id is None else live_account_name(uow, after.account_id)
    uow.say(_said(_("changed {kind} {score} of {account}"), after, account), after.account_id)
    return after


def _bad(answer: Survey) -> bool:
    return is_detractor(answer.kind, answer.score, answer.highest, effort_high=answer.effort_high)


def _follow_up(uow: UnitOfWork, answer: Survey) -> None:
    """Ask the account's owner to follow a bad answer up, once for each answer."""
    account_id = answer.account_id
    if account_id is None or not _bad(answer) or _follow_ups(uow, answer):
        return
    person_id = answer.person_id
    name = None if person_id is None else uow.people.get(person_id).label
    owe(
        uow,
        account_id,
        action=call_back_words(answer.kind, answer.score, answer.highest, name),
        owner_id=uow.accounts.get(account_id).owner_id or uow.actor.colleague_id,
        their_owner_id=person_id,
        due_on=due_day(uow.today, CALL_BACK_DAYS, uow.zone.key),
        origin="survey",
        origin_id=answer.id,
    )


def _follow_up_changed(uow: UnitOfWork, before: Survey, after: Survey) -> None:
    """An answer that turns out bad is followed up; one that does not loses its open follow-up."""
    if _bad(after) and not _bad(before):
        _follow_up(uow, after)
    elif _bad(before) and not _bad(after):
        for action in _follow_ups(uow, after):
            if action.status == "open":
                uow.actions.archive(action)


def _follow_ups(uow: UnitOfWork, answer: Survey) -> list[Action]:
    return uow.actions.find(account_id=answer.account_id, origin="survey", origin_id=answer.id)


def _said(words: str, answer: Survey, account: str | None) -> str:
    name = _("the book") if account is None else account
    return words.format(kind=answer.kind.upper(), score=answer.score, account=name)


def _check_score(kind: str, score: object, highest: object) -> None:
    """Refuse a score outside the scale, and say which scale that is."""
    low = 0 if kind == "nps" else 1
    if isinstance(score, int) and isinstance(highest, int) and not low <= score <= highest:
        words = _("{kind} runs from {low} to {highest}")
        raise refuse("score", words.format(kind=kind.upper(), low=low, highest=highest), score)


def _check_scale(answer: Survey) -> None:
    if answer.effort_high and answer.kind != EFFORT:
        raise refuse("effort_high", _("only CES asks for effort"))


def _answered(when: When) -> dict[str, Any]:
    return {
        "answered_at": when.at.astimezone(UTC),
        "answered_on": when.on,
        "date_only": when.date_only,
    }
