"""Selling more: what we sell, what each buying centre has of it, and opportunities."""

from __future__ import annotations

from datetime import date

from planner.entity import Entity, Line, Minor, Name, Note
from planner.vocabulary import OpportunityStage, WhitespaceState


class Product(Entity):
    """Something we sell. Products belong to the book, not to an account."""

    name: Name
    note: Note | None = None


class Whitespace(Entity):
    """One cell of the grid of products by buying centres; potential in minor units a year."""

    account_id: int
    product_id: int
    centre: Name
    state: WhitespaceState
    potential_minor: Minor | None = None
    competitor: Line | None = None
    note: Note | None = None


class Opportunity(Entity):
    """A deal to grow the account; value a year in minor units of the book's currency."""

    account_id: int
    opportunity: Name
    product_id: int | None = None
    centre: Line | None = None
    value_minor: Minor | None = None
    stage: OpportunityStage = "identified"
    next_step: Line | None = None
    next_step_on: date | None = None
    owner_id: int | None = None
    closed_on: date | None = None
