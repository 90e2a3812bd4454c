"""What holds for every score: bounds, identities, and what must not change it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.health.caps import fact_caps
from planner.health.explain import changed, explain
from planner.health.figures import MeasureWeight, Reading
from planner.health.inputs import (
    AnswerFact,
    BoxFact,
    ClockFact,
    ComplaintFact,
    HealthInputs,
    MilestoneFact,
    ObjectiveFact,
    PersonFact,
    PulseFact,
    TrendFact,
    UsageFact,
    ValueFact,
)
from planner.health.measures import MEASURES
from planner.health.profiles import Profile, default_config, managed_b2b
from planner.health.score import combine, finish, score_health

CONFIG = default_config()
LINES = managed_b2b().weights
TODAY = date(2024, 2, 29)
NEAR = st.dates(date(2022, 6, 1), TODAY)
MAYBE = st.none() | NEAR
AROUND = st.dates(date(2023, 6, 1), date(2025, 6, 1))
ROLES = ("sponsor", "economic_buyer", "champion", "day_to_day", "technical", "other")
IDS = st.integers(1, 99)

PEOPLE = st.builds(
    PersonFact,
    id=IDS,
    person_id=IDS,
    name=st.sampled_from(["Per", "Maria", "{0}", "[/]"]),
    roles=st.lists(st.sampled_from(ROLES), max_size=3, unique=True).map(tuple),
    influence=st.none() | st.integers(1, 3),
    stance=st.none() | st.sampled_from(["advocate", "supporter", "neutral", "sceptic", "opponent"]),
    department=st.none() | st.sampled_from(["IT", "Sales", ""]),
    active=st.booleans(),
    left_on=MAYBE,
    last_two_way_on=MAYBE,
)
COMPLAINTS = st.builds(
    ComplaintFact,
    id=IDS,
    number=st.sampled_from(["C-1", "C-2"]),
    severity=st.sampled_from(["low", "medium", "high", "critical"]),
    opened_on=NEAR,
    resolved_on=MAYBE,
    breached=st.booleans(),
    confirmed=st.booleans(),
    root_cause=st.none() | st.sampled_from(["a", "A ", ""]),
    excluded=st.booleans(),
)
OBJECTIVES = st.builds(
    ObjectiveFact,
    id=IDS,
    title=st.just("t"),
    priority=st.integers(1, 3),
    status=st.sampled_from(
        ["not_started", "on_track", "at_risk", "off_track", "achieved", "dropped"]
    ),
    started_on=MAYBE,
    due_on=st.none() | AROUND,
    achieved_on=MAYBE,
)
PULSES = st.builds(
    PulseFact,
    id=IDS,
    function=st.sampled_from(["marketing", "sales", "success", "service"]),
    score=st.integers(1, 5),
    given_on=NEAR,
    expired=st.booleans(),
)
BOXES = st.builds(BoxFact, id=IDS, answered_on=NEAR, hit=st.booleans())
CLOCKS = st.builds(
    ClockFact,
    complaint_id=IDS,
    due_on=AROUND,
    late=st.booleans(),
    stopped_on=MAYBE,
    due_at=st.none(),
)
"""Stopped ones and those that wait; one that runs is read at a moment, which the facts have not."""
ANSWERS = st.builds(
    AnswerFact,
    id=IDS,
    rating=st.integers(0, 10),
    influence=st.none() | st.integers(1, 3),
    answered_on=NEAR,
)
NUMBERS = st.floats(-1e6, 1e6).map(lambda number: round(number, 2))
VALUES = st.builds(
    ValueFact, id=IDS, baseline=NUMBERS, target=NUMBERS, actual=NUMBERS, measured_on=NEAR
)


Fact = TypeVar("Fact")


def several(one: st.SearchStrategy[Fact]) -> st.SearchStrategy[tuple[Fact, ...]]:
    return st.lists(one, max_size=5).map(tuple)


ACCOUNTS = st.builds(
    HealthInputs,
    account_id=IDS,
    as_of=st.just(TODAY),
    started_on=NEAR,
    cadence_days=st.integers(1, 120),
    last_two_way_on=MAYBE,
    last_two_way_id=st.none() | IDS,
    required_roles=st.none() | st.lists(st.sampled_from(ROLES), max_size=6).map(tuple),
    people=several(PEOPLE),
    complaints=several(COMPLAINTS),
    objectives=several(OBJECTIVES),
    pulses=several(PULSES),
    milestones=several(
        st.builds(MilestoneFact, id=IDS, offset_days=st.sampled_from([120, 60, 7]), done_on=MAYBE)
    ),
    contract_end=st.none() | AROUND,
    renewal_decided=st.booleans(),
    cancellation_on=MAYBE,
    invoice_overdue_since=MAYBE,
    competitor_on=MAYBE,
    starter_known=st.integers(0, 4),
    clocks=several(CLOCKS),
    nps=several(ANSWERS),
    csat=several(BOXES),
    ces=several(BOXES),
    values=several(VALUES),
    revenue=st.none() | st.builds(TrendFact, st.floats(-200, 200)),
    usage=st.none() | st.builds(UsageFact, st.floats(0, 100), NEAR),
)

POINTS = st.floats(0, 100)
KNOWN = st.tuples(POINTS, st.floats(0, 1)).map(lambda pair: Reading(*pair))
READINGS = st.fixed_dictionaries({one: st.none() | KNOWN for one in MEASURES})
WEIGHTS = st.lists(st.floats(0.01, 100) | st.just(0.0), min_size=len(LINES), max_size=len(LINES))


def weighted(weights: list[float]) -> Profile:
    lines = [MeasureWeight(line.id, line.dim, w) for line, w in zip(LINES, weights, strict=True)]
    return Profile("any", tuple(lines))


@given(ACCOUNTS)
def test_final_lies_between_zero_and_raw_and_raw_below_100(inputs: HealthInputs) -> None:
    score = score_health(inputs, CONFIG)
    if score.raw is None or score.final is None or score.shown is None:
        assert (score.raw, score.final, score.shown) == (None, None, None)
        assert score.coverage == 0
        return
    assert 0 <= score.final <= score.raw <= 100
    assert 0 <= score.coverage <= 1
    assert abs(score.shown - score.final) <= 0.5
    assert all(0 <= (one.score or 0) <= 100 for one in score.measures)
    assert all(0 <= one.confidence <= 1 for one in score.measures)


@given(READINGS, WEIGHTS)
def test_the_points_lost_add_up(readings: dict[str, Reading | None], weights: list[float]) -> None:
    found = combine(weighted(weights), readings)
    if found.raw is None:
        assert all(one.lost == 0 for one in found.measures)
    else:
        assert sum(one.lost for one in found.measures) == pytest.approx(
            100 - found.raw, abs=1e-9, rel=0
        )
        assert sum(one.share for one in found.measures) == pytest.approx(100, abs=1e-9, rel=0)


@given(ACCOUNTS)
def test_the_explanation_adds_up_to_what_is_shown(inputs: HealthInputs) -> None:
    score = score_health(inputs, CONFIG)
    lines = explain(score, inputs).lines
    if score.shown is None:
        assert lines == ()
    else:
        assert sum(line.lost for line in lines) == pytest.approx(100 - score.shown, abs=1e-9, rel=0)


@given(READINGS, WEIGHTS, st.floats(0.01, 1000))
def test_multiplying_all_weights_changes_nothing(
    readings: dict[str, Reading | None], weights: list[float], factor: float
) -> None:
    one = combine(weighted(weights), readings)
    two = combine(weighted([weight * factor for weight in weights]), readings)
    assert two.raw == (None if one.raw is None else pytest.approx(one.raw, abs=2e-9, rel=0))
    assert two.coverage == pytest.approx(one.coverage, abs=1.1e-6)


@given(READINGS, WEIGHTS, st.sampled_from(sorted(MEASURES)), POINTS)
def test_raising_a_known_measure_never_lowers_raw(
    readings: dict[str, Reading | None], weights: list[float], measure: str, points: float
) -> None:
    now = readings[measure]
    assume(now is not None)
    assert now is not None
    higher = {**readings, measure: now._replace(score=max(points, now.score))}
    one, two = combine(weighted(weights), readings), combine(weighted(weights), higher)
    assert (two.raw or 0) >= (one.raw or 0) - 1e-9


@given(READINGS, WEIGHTS, st.sampled_from(sorted(MEASURES)))
def test_a_measure_equal_to_the_mean_leaves_its_dimension(
    readings: dict[str, Reading | None], weights: list[float], measure: str
) -> None:
    profile = weighted(weights)
    without = {**readings, measure: None}
    dim = next(line.dim for line in LINES if line.id == measure)
    mean = {one.id: one.score for one in combine(profile, without).dimensions}.get(dim)
    assume(mean is not None)
    assert mean is not None
    with_it = combine(profile, {**without, measure: Reading(mean)})
    now = {one.id: one.score for one in with_it.dimensions}[dim]
    assert now == pytest.approx(mean, abs=1e-9)


@given(READINGS, WEIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_the_table_does_not_matter(
    readings: dict[str, Reading | None], weights: list[float], random: Random
) -> None:
    profile = weighted(weights)
    lines = list(profile.weights)
    random.shuffle(lines)
    one, two = combine(profile, readings), combine(Profile("any", tuple(lines)), readings)
    assert two.raw == (None if one.raw is None else pytest.approx(one.raw, abs=2e-9, rel=0))


@given(ACCOUNTS, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(inputs: HealthInputs, random: Random) -> None:
    def mixed(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return tuple(random.sample(facts, len(facts)))

    other = replace(
        inputs,
        people=mixed(inputs.people),
        objectives=mixed(inputs.objectives),
        pulses=mixed(inputs.pulses),
        milestones=mixed(inputs.milestones),
        nps=mixed(inputs.nps),
        values=mixed(inputs.values),
    )
    one, two = score_health(inputs, CONFIG), score_health(other, CONFIG)
    assert two.raw == pytest.approx(one.raw, abs=2e-9)
    assert {cap.id for cap in one.caps} == {cap.id for cap in two.caps}


@given(ACCOUNTS, READINGS)
def test_caps_only_lower(inputs: HealthInputs, readings: dict[str, Reading | None]) -> None:
    combined = combine(managed_b2b(), readings)
    assume(combined.raw is not None)
    free = finish(inputs, replace(CONFIG, caps=()), "x", combined)
    capped = finish(inputs, CONFIG, "x", combined)
    assert free.final is not None
    assert capped.final is not None
    assert free.final == free.raw
    assert capped.final == min([free.final, *(cap.max for cap in capped.caps)])


@given(ACCOUNTS)
def test_the_same_facts_give_the_same_score(inputs: HealthInputs) -> None:
    copy = replace(inputs)
    assert score_health(copy, default_config()) == score_health(inputs, CONFIG)


@given(ACCOUNTS, ACCOUNTS)
def test_what_changed_adds_up(before: HealthInputs, after: HealthInputs) -> None:
    one, two = score_health(before, CONFIG), score_health(after, CONFIG)
    total = sum(change.delta for change in changed(one, two))
    assert total == pytest.approx((two.raw or 0) - (one.raw or 0), abs=2e-9, rel=0)


@given(ACCOUNTS, COMPLAINTS, PULSES, PEOPLE, st.integers(1, 400))
def test_facts_dated_after_the_day_change_nothing(
    inputs: HealthInputs,
    complaint: ComplaintFact,
    pulse: PulseFact,
    person: PersonFact,
    days: int,
) -> None:
    later = TODAY + timedelta(days=days)
    answer = AnswerFact(5, 0, 3, later)
    person = person._replace(stance=None, last_two_way_on=later, active=True, left_on=None)
    more = replace(
        inputs,
        complaints=(*inputs.complaints, complaint._replace(opened_on=later)),
        pulses=(*inputs.pulses, pulse._replace(given_on=later)),
        nps=(*inputs.nps, answer),
        csat=(*inputs.csat, BoxFact(5, later, True)),
        ces=(*inputs.ces, BoxFact(5, later, False)),
        milestones=(*inputs.milestones, MilestoneFact(5, 120, later)),
        values=(*inputs.values, ValueFact(5, 0, 1, 1, later)),
        cancellation_on=inputs.cancellation_on or later,
        competitor_on=inputs.competitor_on or later,
    )
    one, two = score_health(inputs, CONFIG), score_health(more, CONFIG)
    assert (two.raw, two.shown, two.band) == (one.raw, one.shown, one.band)
    with_person = replace(inputs, people=(*inputs.people, person))
    assert MEASURES["R2"](with_person) == MEASURES["R2"](inputs)


ZONES = st.sampled_from(
    ["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran"]
)


@given(ACCOUNTS, ZONES, st.dates(date(2019, 1, 1), date(2031, 1, 1)))
def test_a_day_count_is_one_of_dates_whatever_the_clocks_did(
    inputs: HealthInputs, zone: str, day: date
) -> None:
    """Moving all dates together changes nothing, over leap days and clock changes."""
    shift = day - TODAY

    def moved(on: date | None) -> date | None:
        return None if on is None else on + shift

    local = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).date()
    other = HealthInputs(
        1,
        local,
        inputs.started_on + shift,
        inputs.cadence_days,
        last_two_way_on=moved(inputs.last_two_way_on),
        pulses=tuple(one._replace(given_on=one.given_on + shift) for one in inputs.pulses),
        complaints=tuple(
            one._replace(opened_on=one.opened_on + shift, resolved_on=moved(one.resolved_on))
            for one in inputs.complaints
        ),
        contract_end=moved(inputs.contract_end),
        renewal_decided=inputs.renewal_decided,
        people=tuple(
            one._replace(left_on=moved(one.left_on), last_two_way_on=moved(one.last_two_way_on))
            for one in inputs.people
        ),
    )
    same = replace(
        other,
        as_of=TODAY,
        started_on=inputs.started_on,
        last_two_way_on=inputs.last_two_way_on,
        pulses=inputs.pulses,
        complaints=inputs.complaints,
        contract_end=inputs.contract_end,
        people=inputs.people,
    )
    one, two = score_health(same, CONFIG), score_health(other, CONFIG)
    assert (two.raw, two.final, two.coverage) == (one.raw, one.final, one.coverage)
    assert len(fact_caps(same, CONFIG)) == len(fact_caps(other, CONFIG))
