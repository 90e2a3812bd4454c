"""The form of the four starter facts, and the ways to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.use_cases.contracts import add_contract
from planner.use_cases.people import add_person
from planner.use_cases.plans import start_plan
from tests.tui.account.visits import change, one, put_cursor, shown, visit
from tests.tui.conftest import OpenHouse
from tests.tui.form_app import Desk, desk
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.today import TodayScreen

PLAN = "SELECT size, status FROM plan WHERE account_id = :i"
ALL = ("objective", "metric", "baseline", "target", "goal_due_on", "person", "role", "end_on",
       "arr_minor", "action", "due_on", "done_means", "owner_id", "risk")  # fmt: skip


async def fill(at: Desk, **other: str) -> None:
    """Type the facts into the fields that are there."""
    texts = {
        "objective": "fewer returns", "target": "2", "person": "Per Ek", "role": "economic_buyer",
        "end_on": "2027-03-01", "arr_minor": "240k", "action": "savings sheet", "due_on": "fri",
        "done_means": "she has it", **other,
    }  # fmt: skip
    for name, text in texts.items():
        if any(row.field.name == name for row in at.form.rows):
            await at.type(name, text)


async def test_the_four_facts_are_on_one_screen_and_make_an_active_plan(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("starter", account_id=at.world.other)
        assert tuple(row.field.name for row in form.rows) == ALL
        assert form.fields.max_scroll_y == 0
        assert form.row("person").side.words == "there: Stranger"
        assert form.texts["owner_id"] == "Ann"
        await fill(at, risk="Per leaves")
        assert form.row("person").side.words == "not known: is added"
        await at.save()
        assert at.closed, form.message
        assert at.book.connection.one(PLAN, {"i": at.world.other}) == ("starter", "active")
        assert at.one("SELECT risk FROM risk ORDER BY id DESC") == "Per leaves"
        assert at.one("SELECT roles FROM membership ORDER BY id DESC") == '["economic_buyer"]'
        assert "started and activated the plan of Other Ltd" in at.said[-1]


async def test_keys_alone_go_through_the_form_to_its_end(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("starter", account_id=at.world.other)
        await at.pilot.press(*"returns", "enter", "enter", "enter", *"2", "enter", "enter")
        await at.pilot.press(*"stran", "enter", "c", "enter", *"2027-03-01", "enter", *"5k")
        await at.pilot.press("enter", *"ring", "enter", *"fri", "enter", *"rung", "enter", "enter")
        await at.press("enter")
        assert at.closed, at.form.message
        assert at.one("SELECT COUNT(*) FROM person WHERE name LIKE 'Stran%'") == 1
        sql = "SELECT roles FROM membership WHERE person_id = :i"
        assert at.one(sql, i=at.world.stranger) == '["champion"]'


async def test_only_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.book.run(add_person, at.world.other, name="Pia", part={"roles": ("sponsor",)})
        at.book.run(add_contract, at.world.other, name="frame", arr_minor=7)
        form = await at.open("starter", account_id=at.world.other)
        names = [row.field.name for row in form.rows]
        assert names == [one for one in ALL if one not in ("person", "role", "arr_minor")]
        assert form.row("end_on").side.words == "last day of frame"
        await fill(at)
        await at.save()
        assert at.closed, form.message
        sql = "SELECT arr_minor, end_on FROM contract WHERE account_id = :i"
        assert at.book.connection.rows(sql, {"i": at.world.other}) == [(7, "2027-03-01")]


async def test_what_is_wrong_stands_in_its_field_and_the_typing_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("starter", account_id=at.world.other)
        await fill(at, baseline="2", goal_due_on="2026-12-31", target="")
        await at.save()
        assert form.row("target").problem == "it is needed"
        for texts, field in (
            ({"target": "2"}, "target"),
            ({"target": "3", "goal_due_on": "2026-03-01"}, "goal_due_on"),
            ({"goal_due_on": "", "due_on": "2026-03-01"}, "due_on"),
            ({"due_on": "fri", "owner_id": "Ann, Bob"}, "owner_id"),
        ):
            for name, text in texts.items():
                await at.type(name, text)
            await at.save()
            wrong = [row.field.name for row in form.rows if row.problem]
            assert wrong == [field]
        assert at.book.connection.one(PLAN, {"i": at.world.other}) is None
        assert form.texts["done_means"] == "she has it"


async def test_a_name_of_several_people_is_asked_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        for name in ("Pia Berg", "Pia Sand"):
            at.book.run(add_person, at.world.other, name=name)
        form = await at.open("starter", account_id=at.world.other)
        await fill(at, person="pia")
        assert form.row("person").side.words == "Pia Berg, Pia Sand"
        await at.save()
        assert "can be Pia Berg, Pia Sand" in form.row("person").problem


async def test_an_active_plan_that_lacks_nothing_is_not_asked_about(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("starter", account_id=at.world.other)
        await fill(at)
        await at.save()
        with pytest.raises(AssertionError):
            await at.open("starter", account_id=at.world.other)
        assert "lacks none of the four facts" in at.said[-1]


async def test_a_fact_that_another_filled_meanwhile_is_no_dead_end(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("starter", account_id=at.world.other)
        await fill(at)
        at.book.run(add_contract, at.world.other, arr_minor=7, end_on=at.book.today)
        await at.save()
        assert "already" in form.row("end_on").problem
        await at.press("ctrl+r")
        assert "end_on" not in [row.field.name for row in form.rows]
        await at.save()
        assert at.closed, form.message


async def test_enter_on_a_starter_line_of_today_asks_and_leads_to_the_plan(
    house: OpenHouse,
) -> None:
    async with house() as home:
        change(home, start_plan, home.ids["Nordic Foods"])
        lines = home.lines()
        at = next(i for i, text in enumerate(lines) if "UPKEEP" in text)
        await put_cursor(home, str(home.document.lines[at].key), "#body")
        await home.press("enter", "down")
        assert "starter" in home.words("#why")
        await home.press("d")
        assert any("Enter asks for them" in said for said in home.said)
        await home.press("enter")
        form = home.screen(FormScreen)
        assert form.spec.name == "starter"
        await home.press("escape")
        assert home.screen(AccountScreen).tab == "plan"
        await home.press("escape")
        home.screen(TodayScreen)


@pytest.mark.parametrize(("tab", "key"), [("overview", "form:starter"), ("plan", "form:starter")])
async def test_the_account_offers_the_form_and_shows_the_plan_that_it_made(
    house: OpenHouse, tab: str, key: str
) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy", tab=tab)
        await put_cursor(home, key)
        await home.press("enter")
        form = home.screen(FormScreen)
        texts = {"objective": "x", "target": "2", "person": "Jo", "role": "champion",
                 "end_on": "2027-01-01", "arr_minor": "5"}  # fmt: skip
        for name, text in texts.items():
            form.row(name).text = text
        await home.press("ctrl+s")
        account = home.screen(AccountScreen)
        assert account.tab == "plan"
        assert "PLAN  starter, active" in shown(home)
        await home.press("u")
        assert one(home, "SELECT COUNT(*) FROM plan WHERE archived_at IS NULL") == 0
