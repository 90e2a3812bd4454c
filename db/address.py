"""Which engine an address means, and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from planner.errors import BookUnavailable
from planner.language import gettext as _

POSTGRES_PREFIXES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Address:
    """A book's address: the engine and, for a file, its path."""

    engine: Literal["sqlite"]
    path: Path

    def __str__(self) -> str:
        return str(self.path)


def parse_address(text: str) -> Address:
    """The address in a text. Raises ``BookUnavailable`` for an engine this version lacks."""
    if text.startswith(POSTGRES_PREFIXES):
        raise BookUnavailable(
            _("This version keeps books in files only; it cannot open a postgresql:// address.")
        )
    if not text.strip():
        raise BookUnavailable(_("The address of the book is empty. Give a path after --book."))
    return Address("sqlite", Path(text).expanduser())
