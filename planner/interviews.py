"""Interviews (why they bought, stay, leave) and the lines of a plan's sections."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from planner.entity import Entity, Line, Note
from planner.vocabulary import (
    Channel,
    Function,
    InterviewKind,
    InterviewMethod,
    PlanSection,
    Source,
)


class Interview(Entity):
    """A talk about why, tied to the touchpoint in which it was held.

    ``reason`` and ``reason_detail`` are the two levels of why they leave; what was said and what
    lies beneath it are kept apart.
    """

    account_id: int
    kind: InterviewKind
    touchpoint_id: int | None = None
    person_id: int | None = None
    held_on: date
    method: InterviewMethod | None = None
    reason: Line | None = None
    reason_detail: Line | None = None
    stated_reason: Note | None = None
    root_cause: Note | None = None
    evidence: Note | None = None
    win_back_on: date | None = None


class Entry(Entity):
    """One line of a plan's section: a pain, an answer, a strength, a QBR date, a quiet time.

    ``field`` says what the line is (planner.plan_fields lists them by section). ``source`` keeps
    what the customer said apart from what we assume. ``driver`` is the value driver it speaks of;
    ``told_on`` the day on which the customer was told.
    """

    account_id: int
    plan_id: int | None = None
    section: PlanSection
    field: Line
    entry: Note
    source: Source = "assumed"
    interview_id: int | None = None
    person_id: int | None = None
    colleague_id: int | None = None
    function: Function | None = None
    channel: Channel | None = None
    topic: Line | None = None
    driver: Line | None = None
    on_date: date | None = None
    to_date: date | None = None
    told_on: date | None = None
    closed_on: date | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Entry:
        if not self.entry.strip() and self.on_date is None:
            raise ValueError("entry: it is empty")
        if self.on_date and self.to_date and self.to_date < self.on_date:
            raise ValueError("to_date: the end lies before the start")
        return self
