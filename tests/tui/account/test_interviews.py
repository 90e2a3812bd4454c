"""The interviews and the lines of a plan, reached from an account's menu."""

from __future__ import annotations

from tests.tui.account.visits import one, visit
from tests.tui.conftest import OpenHouse
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen


async def test_an_interview_is_found_in_the_menu_by_its_words(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, "Nordic Foods")
        await home.press("f2", *"why they leave", "enter")
        assert home.screen(FormScreen).spec.name == "interview_exit"
        await home.press("escape")
        home.screen(AccountScreen)


async def test_a_line_asks_for_its_section_and_starts_the_plan_that_it_needs(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy")
        plans = "SELECT COUNT(*) FROM plan WHERE account_id = {}".format(home.ids["Kivi Oy"])
        assert one(home, plans) == 0
        await home.press("f2", *"add a line to the plan", "enter")
        home.screen(ChoiceDialog)
        await home.press("5")
        form = home.screen(FormScreen)
        assert form.spec.name == "line_notes"
        assert one(home, plans) == 1
        await home.press(*"they like tea", "ctrl+s")
        home.screen(AccountScreen)
        assert one(home, "SELECT entry FROM entry ORDER BY id DESC") == "they like tea"


async def test_leaving_the_choice_of_a_section_adds_nothing(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy")
        await home.press("f2", *"add a line to the plan", "enter", "escape")
        home.screen(AccountScreen)
        assert one(home, "SELECT COUNT(*) FROM entry") == 0


async def test_a_written_line_opens_from_its_place_in_the_plan(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home, "Nordic Foods")
        screen.form("line_growth")
        await home.settle()
        await home.press(*"returns by hand", "ctrl+s")
        line = one(home, "SELECT id FROM entry ORDER BY id DESC")
        screen.edit_key("entry", str(line))
        await home.settle()
        form = home.screen(FormScreen)
        assert form.spec.name == "line"
        assert form.texts["entry"] == "returns by hand"
