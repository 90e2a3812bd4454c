"""The list of accounts: rows, filter, sort, marks, changing several at once, archiving."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.views.accounts import AccountRow
from planner.views.totals import AccountTotals, BandTotal
from tests.tui.conftest import House, OpenHouse, look
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.account_beside_list import AccountBesideList
from tui.screens.account_filter_line import FilterField
from tui.screens.account_rows import account_row, totals_spans
from tui.screens.accounts import AccountsScreen
from tui.screens.bulk_edit import PreviewDialog

TODAY = date(2026, 11, 23)
ROW = AccountRow(
    id=7, name="Nordic Foods", external_id=None, tier=1, stage="live", owner="Ann",
    arr_minor=24_000_000, arr_foreign=0, currency="EUR", renewal_on="2027-03-01",
    last_two_way_on="2026-11-04", cadence_days=14, open_complaints=1, worst_severity=4,
    next_action="savings sheet", next_action_on="2026-11-20", plan_readiness=None,
    starter_known=4, shown=49, band="red", uncertain=False, coverage=0.81, trend=-14,
    as_of="2026-11-23", starred=True,
)  # fmt: skip


def texts(row: AccountRow) -> list[str]:
    cells = account_row(row, TODAY).cells
    return [cell if isinstance(cell, str) else cell[0] for cell in cells]


def test_a_row_says_health_money_days_and_what_is_next() -> None:
    assert texts(ROW) == [
        "Nordic Foods", "1", "■R 49", "-14", "240 k", "98d", "19d!", "1C", "3d late: savings sheet"
    ]  # fmt: skip
    assert account_row(ROW, TODAY).flag == ("★", "warn")


def test_a_row_of_which_little_is_known_shows_starter_facts_and_no_number() -> None:
    row = ROW._replace(coverage=0.39, band="grey", starter_known=2, next_action=None, trend=None)
    assert texts(row)[2] == "?  --"
    assert texts(row)[3] == "·"
    assert texts(row)[-1] == "starter 2 of 4"


def test_a_row_without_facts_says_so_and_a_touch_in_time_has_no_mark() -> None:
    row = ROW._replace(
        arr_minor=None, renewal_on=None, last_two_way_on=None, open_complaints=0, next_action=None
    )
    assert texts(row)[4:] == ["--", "--", "--", "-", "--"]
    assert texts(ROW._replace(last_two_way_on="2026-11-20"))[6] == "3d "


def test_totals_keep_unknown_and_foreign_money_apart() -> None:
    bands = (BandTotal("red", 1, 24_000_000), BandTotal("grey", 1, 6_000_000))
    totals = AccountTotals(2, 30_000_000, "EUR", bands, 3, 0)
    shown = "".join(s if isinstance(s, str) else s[0] for s in totals_spans(totals, 2, 1))
    assert shown == "2 accounts, 1 marked   300 k EUR   ■ 240 k   ? 60 k unknown   +3 foreign"


def test_a_score_of_another_day_says_how_old_it_is() -> None:
    assert texts(ROW)[3] != "@3d"
    assert texts(ROW._replace(as_of=(TODAY - timedelta(days=3)).isoformat()))[3] == "@3d"
    assert texts(ROW._replace(as_of=(TODAY - timedelta(days=400)).isoformat()))[3] == "@99d"
    totals = AccountTotals(2, 0, "EUR", (BandTotal("red", 2, 0),), 0, 0, stale=2)
    shown = "".join(s if isinstance(s, str) else s[0] for s in totals_spans(totals, 2, 0))
    assert shown.endswith("@ 2 scores of another day")


async def accounts(home: House) -> AccountsScreen:
    await home.press("2")
    return home.screen(AccountsScreen)


async def test_the_list_shows_mine_and_what_they_add_up_to(house: OpenHouse) -> None:
    async with house() as home:
        await accounts(home)
        assert {row[0] for row in home.rows()} >= {"Nordic Foods", "Atlas Dental", "Çınar Tekstil"}
        assert "Kivi Oy" not in {row[0] for row in home.rows()}
        assert "mine: 4" in home.top()
        assert "sort: health" in home.top()
        assert home.words("#totals").startswith("4 accounts   240 k EUR")
        assert "+1 foreign" in home.words("#totals")


async def test_the_filter_works_as_it_is_typed_and_escape_takes_it_off(house: OpenHouse) -> None:
    async with house() as home:
        await accounts(home)
        await home.press("f", *"nordic")
        assert [row[0] for row in home.rows()] == ["Nordic Foods"]
        await home.press("enter")
        assert home.words("#filtered") == "filter  nordic"
        await home.press("down", "f", "escape")
        assert home.table.total == 4
        assert not home.app.screen.query(FilterField)


async def test_the_filter_says_errors_in_words_and_keeps_the_last_good_list(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await accounts(home)
        await home.press("f", *"tier:9")
        assert "9" in home.words("#filter_words")
        assert "one of" in home.words("#filter_words")


async def test_tab_completes_the_filter(house: OpenHouse) -> None:
    async with house() as home:
        await accounts(home)
        await home.press("f", *"own", "tab")
        field = home.app.screen.query_one(FilterField)
        assert field.value == "owner:"
        await home.press("B", "tab")
        assert field.value == "owner:Ben"
        assert [row[0] for row in home.rows()] == ["Kivi Oy"]


async def test_sorting_by_name_and_the_same_again_turns_it_round(house: OpenHouse) -> None:
    async with house() as home:
        await accounts(home)
        await home.press("s")
        home.screen(ChoiceDialog)
        await home.press("1")
        up = [row[0] for row in home.rows()]
        assert "sort: name" in home.top()
        await home.press("s", "enter")
        assert [row[0] for row in home.rows()] == up[::-1]


async def test_marked_accounts_change_together_after_old_and_new_are_shown(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await accounts(home)
        await home.press("A")
        assert "4 marked" in home.words("#totals")
        await home.press("e", "2", "3")
        home.screen(PreviewDialog)
        assert any("Nordic Foods" in one and "1" in one and "→ 3" in one for one in home.lines())
        await home.press("enter")
        assert any("changed 3 accounts" in said for said in home.said)
        assert {row[1] for row in home.rows()} == {"3"}
        await home.press("u")
        assert {row[1] for row in home.rows()} == {"1", "2", "3"}


async def test_leaving_the_preview_changes_nothing(house: OpenHouse) -> None:
    async with house() as home:
        await accounts(home)
        before = home.rows()
        await home.press("A", "e", "2", "3", "escape")
        assert home.rows() == before


async def test_a_tag_is_added_to_the_marked_ones(house: OpenHouse) -> None:
    async with house() as home:
        await accounts(home)
        await home.press("space", "e", "4", *"key", "enter", "enter")
        assert any("tagged 1 accounts key" in said for said in home.said)


async def test_star_new_edit_and_rang_act_on_the_row(house: OpenHouse) -> None:
    async with house() as home:
        await accounts(home)
        home.table.move_to([row[0] for row in home.rows()].index("Atlas Dental"))
        await home.press("w")
        assert any("starred Atlas Dental" in said for said in home.said)
        await home.press("r")
        assert any("rang Atlas Dental" in said for said in home.said)
        for key in ("n", "e"):
            await home.press(key)
            home.screen(FormScreen)
            await home.press("escape")


async def test_archiving_asks_by_name_and_keeps_unless_chosen(house: OpenHouse) -> None:
    async with house() as home:
        await accounts(home)
        home.table.move_to([row[0] for row in home.rows()].index("Atlas Dental"))
        await home.press("delete")
        assert any("archive Atlas Dental" in one for one in home.lines())
        await home.press("enter")
        assert home.table.total == 4
        await home.press("delete", "2")
        assert home.table.total == 3
        book = look(home.path)
        assert book.queries().accounts.count() == 4
        book.close()
        await home.press("u")
        assert home.table.total == 4


async def test_enter_opens_the_account_with_the_list_as_its_neighbours(house: OpenHouse) -> None:
    async with house() as home:
        screen = await accounts(home)
        await home.press("enter")
        opened = home.screen(AccountScreen)
        assert list(opened.neighbours) == list(screen._ids)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 40)])
async def test_name_and_health_stay_at_any_width(house: OpenHouse, size: tuple[int, int]) -> None:
    async with house(size=size) as home:
        await accounts(home)
        assert home.table.size.width <= size[0]
        assert home.rows()


async def test_a_wide_terminal_shows_the_account_beside_the_list(house: OpenHouse) -> None:
    async with house(size=(160, 40)) as home:
        await accounts(home)
        beside = home.app.screen.query_one(AccountBesideList)
        name = home.rows()[home.table.cursor_index][0]
        assert beside.display
        assert beside.lines[0].spans[0] == (name, "title")
        await home.press("down")
        assert beside.lines[0].spans[0] == (home.rows()[1][0], "title")
    async with house(size=(100, 40)) as home:
        await accounts(home)
        assert not home.app.screen.query_one(AccountBesideList).display
