"""What the app costs on a pseudo-terminal against a bare Textual app."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from tests.bench import plan_screen
from tests.bench.bare_app import MARKER
from tests.bench.books import MANY, ME, book_of, first_account
from tests.bench.commands import TRUSTPLAN
from tests.bench.figures import Figure
from tests.bench.terminal import Terminal

BARE = [sys.executable, "-m", "tests.bench.bare_app"]
FLOOR = "bare Textual app"
DOWNS, PAGES = 9, 7


def measure(rounds: int) -> list[Figure]:
    """First frame, memory, keys in the accounts table, and opening a full plan."""
    first = Figure("first frame that shows accounts, 100", "ms", 1.5, FLOOR)
    first_many = Figure("first frame, 100,000 against 100", "ms", 1.2, "100 accounts")
    memory = Figure("peak memory at the first frame, 100,000", "MiB", 25, FLOOR, difference=True)
    memory_after = Figure(
        "peak memory after end, home, one account", "MiB", 40, FLOOR, difference=True
    )
    down = Figure("down in 100,000 accounts, CPU", "ms", 1.5, "bare DataTable's down")
    page = Figure("page down in 100,000 accounts, CPU", "ms", 3, "bare DataTable's down")
    small, large = book_of(100), book_of(MANY)
    markers = {path: first_account(path) for path in (small, large)}
    for _round in range(rounds):
        bare_paint, bare_memory, bare_down = _bare()
        small_paint = _paint(small, markers[small])
        large_paint, peak, peak_after, downs, pages = _walk(large, markers[large])
        first.add(small_paint, bare_paint)
        first_many.add(large_paint, small_paint)
        memory.add(peak, bare_memory)
        memory_after.add(peak_after, bare_memory)
        down.add(downs, bare_down)
        page.add(pages, bare_down)
    plan = plan_screen.measure(rounds)
    return [first, first_many, memory, memory_after, down, page, *plan]


def _bare() -> tuple[float, float, float]:
    terminal = Terminal(BARE)
    try:
        painted = terminal.until(MARKER) * 1e3
        terminal.settle()
        memory = terminal.memory()
        downs = [terminal.press("down")[1] for _ in range(DOWNS)]
    finally:
        terminal.stop()
    return painted, memory, statistics.median(downs)


def _app(book: Path) -> Terminal:
    config = Path(book).with_name("config")
    (config / "trustplan").mkdir(parents=True, exist_ok=True)
    (config / "trustplan" / "config.toml").write_text(f'[me]\nname = "{ME}"\n')
    return Terminal(
        [TRUSTPLAN, "--book", str(book)],
        {"XDG_CONFIG_HOME": str(config), "XDG_STATE_HOME": str(config)},
    )


def _paint(book: Path, marker: bytes) -> float:
    terminal = _app(book)
    try:
        return terminal.until(marker) * 1e3
    finally:
        terminal.stop()


def _walk(book: Path, marker: bytes) -> tuple[float, float, float, float, float]:
    terminal = _app(book)
    try:
        painted = terminal.until(marker) * 1e3
        terminal.settle()
        peak = terminal.memory()
        terminal.send(b"2")
        terminal.until(b"ACCOUNTS")
        terminal.settle(0.5)
        downs = [terminal.press("down")[1] for _ in range(DOWNS)]
        pages = [terminal.press("page-down")[1] for _ in range(PAGES)]
        terminal.press("end")
        terminal.press("home")
        terminal.press("enter")
        terminal.settle(0.5)
        after = terminal.memory()
    finally:
        terminal.stop()
    return painted, peak, after, statistics.median(downs), statistics.median(pages)
