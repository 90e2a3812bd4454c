"""Surveys that were sent: by their task, by hand, and those that came back."""

from __future__ import annotations

from datetime import UTC, date, time
from typing import Any

from planner.dates import When, local_moment
from planner.entity import build
from planner.language import gettext as _
from planner.plans import Action
from planner.ports import UnitOfWork
from planner.survey_rules import DEFAULTS, PREFIX, survey_kind
from planner.survey_sends import SurveySent
from planner.use_cases.editing import (
    change,
    check_member,
    check_not_future,
    live_account_name,
    refuse,
)
from planner.vocabulary import SURVEY_KINDS, SURVEY_TRIGGERS

NOON = time(12)


def send_survey(
    uow: UnitOfWork,
    account_id: int,
    *,
    when: When,
    kind: str | None = None,
    person_id: int | None = None,
    trigger: str | None = None,
) -> SurveySent:
    """Say that a survey was sent. The open task that asked for it is done with it.

    Without a kind it is that of the task, else NPS. Raises ``Refused`` for a moment in the future,
    a kind or a trigger that there is not, or a person of another account.
    """
    account = live_account_name(uow, account_id)
    check_not_future(uow, when)
    for field, value, known in (
        ("kind", kind, SURVEY_KINDS),
        ("trigger", trigger, SURVEY_TRIGGERS),
    ):
        if value is not None and value not in known:
            choices = ", ".join(known)
            raise refuse(field, _("it is none of {choices}").format(choices=choices), value)
    if person_id is not None:
        check_member(uow, account_id, person_id)
    task = _open_task(uow, account_id, person_id, trigger)
    if task is not None:
        change(uow.actions, task, {"status": "done", "done_on": when.on})
        trigger = task.survey_trigger
        person_id = person_id if person_id is not None else task.their_owner_id
    if kind is None:
        kind = "nps" if trigger is None else kind_after(uow, trigger)
    _warn(uow, person_id)
    made = _keep(uow, account_id, kind, when, person_id=person_id, trigger=trigger,
                 action_id=None if task is None else task.id)  # fmt: skip
    said = _("sent a survey to {account}: {kind}").format(account=account, kind=kind.upper())
    uow.say(said, account_id)
    return made


def bounce_survey(uow: UnitOfWork, sent_id: int) -> SurveySent:
    """Say that a survey came back; it counts as sent to nobody. Raises ``Refused`` if it did."""
    before = uow.surveys_sent.get(sent_id)
    if not before.delivered:
        raise refuse("delivered", _("that it came back is known already"))
    after = change(uow.surveys_sent, before, {"delivered": False})[1]
    account = live_account_name(uow, after.account_id)
    uow.say(_("a survey to {account} came back").format(account=account), after.account_id)
    return after


def task_ended(uow: UnitOfWork, before: Action, after: Action) -> None:
    """Keep what the task of sending a survey stands for: sent when it is done, not when it is
    open again."""
    if after.survey_trigger is None or before.status == after.status:
        return
    if after.status == "done":
        kind = kind_after(uow, after.survey_trigger)
        _keep(uow, after.account_id, kind, _when(uow, after.done_on or uow.today),
              person_id=after.their_owner_id, trigger=after.survey_trigger,
              action_id=after.id)  # fmt: skip
    elif before.status == "done":
        for one in uow.surveys_sent.find(account_id=after.account_id, action_id=after.id):
            uow.surveys_sent.archive(one)


def kind_after(uow: UnitOfWork, trigger: str) -> str:
    """The kind of survey that follows an event in this book; its default where none is set."""
    found = uow.settings.find(key=PREFIX + trigger)
    chosen = survey_kind(trigger, found[0].value if found else None)
    return chosen or DEFAULTS.get(PREFIX + trigger, "nps")


def _open_task(
    uow: UnitOfWork, account_id: int, person_id: int | None, trigger: str | None
) -> Action | None:
    """The oldest open task of a survey to this person, or to anybody where nobody is named."""
    tasks = [
        one
        for one in uow.actions.find(account_id=account_id, status="open")
        if one.survey_trigger is not None
        and trigger in (None, one.survey_trigger)
        and (person_id is None or one.their_owner_id in (None, person_id))
    ]
    tasks.sort(key=lambda one: (one.their_owner_id != person_id, one.due_on or date.max, one.id))
    return tasks[0] if tasks else None


def _when(uow: UnitOfWork, day: date) -> When:
    """Now for today; noon, as a day alone, for another day."""
    if day == uow.today:
        return When(day, uow.clock.now().astimezone(UTC), False)
    return When(day, local_moment(day, NOON, uow.zone), True)


def _keep(uow: UnitOfWork, account_id: int, kind: str, when: When, **fields: Any) -> SurveySent:
    return uow.surveys_sent.add(
        build(
            SurveySent,
            id=uow.new_id(),
            account_id=account_id,
            kind=kind,
            sent_at=when.at.astimezone(UTC),
            sent_on=when.on,
            date_only=when.date_only,
            recorded_on=uow.today,
            logged_at=uow.clock.real_now(),
            **fields,
        )
    )


def _warn(uow: UnitOfWork, person_id: int | None) -> None:
    """Say that somebody did not want to be written to."""
    if person_id is None:
        return
    person = uow.people.get(person_id)
    if person.consent == "withdrawn":
        uow.merged.append(_("{name} wants no outreach.").format(name=person.label))
