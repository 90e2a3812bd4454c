"""Moving books in tests: addresses where nothing stands, digests, what is left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from db import server, sqlite
from db.address import Address
from db.copying import COPIED, Copied, Progress, digest_of
from db.engine import Connection
from db.move import move_book
from db.sample_writer import SCORES_AT
from tests.db.book_dump import live_rows, recomputed, rollup_table
from tests.fakes import NOON, FakeClock
from tests.makers import opened

ENGINES = ("sqlite", "postgres")
SCORED_AT = NOON.replace(hour=SCORES_AT - 1)
"""When a sample book's scores are of, in UTC; its zone is an hour ahead."""

PlaceOn = Callable[[str], Address]
"""Gives addresses of an engine at which nothing stands."""


def unheard(_table: str, _done: int, _of: int) -> None:
    """Progress that nobody listens to."""


def move(source: Address, target: Address, progress: Progress = unheard) -> list[Copied]:
    book = opened(source, mode="read")
    try:
        return move_book(book.connection, book.address, target, progress)
    finally:
        book.close()


@contextmanager
def connected(address: Address) -> Iterator[Connection]:
    connection: Connection = (
        server.connect(address) if address.on_server else sqlite.connect(address.path)
    )
    try:
        yield connection
    finally:
        connection.close()


def digests(address: Address) -> list[Copied]:
    with connected(address) as connection:
        return [digest_of(connection, table) for table in COPIED]


def nothing_at(address: Address) -> bool:
    """Whether there is no file and nothing half made, or no table of ours in the database."""
    if not address.on_server:
        folder = address.path.parent
        return not folder.exists() or list(folder.iterdir()) == []
    with connected(address) as connection:
        found = connection.one("SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'trustplan'")
    return found == (0,)


def check_book(address: Address) -> dict[str, Any]:
    """Opens a book, checks what is derived against its facts, and gives its live rows."""
    book = opened(address, mode="read")
    if book.settings.sample:
        book.clock = FakeClock(SCORED_AT)
    try:
        assert rollup_table(book.connection) == recomputed(book)
        return live_rows(book.connection)
    finally:
        book.close()
