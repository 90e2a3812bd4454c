"""Loyalty programmes of the book: who is in one, and the points ledger, which is only added to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from planner.entity import build
from planner.language import gettext as _
from planner.loyalty import Enrolment, PointsEntry, Programme
from planner.points_ledger import spendable
from planner.ports import UnitOfWork
from planner.text import name_key
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_new_name,
    live_account_name,
    refuse,
)

# Programmes


def add_programme(uow: UnitOfWork, **fields: Any) -> Programme:
    """Add a loyalty programme with its rising tiers. The same name again is refused."""
    programme = build(Programme, id=uow.new_id(), **fields)
    _check_programme(uow, programme)
    uow.say(_("added the programme {name}").format(name=programme.name))
    return uow.programmes.add(programme)


def change_programme(uow: UnitOfWork, record: Programme | int, **fields: Any) -> Programme:
    """Change a programme; one that has ended takes nobody in."""
    after = change(uow.programmes, record, fields)[1]
    _check_programme(uow, after)
    uow.say(_("changed the programme {name}").format(name=after.name))
    return after


def _check_programme(uow: UnitOfWork, programme: Programme) -> None:
    check_day_not_future(uow, programme.ended_on, "ended_on")
    names = [name_key(name) for name, _points in programme.tiers]
    if len(set(names)) < len(names):
        raise refuse("tiers", _("two tiers have the same name"))
    check_new_name(uow.programmes.find(), programme, _("there is a programme {name} already"))


def _running(uow: UnitOfWork, programme_id: int, on: date) -> Programme:
    programme = uow.programmes.get(programme_id)
    if programme.archived_at is not None:
        raise refuse("programme", _("{name} is archived").format(name=programme.name))
    if programme.ended_on is not None and programme.ended_on < on:
        raise refuse(
            "programme",
            _("{name} ended on {day}").format(
                name=programme.name, day=programme.ended_on.isoformat()
            ),
        )
    return programme


# Who is in


def enrol(
    uow: UnitOfWork, account_id: int, programme_id: int, since_on: date | None = None
) -> Enrolment:
    """Take an account into a programme, today by default."""
    account = live_account_name(uow, account_id)
    day = since_on or uow.today
    check_day_not_future(uow, day, "since_on")
    programme = _running(uow, programme_id, day)
    if _enrolment(uow, account_id, programme_id) is not None:
        raise refuse("programme", _("{account} is in it already").format(account=account))
    uow.say(
        _("took {account} into {name}").format(account=account, name=programme.name), account_id
    )
    return uow.enrolments.add(
        build(
            Enrolment,
            id=uow.new_id(),
            account_id=account_id,
            programme_id=programme_id,
            since_on=day,
        )
    )


def leave_programme(
    uow: UnitOfWork, account_id: int, programme_id: int, on: date | None = None
) -> Enrolment:
    """Take an account out of a programme, today by default; its points stay in the ledger."""
    account = live_account_name(uow, account_id)
    enrolment = _enrolled(uow, account_id, programme_id)
    day = on or uow.today
    check_day_not_future(uow, day, "left_on")
    after = change(uow.enrolments, enrolment, {"left_on": day})[1]
    uow.say(
        _("took {account} out of {name}").format(
            account=account, name=uow.programmes.get(programme_id).name
        ),
        account_id,
    )
    return after


def _enrolment(uow: UnitOfWork, account_id: int, programme_id: int) -> Enrolment | None:
    found = uow.enrolments.find(account_id=account_id, programme_id=programme_id)
    return next((one for one in found if one.left_on is None), None)


def _enrolled(uow: UnitOfWork, account_id: int, programme_id: int) -> Enrolment:
    enrolment = _enrolment(uow, account_id, programme_id)
    if enrolment is None:
        raise refuse(
            "programme",
            _("{account} is not in {name}").format(
                account=live_account_name(uow, account_id),
                name=uow.programmes.get(programme_id).name,
            ),
        )
    return enrolment


# The ledger


def enter_points(
    uow: UnitOfWork,
    account_id: int,
    programme_id: int,
    points: int,
    reason: str,
    on: date | None = None,
) -> PointsEntry:
    """Add a line to the ledger, today by default: earned points, or redeemed ones below zero.

    Nothing is redeemed that is not there, on that day and on every day since.
    """
    day = on or uow.today
    if points < 0:
        there = spendable(ledger(uow, account_id, programme_id), day)
        if -points > there:
            raise refuse(
                "points",
                _("{points} cannot be redeemed; {there} are there").format(
                    points=-points, there=there
                ),
                points,
            )
    kept = _enter(uow, account_id, programme_id, points, reason, day)
    words = _("{account} earned {points} points") if points > 0 else _(
        "{account} redeemed {points} points"
    )  # fmt: skip
    uow.say(
        words.format(account=live_account_name(uow, account_id), points=abs(points)), account_id
    )
    return kept


def correct_points(
    uow: UnitOfWork,
    account_id: int,
    programme_id: int,
    points: int,
    reason: str,
    on: date | None = None,
) -> PointsEntry:
    """Put a mistake in the ledger right by another line, today by default.

    What was spent meanwhile may bring the balance below zero; nothing can be redeemed until it is
    above again.
    """
    kept = _enter(uow, account_id, programme_id, points, reason, on or uow.today)
    uow.say(
        _("corrected the points of {account} by {points}").format(
            account=live_account_name(uow, account_id), points=f"{points:+d}"
        ),
        account_id,
    )
    return kept


def ledger(uow: UnitOfWork, account_id: int, programme_id: int) -> Sequence[tuple[date, int]]:
    """(day, points) of every line of an account in a programme."""
    found = uow.points_entries.find(account_id=account_id, programme_id=programme_id)
    return [(one.on_date, one.points) for one in found]


def _enter(
    uow: UnitOfWork, account_id: int, programme_id: int, points: int, reason: str, day: date
) -> PointsEntry:
    if points == 0:
        raise refuse("points", _("a line has more or less than no points"), points)
    check_day_not_future(uow, day, "on_date")
    enrolment = _enrolled(uow, account_id, programme_id)
    if day < enrolment.since_on:
        raise refuse("on_date", _("it lies before they were taken in"), day)
    return uow.points_entries.add(
        build(
            PointsEntry,
            id=uow.new_id(),
            account_id=account_id,
            programme_id=programme_id,
            points=points,
            reason=reason,
            on_date=day,
        )
    )
