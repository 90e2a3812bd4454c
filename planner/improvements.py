"""Improvements: what was changed because customers complained or said so."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from planner.entity import Entity, Line, Moment, Name, Note
from planner.vocabulary import FeedbackKind, ImprovementStatus


class Improvement(Entity):
    """One improvement. Done has a day; ``result`` is what came of it, in words for the customer."""

    improvement: Name
    root_cause: Line | None = None
    cause_detail: Line | None = None
    owner_id: int | None = None
    status: ImprovementStatus = "open"
    due_on: date | None = None
    done_on: date | None = None
    result: Note | None = None
    recorded_on: date
    logged_at: Moment

    @model_validator(mode="after")
    def _consistent(self) -> Improvement:
        if (self.status == "done") != (self.done_on is not None):
            raise ValueError("done_on: an improvement that is done has its day, no other has")
        return self


class ImprovementSource(Entity):
    """Which feedback an improvement came from: the row ``row_id`` of the table ``kind``."""

    account_id: int
    improvement_id: int
    kind: FeedbackKind
    row_id: int
