"""Success criteria by segment: which goals they fit, and the status that they give."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.goal_status import is_in, member_of, method_words, origin_words, segment_of, status_by
from planner.plans import Objective
from planner.use_cases.accounts import add_account, change_account, change_accounts, tag_accounts
from planner.use_cases.objectives import measure, withdraw_measurement
from planner.use_cases.plans import add_objective, change_objective, close_plan, start_plan
from planner.use_cases.success_criteria import (
    MOST_CRITERIA,
    add_criterion,
    apply_criteria,
    archive_criterion,
    change_criterion,
)
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refused

LEVELS = {"name": "online", "metric": "Orders  ONLINE", "good": 60.0, "poor": 30.0}


@pytest.fixture
def account(uow: MemoryUnitOfWork) -> int:
    found = add_account(uow, name="Nordic Oy", tier=1, stage="adopting", tags=("Key",)).id
    start_plan(uow, found)
    return found


@pytest.fixture
def goal(uow: MemoryUnitOfWork, account: int) -> int:
    return add_objective(uow, account, objective="More online", metric="orders online").id


def stands(uow: MemoryUnitOfWork, goal: int) -> tuple[str, bool, bool]:
    """The status, whether a criterion gave it, whether it was set by hand against one."""
    found = uow.objectives.get(goal)
    return found.status, found.criterion_id is not None, found.status_by_hand


@pytest.mark.parametrize(
    ("actual", "status"),
    [(60, "on_track"), (59.9, "at_risk"), (30, "off_track"), (-5, "off_track")],
)
def test_more_is_better_unless_less_is(
    uow: MemoryUnitOfWork, goal: int, actual: float, status: str
) -> None:
    criterion = add_criterion(uow, **LEVELS)
    measure(uow, goal, actual)
    assert stands(uow, goal) == (status, True, False)
    less = criterion.changed(good=-60.0, poor=-30.0, less_is_better=True)
    assert status_by(less, -actual) == status


def test_without_poor_nothing_lies_between(uow: MemoryUnitOfWork) -> None:
    criterion = add_criterion(uow, **{**LEVELS, "poor": None, "unit": "%"})
    assert (status_by(criterion, 60), status_by(criterion, 59)) == ("on_track", "off_track")
    assert method_words(criterion) == "on track at 60 % or more, else off track"
    less = criterion.changed(poor=90.0, less_is_better=True)
    assert method_words(less) == "on track at 60 % or less, off track at 90 % or more"


def test_a_criterion_without_sense_is_refused(uow: MemoryUnitOfWork) -> None:
    assert "worse than good" in refused(add_criterion, uow, **{**LEVELS, "poor": 60.0})
    assert "worse than good" in refused(add_criterion, uow, **LEVELS, less_is_better=True)
    assert "good: it is no usable number" in refused(
        add_criterion, uow, **{**LEVELS, "good": float("nan")}
    )
    assert "poor: it is no usable number" in refused(
        add_criterion, uow, **{**LEVELS, "poor": float("-inf")}
    )
    assert "metric: it is empty" in refused(add_criterion, uow, **{**LEVELS, "metric": " "})
    add_criterion(uow, **LEVELS)
    assert "already: online" in refused(add_criterion, uow, **{**LEVELS, "name": "ONLINE"})


@pytest.mark.parametrize(
    ("segment", "said"),
    [
        ("tier:9", "segment: '9' is no tier"),
        ("teir:1", "did you mean"),
        ("tier:1 band:red", "band changes without a change of the account itself"),
        ("owner:me", "owner changes without"),
        ("renewal<90", "renewal changes without"),
        ('"open', "never closed"),
    ],
)
def test_a_segment_that_cannot_hold_is_refused_in_words(
    uow: MemoryUnitOfWork, segment: str, said: str
) -> None:
    assert said.lower() in refused(add_criterion, uow, **LEVELS, segment=segment).lower()
    made = add_criterion(uow, **LEVELS)
    assert said.lower() in refused(change_criterion, uow, made, segment=segment).lower()


def test_there_are_only_so_many_criteria(uow: MemoryUnitOfWork) -> None:
    for number in range(MOST_CRITERIA):
        add_criterion(uow, **{**LEVELS, "name": f"n{number}"})
    assert "archive one first" in refused(add_criterion, uow, **LEVELS)


def test_a_new_criterion_judges_goals_at_once_and_an_archived_one_lets_them_stand(
    uow: MemoryUnitOfWork, goal: int
) -> None:
    measure(uow, goal, 20)
    assert stands(uow, goal) == ("on_track", False, False)
    criterion = add_criterion(uow, **LEVELS, segment="tier:1")
    assert stands(uow, goal) == ("off_track", True, False)
    assert uow.summary == "added success criterion online, which gave 1 goal its status"
    change_criterion(uow, criterion, poor=10.0)
    assert stands(uow, goal) == ("at_risk", True, False)
    change_criterion(uow, criterion.id, metric="something else")
    assert stands(uow, goal) == ("at_risk", False, False)
    change_criterion(uow, criterion.id, metric="orders online", good=15.0)
    assert stands(uow, goal) == ("on_track", True, False)
    archive_criterion(uow, criterion.id)
    assert stands(uow, goal) == ("on_track", False, False)
    measure(uow, goal, 0)
    assert stands(uow, goal) == ("on_track", False, False)


def test_an_account_that_moves_into_the_segment_has_its_goals_judged(
    uow: MemoryUnitOfWork, account: int, goal: int
) -> None:
    measure(uow, goal, 20)
    add_criterion(uow, **LEVELS, segment="tier:2 -tag:late")
    assert stands(uow, goal) == ("on_track", False, False)
    change_account(uow, account, tier=2)
    assert stands(uow, goal) == ("off_track", True, False)
    tag_accounts(uow, [account], "Late")
    assert stands(uow, goal) == ("off_track", False, False)
    change_accounts(uow, [account], tags=())
    assert stands(uow, goal) == ("off_track", True, False)
    change_account(uow, account, tier=None)
    measure(uow, goal, 70)
    assert stands(uow, goal) == ("off_track", False, False)


def test_a_segment_goes_before_none_and_the_newest_first(uow: MemoryUnitOfWork, goal: int) -> None:
    measure(uow, goal, 40)
    add_criterion(uow, **LEVELS, segment="tier:1")
    add_criterion(uow, name="all", metric="orders online", good=1.0)
    assert stands(uow, goal)[0] == "at_risk"
    add_criterion(uow, name="newer", metric="orders online", good=90.0, segment="stage:adopting")
    assert stands(uow, goal)[0] == "off_track"


def test_another_unit_is_another_metric(uow: MemoryUnitOfWork, account: int, goal: int) -> None:
    counted = add_objective(uow, account, objective="n", metric="orders online", unit="orders").id
    add_criterion(uow, **LEVELS, unit="%")
    for one in (goal, counted):
        measure(uow, one, 20)
    assert stands(uow, goal)[0] == "off_track"
    assert stands(uow, counted) == ("on_track", False, False)


def test_a_status_by_hand_wins_until_it_is_judged_anew(
    uow: MemoryUnitOfWork, account: int, goal: int
) -> None:
    criterion = add_criterion(uow, **LEVELS)
    measure(uow, goal, 20)
    change_objective(uow, goal, status="on_track")
    assert stands(uow, goal) == ("on_track", False, True)
    measure(uow, goal, 10)
    assert apply_criteria(uow, account) == 0
    change_criterion(uow, criterion, poor=5.0)
    assert stands(uow, goal) == ("on_track", False, True)
    assert words_of(uow, goal) == "status set by hand; criterion online says at risk"
    assert apply_criteria(uow, by_hand=True) == 1
    assert stands(uow, goal) == ("at_risk", True, False)
    assert words_of(uow, goal) == (
        "status by criterion online: on track at 60 or more, off track at 5 or less"
    )


def words_of(uow: MemoryUnitOfWork, goal: int) -> str | None:
    """What the plan says of where a goal's status comes from."""
    found: Objective = uow.objectives.get(goal)
    account = uow.accounts.get(found.account_id)
    criteria = uow.success_criteria.find()
    return origin_words(found, found.criterion_id, found.status_by_hand, criteria, account)


