"""Measurements, value delivered, the end of a risk, and the settings they go by."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.giving import gesture_limit
from planner.objectives import north_star
from planner.use_cases.accounts import add_account
from planner.use_cases.objectives import confirm_measurement, measure, withdraw_measurement
from planner.use_cases.people import add_person
from planner.use_cases.plans import add_objective, add_risk, change_objective, start_plan
from planner.use_cases.risks import close_risk
from planner.use_cases.settings import change_setting
from planner.use_cases.value import add_proof, change_proof, confirm_proof, withdraw_proof
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refused


@pytest.fixture
def account(uow: MemoryUnitOfWork) -> int:
    found = add_account(uow, name="Nordic Oy").id
    start_plan(uow, found)
    return found


@pytest.fixture
def goal(uow: MemoryUnitOfWork, account: int) -> int:
    return add_objective(uow, account, objective="Fewer returns", baseline=4.5, target=2.5).id


@pytest.fixture
def maria(uow: MemoryUnitOfWork, account: int) -> int:
    return add_person(uow, account, name="Maria")[0].id


def test_the_newest_figure_is_the_actual_of_the_objective(uow: MemoryUnitOfWork, goal: int) -> None:
    day = uow.today - timedelta(days=10)
    measure(uow, goal, 3.9, day)
    assert (uow.objectives.get(goal).actual, uow.objectives.get(goal).actual_on) == (3.9, day)
    measure(uow, goal, 4.4, day - timedelta(days=30))
    assert uow.objectives.get(goal).actual == 3.9
    measure(uow, goal, 3.7, day)
    assert uow.objectives.get(goal).actual == 3.7
    measure(uow, goal, 3.2)
    assert uow.objectives.get(goal).actual_on == uow.today
    assert len(uow.measurements.find(objective_id=goal)) == 4
    assert "lies in the future" in refused(measure, uow, goal, 1.0, uow.today + timedelta(days=1))
    assert "no usable number" in refused(measure, uow, goal, float("inf"))


def test_an_actual_that_is_typed_into_the_objective_is_measured_too(
    uow: MemoryUnitOfWork, goal: int
) -> None:
    change_objective(uow, goal, actual=4.0)
    change_objective(uow, goal, status="at_risk")
    change_objective(uow, goal, actual=4.0)
    change_objective(uow, goal, actual=3.5, actual_on=uow.today - timedelta(days=1))
    change_objective(uow, goal, actual=None)
    found = [(one.actual, one.measured_on) for one in uow.measurements.find()]
    assert found == [(4.0, uow.today), (3.5, uow.today - timedelta(days=1))]


def test_a_figure_that_is_taken_back_gives_way_to_the_newest_one_left(
    uow: MemoryUnitOfWork, goal: int
) -> None:
    older = measure(uow, goal, 3.9, uow.today - timedelta(days=9))
    newer = measure(uow, goal, 39.0)
    withdraw_measurement(uow, newer.id)
    kept = uow.objectives.get(goal)
    assert (kept.actual, kept.actual_on) == (3.9, older.measured_on)
    withdraw_measurement(uow, older.id)
    assert uow.objectives.get(goal).actual is None
    assert "archived" in refused(withdraw_measurement, uow, older.id)


def test_a_dropped_objective_is_measured_no_more(uow: MemoryUnitOfWork, goal: int) -> None:
    change_objective(uow, goal, status="dropped")
    assert "was dropped" in refused(measure, uow, goal, 1.0)
    uow.objectives.archive(uow.objectives.get(goal))
    assert "archived" in refused(measure, uow, goal, 1.0)


def test_a_figure_is_confirmed_by_a_person_of_the_customer(
    uow: MemoryUnitOfWork, goal: int, maria: int
) -> None:
    figure = measure(uow, goal, 3.0, uow.today - timedelta(days=2))
    after = confirm_measurement(uow, figure, maria)
    assert (after.confirmed_by_id, after.confirmed_on) == (maria, uow.today)
    assert uow.summary == "Maria confirmed the figure of Fewer returns"
    early = figure.measured_on - timedelta(days=1)
    assert "before the day it was measured" in refused(
        confirm_measurement, uow, after.id, maria, early
    )
    stranger = add_person(uow, add_account(uow, name="Other").id, name="Joe")[0].id
    assert "does not belong" in refused(confirm_measurement, uow, after.id, stranger)
    at_once = measure(uow, goal, 2.9, confirmed_by_id=maria)
    assert at_once.confirmed_on == uow.today


def test_value_delivered_counts_with_the_word_of_the_customer(
    uow: MemoryUnitOfWork, account: int, goal: int, maria: int
) -> None:
    proof = add_proof(uow, account, proof="A day a week", figure=8.0, unit="h", objective_id=goal)
    assert (proof.on_date, proof.confirmed_on) == (uow.today, None)
    assert confirm_proof(uow, proof, maria).confirmed_on == uow.today
    told = add_proof(uow, account, proof="No errors", confirmed_by_id=maria)
    assert told.confirmed_on == uow.today
    assert change_proof(uow, told, figure=2.0).figure == 2.0
    late = uow.today + timedelta(days=1)
    assert "future" in refused(add_proof, uow, account, proof="x", on_date=late)
    before = uow.today - timedelta(days=3)
    assert "before the day of the value" in refused(confirm_proof, uow, told.id, maria, before)
    withdraw_proof(uow, told.id)
    assert [one.id for one in uow.proofs.find()] == [proof.id]
    assert "archived" in refused(withdraw_proof, uow, told.id)


def test_value_delivered_names_only_what_belongs_to_the_account(
    uow: MemoryUnitOfWork, account: int, goal: int
) -> None:
    other = add_account(uow, name="Other").id
    assert "no plan yet" in refused(add_proof, uow, other, proof="x")
    start_plan(uow, other)
    assert "does not belong" in refused(add_proof, uow, other, proof="x", objective_id=goal)
    stranger = add_person(uow, other, name="Joe")[0].id
    assert "does not belong" in refused(
        add_proof, uow, account, proof="x", confirmed_by_id=stranger
    )


def test_a_risk_is_closed_when_it_says_when_it_is_over(uow: MemoryUnitOfWork, account: int) -> None:
    risk = add_risk(uow, account, risk="Budget cut", evidence="a rumour", next_check_on=uow.today)
    assert "say when the risk is over" in refused(close_risk, uow, risk.id)
    assert "say when the risk is over" in refused(close_risk, uow, risk.id, exit="  ")
    closed = close_risk(uow, risk, exit="signed", met="the order is here")
    assert (closed.closed_on, closed.exit, closed.next_check_on) == (uow.today, "signed", None)
    assert closed.evidence == "a rumour\nthe order is here"
    assert "closed already" in refused(close_risk, uow, risk.id)
    ready = add_risk(uow, account, risk="Sponsor leaves", exit="a second sponsor")
    assert close_risk(uow, ready).closed_on == uow.today


def test_the_north_star_and_the_limit_of_gestures_are_settings_of_the_book(
    uow: MemoryUnitOfWork,
    account: int,  # noqa: ARG001 - the book holds an account
) -> None:
    assert (north_star({}), gesture_limit({})) == ("NRR", None)
    change_setting(uow, "north_star", "active days")
    change_setting(uow, "gesture.limit", "5000")
    known = {one.key: one.value for one in uow.settings.find()}
    assert (north_star(known), gesture_limit(known)) == ("active days", 5000)
    for wrong in ("50.00", "-1", "lots", "٥", "9" * 20):
        assert "minor units" in refused(change_setting, uow, "gesture.limit", wrong)
    assert "it is empty" in refused(change_setting, uow, "north_star", " ")
    assert "cannot change" in refused(change_setting, uow, "base_currency", "USD")
