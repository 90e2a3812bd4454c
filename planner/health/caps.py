"""Hard facts that hold the score down until they are cleared. Every comparison is strict.

Each check returns the row ids and the facts for its sentence, or None when the cap is not live.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from planner.health.inputs import HealthInputs, PersonFact
from planner.health.measures import is_open, within
from planner.health.profiles import HealthConfig

ROLE_LEFT_DAYS = 30
INVOICE_DAYS = 60
BUYER_RENEWAL_DAYS = 120
BUYER_SILENT_DAYS = 180
KEY_ROLES = ("champion", "economic_buyer")

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


def _cancellation(inputs: HealthInputs) -> Found | None:
    day = inputs.cancellation_on
    if day is None or day > inputs.as_of:
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


def _replaced(role: str, leaver: PersonFact, left_on: date, people: tuple[PersonFact, ...]) -> bool:
    """Whether somebody took the role over: touched two-way since, and there or gone later.

    One who is gone later has a leaving of their own, which is looked at by itself.
    """
    for person in people:
        touched = person.last_two_way_on
        if person is leaver or role not in person.roles or touched is None or touched < left_on:
            continue
        if person.active or (person.left_on is not None and person.left_on > left_on):
            return True
    return False


def _role_left(inputs: HealthInputs) -> Found | None:
    rows: list[int] = []
    facts: list[tuple[str, str, int]] = []
    for person in inputs.people:
        left_on = person.left_on
        if person.active or left_on is None or not person.roles:
            continue
        days = (inputs.as_of - left_on).days
        if days <= ROLE_LEFT_DAYS:
            continue
        for role in KEY_ROLES:
            if role in person.roles and not _replaced(role, person, left_on, inputs.people):
                rows.append(person.id)
                facts.append((role, person.name, days))
    return (tuple(rows), tuple(facts)) if rows else None


def _invoice_overdue(inputs: HealthInputs) -> Found | None:
    since = inputs.invoice_overdue_since
    if since is None:
        return None
    days = (inputs.as_of - since).days
    return (_row(inputs.invoice_id), (days,)) if days > INVOICE_DAYS else None


def _competitor(inputs: HealthInputs) -> Found | None:
    day = inputs.competitor_on
    if day is None or day > inputs.as_of:
        return None
    return _row(inputs.competitor_id), (day,)


def _buyer_silent(inputs: HealthInputs) -> Found | None:
    end = inputs.contract_end
    if end is None or inputs.renewal_decided:
        return None
    days_left = (end - inputs.as_of).days
    if days_left > BUYER_RENEWAL_DAYS:
        return None
    buyers = [one for one in inputs.people if one.active and "economic_buyer" in one.roles]
    if any(within(one.last_two_way_on, inputs.as_of, BUYER_SILENT_DAYS) for one in buyers):
        return None
    return tuple(one.id for one in buyers), (days_left, tuple(one.name for one in buyers))


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
    if height is None or not scores or min(scores.values()) >= config.weak_dimension:
        return None
    weak = tuple(dim for dim, score in scores.items() if round(score, 9) < config.weak_dimension)
    return Cap("weak_dimension", height, (), weak) if weak else None
