"""The installed program in a real pseudo-terminal, read through a terminal in memory."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pyte

from tests.bench.terminal import Terminal

TRUSTPLAN = str(Path(sys.executable).with_name("trustplan"))
SIZE = (80, 24)
PATIENCE = 45.0
"""Seconds after which a text is taken as never coming: for a machine under load."""
QUIET = 0.1
ESCAPE_QUIET = 0.25
"""Esc and a key within 0.1 s of it are one key to Textual."""
TODAY = "2026-03-11"
"""A Wednesday: what ``--today`` gets."""

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H",
    "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f7": "\x1b[18~", "f8": "\x1b[19~",
    "f9": "\x1b[20~", "space": " ",
    "ctrl+a": "\x01", "ctrl+g": "\x07", "ctrl+k": "\x0b", "ctrl+o": "\x0f", "ctrl+p": "\x10",
    "ctrl+q": "\x11", "ctrl+s": "\x13", "ctrl+u": "\x15",
}  # fmt: skip
"""What a terminal sends for a key; any other text is sent as it is."""

# What pyte would print or trip over: questions about modes, keyboard protocols, private colours.
_UNKNOWN = re.compile(rb"\x1b\[[<>=?][0-9;:]*(?:\$p|[tumqcn])|\x1b\[[0-9;]*\$p|\x1b_[^\x1b]*\x1b\\")
ASKS_FRAMES, SAYS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
FRAME, FRAME_END = b"\x1b[?2026h", b"\x1b[?2026l"
"""With them the program says where a frame begins and ends, so that no half of one is read."""
_PART = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]_P][^\x07\x1b]*\x1b?|)\Z")
"""A sequence that has begun and not ended."""


class Screen:
    """One start of ``trustplan``. ``raw`` is every byte that it sent.

    ``words`` are those after the program's name; ``prefix`` stands before it.
    """

    def __init__(
        self,
        *words: str,
        size: tuple[int, int] = SIZE,
        environ: Mapping[str, str] | None = None,
        prefix: Sequence[str] = (),
    ) -> None:
        self.size = size
        self.code: int | None = None
        self._terminal = Terminal([*prefix, TRUSTPLAN, *words], environ, size)
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._read = 0
        self._answered = False

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._terminal.pid

    @property
    def raw(self) -> bytes:
        """Every byte so far."""
        return self._terminal.seen

    @property
    def lines(self) -> list[str]:
        """The lines as a person sees them, without the spaces at their ends."""
        self._take()
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    @property
    def cursor_line(self) -> str:
        """The line that the terminal's cursor stands on: that of the field being typed in."""
        lines = self.lines
        return lines[min(self._screen.cursor.y, len(lines) - 1)]

    def line_with(self, text: str) -> str:
        """The first line that holds a text. Raises ``AssertionError``."""
        found = next((line for line in self.lines if text in line), None)
        assert found is not None, f"{text!r} is not on the screen:\n{self.text}"
        return found

    # Waiting

    def wait(self, *texts: str, without: Sequence[str] = ()) -> str:
        """Wait until all of the texts are on the screen and the others are not; the screen.

        Raises ``TimeoutError`` with the screen.
        """

        def there() -> bool:
            shown = self.text
            return all(text in shown for text in texts) and not any(t in shown for t in without)

        self.wait_for(there, f"{texts}, without {tuple(without)}")
        return self.text

    def wait_field(self, label: str) -> None:
        """Wait until the field with a label is the one being typed in."""
        self.wait_for(lambda: label in self.cursor_line, f"the cursor in {label!r}")

    def wait_for(self, there: Callable[[], bool], what: str) -> None:
        """Wait until something is so. Raises ``TimeoutError`` with the screen."""
        end = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > end:
                raise TimeoutError(f"never came: {what}\n{self.text}")
            if not self._terminal._read(0.2) and self._ended():
                if there():
                    return
                raise TimeoutError(f"ended with {self.code} before: {what}\n{self.text}")

    def settle(self, quiet: float = QUIET) -> str:
        """Read until nothing new comes for a moment (in seconds); the screen."""
        end = time.monotonic() + PATIENCE
        while self._terminal._read(quiet) and time.monotonic() < end:
            pass
        return self.text

    def end(self) -> int:
        """Wait until the program ends by itself; its exit code. Raises ``TimeoutError``."""
        end = time.monotonic() + PATIENCE
        while not self._ended():
            if time.monotonic() > end:
                raise TimeoutError(f"it did not end:\n{self.text}")
            self._terminal._read(0.1)
        while self._terminal._read(0.1):
            pass
        assert self.code is not None
        return self.code

    # Typing

    def press(self, *keys: str) -> None:
        """Press keys by name one after the other; what is no name is typed."""
        for key in keys:
            self._terminal.send(KEYS.get(key, key).encode())
            if key == "escape":
                self.settle(ESCAPE_QUIET)

    def kill(self) -> None:
        """End the program as the system would, without a word to it."""
        if not self._ended():
            os.kill(self.pid, signal.SIGKILL)
            _pid, status = os.waitpid(self.pid, 0)
            self.code = os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """End the program if it still runs, and the terminal."""
        self.kill()
        with suppress(OSError):
            os.close(self._terminal.fd)

    def _ended(self) -> bool:
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None

    def _take(self) -> None:
        """Give what came to the terminal in memory, whole sequences and whole frames only."""
        if not self._answered and ASKS_FRAMES in self._terminal.seen:
            self._answered = True
            self._terminal.send(SAYS_FRAMES)
        new = self._terminal.seen[self._read :]
        part = _PART.search(new)
        whole = new[: part.start()] if part else new
        begun = whole.rfind(FRAME)
        if begun > whole.rfind(FRAME_END):
            whole = whole[:begun]
        self._read += len(whole)
        if whole:
            self._stream.feed(_UNKNOWN.sub(b"", whole))


@contextmanager
def running(
    *words: str,
    size: tuple[int, int] = SIZE,
    environ: Mapping[str, str] | None = None,
    prefix: Sequence[str] = (),
) -> Iterator[Screen]:
    """A start of ``trustplan`` that is ended with the block."""
    screen = Screen(*words, size=size, environ=environ, prefix=prefix)
    try:
        yield screen
    finally:
        screen.close()
