"""What a plan keeps about itself: its sections, who signed, what the customer was shown."""

from __future__ import annotations

from datetime import date

from planner.entity import Entity, Moment, Note
from planner.vocabulary import Function, PlanSection


class Section(Entity):
    """One section of a plan, kept once somebody added, refreshed or handed it over.

    ``added``: shown although the plan's size leaves it out. ``still_true_on``: when a person last
    said that it still holds. An offered section stays its owner's until it is accepted.
    """

    account_id: int
    plan_id: int
    section: PlanSection
    added: bool = False
    still_true_on: date | None = None
    owner_id: int | None = None
    offered_to_id: int | None = None
    offered_on: date | None = None


class SignOff(Entity):
    """One function's signature under a plan; ``content`` is the digest of what it stands for."""

    account_id: int
    plan_id: int
    function: Function
    colleague_id: int | None = None
    signed_on: date
    content: str


class Share(Entity):
    """What the customer was given on a day: the shared rows as they were, as JSON."""

    account_id: int
    plan_id: int
    shared_on: date
    shared_at: Moment
    content: Note
