"""The board over 500,000 complaints of which 5,000 are open, and the clocks of those."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from db.address import Address
from db.book import Book, open_book
from db.queries.book_queries import BookQueries
from planner.views.board import BY_CLOCK, BY_SEVERITY, BoardPlaces, Whose, belongs, lanes_of, slices
from planner.vocabulary import SEVERITIES
from tests.bench.books import ME, book_of
from tests.bench.figures import Figure
from tui.clock import SystemClock
from tui.screens.complaint_rows import read_board, read_pages

COMPLAINTS, OPEN, ACCOUNTS = 500_000, 5_000, 1_000
PAGE = 40
KEPT = 60.0
"""Times a read of 40 open complaints by the index, for the counts and a first page."""
COLUMNS = (
    "id", "version", "touched_on", "number", "account_id", "owner_id", "title", "detail",
    "severity", "stage", "opened_at", "opened_on", "recorded_on", "logged_at", "ack_target",
    "response_target", "resolution_target", "acknowledged_at", "answered_at", "resolved_at",
    "resolved_on", "whys",
)  # fmt: skip
FLOOR = (
    "SELECT * FROM complaint k WHERE COALESCE(k.resolved_at, '') = '' AND k.excluded IS NULL"
    " AND k.archived_at IS NULL AND k.next_due IS NOT NULL ORDER BY k.next_due, k.id LIMIT 40"
)


def measure(rounds: int) -> list[Figure]:
    """A day's start, then the board by clock and by severity, all of it and that of one owner."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        shutil.copyfile(book_of(ACCOUNTS), path)
        _fill(path)
        book = open_book(Address("sqlite", path), SystemClock(), ME)
        figures = [*_clocks(book), *_board(book, max(rounds, 5) * 3)]
        book.close()
        return figures


def _fill(path: Path) -> None:
    raw = sqlite3.connect(path)
    accounts = [row[0] for row in raw.execute("SELECT id FROM account WHERE archived_at IS NULL")]
    owners = [row[0] for row in raw.execute("SELECT id FROM colleague ORDER BY id LIMIT 5")]
    first = raw.execute("SELECT MAX(id) FROM complaint").fetchone()[0] + 1_000_000
    names, marks = ", ".join(COLUMNS), ", ".join("?" * len(COLUMNS))
    raw.executemany(
        f"INSERT INTO complaint({names}) VALUES ({marks})", _rows(first, accounts, owners)
    )
    raw.execute("ANALYZE")
    raw.commit()
    raw.close()


def _rows(first: int, accounts: list[int], owners: list[int]) -> Iterator[tuple[object, ...]]:
    today = SystemClock().now().date()
    for n in range(COMPLAINTS):
        on = today - timedelta(days=n % 20 if n < OPEN else 30 + n % 700)
        day, at = on.isoformat(), f"{on.isoformat()}T{n % 8 + 8:02}:00:00.000000Z"
        solved = (None,) * 4 if n < OPEN else (at, at, at, day)
        yield (
            first + n, 1, day, f"B-{n}", accounts[n % len(accounts)], owners[n % len(owners)],
            f"late again {n}", "", SEVERITIES[n % 4], "received" if n < OPEN else "closed", at, day,
            day, at, 240, 1440, 7200, *solved, "[]",
        )  # fmt: skip


def _clocks(book: Book) -> list[Figure]:
    """The first time, when every open clock moves, and once more, when none does."""
    figures = []
    for name in ("all moved", "none moved"):
        figure = Figure(f"day's start, 5,000 open: {name}", "ms", 2_000.0, "nothing", True)
        figure.add(_time(partial(_day, book)), 0.0)
        figures.append(figure)
    one = Figure("clock of one complaint", "ms", 1.0, "nothing", difference=True)
    one.add(figures[0].samples[0] / OPEN, 0.0)
    return [*figures, one]


def _day(book: Book) -> None:
    after = 0
    while after := book.clocks_slice(after):
        pass


def _board(book: Book, rounds: int) -> list[Figure]:
    queries = book.queries()
    figures = []
    whose = {"all": Whose(), "one owner": Whose(book.know_actor().colleague_id)}
    for name, who in whose.items():
        for order in (BY_CLOCK, BY_SEVERITY):
            shown = Figure(f"board by {order}, {name}", "ms", 50.0, "nothing", difference=True)
            ratio = Figure(f"board by {order}, {name}", "ms", KEPT, "40 open ones by the index")
            for _round in range(rounds):
                floor = _time(partial(book.connection.rows, FLOOR, {}))
                taken = _time(partial(_first_page, queries, who, order))
                shown.add(taken, 0.0)
                ratio.add(taken, floor)
            figures += [shown, ratio]
    return figures


def _first_page(queries: BookQueries, whose: Whose, order: str) -> None:
    counts, _held = read_board(queries, whose, closed=False, held=False)
    lanes = lanes_of([one for one in counts if belongs(one, whose)], order)
    read_pages(queries, slices(lanes, 0, PAGE), whose, BoardPlaces())


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3
