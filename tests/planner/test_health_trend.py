"""The signed number and the slope."""

from datetime import date, timedelta

import pytest

from planner.health.trend import SnapshotPoint, Trend, slope, trend

TODAY = date(2026, 6, 1)


def points(*pairs: tuple[int, int | None]) -> list[SnapshotPoint]:
    return [SnapshotPoint(TODAY - timedelta(days=age), shown) for age, shown in pairs]


@pytest.mark.parametrize(
    ("now", "base", "text"),
    [(60, 74, "-14"), (60, 55, "+5"), (60, 56, "="), (60, 64, "="), (60, 65, "-5"), (60, 60, "=")],
)
def test_the_trend_is_a_signed_number_and_same_within_four(now: int, base: int, text: str) -> None:
    assert trend(now, points((28, base)), TODAY).text == text


@pytest.mark.parametrize(("age", "found"), [(20, False), (21, True), (35, True), (36, False)])
def test_the_base_is_21_to_35_days_old(age: int, found: bool) -> None:
    result = trend(60, points((age, 50)), TODAY)
    assert (result.delta is not None, result.text != "·") == (found, found)


def test_the_newest_base_is_taken() -> None:
    result = trend(60, points((35, 10), (22, 50), (30, 20), (3, 59)), TODAY)
    assert result == Trend(10, TODAY - timedelta(days=22), "+10")


def test_unknown_scores_and_other_rules_are_no_base() -> None:
    assert trend(60, points((28, None)), TODAY).text == "·"
    assert trend(None, points((28, 50)), TODAY).text == "·"
    other = [SnapshotPoint(TODAY - timedelta(days=28), 50, "2")]
    assert trend(60, other, TODAY, "1").text == "·"
    assert trend(60, other, TODAY, "2").text == "+10"


WEEKLY = [78, 77, 77, 75, 74, 72, 71, 70]


def weekly(shown: list[int]) -> list[SnapshotPoint]:
    return points(*[(7 * (len(shown) - 1 - n), value) for n, value in enumerate(shown)])


def test_the_slope_of_the_specification() -> None:
    assert slope(weekly(WEEKLY), TODAY) == pytest.approx(-1.21, abs=0.005)


def test_the_slope_needs_six_weeks_and_takes_the_newest_of_each() -> None:
    assert slope(weekly(WEEKLY[-5:]), TODAY) is None
    assert slope(weekly([70, 70, 70, 70, 70, 70]), TODAY) == 0
    monday = TODAY + timedelta(days=6)  # the Sunday of the same ISO week
    later = [SnapshotPoint(monday, 75)]
    assert slope([*weekly([70] * 6), *later], monday) == pytest.approx(5 / 7)


def test_older_weeks_later_points_and_other_rules_are_left_out() -> None:
    noise = [
        *points((56, 0), (-1, 0), (3, None)),
        SnapshotPoint(TODAY, 0, "2"),
    ]
    assert slope([*weekly(WEEKLY), *noise], TODAY) == slope(weekly(WEEKLY), TODAY)


def test_a_gap_stays_a_gap() -> None:
    with_gap = [
        p for n, p in enumerate(weekly([10, 20, 30, 40, 50, 60, 70, 80])) if n not in (2, 3)
    ]
    assert slope(with_gap, TODAY) == pytest.approx(10)
