"""What opening a full plan costs: reading it, its lines, and folding them, without a terminal."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from db.book import Book
from tests.bench.figures import Figure
from tests.full_plan import full_plan
from tests.makers import engine, new_book, opened
from tui.screens.account_sheets import SHARES, build
from tui.screens.account_view import Space, read_view
from tui.widgets.wrap import wrapped

OPENINGS = 8
SIZES = ((80, 24), (120, 40))


def measure(rounds: int) -> list[Figure]:
    """The work of one opening at both sizes against the same statements asked of the raw file.

    The promise is 60 ms of work (5 objectives, 12 stakeholders, 40 actions, 20 risks, 200
    versions); the median says what it is here.
    """
    figures = [
        Figure(f"open a full plan at {width}x{height}, CPU", "ms", 12, "its statements, asked raw")
        for width, height in SIZES
    ]
    with tempfile.TemporaryDirectory() as folder:
        book = new_book(Path(folder))
        account_id = full_plan(book)
        book.close()
        book = opened(Path(folder) / "book.db")
        asked = _asked(book, account_id)
        raw = sqlite3.connect(Path(folder) / "book.db")
        for _number in range(rounds * OPENINGS):
            for figure, (width, height) in zip(figures, SIZES, strict=True):
                figure.add(_open(book, account_id, Space(width, height, SHARES["plan"])),
                           _ask(raw, asked))  # fmt: skip
        raw.close()
        book.close()
    return figures


def _asked(book: Book, account_id: int) -> list[str]:
    asked: list[str] = []
    connection = engine(book).raw
    connection.set_trace_callback(asked.append)
    read_view(book.queries(), account_id, "plan")
    connection.set_trace_callback(None)
    return asked


def _open(book: Book, account_id: int, space: Space) -> float:
    start = time.process_time()
    view = read_view(book.queries(), account_id, "plan")
    sheet = build("plan", view, space)
    for lines, width in ((sheet.left, space.left), (sheet.right, space.right)):
        for line in lines:
            wrapped(line, width)
    return (time.process_time() - start) * 1e3


def _ask(raw: sqlite3.Connection, asked: list[str]) -> float:
    start = time.process_time()
    for sql in asked:
        raw.execute(sql).fetchall()
    return (time.process_time() - start) * 1e3
