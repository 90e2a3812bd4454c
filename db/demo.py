"""The sample book that ``demo`` keeps: when it was made, and how it is replaced."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from db import sqlite
from db.address import Address
from db.schema_number import HEAD
from planner.errors import BookUnavailable
from planner.language import gettext as _

SUFFIXES = ("-wal", "-shm", "")
EVENING_BEFORE = timedelta(days=1)
"""The generator dates its own entries in the audit on the evening before its last day."""


def sample_day(path: Path) -> date | None:
    """The day on which a sample book's history ended; None for one of another version.

    Raises ``BookUnavailable`` when the file is no sample book: it is not ours to replace.
    """
    connection = sqlite.connect(path, "read")
    try:
        if sqlite.schema_number(connection.raw) != HEAD:
            return None
        kind = connection.one("SELECT value FROM setting WHERE key = 'kind'")
        made = connection.one("SELECT MAX(on_date) FROM change WHERE use_case = 'make_sample'")
    finally:
        connection.close()
    if kind is None or kind[0] != "sample" or made is None or made[0] is None:
        raise BookUnavailable(
            _("{path} is no sample book. Move it away and start again.").format(path=path)
        )
    return date.fromisoformat(made[0]) + EVENING_BEFORE


def replace_sample(address: Address, make: Callable[[Address], None]) -> None:
    """Make a sample book beside its place and put it there when it is whole.

    Programs that have the old one open keep reading it. Raises ``BookUnavailable``.
    """
    path = address.path
    beside = path.with_name(f"{path.stem}-{secrets.token_hex(4)}{path.suffix}")
    try:
        make(Address("sqlite", beside))
        for suffix in SUFFIXES[:-1]:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        beside.replace(path)
    except OSError as error:
        raise BookUnavailable(
            _("The sample book cannot be made at {path}: {why}.").format(
                path=path, why=error.strerror or str(error)
            )
        ) from error
    finally:
        for suffix in SUFFIXES:
            beside.with_name(beside.name + suffix).unlink(missing_ok=True)
