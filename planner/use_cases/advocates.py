"""Recovered advocates: who complained, was helped, and speaks for us since."""

from __future__ import annotations

from datetime import date

from planner.complaints import Complaint
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import change, check_day_not_future, refuse


def mark_advocate(uow: UnitOfWork, record: Complaint | int, on: date | None = None) -> Complaint:
    """Say that the customer of a solved complaint speaks for us since a day, today unless said.

    Raises ``Refused`` while it is not solved, for a day before that or in the future, and where
    the customer neither said to be satisfied nor did anything for us since it was solved.
    """
    before = uow.complaints.get(record) if isinstance(record, int) else record
    solved = before.resolved_on
    if solved is None or before.excluded is not None:
        raise refuse("advocate", _("{number} is not solved").format(number=before.number))
    day = on or uow.today
    check_day_not_future(uow, day, "advocate_on")
    if day < solved:
        words = _("it was solved on {day}, not before").format(day=solved.isoformat())
        raise refuse("advocate_on", words, day)
    if not before.satisfied and not spoke_since(uow, before.account_id, solved):
        raise refuse(
            "advocate",
            _("say first that the customer was satisfied, or log what they did for us since"),
        )
    after = change(uow.complaints, before, {"advocate_on": day})[1]
    uow.say(
        _("the customer of {number} speaks for us").format(number=after.number), after.account_id
    )
    return after


def unmark_advocate(uow: UnitOfWork, record: Complaint | int) -> Complaint:
    """Take back that the customer of a complaint speaks for us."""
    before = uow.complaints.get(record) if isinstance(record, int) else record
    if before.advocate_on is None:
        words = _("nobody said so of {number}").format(number=before.number)
        raise refuse("advocate", words)
    after = change(uow.complaints, before, {"advocate_on": None})[1]
    uow.say(_("{number} made no advocate after all").format(number=after.number), after.account_id)
    return after


def turn_advocate(uow: UnitOfWork, complaint_id: int) -> Complaint:
    """Mark the customer of a complaint as an advocate from today on, or take that back."""
    before = uow.complaints.get(complaint_id)
    if before.advocate_on is None:
        return mark_advocate(uow, before)
    return unmark_advocate(uow, before)


def spoke_since(uow: UnitOfWork, account_id: int, solved: date) -> bool:
    """Whether an account did something for us on the day of a solution or later."""
    return any(one.on_date >= solved for one in uow.advocacies.find(account_id=account_id))
