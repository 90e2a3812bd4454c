"""The screen Voice on a real file: figures, windows, groups, the rows behind each."""

from __future__ import annotations

from planner.use_cases.survey_sends import send_survey
from planner.use_cases.surveys import log_survey
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at, opened
from tests.tui.conftest import House, OpenHouse
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.today import TodayScreen
from tui.screens.voice import VoiceScreen
from tui.screens.voice_rows import AnswersScreen, CoverageScreen, SurveySendsScreen
from tui.widgets.document import Document


def answered(home: House) -> None:
    """Two NPS answers and one CSAT of the customer, a neutral one of nobody, a survey sent."""
    book = opened(home.path, actor="Ann")
    account = home.ids["Nordic Foods"]
    for ago, score in ((200, 10), (5, 3)):
        book.run(log_survey, account, kind="nps", score=score, when=at(ago), comment="too slow")
    book.run(log_survey, None, kind="csat", score=3, when=at(1))
    book.run(send_survey, account, when=at(9))
    book.close()


async def voice(home: House) -> None:
    """Go to the screen, of everybody's accounts."""
    home.app.mine = False
    await home.app.go_top("voice")
    await home.settle()


def figures(home: House) -> dict[str, str]:
    """The figures by name."""
    return {row[0]: row[1] for row in home.rows()}


async def test_the_figures_stand_with_their_samples_and_unknown_is_said(house: OpenHouse) -> None:
    async with house() as home:
        await home.app.go_top("voice")
        await home.settle()
        home.screen(VoiceScreen)
        assert figures(home)["CES"] == "--"
        answered(home)
        await home.press("S")
        assert (figures(home)["NPS"], figures(home)["meh"]) == ("0", "100 %")
        assert home.rows()[0][2] == "2 answers: promoters 1, passive 0, detractors 1"


async def test_f_goes_through_the_windows_and_s_through_the_groups(house: OpenHouse) -> None:
    async with house() as home:
        answered(home)
        await voice(home)
        await home.press("f", "f")
        assert "last 90 days" in home.screen(VoiceScreen).top_parts().screen
        assert figures(home)["NPS"] == "-100"
        await home.press("f", "f")
        assert figures(home)["NPS"] == "0"
        await home.press("s")
        assert "none: CSAT" in figures(home)
        assert not any("meh" in name for name in figures(home))
        await home.press("s", "s", "s")
        assert any(name.startswith("2026-") for name in figures(home))
        await home.press("s")
        assert figures(home)["meh"] == "100 %"


async def test_enter_opens_the_answers_and_those_their_account(house: OpenHouse) -> None:
    async with house() as home:
        answered(home)
        await voice(home)
        await home.press("home", "enter")
        home.screen(AnswersScreen)
        assert [(row[4], row[5]) for row in home.rows()] == [
            ("3 / 10", "detractor"), ("10 / 10", "promoter"),
        ]  # fmt: skip
        assert "too slow" in home.words("#reason")
        await home.press("e")
        assert home.screen(FormScreen).spec.name == "survey"
        await home.press("escape", "enter")
        assert home.screen(AccountScreen).tab == "timeline"


async def test_an_answer_of_no_account_opens_nothing_and_says_so(house: OpenHouse) -> None:
    async with house() as home:
        answered(home)
        await voice(home)
        await home.press("home", "down", "down", "enter")
        home.screen(AnswersScreen)
        await home.press("enter")
        home.screen(AnswersScreen)
        assert any("belongs to no account" in one for one in home.said)


async def test_what_was_sent_comes_back_and_coverage_names_who_answered(house: OpenHouse) -> None:
    async with house() as home:
        answered(home)
        await voice(home)
        await home.press("end", "up", "enter")
        home.screen(SurveySendsScreen)
        assert home.rows()[0][5] == "yes"
        await home.press("d")
        assert home.rows()[0][5] == "came back"
        await home.press("u")
        assert home.rows()[0][5] == "yes"
        await home.press("escape", "end", "enter")
        home.screen(CoverageScreen)
        assert home.rows()[0][2] == "yes"


async def test_d_on_today_says_that_the_survey_was_sent(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        account = home.ids["Nordic Foods"]
        book.run(log_touchpoint, account, kind="qbr", when=at(0))
        book.close()
        screen = home.screen(TodayScreen)
        screen.reload()
        await home.settle()
        document = screen.query_one("#body", Document)
        document.move_to_key("fold:upkeep")
        await home.press("enter")
        document.move_to_key(f"upkeep:{account}")
        await home.settle()
        assert "send Maria Lind a survey: QBR done" in home.words("#why")
        await home.press("d")
        book = opened(home.path, actor="Ann")
        assert [one.trigger for one in book.queries().survey_figures.sends()] == ["qbr_done"]
        book.close()
