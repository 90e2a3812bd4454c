"""The list of requests by keys, and what was said with one person in all of their accounts."""

from __future__ import annotations

from planner.use_cases.people import set_part
from planner.use_cases.requests import add_request
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at, day, opened
from tests.tui.conftest import House, OpenHouse, look
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.person_timeline import PersonTimelineScreen
from tui.screens.requests import RequestsScreen


def asked(home: House) -> None:
    book = opened(home.path, actor="Ann")
    for account, owner, due, what in (
        ("Nordic Foods", "ann", -2, "prices of May"), ("Kivi Oy", "ben", 3, "a quote"),
        ("Atlas Dental", "ann", 4, "the certificate"),
    ):  # fmt: skip
        book.run(add_request, home.ids[account], "document", action=what,
                 owner_id=home.ids[owner], due_on=day(-due), asked_on=day(9))  # fmt: skip
    book.close()


async def test_mine_by_due_day_then_everybodys(house: OpenHouse) -> None:
    async with house() as home:
        await home.app.go_top("requests")
        await home.settle()
        assert isinstance(home.app.screen, RequestsScreen)
        assert "Nobody waits" in str(home.app.screen.empty())
        asked(home)
        await home.press("S", "S")
        assert [row[0] for row in home.rows()] == ["late 2d", "in 4d"]
        assert "prices of May" in home.rows()[0][2]
        assert "mine: 2" in home.top()
        await home.press("S")
        assert [row[1] for row in home.rows()] == ["Nordic Foods", "Kivi Oy", "Atlas Dental"]
        assert "all: 3" in home.top()
        assert "Nordic Foods" in home.words("#reason")
        assert "prices of May" in home.words("#reason")


async def test_answered_put_off_handed_over_and_the_account_opened(house: OpenHouse) -> None:
    async with house() as home:
        asked(home)
        await home.app.go_top("requests")
        await home.settle()
        await home.press("d")
        assert [row[1] for row in home.rows()] == ["Atlas Dental"]
        await home.press("u")
        assert len(home.rows()) == 2
        await home.press("home", "z")
        form = home.screen(FormScreen)
        form.row("to").text = "2026-03-30"
        form.row("reason").text = "they are away"
        await home.press("ctrl+s")
        assert [row[1] for row in home.rows()] == ["Atlas Dental", "Nordic Foods"]
        await home.press("home", "o")
        home.screen(FormScreen).row("owner_id").text = "Ben"
        await home.press("ctrl+s")
        assert [row[1] for row in home.rows()] == ["Nordic Foods"]
        await home.press("n")
        assert home.screen(FormScreen).spec.name == "request"
        await home.press("escape", "enter")
        assert isinstance(home.app.screen, AccountScreen)
        book = look(home.path)
        owners = [one.owner for one in book.queries().requests.owed_by(None, 9)]
        book.close()
        assert sorted(map(str, owners)) == ["Ann", "Ben", "Ben"]


async def test_a_person_is_followed_through_all_of_their_accounts(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        nordic, kivi = home.ids["Nordic Foods"], home.ids["Kivi Oy"]
        maria = book.connection.rows("SELECT id FROM person WHERE name = 'Maria Lind'")[0][0]
        book.run(set_part, kivi, maria)
        book.run(log_touchpoint, kivi, kind="call", when=at(1), person_ids=[maria], note="here too")
        book.close()
        home.app.push_screen(AccountScreen(nordic, (), "people"))
        await home.settle()
        screen = home.screen(AccountScreen)
        home.document.move_to_key(f"person:{maria}")
        await home.settle()
        await screen.run_chosen("account.person_everywhere")
        await home.settle()
        assert isinstance(home.app.screen, PersonTimelineScreen)
        assert [(row[1], row[3]) for row in home.rows()][:2] == [
            ("Kivi Oy", "here too"), ("Nordic Foods", "price list"),
        ]  # fmt: skip
        await home.press("enter")
        assert home.screen(AccountScreen).account_id == kivi
