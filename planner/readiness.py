"""How ready a plan is: complete and fresh parts by weight (plan 7.3). It is no part of health.

Readiness is sum(weight x completeness x freshness) / sum(weight) x 100 over the weighted sections
of the plan's size. Days are local dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

STARTER = "starter"
STANDARD = "standard"
FULL = "full"
SIZES = (STARTER, STANDARD, FULL)

SECTION_WEIGHTS = MappingProxyType(
    {
        "goals": 20,
        "actions": 20,
        "stakeholders": 15,
        "renewal": 15,
        "risks": 10,
        "growth": 10,
        "contact_plan": 10,
    }
)
SECTION_NUMBERS = MappingProxyType(
    {
        "header": 1,
        "team": 2,
        "why_bought": 3,
        "why_stay": 4,
        "goals": 5,
        "stakeholders": 6,
        "value": 7,
        "health": 8,
        "complaints": 9,
        "contact_plan": 10,
        "enablement": 11,
        "renewal": 12,
        "growth": 13,
        "risks": 14,
        "actions": 15,
        "notes": 16,
        "reviews": 17,
    }
)
_STARTER_SECTIONS = ("goals", "stakeholders", "renewal", "risks", "actions")
_STANDARD_SECTIONS = (
    "team",
    "why_stay",
    "goals",
    "stakeholders",
    "value",
    "contact_plan",
    "renewal",
    "growth",
    "risks",
    "actions",
)
SIZE_SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {STARTER: _STARTER_SECTIONS, STANDARD: _STANDARD_SECTIONS, FULL: tuple(SECTION_NUMBERS)}
)
"""Sections of each size, in the order of their numbers."""
STALE_AFTER_DAYS = MappingProxyType(
    {
        "header": 90,
        "team": 180,
        "why_bought": 365,
        "why_stay": 180,
        "goals": 45,
        "stakeholders": 60,
        "value": 90,
        "contact_plan": 60,
        "enablement": 120,
        "growth": 60,
        "risks": 30,
        "actions": 14,
        "notes": 180,
    }
)
"""Days after which a section is stale; complaints and renewal depend, see `limit_for`."""
COMPLAINTS_LIMIT_DAYS = 14
RENEWAL_LIMIT_DAYS = 30
RENEWAL_LIMIT_FROM_DAYS = 180
TIER_SIZE = MappingProxyType({1: FULL, 2: STANDARD, 3: STARTER})
STARTER_FACTS = ("goal", "key_people", "contract_end", "next_action")


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section of a plan.

    `filled` of `total` star fields; for a section without any, `live_rows` counts.
    `edited_on`: last edit or "still true"; None when never edited.
    `limit_days`: days after which it is stale, None when no limit is in force.
    """

    section: str
    filled: int = 0
    total: int = 0
    live_rows: int = 0
    edited_on: date | None = None
    limit_days: int | None = None


@dataclass(frozen=True, slots=True)
class SectionReadiness:
    """A weighted section's part: `completeness` and `freshness` 0 to 1, `points` of 100."""

    section: str
    weight: int
    completeness: float
    freshness: float
    points: float


@dataclass(frozen=True, slots=True)
class Readiness:
    """`percent`: 0 to 100, unrounded; None when no weighted section is in the size."""

    percent: float | None
    sections: tuple[SectionReadiness, ...]


def completeness(state: SectionState) -> float:
    """Filled star fields of all; without any: 1 with a live row, else 0."""
    if state.total > 0:
        return min(1.0, state.filled / state.total)
    return 1.0 if state.live_rows > 0 else 0.0


def freshness(state: SectionState, as_of: date) -> float:
    """clamp(2 - age/limit, 0, 1): 1 within the limit, linear to 0 at twice the limit.

    Without a limit 1; never edited 0 (this comes first).
    """
    if state.edited_on is None:
        return 0.0
    if state.limit_days is None:
        return 1.0
    age = max(0, (as_of - state.edited_on).days)
    return min(1.0, max(0.0, 2.0 - age / state.limit_days))


def is_stale(state: SectionState, as_of: date) -> bool:
    """Whether the section is past its limit (one never edited is not stale but empty)."""
    if state.edited_on is None or state.limit_days is None:
        return False
    return (as_of - state.edited_on).days > state.limit_days


