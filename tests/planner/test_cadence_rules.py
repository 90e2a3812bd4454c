"""Rules of contact by tier, stage and role: which one holds, and what cannot be one."""

import pytest

from planner.book_settings import check_setting
from planner.cadence import ROLE_MAXIMUM_DAYS, TIER_CADENCE, Cadence
from planner.cadence_rules import DEFAULTS, CadenceRules, Part, part_of, rules_of, usable
from planner.errors import Refused


def test_without_settings_the_shipped_constants_hold() -> None:
    rules = CadenceRules({})
    assert {tier: rules.of_account(tier, None) for tier in TIER_CADENCE} == TIER_CADENCE
    assert rules.of_account(None, "adopting") == TIER_CADENCE[2]
    for role, most in ROLE_MAXIMUM_DAYS.items():
        found = rules.of_role(None, None, role)
        assert found == Cadence(most // 2, most)
    assert rules.losing_touch == 45
    assert [rules.review_days(tier) for tier in (1, 2, 3, None)] == [90, 180, None, None]


@pytest.mark.parametrize(
    ("tier", "stage", "ideal"),
    [
        (1, "onboarding", 1), (2, "onboarding", 2), (None, "onboarding", 2), (1, "adopting", 3),
        (2, "adopting", 30), (None, "adopting", 5), (None, None, 5), (3, None, 90),
    ],
)  # fmt: skip
def test_the_most_specific_rule_wins(tier: int | None, stage: str | None, ideal: int) -> None:
    rules = CadenceRules(
        {
            "cadence": "5/50",
            "cadence.tier1": "3/50",
            "cadence.onboarding": "2/50",
            "cadence.tier1.onboarding": "1/50",
        }
    )
    assert rules.of_account(tier, stage).ideal == ideal


def test_a_rule_of_a_role_is_for_people_only_and_its_stage_goes_before_its_tier() -> None:
    rules = CadenceRules(
        {
            "cadence.champion": "9/90",
            "cadence.tier1.champion": "8/90",
            "cadence.renewal.champion": "7/90",
            "cadence.tier1.renewal.champion": "6/90",
        }
    )
    found = [
        rules.of_role(tier, stage, "champion")
        for tier, stage in ((2, "adopting"), (1, "adopting"), (2, "renewal"), (1, "renewal"))
    ]
    assert [one.ideal for one in found if one is not None] == [9, 8, 7, 6]
    assert rules.of_account(1, "renewal") == TIER_CADENCE[1]


def test_none_takes_a_rule_away() -> None:
    rules = CadenceRules({"cadence.tier1": "none", "cadence.champion": "none", "cadence": "5/6"})
    assert rules.of_account(1, None) == Cadence(5, 6)
    assert rules.of_role(1, None, "champion") is None
    assert CadenceRules({"cadence.tier1": "none"}).of_account(1, None) == TIER_CADENCE[2]


def test_a_person_is_kept_in_touch_with_as_agreed_else_as_their_strictest_role() -> None:
    rules = CadenceRules({})
    assert rules.of_person(1, None, ("sponsor", "day_to_day")) == Cadence(15, 30)
    assert rules.of_person(1, None, ()) is None
    assert rules.of_person(1, None, (), 20) == Cadence(20, 40)
    assert rules.of_person(1, None, ("day_to_day",), 60) == Cadence(60, 60)
    assert rules.of_person(1, None, ("day_to_day",), 60, 70) == Cadence(60, 70)


def test_an_account_keeps_its_own_interval_and_zero_means_the_rule() -> None:
    rules = CadenceRules({"cadence.tier1": "10/20"})
    assert rules.own_cadence(1, None, 0, 0) == Cadence(10, 20)
    assert rules.own_cadence(1, None, 15, None) == Cadence(15, 20)
    assert rules.own_cadence(1, None, 30, None) == Cadence(30, 30)
    assert rules.own_cadence(1, None, None, 40) == Cadence(10, 40)


def test_whether_a_rule_is_set_for_an_account_without_tier() -> None:
    assert not CadenceRules({}).names_account(None, "onboarding")
    assert CadenceRules({}).names_account(1, None)
    assert CadenceRules({"cadence.onboarding": "7/14"}).names_account(None, "onboarding")


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("cadence", Part()),
        ("cadence.tier3.lost.sponsor", Part(3, "lost", "sponsor")),
        ("cadence.renewal", Part(stage="renewal")),
        ("cadence.champion.tier1", None),
        ("cadence.tier1.tier2", None),
        ("cadence.tier4", None),
        ("cadences", None),
        ("cadence.", None),
    ],
)
def test_what_a_key_names(key: str, part: Part | None) -> None:
    assert part_of(key) == part


@pytest.mark.parametrize(
    "text", ["0", "x", "14", "0/10", "14/7", "1/3651", "14 / 28", "-1/4", "", "١٤/٢٨"]
)
def test_a_value_that_is_no_pair_of_days_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused) as refused:
        check_setting("cadence.tier1", text)
    assert "cadence.tier1" in str(refused.value)


@pytest.mark.parametrize(
    ("key", "text", "fits"),
    [
        ("qbr.tier1", "90", True), ("qbr.tier1", "none", True), ("qbr.tier1", "0", False),
        ("cadence.losing_touch", "60", True), ("cadence.losing_touch", "none", False),
        ("cadence.losing_touch", "0", False), ("cadence.tier1", "none", True),
    ],
)  # fmt: skip
def test_what_other_settings_of_contact_may_say(key: str, text: str, fits: bool) -> None:
    assert usable(key, text) == fits


def test_the_defaults_can_be_read_and_the_same_settings_are_the_same_rules() -> None:
    assert all(usable(key, text) for key, text in DEFAULTS.items())
    assert rules_of([("cadence", "1/2")]) is rules_of([("cadence", "1/2")])
