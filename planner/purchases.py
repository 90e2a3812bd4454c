"""Purchases and returns: what a customer bought, when, for how much, and what came back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from planner.entity import Currency, Entity, Line, Minor, Moment, Note
from planner.vocabulary import PurchaseKind

MOST_TIMES = 100_000


class Purchase(Entity):
    """One purchase or return on a day. ``amount_minor``: minor units, above 0 for both kinds.

    ``times``: how many purchases it stands for, where only their number and the last day are known.
    ``source`` and ``extra``: where an imported one came from, and columns that fill no field.
    """

    account_id: int
    person_id: int | None = None
    kind: PurchaseKind = "purchase"
    product: Line | None = None
    quantity: Annotated[int, Field(ge=1, le=10**9)] | None = None
    amount_minor: Minor | None = None
    currency: Currency | None = None
    purchased_on: date
    times: Annotated[int, Field(ge=1, le=MOST_TIMES)] = 1
    note: Note | None = None
    external_id: Line | None = None
    source: Line | None = None
    extra: dict[str, str] = Field(default_factory=dict)
    recorded_on: date
    logged_at: Moment
