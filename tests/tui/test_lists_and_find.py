"""Complaints, activity and find: what they list and where Enter leads."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from planner.errors import TrustplanError
from planner.views.board import BY_CLOCK
from planner.views.work import ComplaintRow
from tests.fakes import NOON
from tests.makers import opened
from tests.tui.conftest import OpenHouse, start
from tui.dialogs.find import FindDialog
from tui.dialogs.form import FormScreen
from tui.newest_read import NewestRead, Superseded
from tui.screens.account import AccountScreen
from tui.screens.activity import PAGE, ActivityScreen, moment_words
from tui.screens.complaint_rows import board_order, complaint_row
from tui.screens.complaints import ComplaintsScreen
from tui.screens.today import TodayScreen

COMPLAINT = ComplaintRow(
    id=1, number="C-1", account_id=7, account="Nordic", title="wrong parts", severity="low",
    stage="received", waiting=False, owner_id=2, owner="Ben Otieno", person=None,
    opened_at="2026-03-10T10:00:00.000000Z", opened_on="2026-03-10", ack_due=None,
    response_due=None, resolution_due=None, resolved_on=None,
    next_due="2026-03-11T11:29:00.000000Z", clock="breached",
)  # fmt: skip


def test_complaints_stand_by_clock_then_severity_then_moment() -> None:
    rows = [
        COMPLAINT._replace(id=4, clock="on-track", severity="critical"),
        COMPLAINT._replace(id=3, severity="low"),
        COMPLAINT._replace(id=2, severity="critical"),
        COMPLAINT._replace(id=5, clock="none", next_due=None),
    ]
    assert [row.id for row in sorted(rows, key=lambda row: board_order(row, BY_CLOCK))] == [
        2,
        3,
        4,
        5,
    ]


def test_a_late_complaint_says_by_how_much_and_a_paused_one_that_it_waits() -> None:
    late = complaint_row(COMPLAINT, NOON, 1)
    assert late.flag == ("!", "late")
    assert ("late 31m", "late") in late.cells
    assert "Ben" in late.cells
    waits = complaint_row(COMPLAINT._replace(waiting=True, clock="paused"), NOON, 2)
    assert ("paused", "muted") in waits.cells
    assert "you" in waits.cells


async def test_complaints_lists_the_open_ones_and_opens_their_account(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("3")
        home.screen(ComplaintsScreen)
        assert [row[0] for row in home.rows()] == ["C-1"]
        assert "1 past their clock" in home.words("#totals")
        for key, form in (("e", "complaint"), ("d", "complaint_step"), ("o", "hand")):
            await home.press(key)
            assert home.screen(FormScreen).spec.name == form
            await home.press("escape")
        await home.press("enter")
        account = home.screen(AccountScreen)
        assert account.tab == "complaints"
        assert account.cursor()[0] == "complaint"


def test_a_moment_is_a_time_today_and_a_day_before() -> None:
    zone = ZoneInfo("Europe/Helsinki")
    today = date(2026, 3, 11)
    assert moment_words("2026-03-11T10:05:00Z", zone, today) == "12:05"
    assert moment_words("2026-03-09T10:05:00Z", zone, today) == "Mon 9 Mar"
    assert moment_words("2025-03-09T10:05:00Z", zone, today) == "2025-03-09"


async def test_activity_lists_changes_newest_first_and_opens_the_account(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("7")
        home.screen(ActivityScreen)
        assert "starred Nordic Foods" in home.rows()[0][2]
        await home.press("enter")
        assert home.screen(AccountScreen).account_id == home.ids["Nordic Foods"]


async def test_activity_grows_as_the_cursor_nears_its_end(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path)
        from planner.use_cases.accounts import toggle_star

        for _round in range(PAGE + 20):
            book.run(toggle_star, home.ids["Kivi Oy"])
        book.close()
        await home.press("7")
        assert home.table.total == PAGE
        await home.press("end")
        assert (home.table.total or 0) > PAGE
        assert "+" not in home.top().split("changes:")[1][:5]


async def test_find_shows_every_kind_as_typed_and_opens_what_is_chosen(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("slash", *"nordic")
        home.screen(FindDialog)
        assert home.lines()[0].startswith("account   Nordic Foods")
        await home.press("enter")
        assert home.screen(AccountScreen).account_id == home.ids["Nordic Foods"]
        await home.press("slash", *"maria")
        assert home.lines()[0].startswith("person")
        await home.press("enter")
        assert home.screen(AccountScreen).tab == "people"


async def test_find_takes_digits_as_text_and_says_when_nothing_matches(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("slash", *"c-1")
        assert any(one.startswith("complaint") for one in home.lines())
        await home.press("ctrl+u", *"zq77wj")
        assert home.lines() == ["Nothing matches."]
        await home.press("escape")
        home.screen(TodayScreen)


async def test_find_offers_near_names(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("slash", *"nordik fods")
        assert any("Nordic Foods" in one and "near" in one for one in home.lines())


async def test_find_begins_with_the_accounts_opened_last(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("enter", "escape", "slash")
        assert [one.split(None, 1)[1] for one in home.lines()] == ["Nordic Foods"]


async def test_an_older_read_is_given_up_for_a_newer_one(house: OpenHouse) -> None:
    async with house() as home:
        reads = NewestRead(home.app.store)
        import asyncio
        from threading import Event

        begun, go_on = Event(), Event()

        def slow(_queries: object) -> int:
            begun.set()
            go_on.wait(5)
            raise TrustplanError("interrupted")

        first = asyncio.create_task(reads.read(slow))
        await asyncio.to_thread(begun.wait, 5)
        second = asyncio.create_task(reads.read(lambda queries: queries.accounts.count()))
        await asyncio.sleep(0)
        go_on.set()
        with pytest.raises(Superseded):
            await first
        assert await second == 5


async def test_a_missing_book_that_was_named_ends_with_its_sentence(tmp_path: object) -> None:
    from pathlib import Path

    app = start(Path(str(tmp_path)) / "none.db")
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
    assert app.failure is not None
    assert "none.db" in str(app.failure)
