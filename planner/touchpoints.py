"""Touchpoints: what was said between us and a customer, by whom and when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from planner.entity import Entity, Line, Moment, Note
from planner.vocabulary import Direction, Function, Intent, TouchpointKind

MOST_MINUTES = 10_080
"""A week: no contact lasts longer."""

Sentiment = Annotated[int, Field(ge=-2, le=2)]

TWO_WAY_KINDS = frozenset({"call", "meeting", "qbr", "training"})


class Touchpoint(Entity):
    """One contact. ``occurred_on`` is the local date, kept when logged and never derived again.

    ``thread_id`` is the contact that began the thread which this one answers.
    """

    account_id: int
    kind: TouchpointKind
    direction: Direction = "out"
    two_way: bool = False
    answered: bool = True
    function: Function | None = None
    colleague_id: int | None = None
    intent: Intent | None = None
    sentiment: Sentiment | None = None
    occurred_at: Moment
    occurred_on: date
    date_only: bool = False
    recorded_on: date
    logged_at: Moment
    note: Note = ""
    verbatim: Note | None = None
    topic: Line | None = None
    link: Line | None = None
    objective_id: int | None = None
    complaint_id: int | None = None
    thread_id: int | None = None
    action_id: int | None = None
    minutes: Annotated[int, Field(ge=0, le=MOST_MINUTES)] | None = None
    external_id: Line | None = None
    source: Line | None = None


class Participant(Entity):
    """A person of the account who took part; carries what coverage counts need."""

    touchpoint_id: int
    account_id: int
    person_id: int
    two_way: bool
    occurred_on: date
    recorded_on: date


def two_way_by_default(kind: str, direction: str, answered: bool = True) -> bool:
    """Whether a contact of this kind is a two-way touch unless somebody says otherwise.

    A held meeting, an answered call and a message from a person at the account are (rules.md).
    """
    if not answered:
        return False
    return kind in TWO_WAY_KINDS or (
        direction == "in" and kind in {"email", "chat", "sms", "letter", "social"}
    )
