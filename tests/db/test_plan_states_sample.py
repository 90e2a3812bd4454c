"""The readiness that lists show is the one that a plan's sections add up to, on a whole book."""

from __future__ import annotations

import pytest

from db.address import Address
from planner.plan_sections import holding
from planner.readiness import SIZE_SECTIONS
from tests.db.book_dump import rollup_table
from tests.makers import opened


def test_lists_and_sections_say_the_same_readiness(sample: Address) -> None:
    book = opened(sample)
    plans = list(book.queries().plan_states.everywhere())
    rows = rollup_table(book.connection)
    assert len(plans) > 30
    for plan in plans:
        row = rows[plan.account_id]
        assert row["plan_size"] == plan.size
        assert row["plan_readiness"] == pytest.approx(plan.readiness), plan.account
    book.close()


def test_every_plan_shows_its_size_and_what_it_holds(sample: Address) -> None:
    book = opened(sample)
    for plan in book.queries().plan_states.everywhere():
        shown = {line.section for line in plan.shown}
        added = {line.section for line in plan.lines if line.added}
        assert shown == {*SIZE_SECTIONS[plan.size], *holding(plan.states), *added}
    book.close()
