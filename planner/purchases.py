"""Purchases and returns: what a customer bought, when, for how much, and what came back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from planner.entity import Currency, Entity, Line, Minor, Moment, Note
from planner.vocabulary import PurchaseKind


class Purchase(Entity):
    """One purchase or return on a day. ``amount_minor``: minor units, above 0 for both kinds."""

    account_id: int
    person_id: int | None = None
    kind: PurchaseKind = "purchase"
    product: Line | None = None
    quantity: Annotated[int, Field(ge=1, le=10**9)] | None = None
    amount_minor: Minor | None = None
    currency: Currency | None = None
    purchased_on: date
    note: Note | None = None
    external_id: Line | None = None
    recorded_on: date
    logged_at: Moment
