"""Drop-off on screen: its lines, its method, and the accounts that a line opens."""

from __future__ import annotations

from planner.use_cases.accounts import change_account
from tests.makers import day, opened
from tests.tui.conftest import OpenHouse
from tui.screens.account import AccountScreen
from tui.screens.dropoff import DropoffScreen, DroppedScreen


async def test_a_line_opens_its_accounts_and_one_of_them_itself(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        book.run(change_account, home.ids["Nordic Foods"], stage="lost", lost_on=day(1))
        book.close()
        await home.app.screen.run_action("go_dropoff")
        await home.settle()
        assert isinstance(home.app.screen, DropoffScreen)
        shown = "\n".join(home.lines())
        assert "LOST BY TENURE" in shown
        assert "not enough: 1 of 8" in shown
        assert "Unit: accounts" in shown
        assert home.document.move_to_key("tenure:90-365")
        await home.press("enter")
        assert isinstance(home.app.screen, DroppedScreen)
        assert "Nordic Foods" in home.lines()[0]
        await home.press("enter")
        assert isinstance(home.app.screen, AccountScreen)


async def test_a_book_without_losses_says_so(house: OpenHouse) -> None:
    async with house() as home:
        await home.app.push_screen(DropoffScreen())
        await home.settle()
        assert home.lines()[0].startswith("0 of ")
        assert "nothing is known yet" in "\n".join(home.lines())
        await home.press("enter", "y")
