"""The four starter facts in one step: what is written, what is refused as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from planner.use_cases.actions import add_action
from planner.use_cases.contracts import add_contract
from planner.use_cases.people import add_person
from planner.use_cases.plans import activate_plan, add_objective, close_plan, start_plan
from planner.use_cases.starter import start_and_fill
from planner.use_cases.team import add_colleague
from tests.fakes import MemoryUnitOfWork
from tests.makers import day
from tests.planner.refusals import refusal

GOAL = {"objective": "fewer returns", "metric": "rate", "baseline": 4.0, "target": 2.0}
PERSON = {"name": "Maria Lind", "roles": ("champion",)}
CONTRACT = {"end_on": day(-200), "arr_minor": 24_000_000}
ACTION = {"action": "savings sheet", "due_on": day(-3), "done_means": "she has it"}


@pytest.fixture
def ann(uow: MemoryUnitOfWork) -> int:
    return add_colleague(uow, name="Ann", function="success").id


def everything(ann: int, **other: Any) -> dict[str, Any]:
    facts = {"goal": GOAL, "person": PERSON, "contract": CONTRACT, "action": ACTION}
    return {**facts, "risk": "Per leaves", "owner_id": ann, **other}


def test_four_facts_and_a_risk_make_an_active_starter(
    uow: MemoryUnitOfWork, account: int, ann: int
) -> None:
    plan = start_and_fill(uow, account, **everything(ann))
    assert (plan.size, plan.status, plan.activated_on) == ("starter", "active", uow.today)
    (goal,) = uow.objectives.find(plan_id=plan.id)
    (action,) = uow.actions.find(plan_id=plan.id)
    (risk,) = uow.risks.find(plan_id=plan.id)
    assert (goal.baseline, goal.target, goal.owner_id) == (4.0, 2.0, ann)
    assert (action.due_on, action.owner_id, action.origin) == (day(-3), ann, "plan")
    assert (risk.risk, risk.owner_id) == ("Per leaves", ann)
    (part,) = uow.memberships.find(account_id=account)
    assert (uow.people.get(part.person_id).name, part.roles) == ("Maria Lind", ("champion",))
    (contract,) = uow.contracts.find(account_id=account)
    assert (contract.end_on, contract.currency) == (day(-200), "EUR")
    assert uow.summary == "started and activated the plan of Nordic Oy"
    assert uow.summary_account == account


@pytest.mark.parametrize(
    ("left_out", "words"),
    [("goal", "a goal"), ("person", "a key person"), ("contract", "contract's end"),
     ("action", "a next action")],
)  # fmt: skip
def test_a_fact_that_is_left_out_is_named(
    uow: MemoryUnitOfWork, account: int, ann: int, left_out: str, words: str
) -> None:
    said = refusal(start_and_fill, uow, account, **everything(ann, **{left_out: None}))
    assert "cannot be activated yet" in str(said)
    assert words in str(said)


def test_what_the_account_has_already_is_not_needed_again(
    uow: MemoryUnitOfWork, account: int, ann: int
) -> None:
    add_person(uow, account, name="Maria", part={"roles": ("champion",)})
    add_contract(uow, account, arr_minor=1, end_on=day(-9))
    add_action(uow, account, action="ring")
    assert start_and_fill(uow, account, goal=GOAL, owner_id=ann).status == "active"


def test_a_person_who_is_there_gets_the_role_beside_those_held(
    uow: MemoryUnitOfWork, account: int, ann: int
) -> None:
    maria = add_person(uow, account, name="Maria", part={"roles": ("sponsor",), "influence": 3})[0]
    person = {"person_id": maria.id, "roles": ("champion",)}
    start_and_fill(uow, account, **everything(ann, person=person))
    (part,) = uow.memberships.find(account_id=account)
    assert (part.roles, part.influence) == (("sponsor", "champion"), 3)


def test_the_end_goes_to_the_contract_that_lacks_one(
    uow: MemoryUnitOfWork, account: int, ann: int
) -> None:
    add_contract(uow, account, arr_minor=3, status="ended")
    open_one = add_contract(uow, account, arr_minor=5)
    start_and_fill(uow, account, **everything(ann, contract={"end_on": day(-9)}))
    assert len(uow.contracts.find(account_id=account)) == 2
    changed = uow.contracts.get(open_one.id)
    assert (changed.end_on, changed.arr_minor) == (day(-9), 5)


def test_a_contract_that_ends_is_not_moved_here(
    uow: MemoryUnitOfWork, account: int, ann: int
) -> None:
    add_contract(uow, account, arr_minor=5, end_on=day(-9))
    said = refusal(start_and_fill, uow, account, **everything(ann))
    assert [one.field for one in said.problems] == ["end"]
    assert day(-9).isoformat() in str(said)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"goal": {"objective": "x"}}, "target"),
        ({"goal": {**GOAL, "baseline": 2.0}}, "target"),
        ({"goal": {**GOAL, "due_on": day(1)}}, "goal_due"),
        ({"goal": {**GOAL, "objective": " "}}, "goal"),
        ({"person": {"name": "Maria"}}, "role"),
        ({"person": {"name": " ", "roles": ("champion",)}}, "person"),
        ({"contract": {"arr_minor": 5}}, "end"),
        ({"contract": {"end_on": day(-9)}}, "arr"),
        ({"action": {**ACTION, "due_on": day(1)}}, "due"),
        ({"action": {**ACTION, "done_means": ""}}, "done_means"),
        ({"owner_id": None}, "owner"),
        ({"risk": "x" * 5000}, "risk"),
    ],
)
def test_a_wrong_fact_is_named_by_its_own_field(
    uow: MemoryUnitOfWork, account: int, ann: int, facts: dict[str, Any], field: str
) -> None:
    said = refusal(start_and_fill, uow, account, **everything(ann, **facts))
    assert [one.field for one in said.problems] == [field]


def test_a_draft_is_filled_and_activated(uow: MemoryUnitOfWork, account: int, ann: int) -> None:
    draft = start_plan(uow, account)
    add_objective(uow, account, objective="x")
    plan = start_and_fill(uow, account, **everything(ann, goal=None))
    assert (plan.id, plan.status) == (draft.id, "active")
    assert uow.summary == "activated the plan of Nordic Oy"


def test_a_larger_draft_is_filled_and_says_what_it_lacks(
    uow: MemoryUnitOfWork, account: int, ann: int
) -> None:
    start_plan(uow, account, "standard")
    plan = start_and_fill(uow, account, **everything(ann))
    assert plan.status == "draft"
    assert "it stays a draft, missing: header: " in (uow.summary or "")
    assert len(uow.objectives.find(plan_id=plan.id)) == 1


def test_an_active_plan_only_gets_what_is_given(
    uow: MemoryUnitOfWork, account: int, ann: int
) -> None:
    start_and_fill(uow, account, **everything(ann))
    plan = start_and_fill(uow, account, risk="prices", owner_id=ann)
    assert len(uow.risks.find(plan_id=plan.id)) == 2
    assert uow.summary == "filled the plan of Nordic Oy"
    assert "active already" in str(refusal(activate_plan, uow, account))


def test_goals_of_a_closed_plan_do_not_count_for_the_next(
    uow: MemoryUnitOfWork, account: int, ann: int
) -> None:
    start_and_fill(uow, account, **everything(ann))
    close_plan(uow, account)
    said = refusal(start_and_fill, uow, account, owner_id=ann)
    assert "Missing: a goal." in str(said)
