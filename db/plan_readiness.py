"""The states of a plan's sections, as the store knows them, for plan readiness (plan.md 7.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from db.health_facts import AccountFacts
from planner.readiness import SectionState, limit_for
from planner.readiness_kept import KeptSections, keep_sections

OBJECTIVE_STARS = 3  # the objective, their owner, our owner
ACTION_STARS = 4  # the action, our owner, due, done-means
RENEWAL_STARS = 2  # forecast category, milestones (they follow from the contract's end)


def kept_sections(facts: AccountFacts, today: date) -> KeptSections | None:
    """What readiness is made from; None while the account has no live plan."""
    if facts.plan is None:
        return None
    return keep_sections(section_states(facts, today), facts.plan["size"])


def section_states(facts: AccountFacts, today: date) -> list[SectionState]:
    """The sections that this version keeps: goals, stakeholders, renewal, risks and actions."""
    plan = facts.plan or {}
    objectives = [row for row in facts.objectives if row["status"] != "dropped"]
    people = [row for row in facts.people if not row["left_on"]]
    states = [
        _state("goals", objectives, [_objective_stars(row) for row in objectives], OBJECTIVE_STARS),
        _state("stakeholders", people, [int(row["roles"] != "[]") for row in people], 1),
        _state("actions", facts.actions, [_action_stars(row) for row in facts.actions],
               ACTION_STARS),
        _renewal(facts.renewal),
        SectionState(
            "risks", live_rows=plan.get("risks") or 0, edited_on=_day(plan.get("risks_touched_on"))
        ),
    ]  # fmt: skip
    end = facts.inputs.contract_end
    open_complaints = sum(1 for one in facts.inputs.complaints if one.resolved_on is None)
    return [
        SectionState(
            one.section,
            one.filled,
            one.total,
            one.live_rows,
            one.edited_on,
            limit_for(one.section, end, open_complaints, today),
        )
        for one in states
    ]


def _state(
    section: str, rows: Sequence[dict[str, Any]], stars: Sequence[int], stars_each: int
) -> SectionState:
    return SectionState(
        section,
        filled=sum(stars),
        total=max(1, len(rows)) * stars_each,
        live_rows=len(rows),
        edited_on=_newest(row["touched_on"] for row in rows),
    )


def _objective_stars(row: dict[str, Any]) -> int:
    theirs = row["their_owner"] or row["their_owner_id"]
    return 1 + (theirs is not None) + (row["owner_id"] is not None)


def _action_stars(row: dict[str, Any]) -> int:
    owned, dated = row["owner_id"] is not None, row["due_on"] is not None
    return 1 + owned + dated + (row["done_means"] is not None)


def _renewal(contract: dict[str, Any] | None) -> SectionState:
    if contract is None:
        return SectionState("renewal", total=RENEWAL_STARS)
    filled = (contract["forecast"] != "unknown") + (contract["end_on"] is not None)
    return SectionState(
        "renewal", filled, RENEWAL_STARS, 1, date.fromisoformat(contract["touched_on"])
    )


def _newest(days: Iterable[str]) -> date | None:
    return _day(max(days, default=None))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
