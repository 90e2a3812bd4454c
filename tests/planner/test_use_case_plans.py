"""A plan from its start to its end: goals, actions, what activation asks for."""

from __future__ import annotations

from typing import Any

import pytest

from planner.entity import build
from planner.errors import Refused
from planner.interviews import Entry
from planner.use_cases.accounts import (
    change_account,
)
from planner.use_cases.actions import (
    add_action,
)
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.people import add_person, person_left, set_part
from planner.use_cases.plans import (
    activate_plan,
    add_objective,
    add_plan_action,
    add_risk,
    change_objective,
    change_plan,
    close_plan,
    live_plan,
    start_plan,
)
from planner.use_cases.team import (
    add_colleague,
    name_team,
)
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refused


def test_a_goal_that_is_achieved_has_its_day_until_it_is_not(
    uow: MemoryUnitOfWork, account: int
) -> None:
    start_plan(uow, account)
    goal = add_objective(uow, account, objective="x", baseline=1.0, target=2.0)
    assert goal.started_on == uow.today
    goal = change_objective(uow, goal.id, status="achieved", actual=2.0)
    assert goal.achieved_on == goal.actual_on == uow.today
    assert change_objective(uow, goal.id, status="on_track").achieved_on is None


def test_a_new_owner_of_theirs_takes_the_place_of_the_old_one_of_a_goal(
    uow: MemoryUnitOfWork, account: int
) -> None:
    start_plan(uow, account)
    per = add_person(uow, account, name="Per")[0].id
    goal = add_objective(uow, account, objective="x", their_owner="The board")
    goal = change_objective(uow, goal.id, their_owner_id=per)
    assert (goal.their_owner_id, goal.their_owner) == (per, None)
    goal = change_objective(uow, goal.id, their_owner="The board")
    assert (goal.their_owner_id, goal.their_owner) == (None, "The board")


def test_a_plan_holds_five_goals_that_are_not_dropped(uow: MemoryUnitOfWork, account: int) -> None:
    assert "no plan yet" in refused(add_objective, uow, account, objective="x")
    start_plan(uow, account)
    goals = [add_objective(uow, account, objective=f"goal {n}") for n in range(5)]
    assert "at most 5" in refused(add_objective, uow, account, objective="sixth")
    change_objective(uow, goals[0].id, status="dropped")
    assert add_objective(uow, account, objective="sixth").objective == "sixth"


@pytest.mark.parametrize("missing", ["owner_id", "due_on", "done_means"])
def test_an_action_of_the_plan_has_one_owner_a_due_day_and_what_done_means(
    uow: MemoryUnitOfWork, account: int, missing: str
) -> None:
    start_plan(uow, account)
    owner = add_colleague(uow, name="Bob").id
    fields: dict[str, Any] = {"owner_id": owner, "due_on": uow.today, "done_means": "seen"}
    made = add_plan_action(uow, account, action="x", **fields)
    assert (made.plan_id, made.origin) == (live_plan(uow, account).id, "plan")
    del fields[missing]
    assert "needs one owner" in refused(add_plan_action, uow, account, action="x", **fields)


def test_a_starter_plan_says_what_it_lacks_until_it_can_be_activated(
    uow: MemoryUnitOfWork, account: int
) -> None:
    start_plan(uow, account)
    assert refused(activate_plan, uow, account) == (
        "The plan cannot be activated yet. Missing: a goal; a key person with a role; "
        "the contract's end; a next action."
    )
    add_objective(uow, account, objective="x")
    person = add_person(uow, account, name="P", part={"roles": ("sponsor",)})[0].id
    add_contract(uow, account, arr_minor=1, end_on=uow.today)
    add_action(uow, account, action="x")
    person_left(uow, account, person, uow.today)
    assert "Missing: a key person with a role." in refused(activate_plan, uow, account)
    set_part(uow, account, person, left_on=None)
    assert activate_plan(uow, account).activated_on == uow.today
    assert "active already" in refused(activate_plan, uow, account)
    assert "has a plan already" in refused(start_plan, uow, account)
    closed = close_plan(uow, account)
    assert (closed.status, closed.closed_on) == ("closed", uow.today)
    assert start_plan(uow, account, "standard").id != closed.id


