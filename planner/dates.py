"""Days and moments as people write them, with nothing guessed.

Rules, each tested:
- A weekday is, for things that happened (``past``), the most recent such day not after today;
  otherwise the next one, today included. With a time it is the nearest such moment not after
  (not before) now.
- A day and month without a year follow the same rule. "next friday", "next week", "3/4/2026"
  mean different days to different people and are refused.
- A day without a time is 12:00 local and marked ``date_only``; a time alone is today's.
- A local time that a clock change skips is read with the offset before the change (02:30 becomes
  03:30); one that comes twice is the first of the two.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.date_words import ENGLISH, DateWords, words_in_force
from planner.errors import Refused
from planner.language import gettext as _
from planner.numerals import ascii_digits
from planner.spelling import did_you_mean
from planner.text import fold

MIN_YEAR = 1900
MAX_YEAR = 2200
NOON = time(12, 0)
LONGEST_WHEN = 60
_FURTHEST = {"min": 600_000, "h": 10_000, "d": 100_000, "w": 15_000, "mo": 3_600, "y": 300}
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ISO_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[t ](\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?) ?(z|[+-]\d{2}:?\d{2})?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?")
_HALF_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))? ?([a-z.]+)")
_SIGNED = re.compile(r"([+-]) ?(\d{1,9}) ?([^\W\d]+)")
_COUNTED = re.compile(r"(\d{1,9}) ?([^\W\d]+)")


@dataclass(frozen=True, slots=True)
class When:
    """A day in the given zone and its moment in UTC; noon stands in where only a day was said."""

    on: date
    at: datetime
    date_only: bool


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every rule needs: the local moment that counts as now, the direction, the words."""

    now: datetime
    past: bool
    words: DateWords

    @property
    def today(self) -> date:
        return self.now.date()


def parse_when(
    text: str, now: datetime, zone: ZoneInfo, past: bool, words: DateWords | None = None
) -> When:
    """What day or moment ``text`` names, seen from ``now`` (aware) in ``zone``.

    ``past`` is true for things that happened. Raises ``Refused``, with what is accepted, for
    every text that is not understood or that names a day that does not exist. ``words`` are those
    of English and of the current language unless said.
    """
    words = words or words_in_force()
    reader = _Reader(now.astimezone(zone), past, words)
    plain = fold(ascii_digits(text[: LONGEST_WHEN + 1]))
    try:
        found = _read(plain, reader, zone) if len(plain) <= LONGEST_WHEN else None
    except (OverflowError, ValueError):
        raise Refused(_("{text} is a day that does not exist.").format(text=_shown(text))) from None
    if found is None:
        raise Refused(_not_understood(text, plain, words))
    if not MIN_YEAR <= found.on.year <= MAX_YEAR:
        raise Refused(
            _("{text} lies outside the years {first} to {last}.").format(
                text=_shown(text), first=MIN_YEAR, last=MAX_YEAR
            )
        )
    return found


