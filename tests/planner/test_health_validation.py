"""Checking the score against what happened: the vectors of health.md, and what holds for any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.health.validation import (
    BandRow,
    Outcome,
    Validation,
    auc,
    band_rates,
    brier,
    validate,
    wilson,
)

DAY = date(2026, 1, 5)
SCORES = {"green": 90.0, "yellow": 60.0, "red": 30.0}


def some(band: str, count: int, lost: int) -> list[Outcome]:
    """Outcomes of a band, the first of them lost."""
    return [
        Outcome(n, "A", n, DAY, lost=n < lost, seen_on=DAY, score=SCORES[band], band=band)
        for n in range(count)
    ]


HUNDRED = [*some("green", 60, 3), *some("yellow", 25, 5), *some("red", 15, 6)]


def rows(found: Validation) -> dict[str, BandRow]:
    return {one.band: one for one in found.bands}


def test_auc_of_the_vectors() -> None:
    assert auc([35, 48, 62, 71], [55, 66, 74, 80, 88, 91]) == 0.875
    assert auc([1], [1]) == 0.5
    assert auc([], [1]) is None
    found = validate(HUNDRED)
    assert found.auc == pytest.approx(0.7554, abs=5e-5)


def test_the_table_of_bands_of_the_vector() -> None:
    found = validate(HUNDRED)
    table = rows(found)
    assert (found.outcomes, found.losses, found.monotone, found.enough) == (100, 14, True, True)
    for band, rate, lift, low, high in (
        ("green", 0.05, 0.357, 0.017, 0.137), ("yellow", 0.20, 1.429, 0.089, 0.391),
        ("red", 0.40, 2.857, 0.198, 0.643),
    ):  # fmt: skip
        one = table[band]
        assert one.rate == pytest.approx(rate)
        assert one.low == pytest.approx(low, abs=5e-4)
        assert one.high == pytest.approx(high, abs=5e-4)
        assert one.lift == pytest.approx(lift, abs=5e-4)


def test_precision_recall_and_watermelons_of_the_vector() -> None:
    found = validate(HUNDRED)
    assert found.precision == pytest.approx(0.4)
    assert found.recall == pytest.approx(6 / 14)
    assert found.f1 == pytest.approx(0.414, abs=5e-4)
    assert found.watermelon == pytest.approx(3 / 14)
    assert found.false_alarm == pytest.approx(9 / 15)
    saved = [replace(one, saved=one.band == "red" and not one.lost) for one in HUNDRED]
    assert validate(saved).false_alarm == 0


def test_brier_of_the_vector() -> None:
    assert brier([0.9, 0.7, 0.4, 0.2, 0.3], [True, True, False, False, True]) == pytest.approx(
        0.158
    )


def test_a_period_is_told_by_the_one_before() -> None:
    rates = band_rates(HUNDRED)
    assert rates == {"green": pytest.approx(0.05), "yellow": 0.2, "red": 0.4}
    told = [replace(one, predicted=rates[one.band or ""]) for one in HUNDRED]
    found = validate(told).calibration
    assert found is not None
    assert found.error == pytest.approx(0)
    assert found.base_brier == pytest.approx(0.14 * 0.86)
    assert found.brier < found.base_brier
    assert found.left_out == 0
    half = validate([*told[:50], *HUNDRED[50:]]).calibration
    assert half is not None
    assert half.left_out == 50
    assert validate(HUNDRED).calibration is None


def test_contracted_is_kept_and_stands_apart_and_grey_and_unscored_are_counted() -> None:
    less = [replace(one, contracted=not one.lost) for one in some("red", 4, 1)]
    grey = Outcome(7, "G", 7, DAY, lost=True, seen_on=DAY)
    none = Outcome(8, "N", 8, DAY, lost=True)
    found = validate([*less, grey, none])
    assert (found.outcomes, found.losses, found.contracted) == (4, 1, 3)
    assert (found.grey, found.without_score) == (1, 1)
    assert rows(found)["red"].contracted == 3
    assert not found.enough


def test_bands_out_of_order_are_said() -> None:
    assert not validate([*some("green", 10, 5), *some("red", 10, 1)]).monotone


@pytest.mark.parametrize(
    ("outcomes", "losses", "enough"), [(30, 8, True), (29, 8, False), (30, 7, False)]
)
def test_below_thirty_outcomes_or_eight_losses_there_is_not_enough(
    outcomes: int, losses: int, enough: bool
) -> None:
    assert validate(some("red", outcomes, losses)).enough == enough


def test_each_measure_is_checked_by_itself() -> None:
    known = [
        replace(one, measures={"R1": 10.0 if one.lost else 90.0} | ({"V1": 50.0} if n % 2 else {}))
        for n, one in enumerate(HUNDRED)
    ]
    first, second = validate(known).measures
    assert (first.id, first.auc, first.lost_mean, first.retained_mean, first.missing) == (
        "R1", 1.0, 10.0, 90.0, 0.0,
    )  # fmt: skip
    assert (second.id, second.auc, second.missing) == ("V1", 0.5, 0.5)


def test_nothing_at_all_divides_by_nothing() -> None:
    found = validate([])
    assert (found.auc, found.precision, found.recall, found.f1, found.watermelon) == (None,) * 5
    assert [one.rate for one in found.bands] == [None] * 3
    with pytest.raises(ValueError, match="nothing"):
        wilson(0, 0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(case: tuple[int, int]) -> None:
    hits, count = case
    low, high = wilson(hits, count)
    assert 0 <= low <= hits / count <= high <= 1


@given(st.lists(st.integers(0, 100), min_size=1), st.lists(st.integers(0, 100), min_size=1))
def test_auc_is_the_share_of_pairs_in_order(lost: list[int], kept: list[int]) -> None:
    slow = sum((a < b) + (a == b) / 2 for a in lost for b in kept) / (len(lost) * len(kept))
    assert auc(lost, kept) == pytest.approx(slow)
    turned = auc(kept, lost)
    assert turned is not None
    assert turned == pytest.approx(1 - slow)
