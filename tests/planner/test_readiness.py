"""Plan readiness: complete and fresh parts, by weight, for the size chosen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.readiness import (
    SECTION_WEIGHTS,
    SIZE_SECTIONS,
    SIZES,
    ActivationFacts,
    SectionState,
    activation_missing,
    completeness,
    freshness,
    is_stale,
    limit_for,
    raises_most,
    readiness,
    sections_shown,
    size_for_tier,
    starter_missing,
)

TODAY = date(2026, 6, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def part(section: str, tenths: int, age: int, limit: int | None = 100) -> SectionState:
    return SectionState(section, tenths, 10, edited_on=ago(age), limit_days=limit)


VECTOR = [
    part("goals", 10, 0),
    part("stakeholders", 8, 150),
    part("renewal", 10, 100),
    part("risks", 5, 20),
    SectionState("growth", 0, 10),
    part("actions", 9, 1),
    part("contact_plan", 10, 175),
]


def test_the_vector_of_the_specification() -> None:
    found = readiness(VECTOR, "full", TODAY)
    assert found.percent == pytest.approx(66.5)
    assert {one.section: (one.completeness, one.freshness) for one in found.sections} == {
        "goals": (1, 1),
        "stakeholders": (0.8, 0.5),
        "renewal": (1, 1),
        "risks": (0.5, 1),
        "growth": (0, 0),
        "actions": (0.9, 1),
        "contact_plan": (1, 0.25),
    }
    assert sum(one.points for one in found.sections) == pytest.approx(66.5)


def test_what_would_raise_readiness_most_is_the_section_with_most_points_lost() -> None:
    best = raises_most(readiness(VECTOR, "full", TODAY))
    assert best is not None
    # growth lost 10, stakeholders 15 x .6 = 9, contact plan 7.5, risks 5, actions 2
    assert best.section == "growth"
    assert best.points == pytest.approx(10.0)
    starter = raises_most(readiness(VECTOR, "starter", TODAY))
    assert starter is not None
    assert starter.section == "stakeholders"
    assert starter.points == pytest.approx(9 / 80 * 100)


def test_nothing_raises_a_plan_that_is_whole_or_that_is_none() -> None:
    whole = [part(section, 10, 0) for section in SECTION_WEIGHTS]
    assert raises_most(readiness(whole, "full", TODAY)) is None
    assert raises_most(None) is None


def test_readiness_counts_the_sections_of_the_size_only() -> None:
    starter = readiness(VECTOR, "starter", TODAY)
    assert [one.section for one in starter.sections] == [
        "goals",
        "stakeholders",
        "renewal",
        "risks",
        "actions",
    ]
    # (20 + 15*.8*.5 + 15 + 10*.5 + 20*.9) / 80
    assert starter.percent == pytest.approx(80.0)
    assert readiness(VECTOR, "standard", TODAY).percent == pytest.approx(66.5)


def test_a_section_without_a_state_is_empty() -> None:
    assert readiness([], "starter", TODAY).percent == 0
    with pytest.raises(KeyError):
        readiness([], "huge", TODAY)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (SectionState("risks", 1, 4), 0.25),
        (SectionState("risks", 5, 4), 1.0),
        (SectionState("risks", live_rows=1), 1.0),
        (SectionState("risks"), 0.0),
    ],
)
def test_completeness_is_star_fields_or_a_live_row(state: SectionState, expected: float) -> None:
    assert completeness(state) == expected


@pytest.mark.parametrize(
    ("age", "limit", "expected", "stale"),
    [
        (0, 30, 1.0, False),
        (30, 30, 1.0, False),
        (45, 30, 0.5, True),
        (60, 30, 0.0, True),
        (99, 30, 0.0, True),
        (9999, None, 1.0, False),
        (-4, 30, 1.0, False),
    ],
)
def test_freshness_is_full_to_the_limit_and_nothing_at_twice_it(
    age: int, limit: int | None, expected: float, stale: bool
) -> None:
    state = part("risks", 10, age, limit)
    assert freshness(state, TODAY) == expected
    assert is_stale(state, TODAY) is stale


def test_a_section_never_edited_is_not_fresh_and_not_stale() -> None:
    for limit in (30, None):
        state = SectionState("risks", 1, 1, limit_days=limit)
        assert freshness(state, TODAY) == 0
        assert not is_stale(state, TODAY)


def test_limits_that_depend_on_the_account() -> None:
    end = TODAY + timedelta(days=180)
    assert limit_for("renewal", end, 0, TODAY) == 30
    assert limit_for("renewal", end + timedelta(days=1), 0, TODAY) is None
    assert limit_for("renewal", None, 0, TODAY) is None
    assert limit_for("complaints", None, 1, TODAY) == 14
    assert limit_for("complaints", None, 0, TODAY) is None
    assert limit_for("goals", None, 0, TODAY) == 45
    assert limit_for("reviews", None, 0, TODAY) is None


@pytest.mark.parametrize(
    ("tier", "size"), [(1, "full"), (2, "standard"), (3, "starter"), (None, "starter")]
)
def test_the_tier_chooses_the_size(tier: int | None, size: str) -> None:
    assert size_for_tier(tier) == size


def test_sizes_grow_and_full_has_seventeen() -> None:
    starter, standard, full = (set(SIZE_SECTIONS[size]) for size in SIZES)
    assert starter < standard < full
    assert len(full) == 17
    assert set(SECTION_WEIGHTS) <= standard
    assert sum(SECTION_WEIGHTS.values()) == 100


def test_a_section_outside_the_size_shows_when_it_holds_something_or_is_added() -> None:
    assert sections_shown("starter") == ("goals", "stakeholders", "renewal", "risks", "actions")
    assert sections_shown("starter", holding=["team"], added=["notes"]) == (
        "team",
        "goals",
        "stakeholders",
        "renewal",
        "risks",
        "actions",
        "notes",
    )


def test_starter_facts_that_are_missing_are_named() -> None:
    assert starter_missing(goals=0, key_people=0, contract_end=None, next_actions=0) == (
        "goal",
        "key_people",
        "contract_end",
        "next_action",
    )
    assert starter_missing(goals=1, key_people=2, contract_end=TODAY, next_actions=0) == (
        "next_action",
    )


READY = ActivationFacts(2, 1, TODAY, 3, (9, 9), 4, True, (40, 40))


def test_each_size_can_be_activated_when_all_is_there() -> None:
    assert [activation_missing(size, READY) for size in SIZES] == [(), (), ()]


@pytest.mark.parametrize(
    ("facts", "size", "missing"),
    [
        (replace(READY, contract_end=None), "starter", ("contract_end",)),
        (replace(READY, goals=1), "standard", ("two_objectives",)),
        (replace(READY, next_actions=2), "standard", ("three_actions",)),
        (replace(READY, header_stars=(8, 9)), "standard", ("header",)),
        (
            replace(READY, team_functions=3, renewal_filled=False),
            "standard",
            ("team", "renewal"),
        ),
        (replace(READY, all_stars=(39, 40)), "full", ("star_fields",)),
    ],
)
def test_what_blocks_activation_is_named(
    facts: ActivationFacts, size: str, missing: tuple[str, ...]
) -> None:
    assert activation_missing(size, facts) == missing


def test_an_unknown_size_cannot_be_activated() -> None:
    with pytest.raises(KeyError):
        activation_missing("huge", READY)


@given(
    st.lists(
        st.builds(
            SectionState,
            section=st.sampled_from(sorted(SECTION_WEIGHTS)),
            filled=st.integers(0, 9),
            total=st.integers(0, 9),
            live_rows=st.integers(0, 2),
            edited_on=st.none() | st.dates(ago(900), TODAY),
            limit_days=st.none() | st.integers(1, 365),
        ),
        unique_by=lambda state: state.section,
    ),
    st.sampled_from(SIZES),
)
def test_readiness_lies_between_0_and_100_and_only_ages(
    states: list[SectionState], size: str
) -> None:
    now = readiness(states, size, TODAY).percent
    later = readiness(states, size, TODAY + timedelta(days=7)).percent
    assert now is not None
    assert later is not None
    assert 0 <= later <= now + 1e-9
    assert now <= 100 + 1e-9
