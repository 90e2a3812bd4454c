"""Meetings that are planned, from an invitation or by hand, and who attends."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from planner.entity import Entity, Line, Moment, Name, Note
from planner.ids import MAX_ID
from planner.vocabulary import MeetingStatus, TouchpointKind


class Meeting(Entity):
    """One meeting to come or past. ``uid`` and ``sequence`` are the invitation's (RFC 5545).

    ``touchpoint_id`` is the contact that it was logged as; a past one without it is to be logged.
    """

    account_id: int
    title: Name
    kind: TouchpointKind = "meeting"
    colleague_id: int | None = None
    starts_at: Moment
    starts_on: date
    date_only: bool = False
    ends_at: Moment | None = None
    place: Line | None = None
    note: Note | None = None
    status: MeetingStatus = "planned"
    uid: Line | None = None
    sequence: Annotated[int, Field(ge=0, le=MAX_ID)] = 0
    touchpoint_id: int | None = None
    recorded_on: date
    logged_at: Moment

    @model_validator(mode="after")
    def _consistent(self) -> Meeting:
        if self.ends_at is not None and self.ends_at < self.starts_at:
            raise ValueError("ends_at: the end lies before the start")
        return self


class Attendee(Entity):
    """A person of the account who is to attend a meeting."""

    meeting_id: int
    account_id: int
    person_id: int
