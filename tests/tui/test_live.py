"""What others save shows on the screen that is open, quietly; what I save here is no news."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db.book import Book
from planner.errors import Offline
from planner.use_cases.accounts import change_account, change_accounts
from planner.use_cases.complaints import log_complaint
from planner.use_cases.touchpoints import log_touchpoint
from planner.views.live import ChangeNote
from tests.fakes import NOON
from tests.makers import at, opened
from tests.tui.conftest import House, OpenHouse, StandingClock
from tui.dialogs.form import FormScreen
from tui.live import Live
from tui.news import LINE_SECONDS, MARK_SECONDS, News, words_of
from tui.screens.account import AccountScreen
from tui.screens.frame import FrameScreen

ZONE = ZoneInfo("Europe/Helsinki")


@contextmanager
def somebody(path: Path, name: str = "Ben") -> Iterator[Book]:
    """Another program on the same book."""
    book = opened(path, actor=name)
    yield book
    book.close()


def flags(home: House) -> dict[str, str]:
    """The sign before each row of the list, by the account's name."""
    found = {}
    for index in range(home.table.total or 0):
        row = home.table.row_at(index)
        if row is not None:
            name, flag = row.cells[0], row.flag
            found[name if isinstance(name, str) else name[0]] = (
                flag if isinstance(flag, str) else flag[0]
            )
    return found


