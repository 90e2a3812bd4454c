"""What a customer gets for staying: benefits, gestures, desired behaviour, programmes, points."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from planner.entity import Entity, Line, Minor, Name, Note
from planner.vocabulary import BenefitKind, ProgrammeKind

MAX_POINTS = 10**9
MAX_TIERS = 20

Points = Annotated[int, Field(ge=-MAX_POINTS, le=MAX_POINTS)]


class Benefit(Entity):
    """Something the account has for being a customer. ``hassle``: what it takes off them."""

    account_id: int
    plan_id: int | None = None
    kind: BenefitKind
    benefit: Name
    given_on: date | None = None
    cost_minor: Minor | None = None
    hassle: Line | None = None
    programme_id: int | None = None
    person_id: int | None = None


class Gesture(Entity):
    """Something given once, with its cost, its reason and who approved it."""

    account_id: int
    kind: BenefitKind
    gesture: Name
    given_on: date
    cost_minor: Minor | None = None
    reason: Line | None = None
    approver_id: int | None = None
    person_id: int | None = None
    complaint_id: int | None = None


class Behaviour(Entity):
    """How the customer should be loyal: one action to shape, its reward, what it leads to.

    One of an account is active, the one that has not ended.
    """

    account_id: int
    plan_id: int | None = None
    behaviour: Name
    metric: Line | None = None
    reward: Line | None = None
    budget_minor: Minor | None = None
    leads_to: Line | None = None
    ended_on: date | None = None


class Programme(Entity):
    """A loyalty programme of the book. ``tiers``: (name, points from which it holds), rising."""

    name: Name
    kind: ProgrammeKind = "points"
    eligibility: Note | None = None
    tiers: tuple[tuple[Name, Points], ...] = ()
    cost_minor: Minor | None = None
    ended_on: date | None = None

    @field_validator("tiers")
    @classmethod
    def _rising(cls, tiers: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        if len(tiers) > MAX_TIERS:
            raise ValueError("there are more than 20 tiers")
        levels = [level for _name, level in tiers]
        if levels != sorted(set(levels)):
            raise ValueError("the tiers do not rise")
        return tiers


class Enrolment(Entity):
    """An account in a programme."""

    account_id: int
    programme_id: int
    since_on: date
    left_on: date | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Enrolment:
        if self.left_on and self.left_on < self.since_on:
            raise ValueError("left_on: the end lies before the start")
        return self


class PointsEntry(Entity):
    """One line of the points ledger. Never changed: a mistake is put right by another line."""

    account_id: int
    programme_id: int
    points: Points
    reason: Name
    on_date: date
