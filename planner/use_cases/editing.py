"""What every use case that changes a record shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, TypeVar

from planner.dates import When
from planner.entity import Entity, spoken_name
from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.ports import Repository, UnitOfWork
from planner.text import name_key

E = TypeVar("E", bound=Entity)
FIXED = frozenset({"id", "version", "archived_at", "account_id", "created_on", "created_at",
                   "recorded_on", "logged_at"})  # fmt: skip
"""Fields that no change may touch: what a record is, whose it is, and when it was written."""


class Named(Protocol):
    """A record that is known by its name."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...


def change(repository: Repository[E], record: E | int, fields: dict[str, Any]) -> tuple[E, E]:
    """Save new values of a record; returns (before, after).

    Given an id, the stored record is the base; given a record, it is the one somebody saw, and
    a save by another person since then is merged or refused (``Conflict``).
    """
    fixed = sorted(FIXED & set(fields))
    if fixed:
        raise refuse(fixed[0], _("it cannot be changed"))
    before = repository.get(record) if isinstance(record, int) else record
    check_live(before)
    return before, repository.save(before, before.changed(**fields))


def withdraw(repository: Repository[E], record_id: int) -> E:
    """Archive a record that is not archived yet; returns it as it is after."""
    before = repository.get(record_id)
    check_live(before)
    return repository.archive(before)


def check_live(record: Entity) -> None:
    """Refuse a record that is archived."""
    if record.archived_at is not None:
        raise Refused(_("This record is archived; undo that first."))


def refuse(field: str, problem: str, value: object = "") -> Refused:
    """A refusal of one field."""
    name = spoken_name(field)
    return Refused(f"{name}: {problem}", [FieldProblem(name, problem, str(value))])


def check_new_name(others: Iterable[Named], record: Named, words: str) -> None:
    """Refuse a name that another record has, however it is written; ``words`` show ``{name}``."""
    key = name_key(record.name)
    for other in others:
        if other.id != record.id and name_key(other.name) == key:
            raise refuse("name", words.format(name=other.name), record.name)


def check_not_future(uow: UnitOfWork, when: When, field: str = "at") -> None:
    """Refuse a moment that has not come yet, for what is said to have happened."""
    future = when.on > uow.today if when.date_only else when.at > uow.clock.now()
    if future:
        raise refuse(
            field,
            _("{day} lies in the future").format(day=when.on.isoformat()),
            when.on.isoformat(),
        )


def check_day_not_future(uow: UnitOfWork, day: date | None, field: str) -> None:
    """Refuse a day that has not come yet."""
    if day is not None and day > uow.today:
        raise refuse(field, _("{day} lies in the future").format(day=day.isoformat()), day)


def check_confirmed(
    uow: UnitOfWork,
    account_id: int,
    person_id: int | None,
    on: date | None,
    *,
    since: date,
    earlier: str,
) -> None:
    """Refuse the word of a person who is not of the customer, or of a day before what it is about.

    ``earlier`` is what is said of a day before ``since``.
    """
    check_day_not_future(uow, on, "confirmed_on")
    if person_id is not None:
        check_member(uow, account_id, person_id, "confirmed_by")
    if on is not None and on < since:
        raise refuse("confirmed_on", earlier, on)


def check_member(uow: UnitOfWork, account_id: int, person_id: int, field: str = "with") -> None:
    """Refuse a person who does not belong to the account."""
    if not uow.memberships.find(account_id=account_id, person_id=person_id):
        person = uow.people.get(person_id)
        raise refuse(
            field,
            _("{name} does not belong to this account; add them to it first").format(
                name=person.label
            ),
        )


def check_same_account(
    repository: Repository[E], account_id: int, row_id: int | None, field: str
) -> None:
    """Refuse a reference to a record of another account, or to an archived one."""
    if row_id is None:
        return
    found = repository.get(row_id)
    if found.archived_at is not None or getattr(found, "account_id", None) != account_id:
        raise refuse(field, _("it does not belong to this account"), row_id)


def live_account_name(uow: UnitOfWork, account_id: int) -> str:
    """The name of a live account. Raises ``Refused`` for an archived one."""
    account = uow.accounts.get(account_id)
    if account.archived_at is not None:
        raise Refused(_("{name} is archived; undo that first.").format(name=account.name))
    return account.name
