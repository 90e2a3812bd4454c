"""The installed program run by command, in a process of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.screen import TODAY, TRUSTPLAN


@dataclass(frozen=True)
class Said:
    """How a command ended and what it wrote, as bytes: what a terminal would get."""

    code: int
    out: bytes
    err: bytes

    @property
    def words(self) -> str:
        """Standard error as text."""
        return self.err.decode()

    @property
    def document(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


def run(book: Path, *words: str, prefix: Sequence[str] = ()) -> Said:
    """Run ``trustplan`` on a book on the tests' day, without a terminal."""
    done = subprocess.run(
        [*prefix, TRUSTPLAN, "--book", str(book), "--today", TODAY, *words],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


def document(book: Path, *words: str) -> Any:
    """The JSON document of a command that has to succeed."""
    said = run(book, "--json", *words)
    assert said.code == 0, said.words
    return said.document
