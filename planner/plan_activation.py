"""What a plan of each size lacks before it can be activated, by section and in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planner.language import gettext as _
from planner.plan_sections import PlanFacts, as_day, is_filled, section_name, stars
from planner.readiness import (
    FULL,
    STANDARD,
    STANDARD_ACTIONS,
    STANDARD_OBJECTIVES,
    STARTER,
    starter_missing,
)


class Missing(NamedTuple):
    """One thing that activation waits for: its section, and what it is in words."""

    section: str
    words: str


def missing_for_activation(facts: PlanFacts, size: str) -> tuple[Missing, ...]:
    """What a plan of this size lacks (rules.md), by section; empty when it may be activated.

    Starter: a goal, a key person, the contract's end, a next action. Standard: header, team, two
    goals, renewal, three actions. Full: every star field. Raises KeyError for another size.
    """
    return {STARTER: _starter, STANDARD: _standard, FULL: _full}[size](facts)


def missing_words(missing: Iterable[Missing], size: str) -> str:
    """What is missing in one line; beyond the starter it is grouped by section."""
    found = tuple(missing)
    if size == STARTER:
        return "; ".join(one.words for one in found)
    grouped: dict[str, list[str]] = {}
    for one in found:
        grouped.setdefault(one.section, []).append(one.words)
    return "; ".join(
        _("{section}: {things}").format(
            section=section_name(section), things=", ".join(dict.fromkeys(things))
        )
        for section, things in grouped.items()
    )


def _starter(facts: PlanFacts) -> tuple[Missing, ...]:
    words = {
        "goal": Missing("goals", _("a goal")),
        "key_people": Missing("stakeholders", _("a key person with a role")),
        "contract_end": Missing("renewal", _("the contract's end")),
        "next_action": Missing("actions", _("a next action")),
    }
    found = starter_missing(
        goals=len(facts.objectives),
        key_people=sum(is_filled("roles", row) for row in facts.people),
        contract_end=as_day((facts.renewal or {}).get("end_on")),
        next_actions=len(facts.actions),
    )
    return tuple(words[one] for one in found)


def _standard(facts: PlanFacts) -> tuple[Missing, ...]:
    found = list(_unfilled(facts, ("header", "team")))
    if len(facts.objectives) < STANDARD_OBJECTIVES:
        found.append(Missing("goals", _("{count} goals").format(count=STANDARD_OBJECTIVES)))
    found += _unfilled(facts, ("renewal",))
    if len(facts.actions) < STANDARD_ACTIONS:
        found.append(Missing("actions", _("{count} next actions").format(count=STANDARD_ACTIONS)))
    return tuple(found)


def _full(facts: PlanFacts) -> tuple[Missing, ...]:
    return tuple(_unfilled(facts))


def _unfilled(facts: PlanFacts, sections: tuple[str, ...] | None = None) -> list[Missing]:
    return [
        Missing(star.section, star.words)
        for star in stars(facts)
        if not star.filled and star.words and (sections is None or star.section in sections)
    ]