def parse_day(text: str, today: date, past: bool, words: DateWords | None = None) -> date:
    """The day that ``text`` names, seen from ``today``. Raises ``Refused``, also for a time."""
    found = parse_when(text, datetime.combine(today, NOON, UTC), ZoneInfo("UTC"), past, words)
    if not found.date_only:
        raise Refused(_("{text} names a time; a day is wanted here.").format(text=_shown(text)))
    return found.on


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, clamped to the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def local_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A local wall time as a UTC moment: a skipped one moves on, a doubled one is the first."""
    return datetime.combine(day, clock.replace(fold=0), zone).astimezone(UTC)


def _shown(text: str) -> str:
    return repr(text if len(text) <= LONGEST_WHEN else text[:LONGEST_WHEN] + "…")


def _not_understood(text: str, plain: str, words: DateWords) -> str:
    sentence = _(
        "{text} is not understood as a day; write 2026-03-12, 2026-03-12 14:00, 12 Mar, "
        "today, yesterday 14:00, fri, -2d, in 3 days or 14:00."
    ).format(text=_shown(text))
    first = plain.partition(" ")[0]
    return sentence + (did_you_mean(first, words.all_words()) if first.isalpha() else "")


def _read(plain: str, reader: _Reader, zone: ZoneInfo) -> When | None:
    if plain in reader.words.now:
        return _moment(reader.now)
    found = _iso_moment(plain, zone) or _shifted(plain, reader)
    if found is not None:
        return found
    day_words, clock = _split_time(plain, reader.words)
    if not day_words:
        return None if clock is None else _timed(reader.today, clock, zone)
    day = _day(day_words, clock, reader)
    if day is None:
        return None
    if clock is None:
        return When(day, local_moment(day, NOON, zone), True)
    return _timed(day, clock, zone)


def _moment(local: datetime) -> When:
    return When(local.date(), local.astimezone(UTC), False)


def _timed(day: date, clock: time, zone: ZoneInfo) -> When:
    moment = local_moment(day, clock, zone)
    return When(moment.astimezone(zone).date(), moment, False)


def _iso_moment(plain: str, zone: ZoneInfo) -> When | None:
    match = _ISO_MOMENT.fullmatch(plain)
    if match is None:
        return None
    clock = _clock(match[2]) or time(0)
    day = date.fromisoformat(match[1])
    if not match[3]:
        return _timed(day, clock, zone)
    offset = "+00:00" if match[3] == "z" else match[3]
    moment = datetime.fromisoformat(f"{day.isoformat()}T{clock.isoformat()}{offset}")
    return _moment(moment.astimezone(zone))


def _clock(text: str) -> time | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    micro = int((match[4] or "0").ljust(6, "0"))
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    return time(hour, minute, second, micro)


def _half_clock(text: str, words: DateWords) -> time | None:
    match = _HALF_CLOCK.fullmatch(text)
    if match is None:
        return None
    half = match[3].replace(".", "")
    if half not in (*words.morning_half, *words.evening_half):
        return None
    hour = int(match[1])
    if not 1 <= hour <= 12:
        raise ValueError("no such hour")
    return time(hour % 12 + (12 if half in words.evening_half else 0), int(match[2] or 0))


def _split_time(plain: str, words: DateWords) -> tuple[str, time | None]:
    """The words of the day, and the time that stands after them (one or two words long)."""
    parts = plain.split(" ")
    for length in (2, 1):
        if len(parts) < length:
            continue
        tail = " ".join(parts[-length:])
        clock = NOON if tail in words.noon else _clock(tail) or _half_clock(tail, words)
        if clock is not None:
            head = parts[:-length]
            if head and head[-1] in words.at:
                head = head[:-1]
            return " ".join(head).removesuffix(","), clock
    return plain, None


def _day(plain: str, clock: time | None, reader: _Reader) -> date | None:
    iso = _ISO_DAY.fullmatch(plain)
    if iso:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    offset = reader.words.days.get(plain)
    if offset is not None:
        return reader.today + timedelta(days=offset)
    weekday = reader.words.weekday(plain)
    if weekday is not None:
        return _weekday(weekday, clock, reader)
    return _named_day(plain, clock, reader)


def _too_late(clock: time | None, reader: _Reader) -> bool:
    """Whether this time of today lies on the wrong side of now."""
    if clock is None:
        return False
    now = reader.now.time()
    return clock > now if reader.past else clock < now


def _weekday(weekday: int, clock: time | None, reader: _Reader) -> date:
    today = reader.today
    ahead = (today.weekday() - weekday) % 7 if reader.past else (weekday - today.weekday()) % 7
    if ahead == 0 and _too_late(clock, reader):
        ahead = 7
    return today + timedelta(days=-ahead if reader.past else ahead)


def _named_day(plain: str, clock: time | None, reader: _Reader) -> date | None:
    """``12 mar``, ``mar 12``, with a year or without."""
    parts = plain.replace(",", " ").split()
    if len(parts) not in (2, 3):
        return None
    month = reader.words.month(parts[0])
    number = parts[1]
    if month is None:
        month, number = reader.words.month(parts[1]), parts[0]
    day = _day_number(number, reader.words)
    if month is None or day is None:
        return None
    if len(parts) == 2:
        return _nearest_year(month, day, clock, reader)
    return date(int(parts[2]), month, day) if re.fullmatch(r"\d{4}", parts[2]) else None


def _day_number(text: str, words: DateWords) -> int | None:
    match = re.fullmatch(r"(\d{1,2})([^\W\d]*)\.?", text)
    if match is None or (match[2] and match[2] not in words.ordinals):
        return None
    return int(match[1])


def _nearest_year(month: int, day: int, clock: time | None, reader: _Reader) -> date:
    today = reader.today
    step = -1 if reader.past else 1
    for year in range(today.year, today.year + 9 * step, step):
        if day > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if found == today and _too_late(clock, reader):
            continue
        if (found <= today) if reader.past else (found >= today):
            return found
    raise ValueError("no such day")


def _shifted(plain: str, reader: _Reader) -> When | None:
    """``-2d``, ``+1w``, ``in 3 days``, ``2 weeks ago``, ``an hour ago``."""
    signed = _SIGNED.fullmatch(plain)
    if signed:
        return _shift(int(signed[2]), signed[3], -1 if signed[1] == "-" else 1, reader)
    parts = plain.split(" ")
    found = _sign(parts, reader.words)
    if found is None:
        return None
    sign, parts = found
    if len(parts) == 2 and parts[0] in reader.words.one:
        parts[0] = "1"
    counted = _COUNTED.fullmatch(" ".join(parts))
    return _shift(int(counted[1]), counted[2], sign, reader) if counted else None


def _sign(parts: list[str], words: DateWords) -> tuple[int, list[str]] | None:
    """-1 for ago or 1 for ahead, and the rest; other languages may put the word at either end."""
    first, last = parts[0], parts[-1]
    if last in words.ago or (last in words.ahead and last not in ENGLISH.ahead):
        return -1 if last in words.ago else 1, parts[:-1]
    if first in words.ahead or (first in words.ago and first not in ENGLISH.ago):
        return 1 if first in words.ahead else -1, parts[1:]
    return None


def _shift(count: int, word: str, sign: int, reader: _Reader) -> When | None:
    unit = reader.words.units.get(word)
    if unit is None:
        return None
    if count > _FURTHEST[unit]:
        raise OverflowError("too far")
    zone = reader.now.tzinfo
    if unit in ("h", "min"):
        length = timedelta(hours=count) if unit == "h" else timedelta(minutes=count)
        return _moment((reader.now.astimezone(UTC) + sign * length).astimezone(zone))
    if unit in ("d", "w"):
        day = reader.today + timedelta(days=sign * count * (7 if unit == "w" else 1))
    else:
        day = add_months(reader.today, sign * count * (12 if unit == "y" else 1))
    return When(day, datetime.combine(day, NOON, zone).astimezone(UTC), True)
