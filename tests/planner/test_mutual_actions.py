"""What the mutual action plan refuses, warns of, and the order it is shown in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.dependencies import DEPENDS, find_cycle, in_order
from planner.entity import spoken_name
from planner.errors import NotFound, Refused
from planner.mutual_actions import (
    MutualAction,
    check_actions,
    date_warnings,
    display_order,
    waiting_for,
    with_dependencies,
)

TODAY = date(2026, 3, 12)
IDS = st.integers(1, 12)
GRAPHS = st.dictionaries(IDS, st.lists(IDS, max_size=4).map(tuple), max_size=12)


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def due(
    number: int, words: str, ahead: int | None, *needs: int, status: str = "open"
) -> MutualAction:
    on = None if ahead is None else day(ahead)
    return MutualAction(number, words, due_on=on, status=status, depends_on=needs)


PLAN = (
    due(1, "Sign the contract", 30, 2, 3),
    due(2, "Security review", 20),
    due(3, "Agree the price", 25, 4),
    due(4, "Name a budget", 5),
)


def test_a_cycle_is_refused_and_told_in_the_words_of_its_actions() -> None:
    with pytest.raises(Refused) as refused:
        with_dependencies(PLAN, 4, [1])
    [problem] = refused.value.problems
    assert problem.field == DEPENDS == spoken_name("depends_on")
    assert problem.problem == (
        "this is a circle: Sign the contract needs Agree the price needs Name a budget"
        " needs Sign the contract"
    )


def test_a_name_with_braces_and_signs_that_act_is_told_as_it_is() -> None:
    plan = (due(1, "{one} {other}", 1, 2), due(2, "a\x1b[31m", 1, 1))
    with pytest.raises(Refused, match="circle") as refused:
        check_actions(plan)
    assert "{one} {other} needs a␛[31m needs {one} {other}" in str(refused.value)


def test_what_depends_on_itself_or_on_nothing_known_is_refused() -> None:
    with pytest.raises(Refused, match="depends: it cannot depend on itself") as itself:
        with_dependencies(PLAN, 2, [2])
    assert itself.value.problems[0].value == "Security review"
    with pytest.raises(Refused, match="depends: there is no action 99") as unknown:
        with_dependencies(PLAN, 2, [4, 99])
    assert unknown.value.problems[0] == (DEPENDS, "there is no action 99", "99")
    with pytest.raises(NotFound, match="there is no action 7"):
        with_dependencies(PLAN, 7, [])


def test_dependencies_that_hold_are_kept_once_each() -> None:
    changed = with_dependencies(PLAN, 2, [4, 3, 4])
    assert [row.depends_on for row in changed] == [(2, 3), (4, 3), (4,), ()]


def test_an_action_due_before_what_it_needs_is_a_warning_with_both_named() -> None:
    plan = (due(1, "Go live", 3, 2), due(2, "Train the team", 8), due(3, "Pay", 8, 2))
    [warning] = date_warnings(plan)
    assert (warning.action.id, warning.needed.id) == (1, 2)
    assert warning.words == (
        "Go live is due 2026-03-15, before Train the team, which it needs and which is due"
        " 2026-03-20"
    )


def test_an_action_without_a_day_passes_on_what_it_needs() -> None:
    plan = (due(1, "Go live", 3, 2), due(2, "Some day", None, 3), due(3, "Train", 9))
    assert [(w.action.id, w.needed.id) for w in date_warnings(plan)] == [(1, 3)]


def test_dates_are_compared_even_where_the_data_holds_a_circle_or_an_unknown_id() -> None:
    plan = (due(1, "a", 3, 2, 77), due(2, "b", None, 1, 3), due(3, "c", 9))
    assert [(w.action.id, w.needed.id) for w in date_warnings(plan)] == [(1, 3)]


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_over_warns_of_nothing_and_holds_nothing_up(status: str) -> None:
    needed_is_over = (due(1, "Go live", 3, 2), due(2, "Train", 8, status=status))
    itself_over = (due(1, "Go live", 3, 2, status=status), due(2, "Train", 8))
    for plan in (needed_is_over, itself_over):
        assert date_warnings(plan) == ()
        assert waiting_for(plan) == {}


def test_an_open_action_waits_for_the_open_ones_it_needs() -> None:
    waits = waiting_for(with_dependencies(PLAN, 2, [4]))
    assert {one: [row.id for row in rows] for one, rows in waits.items()} == {
        1: [2, 3],
        2: [4],
        3: [4],
    }


def test_an_action_is_late_after_its_day_and_only_while_open() -> None:
    assert due(1, "a", -1).is_late(TODAY)
    assert not due(1, "a", 0).is_late(TODAY)
    assert not due(1, "a", None).is_late(TODAY)
    assert not due(1, "a", -9, status="done").is_late(TODAY)


def test_actions_are_shown_after_what_they_need_then_by_day() -> None:
    assert [row.id for row in display_order(PLAN)] == [4, 2, 3, 1]
    undated = (due(1, "later", None), due(2, "b", 9), due(3, "a", 9), due(4, "first", 1, 2))
    assert [row.id for row in display_order(undated)] == [3, 2, 4, 1]


def test_a_long_chain_is_ordered_and_its_cycle_found() -> None:
    chain: dict[int, tuple[int, ...]] = {n: (n + 1,) for n in range(20_000)}
    assert find_cycle(chain) == ()
    assert in_order(chain, {n: n for n in chain}) == list(reversed(range(20_000)))
    chain[20_000] = (0,)
    assert len(find_cycle(chain)) == 20_001


@given(GRAPHS)
def test_a_found_cycle_is_one_and_without_one_the_order_keeps_every_need(
    needs: dict[int, tuple[int, ...]],
) -> None:
    cycle = find_cycle(needs)
    order = in_order(needs, {one: -one for one in needs})
    assert sorted(order) == sorted(needs)
    if cycle:
        following = (*cycle[1:], cycle[0])
        assert all(other in needs[one] for one, other in zip(cycle, following, strict=True))
        return
    place = {one: index for index, one in enumerate(order)}
    for one, others in needs.items():
        assert all(place[other] < place[one] for other in others if other in place)


@given(GRAPHS)
def test_a_plan_is_accepted_exactly_when_it_can_be_done_in_some_order(
    needs: dict[int, tuple[int, ...]],
) -> None:
    plan = [MutualAction(one, f"a{one}", depends_on=others) for one, others in needs.items()]
    done: set[int] = set()
    while more := {one for one in needs if one not in done and set(needs[one]) <= done}:
        done |= more
    if done == set(needs):
        check_actions(plan)
    else:
        with pytest.raises(Refused, match="depends"):
            check_actions(plan)
    assert {row.id for row in display_order(plan)} == set(needs)
