"""The mutual action plan changed: dependencies, owners, what is shared, planned back from a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from planner.errors import NotFound
from planner.plans import Action
from planner.step_lines import read_steps
from planner.use_cases.accounts import add_account
from planner.use_cases.actions import add_action, drop_action
from planner.use_cases.mutual_plan import (
    add_mutual_action,
    change_mutual_action,
    plan_backward_actions,
    set_dependencies,
)
from planner.use_cases.people import add_person
from planner.use_cases.plans import start_plan
from planner.use_cases.team import add_colleague
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refusal

TODAY = date(2026, 3, 11)
FRIDAY, LATER = date(2026, 3, 13), date(2026, 3, 20)


@pytest.fixture
def account(uow: MemoryUnitOfWork) -> int:
    account_id = add_account(uow, name="Nordic Oy").id
    start_plan(uow, account_id)
    return account_id


@pytest.fixture
def ben(uow: MemoryUnitOfWork) -> int:
    return add_colleague(uow, name="Ben", function="sales").id


@pytest.fixture
def act(uow: MemoryUnitOfWork, account: int, ben: int) -> Callable[..., Action]:
    """Add an action to the plan."""

    def made(words: str, due: date = FRIDAY, **fields: Any) -> Action:
        given = {"owner_id": ben, "done_means": "seen", **fields}
        return add_mutual_action(uow, account, action=words, due_on=due, **given).action

    return made


# Dependencies


def test_an_action_keeps_what_it_needs_each_once(
    uow: MemoryUnitOfWork, act: Callable[..., Action]
) -> None:
    sign, send = act("sign"), act("send")
    changed = set_dependencies(uow, sign.id, [send.id, send.id])
    assert changed.action.depends_on == (send.id,)
    assert changed.warnings == ()
    assert uow.summary == "changed action: sign"


def test_a_circle_is_refused_in_the_words_of_its_actions(
    uow: MemoryUnitOfWork, act: Callable[..., Action]
) -> None:
    send = act("send")
    sign = act("sign", depends_on=[send.id])
    error = refusal(set_dependencies, uow, send.id, [sign.id])
    assert "sign needs send needs sign" in str(error) or "send needs sign needs send" in str(error)
    assert error.problems[0].field == "depends"
    assert uow.actions.get(send.id).depends_on == ()
    assert "cannot depend on itself" in str(refusal(set_dependencies, uow, send.id, [send.id]))


def test_actions_of_another_account_dropped_ones_and_unknown_ids_are_refused(
    uow: MemoryUnitOfWork, account: int, act: Callable[..., Action]
) -> None:
    other = add_account(uow, name="Other Oy").id
    foreign = add_action(uow, other, action="theirs")
    dropped = act("dropped")
    drop_action(uow, dropped.id)
    mine = act("mine")
    for wrong in (foreign.id, dropped.id, 4711):
        error = refusal(set_dependencies, uow, mine.id, [wrong])
        assert error.problems[0].field == "depends"
        assert f"{wrong} is no action of this account" in str(error)
        refusal(
            add_mutual_action, uow, account, action="x", due_on=FRIDAY, owner_id=1,
            done_means="y", depends_on=[wrong],
        )  # fmt: skip


def test_what_an_action_needed_before_it_was_archived_stays_and_stands_in_no_way(
    uow: MemoryUnitOfWork, act: Callable[..., Action]
) -> None:
    gone = act("gone")
    sign = act("sign", depends_on=[gone.id])
    send = act("send")
    uow.actions.archive(uow.actions.get(gone.id))
    assert set_dependencies(uow, sign.id, [gone.id, send.id]).action.depends_on == (
        gone.id,
        send.id,
    )
    assert set_dependencies(uow, send.id, []).action.depends_on == ()


def test_an_action_due_before_what_it_needs_is_saved_with_a_warning(
    uow: MemoryUnitOfWork, act: Callable[..., Action]
) -> None:
    late = act("late", LATER)
    sign = act("sign")
    changed = set_dependencies(uow, sign.id, [late.id])
    (warning,) = changed.warnings
    assert warning.startswith("sign is due 2026-03-13, before late")
    assert uow.summary == f"changed action: sign. {warning}"
    assert change_mutual_action(uow, sign.id, due_on=LATER).warnings == ()
    moved = change_mutual_action(uow, late.id, due_on=date(2026, 3, 21))
    assert moved.warnings == (
        "sign is due 2026-03-20, before late, which it needs and which is due 2026-03-21",
    )


def test_a_cycle_in_what_others_wrote_is_left_through_any_of_its_actions(
    uow: MemoryUnitOfWork, act: Callable[..., Action]
) -> None:
    one = act("one")
    two = act("two", depends_on=[one.id])
    uow.actions.save(one, one.changed(depends_on=(two.id,)))
    assert set_dependencies(uow, one.id, []).action.depends_on == ()


# Days and status


def test_a_start_after_the_due_day_is_refused(
    uow: MemoryUnitOfWork, act: Callable[..., Action]
) -> None:
    sign = act("sign", starts_on=TODAY)
    assert sign.starts_on == TODAY
    error = refusal(change_mutual_action, uow, sign.id, starts_on=LATER)
    assert (error.problems[0].field, error.problems[0].problem) == (
        "due",
        "it lies before the start",
    )


def test_done_is_done_today_and_tells_what_it_did_not_wait_for(
    uow: MemoryUnitOfWork, act: Callable[..., Action]
) -> None:
    send = act("send")
    sign = act("sign", depends_on=[send.id])
    changed = change_mutual_action(uow, sign.id, status="done")
    assert changed.action.done_on == TODAY
    assert changed.warnings == ("sign is done although send, which it needs, is open",)
    assert uow.summary.startswith("done: sign. ")
    assert change_mutual_action(uow, sign.id, status="open").action.done_on is None
    change_mutual_action(uow, sign.id, status="dropped")
    assert uow.summary == "dropped: sign"


# Owners and what they see


def test_an_owner_of_theirs_shares_the_action_unless_it_is_said_not_to(
    uow: MemoryUnitOfWork, act: Callable[..., Action]
) -> None:
    assert not act("ours").shared
    assert act("both", their_owner="Per").shared
    hidden = act("hidden", their_owner="Per", shared=False)
    assert not hidden.shared
    plain = act("plain")
    assert change_mutual_action(uow, plain.id, their_owner="Per").action.shared
    assert not change_mutual_action(uow, plain.id, shared=False).action.shared
    assert not change_mutual_action(uow, hidden.id, due_on=LATER).action.shared


def test_a_person_takes_the_place_of_a_name_and_both_at_once_are_two_owners(
    uow: MemoryUnitOfWork, account: int, act: Callable[..., Action]
) -> None:
    per = add_person(uow, account, name="Per")[0].id
    sign = act("sign", their_owner="The board")
    after = change_mutual_action(uow, sign.id, their_owner_id=per).action
    assert (after.their_owner_id, after.their_owner) == (per, None)
    after = change_mutual_action(uow, sign.id, their_owner="The board").action
    assert (after.their_owner_id, after.their_owner) == (None, "The board")
    error = refusal(change_mutual_action, uow, sign.id, their_owner="The board", their_owner_id=per)
    assert error.problems[0].field == "their_owner"
    assert "one owner on each side" in str(error)


@pytest.mark.parametrize("text", ["Per, Maria", "Per; The board", "Per and Maria", "per & MARIA"])
def test_several_owners_in_one_name_are_refused(
    uow: MemoryUnitOfWork, account: int, act: Callable[..., Action], text: str
) -> None:
    for name in ("Per", "Maria"):
        add_person(uow, account, name=name)
    sign = act("sign")
    error = refusal(change_mutual_action, uow, sign.id, their_owner=text)
    assert error.problems[0].field == "their_owner"
    assert text in str(error)


def test_a_name_that_only_looks_like_two_is_one(
    uow: MemoryUnitOfWork, account: int, act: Callable[..., Action]
) -> None:
    add_person(uow, account, name="Ek, Per")
    for text in ("Sales and Marketing", "R&D", "Ek, Per", "and"):
        assert act("x", their_owner=text).their_owner == text


# Planned back from a day


def test_steps_become_actions_that_end_on_the_day(
    uow: MemoryUnitOfWork, account: int, ben: int
) -> None:
    per = add_person(uow, account, name="Per")[0].id
    steps = read_steps(
        ["write;2d;we;ben;;they have it", "read;3d;they;PER", "sign;0d;they;The board;2"]
    )
    added: list[str] = []
    planned = plan_backward_actions(uow, account, steps, date(2026, 3, 20), added)
    write, read, sign = planned.actions
    assert (write.starts_on, write.due_on) == (date(2026, 3, 16), date(2026, 3, 17))
    assert (read.starts_on, read.due_on) == (date(2026, 3, 18), date(2026, 3, 20))
    assert (sign.starts_on, sign.due_on) == (date(2026, 3, 20), date(2026, 3, 20))
    assert (write.owner_id, write.done_means, write.shared) == (ben, "they have it", False)
    assert (read.side, read.their_owner_id, read.shared) == ("they", per, True)
    assert (sign.their_owner_id, sign.their_owner) == (None, "The board")
    assert (read.depends_on, sign.depends_on) == ((write.id,), (read.id,))
    assert planned.critical == (write.id, read.id, sign.id)
    assert added == ["Ann"]
    assert uow.summary == "planned 3 actions back from 2026-03-20 at Nordic Oy"
    assert uow.actions.find(account_id=account) == list(planned.actions)


def test_a_step_that_would_begin_before_today_is_named_and_nothing_is_made(
    uow: MemoryUnitOfWork, account: int
) -> None:
    steps = read_steps(["write;2d", "read;5d"])
    error = refusal(plan_backward_actions, uow, account, steps, date(2026, 3, 13), [])
    assert [one.problem.split(" would")[0] for one in error.problems] == ["write", "read"]
    assert "2026-03-05, 6 days before today" in str(error)
    assert uow.actions.find(account_id=account) == []
    past = refusal(plan_backward_actions, uow, account, steps, date(2026, 3, 10), [])
    assert "end: 2026-03-10 lies in the past" in str(past)


def test_planning_back_needs_a_plan_and_one_owner_a_step(
    uow: MemoryUnitOfWork, account: int, ben: int
) -> None:
    bare = add_account(uow, name="Bare Oy").id
    steps = read_steps(["write"])
    assert "has no plan yet" in str(refusal(plan_backward_actions, uow, bare, steps, FRIDAY, []))
    two = read_steps(["write;1d;we;Ben, Eva"])
    assert ben
    error = refusal(plan_backward_actions, uow, account, two, FRIDAY, [])
    assert error.problems[0].field == "owner"


def test_an_action_that_is_not_there_is_not_found(uow: MemoryUnitOfWork, account: int) -> None:
    assert account
    with pytest.raises(NotFound):
        set_dependencies(uow, 4711, [])
