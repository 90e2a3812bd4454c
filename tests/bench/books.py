"""The books that the bench runs on: 100 and 100,000 accounts, kept between runs of one day."""

from __future__ import annotations

import shutil
import sys
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


def first_account(path: Path) -> bytes:
    """The name of the account on the first line of Today, the marker of the first frame."""
    book = open_book(Address("sqlite", path), SystemClock(), ME, "read")
    try:
        page = book.queries().today.today(mine=book.actor.colleague_id is not None)
    finally:
        book.close()
    return page.now[0].account.encode()