def limit_for(
    section: str, contract_end: date | None, open_complaints: int, as_of: date
) -> int | None:
    """Days after which the section is stale now, None when no limit is in force.

    Renewal has 30 days inside T-180 only, complaints 14 days while one is open.
    """
    if section == "complaints":
        return COMPLAINTS_LIMIT_DAYS if open_complaints > 0 else None
    if section == "renewal":
        if contract_end is None or (contract_end - as_of).days > RENEWAL_LIMIT_FROM_DAYS:
            return None
        return RENEWAL_LIMIT_DAYS
    return STALE_AFTER_DAYS.get(section)


def size_for_tier(tier: int | None) -> str:
    """The size a new plan starts with: tier 1 full, 2 standard, 3 and unset starter."""
    return TIER_SIZE.get(tier or 3, STARTER)


def sections_shown(
    size: str, holding: Iterable[str] = (), added: Iterable[str] = ()
) -> tuple[str, ...]:
    """Sections to show: those of the size, and others that hold something or were added by name.

    Raises KeyError for a size that does not exist.
    """
    chosen = {*SIZE_SECTIONS[size], *holding, *added}
    return tuple(section for section in SECTION_NUMBERS if section in chosen)


def readiness(states: Sequence[SectionState], size: str, as_of: date) -> Readiness:
    """Readiness of a plan of this size; a weighted section without a state counts as empty.

    Raises KeyError for a size that does not exist.
    """
    by_name = {state.section: state for state in states}
    counted = [section for section in SIZE_SECTIONS[size] if section in SECTION_WEIGHTS]
    total = sum(SECTION_WEIGHTS[section] for section in counted)
    parts = []
    for section in counted:
        state = by_name.get(section, SectionState(section))
        complete, fresh = completeness(state), freshness(state, as_of)
        weight = SECTION_WEIGHTS[section]
        points = 100.0 * weight * complete * fresh / total
        parts.append(SectionReadiness(section, weight, complete, fresh, points))
    return Readiness(sum(part.points for part in parts) if parts else None, tuple(parts))


class Gain(NamedTuple):
    """A section, and how many points of 100 it would add, were it complete and fresh."""

    section: str
    points: float


LEAST_GAIN = 0.5
"""Points below which nothing is worth naming."""


def raises_most(found: Readiness | None) -> Gain | None:
    """The section that would raise readiness most; the first of equals.

    None when nothing would raise it by half a point, and for a plan that has no readiness.
    """
    if found is None or not found.sections:
        return None
    total = sum(part.weight for part in found.sections)
    gains = [
        Gain(part.section, 100.0 * part.weight / total - part.points) for part in found.sections
    ]
    best = max(gains, key=lambda one: one.points)
    return best if best.points >= LEAST_GAIN else None


def starter_missing(
    *, goals: int, key_people: int, contract_end: date | None, next_actions: int
) -> tuple[str, ...]:
    """Which of the four starter facts are missing: goal, key_people, contract_end, next_action."""
    known = (goals > 0, key_people > 0, contract_end is not None, next_actions > 0)
    return tuple(fact for fact, there in zip(STARTER_FACTS, known, strict=True) if not there)


@dataclass(frozen=True, slots=True)
class ActivationFacts:
    """What activation asks about; `header_stars` and `all_stars` are (filled, total)."""

    goals: int
    key_people: int
    contract_end: date | None
    next_actions: int
    header_stars: tuple[int, int] = (0, 1)
    team_functions: int = 0
    renewal_filled: bool = False
    all_stars: tuple[int, int] = (0, 1)


TEAM_FUNCTIONS = 4
STANDARD_OBJECTIVES = 2
STANDARD_ACTIONS = 3


def activation_missing(size: str, facts: ActivationFacts) -> tuple[str, ...]:
    """What blocks activation, as fact names; empty when the plan may be activated.

    Starter: the four starter facts. Standard: header, team (one person per function), two
    objectives, renewal, three actions. Full: every star field. Raises KeyError for another size.
    """
    if size == STARTER:
        return starter_missing(
            goals=facts.goals,
            key_people=facts.key_people,
            contract_end=facts.contract_end,
            next_actions=facts.next_actions,
        )
    if size == FULL:
        return () if facts.all_stars[0] >= facts.all_stars[1] else ("star_fields",)
    if size != STANDARD:
        raise KeyError(size)
    ready = {
        "header": facts.header_stars[0] >= facts.header_stars[1],
        "team": facts.team_functions >= TEAM_FUNCTIONS,
        "two_objectives": facts.goals >= STANDARD_OBJECTIVES,
        "renewal": facts.renewal_filled,
        "three_actions": facts.next_actions >= STANDARD_ACTIONS,
    }
    return tuple(name for name, there in ready.items() if not there)
