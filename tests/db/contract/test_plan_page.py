"""What a whole plan shows, read with a fixed number of statements."""

from __future__ import annotations

from typing import Any

import pytest

from db.book import Book
from db.engine import NO_PARAMS, Params
from planner.entity import build
from planner.loyalty import PointsEntry
from planner.plan_parts import Share
from planner.plans import Action
from planner.ports import UnitOfWork
from planner.use_cases.actions import add_action, drop_action, finish_action
from planner.use_cases.contracts import change_contract
from planner.use_cases.people import set_part
from planner.use_cases.plans import add_plan_action, change_plan, close_plan, start_plan
from planner.use_cases.team import set_away
from planner.views.plan import PlanPage
from tests.fakes import NOON
from tests.makers import World, day


def page_of(book: Book, account: int) -> PlanPage:
    """The plan's page, which is there."""
    page = book.queries().plan.page(account)
    assert page is not None
    return page


def test_every_kind_of_row_is_on_the_page(filled: Book, world: World) -> None:
    page = page_of(filled, world.account)
    assert page.header.id == world.plan
    assert {name: len(getattr(page, name)) for name in PlanPage._fields[1:-1]} == {
        "sections": 1, "sign_offs": 1, "entries": 1, "interviews": 1, "objectives": 1,
        "measurements": 1, "proofs": 1, "risks": 1, "actions": 2, "seats": 1, "stakeholders": 2,
        "renewals": 1, "milestones": 1, "products": 1, "whitespace": 1, "opportunities": 1,
        "benefits": 1, "gestures": 1, "behaviours": 1, "enrolments": 1,
        "advocacy": 1, "criteria": 1,
    }  # fmt: skip
    assert (page.sections[0].owner, page.sections[0].added) == ("Ann", False)
    assert page.sign_offs[0].colleague == "Bob"
    assert (page.entries[0].person, page.entries[0].driver) == ("Maria", "time")
    assert page.interviews[0].person == "Maria"
    assert page.measured(world.objective)[0].actual == 2.5
    assert page.measured(world.risk) == ()
    assert page.whitespace[0].product == "Portal"
    assert (page.enrolments[0].points, page.enrolments[0].tier) == (10, "silver")
    assert page.advocacy[0].advocacy == "Spoke to a prospect"
    assert page.share is not None
    assert page.share.content == "{}"
    assert page.entries_of("why_stay", "value") == page.entries_of("why_stay") == page.entries
    assert page.entries_of("why_stay", "pain") == page.entries_of("notes") == ()


def test_an_account_without_a_live_plan_has_no_page(filled: Book, world: World) -> None:
    assert filled.queries().plan.page(world.other) is None
    filled.run(close_plan, world.account)
    assert filled.queries().plan.page(world.account) is None


def test_a_new_plan_does_not_show_what_the_closed_one_held(filled: Book, world: World) -> None:
    filled.run(close_plan, world.account)
    filled.run(start_plan, world.account)
    page = page_of(filled, world.account)
    assert page.header.id != world.plan
    for name in ("sections", "sign_offs", "entries", "objectives", "measurements", "proofs",
                 "risks", "behaviours"):  # fmt: skip
        assert getattr(page, name) == (), name
    assert page.share is None
    assert len(page.actions) == 2
    assert len(page.opportunities) == len(page.gestures) == len(page.interviews) == 1


def test_the_header_names_sponsor_and_roles(filled: Book, world: World) -> None:
    assert page_of(filled, world.account).header.required_roles is None
    filled.run(
        change_plan, world.plan, required_roles=("champion",), sponsor_id=world.bob,
        meeting_rhythm="monthly", review_every_days=30, template="tier-1",
    )  # fmt: skip
    header = page_of(filled, world.account).header
    assert header.required_roles == ("champion",)
    assert (header.sponsor, header.meeting_rhythm) == ("Bob", "monthly")
    assert (header.template, header.review_every_days) == ("tier-1", 30)


