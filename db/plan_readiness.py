"""The states of a plan's weighted sections, as the store knows them (plan.md 7.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from db.health_facts import AccountFacts
from db.plan_parts_held import NOTHING, Part, parts_of
from planner.plan_sections import ROW_STARS, filled_in
from planner.readiness import SectionState, limit_for


def section_states(
    facts: AccountFacts, today: date, parts: Iterable[dict[str, Any]] = ()
) -> list[SectionState]:
    """The seven sections that count for readiness; ``PlanStateQueries`` has all of them."""
    plan, held = facts.plan or {}, parts_of(parts)
    rows: dict[str, Sequence[dict[str, Any]]] = {
        "goals": [row for row in facts.objectives if row["status"] != "dropped"],
        "stakeholders": [row for row in facts.people if not row["left_on"]],
        "actions": facts.actions,
        "renewal": () if facts.renewal is None else (facts.renewal,),
    }
    found = [_of_rows(section, some, held) for section, some in rows.items()]
    contact, growth = held.get("contact_plan", NOTHING), held.get("growth", NOTHING)
    found += [
        _state("risks", plan.get("risks_touched_on"), held, live_rows=plan.get("risks") or 0),
        _state("contact_plan", None, held, min(contact.qbr, 1), 1, contact.held),
        _state("growth", None, held, live_rows=growth.held),
    ]
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
        for one in found
    ]


def _of_rows(
    section: str, rows: Sequence[dict[str, Any]], held: Mapping[str, Part]
) -> SectionState:
    newest = max((row["touched_on"] for row in rows), default=None)
    total = max(1, len(rows)) * len(ROW_STARS[section])
    return _state(section, newest, held, filled_in(section, rows), total, len(rows))


def _state(
    section: str,
    touched: str | None,
    held: Mapping[str, Part],
    filled: int = 0,
    total: int = 0,
    live_rows: int = 0,
) -> SectionState:
    days = (day for day in (touched, held.get(section, NOTHING).touched_on) if day)
    newest = max(days, default=None)
    edited = None if newest is None else date.fromisoformat(newest)
    return SectionState(section, filled, total, live_rows, edited)
