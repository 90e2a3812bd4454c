"""Who behaves as accounts did before they were lost. Learned from the book's own losses. Pure.

A sign is a fact about an account on a day. Those lost are looked at as they stood
``BEFORE_DAYS`` before the loss, those kept as they stand today. A sign is typical of the lost when
at least ``FEWEST_WITH`` of them showed it and it was ``LIFT`` times as frequent as among the kept.
An account looks alike when it shows ``SIGNS_NEEDED`` typical signs or more. With fewer than
``FEWEST_LOST`` losses nothing is said. None of these numbers was validated: uncalibrated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from planner.language import gettext as _

Sign = Literal["silent", "complaint", "complaints", "gone", "request", "no_plan", "young"]
SIGNS: tuple[Sign, ...] = get_args(Sign)

BEFORE_DAYS = 30
SILENT_DAYS = 60
MANY_COMPLAINTS = 2
COMPLAINT_DAYS = 180
GONE_DAYS = 180
YOUNG_DAYS = 365
KEY_ROLES = ("champion", "economic_buyer", "sponsor")
FEWEST_LOST = 8
FEWEST_WITH = 3
LIFT = 1.5
SIGNS_NEEDED = 2

Span = tuple[date, date | None]
"""A first day, and the day on which it was over; None while it lasts."""


class Past(NamedTuple):
    """The facts of one account that signs are read from. Days are local.

    ``two_way``: days of two-way touches. ``complaints``: opened and resolved. ``left``: when people
    of a key role left. ``requests``: due and answered. ``plans``: activated and closed.
    """

    started_on: date
    two_way: Sequence[date] = ()
    complaints: Sequence[Span] = ()
    left: Sequence[date] = ()
    requests: Sequence[Span] = ()
    plans: Sequence[Span] = ()


class Rate(NamedTuple):
    """How many of the lost and of the kept showed a sign, or several together."""

    lost_with: int
    lost: int
    kept_with: int
    kept: int

    @property
    def lift(self) -> float | None:
        """How many times as frequent among the lost; None where no kept account shows it."""
        if not (self.lost and self.kept and self.kept_with):
            return None
        return (self.lost_with / self.lost) / (self.kept_with / self.kept)

    @property
    def is_typical(self) -> bool:
        """Whether it tells the lost from the kept."""
        if self.lost_with < FEWEST_WITH:
            return False
        lift = self.lift
        return bool(self.kept) if lift is None else lift >= LIFT


class LookAlikes(NamedTuple):
    """What the losses teach, and whom it points at.

    ``accounts``: kept accounts by id with the typical signs that they show. ``enough``: whether
    there are losses enough; without them nobody is pointed at. ``losses``: the lost by id with what
    they showed.
    """

    enough: bool
    lost: int
    kept: int
    signs: Mapping[Sign, Rate]
    accounts: Mapping[int, frozenset[Sign]]
    together: Mapping[frozenset[Sign], Rate]
    losses: Mapping[int, frozenset[Sign]]

    @property
    def typical(self) -> tuple[Sign, ...]:
        """The signs that are typical of the lost, in their order."""
        return tuple(sign for sign in SIGNS if self.enough and self.signs[sign].is_typical)

    def losses_with(self, signs: Iterable[Sign]) -> tuple[int, ...]:
        """The ids of the lost accounts that showed all of these signs."""
        wanted = frozenset(signs)
        return tuple(row_id for row_id, shown in self.losses.items() if wanted <= shown)


def signs_on(past: Past, day: date) -> frozenset[Sign]:
    """The signs of an account on a day, from what had happened by then."""

    def open_on(spans: Sequence[Span]) -> bool:
        return any(first <= day and (end is None or end > day) for first, end in spans)

    talked = [one for one in past.two_way if one <= day]
    opened = [one for one, _end in past.complaints if 0 <= (day - one).days <= COMPLAINT_DAYS]
    shown: dict[Sign, bool] = {
        "silent": not talked or (day - max(talked)).days > SILENT_DAYS,
        "complaint": open_on(past.complaints),
        "complaints": len(opened) >= MANY_COMPLAINTS,
        "gone": any(0 <= (day - one).days <= GONE_DAYS for one in past.left),
        "request": any(
            due < day and (answered is None or answered > day) for due, answered in past.requests
        ),
        "no_plan": not open_on(past.plans),
        "young": (day - past.started_on).days < YOUNG_DAYS,
    }
    return frozenset(sign for sign, there in shown.items() if there)


def looked_at_on(lost_on: date) -> date:
    """The day on which a lost account is looked at."""
    return lost_on - timedelta(days=BEFORE_DAYS)


def look_alikes(
    lost: Mapping[int, frozenset[Sign]], kept: Mapping[int, frozenset[Sign]], kept_count: int
) -> LookAlikes:
    """Learn from the lost whom of the kept to look at.

    ``kept`` holds the kept accounts that show any sign; ``kept_count`` counts all of them.
    """
    held = Counter(kept.values())

    def rate(signs: Iterable[Sign]) -> Rate:
        wanted = frozenset(signs)
        return Rate(
            sum(1 for one in lost.values() if wanted <= one), len(lost),
            sum(count for one, count in held.items() if wanted <= one), kept_count,
        )  # fmt: skip

    signs = {sign: rate((sign,)) for sign in SIGNS}
    enough = len(lost) >= FEWEST_LOST
    typical = frozenset(sign for sign, one in signs.items() if enough and one.is_typical)
    pointed = {
        account_id: shown & typical
        for account_id, shown in kept.items()
        if len(shown & typical) >= SIGNS_NEEDED
    }
    together = {one: rate(one) for one in set(pointed.values())}
    return LookAlikes(enough, len(lost), kept_count, signs, pointed, together, lost)


def sign_words(sign: Sign) -> str:
    """A sign in words."""
    words: dict[Sign, str] = {
        "silent": _("no two-way contact for {days} days").format(days=SILENT_DAYS),
        "complaint": _("a complaint is open"),
        "complaints": _("{count} complaints or more in {days} days").format(
            count=MANY_COMPLAINTS, days=COMPLAINT_DAYS
        ),
        "gone": _("a key person left within {days} days").format(days=GONE_DAYS),
        "request": _("a request waits past its day"),
        "no_plan": _("no active plan"),
        "young": _("customer for less than {days} days").format(days=YOUNG_DAYS),
    }
    return words[sign]


def rate_words(rate: Rate) -> str:
    """A rate in words, with both sample sizes."""
    return _("{lost_with} of {lost} lost showed it a month before, {kept_with} of {kept} kept do"
             ).format(lost_with=rate.lost_with, lost=rate.lost, kept_with=rate.kept_with,
                      kept=rate.kept)  # fmt: skip


def guard_words(found: LookAlikes) -> str:
    """Why nobody is pointed at, empty where somebody may be."""
    if found.enough:
        return ""
    return _("not enough losses to learn from: {count} of {needed}").format(
        count=found.lost, needed=FEWEST_LOST
    )
