"""Whether two complaints have one cause: a person decides, and may take it back."""

from __future__ import annotations

from planner.complaint_parts import CauseLink
from planner.complaints import Complaint
from planner.entity import build
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import change, check_live, refuse, withdraw


def decide_cause(
    uow: UnitOfWork, complaint_id: int, other_id: int, same: bool = True, reason: str | None = None
) -> CauseLink:
    """Say that two complaints have the same cause, or not; a second word replaces the first.

    Raises ``Refused`` for a complaint and itself, and for one that is archived or withdrawn.
    """
    one, other = uow.complaints.get(complaint_id), uow.complaints.get(other_id)
    if one.id == other.id:
        raise refuse("other", _("it is the same complaint"), other.number)
    for each in (one, other):
        check_live(each)
        if each.excluded == "withdrawn":
            raise refuse("other", _("{number} was withdrawn").format(number=each.number))
    said = (reason or "").strip() or None
    known = link_between(uow, one.id, other.id)
    values = {"same": same, "reason": said, "decided_on": uow.today}
    words = (
        _("{number} and {other} have one cause")
        if same
        else _("{number} and {other} have different causes")
    )
    uow.say(words.format(number=one.number, other=other.number), one.account_id)
    if known is not None:
        return change(uow.cause_links, known, values)[1]
    return uow.cause_links.add(
        build(
            CauseLink,
            id=uow.new_id(),
            account_id=one.account_id,
            complaint_id=one.id,
            other_id=other.id,
            **values,
        )
    )


def undecide_cause(uow: UnitOfWork, complaint_id: int, other_id: int) -> CauseLink:
    """Take back what was decided about two complaints."""
    one, other = uow.complaints.get(complaint_id), uow.complaints.get(other_id)
    known = link_between(uow, one.id, other.id)
    if known is None:
        words = _("nobody decided about {number} and {other}")
        raise refuse("other", words.format(number=one.number, other=other.number))
    uow.say(
        _("{number} and {other} are open again as to their cause").format(
            number=one.number, other=other.number
        ),
        one.account_id,
    )
    return withdraw(uow.cause_links, known.id)


def link_between(uow: UnitOfWork, one: int, other: int) -> CauseLink | None:
    """What was decided about two complaints, whichever was named first."""
    found = uow.cause_links.find(complaint_id=one, other_id=other)
    return next(iter(found or uow.cause_links.find(complaint_id=other, other_id=one)), None)


def shared_cause(uow: UnitOfWork, complaint: Complaint) -> dict[str, str]:
    """``root_cause`` and ``cause_detail`` of the complaint that was linked to this one last.

    Empty where no linked one has a cause. It is a default at closing, never more.
    """
    links = [
        *uow.cause_links.find(complaint_id=complaint.id),
        *uow.cause_links.find(other_id=complaint.id),
    ]
    for link in sorted(links, key=lambda one: (one.decided_on, one.id), reverse=True):
        other_id = link.other_id if link.complaint_id == complaint.id else link.complaint_id
        if not link.same or other_id == complaint.id:
            continue
        other = uow.complaints.get(other_id)
        if other.root_cause and other.archived_at is None:
            detail = {"cause_detail": other.cause_detail} if other.cause_detail else {}
            return {"root_cause": other.root_cause, **detail}
    return {}
