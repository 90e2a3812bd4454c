"""Incidents: one disturbance, many accounts, one log of messages, and who has been told."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from planner.entity import Entity, Line, Moment, Name, Note
from planner.vocabulary import Channel, Severity


class Incident(Entity):
    """One incident with exactly one accountable owner; it runs until ``ended_at``."""

    title: Name
    detail: Note | None = None
    severity: Severity = "high"
    owner_id: int | None = None
    root_cause: Line | None = None
    started_at: Moment
    started_on: date
    ended_at: Moment | None = None
    ended_on: date | None = None
    recorded_on: date
    logged_at: Moment

    @model_validator(mode="after")
    def _consistent(self) -> Incident:
        if self.ended_at is not None and self.ended_at < self.started_at:
            raise ValueError("ended_at: it lies before the start")
        if (self.ended_at is None) != (self.ended_on is None):
            raise ValueError("ended_at: an end has its moment and its day")
        return self


class IncidentAccount(Entity):
    """An account that an incident touches, and when, by whom and which person was told."""

    account_id: int
    incident_id: int
    complaint_id: int | None = None
    told_at: Moment | None = None
    told_on: date | None = None
    told_by_id: int | None = None
    person_id: int | None = None


class IncidentMessage(Entity):
    """A line of an incident's log; ``told``: words for customers, else among us."""

    incident_id: int
    told: bool = False
    message: Note
    channel: Channel | None = None
    colleague_id: int | None = None
    noted_at: Moment
    noted_on: date

    @model_validator(mode="after")
    def _consistent(self) -> IncidentMessage:
        if not self.message.strip():
            raise ValueError("message: it is empty")
        return self
