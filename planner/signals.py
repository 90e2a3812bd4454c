"""Signals: what was heard about or from a customer without a talk: mentions, rumours, posts."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from planner.entity import Entity, Line, Moment, Name, Note
from planner.touchpoints import Sentiment
from planner.vocabulary import FeedbackOutcome, Function, SignalKind


class Signal(Entity):
    """One thing heard. ``heard_from`` is where or from whom; ``colleague_id`` who heard it.

    It ends as acted on, or declined with the reason; open until then.
    """

    account_id: int
    person_id: int | None = None
    colleague_id: int | None = None
    function: Function | None = None
    kind: SignalKind = "mention"
    signal: Name
    heard_from: Line | None = None
    link: Line | None = None
    sentiment: Sentiment | None = None
    heard_at: Moment
    heard_on: date
    date_only: bool = False
    recorded_on: date
    logged_at: Moment
    outcome: FeedbackOutcome | None = None
    outcome_note: Note | None = None
    closed_on: date | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Signal:
        check_closing(self.outcome, self.outcome_note, self.closed_on)
        return self


def check_closing(outcome: str | None, note: str | None, closed_on: date | None) -> None:
    """Feedback ends with an outcome and its day together; declined needs its reason.

    Raises ``ValueError`` with the field at fault.
    """
    if (outcome is None) != (closed_on is None):
        raise ValueError("outcome: feedback ends with an outcome and a day")
    if outcome == "declined" and not (note or "").strip():
        raise ValueError("outcome_note: say why it was declined")
