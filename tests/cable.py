"""A cable to another network namespace that can be pulled and plugged in: what a proxy cannot be.

Nothing answers on a pulled cable, not even the kernel at the other end. Linux only, and only for
root; where it cannot be laid, the tests with a proxy (``tests.cut_line``) stand alone.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "trustplan"
"""What a namespace is called, with the number of its process."""


class NoCable(Exception):
    """This machine lays none; the text says why."""


class Cable:
    """A cable from here to the namespace ``space``; ``here`` is the address at this end."""

    def __init__(self, number: int) -> None:
        self.space = f"{NAME}{number}"
        self._end = f"tp{number}"
        net = f"198.18.{number % 256}"
        self.here, self.there = f"{net}.1", f"{net}.2"

    @property
    def prefix(self) -> tuple[str, ...]:
        """The words before a command that is to run at the other end."""
        return ("ip", "netns", "exec", self.space)

    def pull(self) -> None:
        """Let nothing through, either way, without a word to anybody."""
        _ip("link", "set", self._end, "down")

    def plug_in(self) -> None:
        """Let everything through again."""
        _ip("link", "set", self._end, "up")

    def lay(self) -> None:
        """Make the namespace and the cable to it. Raises ``NoCable``."""
        other = f"{self._end}b"
        _ip("netns", "add", self.space)
        _ip("link", "add", self._end, "type", "veth", "peer", "name", other, "netns", self.space)
        _ip("addr", "add", f"{self.here}/24", "dev", self._end)
        _ip("-n", self.space, "addr", "add", f"{self.there}/24", "dev", other)
        _ip("-n", self.space, "link", "set", "lo", "up")
        _ip("-n", self.space, "link", "set", other, "up")
        self.plug_in()

    def take_away(self) -> None:
        """Remove the namespace, and the cable with it."""
        for words in (("link", "del", self._end), ("netns", "del", self.space)):
            subprocess.run(["ip", *words], capture_output=True, check=False)


@contextmanager
def cable() -> Iterator[Cable]:
    """A cable for the length of a block. Raises ``NoCable``."""
    _tidy()
    made = Cable(os.getpid())
    try:
        made.lay()
        yield made
    finally:
        made.take_away()


def _tidy() -> None:
    """Take away what runs that were killed left behind: their process is gone."""
    for space in Path("/run/netns").glob(f"{NAME}*"):
        number = space.name.removeprefix(NAME)
        if number.isdigit() and not Path("/proc", number).exists():
            Cable(int(number)).take_away()


def _ip(*words: str) -> None:
    try:
        subprocess.run(["ip", *words], capture_output=True, text=True, check=True)
    except FileNotFoundError:
        raise NoCable("there is no command ip here") from None
    except subprocess.CalledProcessError as error:
        raise NoCable(f"ip {' '.join(words)}: {error.stderr.strip()}") from error
