"""A plan's life: reviews, sections that are still true or handed over, signatures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from planner.accounts import Account
from planner.entity import build
from planner.errors import Conflict, Refused
from planner.interviews import Entry
from planner.plans import Plan
from planner.ports import Actor
from planner.use_cases.accounts import add_account
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.plan_life import (
    end_review,
    restore_plan,
    review_plan,
    sign_plan,
    unsign_plan,
)
from planner.use_cases.plan_sections import (
    accept_section,
    add_section,
    decline_section,
    offer_section,
    section_of,
    still_true,
    take_out_section,
)
from planner.use_cases.plans import (
    activate_plan,
    add_objective,
    add_risk,
    change_objective,
    change_plan,
    change_risk,
    close_plan,
    live_plan,
    start_plan,
)
from planner.use_cases.team import add_colleague, change_colleague, name_team, retire_colleague
from tests.fakes import FakeClock, MemoryUnitOfWork
from tests.planner.refusals import refused


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def uow(clock: FakeClock) -> MemoryUnitOfWork:
    made = MemoryUnitOfWork(clock)
    be(made, "Ann", "success")
    return made


@pytest.fixture
def account(uow: MemoryUnitOfWork) -> int:
    number = add_account(uow, name="Nordic Oy").id
    start_plan(uow, number)
    return number


def be(uow: MemoryUnitOfWork, name: str, function: str | None = None) -> int:
    """Act as a colleague, who is added."""
    colleague = add_colleague(uow, name=name, function=function).id
    uow.actor = Actor(name, colleague, function)
    return colleague


def active(uow: MemoryUnitOfWork, account: int) -> Plan:
    """The account's plan, active whatever it lacks."""
    plan = live_plan(uow, account)
    return uow.plans.save(plan, plan.changed(status="active", activated_on=uow.today))


# -- reviews ------------------------------------------------------------------------------------


def test_only_an_active_plan_is_reviewed_and_becomes_active_again(
    uow: MemoryUnitOfWork, account: int
) -> None:
    assert "activate it first" in refused(review_plan, uow, account)
    assert "not under review" in refused(end_review, uow, account)
    active(uow, account)
    assert review_plan(uow, account).status == "under_review"
    assert uow.summary == "began the review of the plan of Nordic Oy"
    assert "already" in refused(review_plan, uow, account)
    ended = end_review(uow, account)
    assert (ended.status, ended.activated_on, ended.next_review_on) == ("active", uow.today, None)


def test_the_end_of_a_review_sets_the_next(uow: MemoryUnitOfWork, account: int) -> None:
    active(uow, account)
    change_plan(uow, live_plan(uow, account), review_every_days=30)
    review_plan(uow, account)
    assert "lies ahead" in refused(end_review, uow, account, uow.today)
    assert end_review(uow, account).next_review_on == uow.today + timedelta(days=30)
    review_plan(uow, account)
    assert end_review(uow, account, date(2026, 9, 1)).next_review_on == date(2026, 9, 1)


def test_activating_a_plan_under_review_ends_the_review(
    uow: MemoryUnitOfWork, account: int
) -> None:
    active(uow, account)
    review_plan(uow, account)
    assert activate_plan(uow, account).status == "active"
    assert uow.summary == "ended the review of the plan of Nordic Oy"


# -- sections -----------------------------------------------------------------------------------


def test_still_true_refreshes_a_section_without_an_edit(
    uow: MemoryUnitOfWork, account: int, clock: FakeClock
) -> None:
    goal = add_objective(uow, account, objective="x")
    clock.move(days=100)
    assert still_true(uow, account, "goals").still_true_on == uow.today
    assert uow.summary == "still true at Nordic Oy: goals"
    assert uow.objectives.get(goal.id) == goal
    clock.move(days=1)
    assert still_true(uow, account, "goals").still_true_on == uow.today
    assert len(uow.sections.find()) == 1


def test_nothing_is_still_true_of_an_empty_section_or_of_one_that_fills_itself(
    uow: MemoryUnitOfWork, account: int
) -> None:
    assert "growth is empty" in refused(still_true, uow, account, "growth")
    assert "fills itself" in refused(still_true, uow, account, "health")


