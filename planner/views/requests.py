"""What lists of requests and promises show. Days are ISO text."""

from __future__ import annotations

from typing import NamedTuple


class RequestRow(NamedTuple):
    """Something they asked for; ``asked_on`` is the day of the contact it came up in."""

    id: int
    account_id: int
    account: str
    request: str
    action: str
    asked_by_id: int | None
    asked_by: str | None
    asked_on: str
    owner_id: int | None
    owner: str | None
    due_on: str | None
    status: str
    done_on: str | None
    answered_by_id: int | None


class PromiseRow(NamedTuple):
    """Something we promised them."""

    id: int
    account_id: int
    account: str
    action: str
    promised_to: str | None
    owner_id: int | None
    owner: str | None
    due_on: str | None
    status: str
    done_on: str | None