def test_a_standard_plan_asks_for_its_header_and_team(uow: MemoryUnitOfWork, account: int) -> None:
    start_plan(uow, account, "standard")
    sentence = refused(activate_plan, uow, account)
    for thing in ("2 goals", "3 next actions", "a tier", "a stage", "the notice date",
                  "team: a marketing person, a sales person, a success person, a service person",
                  "renewal: the forecast, the contract's end"):  # fmt: skip
        assert thing in sentence
    change_account(uow, account, tier=2, stage="established", keep_class="invest", keep_reason="x")
    change_plan(
        uow, live_plan(uow, account), period_start=uow.today, period_end=uow.today,
        north_star="effort", north_star_target="half", next_review_on=uow.today,
    )  # fmt: skip
    bob = add_colleague(uow, name="Bob").id
    name_team(uow, account, dict.fromkeys(("marketing", "sales", "success", "service"), bob))
    for number in range(3):
        add_action(uow, account, action=f"step {number}")
    for number in range(2):
        add_objective(uow, account, objective=f"goal {number}")
    contract = add_contract(uow, account, arr_minor=1, end_on=uow.today)
    assert refused(activate_plan, uow, account) == (
        "The plan cannot be activated yet. Missing: header: the notice date; renewal: the forecast."
    )
    change_contract(uow, contract.id, notice_days=30, forecast="likely")
    assert activate_plan(uow, account).status == "active"


def full_plan(uow: MemoryUnitOfWork, account: int) -> None:
    """A full plan with every star field but one."""
    start_plan(uow, account, "full")
    change_account(uow, account, tier=1, stage="established", keep_class="invest", keep_reason="x")
    change_plan(
        uow, live_plan(uow, account), period_start=uow.today, period_end=uow.today,
        north_star="effort", north_star_target="half", next_review_on=uow.today,
    )  # fmt: skip
    bob = add_colleague(uow, name="Bob").id
    name_team(uow, account, dict.fromkeys(("marketing", "sales", "success", "service"), bob))
    joe = add_person(uow, account, name="Joe", part={"roles": ("sponsor",)})[0].id
    add_objective(uow, account, objective="g", owner_id=bob, their_owner_id=joe)
    add_plan_action(uow, account, action="a", owner_id=bob, due_on=uow.today, done_means="d")
    add_contract(
        uow, account, arr_minor=1, end_on=uow.today, notice_days=30, forecast="likely"
    )  # fmt: skip


def test_a_full_plan_asks_for_every_star_field_by_section(
    uow: MemoryUnitOfWork, account: int
) -> None:
    full_plan(uow, account)
    person = add_person(uow, account, name="Per")[0].id
    add_objective(uow, account, objective="Halve it")
    with pytest.raises(Refused) as error:
        activate_plan(uow, account)
    assert str(error.value) == (
        "The plan cannot be activated yet. Missing: goals: their owner of “Halve it”, our owner "
        "of “Halve it”; key people: a role of “Per”; contact plan: a QBR date."
    )
    assert [(one.field, one.problem) for one in error.value.problems][-1] == (
        "contact_plan", "a QBR date",
    )  # fmt: skip
    set_part(uow, account, person, roles=("technical",))
    goal = uow.objectives.find(objective="Halve it")[0]
    change_objective(uow, goal, their_owner="Per", owner_id=uow.seats.find()[0].colleague_id)
    add_entry(uow, account, "contact_plan", "qbr", on_date=uow.today)
    assert activate_plan(uow, account).status == "active"


def add_entry(uow: MemoryUnitOfWork, account: int, section: str, field: str, **more: Any) -> int:
    """A line of a section."""
    values = {"entry": "", **more}
    return uow.entries.add(
        build(Entry, id=uow.new_id(), account_id=account, section=section, field=field, **values)
    ).id


def test_an_empty_full_plan_says_what_each_section_lacks(
    uow: MemoryUnitOfWork, account: int
) -> None:
    start_plan(uow, account, "full")
    sentence = refused(activate_plan, uow, account)
    assert "goals: a goal; key people: a key person with a role; contact plan: a QBR date;" in (
        sentence
    )
    assert sentence.endswith(
        "renewal: the forecast, the contract's end; mutual actions: a next action."
    )
    assert "activate or close" in refused(
        change_plan, uow, live_plan(uow, account), status="active"
    )
    assert add_risk(uow, account, risk="x").likelihood == 2
