"""Any walk of use cases, days and undo: rows stay computed rows, both ways of gathering agree."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from db import sweep
from db.account_numbers import gather_numbers
from db.address import Address
from db.book import Book, create_book
from db.health_facts import gather
from db.undo import redo, undo
from planner.errors import TrustplanError
from planner.health.kept import keep
from planner.readiness_kept import keep_sections
from tests.db.book_dump import inputs_table, recomputed, rollup_table
from tests.db.use_case_cases import cases
from tests.fakes import FakeClock
from tests.makers import TODAY, fill, opened


def numbers_are_those_of_the_facts(book: Book, *, sections: bool = True) -> int:
    """Compare both ways of gathering, account by account; returns how many there were.

    ``sections``: those of the plan page too, which sees what a later clock recorded.
    """
    frame, states = book.frame(), book.queries().plan_states
    numbers, _also = gather_numbers(book.connection, 0, 2**63 - 1, frame)
    facts = gather(book.connection, 0, 2**63 - 1, frame.today, frame.now, frame.zone)
    assert [one.account[0] for one in numbers] == [one.inputs.account_id for one in facts]
    for one, other in zip(numbers, facts, strict=True):
        inputs = other.inputs
        assert one.kept == keep(inputs)
        assert one.starter_known == inputs.starter_known
        if not sections:
            continue
        plan = states.of_account(inputs.account_id)
        assert (one.sections is None) == (plan is None)
        if one.sections is not None and plan is not None:
            assert one.sections == keep_sections(plan.states, plan.size)
    return len(numbers)


class BookWalk(RuleBasedStateMachine):
    """Use cases in any order, days that pass, undo: the stored rows stay the computed ones."""

    new_place: Callable[[], Address]

    @initialize()
    def begin(self) -> None:
        self.clock = FakeClock()
        self.latest = self.clock.at
        address = self.new_place()
        create_book(address, name="Test", today=TODAY)
        self.book = opened(address, self.clock)
        self.world = fill(self.book)
        self.names = sorted(cases(self.world))

    @rule(number=st.integers(0, 200), text=st.sampled_from(["one", "two", "[/]"]))
    def do(self, number: int, text: str) -> None:
        listed = cases(self.world, text)
        one = listed[self.names[number % len(self.names)]]
        if not one.before:
            self._try(one.use_case, *one.args, **(one.fields or {}))

    @rule()
    def take_back(self) -> None:
        self._try(undo)

    @rule()
    def repeat(self) -> None:
        self._try(redo)

    @rule(days=st.sampled_from([1, 1, 7, 25, 100, -1, -30]))
    def sleep_over(self, days: int) -> None:
        self.clock.move(days=days)
        self.latest = max(self.latest, self.clock.at)
        for _done in self.book.rescore():
            pass

    def _try(self, use_case: Any, *args: Any, **fields: Any) -> None:
        with suppress(TrustplanError):
            self.book.run(use_case, *args, **fields)

    @invariant()
    def stored_rows_are_computed_rows(self) -> None:
        stored, kept = rollup_table(self.book.connection), inputs_table(self.book)
        assert stored == recomputed(self.book)
        assert set(stored) == set(kept)
        self.book.connection.begin()
        for _done in sweep.refresh_all(self.book.connection, self.book.frame(), stale_only=False):
            pass
        assert rollup_table(self.book.connection) == stored
        assert set(inputs_table(self.book)) == set(kept)
        self.book.connection.rollback()

    @invariant()
    def one_and_many_see_the_same_facts(self) -> None:
        frame = self.book.frame()
        span = (frame.today, frame.now, frame.zone)
        together = gather(self.book.connection, 0, 2**63 - 1, *span)
        for facts in together:
            account = facts.inputs.account_id
            assert gather(self.book.connection, account, account, *span) == [facts]

    @invariant()
    def the_lean_way_finds_what_the_facts_say(self) -> None:
        numbers_are_those_of_the_facts(self.book, sections=self.clock.at >= self.latest)

    def teardown(self) -> None:
        if hasattr(self, "book"):
            self.book.close()


def test_stored_rows_stay_computed_rows_on_any_walk(new_place: Callable[[], Address]) -> None:
    class Walk(BookWalk):
        pass

    Walk.new_place = staticmethod(new_place)
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )  # fmt: skip
