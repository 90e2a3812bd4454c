"""Products, the grid, opportunities; benefits, gestures, behaviour, programmes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from planner.dates import When
from planner.ports import Actor
from planner.use_cases.accounts import add_account
from planner.use_cases.benefits import (
    add_behaviour,
    add_benefit,
    change_behaviour,
    change_benefit,
    change_gesture,
    end_behaviour,
    give_gesture,
    withdraw_benefit,
)
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.growth import (
    add_opportunity,
    add_product,
    archive_product,
    change_opportunity,
    change_product,
    clear_whitespace,
    set_whitespace,
    set_whitespace_named,
)
from planner.use_cases.loyalty import (
    add_programme,
    change_programme,
    correct_points,
    enrol,
    enter_points,
    leave_programme,
)
from planner.use_cases.people import add_person
from planner.use_cases.settings import change_setting
from planner.use_cases.team import add_colleague, change_colleague
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refused


@pytest.fixture
def portal(uow: MemoryUnitOfWork) -> int:
    return add_product(uow, name="Portal").id


def step(uow: MemoryUnitOfWork, **fields: Any) -> dict[str, Any]:
    """What an open opportunity needs."""
    return {"next_step": "call", "next_step_on": uow.today, **fields}


def critical(uow: MemoryUnitOfWork, account: int) -> int:
    """An open critical complaint."""
    now = When(uow.today, uow.clock.now(), False)
    return log_complaint(uow, account, title="Down", when=now, severity="critical").id


def test_a_product_is_there_once_however_it_is_written(uow: MemoryUnitOfWork, portal: int) -> None:
    assert "a product Portal already" in refused(add_product, uow, name=" PORTAL ")
    mail = add_product(uow, name="Mail").id
    assert change_product(uow, portal, name="portal").name == "portal"
    assert "already" in refused(change_product, uow, portal, name="mail")
    assert uow.products.get(mail).name == "Mail"
    archive_product(uow, portal)
    assert add_product(uow, name="Portal").name == "Portal"
    assert "is archived" in refused(archive_product, uow, portal)


def test_a_cell_is_set_once_for_each_product_and_centre(
    uow: MemoryUnitOfWork, account: int, portal: int
) -> None:
    first = set_whitespace(uow, account, portal, "IT", state="gap", potential_minor=500)
    again = set_whitespace(uow, account, portal, " it", state="owned")
    assert (again.id, again.centre, again.potential_minor) == (first.id, "IT", 500)
    assert set_whitespace(uow, account, portal, "Ops", state="gap").id != first.id
    clear_whitespace(uow, first.id)
    assert [one.centre for one in uow.whitespaces.find()] == ["Ops"]
    assert "archived" in refused(clear_whitespace, uow, first.id)
    assert "missing" in refused(set_whitespace, uow, account, portal, "HR")
    archive_product(uow, portal)
    assert "Portal is archived" in refused(set_whitespace, uow, account, portal, "HR", state="gap")


def test_a_product_that_is_not_known_is_added_with_its_cell(
    uow: MemoryUnitOfWork, account: int, portal: int
) -> None:
    known = set_whitespace_named(uow, account, " PORTAL", "IT", state="gap")
    assert known.product_id == portal
    new = set_whitespace_named(uow, account, "Mail", "IT", state="gap")
    assert [one.name for one in uow.products.find()] == ["Portal", "Mail"]
    assert uow.products.get(new.product_id).name == "Mail"


def test_a_competitor_is_named_where_the_state_says_there_is_one(
    uow: MemoryUnitOfWork, account: int, portal: int
) -> None:
    assert "which competitor" in refused(
        set_whitespace, uow, account, portal, "IT", state="competitor"
    )
    assert "only the state competitor" in refused(
        set_whitespace, uow, account, portal, "IT", state="gap", competitor="Rival"
    )
    cell = set_whitespace(uow, account, portal, "Ops", state="competitor", competitor="Rival")
    assert cell.competitor == "Rival"
    assert set_whitespace(uow, account, portal, "Ops", potential_minor=5).competitor == "Rival"
    assert set_whitespace(uow, account, portal, "Ops", state="owned").competitor is None


def test_an_open_opportunity_has_a_next_step_with_its_day(
    uow: MemoryUnitOfWork, account: int
) -> None:
    assert "next step and its day" in refused(add_opportunity, uow, account, opportunity="x")
    assert "next step and its day" in refused(
        add_opportunity, uow, account, opportunity="x", next_step="call"
    )
    past = uow.today - timedelta(days=1)
    assert "in the past" in refused(
        add_opportunity, uow, account, opportunity="x", **step(uow, next_step_on=past)
    )
    deal = add_opportunity(uow, account, opportunity="x", **step(uow))
    spare = add_opportunity(uow, account, opportunity="z", **step(uow))
    assert "next step and its day" in refused(change_opportunity, uow, spare, next_step="")
    won = change_opportunity(uow, deal.id, stage="won")
    assert (won.closed_on, uow.summary) == (uow.today, "won: x")
    reopened = change_opportunity(uow, won, stage="proposed", next_step_on=uow.today)
    assert reopened.closed_on is None
    assert "only what is won or lost" in refused(
        change_opportunity, uow, reopened, closed_on=uow.today
    )
    lost = add_opportunity(uow, account, opportunity="y", stage="lost", closed_on=past)
    assert lost.closed_on == past


def test_an_opportunity_names_a_product_that_is_still_sold(
    uow: MemoryUnitOfWork, account: int, portal: int
) -> None:
    deal = add_opportunity(uow, account, opportunity="x", product_id=portal, **step(uow))
    archive_product(uow, portal)
    assert change_opportunity(uow, deal, value_minor=5).value_minor == 5
    assert "is archived" in refused(change_opportunity, uow, deal.id, product_id=portal)


def test_a_push_to_sell_is_warned_against_and_done_all_the_same(
    uow: MemoryUnitOfWork, account: int, portal: int
) -> None:
    deal = add_opportunity(uow, account, opportunity="x", band="green", **step(uow))
    assert uow.merged == []
    change_opportunity(uow, deal, band="red", stage="qualified")
    assert uow.merged == ["A push to sell is warned against: the account is red."]
    uow.merged.clear()
    complaint = critical(uow, account)
    set_whitespace(uow, account, portal, "IT", state="gap", band="green")
    assert uow.merged == []
    set_whitespace(uow, account, portal, "IT", state="pipeline", band="green")
    assert uow.merged == ["A push to sell is warned against: critical complaint C-1 is open."]
    uow.merged.clear()
    change_opportunity(uow, deal.id, stage="lost", band="red")
    assert uow.merged == []
    learned = {"remedy_given": "fixed", "root_cause": "stock", "whys": ("nobody counted",)}
    move_complaint(uow, complaint, "closed", When(uow.today, uow.clock.now(), False), **learned)
    add_opportunity(uow, account, opportunity="y", band="green", **step(uow))
    assert uow.merged == []


def test_a_fourth_financial_benefit_without_a_service_is_pointed_out(
    uow: MemoryUnitOfWork, account: int
) -> None:
    kept = [add_benefit(uow, account, kind="financial", benefit=f"{n} % off") for n in range(3)]
    assert uow.merged == []
    add_benefit(uow, account, kind="financial", benefit="free freight")
    assert "4 benefits are financial" in uow.merged.pop()
    change_benefit(uow, kept[0], kind="service", benefit="a named contact")
    assert uow.merged == []
    withdraw_benefit(uow, kept[0].id)
    assert uow.merged == []
    assert "archived" in refused(withdraw_benefit, uow, kept[0].id)
    stranger = add_person(uow, add_account(uow, name="Other").id, name="Joe")[0].id
    assert "does not belong" in refused(
        add_benefit, uow, account, kind="service", benefit="x", person_id=stranger
    )


def test_a_gesture_above_the_limit_is_approved_by_another_one_of_us(account: int) -> None:
    uow = MemoryUnitOfWork()
    account = add_account(uow, name="Nordic Oy").id
    ann, bob = add_colleague(uow, name="Ann").id, add_colleague(uow, name="Bob").id
    uow.actor = Actor("Ann", ann, "success")
    dear = {"kind": "emotional", "gesture": "cake", "cost_minor": 5001}
    assert give_gesture(uow, account, **dear).given_on == uow.today
    change_setting(uow, "gesture.limit", "5000")
    assert "above 50 EUR" in refused(give_gesture, uow, account, **dear)
    assert "nobody approves their own" in refused(
        give_gesture, uow, account, **dear, approver_id=ann
    )
    kept = give_gesture(uow, account, **dear, approver_id=bob)
    assert "above 50 EUR" in refused(change_gesture, uow, kept, approver_id=None)
    change_colleague(uow, ann, seniority="lead")
    assert give_gesture(uow, account, **dear, approver_id=ann).approver_id == ann
    change_colleague(uow, bob, retired_on=uow.today)
    assert "not with us" in refused(give_gesture, uow, account, **dear, approver_id=bob)
    change_colleague(uow, ann, seniority="account_manager")
    small = give_gesture(
        uow, account, kind="emotional", gesture="card", cost_minor=5000, approver_id=ann
    )
    assert change_gesture(uow, small, reason="anniversary").reason == "anniversary"
    late = uow.today + timedelta(days=1)
    assert "future" in refused(change_gesture, uow, small.id, given_on=late)


def test_a_gesture_while_a_critical_complaint_is_open_is_warned_against(
    uow: MemoryUnitOfWork, account: int
) -> None:
    complaint = critical(uow, account)
    kept = give_gesture(uow, account, kind="emotional", gesture="cake", complaint_id=complaint)
    assert kept.complaint_id == complaint
    assert "before this is solved: critical complaint C-1 is open" in uow.merged[0]
    other = add_account(uow, name="Other").id
    assert "does not belong" in refused(
        give_gesture, uow, other, kind="emotional", gesture="x", complaint_id=complaint
    )


def test_exactly_one_behaviour_is_wanted_at_a_time(uow: MemoryUnitOfWork, account: int) -> None:
    first = add_behaviour(uow, account, behaviour="orders online")
    assert "'orders online' is active already" in refused(
        add_behaviour, uow, account, behaviour="refers others"
    )
    second = add_behaviour(uow, account, behaviour="refers others", ends_active=True)
    assert uow.behaviours.get(first.id).ended_on == uow.today
    end_behaviour(uow, second.id)
    assert change_behaviour(uow, second.id, reward="a talk").reward == "a talk"
    assert add_behaviour(uow, account, behaviour="visits us").ended_on is None
    assert "'visits us' is active already" in refused(
        change_behaviour, uow, first.id, ended_on=None
    )


def test_a_programme_has_rising_tiers_and_a_name_of_its_own(uow: MemoryUnitOfWork) -> None:
    tiers = (("silver", 0), ("gold", 100))
    club = add_programme(uow, name="Club", tiers=tiers)
    assert "a programme Club already" in refused(add_programme, uow, name="club")
    assert "do not rise" in refused(change_programme, uow, club, tiers=tuple(reversed(tiers)))
    assert "do not rise" in refused(add_programme, uow, name="x", tiers=(("a", 5), ("b", 5)))
    assert "the same name" in refused(add_programme, uow, name="x", tiers=(("a", 5), ("A", 6)))


def test_an_account_is_in_a_programme_once_and_while_it_runs(
    uow: MemoryUnitOfWork, account: int
) -> None:
    club = add_programme(uow, name="Club").id
    assert "Nordic Oy is not in Club" in refused(enter_points, uow, account, club, 5, "x")
    enrol(uow, account, club, uow.today - timedelta(days=5))
    assert "is in it already" in refused(enrol, uow, account, club)
    enter_points(uow, account, club, 5, "an order")
    assert uow.summary == "Nordic Oy earned 5 points"
    before = uow.today - timedelta(days=6)
    assert "before they were taken in" in refused(enter_points, uow, account, club, 5, "x", before)
    assert leave_programme(uow, account, club).left_on == uow.today
    assert "is not in Club" in refused(leave_programme, uow, account, club)
    assert enrol(uow, account, club).left_on is None
    leave_programme(uow, account, club)
    change_programme(uow, club, ended_on=uow.today - timedelta(days=1))
    assert "Club ended on 2026-03-10" in refused(enrol, uow, account, club)
    uow.programmes.archive(uow.programmes.get(club))
    assert "is archived" in refused(enrol, uow, account, club)


def test_what_is_not_there_is_not_redeemed_and_a_correction_is_another_line(
    uow: MemoryUnitOfWork, account: int
) -> None:
    club = add_programme(uow, name="Club").id
    enrol(uow, account, club)
    enter_points(uow, account, club, 30, "an order")
    assert "31 cannot be redeemed; 30 are there" in refused(
        enter_points, uow, account, club, -31, "a mug"
    )
    enter_points(uow, account, club, -20, "a mug")
    assert uow.summary == "Nordic Oy redeemed 20 points"
    correct_points(uow, account, club, -25, "counted twice")
    assert uow.summary == "corrected the points of Nordic Oy by -25"
    assert "0 are there" in refused(enter_points, uow, account, club, -1, "x")
    assert "more or less than no points" in refused(correct_points, uow, account, club, 0, "x")
    assert [one.points for one in uow.points_entries.find()] == [30, -20, -25]
