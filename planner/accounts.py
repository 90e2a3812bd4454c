"""Accounts: the customers of the book."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from planner.entity import Entity, Level, Line, Moment, Name, Note
from planner.vocabulary import CelebrationKind, KeepClass, Stage


class Account(Entity):
    """One customer. ``tier`` 1 is the highest; ``keep_class`` needs its reason.

    ``cadence_days`` and ``cadence_max_days`` are the account's own ideal and longest interval,
    ``cadence_agreed_on`` and ``_with_id`` when and with whom of theirs they were agreed.

    ``team`` is whose rows they are on a server: only its members change them; None: everybody's.
    """

    name: Name
    external_id: Line | None = None
    source: Line | None = None
    parent_id: int | None = None
    tier: Level | None = None
    keep_class: KeepClass | None = None
    keep_reason: Note | None = None
    stage: Stage | None = None
    sector: Line | None = None
    country: Line | None = None
    owner_id: int | None = None
    tags: tuple[Line, ...] = ()
    note: Note | None = None
    cadence_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    cadence_max_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    cadence_agreed_on: date | None = None
    cadence_agreed_with_id: int | None = None
    qbr_every_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    competitor_on: date | None = None
    lost_on: date | None = None
    team: Line | None = None
    calendar_id: int | None = None
    extra: dict[str, str] = Field(default_factory=dict)
    created_on: date
    created_at: Moment

    @model_validator(mode="after")
    def _consistent(self) -> Account:
        if self.parent_id is not None and self.parent_id == self.id:
            raise ValueError("parent: an account cannot be its own parent")
        if self.keep_class is not None and not (self.keep_reason or "").strip():
            raise ValueError("keep_reason: a keep class needs its reason")
        return self


class Celebration(Entity):
    """A date to celebrate of an account or of one of its people; yearly unless said otherwise.

    An achievement is one that happened once. ``marked_on``: the last day on which we did.
    """

    account_id: int
    person_id: int | None = None
    label: Name
    on_date: date
    yearly: bool = True
    kind: CelebrationKind = "other"
    link: Line | None = None
    marked_on: date | None = None


class Star(Entity):
    """One colleague's star on an account."""

    colleague_id: int | None = None
    actor: Line
    account_id: int
