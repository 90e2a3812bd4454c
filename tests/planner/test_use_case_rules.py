"""The rules of the use cases that need no store: who may be named, what may follow what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import pytest

from planner.dates import When
from planner.errors import Ambiguous, NotFound
from planner.ports import Actor
from planner.use_cases.accounts import (
    add_account,
    archive_account,
    change_account,
    change_accounts,
    toggle_star,
)
from planner.use_cases.actions import (
    add_action,
    change_action,
    drop_action,
    finish_action,
    postpone_action,
)
from planner.use_cases.celebrations import add_celebration
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import add_contract, change_contract, reach_milestone
from planner.use_cases.people import add_person, change_person, person_left, set_part
from planner.use_cases.plans import (
    add_objective,
    add_plan_action,
    change_objective,
    start_plan,
)
from planner.use_cases.pulses import give_pulse
from planner.use_cases.settings import change_setting
from planner.use_cases.team import (
    add_colleague,
    be_colleague,
    change_colleague,
    colleague_named,
    name_team,
    retire_colleague,
)
from planner.use_cases.touchpoints import (
    FollowUp,
    change_touchpoint,
    log_touchpoint,
    rang_without_answer,
)
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refused


def ago(uow: MemoryUnitOfWork, days: int) -> When:
    """A moment some days before the clock's."""
    at = uow.clock.now() - timedelta(days=days)
    return When(at.astimezone(UTC).date(), at, False)


def test_a_duplicate_name_is_refused_with_the_other_shown(
    uow: MemoryUnitOfWork, account: int
) -> None:
    sentence = refused(add_account, uow, name=" NORDIC  OY")
    assert sentence == f"There is an account with this name already: Nordic Oy (id {account})."
    second = add_account(uow, name="nordic oy", duplicate=True)
    other = add_account(uow, name="Other")
    assert "already" in refused(change_account, uow, other.id, name="Nordic oy")
    third = add_account(uow, name="Third")
    assert "already" in refused(change_accounts, uow, [third.id], name="Nordic oy")
    assert change_account(uow, second.id, name="NORDIC OY").name == "NORDIC OY"


def test_parents_make_no_circle(uow: MemoryUnitOfWork, account: int) -> None:
    child = add_account(uow, name="Child", parent_id=account).id
    grandchild = add_account(uow, name="Grandchild", parent_id=child).id
    assert "circle" in refused(change_account, uow, account, parent_id=grandchild)
    assert "own parent" in refused(change_account, uow, child, parent_id=child)
    with pytest.raises(NotFound):
        add_account(uow, name="Lost", parent_id=999)


def test_an_archived_account_takes_nothing(uow: MemoryUnitOfWork, account: int) -> None:
    archive_account(uow, account)
    calls: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (archive_account, {}),
        (change_account, {"tier": 1}),
        (toggle_star, {}),
        (add_celebration, {"label": "x", "on": uow.today}),
        (add_person, {"name": "x"}),
        (add_action, {"action": "x"}),
        (add_contract, {"arr_minor": 1}),
        (start_plan, {}),
        (log_touchpoint, {"kind": "call", "when": ago(uow, 1)}),
        (log_complaint, {"title": "x", "when": ago(uow, 1)}),
        (name_team, {"seats": {}}),
    ]
    for use_case, fields in calls:
        assert "archived" in refused(use_case, uow, account, **fields)


@pytest.mark.parametrize("field", ["id", "version", "archived_at", "account_id", "recorded_on"])
def test_what_a_record_is_and_whose_it_is_cannot_be_changed(
    uow: MemoryUnitOfWork, account: int, field: str
) -> None:
    action = add_action(uow, account, action="x")
    assert "cannot be changed" in refused(change_action, uow, action.id, **{field: 7})


def test_a_star_is_put_on_and_taken_off(uow: MemoryUnitOfWork, account: int) -> None:
    assert toggle_star(uow, account) is True
    assert toggle_star(uow, account) is False
    assert uow.stars.find() == []


