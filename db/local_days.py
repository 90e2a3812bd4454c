"""Local days of stored moments, looked up instead of computed: many moments, one zone."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

BEFORE, AFTER = 100, 500
"""Days around today that are looked up; others are computed."""


class LocalDays:
    """The days around ``today`` in a zone, by the moments (UTC text) at which they begin."""

    def __init__(self, zone: ZoneInfo, today: date) -> None:
        self._zone = zone
        self._first = today.toordinal() - BEFORE
        self._begins = [
            _text(datetime.combine(today + timedelta(days=number), time(), zone))
            for number in range(-BEFORE, AFTER)
        ]

    def begin(self, day: int) -> str:
        """The moment at which a day (ordinal) from 100 days back on begins."""
        return self._begins[day - self._first]

    def day_of(self, moment: str) -> int:
        """The local day (ordinal) of a stored moment."""
        place = bisect_right(self._begins, moment)
        if 0 < place < len(self._begins):
            return self._first + place - 1
        return datetime.fromisoformat(moment).astimezone(self._zone).date().toordinal()


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


@lru_cache(maxsize=4)
def local_days(zone: ZoneInfo, today: date) -> LocalDays:
    """The days around one day of a zone; a few are kept."""
    return LocalDays(zone, today)
