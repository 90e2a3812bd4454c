"""The first start: nothing is made before a choice; then the book that was chosen opens."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.tui.conftest import House, OpenHouse, start
from tui import composition, paths
from tui.screens.first_run import CurrencyDialog, FirstRunScreen
from tui.screens.today import TodayScreen


async def test_nothing_is_made_before_a_choice(tmp_path: Path) -> None:
    path = tmp_path / "data" / "book.db"
    app = start(path, named=False)
    async with app.run_test(notifications=True) as pilot:
        home = House(app, pilot, path)
        await home.settle()
        home.screen(FirstRunScreen)
        assert any(str(path) in one for one in home.lines())
        await home.press("escape", "down", "down", "enter")
        assert any("trustplan import accounts" in one for one in home.lines())
        await home.pilot.press("q")
        assert app._exit is True
    assert not path.exists()


async def test_an_empty_book_asks_its_currency_and_opens(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    app = start(path, named=False)
    async with app.run_test(notifications=True) as pilot:
        home = House(app, pilot, path)
        await home.settle()
        await home.press("down", "enter")
        home.screen(CurrencyDialog)
        assert not path.exists()
        await home.press(*"sek", "enter")
        home.screen(TodayScreen)
        assert app.facts is not None
        assert app.facts.currency == "SEK"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_code_that_is_no_currency_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    app = start(path, named=False)
    async with app.run_test(notifications=True) as pilot:
        home = House(app, pilot, path)
        await home.settle()
        await home.press("down", "enter", *"q!", "enter")
        home.screen(FirstRunScreen)
        assert not path.exists()
        assert len(home.lines()) > 10


async def test_the_sample_book_opens_marked_and_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composition, "SAMPLE_ACCOUNTS", 3)
    path = tmp_path / "book.db"
    app = start(path, named=False)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        home = House(app, pilot, path)
        await home.settle()
        await home.press("enter")
        home.screen(TodayScreen)
        assert "SAMPLE" in home.top()
    assert not path.exists()
    assert paths.sample_book().exists()


async def test_a_book_that_cannot_be_written_says_read_only_and_refuses_in_words(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.sqlite.writable", lambda _path: False)
    async with house() as home:
        assert "READ-ONLY" in home.top()
        await home.press("down", "d", "t", "r", "n")
        home.screen(TodayScreen)
        assert any("read-only" in said for said in home.said)
        assert os.access(home.path, os.R_OK)
