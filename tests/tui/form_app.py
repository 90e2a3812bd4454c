"""The app with nothing but a form in it, on a real book in a folder of the test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from textual.events import Mount
from textual.pilot import Pilot
from textual.widgets import Static

import tui.app
from db.address import Address
from db.book import Book
from planner.use_cases.meetings import cancel_meeting
from tests.fakes import NOON, FakeClock
from tests.makers import World, fill, new_book, opened
from tui.app import TrustplanApp
from tui.clock import SystemClock
from tui.composition import Launch
from tui.dialogs.form import FormScreen
from tui.dialogs.opening import open_form
from tui.person import Me
from tui.screens.book_screen import BookScreen

MOST_ROUNDS = 20
"""How often an answer is waited for that may not come: a second refusal in the same words."""


class StandingClock(SystemClock):
    """The clock of the fakes, as the composition hands it on."""

    def __init__(self) -> None:
        super().__init__()
        self.at = NOON

    def in_zone(self, _zone: ZoneInfo) -> StandingClock:
        return self

    def now(self) -> datetime:
        return self.at

    def real_now(self) -> datetime:
        return self.at


class Blank(BookScreen):
    """A screen to open forms over."""

    def compose(self) -> Any:
        yield Static("blank", id="blank")


class FormApp(TrustplanApp):
    """The app, which opens on a blank screen."""

    def __init__(self, launch: Launch) -> None:
        super().__init__(launch)
        self.said: list[str] = []

    def notify(self, message: str, **kwargs: Any) -> None:
        """Show it, and remember it for the test."""
        self.said.append(message)
        super().notify(message, **kwargs)

    CSS_PATH = str(Path(tui.app.__file__).with_name("app.tcss"))

    async def on_mount(self, event: Mount | None = None) -> None:
        """Open the blank screen, and nothing else."""
        assert event is not None
        event.prevent_default()
        self.facts = await self.store.facts()
        await self.push_screen(Blank())


@dataclass
class Desk:
    """What a test of forms works with: the app, its pilot, the book beside it, the ids."""

    app: FormApp
    pilot: Pilot[int]
    book: Book
    world: World
    said: list[str]

    async def open(self, name: str, **subject: Any) -> FormScreen:
        """Open a form and wait until its fields stand."""
        blank = next(s for s in self.app.screen_stack if isinstance(s, Blank))
        open_form(blank, name, **subject)
        await self.settle()
        return self.form

    @property
    def form(self) -> FormScreen:
        """The form in front."""
        assert isinstance(self.app.screen, FormScreen), self.app.screen
        return self.app.screen

    @property
    def closed(self) -> bool:
        """Whether no form is in front."""
        return isinstance(self.app.screen, Blank)

    def free_today(self) -> None:
        """Take the meeting of today out of the calendar: the form is filled from the last talk."""
        meeting = self.one("SELECT id FROM meeting WHERE status = 'planned'")
        self.book.run(cancel_meeting, meeting)

    async def settle(self) -> None:
        """Wait for what is under way."""
        for _round in range(3):
            await self.pilot.pause()
            await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys and wait for what they start."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, name: str, text: str) -> None:
        """Put the cursor into a field and set what it holds."""
        row = self.form.row(name)
        row.target.focus()
        row.text = text
        await self.pilot.pause()

    async def fill(self, **texts: str) -> None:
        """Set what fields hold, one after the other."""
        for name, text in texts.items():
            await self.type(name, text)

    async def save(self) -> None:
        """Ctrl+S; on a busy machine the answer may need more than one wait."""
        form = self.form
        before = self._state_of(form)
        await self.press("ctrl+s")
        for _round in range(MOST_ROUNDS):
            if self.app.screen is not form or self._state_of(form) != before:
                break
            await self.settle()

    def _state_of(self, form: FormScreen) -> tuple[object, ...]:
        """What saving changes about a form that stays open, and what the app said."""
        return (len(self.said), form.message, *(row.problem for row in form.rows))

    def one(self, sql: str, **params: Any) -> Any:
        """The first column of the first row, from the book itself."""
        row = self.book.connection.one(sql, params)
        return None if row is None else row[0]

    def row(self, columns: str, table: str) -> tuple[object, ...]:
        """Columns of the newest row of a table."""
        found = self.book.connection.one(f"SELECT {columns} FROM {table} ORDER BY id DESC")
        assert found is not None
        return tuple(found)


@asynccontextmanager
async def desk(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Desk]:
    """A filled book, and the app on it."""
    path = folder / "book.db"
    if not path.exists():
        first = new_book(folder)
        ids = fill(first)
        first.close()
        WORLDS[folder] = ids
    book = opened(path, FakeClock(), "Bob")
    launch = Launch(Address("sqlite", path), True, StandingClock(), Me("Ann"), "UTC")
    app = FormApp(launch)
    async with app.run_test(notifications=True, tooltips=True, size=size) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        yield Desk(app, pilot, book, WORLDS[folder], app.said)
    book.close()


WORLDS: dict[Path, World] = {}
