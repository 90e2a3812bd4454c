"""What somebody saved, as a screen that is open hears of it."""

from __future__ import annotations

from typing import NamedTuple


class ChangeNote(NamedTuple):
    """One change: its id, who, when (UTC text), what in words, and the accounts it touched."""

    change_id: int
    actor: str
    at: str
    summary: str
    account_ids: frozenset[int]
