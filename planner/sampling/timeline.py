"""The sample's own clock: days counted back from today, and ids that follow it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.ids import COUNTER_BITS, EPOCH_MS, MAX_WRITER, WRITER_BITS, TimeOrderedIds

HISTORY_DAYS = 548
"""Eighteen months."""
OPENS, CLOSES = 9 * 60, 17 * 60
MINUTE_MS = 60_000

NewId = Callable[[int, int], int]
"""Makes the id of something that happened so many days ago at a minute of the day."""


class Timeline:
    """Days are counted back from today (0); days ahead are negative. Minutes are local.

    Every text it gives is as the store keeps it: dates local, moments UTC.
    """

    def __init__(self, today: date, zone: ZoneInfo) -> None:
        self.today = today
        self._weekday = today.weekday()
        self._zone = zone
        self._iso: dict[int, str] = {}
        self._offset: dict[int, int] = {}
        self._midnight: dict[int, int] = {}

    def day(self, back: int) -> date:
        """The date so many days ago."""
        return self.today - timedelta(days=back)

    def back(self, day: date) -> int:
        """How many days ago a date was."""
        return (self.today - day).days

    def iso(self, back: int) -> str:
        """The date so many days ago, as text."""
        text = self._iso.get(back)
        if text is None:
            text = self._iso[back] = self.day(back).isoformat()
        return text

    def moment(self, back: int, minute: int) -> str:
        """A local minute of a day as UTC text."""
        total = minute - self._utc_offset(back)
        if not 0 <= total < 1440:
            shift, total = divmod(total, 1440)
            back -= shift
        return f"{self.iso(back)}T{total // 60:02}:{total % 60:02}:00.000000Z"

    def epoch_ms(self, back: int, minute: int) -> int:
        """A local minute of a day in milliseconds since 1970."""
        start = self._midnight.get(back)
        if start is None:
            day = datetime.combine(self.day(back), time(), UTC)
            start = self._midnight[back] = int(day.timestamp() * 1000)
        return start + (minute - self._utc_offset(back)) * MINUTE_MS

    def is_workday(self, back: int) -> bool:
        """Whether the day is one from Monday to Friday."""
        return (self._weekday - back) % 7 < 5

    def workday(self, back: int) -> int:
        """The day itself, else the last workday before it."""
        while not self.is_workday(back):
            back += 1
        return back

    def workday_ahead(self, ahead: int) -> int:
        """The workday at least so many days ahead, counted back (0 or negative)."""
        back = -ahead
        while not self.is_workday(back):
            back -= 1
        return back

    def after(self, back: int, minute: int, minutes: int) -> tuple[int, int]:
        """The (day, minute) at which so many business minutes are used up.

        The default calendar: Monday to Friday, 09:00 to 17:00, no holidays.
        """
        while True:
            if not self.is_workday(back) or minute >= CLOSES:
                back, minute = back - 1, OPENS
                continue
            minute = max(minute, OPENS)
            if minutes <= CLOSES - minute:
                return back, minute + minutes
            minutes -= CLOSES - minute
            back, minute = back - 1, OPENS

    def _utc_offset(self, back: int) -> int:
        minutes = self._offset.get(back)
        if minutes is None:
            offset = datetime.combine(self.day(back), time(12), self._zone).utcoffset()
            minutes = self._offset[back] = int((offset or timedelta()).total_seconds() // 60)
        return minutes


class SampleIds:
    """Ids in the layout of ``planner.ids``, the same for the same book.

    ``by_time``: an id follows the moment it is asked for, whatever the order of asking, and no two
    accounts can clash. Otherwise ids grow in the order of asking, which big books write faster.
    """

    def __init__(self, timeline: Timeline, *, by_time: bool) -> None:
        self._timeline = timeline
        self._by_time = by_time
        start = timeline.epoch_ms(HISTORY_DAYS, 0)
        self._next = TimeOrderedIds(lambda: start, MAX_WRITER)

    def source(self, index: int) -> NewId:
        """The ids of one account, by its place in the book from 0."""
        if not self._by_time:
            return lambda _back, _minute: self._next()
        used: dict[int, int] = {}
        head, shift = divmod(index, MINUTE_MS)

        def new_id(back: int, minute: int) -> int:
            ms = self._timeline.epoch_ms(back, minute) + shift - EPOCH_MS
            count = used.get(ms, 0)
            used[ms] = count + 1
            return (ms << (WRITER_BITS + COUNTER_BITS)) | (head << COUNTER_BITS) | count

        return new_id
