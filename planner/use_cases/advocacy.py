"""What a customer did for us: logged, changed, taken out."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.advocacy import Advocacy
from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    live_account_name,
    withdraw,
)


def log_advocacy(
    uow: UnitOfWork, account_id: int, *, on_date: date | None = None, **fields: Any
) -> Advocacy:
    """Log that a customer did something for us, today unless said.

    ``fields``: kind, advocacy, person_id, link.
    """
    account = live_account_name(uow, account_id)
    advocacy = build(
        Advocacy, id=uow.new_id(), account_id=account_id, on_date=on_date or uow.today, **fields
    )
    _check(uow, advocacy)
    uow.say(_("{account} did something for us").format(account=account), account_id)
    return uow.advocacies.add(advocacy)


def change_advocacy(uow: UnitOfWork, record: Advocacy | int, **fields: Any) -> Advocacy:
    """Change what was logged."""
    after = change(uow.advocacies, record, fields)[1]
    _check(uow, after)
    uow.say(_("changed: {advocacy}").format(advocacy=after.advocacy), after.account_id)
    return after


def withdraw_advocacy(uow: UnitOfWork, advocacy_id: int) -> Advocacy:
    """Take something out of the log."""
    after = withdraw(uow.advocacies, advocacy_id)
    uow.say(_("archived: {advocacy}").format(advocacy=after.advocacy), after.account_id)
    return after


def _check(uow: UnitOfWork, advocacy: Advocacy) -> None:
    check_day_not_future(uow, advocacy.on_date, "on_date")
    if advocacy.person_id is not None:
        check_member(uow, advocacy.account_id, advocacy.person_id)
