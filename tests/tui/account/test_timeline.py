"""The Timeline tab: filter, pins, threads, archiving, on a real file."""

from __future__ import annotations

from db.undo import undo
from planner.use_cases.complaints import log_complaint
from planner.use_cases.touchpoints import log_touchpoint
from planner.views.timeline import EVERYTHING, TimelineFilter
from tests.makers import at, opened
from tests.tui.account.visits import change, one, put_cursor, shown, visit
from tests.tui.conftest import OpenHouse
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.account_detail import DetailScreen

KIVI = "Kivi Oy"


async def test_f_filters_by_kind_and_function_and_esc_takes_it_off(house: OpenHouse) -> None:
    async with house() as home:
        change(home, log_touchpoint, home.ids[KIVI], kind="call", when=at(1), note="the talk")
        change(home, log_complaint, home.ids[KIVI], title="It leaks", when=at(2))
        await visit(home, KIVI, tab="timeline")
        await home.press("f", *"kind:complaint", "enter")
        screen = home.screen(AccountScreen)
        assert screen.wanted == TimelineFilter(kinds=("complaint",))
        said = shown(home)
        assert "filter  complaints" in said
        assert "It leaks" in said
        assert "the talk" not in said
        await home.press("left", "right")
        assert "the talk" not in shown(home), "it is remembered while the account is open"
        await home.press("escape")
        assert home.screen(AccountScreen).wanted == EVERYTHING
        assert "the talk" in shown(home)


async def test_a_filter_that_nothing_fits_says_so_and_a_wrong_one_says_what_is_wrong(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await visit(home, KIVI, tab="timeline")
        await home.press("f", *"to:2001-01-01", "enter")
        assert "Nothing fits the filter" in shown(home)
        await home.press("escape", "f", *"person:[/]nobody", "enter")
        assert "Nobody of this account answers to" in " ".join(home.said)


async def test_k_pins_the_entry_on_top_and_takes_the_pin_off(house: OpenHouse) -> None:
    async with house() as home:
        for number in range(3):
            change(home, log_touchpoint, home.ids[KIVI], kind="call", when=at(number),
                   note=f"talk {number}")  # fmt: skip
        touch = one(home, "SELECT id FROM touchpoint WHERE note = 'talk 2'")
        await visit(home, KIVI, tab="timeline")
        await put_cursor(home, f"touchpoint:{touch}")
        await home.press("K")
        lines = [text for text in shown(home).splitlines() if "talk" in text]
        assert "talk 2" in lines[0]
        assert "* call" in lines[0]
        assert len(lines) == 4
        await put_cursor(home, f"pin:touchpoint:{touch}")
        assert home.screen(AccountScreen).cursor() == ("touchpoint", str(touch))
        await home.press("K")
        assert "* call" not in shown(home)


async def test_a_thread_is_shown_oldest_first_and_answered_from_there(house: OpenHouse) -> None:
    async with house() as home:
        change(home, log_touchpoint, home.ids[KIVI], kind="email", when=at(40), note="a question",
               direction="in")  # fmt: skip
        asked = one(home, "SELECT id FROM touchpoint WHERE note = 'a question'")
        await visit(home, KIVI, tab="timeline")
        await put_cursor(home, f"touchpoint:{asked}")
        await home.press("enter", "n")
        form = home.screen(FormScreen)
        assert form.texts["thread_id"] == str(asked)
        await home.press(*"the answer", "ctrl+s")
        home.screen(DetailScreen)
        assert one(home, "SELECT thread_id FROM touchpoint WHERE note = 'the answer'") == asked
        said = shown(home, "#body")
        assert said.index("THREAD") < said.rindex("a question") < said.index("the answer")
        await home.press("escape")
        said = shown(home)
        assert "1 reply" in said
        assert "reply" in next(text for text in said.splitlines() if "the answer" in text)


async def test_del_archives_a_touchpoint_after_a_question_that_names_it(house: OpenHouse) -> None:
    async with house() as home:
        change(home, log_touchpoint, home.ids[KIVI], kind="call", when=at(1), note="by mistake")
        touch = one(home, "SELECT id FROM touchpoint WHERE note = 'by mistake'")
        await visit(home, KIVI, tab="timeline")
        await put_cursor(home, f"touchpoint:{touch}")
        await home.press("delete")
        home.screen(ChoiceDialog)
        await home.press("escape")
        assert "by mistake" in shown(home)
        await home.press("delete", "2")
        assert "by mistake" not in shown(home)
        book = opened(home.path)
        book.run(undo)
        assert book.queries().timeline.entry("touchpoint", touch) is not None
        book.close()


async def test_the_timeline_of_a_person_is_opened_from_the_people_tab(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, tab="people")
        screen = home.screen(AccountScreen)
        assert screen.view is not None
        person = screen.view.page.people[0]
        await put_cursor(home, f"person:{person.id}")
        screen.action_account_person_timeline()
        await home.settle()
        assert (screen.tab, screen.wanted) == ("timeline", TimelineFilter(person_id=person.id))
        assert f"filter  {person.name}" in shown(home)