def test_a_section_outside_the_size_is_added_by_name_and_taken_out_again(
    uow: MemoryUnitOfWork, account: int
) -> None:
    assert "shows goals already" in refused(add_section, uow, account, "goals")
    assert "was not added" in refused(take_out_section, uow, account, "notes")
    assert add_section(uow, account, "notes").added
    assert "shows notes already" in refused(add_section, uow, account, "notes")
    line = uow.entries.add(
        build(Entry, id=uow.new_id(), account_id=account, section="notes", field="note", entry="x")
    )
    assert "holds something (1)" in refused(take_out_section, uow, account, "notes")
    uow.entries.archive(line)
    assert not take_out_section(uow, account, "notes").added
    assert "belongs to a plan of this size" in refused(take_out_section, uow, account, "goals")


def test_a_section_that_is_not_there_is_refused_with_the_nearest() -> None:
    assert section_of("Key people") == "stakeholders"
    assert "Did you mean renewal?" in refused(section_of, "renewel")


def test_an_offered_section_stays_its_owners_until_it_is_accepted(
    uow: MemoryUnitOfWork, account: int
) -> None:
    ann = uow.actor.colleague_id
    name_team(uow, account, {"success": ann})
    bob = add_colleague(uow, name="Bob").id
    offered = offer_section(uow, account, "goals", bob)
    assert (offered.owner_id, offered.offered_to_id, offered.offered_on) == (None, bob, uow.today)
    assert uow.summary == "offered a section at Nordic Oy to Bob: goals"
    assert "offered to Bob; only they answer" in refused(accept_section, uow, account, "goals")
    uow.actor = Actor("Bob", bob)
    taken = accept_section(uow, account, "goals")
    assert (taken.owner_id, taken.offered_to_id, taken.offered_on) == (bob, None, None)
    assert "offered to nobody" in refused(accept_section, uow, account, "goals")


def test_a_declined_section_stays_where_it_was(uow: MemoryUnitOfWork, account: int) -> None:
    bob = add_colleague(uow, name="Bob").id
    offer_section(uow, account, "risks", bob)
    uow.actor = Actor("Bob", bob)
    left = decline_section(uow, account, "risks")
    assert (left.owner_id, left.offered_to_id) == (None, None)
    assert "offered to nobody" in refused(decline_section, uow, account, "risks")


def test_a_section_is_not_offered_to_its_owner_nor_to_who_left(
    uow: MemoryUnitOfWork, account: int
) -> None:
    bob = add_colleague(uow, name="Bob").id
    name_team(uow, account, {"sales": bob})
    assert "theirs already" in refused(offer_section, uow, account, "renewal", bob)
    change_colleague(uow, bob, retired_on=uow.today)
    assert "is retired" in refused(offer_section, uow, account, "goals", bob)
    assert "nobody keeps it" in refused(offer_section, uow, account, "health", bob)


def test_who_keeps_a_section_of_a_live_plan_is_not_retired(
    uow: MemoryUnitOfWork, account: int
) -> None:
    bob = add_colleague(uow, name="Bob").id
    offer_section(uow, account, "risks", bob)
    uow.actor = Actor("Bob", bob)
    accept_section(uow, account, "risks")
    assert "still own 1 plan sections" in refused(retire_colleague, uow, bob)
    close_plan(uow, account)
    assert retire_colleague(uow, bob).retired_on == uow.today


# -- signatures ---------------------------------------------------------------------------------


def test_a_signature_stands_for_the_goals_the_renewal_and_the_risks(
    uow: MemoryUnitOfWork, account: int
) -> None:
    assert "nothing to sign" in refused(sign_plan, uow, account)
    goal = add_objective(uow, account, objective="x", baseline=1.0, target=2.0)
    signed = sign_plan(uow, account)
    assert (signed.function, signed.colleague_id) == ("success", uow.actor.colleague_id)
    assert uow.summary == "signed the plan of Nordic Oy for success"
    assert "signed this already, on 2026-03-11" in refused(sign_plan, uow, account)
    change_objective(uow, goal.id, actual=1.5, status="at_risk")
    assert "signed this already" in refused(sign_plan, uow, account)
    change_objective(uow, goal.id, target=3.0)
    again = sign_plan(uow, account)
    assert (again.id, again.content != signed.content) == (signed.id, True)


