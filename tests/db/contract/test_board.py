"""The board on both engines: pages agree with the whole list in the plain order, counts with it."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from db.book import Book
from planner.use_cases.complaint_board import hand_complaints
from planner.use_cases.complaint_clocks import pause_complaint
from planner.use_cases.complaint_merging import withdraw_complaint
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.views.board import (
    BY_CLOCK,
    BY_SEVERITY,
    BoardPlaces,
    Whose,
    belongs,
    lanes_of,
    slices,
    tally,
)
from planner.vocabulary import SEVERITIES
from tests.fakes import FakeClock
from tests.makers import SOLVED_BY, World, at
from tui.screens.complaint_rows import board_order, lane_of, read_board, read_pages


def many(book: Book, world: World, seed: int) -> None:
    """Complaints of all kinds: with and without clocks, waiting, handed over, closed, withdrawn."""
    random = Random(seed)
    for number in range(40):
        targets = random.choice(({}, {"response_target": random.choice((30, 600, 6_000))}))
        made = book.run(
            log_complaint, random.choice((world.account, world.other)), title=f"t{number}",
            when=at(random.randint(0, 6), 9), severity=random.choice(SEVERITIES),
            owner_id=world.ann if number % 3 else world.bob, **targets,
        ).result.id  # fmt: skip
        fate = random.random()
        if fate < 0.15:
            book.run(pause_complaint, made, at(0, 9))
        elif fate < 0.3:
            book.run(hand_complaints, [made], world.bob if number % 3 else world.ann)
        elif fate < 0.4:
            book.run(move_complaint, made, "closed", at(0, 9), **SOLVED_BY)
        elif fate < 0.5:
            book.run(withdraw_complaint, made, "their mistake")
        elif fate < 0.6:
            book.run(move_complaint, made, "acknowledged", at(0, 9))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("order", [BY_CLOCK, BY_SEVERITY])
def test_pages_are_the_whole_board_in_order(
    filled: Book, world: World, clock: FakeClock, seed: int, order: str
) -> None:
    many(filled, world, seed)
    clock.move(hours=7)
    queries = filled.queries()
    for whose in (Whose(), Whose(world.ann), Whose(function="success"), Whose(unowned=True)):
        counts, held = read_board(queries, whose, closed=False, held=True)
        assert held is not None
        plain = [row.id for row in sorted(held, key=lambda row: board_order(row, order))]
        shown = [one for one in counts if belongs(one, whose)]
        lanes = lanes_of(shown, order)
        assert sum(lane.rows for lane in lanes) == len(plain)
        for size in (1, 7, 100):
            places, found = BoardPlaces(), list[int]()
            for start in range(0, len(plain), size):
                wanted = slices(lanes, start, size)
                found += [row.id for row in read_pages(queries, wanted, whose, places)]
            assert found == plain
        jumped = read_pages(queries, slices(lanes, 5, 3), whose, BoardPlaces())
        assert [row.id for row in jumped] == plain[5:8]


def test_counts_are_those_of_the_rows(filled: Book, world: World, clock: FakeClock) -> None:
    many(filled, world, 3)
    clock.move(hours=7)
    counts, held = read_board(filled.queries(), Whose(), closed=False, held=True)
    assert held is not None
    lanes = Counter(lane_of(row) for row in held)
    sums = tally(counts)
    assert (sums.open, sums.late, sums.risk, sums.waiting) == (
        len(held), lanes["late"], lanes["risk"], sum(row.waiting for row in held),
    )  # fmt: skip
    assert sums.handed == sum(row.handed_to_id is not None for row in held)
    assert {"late", "risk", "ahead", "waiting"} <= set(lanes)
    by_owner = Counter(row.owner_id for row in held)
    assert {one: sum(c.number for c in counts if c.owner_id == one) for one in by_owner} == by_owner


def test_closed_and_withdrawn_ones_are_on_the_other_side(filled: Book, world: World) -> None:
    many(filled, world, 4)
    _counts, closed = read_board(filled.queries(), Whose(), closed=True, held=True)
    assert closed is not None
    assert {row.stage == "closed" or row.excluded is not None for row in closed} == {True}
    _counts, held = read_board(filled.queries(), Whose(), closed=False, held=True)
    assert held is not None
    assert not {row.id for row in held} & {row.id for row in closed}
