"""Scores of today for a reader: as if they were stored, and nothing is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db import rollups
from db.book import Book
from planner.errors import BookUnavailable, Refused
from tests.fakes import FakeClock
from tests.makers import World, day, opened

ALL = f"SELECT {', '.join(rollups.COLUMNS)} FROM account_rollup ORDER BY account_id"


def test_a_reader_sees_what_rescoring_would_store(filled: Book, clock: FakeClock) -> None:
    path = filled.address
    clock.move(days=40)
    reader = opened(path, clock, mode="read")
    assert reader.fresh_for_reading() == 2
    seen = reader.connection.maps(ALL)
    assert reader.fresh_for_reading() == 0
    list(filled.rescore())
    assert seen == filled.connection.maps(ALL)
    reader.close()


def test_nothing_is_written_and_the_reader_stays_a_reader(filled: Book, clock: FakeClock) -> None:
    path = filled.address
    stored = filled.connection.maps(ALL)
    clock.move(days=1)
    reader = opened(path, clock, mode="read")
    reader.fresh_for_reading()
    with pytest.raises(BookUnavailable):
        reader.connection.run("UPDATE account SET tier = 2")
    reader.close()
    assert filled.connection.maps(ALL) == stored


def test_one_account_alone_is_made_fresh(filled: Book, clock: FakeClock, world: World) -> None:
    clock.move(days=1)
    reader = opened(filled.address, clock, mode="read")
    assert reader.fresh_for_reading(world.account) == 1
    fresh = {row.id: row.as_of for row in reader.queries().accounts.page()}
    today = clock.now().date()
    assert fresh == {
        world.account: today.isoformat(),
        world.other: (today - timedelta(days=1)).isoformat(),
    }
    reader.close()


def test_fresh_rows_are_kept_as_they_are(filled: Book) -> None:
    assert filled.fresh_for_reading() == 0


def test_a_stored_score_comes_back_with_its_measures(
    filled: Book, clock: FakeClock, world: World
) -> None:
    score, _inputs = filled.queries().scores.explained(world.account)
    clock.move(days=30)
    before = filled.queries().scores.stored(world.account, clock.now().date())
    assert before.as_of == day(0)
    assert before.raw == pytest.approx(score.raw, abs=1e-3)
    assert {one.id: one.score for one in before.measures} == pytest.approx(
        {one.id: one.score for one in score.measures}, abs=1e-5
    )
    assert filled.queries().scores.stored_on(day(0)) == 2
    with pytest.raises(Refused, match="No score is stored"):
        filled.queries().scores.stored(world.account, day(1))
    with pytest.raises(Refused, match="no account"):
        filled.queries().scores.explained(5)
