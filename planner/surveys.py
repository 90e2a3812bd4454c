"""Surveys: one answer to NPS, CSAT or CES, of a person, of an account or of nobody named."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from planner.entity import Entity, Line, Moment, Note
from planner.signals import check_closing
from planner.vocabulary import FeedbackOutcome, SurveyKind, SurveyTrigger

HIGHEST = {"nps": 10, "csat": 5, "ces": 7}
"""The highest score of each kind unless the survey said otherwise; NPS starts at 0, others at 1."""


class Survey(Entity):
    """One answer. Without a person it is anonymous, without an account it is the book's.

    ``score`` runs to ``highest``; ``effort_high``: a high CES means much effort.
    """

    account_id: int | None = None
    person_id: int | None = None
    kind: SurveyKind
    score: Annotated[int, Field(ge=0, le=100)]
    highest: Annotated[int, Field(ge=1, le=100)] = 10
    effort_high: bool = False
    comment: Note | None = None
    trigger: SurveyTrigger | None = None
    answered_at: Moment
    answered_on: date
    date_only: bool = False
    recorded_on: date
    logged_at: Moment
    external_id: Line | None = None
    outcome: FeedbackOutcome | None = None
    outcome_note: Note | None = None
    closed_on: date | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Survey:
        if not (0 if self.kind == "nps" else 1) <= self.score <= self.highest:
            raise ValueError("score: it lies outside the scale")
        if self.person_id is not None and self.account_id is None:
            raise ValueError("account: a person's answer belongs to an account")
        check_closing(self.outcome, self.outcome_note, self.closed_on)
        return self
