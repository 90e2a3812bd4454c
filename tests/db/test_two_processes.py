"""Several processes on one file: what one saves is there whatever the others do."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db.book import Book
from planner.use_cases.accounts import add_account
from tests.makers import opened

SAVE = (
    "import sys; from pathlib import Path; from tests.makers import opened;"
    "from planner.use_cases.accounts import add_account;"
    "book = opened(Path(sys.argv[1]), actor='Bob'); book.run(add_account, name=sys.argv[2]);"
    "book.close()"
)
"""Another process opens the book, saves and ends."""


def other_saves(path: Path, name: str) -> None:
    """Bob's process, from its start to its end."""
    subprocess.run([sys.executable, "-c", SAVE, str(path), name], check=True, timeout=60)


@pytest.mark.parametrize("again", ["read", "write", "none"])
def test_what_is_saved_after_another_process_ended_is_kept(book: Book, again: str) -> None:
    """Opening the book a second time in one process must not take the first one's locks away."""
    path = book.address.path
    book.run(add_account, name="Before")
    second = None if again == "none" else opened(path, mode="read" if again == "read" else "write")
    other_saves(path, "Bob's")
    assert path.with_name(path.name + "-wal").exists()
    book.run(add_account, name="After")
    if second is not None:
        second.close()
    other_saves(path, "Bob's last")
    book.run(add_account, name="Last")
    book.close()
    with closing(sqlite3.connect(path)) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM account ORDER BY id")]
    assert names == ["Before", "Bob's", "After", "Bob's last", "Last"]
