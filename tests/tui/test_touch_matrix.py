"""The tables of touchpoints on a real file: every row opens what is behind it."""

from __future__ import annotations

from planner.use_cases.plan_lines import add_line
from planner.use_cases.plans import start_plan
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at as moment
from tests.makers import opened
from tests.tui.conftest import House, OpenHouse
from tui.screens.account import AccountScreen
from tui.screens.touch_matrix import (
    JourneyScreen,
    SendsScreen,
    TalkTimeScreen,
    TouchesScreen,
    count_text,
)


async def choose(home: House, words: str) -> None:
    """Choose a line of the menu."""
    await home.press("f2")
    await home.pilot.press(*words)
    await home.press("enter")


async def test_the_journey_opens_the_touchpoints_of_a_stage(house: OpenHouse) -> None:
    async with house() as home:
        await choose(home, "journey matrix")
        home.screen(JourneyScreen)
        lines = home.lines()
        assert "call" in lines[0]
        assert lines[1].split()[:4] == ["no", "stage", "4", "1"]
        assert any("the audit" in line for line in lines)
        await home.press("enter")
        home.screen(TouchesScreen)
        assert "Nordic Foods" in home.lines()[0]
        assert "price list" in home.lines()[0]
        await home.press("enter")
        assert home.screen(AccountScreen).account_id == home.ids["Nordic Foods"]


async def test_who_sends_what_marks_gaps_and_opens_what_went_out(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        account = home.ids["Atlas Dental"]
        book.run(start_plan, account)
        book.run(add_line, account, "contact_plan", "sends", "news", function="marketing",
                 channel="email")  # fmt: skip
        book.run(log_touchpoint, account, kind="letter", when=moment(1), note="offer",
                 function="sales")  # fmt: skip
        book.close()
        home.app.push_screen(AccountScreen(account))
        await home.settle()
        await choose(home, "who sends what")
        home.screen(SendsScreen)
        gap, loose = home.lines()[:2]
        assert gap.startswith("! ")
        assert "gap: nothing was sent" in gap
        assert loose.startswith("? ")
        assert "sales · everybody · letter" in loose
        await home.press("down", "enter")
        assert "offer" in home.lines()[0]


async def test_talk_time_says_how_many_talks_have_no_minutes(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        book.run(log_touchpoint, home.ids["Nordic Foods"], kind="meeting", when=moment(1),
                 minutes=75)  # fmt: skip
        book.close()
        await choose(home, "talk time")
        home.screen(TalkTimeScreen)
        lines = home.lines()
        assert " ".join(lines[0].split()) == "tier 1 1 h 15 2 talks, 1 without minutes"
        assert any("1 of 2 talks say no minutes" in line for line in lines)
        await home.press("enter")
        assert home.screen(AccountScreen).account_id == home.ids["Nordic Foods"]


def test_a_count_that_does_not_fit_is_told_in_thousands() -> None:
    assert [count_text(n, 4) for n in (0, 999, 1000, 12_345)] == ["·", "999", "1k", "12k"]