def test_people_of_other_accounts_are_refused_everywhere(
    uow: MemoryUnitOfWork, account: int
) -> None:
    other = add_account(uow, name="Other").id
    stranger = add_person(uow, other, name="S")[0].id
    start_plan(uow, account)
    objective = add_objective(uow, account, objective="x")
    action = add_action(uow, account, action="x")
    touch = log_touchpoint(uow, account, kind="call", when=ago(uow, 1))
    theirs = {"their_owner_id": stranger}
    people = {"person_ids": [stranger]}
    call = {"kind": "call", "when": ago(uow, 1)}
    for sentence in (
        refused(log_touchpoint, uow, account, **call, **people),
        refused(change_touchpoint, uow, touch.id, **people),
        refused(rang_without_answer, uow, account, ago(uow, 1), [stranger]),
        refused(log_touchpoint, uow, account, **call,
                follow_ups=[FollowUp("x", their_owner_id=stranger)]),
        refused(add_action, uow, account, action="x", **theirs),
        refused(change_action, uow, action.id, **theirs),
        refused(add_objective, uow, account, objective="y", **theirs),
        refused(change_objective, uow, objective.id, **theirs),
        refused(add_celebration, uow, account, label="x", on=uow.today, person_id=stranger),
        refused(set_part, uow, account, add_person(uow, account, name="N")[0].id,
                reports_to_id=stranger),
    ):  # fmt: skip
        assert "does not belong to th" in sentence


def test_a_goal_or_complaint_of_another_account_is_refused(
    uow: MemoryUnitOfWork, account: int
) -> None:
    other = add_account(uow, name="Other").id
    start_plan(uow, other)
    goal = add_objective(uow, other, objective="x").id
    complaint = log_complaint(uow, other, title="x", when=ago(uow, 1)).id
    call = {"kind": "call", "when": ago(uow, 1)}
    for field, row in (("objective", goal), ("complaint", complaint)):
        sentence = refused(log_touchpoint, uow, account, **call, **{f"{field}_id": row})
        assert sentence == f"{field}: it does not belong to this account"
    touch = log_touchpoint(uow, other, kind="call", when=ago(uow, 1), objective_id=goal)
    assert touch.objective_id == goal


def test_what_happened_lies_in_the_past(uow: MemoryUnitOfWork, account: int) -> None:
    later, tomorrow = ago(uow, -1), uow.today + timedelta(days=1)
    contract = add_contract(uow, account, arr_minor=1)
    start_plan(uow, account)
    objective = add_objective(uow, account, objective="x")
    action = add_action(uow, account, action="x")
    touch = log_touchpoint(uow, account, kind="call", when=ago(uow, 1))
    for sentence in (
        refused(log_touchpoint, uow, account, kind="call", when=later),
        refused(change_touchpoint, uow, touch.id, when=later),
        refused(give_pulse, uow, account, 3, on=tomorrow),
        refused(finish_action, uow, action.id, tomorrow),
        refused(change_action, uow, action.id, done_on=tomorrow),
        refused(reach_milestone, uow, contract.id, 90, tomorrow),
        refused(add_contract, uow, account, arr_minor=1, decided_on=tomorrow),
        refused(change_contract, uow, contract.id, cancellation_on=tomorrow),
        refused(change_objective, uow, objective.id, status="achieved", achieved_on=tomorrow),
        refused(change_objective, uow, objective.id, actual=1.0, actual_on=tomorrow),
    ):
        assert "lies in the future" in sentence


def test_promises_of_the_future_do_not_lie_in_the_past(uow: MemoryUnitOfWork, account: int) -> None:
    yesterday = uow.today - timedelta(days=1)
    start_plan(uow, account)
    action = add_action(uow, account, action="x")
    for sentence in (
        refused(postpone_action, uow, action.id, yesterday, "ill"),
        refused(add_objective, uow, account, objective="x", due_on=yesterday),
        refused(add_plan_action, uow, account, action="x", owner_id=1, due_on=yesterday,
                done_means="x"),
    ):  # fmt: skip
        assert "lies in the past" in sentence
    assert "why it moves" in refused(postpone_action, uow, action.id, uow.today, " ")


