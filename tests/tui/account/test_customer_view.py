"""The customer's view from the account: what they see, a file of it, the day they got it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.widgets import Input

from planner.use_cases.accounts import change_account
from planner.use_cases.actions import change_action
from planner.use_cases.plans import add_plan_action, add_risk, start_plan
from tests.makers import day
from tests.tui.account.visits import change, one, shown, visit
from tests.tui.conftest import House, OpenHouse
from tui.dialogs.file_name import FileNameDialog
from tui.dialogs.menu import MenuDialog
from tui.screens.account import AccountScreen
from tui.screens.customer_view import CustomerScreen

SECRET = "they must not read this"
SHARES = "SELECT COUNT(*) FROM share WHERE archived_at IS NULL"


def plan(home: House, **fields: Any) -> None:
    """A plan of Atlas Dental with one shared action and things that are ours alone."""
    account = home.ids["Atlas Dental"]
    change(home, start_plan, account, north_star=SECRET)
    change(home, change_account, account, note=SECRET)
    change(home, add_risk, account, risk=SECRET, likelihood=3)
    owed = {"owner_id": home.ids["ben"], "due_on": day(-5), "done_means": "seen"}
    change(home, add_plan_action, account, action=SECRET, **owed)
    change(home, add_plan_action, account, **{"action": "send [b]the list[/b]", "shared": True,
           **owed, **fields})  # fmt: skip


async def test_v_shows_exactly_what_the_customer_sees(house: OpenHouse) -> None:
    async with house() as home:
        plan(home)
        await visit(home, "Atlas Dental")
        await home.press("v")
        home.screen(CustomerScreen)
        text = shown(home, "#body")
        assert "Atlas Dental: our plan together" in text
        assert "send [b]the list[/b]" in text
        assert "Ben" in text
        assert SECRET not in text + home.top()
        assert "not given to them yet" in home.top()
        await home.press("escape")
        home.screen(AccountScreen)


async def test_the_view_follows_the_width(house: OpenHouse) -> None:
    async with house() as home:
        plan(home, action="walk the whole warehouse team through the new order screen " * 3)
        await visit(home, "Atlas Dental")
        await home.press("v")
        wide = shown(home, "#body").count("\n")
        await home.pilot.resize_terminal(60, 24)
        await home.settle()
        assert shown(home, "#body").count("\n") > wide
        assert max(map(len, shown(home, "#body").split("\n"))) <= 58


async def test_v_without_a_plan_says_what_is_missing(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, "Atlas Dental")
        await home.press("v")
        home.screen(AccountScreen)
        assert "no plan yet" in home.said[-1]
        for action in ("account.customer_file", "account.customer_shared"):
            await run(home, action)
            assert "no plan yet" in home.said[-1]


async def run(home: House, action: str) -> None:
    """Choose an action in the menu."""
    await home.press("f2")
    menu = home.screen(MenuDialog)
    assert menu.document.move_to_key(action)
    await home.press("enter")


async def test_the_menu_writes_the_view_to_a_file_and_never_over_one(
    house: OpenHouse, tmp_path: Path
) -> None:
    async with house() as home:
        plan(home)
        await visit(home, "Atlas Dental")
        file = tmp_path / "for them.html"
        for words in ("Written to", "cannot be written"):
            await run(home, "account.customer_file")
            field = home.screen(FileNameDialog).query_one(Input)
            assert field.value == "~/Atlas-Dental-2026-03-11.html"
            field.value = str(file)
            await home.press("enter")
            assert words in home.said[-1]
        page = file.read_text(encoding="utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert "send [b]the list[/b]" in page
        assert SECRET not in page
        assert one(home, SHARES) == 0
        await run(home, "account.customer_file")
        await home.press("escape")
        home.screen(AccountScreen)


async def test_marking_it_as_given_keeps_the_day_and_is_undone(house: OpenHouse) -> None:
    async with house() as home:
        plan(home)
        await visit(home, "Atlas Dental")
        await home.press("v")
        await run(home, "account.customer_shared")
        assert "u undoes" in home.said[-1]
        assert one(home, SHARES) == 1
        assert "given to them 2026-03-11" in home.top()
        change(home, add_plan_action, home.ids["Atlas Dental"], action="newer", shared=True,
               owner_id=home.ids["ben"], due_on=day(-6), done_means="seen")  # fmt: skip
        await home.press("escape", "v")
        assert "new since: 1" in home.top()
        await home.press("u", "u")  # the newer action, then the mark
        assert one(home, SHARES) == 0
        assert "not given to them yet" in home.top()


async def test_nothing_shared_is_not_marked_as_given(house: OpenHouse) -> None:
    async with house() as home:
        change(home, start_plan, home.ids["Atlas Dental"])
        await visit(home, "Atlas Dental")
        await run(home, "account.customer_shared")
        assert "share a goal or an action first" in home.said[-1]
        assert one(home, SHARES) == 0


async def test_y_copies_the_whole_view(house: OpenHouse) -> None:
    async with house() as home:
        plan(home)
        await visit(home, "Atlas Dental")
        await home.press("v", "y")
        assert "Atlas Dental: our plan together" in home.app.clipboard
        assert SECRET not in home.app.clipboard


async def test_the_plan_says_of_each_shared_row_when_they_got_it_and_what_changed(
    house: OpenHouse,
) -> None:
    async with house() as home:
        plan(home)
        await visit(home, "Atlas Dental", "plan")
        assert "shared, not given to them yet" in shown(home)
        await run(home, "account.customer_shared")
        assert "shared 2026-03-11" in shown(home)
        assert "changed since" not in shown(home)
        action = one(home, "SELECT id FROM action WHERE action LIKE 'send [b]%'")
        change(home, change_action, action, due_on=day(-8))
        await home.press("right", "left")
        assert "shared 2026-03-11, changed since: due" in shown(home)
