"""Colleagues, who I am, and the team that serves an account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from planner.colleagues import Colleague, Seat
from planner.entity import build
from planner.errors import Ambiguous, NotFound, Refused
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.text import fold, name_key
from planner.use_cases.editing import change, live_account_name, refuse
from planner.vocabulary import FUNCTIONS


def add_colleague(uow: UnitOfWork, **fields: Any) -> Colleague:
    """Add a colleague. The same name again is refused."""
    colleague = build(Colleague, id=uow.new_id(), **fields)
    if uow.colleagues.find(name_key=name_key(colleague.name)):
        raise refuse("name", _("there is a colleague with this name already"), colleague.name)
    uow.say(_("added colleague {name}").format(name=colleague.name))
    return uow.colleagues.add(colleague)


def be_colleague(uow: UnitOfWork, name: str, function: str | None) -> Colleague:
    """Say who I am: the colleague with this name, added if the book lacks it."""
    found = uow.colleagues.find(name_key=name_key(name))
    if not found:
        return add_colleague(uow, name=name, function=function)
    if function is None or found[0].function == function:
        return found[0]
    return change_colleague(uow, found[0], function=function)


def change_colleague(uow: UnitOfWork, record: Colleague | int, **fields: Any) -> Colleague:
    """Change fields of a colleague."""
    after = change(uow.colleagues, record, fields)[1]
    uow.say(_("changed colleague {name}").format(name=after.name))
    return after


def set_away(
    uow: UnitOfWork, colleague_id: int, start: date, end: date, cover_id: int | None
) -> Colleague:
    """Say that a colleague is away from ``start`` to ``end``, both included, and who covers."""
    return change_colleague(uow, colleague_id, away_from=start, away_to=end, cover_id=cover_id)


def retire_colleague(uow: UnitOfWork, colleague_id: int) -> Colleague:
    """Retire a colleague. Refused while they still own accounts, seats, sections of live plans or
    open actions."""
    owned = {
        _("accounts"): len(uow.accounts.find(owner_id=colleague_id)),
        _("seats"): len(uow.seats.find(colleague_id=colleague_id)),
        _("plan sections"): sum(
            uow.plans.get(section.plan_id).status != "closed"
            for section in uow.sections.find(owner_id=colleague_id)
        ),
        _("open actions"): len(uow.actions.find(owner_id=colleague_id, status="open")),
    }
    held = [f"{count} {what}" for what, count in owned.items() if count]
    if held:
        raise Refused(
            _("They still own {things}; hand those over first.").format(things=", ".join(held))
        )
    return change_colleague(uow, colleague_id, retired_on=uow.today)


def name_team(
    uow: UnitOfWork,
    account_id: int,
    seats: Mapping[str, int | None],
    *,
    backups: Mapping[str, int | None] | None = None,
    responsibilities: Mapping[str, str | None] | None = None,
) -> list[Seat]:
    """Name who serves an account, one colleague per function; None empties a seat.

    ``backups`` stand in for who sits there, ``responsibilities`` say what the seat looks after;
    both need somebody in the seat, and None takes them away.
    """
    account = live_account_name(uow, account_id)
    present = {seat.function: seat for seat in uow.seats.find(account_id=account_id)}
    wanted: dict[str, dict[str, Any]] = {}
    for name, by_function in (
        ("colleague_id", seats),
        ("backup_id", backups or {}),
        ("responsibility", responsibilities or {}),
    ):
        for function, value in by_function.items():
            wanted.setdefault(function, {})[name] = value
    for function, values in wanted.items():
        if function not in FUNCTIONS:
            raise refuse(
                "function", _("it is none of marketing, sales, success, service"), function
            )
        _fill_seat(uow, account_id, function, present.get(function), values)
    uow.say(_("named the team of {account}").format(account=account), account_id)
    return uow.seats.find(account_id=account_id)


def _fill_seat(
    uow: UnitOfWork, account_id: int, function: str, seat: Seat | None, values: dict[str, Any]
) -> None:
    """Give a seat what it is to hold: a colleague, a backup, a responsibility."""
    if "colleague_id" in values and values["colleague_id"] is None:
        if seat is not None:
            uow.seats.archive(seat)
        if any(value is not None for value in values.values()):
            raise refuse(function, _("nobody sits there, so nobody can stand in"))
        return
    for name in ("colleague_id", "backup_id"):
        if values.get(name) is not None:
            uow.colleagues.get(values[name])
    if seat is not None:
        change(uow.seats, seat, values)
    elif "colleague_id" in values:
        uow.seats.add(
            build(Seat, id=uow.new_id(), account_id=account_id, function=function, **values)
        )
    elif any(value is not None for value in values.values()):
        raise refuse(function, _("nobody sits there, so nobody can stand in"))


def colleague_named(uow: UnitOfWork, text: str, *, add: bool = True) -> Colleague:
    """The colleague with this name, e-mail or id; one who is not known is added if ``add``.

    Raises ``Ambiguous`` for several, ``NotFound`` for none when ``add`` is not set.
    """
    everybody = uow.colleagues.find()
    key = name_key(text)
    found = [
        c
        for c in everybody
        if name_key(c.name) == key or (c.email and fold(c.email) == key) or str(c.id) == text
    ]
    if len(found) > 1:
        raise Ambiguous(
            _("Several colleagues answer to {name}.").format(name=text),
            [f"{c.name} {c.email or ''} (id {c.id})" for c in found],
        )
    if found:
        return found[0]
    if not add:
        raise NotFound(_("No colleague answers to {name}.").format(name=text))
    return uow.colleagues.add(build(Colleague, id=uow.new_id(), name=text))
