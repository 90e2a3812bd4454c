"""Contracts, and the milestones on the way to a renewal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from planner.entity import Currency, Entity, Line, Minor, Name, Note
from planner.vocabulary import ContractStatus, Forecast, PricePosition

Percent = Annotated[float, Field(ge=-100.0, le=1000.0)]


class Contract(Entity):
    """What is agreed. ``end_on`` is the last covered day; ``arr_minor`` is a year's revenue.

    ``renew_amount_minor`` is the year's revenue expected after the renewal, ``fallback`` what we
    do without an agreement, ``paused_to`` the end of a pause or grace that we granted.
    The notice deadline is ``end_on`` minus ``notice_days`` calendar days (metrics.md 4.14).
    """

    account_id: int
    name: Name = "contract"
    external_id: Line | None = None
    arr_minor: Minor
    currency: Currency
    start_on: date | None = None
    end_on: date | None = None
    notice_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    auto_renew: bool = False
    status: ContractStatus = "active"
    forecast: Forecast = "unknown"
    decided_on: date | None = None
    cancellation_on: date | None = None
    cancellation_withdrawn_on: date | None = None
    invoice_overdue_since: date | None = None
    note: Note | None = None
    renew_amount_minor: Minor | None = None
    uplift_percent: Percent | None = None
    term_months: Annotated[int, Field(ge=1, le=600)] | None = None
    term_options: Line | None = None
    price_position: PricePosition | None = None
    competitor_price: Line | None = None
    discount_history: Note | None = None
    decision_buyer_id: int | None = None
    decision_criteria: Note | None = None
    decision_process: Note | None = None
    paper_process: Note | None = None
    competition: Note | None = None
    fallback: Note | None = None
    offer_limit_minor: Minor | None = None
    forecast_probability: Annotated[float, Field(ge=0.0, le=1.0)] | None = None
    forecast_reason: Line | None = None
    paused_to: date | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Contract:
        if self.start_on and self.end_on and self.end_on < self.start_on:
            raise ValueError("end_on: the end lies before the start")
        return self

    @property
    def notice_on(self) -> date | None:
        """The last day on which notice can be given, or None while it is unknown."""
        if self.end_on is None or self.notice_days is None:
            return None
        return self.end_on - timedelta(days=self.notice_days)


class Milestone(Entity):
    """A renewal milestone that was reached: T minus ``offset_days`` of one contract."""

    account_id: int
    contract_id: int
    offset_days: Annotated[int, Field(ge=0, le=365)]
    done_on: date
