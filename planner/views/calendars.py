"""Rows of calendars."""

from __future__ import annotations

from typing import NamedTuple


class CalendarRow(NamedTuple):
    """One calendar. ``hours`` as typed; ``free_days`` ISO dates; ``accounts`` that have it as
    their own; ``is_book``: it is that of accounts without one."""

    id: int
    name: str
    zone: str
    hours: str
    country: str | None
    subdivision: str | None
    free_days: tuple[str, ...]
    accounts: int
    is_book: bool
