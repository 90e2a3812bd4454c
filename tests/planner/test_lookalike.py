"""Signs of an account on a day, and what the losses teach about those who stay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.lookalike import (
    FEWEST_LOST,
    SIGNS,
    LookAlikes,
    Past,
    Rate,
    Sign,
    guard_words,
    look_alikes,
    looked_at_on,
    rate_words,
    sign_words,
    signs_on,
)

TODAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


FINE = Past(ago(800), two_way=[ago(5)], plans=[(ago(300), None)])


def signs(**fields: Any) -> frozenset[Sign]:
    return signs_on(FINE._replace(**fields), TODAY)


def test_an_account_in_touch_with_a_plan_shows_no_sign() -> None:
    assert signs() == frozenset()


@pytest.mark.parametrize(
    ("fields", "sign"),
    [
        ({"two_way": [ago(61)]}, "silent"),
        ({"two_way": []}, "silent"),
        ({"two_way": [ago(-1)]}, "silent"),
        ({"complaints": [(ago(200), None)]}, "complaint"),
        ({"complaints": [(ago(200), ago(-1))]}, "complaint"),
        ({"complaints": [(ago(180), ago(170)), (ago(9), ago(8))]}, "complaints"),
        ({"left": [ago(180)]}, "gone"),
        ({"requests": [(ago(1), None)]}, "request"),
        ({"requests": [(ago(5), ago(-2))]}, "request"),
        ({"plans": []}, "no_plan"),
        ({"plans": [(ago(300), TODAY)]}, "no_plan"),
        ({"started_on": ago(364)}, "young"),
    ],
)
def test_each_sign_stands_for_one_fact(fields: dict[str, Any], sign: str) -> None:
    assert signs(**fields) == {sign}


@pytest.mark.parametrize(
    "fields",
    [
        {"two_way": [ago(60)]},
        {"complaints": [(ago(200), TODAY)]},
        {"complaints": [(ago(181), ago(170)), (ago(9), ago(8))]},
        {"complaints": [(ago(-1), None)]},
        {"left": [ago(181)]},
        {"left": [ago(-1)]},
        {"requests": [(TODAY, None)]},
        {"requests": [(ago(5), TODAY)]},
        {"started_on": ago(365)},
    ],
)
def test_the_edges_are_on_the_quiet_side(fields: dict[str, Any]) -> None:
    assert signs(**fields) == frozenset()


def test_a_loss_is_looked_at_a_month_before() -> None:
    assert looked_at_on(date(2026, 3, 31)) == date(2026, 3, 1)


SILENT_AND_GONE = frozenset[Sign](("silent", "gone"))


def learned(losses: int = 10, alike: int = 6, kept: int = 100) -> LookAlikes:
    """So many losses, some silent with somebody gone; five kept accounts show both."""
    lost = [SILENT_AND_GONE] * alike + [frozenset[Sign]()] * (losses - alike)
    shown = dict.fromkeys(range(5), SILENT_AND_GONE)
    shown |= {number: frozenset[Sign](("silent",)) for number in range(5, 12)}
    return look_alikes(dict(enumerate(lost)), shown, kept)


def test_accounts_with_two_typical_signs_look_alike_and_say_of_how_many() -> None:
    found = learned()
    assert found.typical == ("silent", "gone")
    assert sorted(found.accounts) == [0, 1, 2, 3, 4]
    rate = found.together[SILENT_AND_GONE]
    assert rate == Rate(6, 10, 5, 100)
    assert rate.lift == pytest.approx(12.0)
    assert rate_words(rate) == "6 of 10 lost showed it a month before, 5 of 100 kept do"


def test_few_losses_point_at_nobody_and_say_so() -> None:
    found = learned(losses=FEWEST_LOST - 1)
    assert not found.enough
    assert (found.typical, found.accounts) == ((), {})
    assert guard_words(found) == "not enough losses to learn from: 7 of 8"
    assert guard_words(learned()) == ""


def test_a_sign_as_frequent_among_the_kept_is_not_typical() -> None:
    lost = [SILENT_AND_GONE] * 10
    kept = dict.fromkeys(range(70), SILENT_AND_GONE)
    assert look_alikes(dict(enumerate(lost)), kept, 100).typical == ()
    assert look_alikes(dict(enumerate(lost)), dict(list(kept.items())[:66]), 100).typical == (
        "silent",
        "gone",
    )


def test_a_sign_of_two_losses_is_chance_and_one_no_kept_account_shows_counts() -> None:
    lost = [frozenset[Sign](("gone",))] * 2 + [frozenset[Sign](("silent",))] * 8
    found = look_alikes(dict(enumerate(lost)), {}, 50)
    assert found.typical == ("silent",)
    assert found.signs["silent"].lift is None
    assert look_alikes(dict(enumerate(lost)), {}, 0).typical == ()


def test_every_sign_has_words_of_its_own() -> None:
    assert len({sign_words(sign) for sign in SIGNS}) == len(SIGNS)


some_signs = st.frozensets(st.sampled_from(SIGNS))


@given(st.lists(some_signs, max_size=30), st.lists(some_signs, max_size=30), st.integers(0, 20))
def test_every_count_is_that_of_a_slow_reference(
    lost: list[frozenset[Sign]], kept: list[frozenset[Sign]], more: int
) -> None:
    found = look_alikes(dict(enumerate(lost)), dict(enumerate(kept)), len(kept) + more)
    for account_id, shown in found.accounts.items():
        assert len(shown) >= 2
        assert shown <= kept[account_id]
        rate = found.together[shown]
        assert rate.lost_with == sum(all(sign in one for sign in shown) for one in lost)
        assert rate.kept_with == sum(all(sign in one for sign in shown) for one in kept)
        assert (rate.lost, rate.kept) == (len(lost), len(kept) + more)
    missed = set(range(len(kept))) - set(found.accounts)
    assert all(len(kept[one] & set(found.typical)) < 2 for one in missed)
