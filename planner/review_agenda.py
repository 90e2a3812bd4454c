"""The weekly review's agenda: its steps and their minutes, and the order of its accounts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from planner.errors import Refused
from planner.language import gettext as _
from planner.renewals import P_LOSS, P_LOSS_UNKNOWN

STEPS = (
    ("win", 2), ("numbers", 3), ("carry", 1), ("cards", 21), ("renewals", 6), ("clashes", 4),
    ("complaints", 4), ("growth", 2), ("minutes", 2),
)  # fmt: skip
"""The steps of the 45-minute mode in the order of screens.md and their minutes (review.md 9.2);
the minutes of calibration, every second week, go to the cards."""
WHOLE = sum(minutes for _name, minutes in STEPS)
CARD_MINUTES = 3
SHORTEST, LONGEST = 10, 180
URGENT_DAYS, SOON_DAYS = 90, 180


class Step(NamedTuple):
    """One step; ``seconds`` is its share of the meeting."""

    name: str
    seconds: int


class AtStake(NamedTuple):
    """An account with its value at risk in minor units and what it is multiplied by."""

    account_id: int
    name: str
    arr_minor: int | None
    risk_minor: Decimal
    urgency: Decimal

    @property
    def weight(self) -> Decimal:
        """Value at risk times urgency: what the review is ordered by."""
        return self.risk_minor * self.urgency


def steps_of(minutes: int) -> tuple[Step, ...]:
    """The steps of a meeting of so many minutes, all shortened or lengthened evenly.

    Their seconds add up to the meeting. Raises ``Refused`` below 10 and above 180 minutes.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused(
            _("A review takes {least} to {most} minutes, not {minutes}.").format(
                least=SHORTEST, most=LONGEST, minutes=minutes
            )
        )
    ends, passed = [], 0
    for _name, share in STEPS:
        passed += share
        ends.append(round(passed * minutes * 60 / WHOLE))
    begins = (0, *ends[:-1])
    return tuple(
        Step(name, end - begin)
        for (name, _share), begin, end in zip(STEPS, begins, ends, strict=True)
    )


def cards_in(minutes: int) -> int:
    """How many accounts there is time for, three minutes each, at least one."""
    share = dict(STEPS)["cards"]
    return max(1, share * minutes // (WHOLE * CARD_MINUTES))


def value_at_risk(arr_minor: int | None, band: str) -> Decimal:
    """ARR times the assumed chance of loss of its band (metrics.md 4.10), in minor units.

    120 000 in yellow is 18 000. Unknown ARR is nothing at stake that could be counted.
    """
    return Decimal(arr_minor or 0) * P_LOSS.get(band, P_LOSS_UNKNOWN)


def urgency(renewal_on: date | None, today: date) -> Decimal:
    """2 for a renewal within 90 days or overdue, 1.5 within 180, else 1 (rules.md, figures)."""
    if renewal_on is None:
        return Decimal(1)
    ahead = (renewal_on - today).days
    if ahead <= URGENT_DAYS:
        return Decimal(2)
    return Decimal("1.5") if ahead <= SOON_DAYS else Decimal(1)


def in_order(found: Iterable[AtStake]) -> list[AtStake]:
    """By value at risk times urgency; ties by ARR, then name, then id."""
    return sorted(
        found,
        key=lambda one: (-one.weight, -(one.arr_minor or 0), one.name.casefold(), one.account_id),
    )


def whole(amount: Decimal) -> int:
    """An amount in whole minor units, rounded half away from zero, once, at the end."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def step_words(steps: Sequence[Step]) -> dict[str, str]:
    """The titles of the steps, with their minutes."""
    titles = {
        "win": _("Win and lesson"), "numbers": _("The book"), "carry": _("Carried over"),
        "cards": _("Accounts at stake"), "renewals": _("Renewals"), "clashes": _("Clashes"),
        "complaints": _("Complaints"), "growth": _("Growth"), "minutes": _("Read back"),
    }  # fmt: skip
    return {
        one.name: _("{title} ({minutes} min)").format(
            title=titles[one.name], minutes=f"{one.seconds / 60:.3g}"
        )
        for one in steps
    }
