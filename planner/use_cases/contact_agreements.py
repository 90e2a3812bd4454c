"""Checks of how often contact was agreed, of an account and of a person's part in one."""

from __future__ import annotations

from planner.accounts import Account
from planner.language import gettext as _
from planner.people import Membership
from planner.ports import UnitOfWork
from planner.use_cases.editing import check_day_not_future, check_member, refuse


def check_cadence(uow: UnitOfWork, account: Account) -> None:
    """Refuse an agreement of a later day, with somebody of another account, or a maximum below the
    ideal interval."""
    check_day_not_future(uow, account.cadence_agreed_on, "cadence_agreed_on")
    if account.cadence_agreed_with_id is not None:
        check_member(uow, account.id, account.cadence_agreed_with_id, "cadence_agreed_with")
    _check_order(account.cadence_days, account.cadence_max_days, "cadence_max_days")


def check_contact(uow: UnitOfWork, part: Membership) -> None:
    """The same of a person's part in an account."""
    check_day_not_future(uow, part.contact_agreed_on, "contact_agreed_on")
    _check_order(part.contact_every_days, part.contact_max_days, "contact_max_days")


def _check_order(ideal: int | None, maximum: int | None, field: str) -> None:
    if ideal and maximum and maximum < ideal:
        raise refuse(
            field,
            _("{days} days are fewer than the {ideal} that are wanted").format(
                days=maximum, ideal=ideal
            ),
            maximum,
        )