def test_each_part_that_is_signed_changes_what_a_signature_stands_for(
    uow: MemoryUnitOfWork, account: int
) -> None:
    add_objective(uow, account, objective="x")
    contract = add_contract(uow, account, arr_minor=1, end_on=uow.today)
    risk = add_risk(uow, account, risk="y")
    seen = {sign_plan(uow, account).content}
    for move in (
        lambda: change_contract(uow, contract.id, forecast="likely"),
        lambda: change_risk(uow, risk.id, likelihood=3),
        lambda: change_risk(uow, risk.id, closed_on=uow.today),
        lambda: add_risk(uow, account, risk="z"),
        lambda: add_objective(uow, account, objective="another"),
    ):
        move()
        seen.add(sign_plan(uow, account).content)
    assert len(seen) == 6
    change_contract(uow, contract.id, note="a call")
    assert "signed this already" in refused(sign_plan, uow, account)


def test_nobody_signs_for_a_function_that_somebody_else_serves(
    uow: MemoryUnitOfWork, account: int
) -> None:
    add_objective(uow, account, objective="x")
    assert sign_plan(uow, account, "marketing").function == "marketing"  # nobody has the seat
    bob = add_colleague(uow, name="Bob").id
    name_team(uow, account, {"sales": bob, "service": uow.actor.colleague_id})
    with pytest.raises(Refused) as error:
        sign_plan(uow, account, "sales")
    assert "Bob has the sales seat" in str(error.value)
    assert error.value.problems[0].field == "function"
    assert sign_plan(uow, account, "service").function == "service"  # my seat
    uow.actor = Actor("Cem", None, "sales")
    assert sign_plan(uow, account).function == "sales"  # my function
    uow.actor = Actor("Dan")
    assert "yours is not known" in refused(sign_plan, uow, account)
    assert "none of marketing" in refused(sign_plan, uow, account, "legal")


def test_a_signature_is_taken_away_by_who_may_give_it(uow: MemoryUnitOfWork, account: int) -> None:
    add_objective(uow, account, objective="x")
    assert "success has not signed" in refused(unsign_plan, uow, account)
    sign_plan(uow, account)
    uow.actor = Actor("Bob", None, "sales")
    assert "Ann has the success seat" in refused(unsign_plan, uow, account, "success")
    uow.actor = Actor("Cem", None, "success")
    assert unsign_plan(uow, account).archived_at is not None
    assert uow.sign_offs.find() == []


# -- bringing back ------------------------------------------------------------------------------


def test_records_are_brought_back_and_taken_out_in_one_step(
    uow: MemoryUnitOfWork, account: int
) -> None:
    kept = add_risk(uow, account, risk="old words")
    changed = change_risk(uow, kept.id, risk="new words")
    later = add_risk(uow, account, risk="added later")
    moves = [(changed, changed.changed(risk="old words")), (later, None)]
    assert restore_plan(uow, account, 2, moves) == 2
    assert [one.risk for one in uow.risks.find()] == ["old words"]
    assert uow.summary == "brought the plan of Nordic Oy back to version 2: 2 records"
    assert "as it was in version 2" in refused(restore_plan, uow, account, 2, [])


def test_what_somebody_changed_since_is_not_brought_back_over(
    uow: MemoryUnitOfWork, account: int
) -> None:
    seen = add_risk(uow, account, risk="mine", mitigation="old")
    later = add_risk(uow, account, risk="later")
    change_risk(uow, seen.id, mitigation="theirs")
    with pytest.raises(Conflict) as error:
        restore_plan(uow, account, 1, [(seen, seen.changed(mitigation="older"))])
    assert [one.field for one in error.value.fields] == ["mitigation"]
    change_risk(uow, later.id, likelihood=3)
    with pytest.raises(Conflict, match="Somebody changed likelihood since") as error:
        restore_plan(uow, account, 1, [(later, None)])
    assert error.value.fields[0].theirs == 3


def test_a_record_of_another_account_is_never_brought_back(
    uow: MemoryUnitOfWork, account: int
) -> None:
    other = add_account(uow, name="Other").id
    start_plan(uow, other)
    risk: Any = add_risk(uow, other, risk="x")
    assert "another account" in refused(restore_plan, uow, account, 1, [(risk, None)])
    somebody: Any = build(
        Account, id=99, name="x", created_on=uow.today, created_at=uow.clock.now()
    )
    assert "another account" in refused(restore_plan, uow, account, 1, [(somebody, None)])
