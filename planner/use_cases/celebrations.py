"""Dates to celebrate: birthdays, anniversaries, achievements of a customer or of its people."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.accounts import Celebration
from planner.celebrations import due_day
from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.selling import gesture_warning
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    live_account_name,
    refuse,
    withdraw,
)
from planner.use_cases.growth import open_critical


def add_celebration(
    uow: UnitOfWork,
    account_id: int,
    *,
    label: str,
    on: date | None = None,
    kind: str = "other",
    yearly: bool | None = None,
    **fields: Any,
) -> Celebration:
    """Keep a date to celebrate, today unless said. An achievement happens once unless said.

    ``fields``: person_id, link. While a critical complaint is open a gesture for it is warned
    against; the date is kept all the same.
    """
    account = live_account_name(uow, account_id)
    celebration = build(
        Celebration,
        id=uow.new_id(),
        account_id=account_id,
        label=label,
        on_date=on or uow.today,
        kind=kind,
        yearly=kind != "achievement" if yearly is None else yearly,
        **fields,
    )
    _check(uow, celebration)
    _warn(uow, celebration)
    uow.say(_("added a date to celebrate at {name}").format(name=account), account_id)
    return uow.celebrations.add(celebration)


def change_celebration(uow: UnitOfWork, record: Celebration | int, **fields: Any) -> Celebration:
    """Change a date to celebrate."""
    after = change(uow.celebrations, record, fields)[1]
    _check(uow, after)
    uow.say(_("changed the date: {label}").format(label=after.label), after.account_id)
    return after


def withdraw_celebration(uow: UnitOfWork, celebration_id: int) -> Celebration:
    """Take a date to celebrate out of the record."""
    after = withdraw(uow.celebrations, celebration_id)
    uow.say(_("archived the date: {label}").format(label=after.label), after.account_id)
    return after


def mark_celebration(uow: UnitOfWork, celebration_id: int, on: date | None = None) -> Celebration:
    """Say that it was celebrated, today by default; Today is silent until it is next.

    While a critical complaint is open this is warned against.
    """
    day = on or uow.today
    check_day_not_future(uow, day, "marked_on")
    after = change(uow.celebrations, celebration_id, {"marked_on": day})[1]
    _warn(uow, after)
    uow.say(_("celebrated: {label}").format(label=after.label), after.account_id)
    return after


def _check(uow: UnitOfWork, celebration: Celebration) -> None:
    if celebration.person_id is not None:
        check_member(uow, celebration.account_id, celebration.person_id)
    check_day_not_future(uow, celebration.marked_on, "marked_on")
    if celebration.kind == "birthday" and not celebration.yearly:
        raise refuse("yearly", _("a birthday is every year"))
    if celebration.kind == "achievement":
        check_day_not_future(uow, celebration.on_date, "on_date")


def _warn(uow: UnitOfWork, celebration: Celebration) -> None:
    """Say that a gesture is too early, where one is near."""
    near = due_day(celebration.on_date, celebration.yearly, None, uow.today)
    warning = gesture_warning(open_critical(uow, celebration.account_id)) if near else None
    if warning is not None:
        uow.merged.append(warning)
