"""Copies of a book that are whole: made through the engine, checked, then moved into place."""

from __future__ import annotations

import os
import sqlite3
from gettext import gettext as _
from pathlib import Path

from db.sqlite import FILE_MODE, translated
from planner.errors import BookUnavailable


def backup_folder(book: Path) -> Path:
    """Where the backups of a book lie: a folder beside it."""
    return book.with_name(book.name + ".backups")


def back_up(raw: sqlite3.Connection, book: Path, reason: str) -> Path:
    """Copy the book of an open connection; returns the path of the copy.

    Raises ``BookUnavailable`` when the copy cannot be made or does not pass its check.
    """
    folder = backup_folder(book)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        number = 1 + len(list(folder.glob("*.db")))
        target = folder / f"{book.stem}-{number:04d}-{reason}.db"
        temporary = target.with_suffix(".part")
        os.close(os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_RDWR, FILE_MODE))
    except OSError as error:
        raise BookUnavailable(
            _("No backup can be made at {path}: {why}. Nothing was changed.").format(
                path=folder, why=error.strerror or str(error)
            )
        ) from error
    with translated():
        copy = sqlite3.connect(temporary)
        try:
            raw.backup(copy)
            verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
        finally:
            copy.close()
    if verdict != "ok":
        raise BookUnavailable(
            _("The book did not pass the check of its backup: {why}. Nothing was changed.").format(
                why=verdict
            )
        )
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(target)
    return target
