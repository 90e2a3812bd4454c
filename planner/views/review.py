"""What is prepared for the weekly review, step by step. Days are ISO text, money minor units."""

from __future__ import annotations

from typing import NamedTuple


class Owed(NamedTuple):
    """An action of last week that was not done."""

    id: int
    account_id: int
    account: str
    action: str
    owner: str | None
    due_on: str


class Card(NamedTuple):
    """One account: value at risk and its weight, why its score is what it is, what is open."""

    account_id: int
    account: str
    owner: str | None
    band: str
    shown: int | None
    coverage: float
    trend: int | None
    arr_minor: int | None
    risk_minor: int
    urgency: str
    renewal_on: str | None
    last_two_way_on: str | None
    causes: tuple[str, ...]
    caps: tuple[str, ...]
    fix: str | None
    complaints: tuple[str, ...]
    next_action: str | None


class Left(NamedTuple):
    """A red account beyond the time of the meeting: settled outside, and listed."""

    account_id: int
    account: str
    owner: str | None
    shown: int | None
    risk_minor: int


class Due(NamedTuple):
    """A renewal ahead or overdue that nobody decided."""

    account_id: int
    account: str
    owner: str | None
    end_on: str
    days: int
    notice_on: str | None
    forecast: str
    arr_minor: int
    currency: str


class ClashLine(NamedTuple):
    """Too much outreach on a day, or a hand-off that nobody accepted."""

    kind: str
    account: str
    what: str
    on: str | None


class ComplaintLine(NamedTuple):
    """An open complaint that is late, or is about to be."""

    number: str
    account_id: int
    account: str
    title: str
    severity: str
    owner: str | None
    clock: str
    due_on: str | None


class RepeatLine(NamedTuple):
    """A cause that came back at an account."""

    account: str
    cause: str
    repeats: int
    numbers: tuple[str, ...]


class GrowthLine(NamedTuple):
    """An open opportunity of an account whose health is green."""

    account_id: int
    account: str
    opportunity: str
    amount_minor: int | None
    currency: str | None
    next_step: str | None
    next_on: str | None


class DecidedLine(NamedTuple):
    """A renewal that was decided in the last seven days: a win, or a lesson."""

    account: str
    won: bool
    arr_minor: int
    currency: str
    on: str


class BandLine(NamedTuple):
    """A band of the book: accounts, ARR, and how many came into it since a week ago."""

    band: str
    accounts: int
    arr_minor: int
    came: int
    went: int


class ReviewPack(NamedTuple):
    """All of it. ``compared``: accounts of which a score of a week ago is stored."""

    on: str
    currency: str
    scope: str
    minutes: int
    accounts: int
    bands: tuple[BandLine, ...]
    compared: int
    coverage: float | None
    red_share: float | None
    foreign: int
    due: int
    done: int
    carried: tuple[Owed, ...]
    cards: tuple[Card, ...]
    left: tuple[Left, ...]
    renewals: tuple[Due, ...]
    clashes: tuple[ClashLine, ...]
    complaints: tuple[ComplaintLine, ...]
    repeats: tuple[RepeatLine, ...]
    growth: tuple[GrowthLine, ...]
    decided: tuple[DecidedLine, ...]
