"""Surveys that were sent: the base of the response rate."""

from __future__ import annotations

from datetime import date

from planner.entity import Entity, Moment
from planner.vocabulary import SurveyKind, SurveyTrigger


class SurveySent(Entity):
    """One survey sent to one person, or to an account when nobody is named.

    ``delivered`` false: it came back. ``action_id``: the task it was. No answer is tied to it, so
    that an anonymous one stays so.
    """

    account_id: int
    person_id: int | None = None
    kind: SurveyKind
    trigger: SurveyTrigger | None = None
    action_id: int | None = None
    delivered: bool = True
    sent_at: Moment
    sent_on: date
    date_only: bool = False
    recorded_on: date
    logged_at: Moment
