"""What the keys of the Account screen open and change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.health.fixes import Fix
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at, opened
from tests.tui.account.visits import LAST_CALL, TAKING_PART, change, one, put_cursor, shown, visit
from tests.tui.conftest import OpenHouse, look
from tui.dialogs.form import FormScreen
from tui.dialogs.reading import NO
from tui.screens.account import AccountScreen
from tui.screens.account_detail import DetailScreen
from tui.widgets.document import Document


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
        for key in ("d", "z", "o"):
            await home.press(key)
            assert [said.split()[0] for said in home.said] == [key]
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
    [("P", "person"), ("C", "contract"), ("T", "team"), ("L", "pulse"), ("E", "account"),
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
