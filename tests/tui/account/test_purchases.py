"""Purchases on the Money tab: how often they buy, adding, changing and taking out by keys."""

from __future__ import annotations

from planner.use_cases.purchases import log_purchase
from tests.makers import day, opened
from tests.tui.conftest import OpenHouse
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen


async def test_the_money_tab_says_how_often_they_buy_and_adds_one_by_keys(
    house: OpenHouse,
) -> None:
    async with house() as home:
        nordic = home.ids["Nordic Foods"]
        book = opened(home.path, actor="Ann")
        for back in (75, 105, 135):
            book.run(log_purchase, nordic, purchased_on=day(back), product="Gloves",
                     amount_minor=123_456)  # fmt: skip
        book.close()
        home.app.push_screen(AccountScreen(nordic, (), "money"))
        await home.settle()
        shown = "\n".join(home.lines())
        assert "usually buys every 30 days, now 75: stopped buying?" in shown
        assert "last usage unknown" in shown
        assert "Gloves · 1 234.56 EUR" in shown
        await home.press("$")
        form = home.screen(FormScreen)
        assert form.texts["currency"] == "EUR"
        form.row("product").text = "Hat"
        form.row("amount_minor").text = "20"
        await home.press("ctrl+s")
        shown = "\n".join(home.lines())
        assert "usually buys every 30 days, now 0" in shown
        assert "Hat · 20 EUR" in shown
        await home.press("u")
        assert "Hat · 20 EUR" not in "\n".join(home.lines())


async def test_an_account_without_a_purchase_says_that_all_is_unknown(house: OpenHouse) -> None:
    async with house() as home:
        home.app.push_screen(AccountScreen(home.ids["Kivi Oy"], (), "money"))
        await home.settle()
        shown = "\n".join(home.lines())
        assert "last purchase unknown: none is on record" in shown
        assert "unknown: 0 of 3 days of buying on record" in shown
        await home.press("end", "up", "enter")
        assert isinstance(home.app.screen, FormScreen)


async def test_a_purchase_is_changed_and_taken_out_from_its_line(house: OpenHouse) -> None:
    async with house() as home:
        nordic = home.ids["Nordic Foods"]
        book = opened(home.path, actor="Ann")
        made = book.run(log_purchase, nordic, product="Gloves", amount_minor=500).result
        book.close()
        home.app.push_screen(AccountScreen(nordic, (), "money", seek=f"purchase:{made.id}"))
        await home.settle()
        await home.press("e")
        form = home.screen(FormScreen)
        form.row("kind").text = "return"
        await home.press("ctrl+s")
        assert any("return" in one and "Gloves" in one for one in home.lines())
        home.screen(AccountScreen).focus_key(f"purchase:{made.id}")
        await home.press("n")
        assert home.screen(FormScreen).spec.name == "purchase"
        await home.press("escape")
        home.screen(AccountScreen).focus_key(f"purchase:{made.id}")
        await home.press("e")
        home.screen(FormScreen).row("withdraw").text = "yes"
        await home.press("ctrl+s")
        assert not any("Gloves" in one for one in home.lines())
