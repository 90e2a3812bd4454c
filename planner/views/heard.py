"""What lists of signals and of survey answers show. Days and moments are ISO text."""

from __future__ import annotations

from typing import NamedTuple


class SignalRow(NamedTuple):
    """One thing heard; ``outcome`` is None while it is open."""

    id: int
    account_id: int
    account: str
    kind: str
    signal: str
    heard_from: str | None
    link: str | None
    sentiment: int | None
    person: str | None
    function: str | None
    colleague: str | None
    heard_at: str
    heard_on: str
    outcome: str | None
    outcome_note: str | None
    closed_on: str | None


class SurveyRow(NamedTuple):
    """One answer; ``person`` is None where it is anonymous, ``account`` where it is the book's."""

    id: int
    account_id: int | None
    account: str | None
    person: str | None
    kind: str
    score: int
    highest: int
    effort_high: bool
    comment: str | None
    trigger: str | None
    answered_at: str
    answered_on: str


class TouchRow(NamedTuple):
    """A touchpoint behind a figure."""

    id: int
    account_id: int
    account: str
    occurred_on: str
    kind: str
    direction: str
    function: str | None
    topic: str | None
    note: str
    minutes: int | None
