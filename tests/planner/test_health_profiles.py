"""The rules as data: the shipped tables, which profile applies, what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.health.figures import MeasureWeight
from planner.health.inputs import HealthInputs, UsageFact
from planner.health.profiles import (
    Band,
    Condition,
    Profile,
    default_config,
    managed_b2b,
    problems_of,
    product_led,
)
from planner.health.score import score_health

TODAY = date(2026, 6, 1)


def account(**facts: Any) -> HealthInputs:
    return HealthInputs(1, TODAY, TODAY - timedelta(days=400), 14, **facts)


def test_the_default_table_is_the_specification() -> None:
    profile = managed_b2b()
    assert {dim.id: dim.weight for dim in profile.table} == {
        "relationship": 25,
        "service": 20,
        "voice": 15,
        "outcomes": 20,
        "commercial": 10,
        "pulse": 10,
    }
    assert profile.total_weight == 100
    assert {line.id: line.weight for line in profile.weights} == {
        "R1": 10,
        "R2": 10,
        "R3": 5,
        "S1": 10,
        "S2": 6,
        "S3": 4,
        "V1": 8,
        "V2": 4,
        "V3": 3,
        "O1": 12,
        "O2": 8,
        "C1": 6,
        "C2": 4,
        "P1": 10,
        "G1": 0,
    }


def test_the_shipped_rules_have_no_problems() -> None:
    config = default_config()
    assert problems_of(config) == ()
    assert problems_of(replace(config, profiles=(product_led(),))) == ()
    assert dict(config.caps) == {
        "cancellation": 20,
        "critical_complaint": 49,
        "role_left": 59,
        "invoice_overdue": 59,
        "competitor": 64,
        "buyer_silent": 69,
        "weak_dimension": 74,
    }


def test_the_first_profile_whose_condition_holds_applies() -> None:
    near = Profile("near", managed_b2b().weights, Condition(renewal_within=90))
    early = Profile("early", managed_b2b().weights, Condition(stages=("onboarding",), tiers=(1,)))
    config = replace(default_config(), profiles=(early, near, managed_b2b()))
    end = TODAY + timedelta(days=90)
    cases = [
        (account(stage="onboarding", tier=1, contract_end=end), "early"),
        (account(stage="onboarding", tier=2, contract_end=end), "near"),
        (account(stage="adopting", tier=1), "Managed B2B"),
        (account(contract_end=end + timedelta(days=1)), "Managed B2B"),
        (account(contract_end=end, renewal_decided=True), "Managed B2B"),
    ]
    assert [score_health(inputs, config).profile for inputs, _name in cases] == [
        name for _inputs, name in cases
    ]


def test_without_a_match_the_last_profile_applies() -> None:
    config = replace(default_config(), profiles=(product_led(Condition(stages=("renewal",))),))
    assert config.profile_for(account()).name == "Product-led"


def test_the_product_led_profile_weighs_usage() -> None:
    config = replace(default_config(), profiles=(product_led(),))
    score = score_health(account(usage=UsageFact(80, TODAY, (4,))), config)
    usage = next(one for one in score.measures if one.id == "G1")
    assert (usage.weight, usage.score, usage.rows) == (25, 80, (4,))
    halved = {one.id: one.weight for one in score.measures if one.id in ("R1", "S2", "C2")}
    assert halved == {"R1": 5, "S2": 3, "C2": 2}


def with_weights(*lines: MeasureWeight) -> tuple[Profile, ...]:
    return (Profile("P", lines),)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": " "}, "version"),
        ({"profiles": ()}, "no profile"),
        (
            {"profiles": with_weights(MeasureWeight("R1", "relationship", 0))},
            "all weights are zero",
        ),
        ({"profiles": with_weights(MeasureWeight("X9", "relationship", 1))}, "no measure X9"),
        ({"profiles": with_weights(MeasureWeight("R1", "mood", 1))}, "no dimension mood"),
        (
            {"profiles": with_weights(*[MeasureWeight("R1", "relationship", 1)] * 2)},
            "R1 is there twice",
        ),
        (
            {
                "profiles": with_weights(
                    MeasureWeight("R1", "relationship", -1), MeasureWeight("P1", "pulse", 1)
                )
            },
            "weight of R1 is not 0 or more",
        ),
        (
            {"profiles": with_weights(MeasureWeight("P1", "pulse", float("nan")))},
            "weight of P1 is not 0 or more",
        ),
        ({"bands": (Band("red", 0, 100),)}, "red, yellow and green"),
        (
            {"bands": (Band("red", 0, 49), Band("yellow", 52, 74), Band("green", 75, 100))},
            "gap between red and yellow: 50 to 51",
        ),
        (
            {"bands": (Band("red", 0, 49), Band("yellow", 50, 73), Band("green", 75, 100))},
            "gap between yellow and green: 74 to 74",
        ),
        (
            {"bands": (Band("red", 0, 49), Band("yellow", 49, 74), Band("green", 75, 100))},
            "red and yellow overlap",
        ),
        (
            {"bands": (Band("red", 1, 49), Band("yellow", 50, 74), Band("green", 75, 100))},
            "from 0 to 100",
        ),
        (
            {"bands": (Band("red", 0, 49), Band("yellow", 50, 40), Band("green", 41, 100))},
            "the band yellow is empty",
        ),
        ({"caps": (("rain", 10),)}, "no cap rain"),
        ({"caps": (("competitor", 101),)}, "competitor is not between"),
        ({"coverage_medium": 0.8}, "coverage limits"),
    ],
)
def test_wrong_rules_are_named(changes: dict[str, Any], words: str) -> None:
    found = problems_of(replace(default_config(), **changes))
    assert any(words in sentence for sentence in found), found
