"""A complaint on its own page, hand-overs on Today and the board, and incidents, by keys."""

from __future__ import annotations

from typing import Any

from planner.use_cases.complaint_handing import hand_complaint
from planner.use_cases.complaint_notes import add_complaint_note
from tests.makers import opened
from tests.tui.conftest import House, OpenHouse, look
from tui.dialogs.form import FormScreen
from tui.dialogs.question import QuestionDialog
from tui.screens.account import AccountScreen
from tui.screens.account_detail import DetailScreen
from tui.screens.board_owners import BoardOwnersScreen
from tui.screens.complaints import ComplaintsScreen
from tui.screens.incidents import IncidentLogScreen, IncidentScreen, IncidentsScreen
from tui.screens.today import TodayScreen


def by(home: House, name: str, use_case: Any, *args: Any, **fields: Any) -> Any:
    """What a colleague does beside the app."""
    book = opened(home.path, actor=name)
    try:
        return book.run(use_case, *args, **fields).result
    finally:
        book.close()


def complaint(home: House) -> Any:
    book = look(home.path)
    try:
        return book.queries().record("complaint", home.ids["complaint"])
    finally:
        book.close()


async def page(home: House) -> None:
    home.app.push_screen(DetailScreen(home.ids["Nordic Foods"], "complaint", home.ids["complaint"]))
    await home.settle()


async def save(home: House, **texts: str) -> None:
    """Fill the form in front and save it."""
    form = home.screen(FormScreen)
    for name, text in texts.items():
        form.row(name).text = text
    await home.press("ctrl+s")


async def test_notes_are_written_on_its_page_told_ones_apart(house: OpenHouse) -> None:
    async with house() as home:
        await page(home)
        assert any("n writes a note" in line for line in home.lines())
        await home.press("n")
        await save(home, note="they may leave")
        await home.press("n")
        await save(home, note="it comes on Friday", told="yes", person_id="Maria Lind")
        assert isinstance(home.app.screen, DetailScreen)
        shown = "\n".join(home.lines())
        assert "1 told to them, 1 among us" in shown
        assert shown.index("they may leave") < shown.index("TOLD THEM")
        assert "Ann · Maria Lind" in shown
        keys = [str(one.key) for one in home.document.lines if "complaint_note" in str(one.key)]
        key = keys[0]
        home.document.move_to_key(key)
        await home.press("enter")
        await save(home, note="they stay")
        assert "they stay" in "\n".join(home.lines())
        home.document.move_to_key(key)
        await home.press("delete", "escape", "delete", "right", "enter")
        assert "1 told to them, 0 among us" in "\n".join(home.lines())
        await home.press("u")
        assert "1 told to them, 1 among us" in "\n".join(home.lines())


