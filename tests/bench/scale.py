"""Lists, search and recomputation on a large book, on both engines.

The floor of each is the engine's own bare query in the same round. A server's figure is then held
against the file's: at most four times as long.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from db import search
from db.address import Address
from db.book import Book, open_book
from db.frame import Frame
from db.queries.accounts import SELECTED, SORTS
from db.rollups import refresh
from db.sweep import refresh_all
from planner.segments import parse
from tests.bench.books import MANY, ME, big_book, on_server
from tests.bench.figures import Figure
from tui.clock import SystemClock

PAGE = 40
FILTERS = (
    "band:red", "tier:1,2 band:yellow", "renewal<90 touch>30", "arr>100k", "owner:aylin",
    "stage:adopting", "-tag:key", "coverage:low", "logistics", "readiness<50 complaints>0",
)  # fmt: skip
TEXTS = ("nor", "nordic", "delivery", "invoice price", "in")
NEAR_TEXTS = ("nordik foods", "atlass dental", "logistiks")
WARM = 8
"""How often a text is looked for before it counts: an app that runs has its statements prepared,
and what takes a twentieth of a millisecond on a file is several times that the first times."""
ONE_ACCOUNTS = 50
SERVER_BOUND = 4.0
MEMORY_MIB = 150.0
CODE = "from tests.bench.scale import rebuild_alone; rebuild_alone()"


def measure(rounds: int, accounts: int = MANY) -> list[Figure]:
    """Every figure on the file, then the same on the server against the file."""
    path = big_book(accounts)
    file = Address("sqlite", path)
    own = figures_of(file, rounds, "")
    own += memory(file)
    with on_server(path) as server:
        theirs = figures_of(server, rounds, "PostgreSQL: ")
    compared = []
    for one, other in zip(own, theirs, strict=False):
        figure = Figure(other.name, other.unit, SERVER_BOUND, "the same on a file")
        figure.samples, figure.floors = other.samples, one.samples
        compared.append(figure)
    return [*own, *compared]


def figures_of(address: Address, rounds: int, prefix: str) -> list[Figure]:
    """The figures of one book, each against its floor on the same engine."""
    with _opened(address, "read") as book:
        found = [*_pages(book, rounds), *_filters(book, rounds), *_finds(book, rounds)]
        found.append(_pressure(book))
    with _opened(address, "write") as book:
        found += [_one_account(book), *_recomputed(book)]
    for figure in found:
        figure.name = prefix + figure.name
    return found


@contextmanager
def _opened(address: Address, mode: str) -> Iterator[Book]:
    book = open_book(address, SystemClock(), ME, "read" if mode == "read" else "write")
    try:
        yield book
    finally:
        book.close()


def _time(work: Callable[..., object], *args: Any, **fields: Any) -> float:
    start = time.perf_counter()
    work(*args, **fields)
    return (time.perf_counter() - start) * 1e3


def _pages(book: Book, rounds: int) -> Iterator[Figure]:
    middle = book.connection.rows(
        "SELECT account_id FROM account_rollup ORDER BY account_id LIMIT 1 OFFSET :half",
        {"half": book.queries().accounts.count() // 2},
    )[0][0]
    keyset = (
        f"SELECT {SELECTED} FROM account_rollup r WHERE r.account_id > :last"
        " ORDER BY r.account_id LIMIT :limit"
    )
    accounts, rows = book.queries().accounts, book.connection.rows
    for sort in SORTS:
        figure = Figure(f"page by {sort}", "ms", 3.0, "keyset read of 40 rows")
        for backwards in (False, True) * max(rounds, 5):
            wanted = partial(accounts.page, sort=sort, backwards=backwards, limit=PAGE)
            wanted()
            floor = _time(rows, keyset, {"last": middle, "limit": PAGE})
            figure.add(_time(wanted), floor)
        yield figure


def _filters(book: Book, rounds: int) -> Iterator[Figure]:
    scan = "SELECT COUNT(*) FROM account_rollup r WHERE r.search_text = r.config_version"
    accounts, rows = book.queries().accounts, book.connection.rows
    for text in FILTERS:
        figure = Figure(f"filter {text}", "ms", 1.5, "one scan of the rollup table")
        wanted = partial(accounts.page, sort="health", parts=parse(text), limit=PAGE)
        for _round in range(rounds):
            figure.add(_time(wanted), _time(rows, scan))
        yield figure


def _finds(book: Book, rounds: int) -> Iterator[Figure]:
    queries = book.queries().search
    for text in TEXTS:
        figure = Figure(f"find {text}", "ms", 5.0, "the bare index query")
        for _warm in range(WARM):
            queries.find(text, PAGE)
        for _round in range(max(rounds, 15)):
            floor = _time(search.find, book.connection, text, PAGE)
            figure.add(_time(queries.find, text, PAGE), floor)
        yield figure
    for text in NEAR_TEXTS:
        queries.near(text)  # the library of near names loads once
        figure = Figure(f"near {text}", "ms", 30.0, "nothing", difference=True)
        for _round in range(rounds):
            figure.add(_time(queries.near, text), 0.0)
        yield figure


def _pressure(book: Book) -> Figure:
    """One person after the other, all over the book."""
    figure = Figure("pressure of one person", "ms", 2.0, "nothing", difference=True)
    first, last = book.connection.rows("SELECT MIN(id), MAX(id) FROM person")[0]
    queries = book.queries().pressure
    for number in range(ONE_ACCOUNTS):
        at = first + (last - first) * number // ONE_ACCOUNTS
        row = book.connection.rows(
            "SELECT id FROM person WHERE id >= :at AND archived_at IS NULL ORDER BY id LIMIT 1",
            {"at": at},
        )
        figure.add(_time(queries.person, row[0][0]), 0.0)
    return figure


def _one_account(book: Book) -> Figure:
    figure = Figure("one account anew", "ms", 2.0, "nothing", difference=True)
    ids = book.queries().accounts.ids()
    step = max(1, len(ids) // ONE_ACCOUNTS)
    book.connection.begin()
    frame = book.frame()
    for account_id in list(ids)[::step]:
        figure.add(_time(refresh, book.connection, [account_id], frame), 0.0)
    book.connection.rollback()
    return figure


def _recomputed(book: Book) -> Iterator[Figure]:
    """A sweep to tomorrow, where nothing is of the day yet, and a rebuild of it from the facts."""
    scan = "SELECT SUM(LENGTH(occurred_at)) FROM touchpoint WHERE account_id > 0"
    today = book.frame()
    day = timedelta(days=1)
    tomorrow = Frame(today.today + day, today.now + day, today.zone, today.currency, today.config)

    def sweep(stale_only: bool) -> None:
        for _done in refresh_all(book.connection, tomorrow, stale_only=stale_only):
            pass

    for name, bound, stale_only in (
        ("recomputation from kept inputs", 8.0, True),
        ("rebuild of everything from the facts", 20.0, False),
    ):
        figure = Figure(name, "ms", bound, "covering-index scan")
        for _round in range(3):
            floor = min(_time(book.connection.rows, scan) for _try in range(3))
            book.connection.begin()
            figure.add(_time(sweep, stale_only), floor)
            book.connection.rollback()
        yield figure


def memory(address: Address) -> list[Figure]:
    """What a rebuild needs at its peak, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", CODE, str(address)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    figure = Figure("memory of a rebuild", "MiB", MEMORY_MIB, "nothing", difference=True)
    figure.add(float(ran.stdout), 0.0)
    return [figure]


def rebuild_alone() -> None:
    """Rebuild a part of the book named by the first argument; print the peak memory in MiB."""
    from db.address import parse_address

    with _opened(parse_address(sys.argv[1]), "write") as book:
        book.connection.begin()
        for done in refresh_all(book.connection, book.frame(), stale_only=False):
            if done >= 20_000:
                break
        book.connection.rollback()
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(int(peak[1]) / 1024 if peak else 0.0)