def test_reports_go_up_and_never_round(uow: MemoryUnitOfWork, account: int) -> None:
    a, b, c = (add_person(uow, account, name=name)[0].id for name in "abc")
    set_part(uow, account, a, reports_to_id=b)
    set_part(uow, account, b, reports_to_id=c)
    assert "circle" in refused(set_part, uow, account, c, reports_to_id=a)


def test_one_e_mail_is_one_person_who_may_have_parts_in_several_accounts(
    uow: MemoryUnitOfWork, account: int
) -> None:
    person, _part = add_person(uow, account, name="P", email="P@x.example")
    other = add_account(uow, name="Other").id
    sentence = refused(add_person, uow, other, name="Q", email="p@X.example")
    assert sentence.startswith("email: P has this e-mail already")
    second, _part = add_person(uow, other, name="Q", email="q@x.example")
    assert "already" in refused(change_person, uow, second.id, email="p@x.example")
    assert change_person(uow, person.id, email="p@x.example").email == "p@x.example"
    assert set_part(uow, other, person.id, influence=2).account_id == other
    left = person_left(uow, other, person.id, uow.today)
    assert (left.left_on, left.influence) == (uow.today, 2)


def test_a_touchpoint_takes_my_function_and_is_two_way_by_its_kind(account: int) -> None:
    uow = MemoryUnitOfWork(actor=Actor("Ann", None, "service"))
    account = add_account(uow, name="A").id

    def two_way(kind: str, **fields: Any) -> bool:
        return log_touchpoint(uow, account, kind=kind, when=ago(uow, 1), **fields).two_way

    assert log_touchpoint(uow, account, kind="call", when=ago(uow, 1)).function == "service"
    assert two_way("call") is two_way("meeting") is two_way("email", direction="in") is True
    assert two_way("email") is two_way("blog", direction="in") is False
    assert two_way("call", answered=False) is False
    assert two_way("email", two_way=True) is True
    assert rang_without_answer(uow, account, ago(uow, 1)).two_way is False
    assert "none of call" in refused(two_way, "fax")


def test_the_people_of_a_touchpoint_follow_it(uow: MemoryUnitOfWork, account: int) -> None:
    a, b = (add_person(uow, account, name=name)[0].id for name in "ab")
    touch = log_touchpoint(uow, account, kind="call", when=ago(uow, 1), person_ids=[a, a])
    change_touchpoint(uow, touch.id, person_ids=[b], two_way=False, when=ago(uow, 3))
    (left,) = uow.participants.find()
    assert (left.person_id, left.two_way, left.occurred_on) == (b, False, ago(uow, 3).on)
    assert "more than 500" in refused(
        log_touchpoint, uow, account, kind="call", when=ago(uow, 1), person_ids=range(1000)
    )


def test_follow_ups_are_owed_by_me_unless_said(account: int) -> None:
    uow = MemoryUnitOfWork(actor=Actor("Ann", 9, "service"))
    account = add_account(uow, name="A").id
    lines = [
        FollowUp("send", promised=True),
        FollowUp("answer", side="they", their_owner="their lawyer"),
        FollowUp("ask", owner_id=7),
    ]
    log_touchpoint(uow, account, kind="call", when=ago(uow, 1), follow_ups=lines)
    made = [(one.owner_id, one.side, one.promised, one.shared) for one in uow.actions.find()]
    assert made == [(9, "we", True, False), (None, "they", False, True), (7, "we", False, False)]


def test_a_pulse_of_one_five_or_a_jump_needs_a_reason(uow: MemoryUnitOfWork, account: int) -> None:
    assert give_pulse(uow, account, 3).function == "success"
    assert "needs a reason" in refused(give_pulse, uow, account, 5)
    assert "needs a reason" in refused(give_pulse, uow, account, 1, reason="  ")
    give_pulse(uow, account, 4)
    assert "needs a reason" in refused(give_pulse, uow, account, 2)
    assert give_pulse(uow, account, 2, function="sales").score == 2
    assert give_pulse(uow, account, 2, reason="they rang the boss").score == 2
    nobody = MemoryUnitOfWork(actor=Actor("Who"))
    there = add_account(nobody, name="A").id
    assert "which function" in refused(give_pulse, nobody, there, 3)


