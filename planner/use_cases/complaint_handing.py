"""Handing a complaint over: an offer, which its owner keeps until the other accepts it."""

from __future__ import annotations

from typing import Any

from planner.colleagues import Colleague
from planner.complaints import Complaint
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.complaint_notes import add_complaint_note
from planner.use_cases.editing import change, check_live, refuse

ANSWERED: dict[str, Any] = {
    "handed_to_id": None, "handed_by_id": None, "handed_on": None, "hand_note": None,
}  # fmt: skip
"""The fields of an offer that stands no more."""


def hand_complaint(
    uow: UnitOfWork, record: Complaint | int, owner_id: int, note: str | None = None
) -> Complaint:
    """Offer a complaint to a colleague; it stays its owner's until they accept.

    One that nobody owns, or that I take myself, changes hands at once. Another offer takes the
    place of the one before; one to its owner takes the offer back. What is said with it stays as a
    note. Raises ``Refused`` for one that is closed, for a colleague who left, and where nothing
    would change.
    """
    before = _open(uow, record)
    to = uow.colleagues.get(owner_id)
    check_live(to)
    if to.retired_on is not None:
        raise refuse("owner_id", _("{name} is not with us any more").format(name=to.name))
    said = (note or "").strip() or None
    if said is not None:
        words = _("to {name}: {note}").format(name=to.name, note=said)
        add_complaint_note(uow, before.id, words)
    if before.owner_id == to.id:
        if before.handed_to_id is None:
            raise refuse("owner_id", _("{name} has it already").format(name=to.name), to.name)
        return _keep(uow, before, dict(ANSWERED), _("{number} stays with {name}"), to)
    if before.owner_id is None or to.id == uow.actor.colleague_id:
        values = {**ANSWERED, "owner_id": to.id}
        return _keep(uow, before, values, _("handed {number} to {name}"), to)
    values = {
        "handed_to_id": to.id,
        "handed_by_id": uow.actor.colleague_id,
        "handed_on": uow.today,
        "hand_note": said,
    }
    if before.handed_to_id in (None, to.id):
        return _keep(uow, before, values, _("offered {number} to {name}"), to)
    other = uow.colleagues.get(before.handed_to_id).name
    words = _("offered {number} to {name}, no longer to {other}")
    return _keep(uow, before, values, words, to, other=other)


def accept_complaint(uow: UnitOfWork, record: Complaint | int) -> Complaint:
    """Take over a complaint that was offered to me. Raises ``Refused`` where it was not."""
    before = _open(uow, record)
    me = _offered_to_me(uow, before)
    values = {**ANSWERED, "owner_id": me.id}
    return _keep(uow, before, values, _("{name} took over {number}"), me)


def decline_complaint(uow: UnitOfWork, record: Complaint | int, reason: str) -> Complaint:
    """Decline a complaint that was offered to me; it stays its owner's, the reason is a note.

    Raises ``Refused`` without a reason, and where it was not offered to me.
    """
    before = _open(uow, record)
    me = _offered_to_me(uow, before)
    said = reason.strip()
    if not said:
        raise refuse("reason", _("say why, so that its owner knows"))
    words = _("declined the hand-over: {reason}").format(reason=said)
    add_complaint_note(uow, before.id, words)
    return _keep(uow, before, dict(ANSWERED), _("{name} declined {number}"), me)


def _open(uow: UnitOfWork, record: Complaint | int) -> Complaint:
    complaint = uow.complaints.get(record) if isinstance(record, int) else record
    check_live(complaint)
    if not complaint.is_open or complaint.excluded is not None:
        raise refuse("stage", _("{number} is closed").format(number=complaint.number))
    return complaint


def _offered_to_me(uow: UnitOfWork, complaint: Complaint) -> Colleague:
    if complaint.handed_to_id is None:
        raise refuse("owner_id", _("{number} is offered to nobody").format(number=complaint.number))
    offered = uow.colleagues.get(complaint.handed_to_id)
    if offered.id != uow.actor.colleague_id:
        words = _("{number} is offered to {name}; only they answer")
        raise refuse("owner_id", words.format(number=complaint.number, name=offered.name))
    return offered


def _keep(
    uow: UnitOfWork,
    before: Complaint,
    values: dict[str, Any],
    words: str,
    who: Colleague,
    **names: str,
) -> Complaint:
    after = change(uow.complaints, before, values)[1]
    uow.say(words.format(number=after.number, name=who.name, **names), after.account_id)
    return after