async def test_a_row_that_another_changed_moves_and_carries_a_sign(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("2", "down", "down")
        before = home.table.cursor_key
        with somebody(home.path) as ben:
            ben.run(change_account, home.ids["Atlas Dental"], name="Atlas Clinic")
        await home.hear(lambda: "Atlas Clinic" in flags(home))
        assert flags(home)["Atlas Clinic"] == "~"
        assert [name for name, flag in flags(home).items() if flag == "~"] == ["Atlas Clinic"]
        assert home.news().startswith("Ben: changed")
        assert home.news().endswith("12:00")
        assert home.table.cursor_key == before
        assert home.said == []


async def test_what_i_save_here_is_no_news(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("2", "w")
        with somebody(home.path) as ben:
            ben.run(change_account, home.ids["Atlas Dental"], tier=3)
        await home.hear(lambda: bool(home.news()))
        assert home.news() == "Ben: changed account Atlas Dental, 12:00"
        assert [name for name, flag in flags(home).items() if flag == "~"] == ["Atlas Dental"]


async def test_what_i_save_in_another_terminal_is_news(house: OpenHouse) -> None:
    async with house() as home:
        with somebody(home.path, "Ann") as me:
            me.run(change_account, home.ids["Atlas Dental"], tier=3)
        await home.hear(lambda: bool(home.news()))
        assert home.news().startswith("Ann: ")
        atlas = next(line for line in home.lines() if "Atlas Dental" in line)
        assert atlas.startswith("~")


async def test_the_open_account_shows_what_another_logged(house: OpenHouse) -> None:
    async with house() as home:
        account = home.ids["Nordic Foods"]
        home.screen(FrameScreen).open_account(account)
        await home.settle()
        await home.press("g", "t")
        with somebody(home.path) as ben:
            ben.run(log_touchpoint, account, kind="call", when=at(0, 9), note="asked for terms")
        await home.hear(lambda: any("asked for terms" in line for line in home.lines()))
        home.screen(AccountScreen)
        assert home.news().startswith("Ben: ")
        await home.press("escape", "2")
        assert flags(home)["Nordic Foods"] == "★"  # it was seen where it stood


async def test_a_sign_goes_when_its_account_is_opened(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("2")
        with somebody(home.path) as ben:
            ben.run(log_complaint, home.ids["Atlas Dental"], title="late", when=at(0, 9))
        await home.hear(lambda: flags(home).get("Atlas Dental") == "~")
        home.screen(FrameScreen).open_account(home.ids["Atlas Dental"])
        await home.settle()
        await home.press("escape")
        home.app.changed()
        await home.settle()
        assert flags(home)["Atlas Dental"] != "~"


async def test_a_burst_is_one_reading(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house() as home:
        read: list[int] = []
        screen = home.screen(FrameScreen)
        real = screen.reload

        def counted() -> None:
            read.append(1)
            real()

        monkeypatch.setattr(screen, "reload", counted)
        ids = [home.ids["Atlas Dental"], home.ids["Kivi Oy"]]
        with somebody(home.path) as ben:
            last = [ben.run(change_accounts, ids, tier=1 + n % 3).change_id for n in range(60)][-1]
        await home.hear(lambda: last is not None and bool(read))
        await home.hear(lambda: "and" in home.news() or len(read) > 1)
        assert len(read) <= 8


async def test_typing_in_a_form_is_left_alone_and_the_form_says_who_changed_it(
    house: OpenHouse,
) -> None:
    async with house() as home:
        account = home.ids["Nordic Foods"]
        home.screen(FrameScreen).open_account(account)
        await home.settle()
        await home.press("E", "end", "x")
        form = home.screen(FormScreen)
        with somebody(home.path) as ben:
            ben.run(change_account, account, sector="ships")
        await home.hear(lambda: "Ben changed this at 12:00" in form.message)
        assert home.screen(FormScreen) is form
        assert form.fields.texts["name"].endswith("x")


async def test_the_state_is_local_for_a_file(house: OpenHouse) -> None:
    async with house() as home:
        assert "LOCAL" in home.top()
        assert home.app.state == "local"


class Mute:
    """An app that only keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def post_message(self, message: object) -> bool:
        self.told.append(message)
        return True


class Away:
    """A start whose book is away for a while, then gone for good with the test."""

    def __init__(self, live: list[Live], times: int) -> None:
        self._live = live
        self._times = times

    def open(self, *, for_writing: bool) -> Book:
        assert not for_writing
        self._times -= 1
        if self._times <= 0:
            self._live[0].stop()
        raise Offline("The line is cut.")


def test_a_book_that_is_away_is_tried_again_and_said_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tui import live as module

    monkeypatch.setattr(module, "FIRST_PAUSE", 0.001)
    app = Mute()
    made: list[Live] = []
    live = Live(app, Away(made, 3))  # type: ignore[arg-type]  # stand-ins with what it asks of them
    made.append(live)
    live._run()
    assert [(one.up, one.why) for one in app.told] == [(False, "The line is cut.")]


async def test_a_new_day_is_noticed(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house() as home:
        monkeypatch.setattr(StandingClock, "now", lambda _self: NOON + timedelta(days=1))
        home.app._tick()
        await home.settle()
        assert home.app.facts is not None
        assert home.app.facts.today == (NOON + timedelta(days=1)).date()
        with somebody(home.path) as ben:
            days = ben.connection.rows("SELECT DISTINCT as_of FROM account_rollup")
        assert days == [((NOON + timedelta(days=1)).date().isoformat(),)]


def note(number: int, actor: str = "Ben", accounts: tuple[int, ...] = (1,)) -> ChangeNote:
    moment = datetime(2026, 3, 11, 12, 2, tzinfo=UTC).isoformat()
    return ChangeNote(number, actor, moment, f"did {number}", frozenset(accounts))


def test_news_says_the_newest_and_how_many_more_in_local_time() -> None:
    assert words_of([note(1)], ZONE) == "Ben: did 1, 14:02"
    assert words_of([note(1), note(2), note(3)], ZONE) == "Ben: did 3, 14:02 and 2 more"
    assert words_of([note(1, "[/]\x1b")], ZONE) == "[/]␛: did 1, 14:02"


def test_news_forgets_what_is_old_and_leaves_out_my_own() -> None:
    news = News()
    assert not news.take([note(1), note(2)], {1, 2}, 0.0, ZONE)
    assert news.take([note(1), note(3, accounts=(5, 6))], {1}, 0.0, ZONE)
    assert set(news.marked) == {5, 6}
    assert news.line(LINE_SECONDS - 1) == "Ben: did 3, 14:02"
    assert news.line(LINE_SECONDS) == ""
    news.seen(5)
    assert not news.fade(MARK_SECONDS - 1, MARK_SECONDS)
    assert news.fade(MARK_SECONDS, MARK_SECONDS)
    assert not news.marked
