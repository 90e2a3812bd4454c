"""Events that ask for a survey: onboarding done, QBR held, complaint closed, renewal signed.

Each makes one task of sending it, on the next free day of the person by contact pressure, once.
The event's own use case calls one of these in its transaction, so undo takes back both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.plans import Action
from planner.ports import UnitOfWork
from planner.pressure import next_free
from planner.survey_rules import PREFIX, is_fresh, survey_kind, task_words
from planner.use_cases.actions import owe

if TYPE_CHECKING:
    from planner.accounts import Account
    from planner.complaints import Complaint
    from planner.contracts import Contract
    from planner.people import Membership, Person
    from planner.touchpoints import Touchpoint
    from planner.vocabulary import Origin, SurveyTrigger

ONBOARDED = ("adopting", "established")
ROLES = ("champion", "day_to_day", "sponsor", "economic_buyer", "technical")
"""Whom a survey goes to where the event names nobody, the first one first."""
BUYERS = ("economic_buyer", "sponsor", "champion", "day_to_day", "technical")


def after_stage(uow: UnitOfWork, before: Account, after: Account) -> None:
    """Ask for a survey when an account's onboarding is done."""
    if before.stage == "onboarding" and after.stage in ONBOARDED:
        people = _by_role(uow, after.id, ROLES)
        _ask(uow, "onboarding_done", after.id, "account", after.id, people, uow.today)


def after_review(uow: UnitOfWork, touchpoint: Touchpoint, person_ids: Sequence[int]) -> None:
    """Ask for a survey when a quarterly review was held with a customer."""
    if touchpoint.kind == "qbr" and touchpoint.answered:
        people = list(person_ids) or _by_role(uow, touchpoint.account_id, ROLES)
        _ask(uow, "qbr_done", touchpoint.account_id, "touchpoint", touchpoint.id, people,
             touchpoint.occurred_on)  # fmt: skip


def after_move(uow: UnitOfWork, complaint: Complaint) -> None:
    """Ask for a survey when a complaint is closed; take back one not sent when it is reopened."""
    if complaint.stage == "closed":
        _after_closing(uow, complaint)
    elif complaint.stage == "reopened":
        _after_reopening(uow, complaint)


def _after_closing(uow: UnitOfWork, complaint: Complaint) -> None:
    if complaint.excluded is not None or complaint.merged_into_id is not None:
        return
    people = (
        _by_role(uow, complaint.account_id, ROLES)
        if complaint.person_id is None
        else [complaint.person_id]
    )
    _ask(uow, "complaint_closed", complaint.account_id, "complaint", complaint.id, people,
         complaint.resolved_on or uow.today)  # fmt: skip


def _after_reopening(uow: UnitOfWork, complaint: Complaint) -> None:
    for task in _tasks(uow, complaint.account_id, "complaint_closed", complaint.id):
        if task.status == "open":
            uow.actions.archive(task)


def after_decision(uow: UnitOfWork, before: Contract, after: Contract) -> None:
    """Ask for a survey when a renewal is signed: decided, and neither lost nor cancelled."""
    if before.decided_on is not None or after.decided_on is None:
        return
    cancelled = after.cancellation_on is not None and after.cancellation_withdrawn_on is None
    if after.forecast == "lost" or cancelled:
        return
    buyer = after.decision_buyer_id
    people = _by_role(uow, after.account_id, BUYERS) if buyer is None else [buyer]
    _ask(uow, "renewal_signed", after.account_id, "contract", after.id, people, after.decided_on)


def _ask(
    uow: UnitOfWork,
    trigger: SurveyTrigger,
    account_id: int,
    origin: Origin,
    origin_id: int,
    person_ids: Iterable[int],
    on: date,
) -> None:
    """Make the task, unless the book wants none, it is there, or nobody may be asked."""
    if not is_fresh(on, uow.today) or _kind(uow, trigger) is None:
        return
    if _tasks(uow, account_id, trigger, origin_id):
        return
    here = {one.person_id for one in _present(uow, account_id)}
    found = [uow.people.get(one) for one in dict.fromkeys(person_ids) if one in here]
    people = [one for one in found if one.archived_at is None]
    willing = [one for one in people if one.consent != "withdrawn"]
    if people and not willing:
        said = _("No survey is sent: {name} wants no outreach.")
        uow.merged.append(said.format(name=people[0].label))
        return
    person = willing[0] if willing else None
    due_on = _free_day(uow, account_id, person)
    if due_on is None:
        said = _("No survey is sent: {name} has no free day within a year.")
        name = uow.accounts.get(account_id).name if person is None else person.label
        uow.merged.append(said.format(name=name))
        return
    owner_id = uow.accounts.get(account_id).owner_id or uow.actor.colleague_id
    owe(
        uow,
        account_id,
        action=task_words(trigger),
        owner_id=owner_id,
        their_owner_id=None if person is None else person.id,
        due_on=due_on,
        origin=origin,
        origin_id=origin_id,
        survey_trigger=trigger,
    )


def _free_day(uow: UnitOfWork, account_id: int, person: Person | None) -> date | None:
    """The next day on which somebody, or else the account, may hear from us once more."""
    subject = (
        uow.pressure_of(account_id=account_id)
        if person is None
        else uow.pressure_of(person_id=person.id)
    )
    return uow.today if subject is None else next_free(subject, uow.today)


def _kind(uow: UnitOfWork, trigger: str) -> str | None:
    found = uow.settings.find(key=PREFIX + trigger)
    return survey_kind(trigger, found[0].value if found else None)


def _tasks(uow: UnitOfWork, account_id: int, trigger: str, origin_id: int) -> list[Action]:
    return uow.actions.find(account_id=account_id, survey_trigger=trigger, origin_id=origin_id)


def _by_role(uow: UnitOfWork, account_id: int, roles: Sequence[str]) -> list[int]:
    """The people who are at an account now and have a role, by the order of roles."""

    def rank(one: Membership) -> int:
        return min((roles.index(role) for role in one.roles if role in roles), default=len(roles))

    named = [one for one in _present(uow, account_id) if rank(one) < len(roles)]
    return [one.person_id for one in sorted(named, key=lambda one: (rank(one), one.id))]


def _present(uow: UnitOfWork, account_id: int) -> list[Membership]:
    """Who is at an account now."""
    return [
        one
        for one in uow.memberships.find(account_id=account_id)
        if one.left_on is None or one.left_on > uow.today
    ]
