"""Use cases as commands word them: colleagues by name, what belongs together in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from planner.accounts import Account
from planner.colleagues import Colleague, Seat
from planner.contracts import Contract
from planner.errors import NotFound
from planner.people import Membership, Person
from planner.plans import Plan
from planner.ports import UnitOfWork
from planner.use_cases.accounts import change_account
from planner.use_cases.celebrations import add_celebration
from planner.use_cases.contracts import change_contract, reach_milestone
from planner.use_cases.people import add_person
from planner.use_cases.plans import change_plan, live_plan
from planner.use_cases.team import colleague_named, name_team

ME = "me"

Added = list[str]
"""The names of the colleagues that a use case added because the book did not know them."""


def with_colleagues(
    use_case: Callable[..., Any], named: Mapping[str, str], added: Added
) -> Callable[..., Any]:
    """The use case with fields such as ``owner_id`` filled from names, in the same transaction.

    An empty name empties the field. A colleague who is not known is added and entered in
    ``added``. Raises ``Ambiguous`` for a name that several have.
    """

    @wraps(use_case)
    def by_name(uow: UnitOfWork, *args: Any, **fields: Any) -> Any:
        ids = {field: known_colleague(uow, text, added) for field, text in named.items()}
        return use_case(uow, *args, **fields, **ids)

    return by_name


def known_colleague(uow: UnitOfWork, text: str, added: Added) -> int | None:
    """The id of the colleague with this name, added when not known; None for an empty name.

    ``me`` is whoever acts, as in a filter.
    """
    if not text.strip():
        return None
    if text.strip().casefold() == ME:
        if uow.actor.colleague_id is not None:
            return uow.actor.colleague_id
        text = uow.actor.name
    try:
        return colleague_named(uow, text, add=False).id
    except NotFound:
        colleague: Colleague = colleague_named(uow, text)
        added.append(colleague.name)
        return colleague.id


def set_account(
    uow: UnitOfWork, account_id: int, *, celebrations: Mapping[str, date], **fields: Any
) -> Account:
    """Change fields of an account and add dates to celebrate, in one step."""
    for label, day in celebrations.items():
        add_celebration(uow, account_id, label=label, on=day)
    return change_account(uow, account_id, **fields)


def name_team_members(
    uow: UnitOfWork,
    account_id: int,
    names: Mapping[str, str],
    added: Added,
    *,
    backups: Mapping[str, str] | None = None,
    responsibilities: Mapping[str, str | None] | None = None,
) -> list[Seat]:
    """Name who serves an account by function; an empty name empties the seat.

    ``backups`` are names too; an empty one takes the backup away.
    """
    seats = {function: known_colleague(uow, text, added) for function, text in names.items()}
    behind = {
        function: known_colleague(uow, text, added) for function, text in (backups or {}).items()
    }
    return name_team(uow, account_id, seats, backups=behind, responsibilities=responsibilities)


def add_person_by_name(
    uow: UnitOfWork,
    account_id: int,
    *,
    part: dict[str, Any],
    relationship_owner_id: int | None = None,
    **fields: Any,
) -> tuple[Person, Membership]:
    """Add a person to an account; the one of us who keeps the contact is part of the part."""
    if relationship_owner_id is not None:
        part = {**part, "relationship_owner_id": relationship_owner_id}
    return add_person(uow, account_id, part=part, **fields)


def set_plan(uow: UnitOfWork, account_id: int, **fields: Any) -> Plan:
    """Change the header of the account's live plan."""
    return change_plan(uow, live_plan(uow, account_id), **fields)


def set_contract(
    uow: UnitOfWork, contract_id: int, *, milestones: Mapping[int, date | None], **fields: Any
) -> Contract:
    """Change fields of a contract and say which milestones were reached, in one step."""
    for offset_days, day in milestones.items():
        reach_milestone(uow, contract_id, offset_days, day)
    return change_contract(uow, contract_id, **fields) if fields else uow.contracts.get(contract_id)