def test_a_status_by_hand_before_any_criterion_is_not_held_against_it(
    uow: MemoryUnitOfWork, goal: int
) -> None:
    change_objective(uow, goal, status="at_risk", actual=70.0)
    assert stands(uow, goal) == ("at_risk", False, False)
    assert words_of(uow, goal) is None
    add_criterion(uow, **LEVELS)
    assert stands(uow, goal) == ("on_track", True, False)


def test_what_people_achieved_or_dropped_stays(uow: MemoryUnitOfWork, account: int) -> None:
    first, second = (
        add_objective(uow, account, objective="o", metric="orders online", actual=5.0).id
        for _ in range(2)
    )
    change_objective(uow, first, status="achieved")
    change_objective(uow, second, status="dropped")
    add_criterion(uow, **LEVELS)
    assert apply_criteria(uow, by_hand=True) == 0
    assert stands(uow, first) == ("achieved", False, False)
    assert stands(uow, second) == ("dropped", False, False)
    assert words_of(uow, first) is None


def test_goals_to_come_without_a_figure_or_of_a_closed_plan_are_left_alone(
    uow: MemoryUnitOfWork, account: int, goal: int
) -> None:
    add_criterion(uow, **LEVELS)
    later = add_objective(
        uow, account, objective="later", metric="orders online", actual=1.0,
        started_on=uow.today + timedelta(days=9),
    )  # fmt: skip
    assert stands(uow, later.id) == ("on_track", False, False)
    figure = measure(uow, goal, 10)
    assert stands(uow, goal) == ("off_track", True, False)
    withdraw_measurement(uow, figure.id)
    assert stands(uow, goal) == ("off_track", False, False)
    measure(uow, goal, 40)
    close_plan(uow, account)
    archive_criterion(uow, uow.success_criteria.find()[0].id)
    assert apply_criteria(uow, account) == 0
    assert stands(uow, goal) == ("at_risk", True, False)


