"""The Account screen in the app: tabs, letters, neighbours, Enter, and what the keys change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.health.fixes import Fix
from planner.use_cases.people import add_person
from planner.use_cases.plans import add_plan_action, start_plan
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at, day, opened
from tests.tui.conftest import HOSTILE, House, OpenHouse, look
from tui.dialogs.form import FormScreen
from tui.dialogs.reading import NO
from tui.screens.account import AccountScreen
from tui.screens.account_detail import DetailScreen
from tui.screens.account_view import TABS
from tui.widgets.cells import parts
from tui.widgets.document import Document
from tui.widgets.key_line import KeyLine
from tui.widgets.tab_bar import Tab, TabBar, place_tabs, tab_spans

LAST_CALL = "SELECT id FROM touchpoint WHERE note = 'price list'"
TAKING_PART = "SELECT COUNT(*) FROM participant WHERE archived_at IS NULL"


def shown(home: House, name: str = "#left") -> str:
    """The text of one column."""
    document = home.app.screen.query_one(name, Document)
    return "\n".join("".join(parts(span)[0] for span in line.spans) for line in document.lines)


async def visit(
    home: House, name: str = "Nordic Foods", tab: str = "overview", near: bool = True
) -> AccountScreen:
    """Open an account with the others of the house as its neighbours."""
    names = ("Nordic Foods", "Atlas Dental", "Çınar Tekstil", HOSTILE, "Kivi Oy")
    ids = [home.ids[one] for one in names] if near else None
    await home.app.push_screen(AccountScreen(home.ids[name], ids, tab))
    await home.settle()
    return home.screen(AccountScreen)


async def put_cursor(home: House, key: str, name: str = "#left") -> None:
    assert home.app.screen.query_one(name, Document).move_to_key(key), shown(home, name)
    await home.settle()


def one(home: House, sql: str) -> Any:
    book = look(home.path)
    found = book.connection.one(sql)
    book.close()
    return found[0] if found else None


def change(home: House, use_case: Any, *args: Any, **fields: Any) -> Any:
    """Change the book beside the app."""
    book = opened(home.path)
    result = book.run(use_case, *args, **fields).result
    book.close()
    return result


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


async def test_a_change_made_in_a_form_is_seen_at_once_and_undone_with_u(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, tab="people")
        await put_cursor(home, f"person:{one(home, 'SELECT id FROM person')}")
        await home.press("enter")
        form = home.screen(FormScreen)
        await home.press("ctrl+a", "ctrl+k", *"Maria Berg", "ctrl+s")
        assert home.app.screen is not form
        assert "Maria Berg" in shown(home)
        await home.press("u")
        assert "Maria Lind" in shown(home)


async def test_d_ticks_off_an_action_and_the_cursor_stays_usable(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, "Atlas Dental")
        assert "send the price list (promised)" in shown(home)
        await put_cursor(home, f"action:{home.ids['promise']}")
        await home.press("d")
        assert "u undoes" in home.said[-1]
        assert "send the price list" not in shown(home)
        assert one(home, f"SELECT status FROM action WHERE id = {home.ids['promise']}") == "done"


async def test_d_on_anything_else_says_what_it_does(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy")
        await put_cursor(home, "form:risk")
        await home.press("d", "z", "o")
        assert [said.split()[0] for said in home.said[-3:]] == ["d", "z", "o"]
        home.screen(AccountScreen)


@pytest.mark.parametrize(("key", "form"), [("z", "later"), ("o", "hand")])
async def test_later_and_hand_over_open_for_the_action_under_the_cursor(
    house: OpenHouse, key: str, form: str
) -> None:
    async with house() as home:
        await visit(home, "Atlas Dental")
        await put_cursor(home, f"action:{home.ids['promise']}")
        await home.press(key)
        assert home.screen(FormScreen).spec.name == form


async def test_d_marks_a_renewal_step_reached(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, tab="money")
        contract = one(home, "SELECT id FROM contract ORDER BY id")
        await put_cursor(home, f"milestone:{contract}:60")
        await home.press("d")
        assert one(home, "SELECT offset_days FROM milestone") == 60
        assert "T-60   ●" in shown(home)


async def test_n_starts_the_plan_then_refuses_to_activate_it_with_what_is_missing(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy", tab="plan")
        await home.press("N")
        assert "PLAN  starter, draft" in shown(home)
        await home.press("N")
        assert "Missing: a goal; a key person with a role; the contract's end" in home.said[-1]
        assert one(home, "SELECT status FROM plan") == "draft"


async def test_a_key_pressed_before_the_account_was_read_is_not_lost(house: OpenHouse) -> None:
    async with house() as home:
        screen = AccountScreen(home.ids["Kivi Oy"])
        await home.app.push_screen(screen)
        screen.view = None
        screen.action_account_plan()
        screen.reload()
        await home.settle()
        assert one(home, "SELECT size FROM plan") == "starter"


async def test_an_objective_for_an_account_without_a_plan_starts_the_plan_first(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy")
        await home.press("O")
        assert home.screen(FormScreen).spec.name == "objective"
        assert one(home, "SELECT size FROM plan") == "starter"


@pytest.mark.parametrize(
    ("key", "form"),
    [("P", "person"), ("C", "contract"), ("T", "team"), ("v", "pulse"), ("E", "account"),
     ("t", "touchpoint"), ("c", "complaint"), ("a", "action")],
)  # fmt: skip
async def test_letters_open_forms_about_this_account(house: OpenHouse, key: str, form: str) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy")
        await home.press(key)
        found = home.screen(FormScreen)
        assert found.spec.name == form
        assert found.subject["account_id"] == home.ids["Kivi Oy"]


@pytest.mark.parametrize(
    ("tab", "form"),
    [("plan", "plan_action"), ("people", "person"), ("complaints", "complaint"),
     ("money", "contract"), ("timeline", "touchpoint"), ("health", "pulse")],
)  # fmt: skip
async def test_n_makes_what_the_tab_holds(house: OpenHouse, tab: str, form: str) -> None:
    async with house() as home:
        await visit(home, tab=tab)
        await home.press("n")
        assert home.screen(FormScreen).spec.name == form


async def test_enter_on_a_complaint_shows_all_of_it_and_d_takes_the_next_step(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await visit(home, tab="complaints")
        await home.press("enter")
        home.screen(DetailScreen)
        assert "next steps:" in shown(home, "#body")
        await home.press("d")
        assert home.screen(FormScreen).spec.name == "complaint_step"


async def test_enter_on_an_entry_shows_the_whole_note(house: OpenHouse) -> None:
    async with house() as home:
        note = "first\n[/] \x1b]52;c;eA==\x07 second\n\nthird"
        change(home, log_touchpoint, home.ids["Kivi Oy"], kind="call", when=at(1), note=note)
        await visit(home, "Kivi Oy", tab="timeline")
        await home.press("enter")
        home.screen(DetailScreen)
        said = shown(home, "#body")
        assert "\nthird\n" in said
        assert "\x1b" not in said
        await home.press("escape")
        home.screen(AccountScreen)


async def test_an_entry_is_edited_from_its_page_and_keeps_its_people(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, tab="timeline")
        touch = one(home, LAST_CALL)
        await put_cursor(home, f"touchpoint:{touch}")
        await home.press("enter", "e")
        form = home.screen(FormScreen)
        assert form.texts["who"] == "Maria Lind"
        assert form.texts["when"] == "2026-03-08 10:00"
        await home.press(*" and a sheet", "ctrl+s")
        home.screen(DetailScreen)
        assert "and a sheet" in shown(home, "#body")
        assert one(home, f"{TAKING_PART} AND touchpoint_id = {touch}") == 1
        assert one(home, f"SELECT occurred_at FROM touchpoint WHERE id = {touch}").startswith(
            "2026-03-08T10:00"
        )


async def test_a_date_mood_and_people_of_an_entry_change(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, tab="timeline")
        touch = one(home, LAST_CALL)
        await put_cursor(home, f"touchpoint:{touch}")
        await home.press("e")
        form = home.screen(FormScreen)
        assert form.spec.name == "entry"
        for name, text in (("who", ""), ("when", "yesterday"), ("sentiment", "-1"),
                           ("two_way", NO), ("note", "")):  # fmt: skip
            form.row(name).text = text
        await home.press("ctrl+s")
        home.screen(AccountScreen)
        book = look(home.path)
        rows = book.connection.rows(
            "SELECT occurred_on, date_only, sentiment, two_way, note FROM touchpoint"
            f" WHERE id = {touch}"
        )
        book.close()
        assert rows == [("2026-03-10", 1, -1, 0, "")]
        assert one(home, f"{TAKING_PART} AND touchpoint_id = {touch}") == 0


async def test_enter_on_a_change_shows_before_and_after(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, "Atlas Dental", tab="overview")
        await put_cursor(home, f"action:{home.ids['promise']}")
        await home.press("d", "g", "y", "enter")
        home.screen(DetailScreen)
        assert "open → done" in shown(home, "#body")


async def test_rang_without_answer_is_logged_at_once(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy", tab="timeline")
        await home.press("r")
        assert one(home, "SELECT answered FROM touchpoint ORDER BY id DESC") == 0
        assert "call" in shown(home)


async def test_a_fix_opens_the_form_that_does_it(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, tab="health")
        await put_cursor(home, "fix:0")
        await home.press("enter")
        assert home.screen(FormScreen).spec.name == "complaint_step"


async def test_measures_unfold_and_each_opens_the_rows_behind_it(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home, tab="health")
        await put_cursor(home, "fold:measures")
        await home.press("enter")
        assert "lost, all measures" in shown(home)
        for measure, tab in (("S1", "complaints"), ("R1", "timeline")):
            screen.set_tab("health")
            await home.settle()
            screen.open_key(f"measure:{measure}")
            await home.settle()
            assert screen.tab == tab
        key = screen.query_one("#left", Document).cursor_key
        assert str(key).startswith("touchpoint:")


async def test_an_unknown_measure_opens_what_makes_it_known(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home, tab="health")
        screen.open_key("measure:P1")
        await home.settle()
        assert home.screen(FormScreen).spec.name == "pulse"


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


@pytest.mark.parametrize(
    ("fix", "form"),
    [("log_touchpoint", "touchpoint"), ("add_person", "person"), ("pulse", "pulse")],
)
async def test_each_kind_of_fix_opens_its_form(house: OpenHouse, fix: str, form: str) -> None:
    async with house() as home:
        screen = await visit(home)
        assert screen.view is not None
        rows = (screen.view.page.people[0].membership_id,) if fix == "log_touchpoint" else ()
        screen.do_fix(Fix(fix, "do it", rows, 1.0, "R1"))
        await home.settle()
        found = home.screen(FormScreen)
        assert found.spec.name == form
        if rows:
            assert found.texts["who"] == "Maria Lind"


async def test_the_renewal_fix_goes_to_the_money_tab(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home)
        screen.do_fix(Fix("milestone", "do the steps", (), 1.0, "C1"))
        await home.settle()
        assert screen.tab == "money"


async def test_the_cap_of_a_complaint_and_key_people_open_their_rows(house: OpenHouse) -> None:
    async with house() as home:
        screen = await visit(home, tab="health")
        screen.open_key("measure:R2")
        await home.settle()
        assert screen.tab == "people"
        screen.open_key("cap:critical_complaint")
        await home.settle()
        assert screen.tab == "complaints"
        assert screen.cursor() == ("complaint", str(home.ids["complaint"]))
        screen.open_key("measure:V1")
        await home.settle()
        assert screen.tab == "health"
        assert "no rows behind this" in home.said[-1]


async def test_the_end_of_the_timeline_brings_the_older_entries(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path)
        for number in range(60):
            book.run(log_touchpoint, home.ids["Kivi Oy"], kind="call", when=at(number),
                     note=f"talk {number}")  # fmt: skip
        book.close()
        await visit(home, "Kivi Oy", tab="timeline")
        assert "talk 59" not in shown(home)
        await home.press("end")
        assert "talk 59" in shown(home)
        await home.press("t")
        await home.press("escape")
        assert "talk 59" in shown(home), "what was read stays read"


@pytest.mark.parametrize("key", ["N", "O", "P", "d", "w", "r", "n", "e"])
async def test_a_read_only_book_opens_and_says_that_nothing_can_be_saved(
    house: OpenHouse, key: str
) -> None:
    async with house() as home:
        await visit(home, "Atlas Dental", tab="plan")
        assert home.app.facts is not None
        home.app.facts = replace(home.app.facts, read_only=True)
        await home.press(key)
        assert "read-only" in home.said[-1]
        home.screen(AccountScreen)
