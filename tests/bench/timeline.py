"""The timeline of one account with 100,000 touchpoints, against a keyset read of 40 of them."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from db.address import Address
from db.book import open_book
from planner.views.timeline import KINDS, Place, TimelineFilter
from tests.bench.books import ME, book_of
from tests.bench.figures import Figure
from tui.clock import SystemClock

ENTRIES = 100_000
PAGE = 40
KEYSET = (
    "SELECT * FROM touchpoint WHERE account_id = :account AND archived_at IS NULL"
    " AND (occurred_at, id) < (:before, :id) ORDER BY occurred_at DESC, id DESC LIMIT :limit"
)
FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :entries)
INSERT INTO touchpoint(id, version, touched_on, account_id, kind, direction, two_way, answered,
  function, occurred_at, occurred_on, date_only, recorded_on, logged_at, note)
SELECT :first + i, 1, '2020-01-01', :account, 'call', 'out', 1, 1, 'success',
  strftime('%Y-%m-%dT%H:%M:%S.000000Z', :today, -i || ' hours'), date(:today, -i || ' hours'), 0,
  :today, :today || 'T00:00:00.000000Z', 'talk ' || i FROM n"""
TAKE_PART = """
INSERT INTO participant(id, version, touched_on, touchpoint_id, account_id, person_id, two_way,
  occurred_on, recorded_on)
SELECT id + :entries, 1, touched_on, id, account_id, :person, 1, occurred_on, recorded_on
FROM touchpoint WHERE account_id = :account AND id > :first"""


def measure(rounds: int) -> list[Figure]:
    """The first page, a deep one, one of a day, and the filters that find least."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        shutil.copyfile(book_of(100), path)
        account, person = _long(path)
        return _figures(path, account, person, rounds)


def _long(path: Path) -> tuple[int, int]:
    """Give one account 100,000 touchpoints with a person in each; (account, person)."""
    raw = sqlite3.connect(path)
    account, person = raw.execute(
        "SELECT account_id, person_id FROM membership WHERE archived_at IS NULL ORDER BY id LIMIT 1"
    ).fetchone()
    first = raw.execute("SELECT MAX(id) FROM touchpoint").fetchone()[0] + 1
    given = {"account": account, "person": person, "first": first, "entries": ENTRIES,
             "today": SystemClock().now().date().isoformat()}  # fmt: skip
    raw.execute(FILL, given)
    raw.execute(TAKE_PART, given)
    raw.commit()
    raw.close()
    return account, person


def _figures(path: Path, account: int, person: int, rounds: int) -> list[Figure]:
    book = open_book(Address("sqlite", path), SystemClock(), ME, "read")
    asked = book.queries().timeline
    ago = SystemClock().now().date() - timedelta(days=3650)
    nobody = _other_person(path, account)
    pages: dict[str, tuple[Callable[[], object], float]] = {
        "first page": (lambda: asked.of_account(account, limit=PAGE), 3.0),
        "page ten years down": (
            lambda: asked.of_account(account, before=_place(ago), limit=PAGE), 3.5,
        ),
        "page of a day": (
            lambda: asked.of_account(account, TimelineFilter(until=ago), limit=PAGE), 3.5,
        ),
        "person, first page": (lambda: asked.of_person(person, limit=PAGE), 20.0),
    }  # fmt: skip
    figures = []
    for name, (ask, bound) in pages.items():
        figure = Figure(f"timeline of 100,000: {name}", "ms", bound, "keyset read of 40 rows")
        ask()
        for _round in range(max(rounds, 5) * 10):
            given = {"account": account, "before": ago.isoformat(), "id": 0, "limit": PAGE}
            floor = _time(partial(book.connection.rows, KEYSET, given))
            figure.add(_time(ask), floor)
        figures.append(figure)
    worst = {
        "a function with no entry": TimelineFilter(function="marketing"),
        "a person in none": TimelineFilter(person_id=nobody),
        "a person and a function with no entry": TimelineFilter(("touchpoint",), "service", person),
    }
    for name, wanted in worst.items():
        figure = Figure(f"timeline of 100,000: {name}", "ms", 100.0, "nothing", difference=True)
        for _round in range(max(rounds, 5)):
            figure.add(_time(partial(asked.of_account, account, wanted)), 0.0)
        figures.append(figure)
    book.close()
    return figures


def _place(day: date) -> Place:
    return Place(day.isoformat(), len(KINDS), 0)


def _other_person(path: Path, account: int) -> int:
    raw = sqlite3.connect(path)
    found = raw.execute(
        "SELECT person_id FROM membership WHERE account_id <> ? ORDER BY id DESC LIMIT 1",
        (account,),
    ).fetchone()
    raw.close()
    return int(found[0])


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3
