"""The Trust Enablement customer plan: its header, objectives, actions and risks.

The sections are a synthesis of the fields that account plans, success plans and mutual action
plans share; the article that names the plan does not publish a section list.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from planner.entity import Entity, Level, Line, Minor, Moment, Name, Note
from planner.vocabulary import (
    ActionStatus,
    Function,
    ObjectiveStatus,
    Origin,
    PlanSize,
    PlanStatus,
    RequestKind,
    Role,
    Side,
    SurveyTrigger,
)

Days = Annotated[int, Field(ge=1, le=3650)]


class Plan(Entity):
    """The header of an account's plan; one live plan per account."""

    account_id: int
    size: PlanSize = "starter"
    status: PlanStatus = "draft"
    period_start: date | None = None
    period_end: date | None = None
    north_star: Line | None = None
    north_star_target: Line | None = None
    next_review_on: date | None = None
    template: Line | None = None
    required_roles: tuple[Role, ...] | None = None
    sponsor_id: int | None = None
    meeting_rhythm: Line | None = None
    review_every_days: Days | None = None
    activated_on: date | None = None
    closed_on: date | None = None
    started_on: date
    created_at: Moment

    @model_validator(mode="after")
    def _consistent(self) -> Plan:
        if self.period_start and self.period_end and self.period_end < self.period_start:
            raise ValueError("period_end: the end lies before the start")
        return self


class Objective(Entity):
    """A goal of the customer. Priority 3 is the highest; a target may rise or fall.

    ``criterion_id``: the success criterion that gave the status; None: people did.
    ``status_by_hand``: it was set by hand although a criterion fits, and stays so.
    """

    account_id: int
    plan_id: int
    objective: Name
    metric: Line | None = None
    unit: Line | None = None
    baseline: float | None = None
    target: float | None = None
    actual: float | None = None
    actual_on: date | None = None
    priority: Level = 2
    status: ObjectiveStatus = "on_track"
    started_on: date | None = None
    due_on: date | None = None
    achieved_on: date | None = None
    owner_id: int | None = None
    their_owner: Line | None = None
    their_owner_id: int | None = None
    evidence: Note | None = None
    function: Function | None = None
    shared: bool = False
    criterion_id: int | None = None
    status_by_hand: bool = False
    recorded_on: date

    @model_validator(mode="after")
    def _consistent(self) -> Objective:
        for field in ("baseline", "target", "actual"):
            value = getattr(self, field)
            if value is not None and not -1e15 < value < 1e15:
                raise ValueError(f"{field}: it is no usable number")
        if self.baseline is not None and self.target is not None and self.baseline == self.target:
            raise ValueError("target: it equals the baseline, so nothing would change")
        if self.started_on and self.due_on and self.due_on < self.started_on:
            raise ValueError("due_on: it lies before the start")
        return self


class Action(Entity):
    """Something owed: by us or by them, what, by when; promised or not, shared or not.

    A promise, a request, a next step and a mutual action are views of this one record. ``request``
    is what somebody of theirs asked for (``asked_by_id``); ``answered_by_id`` the touchpoint that
    answered it.
    """

    account_id: int
    plan_id: int | None = None
    side: Side = "we"
    action: Name
    owner_id: int | None = None
    their_owner: Line | None = None
    their_owner_id: int | None = None
    starts_on: date | None = None
    due_on: date | None = None
    depends_on: tuple[int, ...] = ()
    done_means: Line | None = None
    promised: bool = False
    shared: bool = False
    status: ActionStatus = "open"
    done_on: date | None = None
    later_reason: Line | None = None
    origin: Origin = "account"
    origin_id: int | None = None
    playbook: Line | None = None
    request: RequestKind | None = None
    asked_by_id: int | None = None
    answered_by_id: int | None = None
    survey_trigger: SurveyTrigger | None = None
    recorded_on: date
    logged_at: Moment

    @model_validator(mode="after")
    def _consistent(self) -> Action:
        if self.starts_on and self.due_on and self.due_on < self.starts_on:
            raise ValueError("due_on: it lies before the start")
        return self


class Risk(Entity):
    """What may go wrong; likelihood 1 to 3, impact in minor units of ARR."""

    account_id: int
    plan_id: int
    risk: Name
    likelihood: Level = 2
    impact_minor: Minor | None = None
    owner_id: int | None = None
    evidence: Note | None = None
    early_sign: Note | None = None
    mitigation: Note | None = None
    exit: Note | None = None
    next_check_on: date | None = None
    closed_on: date | None = None
