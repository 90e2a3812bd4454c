"""Where customers are lost and stop buying: who is at risk, who counts, what is not told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from planner.dropoff import (
    FEWEST,
    Customer,
    DropLine,
    dropoff,
    line_words,
    share_words,
    stages_between,
    tenure_of,
)
from planner.touch_matrix import StageChange

TODAY = date(2026, 3, 11)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def customer(number: int, began: int = 400, lost: int | None = None, **fields: Any) -> Customer:
    given: dict[str, Any] = {"stage": "lost" if lost is not None else "adopting", **fields}
    return Customer(number, given.pop("stage"), ago(began), True,
                    None if lost is None else ago(lost), **given)  # fmt: skip


def lines(found: tuple[DropLine, ...]) -> dict[str, tuple[int, int]]:
    return {one.key: (one.at_risk, one.lost) for one in found}


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "<90"), (89, "<90"), (90, "90-365"), (365, "90-365"), (366, "1-2y"), (730, "1-2y"),
     (731, "2-3y"), (1095, "2-3y"), (1096, "3y+"), (-1, "unknown")],
)  # fmt: skip
def test_a_tenure_lies_in_one_band(days: int, band: str) -> None:
    assert tenure_of(days) == band


def test_a_loss_counts_in_the_stage_of_the_day_before() -> None:
    moves = (
        StageChange(ago(300).isoformat(), "onboarding", "adopting"),
        StageChange(ago(10).isoformat(), "adopting", "lost"),
    )
    found = dropoff([customer(1, lost=10, moves=moves), customer(2)], TODAY)
    assert lines(found.stages) == {"onboarding": (1, 0), "adopting": (2, 1)}
    assert (found.accounts, found.lost) == (2, 1)
    late = (StageChange(ago(3).isoformat(), "renewal", "lost"),)
    assert stages_between(customer(1, lost=10, moves=late), ago(50), ago(11)) == (
        ["renewal"], "renewal",
    )  # fmt: skip


def test_a_stage_that_is_not_on_record_is_said_to_be_unknown() -> None:
    found = dropoff([customer(1, lost=10), customer(2, stage=None)], TODAY)
    assert lines(found.stages) == {"unknown": (2, 1)}
    many = dropoff([customer(one, lost=10) for one in range(FEWEST)], TODAY)
    assert many.stages[0].share is None
    assert share_words(many.stages[0]) == "unknown"
    assert [line_words(one, "unknown") for one in ("stage", "tenure", "stopped", "product")] == [
        "stage not on record", "lost before it began", "bought before it began", "product not said",
    ]  # fmt: skip


def test_who_is_no_customer_or_was_lost_before_is_not_at_risk() -> None:
    found = dropoff(
        [customer(1, stage="prospect"), customer(2, lost=800, began=900),
         customer(3, lost=730, began=900), customer(4, lost=729, began=900)],
        TODAY,
    )  # fmt: skip
    assert (found.accounts, found.lost) == (1, 1)
    assert found.tenures[0].ids == (4,)


def test_at_risk_is_who_was_in_the_tenure_on_some_day_of_the_window() -> None:
    found = dropoff([customer(1, began=400), customer(2, began=1200, lost=10)], TODAY)
    assert lines(found.tenures) == {
        "<90": (1, 0), "90-365": (1, 0), "1-2y": (2, 0), "2-3y": (1, 0), "3y+": (1, 1),
    }  # fmt: skip
    early = dropoff([customer(1, began=5, lost=10)], TODAY)
    assert lines(early.tenures) == {"unknown": (1, 1)}


def test_a_share_needs_enough_losses() -> None:
    def of(count: int) -> DropLine:
        given = [customer(one, began=100, lost=5) for one in range(count)]
        kept = [customer(100 + one, began=100) for one in range(FEWEST)]
        return next(one for one in dropoff([*given, *kept], TODAY).tenures if one.key == "90-365")

    assert (of(FEWEST).share, share_words(of(FEWEST))) == (50.0, "50.0 %")
    few = of(FEWEST - 1)
    assert (few.share, few.at_risk, share_words(few)) == (None, 15, "not enough: 7 of 8")


def test_where_they_stopped_buying_is_where_they_bought_last() -> None:
    def bought(*days: int) -> tuple[tuple[date, int], ...]:
        return tuple((ago(one), 1) for one in days)

    found = dropoff(
        [
            customer(1, bought=bought(200, 230, 260), product="Gloves"),
            customer(2, bought=bought(10, 40, 70), product="Gloves"),
            customer(3, bought=bought(300, 10)),
            customer(4, lost=10, bought=bought(40, 70, 100), product="Hat"),
            customer(5, lost=10, bought=bought(100, 130, 160)),
            customer(6),
        ],
        TODAY,
    )
    assert lines(found.stopped) == {"90-365": (3, 2), "1-2y": (1, 0)}
    assert lines(found.products) == {"Gloves": (2, 1), "unknown": (1, 1), "Hat": (1, 0)}
    assert (found.buyers, found.repeat_buyers, found.rhythms) == (5, 5, 4)
    assert (found.lost_buyers, found.gap_days) == (2, 59)
    line = found.line("stopped:90-365")
    assert line is not None
    assert line.ids == (1, 5)
    assert found.line("nothing:here") is None


def test_an_empty_book_says_nothing() -> None:
    found = dropoff([], TODAY, undated=2)
    assert (found.accounts, found.stages, found.tenures, found.gap_days) == (0, (), (), None)
    assert found.undated == 2
