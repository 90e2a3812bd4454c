"""What a talk that is to be logged is likely to be: the meeting of today, the usual channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PlannedTalk:
    """A meeting that is planned and not logged yet; ``people`` are those who are to attend."""

    id: int
    title: str
    kind: str
    starts_at: datetime
    starts_on: date
    date_only: bool
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """An open action as a choice: the day it is due is empty where none was agreed."""

    id: int
    action: str
    side: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class OwedContact:
    """The line of Today that asks for a two-way touch, and the days that one keeps it away."""

    due_on: date
    cadence_days: int
