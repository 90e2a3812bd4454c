"""The radar: its rows, what each rests on, and what Enter opens."""

from __future__ import annotations

from planner.use_cases.accounts import change_account
from planner.use_cases.actions import add_action
from planner.use_cases.people import add_person
from tests.makers import day, opened
from tests.tui.conftest import OpenHouse
from tui.dialogs.radar_reasons import RadarReasonsDialog
from tui.screens.account import AccountScreen
from tui.screens.radar import RadarScreen


async def test_a_row_opens_its_reasons_and_a_reason_its_rows(house: OpenHouse) -> None:
    async with house() as home:
        nordic = home.ids["Nordic Foods"]
        book = opened(home.path, actor="Ann")
        person = book.run(add_person, nordic, name="Per Ek",
                          part={"roles": ("sponsor",), "left_on": day(9)}).result[0]  # fmt: skip
        book.run(add_action, nordic, action="quote for the second site", request="quote",
                 asked_by_id=person.id, due_on=day(4))  # fmt: skip
        book.close()
        await home.app.go_top("radar")
        await home.settle()
        assert isinstance(home.app.screen, RadarScreen)
        assert "request late 4 d: quote for the second site" in home.rows()[0][4]
        assert home.words("#losses").endswith("not enough losses to learn from: 0 of 8")
        await home.press("enter")
        assert isinstance(home.app.screen, RadarReasonsDialog)
        assert "sponsor gone: Per Ek" in home.lines()
        await home.press("end", "up", "enter")
        assert isinstance(home.app.screen, AccountScreen)
        assert home.app.screen.tab == "people"


async def test_the_radar_of_a_quiet_book_says_that_nobody_is_on_it(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        book.run(change_account, home.ids["Atlas Dental"], cadence_days=300, cadence_max_days=400)
        book.close()
        await home.app.go_top("radar")
        await home.settle()
        assert home.rows() == []
        await home.press("enter", "y")
        assert isinstance(home.app.screen, RadarScreen)
