"""What an import has to say about a file: problems by line and column, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``line`` counts the file's lines from 1; ``column`` and ``value`` may be empty.

    ``kept`` is true when the row goes on (without the value, unless the sentence says that it was
    taken) and false when the row is left out.
    """

    line: int
    column: str
    value: str
    problem: str
    kept: bool
