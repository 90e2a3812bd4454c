"""Renewals: milestones, notice, and the forecast against the due base (metrics.md 4.3 and 4.14).

A renewal is a contract that comes to its end. It is due in the month of that end, also when it is
decided early. Amounts are not rounded here: whoever shows them does, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from planner.views.renewals import DueGroup, DueMonth, RenewalForecast, RenewalRow, Standing
from planner.vocabulary import MILESTONE_OFFSETS

P_LOSS = MappingProxyType(
    {"red": Decimal("0.40"), "yellow": Decimal("0.15"), "green": Decimal("0.05")}
)
P_LOSS_UNKNOWN = Decimal("0.20")
"""How likely a loss is by health, until calibrated (metrics.md 4.10): assumed, not measured."""
MONTHS = 12
"""How many months the forecast looks at, this one included."""
RED_STARTS_DAYS = 180
"""Red accounts start their renewal so many days ahead, the others at the first milestone."""

CROWD_LEAST = 3
CROWD_TIMES_MEAN = 2
CROWD_SHARE = Decimal("0.25")
"""A month is crowded when at least ``CROWD_LEAST`` renewals are open in it and it holds more than
``CROWD_TIMES_MEAN`` times the mean month's open renewals, or more than ``CROWD_SHARE`` of the open
ARR, of the months looked at."""

NOTHING = Decimal(0)
CERTAIN = Decimal(1)


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone on the way: ``state`` is done, missed, today or ahead."""

    offset_days: int
    due_on: date
    state: str


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely a renewal is. ``source``: decided, entered, said, by_default or assumed."""

    p: Decimal
    source: str


def milestone_on(end: date, offset_days: int) -> date:
    """The day T minus ``offset_days``; the first day of the calendar where it would lie before."""
    return date.fromordinal(max(1, end.toordinal() - offset_days))


def steps(end: date, done: Iterable[int], today: date) -> tuple[Step, ...]:
    """The milestones T-120 to T-0 of a contract's end with the state of each."""
    reached = frozenset(done)
    found = []
    for offset in MILESTONE_OFFSETS:
        due = milestone_on(end, offset)
        if offset in reached:
            state = "done"
        elif due < today:
            state = "missed"
        else:
            state = "today" if due == today else "ahead"
        found.append(Step(offset, due, state))
    return tuple(found)


def next_offset(done: Iterable[int]) -> int | None:
    """The first milestone that is not done; None when all are."""
    reached = frozenset(done)
    return next((offset for offset in MILESTONE_OFFSETS if offset not in reached), None)


def notice_on(end: date, notice_days: int | None) -> date | None:
    """The last day on which notice can be given; None while the period is not known."""
    return None if notice_days is None else milestone_on(end, notice_days)


def starts_on(end: date, band: str) -> date:
    """When work on the renewal starts: T-180 for a red account, else the first milestone."""
    return milestone_on(end, RED_STARTS_DAYS if band == "red" else MILESTONE_OFFSETS[0])


def state_of(one: Standing) -> str:
    """open, overdue (past its end and undecided), renewed or lost.

    Decided means renewed unless the forecast says lost or their notice stands. A contract that was
    ended without a decision, and one of a lost account, is lost.
    """
    if one.decided:
        return "lost" if one.forecast == "lost" or one.cancelled else "renewed"
    if one.ended or one.lost:
        return "lost"
    return "overdue" if one.overdue else "open"


def odds_of(one: Standing) -> Odds:
    """How likely the renewal is: decided, else as entered, else by what is known.

    The forecast "lost" and a notice that stands are 0; what renews itself and can no longer be
    cancelled is 1 (renewed by default); the rest is 1 - p_loss of the health band, assumed.
    """
    state = state_of(one)
    if state in ("renewed", "lost"):
        return Odds(CERTAIN if state == "renewed" else NOTHING, "decided")
    if one.probability is not None:
        return Odds(Decimal(str(one.probability)), "entered")
    if one.forecast == "lost" or one.cancelled:
        return Odds(NOTHING, "said")
    if one.by_default:
        return Odds(CERTAIN, "by_default")
    return Odds(CERTAIN - P_LOSS.get(one.band, P_LOSS_UNKNOWN), "assumed")


def kept_and_more(
    arr_minor: int, new_minor: int | None, uplift_percent: float | None
) -> tuple[Decimal, Decimal]:
    """(the lesser of old and new, what is new above the old) of a renewal that comes true.

    Without a new amount the uplift makes it; without both it stays what it is.
    """
    old = Decimal(arr_minor)
    if new_minor is not None:
        new = Decimal(new_minor)
    elif uplift_percent is not None:
        new = old * (1 + Decimal(str(uplift_percent)) / 100)
    else:
        new = old
    return min(old, new), max(NOTHING, new - old)


