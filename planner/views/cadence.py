"""Where contact stands with accounts and people: flat rows. Days are ISO text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LastContact:
    """The newest two-way contact: when, by whom of ours, and which touchpoint it is.

    ``account`` is where it was, which for a family may be a child.
    """

    on: str
    by: str | None
    touchpoint_id: int
    kind: str
    account_id: int
    account: str


@dataclass(frozen=True, slots=True)
class Rest:
    """A snooze that holds: until which day, and why."""

    id: int
    until_on: str
    reason: str


@dataclass(frozen=True, slots=True)
class CadenceRow:
    """An account's contact. ``due_on`` is the last day within the ideal interval, ``latest_on`` the
    last within the maximum; ``state`` is fresh, due (past ideal) or overdue (past maximum)."""

    account_id: int
    account: str
    tier: int | None
    stage: str | None
    owner_id: int | None
    owner: str | None
    ideal: int
    due_on: str
    latest_on: str
    state: str
    overdue_days: int
    last: LastContact | None
    rest: Rest | None


@dataclass(frozen=True, slots=True)
class PersonCadence:
    """A person's contact; without a role or an agreement nothing is due (``state`` is None)."""

    person_id: int
    person: str
    roles: tuple[str, ...]
    ideal: int | None
    maximum: int | None
    agreed_on: str | None
    due_on: str | None
    state: str | None
    overdue_days: int
    last: LastContact | None
    rest: Rest | None


@dataclass(frozen=True, slots=True)
class Review:
    """The next quarterly review. ``source``: planned, held (the last one and the interval) or start
    (the account's start and the interval)."""

    due_on: str
    source: str
    every_days: int | None
    held_on: str | None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """The next quarterly review of an account in a list."""

    account_id: int
    account: str
    tier: int | None
    owner_id: int | None
    owner: str | None
    review: Review


@dataclass(frozen=True, slots=True)
class Family:
    """An account with all below it: how many children, how many past their maximum interval, and
    the newest two-way contact of them all."""

    children: int
    overdue: int
    last: LastContact | None


@dataclass(frozen=True, slots=True)
class AccountCadence:
    """Everything about the contact of one account.

    ``rule``: whether a tier, the book or the account itself says how often; ``losing_touch``: no
    rule does, and nobody had two-way contact for too long.
    """

    row: CadenceRow
    maximum: int
    own: bool
    rule: bool
    losing_touch: bool
    agreed_on: str | None
    agreed_with: str | None
    people: tuple[PersonCadence, ...]
    family: Family | None
    review: Review | None
