"""Causes, links of cause, the feedback inbox and improvements, on a real file."""

from __future__ import annotations

from planner.use_cases.accounts import add_account
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.signals import log_signal
from planner.use_cases.surveys import log_survey
from tests.makers import at, day, opened
from tests.tui.conftest import House, OpenHouse, look
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.causes import CauseComplaintsScreen, CauseLinksScreen, CausesScreen
from tui.screens.improvements import FeedbackScreen, ImprovementsScreen, SourcesScreen


def closed(home: House, *causes: str | None) -> list[int]:
    """Closed complaints of Nordic Foods with these causes."""
    book = opened(home.path, actor="Ann")
    made = []
    for number, cause in enumerate(causes):
        row = book.run(
            log_complaint, home.ids["Nordic Foods"], title=f"Invoice sent twice in May {number}",
            when=at(20),
        ).result  # fmt: skip
        fields = {} if cause is None else {"root_cause": cause}
        book.run(
            move_complaint, row.id, "closed", at(10), satisfied=True, **fields, remedy_given="fixed"
        )
        made.append(row.id)
    book.close()
    return made


async def test_the_pareto_opens_the_complaints_and_those_their_account(house: OpenHouse) -> None:
    async with house() as home:
        closed(home, "Billing", "billing", "Delivery", None)
        await home.app.go_top("causes")
        await home.settle()
        assert isinstance(home.app.screen, CausesScreen)
        assert [row[:4] for row in home.rows()] == [
            ("Billing", "2", "67 %", "67 %"), ("Delivery", "1", "33 %", "100 %"),
            ("no cause stated", "2", "--", "--"),
        ]  # fmt: skip
        assert "first 80 %" in home.rows()[0][5]
        await home.press("s")
        assert "details" in home.app.screen.top_parts().screen
        await home.press("s", "home", "enter")
        assert isinstance(home.app.screen, CauseComplaintsScreen)
        assert len(home.rows()) == 2
        await home.press("enter")
        assert home.screen(AccountScreen).tab == "complaints"


async def test_links_are_proposed_decided_and_taken_back_by_keys(house: OpenHouse) -> None:
    async with house() as home:
        one, other = closed(home, "Billing", None)
        home.app.push_screen(CauseLinksScreen(other, "C-9"))
        await home.settle()
        assert "alike" in home.rows()[0][0]
        await home.press("d")
        assert home.rows()[0][0] == "same cause"
        await home.press("d")
        assert "alike" in home.rows()[0][0]
        await home.press("delete")
        assert home.rows()[0][0] == "not the same"
        await home.press("u")
        assert "alike" in home.rows()[0][0]
        await home.press("enter")
        assert home.screen(AccountScreen).account_id == home.ids["Nordic Foods"]
    assert one != other


async def test_feedback_is_closed_and_becomes_an_improvement(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        nordic = home.ids["Nordic Foods"]
        book.run(log_signal, nordic, signal="They hire a buyer", when=at(1))
        answer = book.run(log_survey, nordic, kind="nps", score=3, comment="too slow", when=at(2))
        book.run(log_survey, nordic, kind="nps", score=9, when=at(2))  # without a comment
        book.close()
        await home.app.go_top("feedback")
        await home.settle()
        assert isinstance(home.app.screen, FeedbackScreen)
        kinds = [row[1] for row in home.rows()]
        assert kinds[:2] == ["signal", "survey"]
        await home.press("down", "n")
        form = home.screen(FormScreen)
        await home.pilot.press(*"Answer within a day")
        await home.press("ctrl+s")
        assert home.rows()[1][5] == "Answer within a day"
        await home.press("d")
        form = home.screen(FormScreen)
        form.row("outcome").text = "declined"
        await home.press("ctrl+s")
        assert "say why" in form.row("outcome_note").problem
        form.row("outcome_note").text = "not now"
        await home.press("ctrl+s")
        assert "survey" not in [row[1] for row in home.rows()]
        await home.press("s")
        states = {row[1]: row[4] for row in home.rows()}
        assert states["survey"] == "declined"
        await home.press("f2", "escape", "home", "enter")
        assert home.screen(AccountScreen).account_id == nordic
    stored = look(home.path).queries().record("survey", answer.result.id)
    assert (stored.outcome, stored.outcome_note) == ("declined", "not now")


async def test_an_improvement_is_kept_done_and_shows_its_sources(house: OpenHouse) -> None:
    async with house() as home:
        await home.app.go_top("improvements")
        await home.settle()
        assert isinstance(home.app.screen, ImprovementsScreen)
        await home.press("n")
        form = home.screen(FormScreen)
        await home.pilot.press(*"Check invoices")
        form.row("due_on").text = day(3).isoformat()
        await home.press("ctrl+s")
        assert home.rows()[0][:4] == ("Check invoices", "Ann", day(3).isoformat(), "overdue")
        await home.press("enter")
        assert isinstance(home.app.screen, SourcesScreen)
        assert home.rows() == []
        await home.press("escape", "d")
        form = home.screen(FormScreen)
        form.row("result").text = "No invoice comes twice"
        await home.press("ctrl+s")
        assert home.rows()[0][3] == "done"
        await home.press("d")
        assert home.screen(FormScreen).row("status").text == "open"
        await home.press("ctrl+s")
        assert home.rows()[0][3] == "overdue"
        await home.press("d")
        form = home.screen(FormScreen)
        form.row("status").text = "dropped"
        form.row("result").text = ""
        await home.press("ctrl+s")
        assert "say why" in form.row("result").problem


async def test_a_cause_of_another_account_is_everybodys(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        book.run(add_account, name="Far away")
        book.close()
        (made,) = closed(home, "Billing")
        await home.app.go_top("causes")
        await home.settle()
        await home.press("home", "enter")
        await home.app.screen.run_action("complaint_advocate")
        await home.settle()
        await home.app.screen.run_action("complaint_links")
        await home.settle()
        assert isinstance(home.app.screen, CauseLinksScreen)
    assert look(home.path).queries().record("complaint", made).advocate_on is not None
