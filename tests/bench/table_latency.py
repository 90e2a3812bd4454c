"""What the windowed table costs on a real pseudo-terminal, beside a bare DataTable of 30 rows.

Run ``python -m tests.bench.table_latency [ROUNDS]``. Each round starts both apps, interleaved, in a
terminal of 120x40. For every key it prints the milliseconds from the key to the last byte painted
and the process CPU milliseconds over the same time, as median and range over the rounds, and the
ratio to the DataTable's ``down``.
The arguments ``app table`` and ``app bare`` run one app alone.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
from dataclasses import dataclass, field

ROWS, COLUMNS = 40, 120
MANY = 100_000
QUIET = 0.15
KEYS = {
    "down": b"\x1b[B",
    "page-down": b"\x1b[6~",
    "end": b"\x1b[F",
    "home": b"\x1b[H",
}
PRESSES = {"table": ["down"] * 9 + ["page-down"] * 7 + ["end", "home"] * 3, "bare": ["down"] * 9}
BOUNDS = {"down": 1.5, "page-down": 3.0}


@dataclass
class Figures:
    """Samples of one app over all rounds: name -> milliseconds (or MiB)."""

    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, wall: float, cpu: float) -> None:
        """One sample."""
        self.wall.setdefault(name, []).append(wall)
        self.cpu.setdefault(name, []).append(cpu)


def run_app(kind: str) -> None:
    """Run one app until it is stopped; both have seven columns."""
    from textual.app import App, ComposeResult

    names = ("Account", "T", "Health", "28d", "ARR", "Renews", "Next")

    if kind == "bare":
        from textual.widgets import DataTable, Footer, Header

        class Bare(App[None]):
            def compose(self) -> ComposeResult:
                yield Header()
                yield DataTable(cursor_type="row")
                yield Footer()

            def on_mount(self) -> None:
                table = self.query_one(DataTable)
                table.add_columns(*names)
                for i in range(30):
                    table.add_row(f"Account {i}", "2", "R 49", "-14", f"{i} k", "98d", "call Jonas")

        Bare().run()
        return

    from tui.themes import install
    from tui.widgets.key_line import KeyLine
    from tui.widgets.top_line import TopLine, TopParts
    from tui.widgets.windowed_table import Column, TableRow, WindowedTable

    def row(i: int) -> TableRow:
        health = ("■R 49", "band.red") if i % 3 else ("●G 88", "band.green")
        trend = ("-14", "late") if i % 4 else "="
        cells = (f"Account {i} Çınar", "2", health, trend, f"{i} k", "98d", "call Jonas")
        return TableRow(i, cells, "★" if i % 5 == 0 else "")

    class Table(App[None]):
        def compose(self) -> ComposeResult:
            install(self, "dark")
            yield TopLine(TopParts("ACCOUNTS", "bench"))
            yield WindowedTable(
                (
                    Column("name", names[0], None),
                    Column("tier", names[1], 1),
                    Column("health", names[2], 6),
                    Column("trend", names[3], 4, "right"),
                    Column("arr", names[4], 9, "right"),
                    Column("renews", names[5], 6, "right"),
                    Column("next", names[6], None),
                )
            )
            yield KeyLine([("Enter", "open")])

        def on_mount(self) -> None:
            table = self.query_one(WindowedTable)
            table.set_total(MANY)
            table.put_rows(0, [row(i) for i in range(64)])

        def on_windowed_table_rows_needed(self, event: WindowedTable.RowsNeeded) -> None:
            rows = [row(i) for i in range(event.offset, event.offset + event.count)]
            event.table.put_rows(event.offset, rows, event.epoch)

    Table().run()


class Terminal:
    """One app under a pseudo-terminal."""

    def __init__(self, kind: str) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            environ.pop("NO_COLOR", None)
            command = [sys.executable, "-m", "tests.bench.table_latency", "app", kind]
            os.execve(sys.executable, command, environ)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def until(self, marker: bytes, timeout: float = 20.0) -> float:
        """Seconds from the start until the marker was painted."""
        seen = b""
        end = time.perf_counter() + timeout
        while marker not in seen:
            if time.perf_counter() > end:
                raise TimeoutError(f"{marker!r} was not painted; got {seen[-200:]!r}")
            if select.select([self.fd], [], [], 0.5)[0]:
                seen += os.read(self.fd, 65536)
        return time.perf_counter() - self.started

    def settle(self) -> float:
        """Read until the output is quiet; the moment of the last byte."""
        last = time.perf_counter()
        while select.select([self.fd], [], [], QUIET)[0]:
            os.read(self.fd, 65536)
            last = time.perf_counter()
        return last

    def cpu(self) -> float:
        """CPU seconds of the process so far, in the kernel's nanoseconds."""
        with open(f"/proc/{self.pid}/task/{self.pid}/schedstat") as stat:  # noqa: PTH123
            total = int(stat.read().split()[0])
        for task in os.listdir(f"/proc/{self.pid}/task"):  # noqa: PTH208
            if task != str(self.pid):
                with open(f"/proc/{self.pid}/task/{task}/schedstat") as stat:  # noqa: PTH123
                    total += int(stat.read().split()[0])
        return total / 1e9

    def press(self, key: bytes) -> tuple[float, float]:
        """(wall, CPU) milliseconds from the key to the last byte painted."""
        cpu, start = self.cpu(), time.perf_counter()
        os.write(self.fd, key)
        last = self.settle()
        return (last - start) * 1e3, (self.cpu() - cpu) * 1e3

    def memory(self) -> float:
        """Peak resident MiB."""
        with open(f"/proc/{self.pid}/status") as status:  # noqa: PTH123
            line = next(line for line in status if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        """End the app and wait for it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def one_round(kind: str, figures: Figures) -> None:
    """Start an app, press its keys, add what was measured."""
    terminal = Terminal(kind)
    try:
        painted = terminal.until(b"Account 5")
        figures.add("first paint", painted * 1e3, 0)
        terminal.settle()
        terminal.settle()
        figures.add("first paint MiB", terminal.memory(), 0)
        for key in PRESSES[kind]:
            figures.add(key, *terminal.press(KEYS[key]))
        figures.add("after keys MiB", terminal.memory(), 0)
    finally:
        terminal.stop()


def main(rounds: int) -> int:
    """Measure and print; 1 when a bound on CPU time is passed."""
    figures = {"bare": Figures(), "table": Figures()}
    for _ in range(rounds):
        for kind, found in figures.items():
            one_round(kind, found)
    floor_wall = statistics.median(figures["bare"].wall["down"])
    floor_cpu = statistics.median(figures["bare"].cpu["down"])
    passed = 0
    for kind, found in figures.items():
        for name, wall in found.wall.items():
            low, middle, high = min(wall), statistics.median(wall), max(wall)
            text = f"{kind:5} {name:16} {low:8.1f} {middle:8.1f} {high:8.1f}"
            if name in KEYS:
                cpu = statistics.median(found.cpu[name])
                ratio = cpu / floor_cpu
                text += f"  x{middle / floor_wall:5.2f} wall   cpu {cpu:6.2f} ms x{ratio:5.2f}"
                passed += kind == "table" and ratio > BOUNDS.get(name, float("inf"))
            print(text)
    for name in ("first paint", "first paint MiB", "after keys MiB"):
        mine, bare = (statistics.median(figures[k].wall[name]) for k in ("table", "bare"))
        print(f"ratio {name}: {mine / bare:.2f} ({mine - bare:+.1f})")
    return 1 if passed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["app"]:
        run_app(sys.argv[2])
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
