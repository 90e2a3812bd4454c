"""What the person importing a file has said about it."""

from __future__ import annotations

from dataclasses import dataclass

from planner.importing.columns import Order


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """``maps`` are ``Column=field`` texts; None everywhere means: find out and say it.

    ``currency`` is the book's, used where a file names none.
    """

    currency: str
    maps: tuple[str, ...] = ()
    key: str | None = None
    dates: Order | None = None
    encoding: str | None = None
    delimiter: str | None = None
