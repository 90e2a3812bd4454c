"""What is kept of each account: read by a sweep instead of the facts, as long as it holds."""

from __future__ import annotations

from typing import Any

import pytest

from db import rollups, sweep
from db.book import Book
from planner.health.kept import SHAPE
from planner.use_cases.accounts import change_account
from planner.use_cases.contracts import add_contract
from planner.use_cases.touchpoints import log_touchpoint
from tests.db.book_dump import inputs_table, recomputed, rollup_table
from tests.fakes import FakeClock
from tests.makers import World, at, day


def reads_of(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The ranges of accounts whose facts are read from now on."""
    read: list[tuple[int, int]] = []
    whole = rollups.refresh_range

    def noted(connection: Any, lo: int, hi: int, frame: Any) -> set[int]:
        read.append((lo, hi))
        return whole(connection, lo, hi, frame)

    monkeypatch.setattr(sweep, "refresh_range", noted)
    return read


def test_a_new_day_reads_no_facts_and_finds_the_same_rows(
    filled: Book, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reads_of(monkeypatch)
    for days in (1, 3, 20, 60, 200):
        clock.move(days=days)
        assert list(filled.rescore()) == [2]
        assert rollup_table(filled.connection) == recomputed(filled)
    assert read == []


def test_what_is_known_to_come_ends_what_is_kept(
    filled: Book, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.run(add_contract, world.account, arr_minor=5, start_on=day(-10))
    assert inputs_table(filled)[world.account]["holds_to"] == day(-9).isoformat()
    read = reads_of(monkeypatch)
    clock.move(days=9)
    list(filled.rescore())
    assert read == []
    clock.move(days=1)
    list(filled.rescore())
    assert read == [(world.account, world.account)]
    assert rollup_table(filled.connection) == recomputed(filled)
    assert inputs_table(filled)[world.account]["holds_to"] is None


def test_what_was_kept_under_a_later_clock_waits_for_its_day(
    filled: Book, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.move(days=10)
    filled.run(log_touchpoint, world.account, kind="call", when=at(-9))
    clock.move(days=-10)
    filled.run(change_account, world.account, sector="x")
    filled.run(change_account, world.account, sector="y")
    read = reads_of(monkeypatch)
    for days in (1, 9, 1):
        clock.move(days=days)
        list(filled.rescore())
        assert rollup_table(filled.connection) == recomputed(filled)
    assert read == [(world.account, world.account), (world.account, world.account)]


@pytest.mark.parametrize("text", ["", "x", "[]", "[[1],null]", "{}"])
def test_damaged_inputs_are_made_anew_from_the_facts(
    filled: Book, world: World, clock: FakeClock, text: str
) -> None:
    before = inputs_table(filled)[world.account]["kept"]
    filled.connection.run(
        "UPDATE health_inputs SET kept = :text WHERE account_id = :id",
        {"id": world.account, "text": text},
    )
    clock.move(days=1)
    assert list(filled.rescore()) == [2]
    assert rollup_table(filled.connection) == recomputed(filled)
    assert inputs_table(filled)[world.account]["kept"] == before


def test_inputs_of_another_shape_are_made_anew(
    filled: Book, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.connection.run("UPDATE health_inputs SET shape = 0, kept = 'x'")
    clock.move(days=1)
    read = reads_of(monkeypatch)
    assert list(filled.rescore()) == [2]
    assert read == [(min(world.account, world.other), max(world.account, world.other))]
    assert rollup_table(filled.connection) == recomputed(filled)
    assert {row["shape"] for row in inputs_table(filled).values()} == {SHAPE}
