"""Where customers are lost and where they stop buying: by stage, by tenure, by last product. Pure.

The unit is the account. An account is at risk in a stage or tenure that it was in on some day of
the window while it was a customer; prospects are none. A loss counts where the account was on the
day before it was lost. Below ``FEWEST`` losses of a line its share is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.buying import Rhythm, rhythm
from planner.language import gettext as _
from planner.touch_matrix import StageChange
from planner.vocabulary import STAGES
from planner.vocabulary_words import value_words

FEWEST = 8
WINDOW_DAYS = 730
MOST_PRODUCTS = 8
UNKNOWN = "unknown"
NO_CUSTOMER = ("prospect", "lost")
TENURES = (("<90", 0, 89), ("90-365", 90, 365), ("1-2y", 366, 730), ("2-3y", 731, 1095),
           ("3y+", 1096, 10**6))  # fmt: skip
"""Tenure bands: key, first day, last day since the account began."""


class Customer(NamedTuple):
    """An account as the analysis sees it. ``started_on``: the first contract's day, else when it
    came into the book (``by_contract`` false). ``moves``: changes of its stage on record, oldest
    first; ``bought``: days of buying with how many purchases each; ``product``: the last one."""

    id: int
    stage: str | None
    started_on: date
    by_contract: bool
    lost_on: date | None
    moves: Sequence[StageChange] = ()
    bought: Sequence[tuple[date, int]] = ()
    product: str | None = None


class DropLine(NamedTuple):
    """A line: how many were at risk in it, and the accounts that dropped off in it.

    ``share`` is in per cent, None where too few dropped off.
    """

    key: str
    at_risk: int
    ids: tuple[int, ...]

    @property
    def lost(self) -> int:
        """How many dropped off."""
        return len(self.ids)

    @property
    def share(self) -> float | None:
        """The per cent of those at risk that dropped off; None with fewer than ``FEWEST``, and
        where nobody knows where they were: those kept are not among them."""
        if self.lost < FEWEST or not self.at_risk or self.key == UNKNOWN:
            return None
        return 100 * self.lost / self.at_risk


class Dropoff(NamedTuple):
    """The analysis. ``stages`` and ``tenures`` hold losses; ``stopped`` and ``products`` accounts
    that stopped buying, by tenure and by product of the last purchase. ``undated``: lost accounts
    without a day, left out. ``gap_days``: from the last purchase to the loss, the median."""

    since: date
    today: date
    accounts: int
    lost: int
    undated: int
    by_book: int
    stages: tuple[DropLine, ...]
    tenures: tuple[DropLine, ...]
    stopped: tuple[DropLine, ...]
    products: tuple[DropLine, ...]
    buyers: int
    repeat_buyers: int
    rhythms: int
    lost_buyers: int
    gap_days: float | None

    def line(self, key: str) -> DropLine | None:
        """A line by ``stage:adopting``, ``tenure:<90``, ``stopped:1-2y``, ``product:Gloves``."""
        kind, _colon, name = key.partition(":")
        groups = {"stage": self.stages, "tenure": self.tenures, "stopped": self.stopped,
                  "product": self.products}  # fmt: skip
        return next((one for one in groups.get(kind, ()) if one.key == name), None)


class DroppedRow(NamedTuple):
    """An account behind a line."""

    id: int
    account: str
    stage: str | None
    lost_on: str | None
    owner: str | None


class _Counts:
    """Who was at risk and who dropped off, by key."""

    def __init__(self) -> None:
        self.at_risk: dict[str, int] = {}
        self.ids: dict[str, list[int]] = {}

    def risk(self, keys: Iterable[str]) -> None:
        for key in set(keys):
            self.at_risk[key] = self.at_risk.get(key, 0) + 1

    def drop(self, key: str, account_id: int) -> None:
        self.ids.setdefault(key, []).append(account_id)

    def lines(self, order: Iterable[str]) -> tuple[DropLine, ...]:
        return tuple(
            DropLine(key, self.at_risk.get(key, 0), tuple(self.ids.get(key, ())))
            for key in order
            if self.at_risk.get(key) or key in self.ids
        )


def tenure_of(days: int) -> str:
    """The band of a tenure in days; unknown below 0."""
    return next((key for key, first, last in TENURES if first <= days <= last), UNKNOWN)


def stages_between(one: Customer, since: date, until: date) -> tuple[list[str], str]:
    """(the stages it was in as a customer on some day, the one on the last day)."""
    spans: list[tuple[str | None, date, date]] = []
    begin = date.min
    for index, move in enumerate(one.moves):
        on = date.fromisoformat(move.on)
        before = move.before if index == 0 else one.moves[index - 1].after
        spans.append((before, begin, on - timedelta(days=1)))
        begin = on
    spans.append((one.moves[-1].after if one.moves else one.stage, begin, date.max))
    seen = [stage for stage, first, last in spans if first <= until and last >= since]
    known = [UNKNOWN if stage in (None, "lost") else str(stage) for stage in seen]
    return known, known[-1] if known else UNKNOWN


def dropoff(
    customers: Iterable[Customer], today: date, *, days: int = WINDOW_DAYS, undated: int = 0
) -> Dropoff:
    """The analysis of the last ``days`` days up to ``today``."""
    since = today - timedelta(days=days)
    by_stage, by_tenure, by_stop, by_product = _Counts(), _Counts(), _Counts(), _Counts()
    accounts = lost = by_book = buyers = repeats = rhythms = 0
    gaps: list[int] = []
    for one in customers:
        gone = one.lost_on is not None and one.lost_on <= today
        if one.lost_on is not None and one.lost_on <= since:
            continue
        end = one.lost_on - timedelta(days=1) if gone and one.lost_on is not None else today
        stages, last_stage = stages_between(one, max(since, min(one.started_on, end)), end)
        if last_stage == "prospect":
            continue
        accounts += 1
        by_book += not one.by_contract
        by_stage.risk(stage for stage in stages if stage != "prospect")
        by_tenure.risk(_bands(one.started_on, since, end))
        if gone:
            lost += 1
            by_stage.drop(last_stage, one.id)
            by_tenure.drop(tenure_of((end - one.started_on).days), one.id)
        bought = rhythm(one.bought, end)
        buyers += bought.purchases > 0
        repeats += bought.purchases > 1
        if gone and bought.since_days is not None:
            gaps.append(bought.since_days)
        rhythms += _stops(one, bought, by_stop, by_product)
    keys = [key for key, _first, _last in TENURES]
    top = sorted(by_product.at_risk, key=lambda key: (-len(by_product.ids.get(key, ())), key))
    return Dropoff(
        since, today, accounts, lost, undated, by_book,
        by_stage.lines([*(one for one in STAGES if one not in NO_CUSTOMER), UNKNOWN]),
        by_tenure.lines([*keys, UNKNOWN]), by_stop.lines([*keys, UNKNOWN]),
        by_product.lines(top[:MOST_PRODUCTS]), buyers, repeats, rhythms, len(gaps),
        _median(gaps),
    )  # fmt: skip


def _stops(one: Customer, bought: Rhythm, by_stop: _Counts, by_product: _Counts) -> int:
    """Count an account whose interval is known where it bought last; whether it is known."""
    if bought.typical_days is None or bought.last_on is None:
        return 0
    band = tenure_of((bought.last_on - one.started_on).days)
    product = one.product or UNKNOWN
    by_stop.risk([band])
    by_product.risk([product])
    if bought.stopped:
        by_stop.drop(band, one.id)
        by_product.drop(product, one.id)
    return 1


def _bands(started_on: date, since: date, end: date) -> list[str]:
    """The tenures that an account was in between two days."""
    first, last = (max(since, started_on) - started_on).days, (end - started_on).days
    if last < 0:
        return [UNKNOWN]
    return [key for key, low, high in TENURES if low <= last and high >= first]


def _median(values: Sequence[int]) -> float | None:
    from statistics import median

    return median(values) if values else None


def line_words(kind: str, key: str) -> str:
    """What a line is called."""
    words: Mapping[str, str] = {
        "<90": _("below 90 days"), "90-365": _("90 to 365 days"), "1-2y": _("1 to 2 years"),
        "2-3y": _("2 to 3 years"), "3y+": _("3 years and more"),
        UNKNOWN: {
            "stage": _("stage not on record"), "product": _("product not said"),
            "stopped": _("bought before it began"),
        }.get(kind, _("lost before it began")),
    }  # fmt: skip
    if kind == "product" and key != UNKNOWN:
        return key
    return words.get(key) or value_words(key)


def share_words(line: DropLine) -> str:
    """``12.5 %``, or that there are not enough to tell."""
    if line.key == UNKNOWN:
        return _("unknown")
    if line.share is None:
        return _("not enough: {count} of {needed}").format(count=line.lost, needed=FEWEST)
    return _("{share} %").format(share=f"{line.share:.1f}")


def method_words(found: Dropoff) -> str:
    """How it is counted."""
    return _(
        "Unit: accounts, {since} to {today}. At risk: customers that were in the stage or tenure on"
        " some day of it, prospects left out; lost: those whose day of loss lies in it, where they"
        " stood the day before. Stage by the changes on record; tenure since the first contract,"
        " for {by_book} without one since they are in the book. No share below {fewest}."
    ).format(
        since=found.since.isoformat(), today=found.today.isoformat(), by_book=found.by_book,
        fewest=FEWEST,
    )  # fmt: skip


def buying_words(found: Dropoff) -> tuple[str, ...]:
    """What is told of buying: repeat customers, intervals known, how long before the loss."""
    from planner.buying import STOPPED_FACTOR, days_text

    rate = _("unknown")
    if found.buyers:
        rate = _("{share} %").format(share=f"{100 * found.repeat_buyers / found.buyers:.2f}")
    before = _("unknown")
    if found.gap_days is not None:
        before = _("{days} days, median of {count}").format(
            days=days_text(found.gap_days), count=found.lost_buyers
        )
    return (
        _("Bought twice or more: {repeat} of {buyers} that ever bought ({rate}).").format(
            repeat=found.repeat_buyers, buyers=found.buyers, rate=rate
        ),
        _("Last purchase before a loss: {before}.").format(before=before),
        _(
            "Stopped: more than {factor} of its own intervals without a purchase, to the loss or"
            " to today; of {count} accounts whose interval is known."
        ).format(factor=STOPPED_FACTOR, count=found.rhythms),
    )
