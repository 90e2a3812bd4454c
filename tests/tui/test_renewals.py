"""The renewals: what a row says, what the lines under it say, and what the keys do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planner.renewals import forecast_of
from planner.use_cases.contracts import add_contract, change_contract
from planner.views.renewals import RenewalForecast, Standing
from tests.makers import TODAY, day, opened
from tests.planner.test_renewals import FROM, OPEN, ROW, TO, group
from tests.tui.conftest import HOSTILE, House, OpenHouse, look
from tui.dialogs.form import FormScreen
from tui.renewal_words import fate_words, percent, steps_words
from tui.screens.account import AccountScreen
from tui.screens.renewal_rows import bottom_lines, end_words, renewal_row
from tui.screens.renewals import RenewalsScreen
from tui.widgets.cells import Cell
from tui.widgets.text_line import TextLine


def plain(cells: tuple[Cell, ...]) -> str:
    return "".join(cell if isinstance(cell, str) else cell[0] for cell in cells)


def under(forecast: RenewalForecast, width: int = 80) -> list[str]:
    return [plain(line) for line in bottom_lines(forecast, width)]


# -- rows ------------------------------------------------------------------------------------------


def test_a_row_shows_days_notice_readiness_and_steps() -> None:
    row = ROW._replace(notice_on="2026-04-02", plan_readiness=66.4, milestones_done=(120,))
    drawn = renewal_row(row, TODAY, 2)
    assert [plain((cell,)) for cell in drawn.cells] == [
        "Nordic", "●G 80", "100", "15 May", "65d", "22d", "unknown", "66 %", "●1 ✗1", "2026-04-02",
        "contract", "you",
    ]  # fmt: skip
    assert ("22d", "warn") in drawn.cells
    assert drawn.flag == ""


def test_an_overdue_row_is_marked_and_foreign_money_is_named() -> None:
    overdue = ROW._replace(
        end_on="2026-03-08", currency="USD", foreign=True, standing=OPEN._replace(overdue=True)
    )
    drawn = renewal_row(overdue, TODAY, None)
    assert drawn.flag == ("!", "late")
    assert ("100 USD", "muted") in drawn.cells
    assert ("-3d", "late") in drawn.cells


def test_the_forecast_column_says_what_is_known_best() -> None:
    def words(standing: Standing) -> str:
        return fate_words(ROW._replace(standing=standing))

    assert words(OPEN) == "unknown"
    assert words(OPEN._replace(forecast="at_risk")) == "at risk"
    assert words(OPEN._replace(forecast="likely", probability=0.7)) == "likely 70 %"
    assert words(OPEN._replace(probability=0.7)) == "70 %"
    assert words(OPEN._replace(by_default=True)) == "by default"
    assert words(OPEN._replace(cancelled=True)) == "cancelled"
    assert words(OPEN._replace(decided=True, forecast="lost")) == "lost"
    assert words(OPEN._replace(decided=True)) == "renewed"


def test_a_red_account_is_to_be_started_earlier() -> None:
    red = ROW._replace(end_on="2026-08-28", standing=OPEN._replace(band="red"))
    assert steps_words(red, TODAY) == "start"
    assert steps_words(red._replace(standing=OPEN), TODAY) == ""


def test_a_far_end_is_told_by_its_year() -> None:
    assert end_words(day(-100), TODAY) == "19 Jun"
    assert end_words(day(-400), TODAY) == "Apr 2027"


def test_a_share_is_rounded_half_up_and_nothing_due_is_none() -> None:
    assert percent(Decimal("0.8528")) == "85.3 %"
    assert percent(Decimal("0.0005")) == "0.1 %"
    assert percent(None) == "n/a"


def test_the_lines_below_say_forecast_against_due_and_what_stands_apart() -> None:
    found = forecast_of(
        [
            group(25_000_000, OPEN._replace(forecast="likely", probability=0.8528)),
            group(1_000_000, month="2026-09", count=3),
            group(5, foreign=True),
            group(7_000, month="2026-01"),
        ],
        FROM,
        TO,
        "EUR",
        2,
    )
    first, method, apart, months, rule = under(found)
    assert first == "5 due in 12 months  260 k, forecast 223 k, 85.7 % EUR"
    assert method == "p as entered, else assumed by health   10 k unknown   +1 foreign"
    assert apart == "1 overdue from before, 70   2 without an end"
    assert months.split("!")[0].split() == ["May", "2", "250", "k", "85.3", "%"]
    assert months.split("!")[1].split() == ["Sep", "3", "10", "k", "95.0", "%"]
    assert rule.startswith("! 3 or more open")
    assert under(found, 200)[0] == f"{first}   {method}   {apart}", "one line where there is room"


def test_nothing_due_is_said_in_a_line() -> None:
    assert under(forecast_of([], FROM, TO, "EUR")) == ["0 due in 12 months"]


# -- the screen ------------------------------------------------------------------------------------


async def renewals(home: House) -> RenewalsScreen:
    await home.press("4")
    return home.screen(RenewalsScreen)


def lines(home: House) -> str:
    shown = (line for line in home.app.screen.query(TextLine) if line.display)
    return "\n".join(plain(line.text) for line in shown)


async def test_the_list_shows_mine_by_their_end_and_the_forecast(house: OpenHouse) -> None:
    async with house() as home:
        await renewals(home)
        assert [row[0] for row in home.rows()] == ["Atlas Dental", "Nordic Foods"]
        assert "90 k USD" in home.rows()[0]
        assert "RENEWALS" in home.top()
        assert "mine: 2" in home.top()
        assert "2 due in 12 months  240 k, forecast" in lines(home)
        assert "+1 foreign" in lines(home)


async def test_enter_opens_the_money_of_the_account_with_its_neighbours(house: OpenHouse) -> None:
    async with house() as home:
        await renewals(home)
        await home.press("enter")
        account = home.screen(AccountScreen)
        assert account.account_id == home.ids["Atlas Dental"]
        assert account.tab == "money"
        await home.press("full_stop")
        assert home.screen(AccountScreen).account_id == home.ids["Nordic Foods"]


async def test_e_changes_the_forecast_and_the_list_says_it(house: OpenHouse) -> None:
    async with house() as home:
        await renewals(home)
        await home.press("down", "e")
        assert home.screen(FormScreen).spec.name == "forecast"
        await home.press("right", "tab", *"85", "ctrl+s")
        home.screen(RenewalsScreen)
        assert home.rows()[1][6] == "certain 85 %"
        assert "forecast 204 k, 85.0 %" in lines(home)
        book = look(home.path)
        ids = book.queries().renewals.ids().contracts
        row = book.queries().renewals.by_ids(ids)[1]
        assert (row.standing.forecast, row.standing.probability) == ("certain", 0.85)
        book.close()


async def test_a_probability_beyond_certainty_is_refused_at_its_field(house: OpenHouse) -> None:
    async with house() as home:
        await renewals(home)
        await home.press("e", "tab", *"120", "ctrl+s")
        form = home.screen(FormScreen)
        assert "outside 0 to 100" in form.row("forecast_probability").problem


async def test_d_marks_the_first_milestone_and_u_takes_it_back(house: OpenHouse) -> None:
    async with house() as home:
        await renewals(home)
        assert home.rows()[1][8] == "✗1"
        await home.press("down", "d")
        assert "reached T-120 of Nordic Foods" in home.said[-1]
        assert home.rows()[1][8] == "●1"
        await home.press("u")
        assert home.rows()[1][8] == "✗1"


async def test_the_filter_and_the_order_work_as_in_accounts(house: OpenHouse) -> None:
    async with house() as home:
        await renewals(home)
        await home.press("f", *"currency:usd")
        assert [row[0] for row in home.rows()] == ["Atlas Dental"]
        assert "1 due in 12 months" in lines(home)
        await home.press("ctrl+u", *"forec", "tab")
        await home.press(*"lost", "enter")
        assert home.table.total == 0
        await home.press("f", "escape")
        assert home.table.total == 2
        await home.press("s", "down", "enter")
        assert [row[0] for row in home.rows()] == ["Atlas Dental", "Nordic Foods"]
        await home.press("s", "enter")
        assert [row[0] for row in home.rows()] == ["Nordic Foods", "Atlas Dental"]


async def test_several_contracts_hostile_names_and_decided_ones(house: OpenHouse) -> None:
    async with house(size=(120, 40)) as home:
        book = opened(home.path)
        account = home.ids[HOSTILE]
        for name in (HOSTILE, "second"):
            last = book.run(add_contract, account, name=name, arr_minor=100, end_on=day(-10))
        decided = book.run(add_contract, account, arr_minor=100, end_on=day(-11)).result
        book.run(change_contract, decided, decided_on=day(0))
        book.close()
        await renewals(home)
        assert [row[0] for row in home.rows()][:2] == [HOSTILE, HOSTILE]
        assert home.table.total == 4
        await home.press("down", "enter")
        opened_account = home.screen(AccountScreen)
        assert opened_account.account_id == account
        assert opened_account.cursor() == ("contract", str(last.result.id))


async def test_a_book_without_contracts_says_what_to_do(house: OpenHouse) -> None:
    async with house(empty=True) as home:
        await renewals(home)
        assert home.table.total == 0
        assert "0 due in 12 months" in lines(home)
        await home.press("enter", "e", "d", "y")
        home.screen(RenewalsScreen)


async def test_help_says_the_question_the_method_and_the_rule(house: OpenHouse) -> None:
    async with house() as home:
        screen = await renewals(home)
        words = screen.answers()
        assert words.startswith("What is due, and will it renew?")
        assert "assumed by health" in words
        assert "3 or more open" in words


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_account_and_forecast_stay_at_any_width(
    house: OpenHouse, size: tuple[int, int]
) -> None:
    async with house(size=size) as home:
        await renewals(home)
        strip = home.table.render_line(2).text
        assert "Nordic" in strip
        assert "unknown" in strip
