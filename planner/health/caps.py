"""Hard facts that hold the score down until they are cleared. Every comparison is strict.

Each check returns the row ids and the facts for its sentence, or None when the cap is not live.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from planner.health.inputs import HealthInputs
from planner.health.kept import BUYER, Kept, leavers, ordinal, role_days
from planner.health.measures import is_open
from planner.health.points import is_late
from planner.health.profiles import HealthConfig

ROLE_LEFT_DAYS = 30
INVOICE_DAYS = 60
BUYER_RENEWAL_DAYS = 120
BUYER_SILENT_DAYS = 180

Found = tuple[tuple[int, ...], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Cap:
    """A live cap: the score cannot stand above `max`. `rows`: the rows that cause it."""

    id: str
    max: int
    rows: tuple[int, ...]
    facts: tuple[Any, ...]

    @property
    def why(self) -> str:
        """What holds the score down, in a sentence."""
        from planner.health.wording import cap_why

        return cap_why(self.id, self.facts)

    @property
    def clears(self) -> str:
        """What lifts the cap, in a sentence."""
        from planner.health.wording import cap_clears

        return cap_clears(self.id, self.facts)


def _row(row_id: int | None) -> tuple[int, ...]:
    return () if row_id is None else (row_id,)


def has_happened(fact: int | None, day: int) -> bool:
    """Whether something dated happened by a day (a cancellation, a competitor)."""
    return fact is not None and fact <= day


def is_long_gone(left: int, day: int) -> bool:
    """Whether a key person who was not replaced left more than 30 days ago."""
    return day - left > ROLE_LEFT_DAYS


def is_long_unpaid(since: int | None, day: int) -> bool:
    """Whether the oldest unpaid invoice is overdue for more than 60 days."""
    return since is not None and day - since > INVOICE_DAYS


def is_buyer_silent(end: int | None, touched: int | None, day: int, *, decided: bool) -> bool:
    """Whether a renewal is near (or past) and no economic buyer was talked with in 180 days."""
    if end is None or decided or end - day > BUYER_RENEWAL_DAYS:
        return False
    return touched is None or day - touched > BUYER_SILENT_DAYS


KeptCap = Callable[[Kept, int, str], bool]
"""Whether a cap is live: what is kept of an account, a day (ordinal) and a moment (UTC text)."""


def kept_caps(config: HealthConfig) -> tuple[tuple[KeptCap, int], ...]:
    """The caps that come from facts with their heights, in the order of the rules."""
    return tuple((KEPT_CAPS[name], height) for name, height in config.caps if name in KEPT_CAPS)


KEPT_CAPS: Mapping[str, KeptCap] = MappingProxyType(
    {
        "cancellation": lambda one, day, _moment: has_happened(one.cancelled, day),
        "critical_complaint": lambda one, _day, moment: (
            bool(one.complaints.opened)
            and any(
                complaint[3] and is_late(complaint, moment) for complaint in one.complaints.opened
            )
        ),
        "role_left": lambda one, day, _moment: (
            bool(one.gone) and any(is_long_gone(left, day) for left in one.gone)
        ),
        "invoice_overdue": lambda one, day, _moment: is_long_unpaid(one.invoice, day),
        "competitor": lambda one, day, _moment: has_happened(one.competitor, day),
        "buyer_silent": lambda one, day, _moment: is_buyer_silent(
            one.end, one.role_touched[BUYER], day, decided=one.decided
        ),
    }
)


def _cancellation(inputs: HealthInputs) -> Found | None:
    day = inputs.cancellation_on
    if not has_happened(ordinal(day), inputs.as_of.toordinal()):
        return None
    return _row(inputs.cancellation_id), (day,)


def _critical_complaint(inputs: HealthInputs) -> Found | None:
    late = [
        complaint
        for complaint in inputs.complaints
        if complaint.severity == "critical"
        and complaint.breached
        and is_open(complaint, inputs.as_of)
    ]
    if not late:
        return None
    return tuple(one.id for one in late), tuple(one.number for one in late)


def _role_left(inputs: HealthInputs) -> Found | None:
    day = inputs.as_of.toordinal()
    found = [
        (person, role, day - left_on.toordinal())
        for person, role, left_on in leavers(inputs.people)
        if is_long_gone(left_on.toordinal(), day)
    ]
    if not found:
        return None
    rows = tuple(person.id for person, _role, _days in found)
    return rows, tuple((role, person.name, days) for person, role, days in found)


def _invoice_overdue(inputs: HealthInputs) -> Found | None:
    since, day = ordinal(inputs.invoice_overdue_since), inputs.as_of.toordinal()
    if since is None or not is_long_unpaid(since, day):
        return None
    return _row(inputs.invoice_id), (day - since,)


def _competitor(inputs: HealthInputs) -> Found | None:
    day = inputs.competitor_on
    if not has_happened(ordinal(day), inputs.as_of.toordinal()):
        return None
    return _row(inputs.competitor_id), (day,)


def _buyer_silent(inputs: HealthInputs) -> Found | None:
    end, day = ordinal(inputs.contract_end), inputs.as_of.toordinal()
    touched = role_days(inputs.people, inputs.as_of)[BUYER]
    if end is None or not is_buyer_silent(end, touched, day, decided=inputs.renewal_decided):
        return None
    buyers = [one for one in inputs.people if one.active and "economic_buyer" in one.roles]
    return tuple(one.id for one in buyers), (end - day, tuple(one.name for one in buyers))


FACT_CAPS: Mapping[str, Callable[[HealthInputs], Found | None]] = MappingProxyType(
    {
        "cancellation": _cancellation,
        "critical_complaint": _critical_complaint,
        "role_left": _role_left,
        "invoice_overdue": _invoice_overdue,
        "competitor": _competitor,
        "buyer_silent": _buyer_silent,
    }
)


def fact_caps(inputs: HealthInputs, config: HealthConfig) -> list[Cap]:
    """The live caps that come from facts, in the order of the rules."""
    live: list[Cap] = []
    for cap_id, height in config.caps:
        check = FACT_CAPS.get(cap_id)
        found = None if check is None else check(inputs)
        if found is not None:
            live.append(Cap(cap_id, height, found[0], found[1]))
    return live


def weak_dimension_cap(scores: Mapping[str, float], config: HealthConfig) -> Cap | None:
    """The cap for dimensions that stand below 30; `scores` are the present ones.

    Compared at nine decimals, as raw is, so that the noise of a division cannot make it.
    """
    height = config.cap_heights.get("weak_dimension")
    if height is None:
        return None
    weak = tuple(dim for dim, score in scores.items() if is_weak(score, config))
    return Cap("weak_dimension", height, (), weak) if weak else None


def is_weak(score: float, config: HealthConfig) -> bool:
    """Whether a dimension's score holds the whole down; compared at nine decimals, as raw is."""
    return score < config.weak_dimension and round(score, 9) < config.weak_dimension
