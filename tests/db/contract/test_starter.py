"""The four starter facts: one change, one undo, and nothing of it when one fact is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from db.book import Book
from db.undo import undo
from planner.errors import Refused
from planner.use_cases.naming import with_named_owners
from planner.use_cases.starter import start_and_fill
from tests.db.book_dump import counts, live_rows
from tests.makers import World, day


def facts(**other: Any) -> dict[str, Any]:
    return {
        "goal": {"objective": "fewer returns", "target": 2.0},
        "person": {"name": "Per Ek", "roles": ("economic_buyer",)},
        "contract": {"end_on": day(-200), "arr_minor": 24_000_000},
        "action": {"action": "savings sheet", "due_on": day(-3), "done_means": "she has it"},
        "risk": "Per leaves",
        "owner_id": "Zoe",
        **other,
    }


def test_all_of_it_is_one_change_that_lists_show_and_one_undo_takes_back(
    filled: Book, world: World
) -> None:
    before, had = live_rows(filled.connection), counts(filled.connection)["change"]
    done = filled.run(with_named_owners(start_and_fill), world.other, **facts())
    assert counts(filled.connection)["change"] == had + 1
    (row,) = filled.queries().accounts.by_ids([world.other])
    assert (row.starter_known, row.renewal_on) == (4, day(-200).isoformat())
    page = filled.queries().account.page(world.other)
    assert page.plan is not None
    assert page.plan.status == "active"
    owners = (page.objectives[0].owner, page.risks[0].owner, page.actions[0].owner)
    assert owners == ("Zoe", "Zoe", "Zoe")
    assert len(filled.queries().versions.history(world.other).versions) == 1
    assert filled.run(undo).result == done.summary
    assert live_rows(filled.connection) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"goal": None},
        {"action": {"action": "x", "due_on": day(1), "done_means": "y"}},
        {"risk": "x" * 5000},
    ],
)
def test_one_wrong_fact_leaves_nothing_behind_not_even_the_new_colleague(
    filled: Book, world: World, wrong: dict[str, Any]
) -> None:
    before = counts(filled.connection)
    with pytest.raises(Refused):
        filled.run(with_named_owners(start_and_fill), world.other, **facts(**wrong))
    assert counts(filled.connection) == before
