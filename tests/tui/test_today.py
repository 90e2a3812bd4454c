"""Today: what it lists, folds, explains and does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest

from planner.use_cases.plan_sections import offer_section
from planner.use_cases.plans import add_risk, start_plan
from planner.views.today import DUTY_KINDS, Duty, TodayLine, TodayPage
from tests.fakes import NOON
from tests.makers import day, opened
from tests.tui.conftest import HOSTILE, House, OpenHouse, look
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.today import TodayScreen
from tui.screens.today_duties import how_to_end, place_of
from tui.screens.today_lines import Moment, account_cells, today_lines, why_lines
from tui.widgets.cells import width_of

MOMENT = Moment(1, date(2026, 3, 11), NOON)


def duty(kind: str = "action", due: str | None = "2026-03-08", **fields: object) -> Duty:
    values: dict[str, object] = {
        "account_id": 7, "kind": kind, "words": "send the price list", "due_on": due,
        "due_at": None, "owner_id": 1, "owner": "Ann", "row_id": 70,
    }  # fmt: skip
    return Duty(**{**values, **fields})  # type: ignore[arg-type] # built by name


def line(first: Duty, *others: Duty, name: str = "Nordic Foods") -> TodayLine:
    return TodayLine(7, name, "red", 49, False, 3, 0.8, first, others)


def page(*now: TodayLine, later: tuple[TodayLine, ...] = ()) -> TodayPage:
    return TodayPage("2026-03-11", now, later, (), (), 74)


def text(spans: object) -> str:
    assert isinstance(spans, tuple)
    return "".join(span if isinstance(span, str) else span[0] for span in spans)


def test_every_line_of_today_fits_any_width() -> None:
    for width in (18, 38, 60, 78, 118, 200):
        for one in today_lines(page(line(duty(), name="日本電気 " * 9)), ("later",), MOMENT, width):
            if one.key is not None and str(one.key).startswith("now"):
                assert width_of(text(one.spans)) <= width


def test_a_line_names_account_health_reason_days_late_and_who() -> None:
    lines = today_lines(page(line(duty(), duty("contact"))), (), MOMENT, 78)
    shown = text(lines[1].spans)
    for part in ("!", "Nordic Foods", "■R 49", "send the price list", "late 3d", "you", "+1"):
        assert part in shown


def test_a_complaint_counts_in_minutes_and_another_owner_by_first_name() -> None:
    late = duty("complaint", due="2026-03-11", due_at="2026-03-11T11:29:00.000000Z", owner_id=2,
                owner="Ben Otieno")  # fmt: skip
    shown = text(today_lines(page(line(late)), (), MOMENT, 78)[1].spans)
    assert "late 31m" in shown
    assert "Ben " in shown


def test_a_fold_says_its_count_and_shows_its_lines_only_when_open() -> None:
    folded = page(later=(line(duty(due="2026-03-15")),))
    closed, opened = (today_lines(folded, open_now, MOMENT, 78) for open_now in ((), ("later",)))
    assert "LATER  1" in text(next(one for one in closed if one.key == "fold:later").spans)
    assert "0 of 74" in text(next(one for one in closed if one.key == "fold:upkeep").spans)
    assert [one.key for one in opened if str(one.key).startswith("later")] == ["later:7"]
    assert not [one.key for one in closed if str(one.key).startswith("later")]


def test_the_row_under_the_cursor_is_explained_with_its_other_duties() -> None:
    first, second = why_lines(line(duty(), duty("contact", words="two-way touch 16d")), MOMENT)
    assert "owner Ann" in text(first)
    assert "two-way touch 16d" in text(second)


def test_a_plans_line_alone_is_explained_with_what_makes_it_go_away() -> None:
    offer = duty("offer", due=None, words="take over risks?", section="risks")
    assert "accepts or declines" in text(why_lines(line(offer), MOMENT)[1])
    assert text(why_lines(line(offer, duty()), MOMENT)[1]).startswith("Also: send the price list")
    assert why_lines(line(duty()), MOMENT)[1] == ()


async def test_today_opens_first_with_the_late_complaint_on_top(house: OpenHouse) -> None:
    async with house() as home:
        home.screen(TodayScreen)
        lines = home.lines()
        assert "Nordic Foods" in lines[1]
        assert "answer complaint C-1" in lines[1]
        assert "Atlas Dental" in lines[2]
        assert not any("Kivi" in one for one in lines)
        assert "mine" in home.top()


async def test_done_ticks_the_action_and_undo_brings_it_back(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("down", "d")
        assert any("done: send the price list" in said and "u undoes" in said for said in home.said)
        book = look(home.path)
        assert [row.action for row in book.queries().actions(status="done")] == [
            "send the price list"
        ]
        book.close()
        await home.press("u")
        assert any("undid: done: send the price list" in said for said in home.said)
        assert "you promised: send the pri" in home.lines()[2]
        await home.press("U")
        assert any("redid" in said for said in home.said)


async def test_done_on_a_complaint_says_where_it_moves(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("d")
        assert any("own page" in said for said in home.said)


async def test_enter_opens_the_account_and_escape_comes_back(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("enter")
        assert home.screen(AccountScreen).account_id == home.ids["Nordic Foods"]
        await home.press("escape")
        home.screen(TodayScreen)


async def test_enter_on_a_fold_opens_it_and_closes_it_again(house: OpenHouse) -> None:
    async with house() as home:
        assert not any("send the order list" in one for one in home.lines())
        home.document.move_to_key("fold:waiting")
        await home.press("enter")
        assert any("send the order list" in one for one in home.lines())
        await home.press("enter")
        assert not any("send the order list" in one for one in home.lines())


async def test_rang_is_logged_at_once(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("r")
        assert any("rang Nordic Foods, no answer" in said for said in home.said)


async def test_later_and_hand_over_open_their_forms(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("down", "z")
        home.screen(FormScreen)
        await home.press("escape")
        await home.press("o")
        home.screen(FormScreen)


async def test_scope_shows_everybodys_and_says_so(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("S")
        assert any("Kivi" in one for one in home.lines())
        assert "everybody's" in home.top()
        assert any("everybody" in said for said in home.said)


async def test_an_empty_book_says_what_to_do(house: OpenHouse) -> None:
    async with house(empty=True) as home:
        words = "\n".join(home.lines())
        for part in ("no accounts yet", "n  adds", "trustplan import accounts", "trustplan demo"):
            assert part in words
        await home.press("n")
        home.screen(FormScreen)


async def test_a_hostile_name_is_shown_as_text_everywhere(house: OpenHouse) -> None:
    async with house(size=(120, 40)) as home:
        await home.press("2")
        assert any(row[0] == HOSTILE for row in home.rows())
        home.table.move_to([row[0] for row in home.rows()].index(HOSTILE))
        await home.press("w")
        assert any("starred [/]" in said and "\x1b" not in said for said in home.said)
        await home.press("y")
        assert "\x1b" not in home.app.clipboard


async def test_the_screen_holds_at_forty_by_ten(house: OpenHouse) -> None:
    async with house(size=(40, 10)) as home:
        assert "Nordic" in home.lines()[1]
        for key in ("2", "3", "7", "1"):
            await home.press(key)
            assert all(widget.size.width <= 40 for widget in home.app.screen.query("*"))


@asynccontextmanager
async def with_plans(house: OpenHouse) -> AsyncIterator[House]:
    """Ann's Today a section of Kivi Oy offered to her and a risk of Çınar Tekstil to check."""
    async with house() as home:
        book = opened(home.path, actor="Ben")
        for name in ("Kivi Oy", "Çınar Tekstil"):
            book.run(start_plan, home.ids[name])
        book.run(offer_section, home.ids["Kivi Oy"], "risks", home.ids["ann"])
        book.run(add_risk, home.ids["Çınar Tekstil"], risk="They move", owner_id=home.ids["ann"],
                 next_check_on=day(1))  # fmt: skip
        book.close()
        await home.press("S", "S")
        home.document.move_to_key("fold:handoffs")
        await home.press("enter")
        yield home


