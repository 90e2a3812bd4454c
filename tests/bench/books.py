"""The books that the bench runs on: 100 and 100,000 accounts, kept between runs of one day."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.address import Address
from db.book import open_book
from db.sample_writer import make_sample
from db.schema_number import HEAD
from tui.clock import SystemClock

FOLDER = Path(__file__).resolve().parents[2] / ".bench"
ME = "Aylin Kaya"
MANY = 100_000


def book_of(accounts: int) -> Path:
    """The path of a sample book with this many accounts, made when it is not there."""
    today = SystemClock().now().date()
    path = FOLDER / f"{today.isoformat()}-v{HEAD}" / f"{accounts}.db"
    if path.exists():
        return path
    for old in FOLDER.glob("*-v*"):
        if old != path.parent:
            shutil.rmtree(old)
    path.parent.mkdir(parents=True, exist_ok=True)
    print(f"making a book of {accounts} accounts ...", file=sys.stderr, flush=True)
    make_sample(
        Address("sqlite", path),
        today=today,
        accounts=accounts,
        touchpoints=None if accounts < MANY else accounts,
        complaints=None if accounts < MANY else accounts // 5,
        seed=1,
        progress=lambda _what, _done, _total: None,
    )
    return path


def big_book(accounts: int = MANY) -> Path:
    """The path of a book with a hundred touchpoints and five complaints an account, kept a day."""
    today = SystemClock().now().date()
    path = FOLDER / f"{today.isoformat()}-v{HEAD}" / f"big-{accounts}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        print(f"making a book of {accounts} accounts, fully used ...", file=sys.stderr, flush=True)
        make_sample(
            Address("sqlite", path),
            today=today,
            accounts=accounts,
            touchpoints=accounts * 100,
            complaints=accounts * 5,
            seed=1,
            progress=lambda _what, _done, _total: None,
        )
    return path


@contextmanager
def on_server(path: Path) -> Iterator[Address]:
    """The same book on a server of the bench's own, loaded by a move; kept a day like the book."""
    from db.move import move_book
    from tests import pg_server

    folder = path.with_suffix(".server")
    moved = folder / "moved"
    if moved.exists():
        server = pg_server.Server(pg_server.free_port(), folder)
        pg_server.begin(server)
    else:
        shutil.rmtree(folder, ignore_errors=True)
        server = pg_server.start(folder, {"shared_buffers": "256MB", "max_wal_size": "4GB"})
    address = Address("postgres", server.url("postgres"))
    try:
        if not moved.exists():
            print("moving it to a server ...", file=sys.stderr, flush=True)
            book = open_book(Address("sqlite", path), SystemClock(), ME, "read")
            move_book(book.connection, book.address, address, lambda *_told: None)
            book.close()
            moved.touch()
        _tidy(address)
        yield address
    finally:
        pg_server.stop(server, "fast")


def _tidy(address: Address) -> None:
    """What a server does by itself in time, and the bench's does not: its settings turn that off.

    Sweeps that were rolled back by an earlier run would else lie among the rows of this one.
    """
    from db.server import connect, no_password

    raw = connect(address, "write", no_password)
    raw.statement("VACUUM (ANALYZE)")
    raw.close()


def first_account(path: Path) -> bytes:
    """The name of the account on the first line of Today, the marker of the first frame."""
    book = open_book(Address("sqlite", path), SystemClock(), ME, "read")
    try:
        page = book.queries().today.today(mine=book.actor.colleague_id is not None)
    finally:
        book.close()
    return page.now[0].account.encode()
