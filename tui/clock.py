"""The system clock: the only place that reads the machine's time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class SystemClock:
    """The machine's time; with ``today`` given, *now* is that date at the machine's time of day."""

    def __init__(self, today: date | None = None, zone: ZoneInfo | None = None) -> None:
        self._today = today
        self._zone = zone or ZoneInfo("UTC")

    def in_zone(self, zone: ZoneInfo) -> SystemClock:
        """The same clock for a book's zone, in which ``--today`` is meant."""
        return SystemClock(self._today, zone)

    @property
    def given_day(self) -> str | None:
        """The day that stands for today, as ISO text, when one was given."""
        return None if self._today is None else self._today.isoformat()

    def now(self) -> datetime:
        """The moment that rules use."""
        real = self.real_now()
        if self._today is None:
            return real
        local = real.astimezone(self._zone)
        days = (self._today - local.date()).days
        return (local + timedelta(days=days)).astimezone(UTC)

    def real_now(self) -> datetime:
        """The machine's moment."""
        return datetime.now(UTC)
