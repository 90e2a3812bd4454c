"""Growth, value, loyalty and the renewal plan, reached from an account's menu and its plan."""

from __future__ import annotations

import pytest

from planner.use_cases.plans import add_objective, start_plan
from tests.tui.account.visits import change, one, put_cursor, visit
from tests.tui.conftest import OpenHouse
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("measure an objective", "measurement"),
        ("add value delivered", "proof"),
        ("growth: how", "whitespace"),
        ("add an opportunity", "opportunity"),
        ("add a benefit", "benefit"),
        ("log a gesture", "gesture"),
        ("loyal behaviour", "behaviour"),
        ("take the account into", "enrolment"),
        ("add a product", "product"),
        ("add a loyalty programme", "programme"),
        ("plan the renewal", "renewal"),
    ],
)
async def test_each_form_is_found_in_the_menu_by_its_words(
    house: OpenHouse, words: str, form: str
) -> None:
    async with house() as home:
        await visit(home, "Nordic Foods")
        await home.press("f2", *words, "enter")
        assert home.screen(FormScreen).spec.name == form
        await home.press("escape")
        home.screen(AccountScreen)


async def test_the_renewal_is_planned_only_where_there_is_a_contract(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home, "Kivi Oy")
        screen.action_account_renewal()
        await home.settle()
        assert "There is no contract yet" in home.said[-1]


async def test_the_contract_and_the_objective_under_the_cursor_are_meant(
    house: OpenHouse,
) -> None:
    async with house() as home:
        change(home, start_plan, home.ids["Nordic Foods"])
        goal = change(home, add_objective, home.ids["Nordic Foods"], objective="Fewer calls").id
        screen = await visit(home, "Nordic Foods", tab="money")
        contract = one(home, f"SELECT id FROM contract WHERE account_id = {screen.account_id}")
        await put_cursor(home, f"contract:{contract}")
        screen.action_account_renewal()
        await home.settle()
        await home.press(*"125k", "ctrl+s")
        sql = f"SELECT renew_amount_minor FROM contract WHERE id = {contract}"
        assert one(home, sql) == 12_500_000
        screen.set_tab("plan")
        await home.settle()
        await put_cursor(home, f"objective:{goal}")
        screen.action_account_measure()
        await home.settle()
        assert home.screen(FormScreen).texts["objective_id"] == str(goal)


async def test_value_delivered_starts_the_plan_that_it_needs(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home, "Kivi Oy")
        plans = f"SELECT COUNT(*) FROM plan WHERE account_id = {screen.account_id}"
        assert one(home, plans) == 0
        screen.action_account_proof()
        await home.settle()
        await home.press(*"a day a week", "ctrl+s")
        home.screen(AccountScreen)
        assert one(home, plans) == 1
        assert one(home, "SELECT proof FROM proof ORDER BY id DESC") == "a day a week"


async def test_a_line_of_growth_opens_its_form(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home, "Nordic Foods")
        screen.action_account_growth()
        await home.settle()
        await home.press(*"Portal", "enter", *"IT", "ctrl+s")
        home.screen(AccountScreen)
        cell = one(home, "SELECT id FROM whitespace ORDER BY id DESC")
        screen.edit_key("whitespace", str(cell))
        await home.settle()
        assert home.screen(FormScreen).texts["state"] == "gap"
