"""Which survey follows which event, and by when a bad answer is followed up. Pure.

A setting ``survey.<trigger>`` holds nps, csat, ces, or none for no survey.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from planner.language import gettext as _
from planner.vocabulary import SURVEY_KINDS
from planner.vocabulary_words import value_words

PREFIX = "survey."
NONE = "none"
DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "survey.onboarding_done": "nps",
        "survey.qbr_done": "nps",
        "survey.complaint_closed": "ces",
        "survey.renewal_signed": "nps",
    }
)
"""The surveys of a book that says nothing: effort after a complaint, else whether they would
recommend us."""
FRESH_DAYS = 30
"""What happened longer ago asks for no survey any more."""
CALL_BACK_DAYS = 2
"""Business days within which a bad answer is followed up."""
LONGEST_NAME = 80
"""So much of a name goes into the words of a task."""
STALE_ANSWER_DAYS = 14
"""An imported answer older than this is not followed up."""


def usable(text: str) -> bool:
    """Whether a setting of a survey can be read."""
    return text == NONE or text in SURVEY_KINDS


def survey_kind(trigger: str, chosen: str | None) -> str | None:
    """The kind of survey that follows an event; ``chosen`` is the book's setting. None: none."""
    default = DEFAULTS.get(PREFIX + trigger, "nps")
    kind = chosen if chosen is not None and usable(chosen) else default
    return None if kind == NONE else kind


def is_fresh(on: date, today: date) -> bool:
    """Whether an event is near enough to ask about it."""
    return (today - on).days <= FRESH_DAYS


def task_words(trigger: str) -> str:
    """What the task of sending a survey is called."""
    return _("send the survey: {event}").format(event=value_words(trigger))


def due_words(trigger: str, person: str | None) -> str:
    """What Today says of a survey to be sent."""
    event = value_words(trigger)
    if person is None:
        return _("send a survey: {event}").format(event=event)
    return _("send {person} a survey: {event}").format(person=person, event=event)


def call_back_words(kind: str, score: int, highest: int, person: str | None) -> str:
    """What the follow-up of a bad answer is called."""
    said = _("{kind} {score} of {highest}").format(kind=kind.upper(), score=score, highest=highest)
    if person is None:
        return _("follow up an anonymous answer: {answer}").format(answer=said)
    name = person if len(person) <= LONGEST_NAME else person[: LONGEST_NAME - 1] + "…"
    return _("call {person} back: {answer}").format(person=name, answer=said)
