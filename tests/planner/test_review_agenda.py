"""The weekly review's agenda: minutes shortened evenly, accounts by what is at stake."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.review_agenda import (
    LONGEST,
    SHORTEST,
    STEPS,
    AtStake,
    cards_in,
    in_order,
    step_words,
    steps_of,
    urgency,
    value_at_risk,
    whole,
)

TODAY = date(2026, 3, 11)


def test_the_whole_meeting_has_the_minutes_of_the_rules() -> None:
    steps = steps_of(45)
    assert [(one.name, one.seconds / 60) for one in steps] == list(STEPS)
    assert sum(one.seconds for one in steps) == 45 * 60
    assert cards_in(45) == 7
    assert step_words(steps)["cards"] == "Accounts at stake (21 min)"


@given(st.integers(SHORTEST, LONGEST))
def test_every_step_is_shortened_evenly_and_they_add_up(minutes: int) -> None:
    steps = steps_of(minutes)
    assert sum(one.seconds for one in steps) == minutes * 60
    for one, (_name, share) in zip(steps, STEPS, strict=True):
        assert abs(one.seconds - share * minutes * 60 / 45) <= 1
    assert cards_in(minutes) >= 1


@pytest.mark.parametrize("minutes", [SHORTEST - 1, LONGEST + 1, 0, -45])
def test_a_meeting_of_no_sense_is_refused(minutes: int) -> None:
    with pytest.raises(Refused, match=f"not {minutes}"):
        steps_of(minutes)


def test_value_at_risk_is_arr_times_the_assumed_loss_of_the_band() -> None:
    assert value_at_risk(12_000_000, "yellow") == Decimal(1_800_000)  # 120,000 in yellow: 18,000
    assert value_at_risk(100, "red") == 40
    assert value_at_risk(100, "green") == 5
    assert value_at_risk(100, "grey") == 20
    assert value_at_risk(None, "red") == 0
    assert whole(Decimal("2.5")) == 3


@pytest.mark.parametrize(
    ("ahead", "times"),
    [(-5, "2"), (0, "2"), (90, "2"), (91, "1.5"), (180, "1.5"), (181, "1"), (None, "1")],
)
def test_urgency_by_days_to_the_renewal(ahead: int | None, times: str) -> None:
    on = None if ahead is None else TODAY + timedelta(days=ahead)
    assert urgency(on, TODAY) == Decimal(times)


def test_ties_are_settled_by_arr_then_name_then_id() -> None:
    def one(account: int, name: str, arr: int | None, risk: int, times: str) -> AtStake:
        return AtStake(account, name, arr, Decimal(risk), Decimal(times))

    found = [
        one(1, "b", 10, 4, "1"), one(2, "A", 10, 4, "1"), one(3, "a", 10, 4, "1"),
        one(4, "z", 20, 4, "1"), one(5, "y", 5, 2, "2"), one(6, "x", None, 0, "2"),
        one(7, "w", 1, 3, "2"),
    ]  # fmt: skip
    assert [each.account_id for each in in_order(found)] == [7, 4, 2, 3, 1, 5, 6]
