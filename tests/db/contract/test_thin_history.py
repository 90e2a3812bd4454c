"""Stored scores are thinned as they grow old, and nothing else is touched."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db import thin_history
from db.book import Book
from planner.health.history import is_kept
from planner.use_cases.contracts import change_contract
from tests.makers import TODAY, World, day

ADD = (
    "INSERT INTO health_snapshot (account_id, on_date, shown, raw, final, band, coverage,"
    " config_version, measures) VALUES (:account, :on, 50, 50.0, 50.0, 'yellow', 0.5, 'x', '{}')"
)


def stored(book: Book, account: int) -> set[date]:
    rows = book.connection.rows(
        "SELECT on_date FROM health_snapshot WHERE account_id = :id", {"id": account}
    )
    return {date.fromisoformat(row[0]) for row in rows}


@pytest.fixture
def aged(filled: Book, world: World) -> Book:
    """Both accounts have a score of each of the last 400 days."""
    for account in (world.account, world.other):
        rows = [{"account": account, "on": day(back).isoformat()} for back in range(1, 400)]
        filled.connection.run_many(ADD, rows)
    return filled


def test_what_is_kept_no_longer_is_dropped_of_every_account(
    aged: Book, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thin_history, "SLICE", 1)
    aged.run(change_contract, world.contract, end_on=day(-300), notice_days=None)
    aged.thin_history()
    wanted = {day(back) for back in range(400) if is_kept(day(back), TODAY)}
    assert stored(aged, world.account) == stored(aged, world.other) == wanted
    aged.thin_history()
    assert stored(aged, world.account) == wanted


def test_the_week_before_a_decision_stays_for_the_look_back(aged: Book, world: World) -> None:
    decision = day(200)
    aged.run(change_contract, world.contract, start_on=day(390), end_on=day(170), notice_days=30)
    aged.thin_history()
    more = stored(aged, world.account) - stored(aged, world.other)
    assert len(more) == 1
    assert 90 <= (decision - more.pop()).days <= 97


def test_a_slice_says_where_the_next_begins(
    aged: Book, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thin_history, "SLICE", 1)
    first, second = sorted((world.account, world.other))
    assert aged.thin_slice(0) == first
    assert len(stored(aged, second)) == 400
    assert aged.thin_slice(first) == second
    assert len(stored(aged, second)) < 80
    assert aged.thin_slice(second) == 0


def test_a_slice_of_a_sweep_says_where_the_next_begins(filled: Book, world: World) -> None:
    assert filled.bring_slice(0) == (0, 0)
    filled.connection.run("UPDATE account_rollup SET as_of = '2026-03-01'")
    last = max(world.account, world.other)
    assert filled.bring_slice(0) == (2, last)
    assert filled.bring_slice(last) == (0, 0)
    assert filled.stale_count() == 0
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    filled.connection.run("UPDATE account_rollup SET as_of = :day", {"day": yesterday})
    assert filled.bring_slice(min(world.account, world.other)) == (1, last)
