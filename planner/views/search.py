"""What find as you type shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One match: ``kind`` is account, person, complaint, survey, signal or touchpoint.

    ``near`` for near names.
    """

    kind: str
    id: int
    account_id: int | None
    label: str
    account: str | None = None
    near: bool = False
