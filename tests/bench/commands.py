"""What commands cost against ``python -c pass``, in whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.books import book_of
from tests.bench.figures import Figure

TRUSTPLAN = str(Path(sys.executable).with_name("trustplan"))
FLOOR = "python -c pass"


def measure(rounds: int) -> list[Figure]:
    """``--version``, ``paths`` and ``accounts --json`` on 100 accounts."""
    book = str(book_of(100))
    cases = (
        (Figure("trustplan --version", "ms", 2, FLOOR), [TRUSTPLAN, "--version"]),
        (Figure("trustplan paths", "ms", 8, FLOOR), [TRUSTPLAN, "paths"]),
        (
            Figure("accounts --json, 100 accounts", "ms", 9, FLOOR),
            [TRUSTPLAN, "--book", book, "accounts", "--json"],
        ),
    )
    for _round in range(rounds * 3):
        for figure, command in cases:
            floor = _milliseconds([sys.executable, "-c", "pass"])
            figure.add(_milliseconds(command), floor)
    return [figure for figure, _command in cases]


def _milliseconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)
    return (time.perf_counter() - start) * 1e3
