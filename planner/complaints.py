"""Complaints and the way they go, after ISO 10002."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from planner.entity import Entity, Line, Moment, Name, Note
from planner.vocabulary import Channel, ComplaintStage, Severity, Triage

Minutes = Annotated[int, Field(ge=1, le=2_000_000)]


class Complaint(Entity):
    """One complaint. Targets are business minutes; due moments count the pauses so far.

    ``next_due``: when the first clock that runs is due, ``at_risk_at``: from when on it is at risk;
    both None where none runs. ``root_cause`` and ``cause_detail`` are the two levels of the cause.
    A complaint handed over stays its owner's until ``handed_to_id`` accepts it. ``advocate_on``:
    when the customer, once it was solved, spoke for us.
    """

    number: str
    account_id: int
    person_id: int | None = None
    owner_id: int | None = None
    title: Name
    detail: Note = ""
    severity: Severity = "medium"
    channel: Channel | None = None
    stage: ComplaintStage = "received"
    waiting_since: Moment | None = None
    opened_at: Moment
    opened_on: date
    recorded_on: date
    logged_at: Moment
    ack_target: Minutes | None = None
    response_target: Minutes | None = None
    resolution_target: Minutes | None = None
    ack_due: Moment | None = None
    response_due: Moment | None = None
    resolution_due: Moment | None = None
    acknowledged_at: Moment | None = None
    answered_at: Moment | None = None
    resolved_at: Moment | None = None
    resolved_on: date | None = None
    closed_at: Moment | None = None
    root_cause: Line | None = None
    remedy_sought: Note | None = None
    remedy_given: Note | None = None
    promised: Note | None = None
    satisfied: bool | None = None
    excluded: Literal["withdrawn", "merged"] | None = None
    external_id: Line | None = None
    triage: Triage | None = None
    cause_detail: Line | None = None
    whys: Annotated[tuple[Line, ...], Field(max_length=5)] = ()
    handed_to_id: int | None = None
    handed_by_id: int | None = None
    handed_on: date | None = None
    hand_note: Note | None = None
    incident_id: int | None = None
    advocate_on: date | None = None
    merged_into_id: int | None = None
    reopened_on: date | None = None
    reopen_reason: Note | None = None
    next_due: Moment | None = None
    at_risk_at: Moment | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Complaint:
        if (
            self.response_target is not None
            and self.resolution_target is not None
            and self.resolution_target < self.response_target
        ):
            raise ValueError("resolution_target: it is shorter than the response target")
        return self

    @property
    def is_open(self) -> bool:
        """Whether the complaint still waits for a solution."""
        return self.resolved_at is None
