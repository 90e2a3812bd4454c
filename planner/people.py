"""People at customers, and the part each plays in an account."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from planner.entity import Entity, Level, Line, Moment, Note
from planner.vocabulary import Channel, Consent, Role, Stance


class Person(Entity):
    """Somebody at a customer. Needs a name, an e-mail or a phone."""

    name: Line = ""
    email: Line | None = None
    phone: Line | None = None
    title: Line | None = None
    department: Line | None = None
    language: Line | None = None
    preferred_channel: Channel | None = None
    support_channel: Channel | None = None
    learning: Line | None = None
    consent: Consent = "unknown"
    consent_on: date | None = None
    note: Note | None = None
    external_id: Line | None = None
    source: Line | None = None
    extra: dict[str, str] = Field(default_factory=dict)
    created_at: Moment

    @model_validator(mode="after")
    def _reachable(self) -> Person:
        if not any((text or "").strip() for text in (self.name, self.email, self.phone)):
            raise ValueError("name: a person needs a name, an e-mail or a phone")
        return self

    @property
    def label(self) -> str:
        """What to call the person on screen."""
        return next(t for t in (self.name, self.email, self.phone) if t and t.strip())


class Membership(Entity):
    """A person's part in one account. ``influence`` and ``power`` run from 1 to 3."""

    account_id: int
    person_id: int
    roles: tuple[Role, ...] = ()
    influence: Level | None = None
    stance: Stance | None = None
    power: Level | None = None
    reports_to_id: int | None = None
    relationship_owner_id: int | None = None
    personal_win: Line | None = None
    contact_every_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    contact_max_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    contact_agreed_on: date | None = None
    community_since_on: date | None = None
    topics: Line | None = None
    since_on: date | None = None
    left_on: date | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Membership:
        if self.reports_to_id is not None and self.reports_to_id == self.person_id:
            raise ValueError("reports_to: a person cannot report to themselves")
        if self.since_on and self.left_on and self.left_on < self.since_on:
            raise ValueError("left_on: the end lies before the start")
        return self
