"""What is done to several complaints of the board at once."""

from __future__ import annotations

from collections.abc import Iterable

from planner.complaints import Complaint
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.complaints import hand_complaint
from planner.use_cases.editing import check_live, refuse


def hand_complaints(uow: UnitOfWork, ids: Iterable[int], owner_id: int) -> list[Complaint]:
    """Hand open complaints to a colleague in one change; who has one already keeps it.

    Raises ``Refused`` for a colleague who left, for nothing to hand over, and for one that is
    closed; then nothing is handed over.
    """
    owner = uow.colleagues.get(owner_id)
    check_live(owner)
    if owner.retired_on is not None:
        raise refuse("owner_id", _("{name} is not with us any more").format(name=owner.name))
    handed = []
    for complaint_id in dict.fromkeys(ids):
        complaint = uow.complaints.get(complaint_id)
        check_live(complaint)
        if not complaint.is_open or complaint.excluded is not None:
            raise refuse("stage", _("{number} is closed").format(number=complaint.number))
        if complaint.owner_id != owner_id:
            handed.append(hand_complaint(uow, complaint, owner_id))
    if not handed:
        raise refuse("owner_id", _("{name} has them already").format(name=owner.name))
    uow.say(_("handed {count} complaints to {name}").format(count=len(handed), name=owner.name))
    return handed
