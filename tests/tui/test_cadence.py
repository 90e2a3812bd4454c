"""The screen of cadence: its five lists, and what the keys do on a row."""

from __future__ import annotations

from planner.use_cases.accounts import change_account
from planner.use_cases.contracts import add_contract
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at, day, opened
from tests.tui.conftest import OpenHouse
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.cadence import CadenceScreen
from tui.screens.today import TodayScreen


async def test_the_lists_of_contact_are_one_key_apart(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        nordic, atlas = home.ids["Nordic Foods"], home.ids["Atlas Dental"]
        for account, days, most in ((nordic, 1, 2), (atlas, 5, 50)):
            book.run(change_account, account, cadence_days=days, cadence_max_days=most)
        book.run(log_touchpoint, atlas, kind="meeting", when=at(9), note="fitted the chairs")
        book.close()
        await home.app.go_top("cadence")
        await home.settle()
        assert "past the maximum" in home.top()
        (row,) = home.rows()
        assert row[0] == "Nordic Foods"
        assert row[1] == "! 1d"
        assert row[4:6] == ("call", "1/2")
        assert "last two-way contact" in home.words("#reason")
        await home.press("s")
        assert {one[0]: one[1] for one in home.rows()} == {
            "Atlas Dental": "due", "Nordic Foods": "! 1d",
        }  # fmt: skip
        assert home.rows()[0][3:6] == ("Ann", "meeting", "5/50")
        assert "past the ideal" in home.top()
        for words in ("due in 14 days", "losing touch", "quarterly reviews", "past the maximum"):
            await home.press("s")
            assert words in home.top()


async def test_a_row_is_snoozed_with_a_reason_and_opens_its_last_contact(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        nordic = home.ids["Nordic Foods"]
        book.run(change_account, nordic, cadence_days=1, cadence_max_days=2)
        book.run(change_account, home.ids["Atlas Dental"], cadence_days=900, cadence_max_days=900)
        book.close()
        await home.app.go_top("cadence")
        await home.settle()
        await home.press("r")
        assert any("rang Nordic Foods, no answer" in said for said in home.said)
        await home.press("enter")
        screen = home.screen(AccountScreen)
        assert (screen.account_id, screen.tab) == (nordic, "timeline")
        await home.press("escape", "z")
        assert home.screen(FormScreen).spec.name == "snooze"


async def test_z_without_a_row_asks_nothing(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        book.run(change_account, home.ids["Atlas Dental"], cadence_days=900, cadence_max_days=900)
        book.close()
        await home.app.go_top("cadence")
        await home.settle()
        assert home.rows() == []
        await home.press("z", "y", "enter")
        assert isinstance(home.app.screen, CadenceScreen)


async def test_z_on_a_contact_of_today_asks_until_when_it_rests(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        quiet = home.ids["Çınar Tekstil"]
        book.run(add_contract, quiet, arr_minor=100, start_on=day(90))
        book.run(change_account, quiet, cadence_days=1, cadence_max_days=2)
        book.close()
        today = home.screen(TodayScreen)
        await home.hear(lambda: any("two-way touch" in line for line in home.lines()))
        for _line in range(9):
            if today.current_account() == quiet:
                break
            await home.press("down")
        await home.press("z")
        assert home.screen(FormScreen).spec.name == "snooze"
        await home.pilot.press(*"2026-03-20", "tab", *"stocktaking", "ctrl+s")
        await home.settle()
        (rest,) = opened(home.path, mode="read").connection.rows(
            "SELECT account_id, until_on, reason FROM snooze"
        )
        assert rest == (quiet, "2026-03-20", "stocktaking")
        assert today.current_account() != quiet
