"""Saving a change of a record that somebody archived meanwhile: both in one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from planner.entity import Entity
from planner.language import gettext as _
from planner.ports import Repository, UnitOfWork

SPOKEN = ("name", "title", "action", "objective", "risk", "label", "entry")


def restoring(use_case: Callable[..., Any]) -> Callable[..., Any]:
    """The same use case, before which those records among its arguments that are archived are
    brought back. Raises ``Conflict`` when one of them was changed since it was read."""

    @wraps(use_case)
    def run(uow: UnitOfWork, *args: Any, **kwargs: Any) -> Any:
        archived = [one for one in args if isinstance(one, Entity) and one.archived_at is not None]
        back = {one.id: _restored(uow, one) for one in archived}
        given = [back.get(one.id, one) if isinstance(one, Entity) else one for one in args]
        result = use_case(uow, *given, **kwargs)
        if archived:
            uow.say(_("restored and changed: {what}").format(what=_words(archived[0])),
                    _account_of(archived[0]))  # fmt: skip
        return result

    return run


def _restored(uow: UnitOfWork, record: Entity) -> Entity:
    stored: Entity = _repository(uow, record).save(record, record.changed(archived_at=None))
    if stored.version == record.version + 1:
        return stored
    return record.changed(archived_at=None)  # somebody else brought it back and may have changed it


def _repository(uow: UnitOfWork, record: Entity) -> Repository[Any]:
    by_kind: dict[str, Repository[Any]] = {
        "Account": uow.accounts, "Person": uow.people, "Membership": uow.memberships,
        "Contract": uow.contracts, "Touchpoint": uow.touchpoints, "Complaint": uow.complaints,
        "Plan": uow.plans, "Objective": uow.objectives, "Action": uow.actions, "Risk": uow.risks,
        "Entry": uow.entries, "Interview": uow.interviews,
    }  # fmt: skip
    return by_kind[type(record).__name__]


def _words(record: Entity) -> str:
    named = (getattr(record, name, None) for name in SPOKEN)
    return next((str(words) for words in named if words), type(record).__name__.lower())


def _account_of(record: Entity) -> int | None:
    account_id: int | None = getattr(record, "account_id", None)
    return record.id if type(record).__name__ == "Account" else account_id