def test_done_actions_stay_and_dropped_ones_go(filled: Book, world: World) -> None:
    later = filled.run(
        add_plan_action, world.account, action="Later", owner_id=world.ann, due_on=day(-9),
        done_means="seen", depends_on=(world.action,), their_owner_id=world.joe,
    ).result.id  # fmt: skip
    beside = filled.run(add_action, world.account, action="Beside", due_on=day(-2)).result.id
    shown = filled.run(
        add_action, world.account, action="Shown", due_on=day(-2), shared=True
    ).result.id
    gone = filled.run(add_action, world.account, action="Gone", due_on=day(-2)).result.id
    for done in (world.action, beside, shown):
        filled.run(finish_action, done)
    filled.run(drop_action, gone)
    actions = {row.id: row for row in page_of(filled, world.account).actions}
    assert {world.action, later, shown} < set(actions)
    assert not {beside, gone} & set(actions)
    assert (actions[world.action].status, actions[world.action].done_on) == (
        "done",
        day(0).isoformat(),
    )
    assert actions[later].depends_on == (world.action,)
    assert (actions[later].owner, actions[later].their_owner) == ("Ann", "Joe")
    assert actions[shown].shared is True


def test_a_shared_action_done_before_the_plan_began_is_not_its(filled: Book, world: World) -> None:
    def keep(uow: UnitOfWork) -> Any:
        uow.say("kept")
        return uow.actions.add(
            build(
                Action,
                id=uow.new_id(),
                account_id=world.account,
                action="Old",
                shared=True,
                status="done",
                done_on=day(1),
                recorded_on=day(9),
                logged_at=NOON,
            )
        )

    filled.run(keep)
    assert "Old" not in {row.action for row in page_of(filled, world.account).actions}


def test_the_renewal_names_its_buyer_and_the_team_who_is_away(filled: Book, world: World) -> None:
    filled.run(
        change_contract, world.contract, decision_buyer_id=world.joe, uplift_percent=3.5,
        offer_limit_minor=900, price_position="above", fallback="a month more",
    )  # fmt: skip
    filled.run(set_away, world.bob, day(1), day(-3), world.ann)
    filled.run(
        set_part, world.account, world.joe, relationship_owner_id=world.bob,
        personal_win="promotion",
    )  # fmt: skip
    page = page_of(filled, world.account)
    (renewal,) = page.renewals
    assert (renewal.contract_id, renewal.decision_buyer) == (world.contract, "Joe")
    assert (renewal.uplift_percent, renewal.offer_limit_minor) == (3.5, 900)
    assert page.seats[0].away is True
    joe = next(row for row in page.stakeholders if row.person_id == world.joe)
    assert (joe.relationship_owner, joe.personal_win) == ("Bob", "promotion")


def test_the_last_share_counts_and_points_to_come_do_not(filled: Book, world: World) -> None:
    def keep(uow: UnitOfWork) -> None:
        uow.say("kept")
        programme = uow.programmes.find()[0].id
        uow.points_entries.add(
            build(
                PointsEntry,
                id=uow.new_id(),
                account_id=world.account,
                programme_id=programme,
                points=900,
                reason="to come",
                on_date=day(-1),
            )
        )
        uow.shares.add(
            build(
                Share,
                id=uow.new_id(),
                account_id=world.account,
                plan_id=world.plan,
                shared_on=day(0),
                shared_at=NOON,
                content='{"newer": 1}',
            )
        )

    filled.run(keep)
    page = page_of(filled, world.account)
    assert page.share is not None
    assert page.share.content == '{"newer": 1}'
    assert page.enrolments[0].points == 10


class Counting:
    """Counts the statements that pass through a connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.statements = 0

    def maps_of(self, questions: list[str], params: Params) -> Any:
        self.statements += len(questions)
        return self._connection.maps_of(questions, params)

    def __getattr__(self, name: str) -> Any:
        def ask(sql: str, params: Params = NO_PARAMS) -> Any:
            self.statements += 1
            return getattr(self._connection, name)(sql, params)

        return ask


def statements(book: Book, account: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many statements the page of an account takes."""
    counting = Counting(book.connection)
    with monkeypatch.context() as patch:
        patch.setattr(book, "connection", counting)
        book.queries().plan.page(account)
    return counting.statements


def test_the_number_of_statements_is_fixed(
    filled: Book, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        filled.run(
            add_plan_action, world.account, action=f"Step {number}", owner_id=world.ann,
            due_on=day(-9), done_means="seen",
        )  # fmt: skip
    full = statements(filled, world.account, monkeypatch)
    filled.run(start_plan, world.other)
    assert statements(filled, world.other, monkeypatch) == full == 24
