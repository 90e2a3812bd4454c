"""What logging a touchpoint costs, with audit, rollup and health, against one raw INSERT."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from pathlib import Path

from db.address import Address
from db.book import Book, open_book
from planner.dates import When
from planner.use_cases.touchpoints import FollowUp, log_touchpoint
from tests.bench.books import ME, book_of
from tests.bench.figures import Figure
from tui.clock import SystemClock

WRITES_A_ROUND = 40


def measure(rounds: int) -> list[Figure]:
    """The median over all writes of all rounds, interleaved with the floor."""
    figure = Figure("log a touchpoint, FULL", "ms", 12, "raw INSERT + COMMIT of one row")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        shutil.copyfile(book_of(100), path)
        book = open_book(Address("sqlite", path), SystemClock(), ME)
        floor = sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)
        floor.execute("PRAGMA journal_mode=WAL")
        floor.execute("PRAGMA synchronous=FULL")
        floor.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, account INTEGER, note TEXT)")
        account_id, people = _busy_account(book)
        for number in range(rounds * WRITES_A_ROUND):
            figure.add(_log(book, account_id, people, number), _insert(floor, number))
        floor.close()
        book.close()
    return [figure]


def _busy_account(book: Book) -> tuple[int, list[int]]:
    row = book.connection.one(
        "SELECT account_id FROM touchpoint WHERE account_id IN (SELECT account_id FROM membership)"
        " GROUP BY account_id ORDER BY COUNT(*) DESC LIMIT 1"
    )
    account_id = int(row[0]) if row else 0
    people = book.queries().people.of_account(account_id)
    return account_id, [person.id for person in people[:1]]


def _log(book: Book, account_id: int, people: list[int], number: int) -> float:
    now = SystemClock().now()
    start = time.perf_counter()
    book.run(
        log_touchpoint,
        account_id,
        kind="call",
        when=When(book.today, now, False),
        person_ids=people,
        note=f"call number {number} about the delivery dates",
        follow_ups=[FollowUp("send the dates", due_on=book.today)] if number % 10 == 0 else (),
    )
    return (time.perf_counter() - start) * 1e3


def _insert(floor: sqlite3.Connection, number: int) -> float:
    start = time.perf_counter()
    floor.execute("BEGIN IMMEDIATE")
    floor.execute("INSERT INTO one(account, note) VALUES (?, ?)", (1, f"call number {number}"))
    floor.execute("COMMIT")
    return (time.perf_counter() - start) * 1e3
