"""Opportunities, the grid, value delivered, programmes: what the queries answer on both engines."""

from __future__ import annotations

import pytest

from db.book import Book
from db.undo import undo
from planner.errors import NotFound, Refused
from planner.use_cases.accounts import archive_account
from planner.use_cases.benefits import give_gesture
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.growth import add_opportunity, archive_product, set_whitespace
from planner.use_cases.loyalty import correct_points, enrol, enter_points, leave_programme
from planner.use_cases.objectives import measure
from planner.use_cases.plans import close_plan
from planner.use_cases.settings import change_setting
from tests.makers import SOLVED_BY, World, at, day


def test_opportunities_stand_by_their_next_step_with_band_and_critical_complaints(
    filled: Book, world: World
) -> None:
    growth = filled.queries().growth
    band = growth.band(world.account)
    for number in (5, 2):
        filled.run(add_opportunity, world.account, band="red", opportunity=f"in {number}",
                   next_step="call", next_step_on=day(-number))  # fmt: skip
    filled.run(add_opportunity, world.other, opportunity="won", stage="won")
    critical = filled.run(
        log_complaint, world.account, title="Down", when=at(0, 9), severity="critical"
    ).result
    rows = filled.queries().growth.opportunities()
    assert [row.deal.opportunity for row in rows] == ["in 2", "in 5", "Portal for IT"]
    assert {row.critical for row in rows} == {(critical.number,)}
    assert {row.band for row in rows} == {filled.queries().growth.band(world.account)}
    assert band is not None
    everything = filled.queries().growth.opportunities(closed=True)
    assert [row.deal.opportunity for row in everything if row.deal.closed_on] == ["won"]
    assert filled.queries().growth.opportunities(world.other) == ()
    filled.run(move_complaint, critical.id, "closed", at(0, 11), **SOLVED_BY)
    assert {row.critical for row in filled.queries().growth.opportunities()} == {()}
    filled.run(archive_account, world.account)
    assert filled.queries().growth.opportunities() == ()


def test_a_warning_comes_with_what_was_done_and_not_in_its_place(
    filled: Book, world: World
) -> None:
    done = filled.run(add_opportunity, world.account, band="red", opportunity="x",
                      next_step="call", next_step_on=day(0))  # fmt: skip
    assert done.merged == ("A push to sell is warned against: the account is red.",)
    assert filled.queries().record("opportunity", done.result.id).stage == "identified"


def test_the_cells_of_an_archived_product_are_left_out_until_it_is_back(
    filled: Book, world: World
) -> None:
    filled.run(set_whitespace, world.account, world.product, "it", state="owned")
    ((cell,),) = filled.queries().plan.some(world.account, "whitespace")
    assert (cell.centre, cell.state, cell.product) == ("IT", "owned", "Portal")
    assert filled.queries().growth.product("PORTAL") == world.product
    filled.run(archive_product, world.product)
    assert filled.queries().plan.some(world.account, "whitespace") == ((),)
    with pytest.raises(NotFound, match="No product answers to Portal"):
        filled.queries().growth.product("Portal")
    filled.run(undo)
    assert len(filled.queries().plan.some(world.account, "whitespace")[0]) == 1


def test_value_delivered_is_that_of_the_live_plan(filled: Book, world: World) -> None:
    ((proof,),) = filled.queries().plan.some(world.account, "proofs")
    assert (proof.proof, proof.figure, proof.shared) == ("A day a week", 1.0, False)
    filled.run(close_plan, world.account)
    assert filled.queries().plan.some(world.account, "proofs") == ((),)


def test_the_newest_figure_is_the_actual_in_the_book_too(filled: Book, world: World) -> None:
    filled.run(measure, world.objective, 3.25, day(2), confirmed_by_id=world.maria)
    filled.run(measure, world.objective, 9.0, day(8))
    (goal,) = filled.queries().account.objectives(world.account)
    assert goal.actual == 3.25
    (figures,) = filled.queries().plan.some(world.account, "measurements")
    assert [one.measured_on for one in figures] == [d.isoformat() for d in (day(8), day(2), day(1))]
    assert [one.confirmed_by for one in figures] == [None, "Maria", None]


def test_points_stand_by_programme_with_the_levels_of_the_day(filled: Book, world: World) -> None:
    loyalty = filled.queries().loyalty
    club = loyalty.programme("club")
    assert club == world.programme
    assert loyalty.balance(world.account, club) == 10
    filled.run(enrol, world.other, club, day(9))
    filled.run(enter_points, world.other, club, 60, "an order", day(5))
    filled.run(enter_points, world.other, club, -5, "a mug")
    with pytest.raises(Refused, match="55 are there"):
        filled.run(enter_points, world.other, club, -56, "a mug")
    found = filled.queries().loyalty.standings(club)
    assert [(one.account, one.points) for one in found] == [("Other Ltd", 55), ("Nordic Oy", 10)]
    filled.run(correct_points, world.other, club, -60, "counted wrong")
    assert filled.queries().loyalty.balance(world.other, club) == -5
    (row,) = filled.queries().loyalty.programmes()
    assert (row.tiers, row.enrolled) == ((("silver", 0), ("gold", 50)), 2)
    assert filled.queries().loyalty.of_account(world.other) == (club,)
    filled.run(leave_programme, world.other, club)
    assert filled.queries().loyalty.of_account(world.other) == ()
    assert len(filled.queries().loyalty.standings(club)) == 1
    with pytest.raises(NotFound, match="No programme answers"):
        filled.queries().loyalty.programme("Circle")


def test_the_limit_of_gestures_is_that_of_the_book(filled: Book, world: World) -> None:
    filled.run(change_setting, "gesture.limit", "100")
    dear = {"kind": "service", "gesture": "x", "cost_minor": 101}
    with pytest.raises(Refused, match="nobody approves their own"):
        filled.run(give_gesture, world.account, approver_id=world.ann, **dear)
    made = filled.run(give_gesture, world.account, approver_id=world.bob, **dear).result
    assert filled.queries().record("gesture", made.id).approver_id == world.bob
    filled.run(give_gesture, world.account, kind="emotional", gesture="y", given_on=day(2),
               complaint_id=world.complaint, person_id=world.joe)  # fmt: skip
    found = [(one.gesture, one.approver, one.person) for one in filled.queries().loyalty.gestures()]
    assert found == [("x", "Bob", None), ("y", None, "Joe"), ("cake", None, None)]
    filled.run(archive_account, world.account)
    assert filled.queries().loyalty.gestures() == ()
