"""Actions found by words, plans made back from a day and taken back in one step: both engines."""

from __future__ import annotations

from datetime import date

import pytest

from db.book import Book
from db.undo import undo
from planner.errors import Ambiguous, NotFound, Refused
from planner.plan_rows import mutual_actions, stakeholders
from planner.step_lines import read_steps
from planner.use_cases.actions import drop_action
from planner.use_cases.mutual_plan import (
    add_mutual_action,
    plan_backward_actions,
    set_dependencies,
)
from planner.use_cases.people import set_part
from tests.makers import World, day


def test_an_action_is_found_by_its_id_its_words_their_beginning_or_a_part(
    filled: Book, world: World
) -> None:
    names = filled.queries().names
    for text in (str(world.action), "send it", "SEND", "nd it"):
        assert names.action(text, world.account) == world.action
    filled.run(add_mutual_action, world.account, action="Send", owner_id=world.ann,
               due_on=day(-5), done_means="x")  # fmt: skip
    names = filled.queries().names
    assert names.action("send it", world.account) == world.action
    assert names.action("send", world.account) != world.action
    with pytest.raises(Ambiguous, match=r"Send it .*id"):
        names.action("sen", world.account)
    for nobody in ("nothing", "", str(world.account)):
        with pytest.raises(NotFound):
            names.action(nobody, world.account)
    with pytest.raises(NotFound):
        names.action("send it", world.other)


def test_dropped_actions_are_not_to_be_waited_for_and_open_ones_come_first(
    filled: Book, world: World
) -> None:
    before = [words for _id, words, _due in filled.queries().names.actions(world.account)]
    assert before[:2] == ["call back", "Send it"]
    filled.run(drop_action, world.action)
    after = filled.queries().names.actions(world.account)
    assert world.action not in [row[0] for row in after]


def test_a_plan_made_back_from_a_day_is_one_change_with_one_undo(
    filled: Book, world: World
) -> None:
    had = len(filled.queries().names.actions(world.account))
    steps = read_steps(["write;2d;we;Bob", "read;3d;they;Maria"])
    done = filled.run(plan_backward_actions, world.account, steps, date(2026, 3, 20), [])
    page = filled.queries().plan.page(world.account)
    assert page is not None
    rows = {one.id: one for one in mutual_actions(page.actions)}
    write, read = (rows[one.id] for one in done.result.actions)
    assert (write.our_owner, read.their_owner) == ("Bob", "Maria")
    assert (write.starts_on, write.due_on) == (date(2026, 3, 16), date(2026, 3, 17))
    assert read.depends_on == (write.id,)
    filled.run(undo)
    assert len(filled.queries().names.actions(world.account)) == had


def test_a_circle_is_refused_and_nothing_is_written(filled: Book, world: World) -> None:
    more = filled.run(
        add_mutual_action, world.account, action="sign", owner_id=world.ann, due_on=day(-5),
        done_means="x", depends_on=[world.action],
    ).result.action  # fmt: skip
    with pytest.raises(Refused, match="this is a circle"):
        filled.run(set_dependencies, world.action, [more.id])
    assert filled.queries().record("action", world.action).depends_on == ()


def test_people_say_who_of_us_owns_the_relationship(filled: Book, world: World) -> None:
    filled.run(set_part, world.account, world.maria, relationship_owner_id=world.bob)
    people = stakeholders(filled.queries().people.of_account(world.account))
    assert {one.name: one.relationship_owner for one in people} == {"Maria": "Bob", "Joe": ""}
    maria = people[0]
    assert (maria.department, maria.roles, maria.influence) == ("IT", ("champion",), 3)
    assert maria.last_two_way_on == day(1)