async def test_a_section_offered_to_me_is_accepted_under_hand_offs(house: OpenHouse) -> None:
    async with with_plans(house) as home:
        key = f"handoffs:{home.ids['Kivi Oy']}"
        assert "HAND-OFFS  1" in "\n".join(home.lines())
        home.document.move_to_key(key)
        await home.settle()
        assert "take over risks? offered today" in home.words("#why")
        await home.press("d")
        assert any("accepts or declines it" in said for said in home.said)
        screen = home.screen(TodayScreen)
        await screen.run_chosen("account.accept_section")
        await home.settle()
        assert any("took over a section at Kivi Oy" in said for said in home.said)
        assert "HAND-OFFS  0" in "\n".join(home.lines())
        await home.press("u")
        assert "HAND-OFFS  1" in "\n".join(home.lines())
        home.document.move_to_key(key)
        await screen.run_chosen("account.decline_section")
        await home.settle()
        assert any("declined a section at Kivi Oy" in said for said in home.said)
        assert "HAND-OFFS  0" in "\n".join(home.lines())


async def test_enter_on_an_offer_opens_the_plan_at_its_section(house: OpenHouse) -> None:
    async with with_plans(house) as home:
        home.document.move_to_key(f"handoffs:{home.ids['Kivi Oy']}")
        await home.press("enter")
        account = home.screen(AccountScreen)
        assert (account.tab, account.section_here()) == ("plan", "risks")


