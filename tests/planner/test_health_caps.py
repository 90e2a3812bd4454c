"""Caps, bands, grey and coverage: what holds a score down and what it is called."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.health.caps import fact_caps, weak_dimension_cap
from planner.health.figures import Reading
from planner.health.inputs import ComplaintFact, HealthInputs, PersonFact
from planner.health.profiles import Band, HealthConfig, Profile, default_config, managed_b2b
from planner.health.score import HealthScore, combine, finish, half_away, score_health

TODAY = date(2026, 6, 1)
CONFIG = default_config()
ALL_MEASURES = [line.id for line in managed_b2b().weights if line.weight]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def account(**facts: Any) -> HealthInputs:
    given: dict[str, Any] = {"account_id": 1, "as_of": TODAY, "started_on": ago(400), **facts}
    return HealthInputs(cadence_days=14, **given)


def live(inputs: HealthInputs) -> list[tuple[str, int]]:
    return [(cap.id, cap.max) for cap in fact_caps(inputs, CONFIG)]


def scored(
    value: float,
    inputs: HealthInputs | None = None,
    known: list[str] = ALL_MEASURES,
    config: HealthConfig = CONFIG,
) -> HealthScore:
    combined = combine(managed_b2b(), {one: Reading(value) for one in known})
    return finish(inputs or account(), config, "Managed B2B", combined)


def buyer(touched: int | None, **facts: Any) -> PersonFact:
    on = None if touched is None else ago(touched)
    given: dict[str, Any] = {"id": 7, "person_id": 7, "name": "Per", **facts}
    return PersonFact(roles=("economic_buyer",), last_two_way_on=on, **given)


def test_no_facts_no_caps() -> None:
    assert live(account()) == []


def test_a_cancellation_notice_caps_at_20_from_its_day() -> None:
    assert live(account(cancellation_on=TODAY)) == [("cancellation", 20)]
    assert live(account(cancellation_on=ago(-1))) == []


def test_a_confirmed_competitor_evaluation_caps_at_64() -> None:
    assert live(account(competitor_on=TODAY)) == [("competitor", 64)]
    assert live(account(competitor_on=ago(-1))) == []


@pytest.mark.parametrize(("days", "caps"), [(60, []), (61, [("invoice_overdue", 59)])])
def test_an_invoice_caps_from_the_61st_day(days: int, caps: list[tuple[str, int]]) -> None:
    assert live(account(invoice_overdue_since=ago(days))) == caps


@pytest.mark.parametrize(
    ("changes", "capped"),
    [
        ({}, True),
        ({"breached": False}, False),
        ({"severity": "high"}, False),
        ({"resolved_on": ago(1)}, False),
        ({"excluded": True}, False),
        ({"opened_on": ago(-1)}, False),
    ],
)
def test_only_an_open_late_critical_complaint_caps(changes: dict[str, Any], capped: bool) -> None:
    one = ComplaintFact(3, "C-3", "critical", ago(4), breached=True)._replace(**changes)
    assert live(account(complaints=(one,))) == ([("critical_complaint", 49)] if capped else [])


@pytest.mark.parametrize(
    ("left", "successor_touched", "capped"),
    [
        (30, None, False),
        (31, None, True),
        (31, 32, True),
        (31, 31, False),
        (31, 5, False),
    ],
)
def test_a_key_role_that_left_caps_until_a_successor_was_touched(
    left: int, successor_touched: int | None, capped: bool
) -> None:
    gone = buyer(400, active=False, left_on=ago(left))
    people = (gone, buyer(successor_touched, id=8))
    assert live(account(people=people)) == ([("role_left", 59)] if capped else [])


def test_a_successor_who_left_lately_still_repaired_the_older_leaving() -> None:
    first = buyer(400, active=False, left_on=ago(300))
    second = buyer(20, id=8, active=False, left_on=ago(10))
    assert live(account(people=(first, second))) == []
    second = second._replace(left_on=ago(31), last_two_way_on=ago(40))
    caps = fact_caps(account(people=(first, second)), CONFIG)
    assert [(cap.id, cap.rows) for cap in caps] == [("role_left", (8,))]


def test_other_roles_may_leave() -> None:
    gone = PersonFact(1, 1, "A", ("technical",), active=False, left_on=ago(99))
    assert live(account(people=(gone, gone._replace(id=2, roles=(), left_on=None)))) == []


@pytest.mark.parametrize(
    ("days_left", "touched", "capped"),
    [
        (121, None, False),
        (120, None, True),
        (0, 181, True),
        (0, 180, False),
        (-30, 181, True),
        (-30, 1, False),
    ],
)
def test_a_renewal_without_the_buyer_caps_at_69(
    days_left: int, touched: int | None, capped: bool
) -> None:
    inputs = account(contract_end=TODAY + timedelta(days=days_left), people=(buyer(touched),))
    assert live(inputs) == ([("buyer_silent", 69)] if capped else [])
    assert live(replace(inputs, renewal_decided=True)) == []


def test_an_account_without_a_buyer_or_with_one_who_left_meets_the_buyer_cap() -> None:
    end = TODAY + timedelta(days=60)
    assert live(account(contract_end=end)) == [("buyer_silent", 69)]
    gone = buyer(1, active=False)
    assert live(account(contract_end=end, people=(gone,))) == [("buyer_silent", 69)]


def test_without_an_end_date_the_buyer_cap_never_applies() -> None:
    assert live(account(people=(buyer(999),))) == []


def test_a_dimension_strictly_below_30_caps_at_74() -> None:
    assert weak_dimension_cap({"voice": 30.0, "pulse": 30.0 - 1e-12}, CONFIG) is None
    cap = weak_dimension_cap({"voice": 29.999999, "pulse": 100.0}, CONFIG)
    assert cap is not None
    assert (cap.max, cap.facts) == (74, ("voice",))
    readings = {one: Reading(100.0) for one in ALL_MEASURES} | {"P1": Reading(0.0)}
    score = finish(account(), CONFIG, "x", combine(managed_b2b(), readings))
    assert (score.raw, score.shown, score.band) == (90.0, 74, "yellow")


def test_a_cap_that_the_rules_leave_out_does_not_bind() -> None:
    none = replace(CONFIG, caps=())
    assert fact_caps(account(cancellation_on=TODAY), none) == []
    assert weak_dimension_cap({"voice": 0.0}, none) is None


@pytest.mark.parametrize(
    ("value", "shown", "band"),
    [
        (0.0, 0, "red"),
        (49.499999, 49, "red"),
        (49.5, 50, "yellow"),
        (74.499999, 74, "yellow"),
        (74.5, 75, "green"),
        (100.0, 100, "green"),
    ],
)
def test_the_band_comes_from_the_shown_integer(value: float, shown: int, band: str) -> None:
    score = scored(value)
    assert (score.shown, score.band) == (shown, band)


@pytest.mark.parametrize(("value", "whole"), [(0.5, 1), (-0.5, -1), (-1.4, -1), (2.49, 2)])
def test_halves_go_away_from_zero(value: float, whole: int) -> None:
    assert half_away(value) == whole


@pytest.mark.parametrize(
    ("known", "coverage", "band", "uncertain", "unknown"),
    [
        (["R1", "R2", "R3", "S1", "S2", "S3", "O1", "O2", "C1"], 0.71, "green", False, False),
        (["R1", "R2", "R3", "S1", "S2", "S3", "O1", "O2", "R3"], 0.65, "green", True, False),
        (["R1", "R2", "S1", "P1"], 0.40, "green", True, False),
        (["R1", "R2", "S1", "V1"], 0.38, "grey", False, True),
    ],
)
def test_coverage_decides_certain_uncertain_and_grey(
    known: list[str], coverage: float, band: str, uncertain: bool, unknown: bool
) -> None:
    score = scored(90.0, known=known)
    assert (score.coverage, score.band) == (coverage, band)
    assert (score.uncertain, score.unknown) == (uncertain, unknown)
    assert score.raw == 90.0


def test_seventy_per_cent_is_high() -> None:
    score = scored(90.0, known=["R1", "R2", "R3", "S1", "S2", "S3", "O1", "O2", "V3", "C1"][:9])
    assert score.coverage == 0.68
    score = scored(90.0, known=["R1", "R2", "S1", "P1", "O1", "O2", "S2", "C2"])
    assert (score.coverage, score.coverage_level) == (0.70, "high")


@pytest.mark.parametrize(("age", "band"), [(-5, "grey"), (0, "grey"), (13, "grey"), (14, "green")])
def test_the_first_14_days_are_grey(age: int, band: str) -> None:
    score = scored(90.0, account(started_on=ago(age)))
    assert (score.band, score.new) == (band, band == "grey")
    assert score.shown == 90


@pytest.mark.parametrize("started", [3, 400])
def test_grey_never_hides_a_hard_cap(started: int) -> None:
    inputs = account(started_on=ago(started), cancellation_on=TODAY)
    score = scored(90.0, inputs, known=["R1"])
    assert (score.band, score.uncertain, score.unknown) == ("red", True, True)
    assert (score.raw, score.final) == (90.0, 20.0)


def test_a_soft_cap_leaves_grey_grey() -> None:
    score = scored(90.0, account(competitor_on=TODAY), known=["R1"])
    assert (score.band, score.final) == ("grey", 64.0)


def test_a_hard_cap_with_full_coverage_is_a_certain_red() -> None:
    score = scored(90.0, account(cancellation_on=TODAY))
    assert (score.band, score.uncertain, score.unknown) == ("red", False, False)


def test_nothing_known_is_no_score() -> None:
    score = scored(90.0, known=[])
    assert (score.raw, score.final, score.shown, score.band) == (None, None, None, "grey")
    assert score.coverage == 0.0


def test_all_weights_zero_is_no_score_and_grey() -> None:
    lines = tuple(replace(line, weight=0) for line in managed_b2b().weights)
    config = replace(CONFIG, profiles=(Profile("nothing", lines),))
    score = score_health(account(last_two_way_on=ago(1)), config)
    assert (score.shown, score.band, score.measures, score.unknown) == (None, "grey", (), True)


def test_other_bands_and_cap_heights_are_followed() -> None:
    bands = (Band("red", 0, 29), Band("yellow", 30, 89), Band("green", 90, 100))
    config = replace(CONFIG, bands=bands, caps=(("competitor", 31),))
    assert scored(89.4, config=config).band == "yellow"
    capped = scored(89.4, account(competitor_on=TODAY), config=config)
    assert (capped.shown, capped.band) == (31, "red")
    with pytest.raises(ValueError, match="no band holds 95"):
        replace(config, bands=bands[:2]).band_of(95)


def test_what_the_house_can_measure_now_is_scored_from_facts() -> None:
    score = score_health(account(last_two_way_on=ago(7)), CONFIG)
    known = {one.id: one.score for one in score.measures if one.score is not None}
    assert known == {"R1": 100.0, "R2": 0.0, "S1": 100.0}
    assert score.raw == pytest.approx(72.222222222)
    assert score.shown == 72
    assert (score.coverage, score.band, score.calibrated) == (0.3, "grey", False)
    assert score.config_version == "default-1"
