"""The Account screen in the app: tabs, letters, neighbours, columns, copying."""

from __future__ import annotations

import pytest

from planner.use_cases.people import add_person
from planner.use_cases.plans import add_plan_action, start_plan
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at, day
from tests.tui.account.visits import change, put_cursor, shown, visit
from tests.tui.conftest import HOSTILE, OpenHouse
from tui.dialogs.form import FormScreen
from tui.screens.account_view import TABS
from tui.widgets.cells import parts
from tui.widgets.key_line import KeyLine
from tui.widgets.tab_bar import Tab, TabBar, place_tabs, tab_spans


async def test_the_top_line_tells_who_the_account_is_and_the_tabs_count_complaints(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await visit(home)
        assert home.top().split()[:5] == ["Nordic", "Foods", "★", "tier", "1"]
        bar = home.app.screen.query_one(TabBar)
        line = "".join(parts(span)[0] for span in bar.spans(80))
        assert "OVERVIEW  plan  timeline  people  complaints 1  health" in line


async def test_every_tab_opens_by_arrow_and_comes_round(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home)
        seen = [screen.tab]
        for _tab in TABS:
            await home.press("right")
            assert shown(home).strip()
            seen.append(screen.tab)
        assert seen == [*TABS, "overview"]
        await home.press("left")
        assert screen.tab == "history"


@pytest.mark.parametrize(("letter", "tab"), zip("optechmy", TABS, strict=True))
async def test_g_and_a_letter_open_a_tab(house: OpenHouse, letter: str, tab: str) -> None:
    async with house() as home:
        screen = await visit(home, tab="money")
        await home.press("g", letter)
        assert screen.tab == tab
        assert home.app.screen is screen, "the letter did nothing else"


async def test_g_shows_the_letters_and_another_key_only_ends_the_waiting(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home)
        await home.press("g")
        line = home.app.screen.query_one("#keys", KeyLine)
        said = "".join(parts(span)[0] for span in line.spans(80))
        assert "o p t e c h m y go to a tab" in said
        bar = home.app.screen.query_one(TabBar)
        assert ("t", "key") in bar.spans(80)
        await home.press("x")
        assert screen.tab == "overview"
        assert "o p t e" not in "".join(parts(span)[0] for span in line.spans(80))
        await home.press("t")
        home.screen(FormScreen)


async def test_neighbours_come_on_the_same_tab_and_end_in_words(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home, tab="money")
        await home.press("full_stop")
        assert screen.account_id == home.ids["Atlas Dental"]
        assert screen.tab == "money"
        assert "90 000 USD" in shown(home)
        await home.press("comma", "comma")
        assert screen.account_id == home.ids["Nordic Foods"]
        assert "the first of the list" in home.said[-1]
        assert home.app.recent[0] == home.ids["Nordic Foods"]


async def test_without_a_list_there_are_no_neighbours_and_it_says_so(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, near=False)
        await home.press("full_stop")
        assert "no neighbours" in home.said[-1]


async def test_escape_and_q_go_back(house: OpenHouse) -> None:
    async with house() as home:
        before = home.app.screen
        for key in ("escape", "q"):
            await visit(home)
            await home.press(key)
            assert home.app.screen is before


async def test_wide_screens_show_the_entry_under_the_cursor_beside_the_list(
    house: OpenHouse,
) -> None:
    async with house(size=(120, 40)) as home:
        for number in (1, 2):
            change(home, log_touchpoint, home.ids["Kivi Oy"], kind="call", when=at(number),
                   note=f"talk {number}\nline two of {number}")  # fmt: skip
        await visit(home, "Kivi Oy", tab="timeline")
        assert "line two of 1" in shown(home, "#right")
        await home.press("down")
        assert "line two of 2" in shown(home, "#right")


async def test_the_layout_follows_the_width_and_never_breaks(house: OpenHouse) -> None:
    async with house(size=(120, 40)) as home:
        screen = await visit(home)
        assert screen.query_one("#right").display
        for size in ((40, 10), (80, 24), (120, 40)):
            await home.pilot.resize_terminal(*size)
            await home.settle()
            for _tab in TABS:
                await home.press("right")
            assert screen.query_one("#right").display == (size[0] >= 110)


async def test_tab_and_shift_tab_go_between_the_columns(house: OpenHouse) -> None:
    async with house(size=(120, 40)) as home:
        screen = await visit(home)
        await home.press("tab")
        assert screen.query_one("#right").has_focus
        await put_cursor(home, "tab:plan", "#right")
        await home.press("enter")
        assert screen.tab == "plan"


async def test_copy_gives_the_summary_or_the_line_under_the_cursor(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home, "Atlas Dental")
        assert screen.text_to_copy().splitlines()[0] == "Atlas Dental"
        await put_cursor(home, f"action:{home.ids['also']}")
        assert screen.text_to_copy().startswith("Atlas Dental: ")
        assert "book training" in screen.text_to_copy()


async def test_a_star_goes_on_and_off(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy")
        await home.press("w")
        assert "★" in home.top()
        await home.press("w")
        assert "★" not in home.top()


async def test_a_name_that_is_markup_is_shown_as_it_is(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, HOSTILE)
        assert "[@click=app.quit]" in home.top()
        assert "\x1b" not in home.top()
        for _tab in TABS:
            await home.press("right")


async def test_a_clicked_tab_opens(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home)
        place = next(
            one for one in place_tabs(screen.query_one(TabBar)._tabs, "overview", 80)
            if one.tab.key == "people"
        )  # fmt: skip
        await home.pilot.click("#tabs", offset=(place.start + 1, 0))
        await home.settle()
        assert screen.tab == "people"


async def test_the_plan_with_actions_is_edited_row_by_row(house: OpenHouse) -> None:
    async with house() as home:
        kivi = home.ids["Kivi Oy"]
        change(home, start_plan, kivi)
        change(home, add_person, kivi, name="Jonas", part={"roles": ("sponsor",)})
        action = change(home, add_plan_action, kivi, action="Send it", owner_id=home.ids["ben"],
                        due_on=day(-3), done_means="sent")  # fmt: skip
        await visit(home, "Kivi Oy", tab="plan")
        await put_cursor(home, f"action:{action.id}")
        await home.press("e")
        assert home.screen(FormScreen).subject["action_id"] == action.id


TABS_SHOWN = tuple(Tab(name, name, 0, name[0]) for name in TABS)


@pytest.mark.parametrize("width", [0, 1, 8, 20, 40, 60, 80, 200])
@pytest.mark.parametrize("current", TABS)
def test_the_open_tab_is_always_shown_and_the_line_never_runs_over(
    current: str, width: int
) -> None:
    placed = place_tabs(TABS_SHOWN, current, width)
    assert current in [one.tab.key for one in placed]
    if width >= 40:
        line = "".join(parts(span)[0] for span in tab_spans(TABS_SHOWN, current, width))
        assert len(line) <= width
        assert line.rstrip().endswith("← →")
        assert current.upper() in line
