"""The sections of a plan: star fields, owners, and how full and fresh in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.plan_activation import missing_for_activation
from planner.plan_sections import (
    OWNER_FUNCTIONS,
    PlanFacts,
    age_words,
    filled_in,
    holding,
    owner_of,
    owner_words,
    section_called,
    section_states,
    stars,
    state_code,
    state_words,
)
from planner.readiness import (
    SECTION_NUMBERS,
    SIZES,
    ActivationFacts,
    SectionState,
    activation_missing,
    sections_shown,
)
from planner.renewal_choice import renewal_of
from planner.vocabulary import PLAN_SECTIONS
from planner.vocabulary_words import section_names

TODAY = date(2026, 6, 1)
GOAL = {"objective": "g", "their_owner": "Per", "owner_id": 1}
ACTION = {"action": "a", "owner_id": 1, "due_on": "2026-07-01", "done_means": "d"}
CONTRACT = {
    "id": 1, "arr_minor": 0, "end_on": "2026-12-31", "notice_days": 30, "forecast": "likely",
}  # fmt: skip
ACCOUNT = {"tier": 1, "keep_class": "invest", "stage": "established"}
PLAN = {
    "period_start": "2026-01-01", "period_end": "2026-12-31", "north_star": "k",
    "north_star_target": "t", "next_review_on": "2026-07-01",
}  # fmt: skip
WHOLE = PlanFacts(
    ACCOUNT, PLAN, CONTRACT, frozenset(("marketing", "sales", "success", "service")),
    [GOAL, GOAL], [{"roles": ("sponsor",)}], [ACTION] * 3, {"risks": 1}, 1,
    touched={"goals": "2026-05-31"},
)  # fmt: skip


def states(facts: PlanFacts) -> dict[str, SectionState]:
    return {one.section: one for one in section_states(facts, TODAY)}


@pytest.mark.parametrize(
    "facts",
    [
        WHOLE, PlanFacts({}), replace(WHOLE, objectives=[GOAL, {"objective": "g"}], renewal=None),
        replace(WHOLE, actions=[], people=[{"roles": "[]"}], qbr_dates=0, functions=frozenset()),
        replace(WHOLE, renewal={**CONTRACT, "forecast": "unknown"}, account={}),
    ],
)  # fmt: skip
def test_a_section_counts_the_star_fields_that_are_listed(facts: PlanFacts) -> None:
    listed: dict[str, tuple[int, int]] = {}
    for star in stars(facts):
        filled, total = listed.get(star.section, (0, 0))
        listed[star.section] = filled + star.filled, total + 1
    counted = {one.section: (one.filled, one.total) for one in states(facts).values() if one.total}
    assert counted == listed


def test_every_section_has_a_name_a_number_and_an_owner_or_none() -> None:
    assert tuple(SECTION_NUMBERS) == PLAN_SECTIONS == tuple(section_names())
    assert set(OWNER_FUNCTIONS) == set(PLAN_SECTIONS)


def test_the_star_fields_of_the_specification_are_counted() -> None:
    found = states(PlanFacts({}))
    assert {one.section: one.total for one in found.values() if one.total} == {
        "header": 10, "team": 4, "goals": 3, "stakeholders": 1, "contact_plan": 1, "renewal": 2,
        "actions": 4,
    }  # fmt: skip
    assert len(found) == 17
    assert [one.section for one in found.values() if one.filled] == ["header"]
    whole = states(WHOLE)
    assert {one.section: one.filled for one in whole.values() if one.total} == {
        "header": 10, "team": 4, "goals": 6, "stakeholders": 1, "contact_plan": 1, "renewal": 2,
        "actions": 12,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("section", "row", "count"),
    [
        ("goals", {"objective": "g"}, 1),
        ("goals", {"objective": "g", "their_owner_id": 4}, 2),
        ("goals", {"objective": "g", "their_owner": "Per", "their_owner_id": 4}, 2),
        ("stakeholders", {"roles": "[]"}, 0),
        ("stakeholders", {"roles": ()}, 0),
        ("stakeholders", {"roles": '["sponsor"]'}, 1),
        ("renewal", {"forecast": "unknown", "end_on": None}, 0),
        ("actions", {"action": "unknown", "owner_id": 1, "due_on": None}, 2),
    ],
)
def test_a_star_is_filled_when_one_of_its_columns_says_something(
    section: str, row: dict[str, Any], count: int
) -> None:
    assert filled_in(section, [row]) == count


def test_each_size_lacks_what_the_rules_say_it_lacks() -> None:
    """The words by section agree with the rule by count, whatever is taken away."""
    taken_away: list[dict[str, Any]] = [
        {}, {"objectives": [GOAL]}, {"objectives": []}, {"actions": [ACTION]}, {"actions": []},
        {"people": [{"roles": "[]"}]}, {"people": []}, {"renewal": None}, {"account": {}},
        {"plan": None}, {"functions": frozenset(("sales",))}, {"qbr_dates": 0},
        {"renewal": {**CONTRACT, "forecast": "unknown"}},
        {"renewal": {**CONTRACT, "notice_days": None}},
        {"actions": [{**ACTION, "done_means": None}] * 3},
    ]  # fmt: skip
    cases = [replace(WHOLE, **less) for less in taken_away]
    for facts in cases:
        found = states(facts)
        end = (facts.renewal or {}).get("end_on")
        counted = ActivationFacts(
            len(facts.objectives),
            sum(bool(row["roles"] not in ("[]", ())) for row in facts.people),
            date.fromisoformat(end) if end else None,
            len(facts.actions),
            (found["header"].filled, found["header"].total),
            len(facts.functions),
            found["renewal"].filled == 2,
            (sum(s.filled for s in found.values()), sum(s.total for s in found.values())),
        )
        for size in SIZES:
            lacks = missing_for_activation(facts, size)
            assert bool(lacks) is bool(activation_missing(size, counted)), (facts, size)
            assert all(one.words for one in lacks)


def test_a_section_is_named_by_word_name_or_number() -> None:
    for wanted in ("why_stay", "Why they stay", "WHY-STAY", "4"):
        assert section_called(wanted) == "why_stay"
    assert section_called("18") is section_called("") is section_called("stay") is None


def test_the_owner_is_who_took_it_over_else_the_seat_else_nobody() -> None:
    seats = {"sales": 1, "success": 2}
    assert owner_of("renewal", None, seats, 9).colleague_id == 1
    assert owner_of("renewal", 7, seats, 9) == ("renewal", 7, ("sales",), True)
    assert owner_of("stakeholders", None, {"success": 2}, 9).colleague_id == 2
    assert owner_of("header", None, seats, 9).colleague_id == 9
    gap = owner_of("complaints", None, seats, 9)
    assert (gap.colleague_id, gap.is_gap) == (None, True)
    assert owner_words(gap, None) == "nobody: no service person"
    assert owner_words(owner_of("stakeholders", None, {}, 9), None) == (
        "nobody: no sales / success person"
    )
    assert owner_words(owner_of("reviews", None, {}, None), None) == (
        "nobody: the account has no owner"
    )
    everybody, itself = owner_of("actions", None, seats, 9), owner_of("health", None, seats, 9)
    assert (everybody.is_gap, itself.is_gap) == (False, False)
    assert (owner_words(everybody, None), owner_words(itself, None)) == (
        "everybody", "fills itself",
    )  # fmt: skip


def test_the_renewal_is_the_undecided_contract_that_ends_first() -> None:
    def contract(number: int, end: str | None, **more: Any) -> dict[str, Any]:
        return {"id": number, "end_on": end, "status": "active", "decided_on": None, **more}

    decided = contract(1, "2026-01-01", decided_on="2025-12-01")
    later = contract(2, "2026-09-01")
    assert renewal_of([decided, later, contract(3, "2026-08-01", status="ended")]) == later
    assert renewal_of([decided, contract(4, None)]) == decided
    assert renewal_of([contract(5, None)]) is None


@pytest.mark.parametrize(
    ("state", "code", "words"),
    [
        (SectionState("health", live_rows=1), "auto", "fills itself from the log"),
        (SectionState("risks"), "empty", "empty"),
        (SectionState("goals", 0, 3), "empty", "empty"),
        (SectionState("goals", 2, 3, 1, TODAY, 45), "incomplete", "67 % filled, fresh today"),
        (
            SectionState("risks", 0, 0, 1, TODAY - timedelta(3), 30),
            "ready",
            "100 % filled, 3 d old",
        ),
        (
            SectionState("risks", 0, 0, 1, TODAY - timedelta(45), 30),
            "stale",
            "100 % filled, stale since 15 d, counts 50 %",
        ),
        (SectionState("risks", 0, 0, 1), "ready", "100 % filled"),
    ],
)
def test_the_state_of_a_section_is_said_in_words(
    state: SectionState, code: str, words: str
) -> None:
    assert (state_code(state, TODAY), state_words(state, TODAY)) == (code, words)


@pytest.mark.parametrize(
    ("age", "words"),
    [(None, ""), (-1, "today"), (0, "today"), (30, "30 d old"), (31, "stale since 1 d")],
)
def test_the_age_of_a_section_is_said_in_few_words(age: int | None, words: str) -> None:
    edited = None if age is None else TODAY - timedelta(age)
    assert age_words(SectionState("risks", 0, 0, 1, edited, 30), TODAY) == words


def test_a_section_holds_something_with_a_live_row_or_a_seat() -> None:
    facts = PlanFacts({}, {}, None, frozenset(("sales",)), held={"value": 1, "team": 1})
    assert holding(section_states(facts, TODAY)) == ("team", "value")
    assert "value" in sections_shown("starter", holding(section_states(facts, TODAY)))
