"""What belongs to a complaint beside its way: notes, waits for the customer, links of cause."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from planner.entity import Entity, Line, Moment, Note


class ComplaintNote(Entity):
    """A line under a complaint. ``told``: the customer was told it; else it stays among us."""

    account_id: int
    complaint_id: int
    told: bool = False
    note: Note
    colleague_id: int | None = None
    person_id: int | None = None
    noted_at: Moment
    noted_on: date
    date_only: bool = False
    recorded_on: date
    logged_at: Moment

    @model_validator(mode="after")
    def _consistent(self) -> ComplaintNote:
        if not self.note.strip():
            raise ValueError("note: it is empty")
        return self


class ComplaintPause(Entity):
    """A stretch in which a complaint waited for the customer; ``until_at`` None: it still does."""

    account_id: int
    complaint_id: int
    since_at: Moment
    until_at: Moment | None = None


class CauseLink(Entity):
    """What a person decided about two complaints: the same cause, or (``same`` false) not."""

    account_id: int
    complaint_id: int
    other_id: int
    same: bool = True
    reason: Line | None = None
    decided_on: date
