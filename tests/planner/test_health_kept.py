"""What is kept of an account gives the same score as its facts, today and on later days."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import example as for_example
from hypothesis import given
from hypothesis import strategies as st

from planner.health.inputs import ComplaintFact, HealthInputs, PersonFact
from planner.health.kept import Kept, keep, plain, restore
from planner.health.measures import MEASURES
from planner.health.profiles import Condition, HealthConfig, default_config, product_led
from planner.health.quick import FIGURES, QuickScore, quick_score
from planner.health.score import HealthScore, score_health
from tests.planner.test_health_properties import ACCOUNTS, TODAY

CONFIG = default_config()
TWO = replace(
    CONFIG,
    version="two",
    profiles=(
        product_led(Condition(stages=("adopting",), tiers=(1, 2), renewal_within=90)),
        *CONFIG.profiles,
    ),
    caps=(*CONFIG.caps[:3], ("weak_dimension", 61)),
)
CONFIGS = st.sampled_from([CONFIG, TWO])


def again(kept: Kept) -> Kept:
    """As the store gives it back."""
    return restore(json.loads(json.dumps(plain(kept))))


def both(inputs: HealthInputs, days: int, config: HealthConfig) -> tuple[HealthScore, QuickScore]:
    """The explained score of a later day, and the stored figures of the quick one."""
    later = replace(inputs, as_of=inputs.as_of + timedelta(days=days))
    explained = score_health(later, config)
    quick = quick_score(again(keep(inputs)), later.as_of.toordinal(), "", config)
    return explained, quick


@given(
    ACCOUNTS, st.integers(0, 400), CONFIGS, st.sampled_from(["adopting", "lost", None]),
    st.sampled_from([1, 3, None]),
)  # fmt: skip
def test_what_is_kept_gives_the_score_of_every_later_day_to_the_last_bit(
    inputs: HealthInputs, days: int, config: HealthConfig, stage: str | None, tier: int | None
) -> None:
    inputs = replace(inputs, stage=stage, tier=tier)
    score, quick = both(inputs, days, config)
    assert quick == (
        score.raw,
        score.final,
        score.shown,
        score.band,
        score.uncertain,
        score.coverage,
        {one.id: (one.score, one.confidence) for one in score.measures if one.score is not None},
    )


@given(ACCOUNTS)
def test_what_is_kept_survives_its_form_in_the_store(inputs: HealthInputs) -> None:
    kept = keep(inputs)
    assert again(again(kept)) == again(kept)
    text = json.dumps(plain(kept))
    assert json.dumps(plain(again(kept))) == text


def test_every_measure_has_a_figure_from_what_is_kept() -> None:
    assert set(FIGURES) == set(MEASURES)


def account(**facts: Any) -> HealthInputs:
    return replace(HealthInputs(1, TODAY, TODAY - timedelta(days=900), 14), **facts)


def test_a_running_clock_is_late_once_its_moment_has_passed() -> None:
    late_from = "2024-03-02T10:00:00.000000Z"
    complaint = ComplaintFact(1, "C-1", "critical", TODAY, late_from=late_from)
    kept = again(keep(account(complaints=(complaint,), last_two_way_on=TODAY)))
    day = date(2024, 3, 2).toordinal()
    in_time = quick_score(kept, day, late_from, CONFIG)
    too_late = quick_score(kept, day, "2024-03-02T10:00:00.000001Z", CONFIG)
    assert in_time.figures["S1"] == (60.0, 1.0)
    assert too_late.figures["S1"] == (40.0, 1.0)
    assert in_time.band != "red"
    assert too_late.raw is not None
    assert (too_late.band, too_late.final) == ("red", min(49.0, too_late.raw))


def test_what_is_dated_after_the_day_is_left_out() -> None:
    tomorrow = TODAY + timedelta(days=1)
    person = PersonFact(1, 1, "Per", ("champion",), 3, "advocate", last_two_way_on=tomorrow)
    complaint = ComplaintFact(1, "C-1", "high", tomorrow)
    inputs = account(
        people=(person,), complaints=(complaint,), last_two_way_on=tomorrow,
        cancellation_on=tomorrow, competitor_on=tomorrow,
    )  # fmt: skip
    kept = keep(inputs)
    assert kept.touched is None
    assert set(kept.role_touched) == {None}
    assert kept.complaints.opened == ()
    assert (kept.cancelled, kept.competitor) == (None, None)


@for_example(days=30)
@given(days=st.integers(0, 300))
def test_a_key_person_who_left_caps_after_30_days(days: int) -> None:
    gone = PersonFact(1, 1, "Per", ("champion",), active=False, left_on=TODAY)
    score, quick = both(account(people=(gone,), last_two_way_on=TODAY), days, CONFIG)
    assert any(cap.id == "role_left" for cap in score.caps) == (days > 30)
    assert quick[1] == score.final
