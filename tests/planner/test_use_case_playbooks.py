"""Plans that start from a template, and the dated tasks of playbooks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.plan_templates import PlanTemplate, SuggestedAction, SuggestedObjective
from planner.playbooks import Offset, Playbook, Task, Trigger
from planner.use_cases.accounts import change_account
from planner.use_cases.actions import drop_action
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.plans import start_plan
from planner.use_cases.playbooks import start_from_template, start_playbook
from planner.use_cases.team import add_colleague, name_team
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refused

TEMPLATE = PlanTemplate(
    "tier-2", None, (2,), (), "standard", ("enablement", "goals"), ("sponsor", "champion"),
    ("They leave.",), "NRR", "110 %", 12, 30,
    (SuggestedObjective("Use it", "seats", "%", 40.0, 80.0, 3, 90), SuggestedObjective("Like it")),
    (SuggestedAction("Ask why", 5, "They said it.", "they", True, True),),
)  # fmt: skip
PLAYBOOK = Playbook(
    "calm", None, Trigger("manual"),
    (Task("write", "Write to them", Offset(10), "sales", "Sent.", "they", True, True, ("ring",)),
     Task("ring", "Ring them", Offset(3), "success", "They answered.")),
)  # fmt: skip
RENEWAL = replace(
    PLAYBOOK, tasks=(Task("look", "Look at it", Offset(30, True), "service", "Seen."),)
)


@pytest.fixture
def ben(uow: MemoryUnitOfWork) -> int:
    return add_colleague(uow, name="Ben", function="sales").id


def ends(uow: MemoryUnitOfWork, account: int, *days: date) -> list[int]:
    """Contracts of the account that end on these days."""
    return [add_contract(uow, account, arr_minor=100, end_on=day).id for day in days]


# From a template


def test_a_plan_starts_with_the_templates_header_counted_from_today(
    uow: MemoryUnitOfWork, account: int
) -> None:
    plan = start_from_template(uow, account, TEMPLATE, [])
    assert (plan.size, plan.status, plan.template) == ("standard", "draft", "tier-2")
    assert (plan.north_star, plan.north_star_target) == ("NRR", "110 %")
    assert (plan.period_start, plan.period_end) == (date(2026, 3, 11), date(2027, 3, 10))
    assert plan.next_review_on == date(2026, 4, 10)
    assert (plan.review_every_days, plan.required_roles) == (30, ("sponsor", "champion"))
    assert "from tier-2: goals 2, actions 1, risks 1" in uow.summary


def test_what_is_asked_for_comes_before_the_templates_own(
    uow: MemoryUnitOfWork, account: int
) -> None:
    day = date(2026, 9, 9)
    plan = start_from_template(
        uow, account, TEMPLATE, [], size="starter", north_star="ARR", next_review_on=day
    )
    assert (plan.size, plan.north_star, plan.next_review_on) == ("starter", "ARR", day)
    assert plan.north_star_target == "110 %"


def test_its_goals_actions_and_risks_are_added_for_whoever_acts(
    uow: MemoryUnitOfWork, account: int
) -> None:
    added: list[str] = []
    plan = start_from_template(uow, account, TEMPLATE, added)
    (me,) = uow.colleagues.find(name=added[0])
    first, second = uow.objectives.find(plan_id=plan.id)
    assert (first.objective, first.metric, first.unit) == ("Use it", "seats", "%")
    assert (first.baseline, first.target, first.priority) == (40.0, 80.0, 3)
    assert (first.due_on, second.due_on) == (uow.today + timedelta(days=90), None)
    (action,) = uow.actions.find(plan_id=plan.id)
    assert (action.action, action.done_means) == ("Ask why", "They said it.")
    assert (action.side, action.promised, action.shared) == ("they", True, True)
    assert (action.due_on, action.origin) == (uow.today + timedelta(days=5), "plan")
    (risk,) = uow.risks.find(plan_id=plan.id)
    assert risk.risk == "They leave."
    assert {one.owner_id for one in (first, second, action, risk)} == {me.id}


def test_only_sections_outside_the_size_are_added_by_name(
    uow: MemoryUnitOfWork, account: int
) -> None:
    plan = start_from_template(uow, account, TEMPLATE, [])
    (section,) = uow.sections.find(plan_id=plan.id)
    assert (section.section, section.added) == ("enablement", True)


@pytest.mark.parametrize(("tier", "size"), [(1, "full"), (2, "standard"), (None, "starter")])
def test_a_template_without_a_size_leaves_it_to_the_tier(
    uow: MemoryUnitOfWork, account: int, tier: int | None, size: str
) -> None:
    change_account(uow, account, tier=tier)
    assert start_from_template(uow, account, replace(TEMPLATE, size=None), []).size == size


# Playbooks


def test_the_tasks_become_actions_dated_from_the_start(
    uow: MemoryUnitOfWork, account: int, ben: int
) -> None:
    start = date(2026, 3, 20)
    done = start_playbook(uow, account, PLAYBOOK, start, ben)
    write, ring = done.actions
    assert (write.action, write.due_on, write.done_means) == (
        "Write to them", date(2026, 3, 30), "Sent.",
    )  # fmt: skip
    assert (write.side, write.promised, write.shared) == ("they", True, True)
    assert (ring.side, ring.promised, ring.shared) == ("we", False, False)
    assert ring.due_on == date(2026, 3, 23)
    assert {(one.origin, one.playbook, one.plan_id) for one in done.actions} == {
        ("playbook", "calm", None)
    }
    assert done.passed == ()
    assert uow.summary == "started calm at Nordic Oy: 2 actions"


def test_a_task_depends_on_the_action_of_the_task_it_waits_for_wherever_that_stands(
    uow: MemoryUnitOfWork, account: int, ben: int
) -> None:
    write, ring = start_playbook(uow, account, PLAYBOOK, None, ben).actions
    assert write.depends_on == (ring.id,)
    assert ring.depends_on == ()


def test_the_actions_belong_to_the_plan_when_there_is_one(
    uow: MemoryUnitOfWork, account: int, ben: int
) -> None:
    plan = start_plan(uow, account)
    done = start_playbook(uow, account, PLAYBOOK, None, ben)
    assert {one.plan_id for one in done.actions} == {plan.id}


def test_an_owner_is_the_teams_seat_then_the_one_named_then_the_accounts_owner(
    uow: MemoryUnitOfWork, account: int, ben: int
) -> None:
    eva = add_colleague(uow, name="Eva").id
    ida = add_colleague(uow, name="Ida").id
    assert refused(start_playbook, uow, account, PLAYBOOK) == (
        "Nobody would own the tasks of sales, success: the team of Nordic Oy has nobody there and "
        "the account has no owner. Name the team or say who owns them."
    )
    name_team(uow, account, {"sales": ben})
    assert "the tasks of success:" in refused(start_playbook, uow, account, PLAYBOOK)
    change_account(uow, account, owner_id=eva)
    owners = [one.owner_id for one in start_playbook(uow, account, PLAYBOOK).actions]
    assert owners == [ben, eva]
    other = replace(PLAYBOOK, name="other")
    owners = [one.owner_id for one in start_playbook(uow, account, other, None, ida).actions]
    assert owners == [ben, ida]


def test_tasks_that_are_due_before_today_are_added_and_named(
    uow: MemoryUnitOfWork, account: int, ben: int
) -> None:
    done = start_playbook(uow, account, PLAYBOOK, uow.today - timedelta(days=4), ben)
    assert [one.action for one in done.passed] == ["Ring them"]
    assert len(uow.actions.find(account_id=account)) == 2
    assert uow.summary.endswith("2 actions, due before today: Ring them")
    again = start_playbook(
        uow, account, replace(PLAYBOOK, name="b"), uow.today - timedelta(days=3), ben
    )
    assert again.passed == ()


def test_tasks_count_back_from_the_end_of_the_contract_that_is_to_be_decided_next(
    uow: MemoryUnitOfWork, account: int, ben: int
) -> None:
    assert refused(start_playbook, uow, account, RENEWAL, None, ben) == (
        "calm counts back from the end of the contract, and Nordic Oy has no contract with an "
        "end. Add it first."
    )
    near, far = ends(uow, account, date(2026, 6, 30), date(2026, 12, 31))
    (action,) = start_playbook(uow, account, RENEWAL, None, ben).actions
    assert action.due_on == date(2026, 5, 31)
    drop_action(uow, action.id)
    change_contract(uow, near, decided_on=uow.today)
    (action,) = start_playbook(uow, account, RENEWAL, None, ben).actions
    assert action.due_on == date(2026, 12, 1)
    drop_action(uow, action.id)
    change_contract(uow, far, decided_on=uow.today)
    assert start_playbook(uow, account, RENEWAL, None, ben).actions[0].due_on == action.due_on


def test_a_playbook_that_is_under_way_is_not_started_again(
    uow: MemoryUnitOfWork, account: int, ben: int
) -> None:
    done = start_playbook(uow, account, PLAYBOOK, None, ben)
    assert refused(start_playbook, uow, account, PLAYBOOK, None, ben) == (
        "calm is under way at Nordic Oy: 2 of its actions are open. Finish or drop them first."
    )
    for action in done.actions:
        drop_action(uow, action.id)
    assert len(start_playbook(uow, account, PLAYBOOK, None, ben).actions) == 2
