"""Complaints that count no more: withdrawn by the customer, or the same as another."""

from __future__ import annotations

from typing import Any

from planner.complaints import Complaint
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.complaint_clocks import change_with_clocks
from planner.use_cases.complaint_handing import ANSWERED
from planner.use_cases.complaint_notes import add_complaint_note
from planner.use_cases.editing import check_live, refuse


def withdraw_complaint(uow: UnitOfWork, record: Complaint | int, reason: str) -> Complaint:
    """Take a complaint out of clocks and counts because the customer took it back.

    Raises ``Refused`` without a reason, which is kept as a note, and for one that is out already.
    """
    before = _counted(uow, record)
    said = reason.strip()
    if not said:
        raise refuse("reason", _("say why it is withdrawn"))
    add_complaint_note(uow, before.id, _("withdrawn: {reason}").format(reason=said))
    return _take_out(uow, before, {"excluded": "withdrawn"}, _("{number} was withdrawn"))


def merge_complaint(uow: UnitOfWork, record: Complaint | int, into_id: int) -> Complaint:
    """Say that a complaint is the same as another of its account, which goes on for both.

    Raises ``Refused`` for itself, for one of another account, and where one of the two is out of
    the counts already.
    """
    before, into = _counted(uow, record), _counted(uow, into_id)
    if before.id == into.id:
        raise refuse("into", _("it is the same complaint"), into.number)
    if before.account_id != into.account_id:
        raise refuse("into", _("it is of another account"), into.number)
    words = _("{number} was merged into this one: {title}")
    add_complaint_note(uow, into.id, words.format(number=before.number, title=before.title))
    said = _("{number} was merged into {into}").replace("{into}", into.number)
    return _take_out(uow, before, {"excluded": "merged", "merged_into_id": into.id}, said)


def _counted(uow: UnitOfWork, record: Complaint | int) -> Complaint:
    complaint = uow.complaints.get(record) if isinstance(record, int) else record
    check_live(complaint)
    if complaint.excluded is not None:
        words = (
            _("{number} was withdrawn")
            if complaint.excluded == "withdrawn"
            else _("{number} was merged into another")
        )
        raise refuse("number", words.format(number=complaint.number))
    return complaint


def _take_out(uow: UnitOfWork, before: Complaint, values: dict[str, Any], words: str) -> Complaint:
    after = change_with_clocks(uow, before, {**ANSWERED, **values})
    uow.say(words.format(number=after.number), after.account_id)
    return after