async def test_enter_on_a_risk_to_check_puts_the_cursor_on_it(house: OpenHouse) -> None:
    async with with_plans(house) as home:
        home.document.move_to_key(f"now:{home.ids['Çınar Tekstil']}")
        await home.settle()
        assert "check the risk: They move" in home.words("#why")
        await home.press("enter")
        account = home.screen(AccountScreen)
        assert (account.tab, account.cursor()[0]) == ("plan", "risk")


async def test_what_is_not_under_the_cursor_is_not_answered(house: OpenHouse) -> None:
    async with house() as home:
        screen = home.screen(TodayScreen)
        for action, words in (
            ("account.accept_section", "HAND-OFFS"), ("account.decline_section", "HAND-OFFS"),
            ("account.still_true", "a section under UPKEEP"),
            ("account.sign", "a signature under UPKEEP"),
        ):  # fmt: skip
            await screen.run_chosen(action)
            await home.settle()
            assert words in home.said[-1]


@pytest.mark.parametrize("kind", DUTY_KINDS)
def test_every_kind_of_duty_says_how_its_line_goes_away(kind: str) -> None:
    opens = how_to_end(duty("nothing"))
    assert (how_to_end(duty(kind)) == opens) == (
        kind in ("action", "promise", "request", "waiting")
    )


@pytest.mark.parametrize(
    ("kind", "section", "place"),
    [
        ("action", None, ("overview", None)), ("milestone", None, ("money", "contract:70")),
        ("risk", None, ("plan", "risk:70")), ("measure", None, ("plan", "objective:70")),
        ("opportunity", None, ("plan", "opportunity:70")), ("review", None, ("plan", None)),
        ("offer", "goals", ("plan", "section:goals")),
        ("sign", "sign_off", ("plan", "section:sign_off")),
    ],
)  # fmt: skip
def test_enter_goes_to_where_a_duty_stands(
    kind: str, section: str | None, place: tuple[str, str | None]
) -> None:
    assert place_of(duty(kind, section=section)) == place


def test_what_a_plan_asks_for_is_never_marked_as_late() -> None:
    for kind, style in (("risk", "warn"), ("milestone", "warn"), ("action", "late")):
        assert account_cells(line(duty(kind)), MOMENT)[4] == ("late 3d", style)


@pytest.mark.parametrize(
    ("mine", "upkeep", "said"),
    [
        (False, 0, "Nothing is due. Well done."),
        (True, 0, "Nothing of yours is due. S shows everybody's."),
        (True, 3, "Nothing is due. UPKEEP says what to find out next."),
    ],
)
def test_an_empty_day_says_whose_it_is(mine: bool, upkeep: int, said: str) -> None:
    empty = TodayPage("2026-03-11", (), (), (), (), upkeep)
    moment = replace(MOMENT, mine=mine)
    assert any(said in text(one.spans) for one in today_lines(empty, (), moment, 78))
