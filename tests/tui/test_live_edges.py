"""Live where it is easily wrong: at the start, in a steady stream of saves, at forms, at errors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from db.book import Book
from planner.errors import Offline, Refused
from planner.use_cases.accounts import change_account
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.touchpoints import log_touchpoint
from planner.views.live import ChangeNote
from tests.makers import at, day, opened
from tests.tui.conftest import House, OpenHouse
from tui import composition
from tui import live as live_module
from tui.app import TrustplanApp
from tui.dialogs.form import FormScreen
from tui.dialogs.opening import open_form
from tui.live import Heard, LineMoved, Live
from tui.news import MARK_SECONDS, MOST_MARKS, News
from tui.screens.today import TodayScreen

ZONE = ZoneInfo("Europe/Helsinki")


@contextmanager
def somebody(path: Path, name: str = "Ben") -> Iterator[Book]:
    """Another program on the same book."""
    book = opened(path, actor=name)
    yield book
    book.close()


def names(home: House) -> list[str]:
    """The accounts of the list that are here, in its order."""
    return [row[0] for row in home.rows()]


async def until(home: House, happened: Callable[[], bool]) -> None:
    """Wait for something while a reading of the screen may still be under way."""
    for _try in range(400):
        if happened():
            return
        await home.pilot.pause(0.02)
    raise AssertionError("it did not happen")


# Readings


async def test_what_was_saved_before_the_listening_began_is_shown_too(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = TrustplanApp._listen
    monkeypatch.setattr(TrustplanApp, "_listen", lambda _self: None)
    async with house() as home:
        await home.press("2")
        with somebody(home.path) as ben:
            ben.run(change_account, home.ids["Atlas Dental"], name="Atlas Clinic")
        assert "Atlas Clinic" not in names(home)
        real(home.app)
        await home.hear(lambda: "Atlas Clinic" in names(home))
        assert home.news().startswith("Ben: ")


async def test_a_slow_reading_is_not_given_up_for_what_others_save_meanwhile(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house() as home:
        screen = home.screen(TodayScreen)
        gate, begun, ended = asyncio.Event(), [0], [0]

        async def slow() -> None:
            begun[0] += 1
            await gate.wait()
            ended[0] += 1

        monkeypatch.setattr(screen, "load", slow)
        looked = [0]
        real = home.app._take_news

        def look() -> None:
            looked[0] += 1
            real()

        def happened(times: int) -> bool:
            return looked[0] >= times

        monkeypatch.setattr(home.app, "_take_news", look)
        for number in range(900, 903):
            home.app.post_message(Heard([note(number)]))
            await until(home, partial(happened, looked[0] + 1))
        assert begun == [1]
        gate.set()
        await until(home, lambda: home.news().startswith("Ben: did 902"))
        await until(home, lambda: begun == [2] and ended == [2])


async def test_news_that_comes_when_the_app_has_ended_harms_nothing(house: OpenHouse) -> None:
    async with house() as home:
        app = home.app
        app._heard.append(note(900))
    assert not app.screen_stack
    app._take_news()
    assert 1 in app.news.marked


# Signs


def note(number: int, accounts: tuple[int, ...] = (1,), rows: tuple[int, ...] = ()) -> ChangeNote:
    moment = datetime(2026, 3, 11, 12, 2, tzinfo=UTC).isoformat()
    return ChangeNote(number, "Ben", moment, f"did {number}", frozenset(accounts), frozenset(rows))


def test_signs_stay_while_nobody_presses_a_key() -> None:
    news = News()
    news.take([note(1)], set(), 100.0, ZONE)
    assert not news.fade(100.0 + 9 * MARK_SECONDS, key_at=99.0)
    assert not news.fade(100.0 + MARK_SECONDS - 1, key_at=101.0)
    assert set(news.marked) == {1}
    assert news.fade(100.0 + MARK_SECONDS, key_at=101.0)
    assert not news.marked


def test_signs_are_bounded_and_the_newest_stay() -> None:
    news = News()
    news.take([note(1, accounts=tuple(range(MOST_MARKS)))], set(), 0.0, ZONE)
    news.take([note(2, accounts=(MOST_MARKS + 5,))], set(), 1.0, ZONE)
    assert len(news.marked) == MOST_MARKS
    assert MOST_MARKS + 5 in news.marked


# Forms


async def test_a_form_says_nothing_of_changes_of_other_records(house: OpenHouse) -> None:
    async with house() as home:
        account = home.ids["Nordic Foods"]
        open_form(home.screen(TodayScreen), "account", account_id=account)
        await home.settle()
        form = home.screen(FormScreen)
        with somebody(home.path) as ben:
            ben.run(log_touchpoint, account, kind="call", when=at(0, 9), note="asked")
        await home.hear(lambda: account in home.app.news.marked)
        assert form.message == ""


async def test_a_form_of_a_contract_says_who_changed_it_under_what_it_said_before(
    house: OpenHouse,
) -> None:
    async with house() as home:
        with somebody(home.path) as ben:
            contract = ben.run(
                add_contract, home.ids["Kivi Oy"], arr_minor=100, start_on=day(9), end_on=day(-9)
            ).result.id
            open_form(home.screen(TodayScreen), "contract", contract_id=contract)
            await home.settle()
            form = home.screen(FormScreen)
            form.say_here("a line before")
            ben.run(change_contract, contract, arr_minor=200)
            await home.hear(lambda: "Ben changed this" in form.message)
            assert form.message.splitlines() == [
                "a line before",
                "Ben changed this at 12:00; Ctrl+R takes it in.",
            ]
        with somebody(home.path, "Cid") as cid:
            cid.run(change_contract, contract, arr_minor=300)
            await home.hear(lambda: "Cid changed this" in form.message)
        assert form.message.splitlines() == [
            "a line before",
            "Cid changed this at 12:00; Ctrl+R takes it in.",
        ]
        await home.press("ctrl+r")
        assert form.texts["arr_minor"].startswith("3")
        assert "Cid" not in form.message


# Errors


class Mute:
    """An app that only keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def post_message(self, message: object) -> bool:
        self.told.append(message)
        return True


