"""Success criteria and alert rules on both engines: the segment, the status, who is told."""

from __future__ import annotations

from typing import Any

import pytest

from db.book import Book
from db.undo import undo
from planner.goal_status import is_in, member_of, segment_of
from planner.ports import UnitOfWork
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.alerts import add_alert_rule, answer_alert
from planner.use_cases.objectives import measure
from planner.use_cases.plans import change_objective
from planner.use_cases.success_criteria import add_criterion, apply_criteria
from planner.use_cases.team import name_team
from planner.views.today import Duty
from tests.makers import World, day

SEGMENTS = (
    "tier:1", "tier>1", "tier<=2", "-tier:1", "tier:none", "stage:adopting,lost", "keep:none",
    "sector:none", "sector:ship", "-sector:ship", "tag:key", "tag:none", "-tag:KEY", "country:fi",
    "country:none", '"nordic o"', "name:İst", "-name:oy", "100", "%", "_",
)  # fmt: skip


def grow(book: Book) -> None:
    """Accounts of every kind."""
    grown: dict[str, dict[str, Any]] = {
        "Nordic Shipping Oy": {"tier": 1, "sector": "Shipping", "country": "FI"},
        "İstanbul 100% A_S": {"tier": 2, "tags": ("Key", "late"), "stage": "adopting"},
        "Plain": {"keep_class": "protect", "keep_reason": "r", "external_id": "KEY-1"},
    }
    for name, fields in grown.items():
        book.run(add_account, name=name, **fields)


@pytest.mark.parametrize("segment", SEGMENTS)
def test_a_segment_holds_the_accounts_that_the_list_shows(filled: Book, segment: str) -> None:
    grow(filled)

    def members(uow: UnitOfWork) -> set[int]:
        parts = segment_of(segment)
        return {one.id for one in uow.accounts.find() if is_in(parts, member_of(one))}

    listed = filled.queries().accounts.ids(parts=segment_of(segment))
    assert filled.run(members).result == set(listed)


def test_the_plan_follows_the_criterion_and_undo_takes_it_back(filled: Book, world: World) -> None:
    filled.run(change_objective, world.objective, metric="Effort")
    filled.run(measure, world.objective, 9.0)
    filled.run(add_criterion, name="effort", metric="effort", good=5.0, less_is_better=True)
    queries = filled.queries()
    plan = queries.plan.page(world.account)
    assert plan is not None
    assert [one.name for one in plan.criteria][-1] == "effort"
    assert plan.objectives[0].criterion_id == plan.criteria[-1].id
    assert queries.account.objectives(world.account)[0].status == "off_track"
    assert queries.criteria.each()[-1].off_track == 1
    stored = filled.connection.rows("SELECT status FROM objective WHERE id = :id",
                                    {"id": world.objective})  # fmt: skip
    assert stored == [("off_track",)]
    filled.run(undo)
    assert filled.queries().account.objectives(world.account)[0].status == "on_track"
    filled.run(add_criterion, name="effort", metric="effort", good=5.0, segment="tier:3",
               less_is_better=True)  # fmt: skip
    assert filled.queries().account.objectives(world.account)[0].status == "on_track"
    filled.run(change_account, world.account, tier=3)
    assert filled.queries().account.objectives(world.account)[0].status == "off_track"
    filled.run(undo)
    assert filled.queries().account.objectives(world.account)[0].status == "on_track"
    assert filled.run(apply_criteria).result == 0


def duties(book: Book, *, mine: bool) -> list[Duty]:
    """The alerts on Today."""
    page = book.queries().today.today(mine=mine)
    return [one for line in page.now for one in (line.first, *line.others) if one.kind == "alert"]


def test_today_tells_the_seat_else_the_owner_until_it_is_answered(
    filled: Book, world: World
) -> None:
    filled.run(change_account, world.account, tier=1, owner_id=world.ann)
    filled.run(name_team, world.account, {"sales": world.bob})
    owners = filled.run(add_alert_rule, name="a", segment="tier:1 name:nordic").result
    filled.run(add_alert_rule, name="b", segment="tier:1 name:nordic", function="sales",
               advice="Call.")  # fmt: skip
    told = {one.words: (one.account_id, one.owner_id) for one in duties(filled, mine=False)}
    assert told["a"] == (world.account, world.ann)
    assert told["b: Call."] == (world.account, world.bob)
    filled.actor = filled.actor._replace(colleague_id=world.bob)
    assert [one.words for one in duties(filled, mine=True)] == ["b: Call."]
    asked = filled.queries().alerts
    assert [one.rule.name for one in asked.now(asked.rules(), world.ann)] == ["a"]
    filled.run(answer_alert, world.account, owners.id, until=day(-3), reason="called")
    assert "a" not in {one.words for one in duties(filled, mine=False)}
    rule = next(one for one in filled.queries().alerts.rules() if one.id == owners.id)
    assert filled.queries().alerts.count(rule) == (0, 1)
    filled.run(undo)
    assert filled.queries().alerts.count(rule) == (1, 0)


def test_a_lost_account_meets_only_rules_about_the_stage(filled: Book, world: World) -> None:
    filled.run(change_account, world.account, tier=1, stage="lost")
    for name, segment in (("a", "tier:1"), ("b", "tier:1 stage:lost")):
        filled.run(add_alert_rule, name=name, segment=segment)
    asked = filled.queries().alerts
    met = {one.rule.name for one in asked.now(asked.rules()) if one.account_id == world.account}
    assert "a" not in met
    assert "b" in met
