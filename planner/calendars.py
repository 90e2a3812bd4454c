"""Working calendars of the book: hours, time zone, public holidays, free days of our own."""

from __future__ import annotations

from datetime import date

from pydantic import field_validator

from planner.entity import Entity, Line, Name


class Calendar(Entity):
    """One calendar by its name. ``hours`` as typed: ``mon-fri 09:00-17:00; sat 10:00-14:00``.

    ``zone``: IANA name. ``country``, ``subdivision``: whose public holidays are free (ISO 3166
    codes as the ``holidays`` library knows them). ``free_days``: free days beside those,
    ISO dates.
    """

    name: Name
    zone: Line
    hours: Line
    country: Line | None = None
    subdivision: Line | None = None
    free_days: tuple[Line, ...] = ()

    @field_validator("free_days")
    @classmethod
    def _days(cls, days: tuple[str, ...]) -> tuple[str, ...]:
        try:
            return tuple(date.fromisoformat(day).isoformat() for day in days)
        except ValueError:
            raise ValueError("it is no list of days such as 2026-12-24") from None
