"""Lines under a complaint: what was told to the customer, and what stays among us."""

from __future__ import annotations

from datetime import UTC

from planner.complaint_parts import ComplaintNote
from planner.dates import When
from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_live,
    check_member,
    check_not_future,
    refuse,
    withdraw,
)


def add_complaint_note(
    uow: UnitOfWork,
    complaint_id: int,
    note: str,
    *,
    told: bool = False,
    when: When | None = None,
    person_id: int | None = None,
) -> ComplaintNote:
    """Write a line under a complaint, of now unless said. ``told``: the customer was told it.

    Raises ``Refused`` for an empty line, a moment in the future or before the complaint, and a
    person of another account.
    """
    complaint = uow.complaints.get(complaint_id)
    check_live(complaint)
    if not note.strip():
        raise refuse("note", _("it is empty"))
    moment = when or When(uow.today, uow.clock.now(), False)
    check_not_future(uow, moment, "at")
    if moment.on < complaint.opened_on:
        raise refuse("at", _("it lies before the complaint was opened"), moment.on)
    if person_id is not None:
        check_member(uow, complaint.account_id, person_id)
    words = _("told the customer of {number}") if told else _("noted under {number}")
    uow.say(words.format(number=complaint.number), complaint.account_id)
    return uow.complaint_notes.add(
        build(
            ComplaintNote,
            id=uow.new_id(),
            account_id=complaint.account_id,
            complaint_id=complaint.id,
            told=told,
            note=note,
            colleague_id=uow.actor.colleague_id,
            person_id=person_id,
            noted_at=moment.at.astimezone(UTC),
            noted_on=moment.on,
            date_only=moment.date_only,
            recorded_on=uow.today,
            logged_at=uow.clock.real_now(),
        )
    )


def change_complaint_note(
    uow: UnitOfWork, record: ComplaintNote | int, *, note: str, told: bool
) -> ComplaintNote:
    """Change what a line under a complaint says, and whether the customer was told it."""
    after = change(uow.complaint_notes, record, {"note": note, "told": told})[1]
    number = uow.complaints.get(after.complaint_id).number
    uow.say(_("changed a note under {number}").format(number=number), after.account_id)
    return after


def archive_complaint_note(uow: UnitOfWork, record: ComplaintNote | int) -> ComplaintNote:
    """Take a line under a complaint away."""
    after = withdraw(uow.complaint_notes, record if isinstance(record, int) else record.id)
    number = uow.complaints.get(after.complaint_id).number
    uow.say(_("archived a note under {number}").format(number=number), after.account_id)
    return after
