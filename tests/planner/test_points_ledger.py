"""The points ledger: what is there to spend, which level it is, who leads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.points_ledger import Level, Standing, balance, level, spendable, top_customers
from planner.use_cases.accounts import add_account
from planner.use_cases.loyalty import add_programme, correct_points, enrol, enter_points, ledger
from tests.fakes import NOON, FakeClock, MemoryUnitOfWork

TIERS = (("silver", 0), ("gold", 100), ("platinum", 250))
DAY = date(2026, 3, 1)


def on(number: int) -> date:
    return DAY + timedelta(days=number)


def test_what_can_be_spent_is_the_least_balance_from_that_day_on() -> None:
    lines = [(on(1), 100), (on(5), -80), (on(9), 50)]
    assert balance(lines) == 70
    assert spendable(lines) == 70
    assert spendable(lines, on(1)) == 20
    assert spendable(lines, on(4)) == 20
    assert spendable(lines, on(9)) == 70
    assert spendable(lines, on(0)) == 0
    assert spendable([(on(1), 10), (on(2), -30)]) == 0
    assert spendable([]) == 0


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (-1, Level(None, "silver", 1)),
        (0, Level("silver", "gold", 100)),
        (99, Level("silver", "gold", 1)),
        (100, Level("gold", "platinum", 150)),
        (9999, Level("platinum", None, None)),
    ],
)
def test_a_level_holds_from_its_threshold(points: int, expected: Level) -> None:
    assert level(TIERS, points) == expected
    assert level((), points) == Level(None, None, None)


def test_top_customers_stand_by_points_then_revenue_then_name() -> None:
    rows = [
        Standing(1, "Zed", 900, 10), Standing(2, "amber", 100, 50), Standing(3, "Bold", 100, 50),
        Standing(4, "Cold", None, 50), Standing(5, "Dune", 300, 50),
    ]  # fmt: skip
    assert [row.account_id for row in top_customers(rows)] == [5, 2, 3, 4, 1]


entries = st.lists(st.tuples(st.integers(0, 10), st.integers(-60, 60)), max_size=25)


@given(entries)
def test_no_day_ever_ends_below_zero_by_redeeming(lines: list[tuple[int, int]]) -> None:
    uow = MemoryUnitOfWork(FakeClock(NOON.replace(day=20)))
    account = add_account(uow, name="Nordic").id
    club = add_programme(uow, name="Club", tiers=TIERS).id
    enrol(uow, account, club, on(0))
    kept: list[tuple[date, int]] = []
    for day, points in lines:
        there = spendable(kept, on(day))
        try:
            enter_points(uow, account, club, points, "an order", on(day))
        except Refused:
            assert points == 0 or -points > there
        else:
            kept.append((on(day), points))
    assert ledger(uow, account, club) == kept
    ends = [sum(p for day, p in kept if day <= on(number)) for number in range(11)]
    assert all(end >= 0 for end in ends)


@given(entries)
def test_a_correction_is_another_line_and_never_shows_less_than_nothing(
    lines: list[tuple[int, int]],
) -> None:
    uow = MemoryUnitOfWork(FakeClock(NOON.replace(day=20)))
    account = add_account(uow, name="Nordic").id
    club = add_programme(uow, name="Club").id
    enrol(uow, account, club, on(0))
    for day, points in lines:
        if points:
            correct_points(uow, account, club, points, "counted wrong", on(day))
    found = ledger(uow, account, club)
    assert balance(found) == sum(points for _day, points in lines)
    assert spendable(found) == max(0, balance(found))
    assert all(line.version == 1 for line in uow.points_entries.find())
