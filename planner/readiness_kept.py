"""A plan's readiness from what is kept of it: how full each weighted section is, and of when.

The same figure as planner.readiness.readiness, which also says where the points come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from planner.readiness import (
    RENEWAL_LIMIT_DAYS,
    RENEWAL_LIMIT_FROM_DAYS,
    SECTION_WEIGHTS,
    SIZE_SECTIONS,
    SectionState,
    completeness,
    limit_for,
)


class KeptSections(NamedTuple):
    """The weighted sections of a plan of a size, in the order of ``weighted``.

    ``complete``: 0 to 1 each; ``edited``: the day of each one's last edit.
    """

    size: str
    complete: tuple[float, ...]
    edited: tuple[int | None, ...]


@lru_cache(maxsize=8)
def weighted(size: str) -> tuple[str, ...]:
    """The sections of a size that count for readiness. Raises KeyError for another size."""
    return tuple(section for section in SIZE_SECTIONS[size] if section in SECTION_WEIGHTS)


def keep_sections(states: Iterable[SectionState], size: str) -> KeptSections:
    """What is kept of the sections of a plan; one without a state is empty. Raises KeyError."""
    by_name = {state.section: state for state in states}
    found = [by_name.get(section, SectionState(section)) for section in weighted(size)]
    return KeptSections(
        size,
        tuple(completeness(state) for state in found),
        tuple(None if one.edited_on is None else one.edited_on.toordinal() for one in found),
    )


@lru_cache(maxsize=8)
def _table(size: str) -> tuple[tuple[float, int | None], ...]:
    """Points and limit in days of each weighted section; renewal's limit depends on the day."""
    names = weighted(size)
    total = sum(SECTION_WEIGHTS[name] for name in names)
    return tuple(
        (100.0 * SECTION_WEIGHTS[name] / total, limit_for(name, None, 0, date.min))
        for name in names
    )


def kept_percent(kept: KeptSections, end: int | None, day: int) -> float | None:
    """Readiness in per cent, unrounded; ``end`` of the contract and ``day`` are ordinals."""
    percent = 0.0
    size, completes, edits = kept
    near = end is not None and end - day <= RENEWAL_LIMIT_FROM_DAYS
    for (points, limit), complete, edited in zip(_table(size), completes, edits, strict=True):
        if edited is None or not complete:
            continue
        if limit is None and near:
            limit = RENEWAL_LIMIT_DAYS
        fresh = 1.0 if limit is None else min(1.0, max(0.0, 2.0 - max(0, day - edited) / limit))
        percent += points * complete * fresh
    return percent if completes else None
