"""Whether a file is a book, found out without touching a byte of it."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from planner.errors import BookUnavailable
from planner.language import gettext as _

APPLICATION_ID = 0x54525354  # "TRST"
HEADER_BYTES = 100
MAGIC = b"SQLite format 3\x00"


def check_file(path: Path) -> None:
    """Refuse what is no book. Raises ``BookUnavailable``, and the engine's error for a damaged
    one."""
    size = _size_of(path)
    if not size:
        raise BookUnavailable(
            _(
                "{path} is empty (0 bytes), so it is no book or a damaged one. It was not changed; "
                "restore a backup or give another path."
            ).format(path=path)
        )
    application = _application_of(path, size)
    if application is None:
        raise BookUnavailable(
            _("{path} is not a trustplan book. It was not changed.").format(path=path)
        )
    if application != APPLICATION_ID:
        raise BookUnavailable(
            _("{path} is a database of another program. It was not changed.").format(path=path)
        )


def _size_of(path: Path) -> int:
    try:
        if path.is_dir():
            raise BookUnavailable(
                _("{path} is a folder. Give the path of a book, a file.").format(path=path)
            )
        if not path.exists():
            raise BookUnavailable(
                _("There is no book at {path}. The first thing you save makes one.").format(
                    path=path
                )
            )
        if not path.is_file():
            raise BookUnavailable(_("{path} is no ordinary file, so no book.").format(path=path))
        if not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return path.stat().st_size
    except OSError as error:
        why = error.strerror or str(error)
        raise BookUnavailable(
            _("{path} cannot be read: {why}.").format(path=path, why=why)
        ) from error


def _application_of(path: Path, size: int) -> int | None:
    """Whose database a file says it is, None when it is none. Nothing is locked.

    The engine reads the file, never this program: to close a file that this process has open as a
    database takes away every lock that the process holds on it (POSIX). Another process would then
    take itself for the last one and end the log, and what is saved here afterwards would be lost.
    """
    if size < HEADER_BYTES:  # no database, so nobody holds a lock on it
        if path.read_bytes().startswith(MAGIC):
            raise sqlite3.DatabaseError("database disk image is malformed")
        return None
    query = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(query, uri=True)) as raw:
        try:
            return int(raw.execute("PRAGMA application_id").fetchone()[0])
        except sqlite3.DatabaseError as error:
            if "not a database" in str(error):
                return None
            raise