def expected_of(row: RenewalRow) -> tuple[Decimal, Decimal]:
    """(renewed ARR, uplift) that the forecast counts for one renewal, not rounded."""
    kept, more = kept_and_more(row.arr_minor, row.new_minor, row.uplift_percent)
    p = odds_of(row.standing).p
    return kept * p, more * p


def rate(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Part of the whole, 0 to 1; None when nothing is due."""
    return None if not whole else Decimal(part) / Decimal(whole)


def period_of(today: date, months: int = MONTHS) -> tuple[date, date]:
    """[start, end) of the forecast: whole months, this one first."""
    start = today.replace(day=1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = date.max if year > date.max.year else date(year, month + 1, 1)
    return start, last


def forecast_of(
    groups: Iterable[DueGroup], start: date, end: date, currency: str, without_end: int = 0
) -> RenewalForecast:
    """The forecast of the period; groups of months before it stand apart as ``earlier``."""
    first = start.isoformat()[:7]
    by_month: dict[str, DueMonth] = {}
    earlier: DueMonth | None = None
    for group in groups:
        if group.month < first:
            earlier = _with(earlier or _empty(""), group)
        else:
            by_month[group.month] = _with(by_month.get(group.month) or _empty(group.month), group)
    months = [by_month[name] for name in sorted(by_month)]
    total = _total(months)
    count = _months_between(start, end)
    return RenewalForecast(
        start.isoformat(),
        end.isoformat(),
        currency,
        tuple(one._replace(crowded=is_crowded(one, total, count)) for one in months),
        total,
        earlier,
        without_end,
    )


def is_crowded(month: DueMonth, total: DueMonth, months: int) -> bool:
    """Whether a month holds too much at once; ``CROWD_LEAST`` and the others say when."""
    if month.open_count < CROWD_LEAST:
        return False
    too_many = month.open_count * months > CROWD_TIMES_MEAN * total.open_count
    return too_many or Decimal(month.open_minor) > CROWD_SHARE * total.open_minor


def _months_between(start: date, end: date) -> int:
    return max(1, (end.year - start.year) * 12 + end.month - start.month)


def _empty(month: str) -> DueMonth:
    return DueMonth(month, 0, 0, 0, 0, 0, 0, NOTHING, 0, NOTHING, NOTHING, 0)


def _with(month: DueMonth, group: DueGroup) -> DueMonth:
    """The month with one more group; foreign money is counted and never added."""
    state, odds = state_of(group.standing), odds_of(group.standing)
    is_open = state in ("open", "overdue")
    counted = month._replace(
        due_count=month.due_count + group.due_count,
        open_count=month.open_count + (group.due_count if is_open else 0),
        renewed_count=month.renewed_count + (group.due_count if state == "renewed" else 0),
        lost_count=month.lost_count + (group.due_count if state == "lost" else 0),
    )
    if group.foreign:
        return counted._replace(foreign=month.foreign + group.due_count)
    kept, more = Decimal(group.kept_minor), Decimal(group.more_minor)
    if group.uplift_percent is not None:
        kept, more = kept_and_more(group.arr_minor, None, group.uplift_percent)
    unknown = is_open and group.standing.forecast == "unknown" and odds.source == "assumed"
    return counted._replace(
        due_minor=month.due_minor + group.arr_minor,
        open_minor=month.open_minor + (group.arr_minor if is_open else 0),
        renewed_minor=month.renewed_minor + (kept if state == "renewed" else NOTHING),
        expected_minor=month.expected_minor + kept * odds.p,
        uplift_minor=month.uplift_minor + more * odds.p,
        unknown_minor=month.unknown_minor + (group.arr_minor if unknown else 0),
    )


def _total(months: Iterable[DueMonth]) -> DueMonth:
    total = _empty("")
    for one in months:
        total = total._replace(
            due_count=total.due_count + one.due_count,
            foreign=total.foreign + one.foreign,
            due_minor=total.due_minor + one.due_minor,
            open_count=total.open_count + one.open_count,
            open_minor=total.open_minor + one.open_minor,
            renewed_count=total.renewed_count + one.renewed_count,
            renewed_minor=total.renewed_minor + one.renewed_minor,
            lost_count=total.lost_count + one.lost_count,
            expected_minor=total.expected_minor + one.expected_minor,
            uplift_minor=total.uplift_minor + one.uplift_minor,
            unknown_minor=total.unknown_minor + one.unknown_minor,
        )
    return total
