"""A program under a real pseudo-terminal: what it paints, how long it takes, what it holds."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROWS, COLUMNS = 40, 120
QUIET_SECONDS = 0.15
KEYS = {
    "down": b"\x1b[B",
    "page-down": b"\x1b[6~",
    "end": b"\x1b[F",
    "home": b"\x1b[H",
    "enter": b"\r",
    "escape": b"\x1b",
}


class Terminal:
    """One program under a pseudo-terminal of 120x40, unless another size is given."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str] | None = None,
        size: tuple[int, int] = (COLUMNS, ROWS),
    ) -> None:
        self.seen = b""
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            given = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            given.pop("NO_COLOR", None)
            _set_size(0, size)
            os.execvpe(command[0], list(command), {**given, **(environ or {})})

    def until(self, marker: bytes, timeout: float = 60.0) -> float:
        """Seconds from the start until the marker was painted. Raises ``TimeoutError``."""
        end = time.perf_counter() + timeout
        while marker not in self.seen:
            if time.perf_counter() > end:
                raise TimeoutError(f"{marker!r} was not painted; the end is {self.seen[-400:]!r}")
            self._read(0.5)
        return time.perf_counter() - self.started

    def settle(self, quiet: float = QUIET_SECONDS) -> float:
        """Read until nothing comes for a while; the moment of the last byte."""
        last = time.perf_counter()
        while self._read(quiet):
            last = time.perf_counter()
        return last

    def send(self, text: bytes) -> None:
        """Type."""
        os.write(self.fd, text)

    def forget(self) -> None:
        """Forget what was painted so far."""
        self.seen = b""

    def press(self, key: str) -> tuple[float, float]:
        """(wall, CPU) milliseconds from the key to the last byte painted."""
        cpu, start = self.cpu(), time.perf_counter()
        self.send(KEYS[key])
        last = self.settle()
        return (last - start) * 1e3, (self.cpu() - cpu) * 1e3

    def cpu(self) -> float:
        """CPU seconds of all threads so far."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """Peak resident MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        """End the program at once and wait for it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            got = os.read(self.fd, 65536)
        except OSError:
            return False
        self.seen += got
        return bool(got)


def _set_size(descriptor: int, size: tuple[int, int]) -> None:
    columns, rows = size
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
