"""A changed rule of contact: the rows of whom it concerns are given up and made from the facts."""

from __future__ import annotations

import pytest

from db.book import Book
from db.undo import undo
from planner.errors import Refused
from planner.use_cases.accounts import change_account
from planner.use_cases.settings import change_setting
from tests.db.book_dump import inputs_table, recomputed, rollup_table
from tests.db.contract.test_rollups_walk import numbers_are_those_of_the_facts
from tests.fakes import FakeClock
from tests.makers import World, day


def stale(book: Book) -> set[int]:
    """The accounts whose rows are of no day."""
    return {one for one, row in rollup_table(book.connection).items() if row["as_of"] == ""}


def test_a_changed_rule_gives_up_the_rows_that_it_concerns_and_a_sweep_makes_them_anew(
    filled: Book, world: World
) -> None:
    filled.run(change_setting, "cadence.tier1", "5/9")
    assert stale(filled) == {world.account}
    assert set(inputs_table(filled)) == {world.other}
    assert list(filled.rescore()) == [1]
    rows = rollup_table(filled.connection)
    assert rows == recomputed(filled)
    row = rows[world.account]
    assert (row["cadence_days"], row["last_two_way_on"]) == (5, day(1).isoformat())
    assert (row["touch_due_on"], row["touch_latest_on"]) == (
        day(-4).isoformat(),
        day(-8).isoformat(),
    )
    assert numbers_are_those_of_the_facts(filled) == 2


def test_the_score_and_its_explanation_follow_the_rule(
    filled: Book, world: World, clock: FakeClock
) -> None:
    clock.move(days=9)
    list(filled.rescore())
    before = rollup_table(filled.connection)[world.account]["final"]
    filled.run(change_setting, "cadence.tier1", "4/9")
    list(filled.rescore())
    after = rollup_table(filled.connection)[world.account]["final"]
    assert after < before
    health = filled.queries().health(world.account)
    assert health is not None
    assert health.final == after
    assert filled.queries().scores.explained(world.account)[1].cadence_days == 4


def test_undo_of_a_rule_gives_the_rows_up_again(filled: Book, world: World) -> None:
    was = rollup_table(filled.connection)
    filled.run(change_setting, "cadence.tier1", "5/9")
    list(filled.rescore())
    filled.run(undo)
    assert stale(filled) == {world.account}
    list(filled.rescore())
    assert rollup_table(filled.connection) == was == recomputed(filled)


def test_a_rule_that_changes_nothing_here_gives_nothing_up(filled: Book) -> None:
    for key, value in (
        ("cadence.tier1", "14/28"), ("cadence.tier3", "9/9"), ("cadence.champion", "1/2"),
        ("name", "New"), ("cadence.tier1.lost", "1/2"),
    ):  # fmt: skip
        filled.run(change_setting, key, value)
    assert stale(filled) == set()


def test_a_rule_of_a_stage_holds_for_whoever_comes_into_it(filled: Book, world: World) -> None:
    filled.run(change_setting, "cadence.tier1.onboarding", "7/14")
    assert stale(filled) == set()
    filled.run(change_account, world.account, stage="onboarding")
    assert rollup_table(filled.connection)[world.account]["cadence_days"] == 7
    filled.run(change_account, world.account, cadence_days=0, cadence_max_days=0)
    assert rollup_table(filled.connection)[world.account]["cadence_days"] == 7
    filled.run(change_account, world.account, cadence_days=30)
    row = rollup_table(filled.connection)[world.account]
    assert (row["cadence_days"], row["touch_due_on"], row["touch_latest_on"]) == (
        30, day(-29).isoformat(), day(-29).isoformat(),
    )  # fmt: skip
    assert rollup_table(filled.connection) == recomputed(filled)


def test_a_rule_that_is_none_is_refused_and_nothing_is_given_up(filled: Book) -> None:
    for key, value in (("cadence.tier1", "0"), ("cadence.tier9", "1/2"), ("qbr.tier1", "x")):
        with pytest.raises(Refused):
            filled.run(change_setting, key, value)
    assert stale(filled) == set()