async def test_a_critical_one_is_closed_with_remedy_cause_and_why_and_no_typing_is_lost(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await page(home)
        await home.press("d")
        await save(home, stage="closed", remedy_given="a credit note")
        form = home.screen(FormScreen)
        assert "with its cause" in form.row("root_cause").problem
        assert form.texts["remedy_given"] == "a credit note"
        await save(home, root_cause="Picking", cause_detail="wrong bin",
                   whys="the bin was full\nnobody counts")  # fmt: skip
        now = complaint(home)
        assert (now.stage, now.cause_detail) == ("closed", "wrong bin")
        assert now.whys == ("the bin was full", "nobody counts")
        shown = "\n".join(home.lines())
        assert "nobody counts" in shown
        assert "wrong bin" in shown
        await home.press("d")
        assert set(home.screen(FormScreen).texts) <= {"stage", "when", "reopen_reason"}
        await save(home, reopen_reason="wrong parts again")
        assert complaint(home).reopen_reason == "wrong parts again"
        assert "wrong parts again" in "\n".join(home.lines())


async def test_what_is_offered_to_me_stands_under_hand_offs_and_d_takes_it_over(
    house: OpenHouse,
) -> None:
    async with house(name="Ben") as home:
        by(home, "Ann", hand_complaint, home.ids["complaint"], home.ids["ben"], "knows the site")
        await home.press("S", "S")
        home.document.move_to_key("fold:handoffs")
        await home.press("enter")
        key = f"handoffs:{home.ids['Nordic Foods']}"
        home.document.move_to_key(key)
        await home.settle()
        assert "take over C-1 from Ann? offered today" in home.words("#why")
        await home.press("d")
        assert complaint(home).owner_id == home.ids["ben"]
        assert "HAND-OFFS  0" in "\n".join(home.lines())
        await home.press("u")
        assert complaint(home).owner_id == home.ids["ann"]
        home.document.move_to_key(key)
        await home.screen(TodayScreen).run_chosen("complaint.decline")
        await home.settle()
        await save(home, reason="on leave")
        assert "HAND-OFFS  0" in "\n".join(home.lines())


async def test_an_offer_is_shown_declined_and_withdrawn_from_the_page(house: OpenHouse) -> None:
    async with house() as home:
        await page(home)
        await home.press("o")
        await save(home, owner_id="Ben", note="knows the site")
        assert "offered to Ben by Ann, not accepted yet" in "\n".join(home.lines())
        await home.app.screen.run_action("complaint_decline")
        await home.settle()
        await save(home, reason="no")
        assert "only they answer" in home.screen(FormScreen).message
        await home.press("escape")
        if not isinstance(home.app.screen, DetailScreen):
            await home.press("d")
        await home.app.screen.run_action("complaint_withdraw")
        await home.settle()
        await save(home, reason="their mistake")
        assert complaint(home).excluded == "withdrawn"
        assert "out of clocks and counts" in "\n".join(home.lines())


async def test_the_board_opens_counts_notes_and_the_page_of_a_complaint(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("3")
        screen = home.screen(ComplaintsScreen)
        assert len(home.rows()) == 1
        by(home, "Ann", add_complaint_note, home.ids["complaint"], "seen")
        await screen.run_action("complaint_note")
        await home.settle()
        await save(home, note="again")
        await screen.run_action("board_owners")
        await home.settle()
        assert isinstance(home.app.screen, BoardOwnersScreen)
        assert [row[0].strip() for row in home.rows()] == ["everybody", "success", "Ann"]
        await home.press("down", "enter")
        assert "success: 1" in home.top()
        await home.press("S", "enter")
        assert home.screen(AccountScreen).tab == "complaints"


async def test_an_incident_is_opened_told_and_ended_by_keys(house: OpenHouse) -> None:
    async with house() as home:
        await home.app.go_top("incidents")
        await home.settle()
        assert isinstance(home.app.screen, IncidentsScreen)
        await home.press("n")
        await save(home, title="No orders", segment="tier:1")
        assert [row[0] for row in home.rows()] == ["No orders"]
        await home.press("enter")
        assert isinstance(home.app.screen, IncidentScreen)
        assert {row[0] for row in home.rows()} == {"Nordic Foods", "Atlas Dental"}
        await home.press("A", "d")
        assert "told 2 of 2" in home.top()
        await home.press("u")
        assert "told 0 of 2" in home.top()
        await home.press("l")
        assert isinstance(home.app.screen, IncidentLogScreen)
        await home.press("n")
        await save(home, message="back at noon")
        assert "back at noon" in home.rows()[0]
        await home.press("escape", "escape", "d")
        await save(home, root_cause="a switch")
        assert "runs" not in home.rows()[0]
        await home.press("d")
        assert "It has ended." in home.said


async def test_a_complaint_of_a_touched_account_is_asked_about_the_incident(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await home.app.go_top("incidents")
        await home.press("n")
        await save(home, title="No orders", segment="tier:1")
        await home.press("1")
        home.screen(TodayScreen).open_account(home.ids["Nordic Foods"])
        await home.settle()
        await home.press("c")
        await save(home, title="nothing came")
        assert isinstance(home.app.screen, QuestionDialog)
        await home.press("right", "enter")
        book = look(home.path)
        made = book.connection.one("SELECT incident_id FROM complaint ORDER BY id DESC LIMIT 1")
        book.close()
        assert made is not None
        assert made[0] is not None
