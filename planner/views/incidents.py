"""What screens and commands show of incidents. Days and moments are ISO text."""

from __future__ import annotations

from typing import NamedTuple


class IncidentRow(NamedTuple):
    """One incident, with how many accounts it touches and how many of them were told."""

    id: int
    title: str
    detail: str | None
    severity: str
    owner_id: int | None
    owner: str | None
    root_cause: str | None
    started_at: str
    started_on: str
    ended_at: str | None
    ended_on: str | None
    accounts: int
    told: int
    complaints: int
    messages: int


class TouchedRow(NamedTuple):
    """One account that an incident touches; ``told_on`` None: nobody told it."""

    id: int
    account_id: int
    account: str
    tier: int | None
    owner_id: int | None
    owner: str | None
    complaint: str | None
    told_on: str | None
    told_at: str | None
    told_by: str | None
    person: str | None


class MessageRow(NamedTuple):
    """One line of an incident's log; ``told``: words for customers."""

    id: int
    noted_on: str
    noted_at: str
    told: bool
    message: str
    channel: str | None
    colleague: str | None
