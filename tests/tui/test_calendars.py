"""The calendars by keys: added, changed, the book's, an account's, archived."""

from __future__ import annotations

from planner.use_cases.accounts import change_account
from tests.makers import opened
from tests.tui.conftest import House, OpenHouse, look
from tui.dialogs.form import FormScreen
from tui.dialogs.opening import open_form
from tui.screens.calendars import CalendarsScreen


async def shown(home: House) -> None:
    await home.app.go_top("calendars")
    await home.settle()
    assert isinstance(home.app.screen, CalendarsScreen)


async def test_a_calendar_from_start_to_end_by_keys(house: OpenHouse) -> None:
    async with house() as home:
        await shown(home)
        assert home.rows() == []
        await home.press("n")
        form = home.screen(FormScreen)
        await home.pilot.press(*"Plant")
        form.row("hours").text = "mon 17:00-09:00"
        form.row("country").text = "de"
        await home.press("ctrl+s")
        assert "runs backwards" in form.row("hours").problem
        form.row("hours").text = "mon-fri 06:00-14:00"
        form.row("free_days").text = "2026-12-24, 2026-12-31"
        await home.press("ctrl+s")
        assert home.rows()[0][:2] == ("Plant", "mon-fri 06:00-14:00")
        assert home.rows()[0][3:] == ("DE", "0", "")
        await home.press("d")
        assert home.rows()[0][5] == "book"
        await home.press("delete", "2")
        assert len(home.rows()) == 1
        await home.press("d")
        assert home.rows()[0][5] == ""
        await home.press("e")
        form = home.screen(FormScreen)
        form.row("country").text = ""
        form.row("free_days").text = ""
        await home.press("ctrl+s")
        assert home.rows()[0][3] == "--"
        await home.press("delete", "2")
        assert home.rows() == []
        await home.press("u")
        assert home.rows()[0][0] == "Plant"


async def test_the_form_of_an_account_gives_it_a_calendar(house: OpenHouse) -> None:
    async with house() as home:
        nordic = home.ids["Nordic Foods"]
        await shown(home)
        await home.press("n")
        await home.pilot.press(*"Plant")
        await home.press("ctrl+s")
        book = look(home.path)
        plant = book.queries().calendars.each()[0].id
        open_form(home.screen(CalendarsScreen), "account", account_id=nordic)
        await home.settle()
        home.screen(FormScreen).row("calendar_id").text = str(plant)
        await home.press("ctrl+s")
        await home.settle()
        assert look(home.path).queries().record("account", nordic).calendar_id == plant
        other = opened(home.path, actor="Ann")
        other.run(change_account, nordic, calendar_id=None)
        other.close()
