"""How full and fresh the sections of plans are, whose they are, and who was asked to take them."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from db.book import Book
from db.health_facts import gather_with
from db.plan_parts_held import PLAN_PARTS
from db.plan_readiness import section_states
from db.queries import plan_states
from planner.entity import build
from planner.interviews import Entry
from planner.plan_sections import state_words
from planner.ports import UnitOfWork
from planner.readiness import SECTION_WEIGHTS
from planner.use_cases.plan_sections import (
    accept_section,
    add_section,
    offer_section,
    still_true,
)
from planner.use_cases.plans import change_plan, close_plan, start_plan
from planner.use_cases.team import name_team
from planner.views.plan_sections import PlanSections, SectionLine
from tests.db.contract.test_plan_versions import Counting
from tests.fakes import FakeClock
from tests.makers import World, day, opened


def of(book: Book, account: int) -> PlanSections:
    found = book.queries().plan_states.of_account(account)
    assert found is not None
    return found


def line(book: Book, account: int, section: str) -> SectionLine:
    return next(one for one in of(book, account).lines if one.section == section)


def keep_entry(uow: UnitOfWork, account_id: int, **fields: Any) -> Entry:
    """A line of a section."""
    entry = build(Entry, id=uow.new_id(), account_id=account_id, **{"entry": "x", **fields})
    return uow.entries.add(entry)


def test_all_seventeen_sections_have_a_state(filled: Book, world: World) -> None:
    found = of(filled, world.account)
    assert (found.account, found.size, found.status) == ("Nordic Oy", "starter", "draft")
    states = {one.section: one for one in found.states}
    assert len(states) == 17
    assert {name: (one.filled, one.total, one.live_rows) for name, one in states.items()} == {
        "header": (5, 10, 1), "team": (1, 4, 1), "why_bought": (0, 0, 0), "why_stay": (0, 0, 2),
        "goals": (1, 3, 1), "stakeholders": (2, 2, 2), "value": (0, 0, 1), "health": (0, 0, 1),
        "complaints": (0, 0, 2), "contact_plan": (0, 1, 0), "enablement": (0, 0, 4),
        "renewal": (1, 2, 1), "growth": (0, 0, 2), "risks": (0, 0, 1), "actions": (6, 8, 2),
        "notes": (0, 0, 0), "reviews": (0, 0, 0),
    }  # fmt: skip
    assert states["complaints"].limit_days == 14
    assert states["renewal"].limit_days == 30
    assert states["contact_plan"].edited_on is states["notes"].edited_on is None
    assert states["goals"].edited_on == day(0)


def test_a_starter_shows_its_own_sections_what_holds_something_and_what_was_added(
    filled: Book, world: World
) -> None:
    shown = [one.section for one in of(filled, world.account).shown]
    assert shown == [
        "team", "why_stay", "goals", "stakeholders", "value", "complaints", "enablement",
        "renewal", "growth", "risks", "actions",
    ]  # fmt: skip
    filled.run(add_section, world.account, "notes")
    assert [one.section for one in of(filled, world.account).shown] == [*shown, "notes"]
    filled.run(change_plan, world.plan, size="full")
    assert len(of(filled, world.account).shown) == 17
    filled.run(change_plan, world.plan, size="starter")
    assert [one.section for one in of(filled, world.account).shown] == [*shown, "notes"]


def test_still_true_makes_an_old_section_fresh(
    filled: Book, world: World, clock: FakeClock
) -> None:
    clock.move(days=50)
    state = line(filled, world.account, "risks").state
    assert state_words(state, filled.today) == "100 % filled, stale since 20 d, counts 33 %"
    filled.run(still_true, world.account, "risks")
    state = line(filled, world.account, "risks").state
    assert state_words(state, filled.today) == "100 % filled, fresh today"
    assert filled.connection.one("SELECT version FROM risk") == (1,)


def test_an_owner_is_named_by_seat_by_lead_or_by_hand_over_and_a_gap_is_said(
    filled: Book, world: World
) -> None:
    def owners() -> dict[str, str]:
        return {one.section: one.owner for one in of(filled, world.account).lines}

    found = owners()
    assert (found["goals"], found["renewal"], found["header"]) == ("Ann", "Bob", "Bob")
    assert found["complaints"] == "nobody: no service person"
    assert (found["actions"], found["health"]) == ("everybody", "fills itself")
    assert line(filled, world.account, "complaints").gap
    filled.run(name_team, world.account, {"service": world.bob})
    assert owners()["complaints"] == "Bob"
    filled.run(offer_section, world.account, "complaints", world.ann)
    offered = line(filled, world.account, "complaints")
    assert (offered.owner, offered.offered_to, offered.offered_to_me) == ("Bob", "Ann", True)
    filled.run(accept_section, world.account, "complaints")
    taken = line(filled, world.account, "complaints")
    assert (taken.owner, taken.mine, taken.offered_to) == ("Ann", True, None)


def test_my_plans_are_those_in_which_i_may_have_a_section(filled: Book, world: World) -> None:
    filled.run(start_plan, world.other)
    everywhere = filled.queries().plan_states
    assert [one.account for one in everywhere.everywhere()] == ["Nordic Oy", "Other Ltd"]
    assert [one.account for one in everywhere.everywhere(mine=True)] == ["Nordic Oy"]
    filled.run(offer_section, world.other, "goals", world.ann)
    assert [one.account for one in everywhere.everywhere(mine=True)] == ["Nordic Oy", "Other Ltd"]
    stranger = opened(filled.address, actor="Nobody")
    assert list(stranger.queries().plan_states.everywhere(mine=True)) == []
    stranger.close()
    filled.run(close_plan, world.account)
    assert everywhere.of_account(world.account) is None
    assert [one.account for one in everywhere.everywhere()] == ["Other Ltd"]


def test_offered_plans_are_those_with_an_offer_that_nobody_answered(
    filled: Book, world: World
) -> None:
    filled.run(start_plan, world.other)
    states = filled.queries().plan_states
    assert list(states.everywhere(offered=True)) == []
    filled.run(offer_section, world.other, "goals", world.ann)
    assert [one.account for one in states.everywhere(offered=True)] == ["Other Ltd"]
    filled.run(accept_section, world.other, "goals")
    assert list(states.everywhere(offered=True, mine=True)) == []


def test_many_plans_take_as_many_statements_as_one(
    filled: Book, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(most: int = 99) -> tuple[int, list[str]]:
        counting = Counting(filled.connection)
        with monkeypatch.context() as patch:
            patch.setattr(filled, "connection", counting)
            found = islice(filled.queries().plan_states.everywhere(), most)
            names = [one.account for one in found]
        return counting.asked, names

    one, names = asked()
    assert (one < 12, names) == (True, ["Nordic Oy"])
    filled.run(start_plan, world.other)
    assert asked() == (one, ["Nordic Oy", "Other Ltd"])
    monkeypatch.setattr(plan_states, "BLOCK", 1)
    assert asked(1) == (one, ["Nordic Oy"])
    assert asked()[1] == ["Nordic Oy", "Other Ltd"]


def test_the_weighted_sections_of_a_range_are_those_of_the_account(
    filled: Book, world: World, clock: FakeClock
) -> None:
    """What the lists' readiness is made from says the same as the page."""
    filled.run(keep_entry, world.account, section="contact_plan", field="qbr", on_date=day(-9))
    filled.run(keep_entry, world.account, section="growth", field="problem")
    clock.move(days=70)
    filled.run(still_true, world.account, "growth")
    filled.run(still_true, world.account, "stakeholders")
    frame = filled.frame()
    facts, (parts,) = gather_with(
        filled.connection, world.account, world.account, frame.today, frame.now, frame.zone,
        (PLAN_PARTS,), {},
    )  # fmt: skip
    quick = {one.section: one for one in section_states(facts[0], frame.today, parts)}
    page = {one.section: one for one in of(filled, world.account).states}
    assert set(quick) == set(SECTION_WEIGHTS)
    assert quick == {section: page[section] for section in quick}
    assert (page["contact_plan"].filled, page["growth"].live_rows) == (1, 3)
    assert page["growth"].edited_on == page["stakeholders"].edited_on == frame.today
    assert page["contact_plan"].edited_on == day(0)
