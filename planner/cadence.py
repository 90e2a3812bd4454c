"""How often an account and each role should be in touch, and who is past it.

Days are local dates. Tier 1, 2, 3: ideal 14, 30, 90 and maximum 28, 60, 150 days (rules, Contact).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

UNSET_TIER = 2
"""An account without a tier is kept in touch with as one of tier 2."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """Days between two-way touches: `ideal`, and `maximum` before contact is overdue."""

    ideal: int
    maximum: int


TIER_CADENCE = MappingProxyType({1: Cadence(14, 28), 2: Cadence(30, 60), 3: Cadence(90, 150)})
ROLE_MAXIMUM_DAYS = MappingProxyType(
    {"sponsor": 180, "economic_buyer": 120, "champion": 45, "day_to_day": 30, "technical": 90}
)
"""Days since the role's last two-way touch up to which it is covered, inclusive."""
ROLE_WEIGHTS = MappingProxyType(
    {"sponsor": 2, "economic_buyer": 3, "champion": 3, "day_to_day": 1, "technical": 1}
)


@dataclass(frozen=True, slots=True)
class ContactState:
    """Where contact stands on a day.

    `days_since`: days since the last two-way touch, None when there never was one.
    `due_on`: last day on which contact is within the ideal interval.
    `state`: fresh (within ideal), due (past ideal), overdue (past maximum).
    `overdue_days`: days past the maximum, 0 when not overdue.
    """

    days_since: int | None
    due_on: date
    state: str
    overdue_days: int


def cadence_for(tier: int | None, ideal: int | None = None, maximum: int | None = None) -> Cadence:
    """The account's cadence; a value below 1 or unset means the default of its tier.

    An unset or unknown tier takes tier 2's. A maximum below the ideal is raised to it.
    """
    default = TIER_CADENCE.get(tier or UNSET_TIER, TIER_CADENCE[UNSET_TIER])
    chosen = ideal if ideal is not None and ideal >= 1 else default.ideal
    limit = maximum if maximum is not None and maximum >= 1 else default.maximum
    return Cadence(chosen, max(chosen, limit))


def contact_state(
    last_on: date | None, started_on: date, as_of: date, cadence: Cadence
) -> ContactState:
    """Where the account's contact stands; one never touched counts from its start."""
    known = last_on if last_on is not None and last_on <= as_of else None
    base = started_on if known is None else known
    age = (as_of - base).days
    late = "overdue" if age > cadence.maximum else "due"
    return ContactState(
        days_since=None if known is None else age,
        due_on=base + timedelta(days=cadence.ideal),
        state=late if age > cadence.ideal else "fresh",
        overdue_days=max(0, age - cadence.maximum),
    )


def role_is_covered(role: str, last_on: date | None, as_of: date) -> bool:
    """Whether a touch on `last_on` still covers the role (its maximum interval, inclusive)."""
    if last_on is None or role not in ROLE_MAXIMUM_DAYS:
        return False
    return 0 <= (as_of - last_on).days <= ROLE_MAXIMUM_DAYS[role]


def role_overdue_days(role: str, last_on: date | None, as_of: date) -> int | None:
    """Days past the role's maximum interval, 0 when within it; None when never touched.

    Raises KeyError for a role that has no interval.
    """
    limit = ROLE_MAXIMUM_DAYS[role]
    if last_on is None or last_on > as_of:
        return None
    return max(0, (as_of - last_on).days - limit)
