"""What the rows of a plan ask for on Today, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.today_plan import (
    Keeper,
    interview_duty,
    measure_duty,
    milestone_duty,
    offer_duty,
)
from planner.vocabulary import MILESTONE_OFFSETS

TODAY = date(2026, 6, 1)
ANN = Keeper(1, "Ann")


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


@pytest.mark.parametrize(
    ("ahead", "done", "words", "due"),
    [
        (130, (), "renewal step T-120 is not done", 10),
        (100, (), "renewal step T-120 is not done", -20),
        (80, (), "renewal step T-120 is not done, 1 more have passed", -40),
        (80, (120,), "renewal step T-90 is not done", -10),
        (20, (120, 60), "renewal step T-90 is not done, 2 more have passed", -70),
    ],
)
def test_a_renewal_says_the_first_step_that_is_missing(
    ahead: int, done: tuple[int, ...], words: str, due: int
) -> None:
    found = milestone_duty(7, 70, day(ahead), done, TODAY, ANN)
    assert found is not None
    assert (found.words, found.due_on) == (words, day(due).isoformat())
    assert (found.account_id, found.row_id, found.owner_id, found.owner) == (7, 70, 1, "Ann")


def test_a_renewal_with_every_step_done_asks_for_nothing() -> None:
    assert milestone_duty(7, 70, day(5), MILESTONE_OFFSETS, TODAY, ANN) is None


def test_a_goal_is_measured_again_after_its_limit_and_not_before() -> None:
    def asked(measured: int | None, begun: int) -> str | None:
        on = None if measured is None else day(measured).isoformat()
        found = measure_duty(7, 70, "faster", on, day(begun).isoformat(), TODAY, ANN)
        return None if found is None else f"{found.words} {found.due_on}"

    assert asked(-45, -400) is asked(None, -45) is None
    assert asked(-46, -400) == f"measured 46d ago: faster {day(-1)}"
    assert asked(None, -50) == f"never measured: faster {day(-5)}"


def test_an_offer_says_since_when_to_me_and_to_whom_to_others() -> None:
    def said(offered: str | None, *, mine: bool = True) -> str:
        return offer_duty(7, "risks", offered, ANN, TODAY, mine=mine).words

    assert said(day(-3).isoformat()) == "take over risks? offered 3d ago"
    assert said(day(0).isoformat()) == "take over risks? offered today"
    assert said(day(-3).isoformat(), mine=False) == "offered to Ann: risks"


def test_an_interview_says_what_to_ask_and_why() -> None:
    assert interview_duty(7, "stay", "they renewed", ANN).words == (
        "ask why they stay: they renewed"
    )
    assert interview_duty(7, "exit", "they are lost", ANN).words == (
        "ask why they left: they are lost"
    )