def test_a_goal_that_comes_with_its_figure_is_judged_unless_its_status_was_said(
    uow: MemoryUnitOfWork, account: int
) -> None:
    add_criterion(uow, **LEVELS)
    both = {"objective": "o", "metric": "orders online", "actual": 5.0}
    judged = add_objective(uow, account, **both)
    said = add_objective(uow, account, **both, status="at_risk")
    assert (judged.status, judged.criterion_id is None) == ("off_track", False)
    assert (said.status, said.status_by_hand) == ("at_risk", True)


@pytest.mark.parametrize(
    ("segment", "fits"),
    [
        ("", True), ("tier:1,2", True), ("tier<=1", True), ("tier>1", False), ("tier<1", False),
        ("tier>=1", True), ("tier:none", False), ("stage:adopting", True), ("keep:none", True),
        ("sector:none", True), ("sector:oil", False), ("-sector:oil", True), ("tag:KEY", True),
        ("tag:none", False), ("-tag:key", False), ("country:fi", False), ('"ordic o"', True),
        ("name:nordic", True), ("account:oy,x", True), ("key", True), ("-nordic", False),
    ],
)  # fmt: skip
def test_a_segment_is_that_of_the_list_of_accounts(
    uow: MemoryUnitOfWork, account: int, segment: str, fits: bool
) -> None:
    assert is_in(segment_of(segment), member_of(uow.accounts.get(account))) is fits
