"""What plans put on Today: from which rows, for whom, and in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from db.book import Book
from db.queries import today_plan
from planner.entity import build
from planner.plan_parts import SignOff
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.alerts import archive_alert_rule
from planner.use_cases.contracts import change_contract, reach_milestone
from planner.use_cases.growth import change_opportunity
from planner.use_cases.plan_life import sign_plan
from planner.use_cases.plan_sections import accept_section, offer_section, still_true
from planner.use_cases.plans import (
    add_objective,
    add_risk,
    change_objective,
    change_plan,
    change_risk,
    start_plan,
)
from planner.use_cases.team import name_team
from planner.views.today import FOLDS, Duty, TodayPage
from tests.db.contract.test_plan_versions import Counting
from tests.fakes import FakeClock
from tests.makers import World, day, opened


def duties(book: Book, *, mine: bool = True) -> dict[str, list[Duty]]:
    """All that Today shows, by kind."""
    found: dict[str, list[Duty]] = {}
    for line in lines(book.queries().today.today(mine=mine)):
        for duty in (line.first, *line.others):
            found.setdefault(duty.kind, []).append(duty)
    return found


def lines(page: TodayPage) -> Iterator[Any]:
    for name in ("now", *FOLDS):
        yield from getattr(page, name)


def words(book: Book, kind: str, *, mine: bool = True) -> list[str]:
    return [one.words for one in duties(book, mine=mine).get(kind, ())]


@contextmanager
def acting(book: Book, name: str) -> Iterator[Book]:
    other = opened(book.address, actor=name)
    yield other
    other.close()


@pytest.fixture
def active(filled: Book, world: World) -> Book:
    """The plan of Nordic Oy active; Ann reads. Bob of sales owns the account. No rule alerts."""
    filled.run(activate, world.plan)
    for rule in filled.run(lambda uow: uow.alert_rules.find()).result:
        filled.run(archive_alert_rule, rule.id)
    return filled


def activate(uow: Any, plan_id: int) -> None:
    """Past the rules of activation."""
    plan = uow.plans.get(plan_id)
    uow.plans.save(plan, plan.changed(status="active"))


def signed_by(uow: Any, world: World, function: str, signer: int) -> None:
    """A signature under what is no longer in the plan."""
    uow.sign_offs.add(
        build(SignOff, id=uow.new_id(), account_id=world.account, plan_id=world.plan,
              function=function, colleague_id=signer, signed_on=day(2), content="old")
    )  # fmt: skip


def test_a_risk_stands_with_whoever_owns_it_from_two_weeks_before_its_check(
    active: Book, world: World
) -> None:
    assert "risk" not in duties(active, mine=False)
    active.run(change_risk, world.risk, owner_id=world.ann, next_check_on=day(-15))
    assert "risk" not in duties(active)
    active.run(change_risk, world.risk, next_check_on=day(-14))
    (one,) = duties(active)["risk"]
    assert (one.words, one.due_on) == (
        "check the risk: The sponsor leaves", day(-14).isoformat(),
    )  # fmt: skip
    assert (one.owner, one.row_id, one.account_id) == ("Ann", world.risk, world.account)
    with acting(active, "Bob") as bob:
        assert "risk" not in duties(bob)
        active.run(change_risk, world.risk, owner_id=None)
        assert [one.owner for one in duties(bob)["risk"]] == ["Bob"]
    active.run(change_risk, world.risk, closed_on=day(0), exit="they renewed")
    assert "risk" not in duties(active, mine=False)


def test_an_opportunity_stands_with_the_day_of_its_next_step(active: Book, world: World) -> None:
    found = active.connection.one("SELECT id FROM opportunity")
    assert found is not None
    active.run(change_opportunity, found[0], next_step="show the portal", next_step_on=day(-1),
               owner_id=world.ann)  # fmt: skip
    (one,) = duties(active)["opportunity"]
    assert (one.words, one.due_on) == ("next step: show the portal", day(-1).isoformat())
    active.run(change_opportunity, found[0], stage="lost")
    assert "opportunity" not in duties(active)


def test_the_review_of_an_active_plan_is_its_leads(active: Book, world: World) -> None:
    active.run(change_plan, world.plan, next_review_on=day(-3))
    assert "review" not in duties(active)
    with acting(active, "Bob") as bob:
        assert [(one.owner, one.due_on) for one in duties(bob)["review"]] == [
            ("Bob", day(-3).isoformat())
        ]
        active.run(start_plan, world.other)


def test_a_renewal_says_its_first_step_that_is_not_done_to_who_keeps_it(
    active: Book, world: World
) -> None:
    assert "milestone" not in duties(active)
    with acting(active, "Bob") as bob:
        (one,) = duties(bob)["milestone"]
        assert one.words == "renewal step T-120 is not done"
        assert one.due_on == (day(-65) - timedelta(days=120)).isoformat()
        active.run(reach_milestone, world.contract, 120)
        assert duties(bob)["milestone"][0].words == "renewal step T-60 is not done"
        active.run(offer_section, world.account, "renewal", world.ann)
        active.run(accept_section, world.account, "renewal")
        assert "milestone" not in duties(bob)
    assert len(duties(active)["milestone"]) == 1
    active.run(change_contract, world.contract, decided_on=day(0))
    assert "milestone" not in duties(active)


def test_a_section_offered_to_me_is_a_hand_off_until_i_answer(active: Book, world: World) -> None:
    active.run(offer_section, world.account, "risks", world.ann)
    page = active.queries().today.today(mine=True)
    ((line,),) = (page.handoffs,)
    assert (line.first.words, line.first.section) == ("take over risks? offered today", "risks")
    with acting(active, "Bob") as bob:
        assert bob.queries().today.today(mine=True).handoffs == ()
        assert words(bob, "offer", mine=False) == ["offered to Ann: risks"]
    active.run(accept_section, world.account, "risks")
    assert active.queries().today.today(mine=True).handoffs == ()


def test_stale_and_empty_sections_are_upkeep_of_who_keeps_them(
    active: Book, world: World, clock: FakeClock
) -> None:
    account = world.other
    active.run(change_account, account, owner_id=world.ann, cadence_days=365)
    plan = active.run(start_plan, account).result
    active.run(activate, plan.id)
    active.run(add_risk, account, risk="They move", owner_id=world.ann)
    active.run(name_team, account, {"success": world.ann})
    assert words(active, "section") == ["plan, goals: empty"]
    clock.move(days=40)
    found = {one.section: one for one in duties(active)["section"]}
    assert found["risks"].words == "plan, risks: stale"
    assert found["risks"].due_on == (active.today - timedelta(days=10)).isoformat()
    active.run(still_true, account, "risks")
    assert "risks" not in {one.section for one in duties(active)["section"]}
    assert words(active, "gap") == ["our team has nobody for marketing, sales, service"]
    active.run(change_account, account, owner_id=world.bob)
    assert words(active, "gap") == []


@pytest.mark.usefixtures("world")
def test_a_busy_account_is_spared_its_sections(active: Book, clock: FakeClock) -> None:
    clock.move(days=60)
    found = duties(active, mine=False)
    assert "complaint" in found
    assert "section" not in found


def test_a_signature_is_asked_again_of_its_function_alone(active: Book, world: World) -> None:
    with acting(active, "Bob") as bob:
        assert words(bob, "sign") == [
            f"sign again for sales: goals, renewal or risks changed after {day(2).isoformat()}"
        ]
        bob.run(sign_plan, world.account)
        assert words(bob, "sign") == []
        active.run(change_objective, world.objective, target=9.0, baseline=1.0)
        assert len(words(bob, "sign")) == 1
    assert words(active, "sign") == []
    assert len(words(active, "sign", mine=False)) == 1
    active.run(signed_by, world, "service", world.ann)
    assert words(active, "sign") == []
    active.run(signed_by, world, "success", world.ann)
    assert len(words(active, "sign")) == 1


def test_a_goal_is_measured_again_after_the_limit_of_its_section(
    active: Book, world: World, clock: FakeClock
) -> None:
    account = world.other
    active.run(change_account, account, owner_id=world.ann, cadence_days=365)
    plan = active.run(start_plan, account).result
    goal = active.run(add_objective, account, objective="Save time", baseline=1.0, target=9.0,
                      unit="h").result  # fmt: skip
    clock.move(days=46)
    assert "measure" not in duties(active)
    active.run(activate, plan.id)
    clock.move(days=-1)
    assert "measure" not in duties(active)
    clock.move(days=1)
    (one,) = duties(active)["measure"]
    assert (one.words, one.row_id) == ("never measured: Save time", goal.id)
    active.run(change_objective, goal.id, actual=2.0, actual_on=active.today)
    assert "measure" not in duties(active)
    clock.move(days=50)
    assert words(active, "measure") == ["measured 50d ago: Save time"]


def test_an_interview_is_due_when_they_are_lost_and_nobody_asked(
    active: Book, world: World
) -> None:
    active.run(change_account, world.account, lost_on=day(3))
    assert words(active, "interview") == []
    with acting(active, "Bob") as bob:
        assert words(bob, "interview") == [f"ask why they left: lost on {day(3).isoformat()}"]
    active.run(name_team, world.account, {"success": world.ann})
    assert len(words(active, "interview")) == 1


def test_without_the_plans_the_page_says_that_it_is_not_whole(active: Book, world: World) -> None:
    active.run(offer_section, world.account, "risks", world.ann)
    page = active.queries().today.today(mine=True, plans=False)
    assert (page.handoffs, page.count("handoffs"), page.upkeep_known) == ((), "…", "…")


@pytest.mark.parametrize("mine", [True, False])
def test_many_accounts_take_as_many_statements_as_two(
    active: Book, world: World, monkeypatch: pytest.MonkeyPatch, mine: bool
) -> None:
    def asked() -> int:
        counting = CountingAll(active.connection)
        with monkeypatch.context() as patch:
            patch.setattr(active, "connection", counting)
            assert active.queries().today.today(mine=mine).whole
        return counting.asked

    def one_more(number: int) -> None:
        account = active.run(add_account, name=f"More {number}", tier=2,
                             owner_id=world.ann).result.id  # fmt: skip
        active.run(activate, active.run(start_plan, account).result.id)
        active.run(change_account, account, lost_on=day(1))
        active.run(add_risk, account, risk="x", next_check_on=day(1))

    one_more(0)
    few = asked()
    for number in range(1, 9):
        one_more(number)
    assert asked() == few
    assert few < 50


def test_of_a_large_book_the_first_accounts_are_looked_at_and_more_is_said(
    active: Book, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    active.run(change_risk, world.risk, next_check_on=day(0))
    active.run(change_account, world.other, owner_id=world.bob)
    with acting(active, "Bob") as bob:
        assert not bob.queries().today.today(mine=True).clipped
        monkeypatch.setattr(today_plan, "LOOKED", 1)
        page = bob.queries().today.today(mine=True)
        assert page.clipped
        assert page.upkeep_known.endswith("+")
        assert words(bob, "risk") == words(bob, "risk", mine=False) == [
            "check the risk: The sponsor leaves"
        ]  # fmt: skip


class CountingAll(Counting):
    """Counts every way of asking."""

    def rows(self, *given: Any) -> Any:
        self.asked += 1
        return self._connection.rows(*given)

    def one(self, *given: Any) -> Any:
        self.asked += 1
        return self._connection.one(*given)

    def rows_of(self, questions: Any, params: Any) -> Any:
        self.asked += len(questions)
        return self._connection.rows_of(questions, params)
