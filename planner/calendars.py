"""Working calendars of the book: hours, time zone, public holidays, free days of our own."""

from __future__ import annotations

from datetime import date

from pydantic import field_validator

from planner.clocks import BusinessCalendar, default_calendar
from planner.entity import Entity, Line, Name
from planner.errors import Refused
from planner.working_hours import working_calendar

DEFAULT_CALENDAR = "calendar"
"""The setting that names the calendar of accounts without one of their own."""
NO_CALENDAR = "none"
"""What it says where Monday to Friday 09:00 to 17:00 in the book's zone holds."""


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

    def business(self) -> BusinessCalendar:
        """The calendar as clocks read it. Raises ``Refused`` that names the field at fault."""
        return working_calendar(
            self.zone, self.hours, self.country, self.subdivision, self.free_days
        )


def business_calendar(calendar: Calendar | None, zone: str) -> BusinessCalendar:
    """The calendar of an account; office hours in the book's ``zone`` without one that is fit."""
    if calendar is None or calendar.archived_at is not None:
        return default_calendar(zone)
    try:
        return calendar.business()
    except Refused:
        return default_calendar(zone)
