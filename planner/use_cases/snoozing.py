"""Snoozing the cadence of an account or of one of its people, and waking it."""

from __future__ import annotations

from datetime import date

from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.snoozes import Snooze
from planner.use_cases.editing import check_member, live_account_name, refuse

MOST_DAYS = 730
"""Two years: what should rest for longer is no cadence any more."""


def snooze_cadence(
    uow: UnitOfWork, account_id: int, *, until: date, reason: str, person_id: int | None = None
) -> Snooze:
    """Let the cadence rest until a day, with the reason; it takes the place of an earlier snooze.

    A two-way contact ends it by itself.
    """
    account = live_account_name(uow, account_id)
    days = (until - uow.today).days
    if days < 1:
        raise refuse("until", _("{day} is no day after today").format(day=until.isoformat()), until)
    if days > MOST_DAYS:
        raise refuse("until", _("it is more than two years away"), until)
    if not reason.strip():
        raise refuse("reason", _("say why it may rest"))
    whom = account
    if person_id is not None:
        check_member(uow, account_id, person_id, "person")
        whom = _("{person} at {account}").format(
            person=uow.people.get(person_id).label, account=account
        )
    for earlier in uow.snoozes.find(account_id=account_id, person_id=person_id):
        uow.snoozes.archive(earlier)
    uow.say(
        _("snoozed contact with {whom} until {day}").format(whom=whom, day=until.isoformat()),
        account_id,
    )
    return uow.snoozes.add(
        build(
            Snooze,
            id=uow.new_id(),
            account_id=account_id,
            person_id=person_id,
            until_on=until,
            reason=reason,
            recorded_on=uow.today,
        )
    )


def wake_cadence(uow: UnitOfWork, account_id: int, person_id: int | None = None) -> Snooze:
    """End the snooze of an account or of one of its people."""
    account = live_account_name(uow, account_id)
    found = uow.snoozes.find(account_id=account_id, person_id=person_id)
    if not found:
        raise refuse("account", _("no contact is snoozed there"), account)
    uow.say(_("woke the contact with {account}").format(account=account), account_id)
    return [uow.snoozes.archive(one) for one in found][-1]
