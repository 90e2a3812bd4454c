"""The sections of a plan as lists show them: whose they are, how full and how fresh."""

from __future__ import annotations

from typing import NamedTuple

from planner.plan_sections import PlanFacts
from planner.readiness import SectionState


class SectionLine(NamedTuple):
    """One section of one plan.

    ``shown``: whether the plan shows it (its size, something it holds, or added by name). ``owner``
    says in words who keeps it; ``gap``: somebody should and nobody does. ``offered_to``: who was
    asked to take it over and has not answered; until then the owner stays.
    """

    section: str
    state: SectionState
    shown: bool
    added: bool
    owner_id: int | None
    owner: str
    gap: bool
    still_true_on: str | None
    offered_to_id: int | None
    offered_to: str | None
    offered_on: str | None
    offered_to_me: bool
    mine: bool


class PlanSections(NamedTuple):
    """All 17 sections of an account's live plan. ``readiness`` in per cent, unrounded.

    ``facts`` are what ``planner.plan_activation`` asks.
    """

    account_id: int
    account: str
    plan_id: int
    size: str
    status: str
    readiness: float | None
    lines: tuple[SectionLine, ...]
    facts: PlanFacts

    @property
    def states(self) -> tuple[SectionState, ...]:
        """The states, for ``planner.readiness``."""
        return tuple(line.state for line in self.lines)

    @property
    def shown(self) -> tuple[SectionLine, ...]:
        """The sections that the plan shows."""
        return tuple(line for line in self.lines if line.shown)
