"""A book that says it lies on a server whose line can be cut; beneath it is a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from db.address import Address
from db.book import Book, open_book
from db.engine import NO_PARAMS, Mode, Params
from db.sqlite import SqliteConnection
from planner.errors import Offline, SaveUnknown
from tests.tui.conftest import StandingClock
from tui.composition import Launch
from tui.person import Me

URL = "postgresql://ann@nowhere.example/book"


class Switch:
    """Whether the line is cut; ``lose`` is what the next commit does before its answer is lost."""

    def __init__(self) -> None:
        self.cut = False
        self.lose = ""
        self.silent: Event | None = None
        """Set: work on a book waits for this, and then the line is cut."""

    def check(self) -> None:
        """Raise ``Offline`` when the line is cut."""
        if self.silent is not None:
            self.silent.wait(30)
            raise Offline("It was silent.")
        if self.cut:
            raise Offline("The line is cut.")


class FlakyConnection(SqliteConnection):
    """A connection over that line."""

    def __init__(self, real: SqliteConnection, switch: Switch) -> None:
        super().__init__(real.raw, read_only=real.read_only)
        self._switch = switch

    def rows(self, sql: str, params: Params = NO_PARAMS) -> list[tuple[Any, ...]]:
        self._switch.check()
        return super().rows(sql, params)

    def maps(self, sql: str, params: Params = NO_PARAMS) -> list[dict[str, Any]]:
        self._switch.check()
        return super().maps(sql, params)

    def one(self, sql: str, params: Params = NO_PARAMS) -> tuple[Any, ...] | None:
        self._switch.check()
        return super().one(sql, params)

    def run(self, sql: str, params: Params = NO_PARAMS) -> int:
        self._switch.check()
        return super().run(sql, params)

    def run_many(self, sql: str, params: Iterable[Params]) -> None:
        self._switch.check()
        super().run_many(sql, params)

    def commit(self) -> None:
        lose, self._switch.lose = self._switch.lose, ""
        if not lose:
            super().commit()
            return
        if lose == "after":
            super().commit()
        else:
            super().rollback()
        self._switch.cut = True
        raise SaveUnknown("The line was cut while this was being saved.")

    def may_write(self) -> bool:
        return True


@dataclass(frozen=True)
class FlakyLaunch(Launch):
    """A start on a server's book that is a file."""

    file: Path = Path()
    switch: Switch = field(default_factory=Switch)

    def open(
        self, *, for_writing: bool, make: bool = False, reached: Callable[[Any], None] | None = None
    ) -> Book:
        """The file, over the line."""
        assert not make
        self.switch.check()
        mode: Mode = "write" if for_writing else "read"
        book = open_book(Address("sqlite", self.file), self.clock, self.me.name, mode)
        assert isinstance(book.connection, SqliteConnection)
        book.connection = FlakyConnection(book.connection, self.switch)
        book.address = self.address
        if reached is not None:
            reached(book.connection)
        return self._mine(book)


def flaky_launch(file: Path, switch: Switch) -> FlakyLaunch:
    """A start as Ann."""
    return FlakyLaunch(
        Address("postgres", URL), True, StandingClock(), Me("Ann", None), "UTC",
        file=file, switch=switch,
    )  # fmt: skip
