"""Pulse: what one function thinks of an account, from 1 to 5."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from planner.entity import Entity, Moment, Note
from planner.vocabulary import Function

PULSE_JUMP_NEEDS_REASON = 2


class Pulse(Entity):
    """One function's view on one day; ``score`` 5 is best."""

    account_id: int
    function: Function
    colleague_id: int | None = None
    score: Annotated[int, Field(ge=1, le=5)]
    reason: Note | None = None
    given_on: date
    recorded_on: date
    logged_at: Moment


def needs_reason(score: int, previous: int | None) -> bool:
    """A reason is needed for 1, for 5 and for a jump of two or more (rules.md)."""
    return score in (1, 5) or (
        previous is not None and abs(score - previous) >= PULSE_JUMP_NEEDS_REASON
    )
