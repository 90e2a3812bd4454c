"""Value delivered: what an objective measured over time, and dated proofs the customer confirms."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from planner.entity import Entity, Line, Name, Note

LARGEST = 1e15


def usable(value: float | None) -> bool:
    """Whether a figure can be stored and compared: finite and below 10^15 either way."""
    return value is None or -LARGEST < value < LARGEST


class Measurement(Entity):
    """What an objective's metric read on a day; the newest one is the objective's actual."""

    account_id: int
    objective_id: int
    actual: float
    measured_on: date
    confirmed_on: date | None = None
    confirmed_by_id: int | None = None
    note: Note | None = None
    recorded_on: date

    @model_validator(mode="after")
    def _consistent(self) -> Measurement:
        if not usable(self.actual):
            raise ValueError("actual: it is no usable number")
        return self


class Proof(Entity):
    """A dated point of value delivered, with its figure; counted once the customer confirmed it."""

    account_id: int
    plan_id: int
    proof: Name
    on_date: date
    figure: float | None = None
    unit: Line | None = None
    objective_id: int | None = None
    confirmed_on: date | None = None
    confirmed_by_id: int | None = None
    shared: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Proof:
        if not usable(self.figure):
            raise ValueError("figure: it is no usable number")
        return self
