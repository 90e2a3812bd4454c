"""People at customers and their parts in accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.entity import build
from planner.language import gettext as _
from planner.people import Membership, Person
from planner.ports import UnitOfWork
from planner.text import fold
from planner.use_cases.contact_agreements import check_contact
from planner.use_cases.editing import change, live_account_name, refuse


def add_person(
    uow: UnitOfWork, account_id: int, *, part: dict[str, Any] | None = None, **fields: Any
) -> tuple[Person, Membership]:
    """Add a person to an account; ``part`` holds roles, influence, stance and the like."""
    account = live_account_name(uow, account_id)
    person = build(Person, id=uow.new_id(), created_at=uow.clock.real_now(), **fields)
    if person.email:
        _refuse_same_email(uow, person)
    uow.people.add(person)
    membership = _add_membership(uow, account_id, person.id, part or {})
    uow.say(
        _("added {person} at {account}").format(person=person.label, account=account), account_id
    )
    return person, membership


def change_person(uow: UnitOfWork, record: Person | int, **fields: Any) -> Person:
    """Change fields of a person."""
    before, after = change(uow.people, record, fields)
    if after.email and fold(after.email) != fold(before.email or ""):
        _refuse_same_email(uow, after)
    uow.say(_("changed {person}").format(person=after.label))
    return after


def set_part(uow: UnitOfWork, account_id: int, person_id: int, **part: Any) -> Membership:
    """Set a person's part in an account: roles, influence, stance, power, reports-to, left-on.

    A person who does not belong to the account yet is added to it.
    """
    account = live_account_name(uow, account_id)
    person = uow.people.get(person_id)
    found = uow.memberships.find(account_id=account_id, person_id=person_id)
    if found:
        membership = change(uow.memberships, found[0], part)[1]
        check_contact(uow, membership)
        if "reports_to_id" in part:
            _check_reports_to(uow, membership)
    else:
        membership = _add_membership(uow, account_id, person_id, part)
    uow.say(
        _("set the part of {person} at {account}").format(person=person.label, account=account),
        account_id,
    )
    return membership


def edit_person(
    uow: UnitOfWork,
    person: Person,
    membership: Membership,
    *,
    part: dict[str, Any],
    **fields: Any,
) -> tuple[Person, Membership]:
    """Change a person and their part in one account in one step, as the form shows them."""
    after = change_person(uow, person, **fields)
    seat = change(uow.memberships, membership, part)[1]
    check_contact(uow, seat)
    _check_reports_to(uow, seat)
    uow.say(_("changed {person}").format(person=after.label), membership.account_id)
    return after, seat


def person_left(uow: UnitOfWork, account_id: int, person_id: int, on: date) -> Membership:
    """Say that a person left an account."""
    return set_part(uow, account_id, person_id, left_on=on)


def _add_membership(
    uow: UnitOfWork, account_id: int, person_id: int, part: dict[str, Any]
) -> Membership:
    membership = build(
        Membership, id=uow.new_id(), account_id=account_id, person_id=person_id, **part
    )
    _check_reports_to(uow, membership)
    check_contact(uow, membership)
    return uow.memberships.add(membership)


def _check_reports_to(uow: UnitOfWork, membership: Membership) -> None:
    others = {m.person_id: m for m in uow.memberships.find(account_id=membership.account_id)}
    seen = {membership.person_id}
    boss = membership.reports_to_id
    while boss is not None:
        if boss in seen:
            raise refuse("reports_to", _("the lines of report would go round in a circle"))
        if boss not in others:
            raise refuse("reports_to", _("this person does not belong to the account"))
        seen.add(boss)
        boss = others[boss].reports_to_id


def _refuse_same_email(uow: UnitOfWork, person: Person) -> None:
    same = [p for p in uow.people.find(email_key=fold(person.email or "")) if p.id != person.id]
    if same:
        raise refuse(
            "email",
            _("{name} has this e-mail already; give them a part in the account instead").format(
                name=same[0].label
            ),
            person.email or "",
        )