def test_an_action_is_open_done_or_dropped(uow: MemoryUnitOfWork, account: int) -> None:
    action = add_action(uow, account, action="x", their_owner="Joe")
    assert action.shared
    assert finish_action(uow, action.id).done_on == uow.today
    again = change_action(uow, action.id, status="open")
    assert (again.status, again.done_on) == ("open", None)
    assert drop_action(uow, action.id).status == "dropped"


def test_milestones_are_those_of_the_list_and_kept_once(
    uow: MemoryUnitOfWork, account: int
) -> None:
    contract = add_contract(uow, account, arr_minor=1).id
    assert contract
    assert "none of 120, 90" in refused(reach_milestone, uow, contract, 91)
    first = reach_milestone(uow, contract, 90, uow.today - timedelta(days=3))
    assert reach_milestone(uow, contract, 90).id == first.id
    assert uow.milestones.get(first.id).done_on == uow.today


def test_colleagues_are_known_by_name_e_mail_or_id(uow: MemoryUnitOfWork) -> None:
    bob = add_colleague(uow, name="Bob", email="bob@us.example")
    assert "already" in refused(add_colleague, uow, name="BOB")
    for text in ("bob", "BOB@us.example", str(bob.id)):
        assert colleague_named(uow, text).id == bob.id
    with pytest.raises(NotFound):
        colleague_named(uow, "Eve", add=False)
    assert colleague_named(uow, "Eve").name == "Eve"
    change_colleague(uow, colleague_named(uow, "Eve").id, email="bob")
    with pytest.raises(Ambiguous) as error:
        colleague_named(uow, "bob")
    assert len(error.value.candidates) == 2
    assert be_colleague(uow, "bob", None).id == bob.id
    assert be_colleague(uow, "bob", "sales").function == "sales"
    assert be_colleague(uow, "bob", "sales").version == uow.colleagues.get(bob.id).version
    assert be_colleague(uow, "New", "service").function == "service"


def test_who_still_owns_something_does_not_retire(uow: MemoryUnitOfWork, account: int) -> None:
    bob = add_colleague(uow, name="Bob").id
    change_account(uow, account, owner_id=bob)
    name_team(uow, account, {"sales": bob})
    action = add_action(uow, account, action="x", owner_id=bob)
    sentence = refused(retire_colleague, uow, bob)
    assert sentence == "They still own 1 accounts, 1 seats, 1 open actions; hand those over first."
    change_account(uow, account, owner_id=None)
    assert name_team(uow, account, {"sales": None}) == []
    finish_action(uow, action.id)
    assert retire_colleague(uow, bob).retired_on == uow.today


def test_a_team_has_the_four_functions_only(uow: MemoryUnitOfWork, account: int) -> None:
    assert "none of marketing" in refused(name_team, uow, account, {"legal": 1})
    assert name_team(uow, account, {"sales": None}) == []
    with pytest.raises(NotFound):
        name_team(uow, account, {"sales": 999})
    a, b = (add_colleague(uow, name=name).id for name in "ab")
    (seat,) = name_team(uow, account, {"sales": a})
    (same,) = name_team(uow, account, {"sales": b})
    assert (same.id, same.colleague_id) == (seat.id, b)


def test_the_books_settings(uow: MemoryUnitOfWork) -> None:
    assert "none of base_currency, name, zone" in refused(change_setting, uow, "colour", "red")
    assert "it is empty" in refused(change_setting, uow, "name", " ")
    assert "no time zone" in refused(change_setting, uow, "zone", "Mars/Base")
    assert "no currency code" in refused(change_setting, uow, "base_currency", "EURO")
    assert change_setting(uow, "base_currency", "usd").value == "USD"
    first = change_setting(uow, "name", "Ours")
    assert change_setting(uow, "name", "Mine").id == first.id
    add_account(uow, name="A")
    assert "once the book holds accounts" in refused(change_setting, uow, "zone", "Europe/Berlin")
    assert change_setting(uow, "name", "Yours").value == "Yours"
