"""A plan's readiness from what is kept of it: how full each weighted section is, and of when.

The same figure as planner.readiness.readiness, which also says where the points come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from planner.readiness import (
    SECTION_WEIGHTS,
    SIZE_SECTIONS,
    SectionState,
    completeness,
    limit_for,
)


class KeptSection(NamedTuple):
    """A weighted section of the plan's size: how complete, 0 to 1, and the day of its last edit."""

    section: str
    complete: float
    edited: int | None


def keep_sections(states: Iterable[SectionState], size: str) -> tuple[KeptSection, ...]:
    """The weighted sections of a size; one without a state is empty. Raises KeyError."""
    by_name = {state.section: state for state in states}
    kept = []
    for section in SIZE_SECTIONS[size]:
        if section in SECTION_WEIGHTS:
            state = by_name.get(section, SectionState(section))
            edited = state.edited_on
            kept.append(
                KeptSection(
                    section, completeness(state), None if edited is None else edited.toordinal()
                )
            )
    return tuple(kept)


def kept_percent(sections: Iterable[KeptSection], end: int | None, day: int) -> float | None:
    """Readiness in per cent, unrounded; ``end`` of the contract and ``day`` are ordinals."""
    total = 0
    points: list[float] = []
    sections = tuple(sections)
    for section, _complete, _edited in sections:
        total += SECTION_WEIGHTS[section]
    for section, complete, edited in sections:
        fresh = 0.0
        if complete and edited is not None:
            limit = _limit(section, end, day)
            fresh = 1.0 if limit is None else min(1.0, max(0.0, 2.0 - max(0, day - edited) / limit))
        points.append(100.0 * SECTION_WEIGHTS[section] * complete * fresh / total)
    return sum(points) if points else None


def _limit(section: str, end: int | None, day: int) -> int | None:
    if section != "renewal":
        return limit_for(section, None, 0, date.min)
    contract_end = None if end is None else date.fromordinal(end)
    return limit_for(section, contract_end, 0, date.fromordinal(day))
