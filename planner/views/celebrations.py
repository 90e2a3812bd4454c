"""What lists of dates to celebrate and of advocacy show. Days are ISO text."""

from __future__ import annotations

from typing import NamedTuple


class CelebrationLine(NamedTuple):
    """A date to celebrate of an account or of one of its people."""

    id: int
    account_id: int
    account: str
    kind: str
    label: str
    person: str | None
    on_date: str
    yearly: bool
    link: str | None
    marked_on: str | None
    owner_id: int | None
    owner: str | None


class AdvocacyRow(NamedTuple):
    """Something a customer did for us."""

    id: int
    account_id: int
    account: str
    kind: str
    advocacy: str
    person: str | None
    on_date: str
    link: str | None
