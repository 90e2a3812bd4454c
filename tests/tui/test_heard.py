"""The inbox of signals, and the forms of signals and survey answers, on a real file."""

from __future__ import annotations

from pathlib import Path

from tests.makers import at as moment
from tests.tui.conftest import OpenHouse, look
from tests.tui.form_app import desk
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.signals import SignalsScreen
from tui.screens.today import TodayScreen


async def test_the_inbox_logs_closes_and_opens_the_account(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("S", "f2")
        await home.pilot.press(*"signals inbox")
        await home.press("enter")
        screen = home.screen(SignalsScreen)
        assert home.rows() == []
        await home.press("n")
        await home.pilot.press(*"nordic")
        await home.press("enter")
        form = home.screen(FormScreen)
        assert (form.texts["kind"], form.texts["function"]) == ("mention", "success")
        await home.pilot.press(*"They look at a rival")
        await home.press("ctrl+s")
        assert home.app.screen is screen
        assert [(row[1], row[4]) for row in home.rows()] == [
            ("Nordic Foods", "They look at a rival")
        ]
        await home.press("e")
        await home.pilot.press(*" again")
        await home.press("ctrl+s")
        assert home.rows()[0][4] == "They look at a rival again"
        await home.press("d")
        form = home.screen(FormScreen)
        form.row("outcome").text = "declined"
        await home.press("ctrl+s")
        assert "say why" in form.row("outcome_note").problem
        form.row("outcome_note").text = "an old story"
        await home.press("ctrl+s")
        assert home.rows() == []
        await home.press("u")
        assert len(home.rows()) == 1
        await home.press("enter")
        assert home.screen(AccountScreen).account_id == home.ids["Nordic Foods"]
    book = look(home.path)
    assert [row.outcome for row in book.queries().heard.signals()] == [None]
    book.close()


async def test_mine_shows_the_signals_about_my_accounts(house: OpenHouse) -> None:
    async with house() as home:
        from planner.use_cases.signals import log_signal

        for name in ("Nordic Foods", "Kivi Oy"):
            front = home.screen(TodayScreen)
            front.do(log_signal, home.ids[name], signal=f"of {name}", when=moment(1))
        await home.settle()
        await home.app.go_top("signals")
        await home.settle()
        assert [row[1] for row in home.rows()] == ["Nordic Foods"]
        await home.press("S")
        assert [row[1] for row in home.rows()] == ["Kivi Oy", "Nordic Foods"]


async def test_an_answer_by_a_person_or_by_nobody(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("survey", account_id=at.world.account)
        await at.pilot.press("8")
        await at.save()
        assert "say who answered" in form.row("person_id").problem
        await at.fill(whose="anonymous", person_id="Maria")
        await at.save()
        assert "names nobody" in form.row("person_id").problem
        await at.fill(person_id="", comment="fine")
        await at.save()
        assert at.closed, form.message
        assert at.row("kind, score, highest, person_id, comment", "survey") == (
            "nps", 8, 10, None, "fine",
        )  # fmt: skip
        made = at.one("SELECT id FROM survey ORDER BY id DESC")
        form = await at.open("survey", survey_id=made)
        await at.fill(kind="csat", score="4", trigger="qbr_done")
        await at.save()
        assert at.closed, form.message
        assert at.row("kind, score, highest, trigger", "survey") == ("csat", 4, 5, "qbr_done")


async def test_a_closed_signal_is_opened_again_by_its_form(tmp_path: Path) -> None:
    from planner.use_cases.signals import close_signal, log_signal

    async with desk(tmp_path) as at:
        made = at.book.run(log_signal, at.world.account, signal="x", when=moment(1)).result
        at.book.run(close_signal, made.id, "acted_on", "called")
        form = await at.open("signal_close", signal_id=made.id)
        assert form.texts["outcome"] == "open"
        await at.save()
        assert at.row("outcome, outcome_note, closed_on", "signal") == (None, None, None)
        form = await at.open("signal", signal_id=made.id)
        await at.fill(when="2026-03-08", sentiment="-2", person_id="Maria")
        await at.save()
        assert at.closed, form.message
        assert at.row("heard_on, sentiment, person_id", "signal") == (
            "2026-03-08", -2, at.world.maria,
        )  # fmt: skip
