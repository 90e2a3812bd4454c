"""What is done to several complaints of the board at once."""

from __future__ import annotations

from collections.abc import Iterable

from planner.complaints import Complaint
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.complaint_handing import hand_complaint
from planner.use_cases.editing import refuse


def hand_complaints(uow: UnitOfWork, ids: Iterable[int], owner_id: int) -> list[Complaint]:
    """Offer open complaints to a colleague in one change; who has one already keeps it.

    Raises ``Refused`` for a colleague who left, for nothing to hand over, and for one that is
    closed; then nothing is handed over.
    """
    owner = uow.colleagues.get(owner_id)
    found = [uow.complaints.get(one) for one in dict.fromkeys(ids)]
    handed = [hand_complaint(uow, one, owner_id) for one in found if one.owner_id != owner_id]
    if not handed:
        raise refuse("owner_id", _("{name} has them already").format(name=owner.name))
    uow.say(
        _("{count} complaints handed or offered to {name}").format(
            count=len(handed), name=owner.name
        )
    )
    return handed