class Nothing:
    """A book that can be opened and closed, no more."""

    connection = None
    closed = 0

    def close(self) -> None:
        Nothing.closed += 1


class Opens:
    """A start whose book opens each time."""

    def open(self, *, for_writing: bool) -> Nothing:
        assert not for_writing
        return Nothing()


@pytest.mark.parametrize("error", [Refused("not for you"), ValueError("a mistake of ours")])
def test_a_listening_that_fails_is_tried_again_after_pauses_that_grow(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    app, pauses = Mute(), []
    live = Live(cast(Any, app), cast(Any, Opens()))

    def fail(*_what: object) -> None:
        raise error

    def pause(seconds: float) -> bool:
        pauses.append(seconds)
        if len(pauses) == 3:
            live.stop()
        return False

    Nothing.closed = 0
    monkeypatch.setattr(live, "_listen", fail)
    monkeypatch.setattr(live._stop, "wait", pause)
    live._run()
    first = live_module.FIRST_PAUSE
    assert pauses == [first, 2 * first, 4 * first]
    assert Nothing.closed == 3
    assert [cast(LineMoved, one).up for one in app.told] == [False]


async def test_after_a_cut_line_each_change_is_heard_of_once(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "FIRST_PAUSE", 0.001)
    cuts: list[object] = []
    real = composition.notes_of

    def cut_once(connection: Any, ids: list[int]) -> list[ChangeNote]:
        if len(cuts) == 1:
            cuts.append(ids)
            raise Offline("The line is cut.")
        return real(connection, ids)

    monkeypatch.setattr(composition, "notes_of", cut_once)
    async with house() as home:
        heard: list[int] = []
        lines: list[bool] = []
        take, moved = TrustplanApp.on_heard, TrustplanApp.on_line_moved

        def on_heard(app: TrustplanApp, event: Heard) -> None:
            heard.extend(one.change_id for one in event.notes)
            take(app, event)

        def on_line_moved(app: TrustplanApp, event: LineMoved) -> None:
            lines.append(event.up)
            moved(app, event)

        monkeypatch.setattr(TrustplanApp, "on_heard", on_heard)
        monkeypatch.setattr(TrustplanApp, "on_line_moved", on_line_moved)
        made = []
        with somebody(home.path) as ben:
            for tier in (2, 3, 2):
                done = ben.run(change_account, home.ids["Atlas Dental"], tier=tier)
                made.append(done.change_id)
                await home.hear(lambda: heard == made)
                if not cuts:
                    cuts.append("the next one")
        assert heard == made
        assert lines == [False, True]
        assert len(cuts) == 2
