"""The app on a real book in a folder of the test, at a standing clock, without motion."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from db.address import Address
from db.book import Book
from planner.use_cases.accounts import add_account, toggle_star
from planner.use_cases.actions import add_action
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import add_contract
from planner.use_cases.people import add_person
from planner.use_cases.team import add_colleague
from planner.use_cases.touchpoints import log_touchpoint
from tests.fakes import NOON
from tests.makers import at, day, new_book, opened
from tui.app import TrustplanApp
from tui.clock import SystemClock
from tui.composition import Launch
from tui.person import Me
from tui.widgets.document import Document
from tui.widgets.text_line import TextLine
from tui.widgets.top_line import TopLine, top_spans
from tui.widgets.windowed_table import WindowedTable

HOSTILE = "[/] [@click=app.quit]x\x1b]52;c;eA==\x07 GmbH"
"""A name that is markup and drives the terminal."""

HEARD_SECONDS = 20.0
"""More than another's save takes to show on a machine under load."""

S = TypeVar("S", bound=Screen[Any])


class StandingClock(SystemClock):
    """Noon of a Wednesday, for ever."""

    def in_zone(self, _zone: ZoneInfo) -> StandingClock:
        return self

    def now(self) -> datetime:
        return NOON

    def real_now(self) -> datetime:
        return NOON


def fill_house(book: Book) -> dict[str, int]:
    """Colleagues Ann and Ben, five accounts; returns ids by name. Reopen the book to be Ann."""

    def run(use_case: Any, *args: Any, **fields: Any) -> Any:
        return book.run(use_case, *args, **fields).result

    ids = {"ann": run(add_colleague, name="Ann", function="success").id}
    ids["ben"] = run(add_colleague, name="Ben", function="service").id
    for name, tier, owner in (
        ("Nordic Foods", 1, "ann"), ("Atlas Dental", 1, "ann"), ("Çınar Tekstil", 2, "ann"),
        (HOSTILE, 3, "ann"), ("Kivi Oy", 2, "ben"),
    ):  # fmt: skip
        ids[name] = run(add_account, name=name, tier=tier, owner_id=ids[owner]).id
    nordic, atlas = ids["Nordic Foods"], ids["Atlas Dental"]
    maria = run(add_person, nordic, name="Maria Lind", part={"roles": ("champion",)})[0].id
    run(log_touchpoint, nordic, kind="call", when=at(3), person_ids=[maria], note="price list")
    run(add_contract, nordic, arr_minor=24_000_000, start_on=day(300), end_on=day(-98))
    run(add_contract, atlas, arr_minor=9_000_000, start_on=day(300), end_on=day(-40),
        currency="USD")  # fmt: skip
    ids["complaint"] = run(
        log_complaint, nordic, title="wrong parts", when=at(2), severity="critical",
        response_target=240, owner_id=ids["ann"],
    ).id  # fmt: skip
    ids["promise"] = run(
        add_action, atlas, action="send the price list", owner_id=ids["ann"], due_on=day(3),
        promised=True,
    ).id  # fmt: skip
    ids["also"] = run(
        add_action, atlas, action="book training", owner_id=ids["ann"], due_on=day(-2)
    ).id
    run(add_action, ids["Çınar Tekstil"], action="send the order list", side="they",
        their_owner="Maria", due_on=day(-3))  # fmt: skip
    run(add_action, ids["Kivi Oy"], action="call Jonas", owner_id=ids["ben"], due_on=day(1))
    run(toggle_star, nordic)
    return ids


@dataclass
class House:
    """The app, its pilot, the book beside it and the ids of what is in the book."""

    app: TrustplanApp
    pilot: Pilot[int]
    path: Path
    ids: dict[str, int] = field(default_factory=dict)

    async def press(self, *keys: str) -> None:
        """Press keys and wait until everything that they began is done."""
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Wait for reads, writes and the screen."""
        for _round in range(3):
            await self.pilot.pause()
            await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def said(self) -> list[str]:
        """What the app said in lines that go away."""
        return [str(note.message) for note in self.app._notifications]

    def screen(self, kind: type[S]) -> S:
        """The screen in front, which is of this kind."""
        found = self.app.screen
        assert isinstance(found, kind), found
        return found

    @property
    def table(self) -> WindowedTable:
        """The list of the screen in front."""
        return self.app.screen.query_one(WindowedTable)

    @property
    def document(self) -> Document:
        """The lines of the screen in front."""
        return self.app.screen.query_one(Document)

    def lines(self) -> list[str]:
        """The text of those lines."""
        return [
            "".join(span if isinstance(span, str) else span[0] for span in line.spans)
            for line in self.document.lines
        ]

    def words(self, selector: str) -> str:
        """The text of one line."""
        spans = self.app.screen.query_one(selector, TextLine).text
        return "".join(span if isinstance(span, str) else span[0] for span in spans)

    def top(self, width: int = 200) -> str:
        """The top line, without what others did a moment ago."""
        spans = top_spans(replace(self.app.screen.query_one(TopLine).parts, news=""), width)
        return "".join(span if isinstance(span, str) else span[0] for span in spans)

    def news(self) -> str:
        """What the top line says of others."""
        return self.app.screen.query_one(TopLine).parts.news

    async def hear(self, heard: Callable[[], bool]) -> None:
        """Wait until what another saved has come; it comes by a thread."""
        end = monotonic() + HEARD_SECONDS
        while not heard():
            assert monotonic() < end, "nothing was heard"
            await self.pilot.pause(0.05)
        await self.settle()

    def rows(self) -> list[tuple[str, ...]]:
        """The texts of the rows of the list, as far as they are here."""
        found = (self.table.row_at(index) for index in range(self.table.total or 0))
        return [
            tuple(cell if isinstance(cell, str) else cell[0] for cell in row.cells)
            for row in found
            if row is not None
        ]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    folder = tmp_path_factory.mktemp("house")
    book = new_book(folder)
    ids = fill_house(book)
    book.connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    return folder / "book.db", ids


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No blinking cursor, no motion."""
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


def start(path: Path, *, name: str = "Ann", named: bool = True) -> TrustplanApp:
    """The app on a book."""
    return TrustplanApp(
        Launch(
            address=Address("sqlite", path),
            named=named,
            clock=StandingClock(),
            me=Me(name, None),
            machine_zone="UTC",
        )
    )


OpenHouse = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture
def house(template: tuple[Path, dict[str, int]], tmp_path: Path) -> OpenHouse:
    """Opens the app on a copy of the house: ``async with house(size=(80, 24)) as home``.

    ``empty`` takes a book with nothing in it, ``path`` another book.
    """

    @asynccontextmanager
    async def open_house(
        *, size: tuple[int, int] = (80, 24), name: str = "Ann", empty: bool = False
    ) -> AsyncIterator[House]:
        path = tmp_path / "book.db"
        ids: dict[str, int] = {}
        if empty:
            new_book(tmp_path).close()
        else:
            shutil.copyfile(template[0], path)
            ids = dict(template[1])
        app = start(path, name=name)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            home = House(app, pilot, path, ids)
            await home.settle()
            yield home

    return open_house


def look(path: Path) -> Book:
    """The book, opened beside the app for reading."""
    return opened(path, mode="read")
