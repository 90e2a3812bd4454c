"""Copies of a book that are whole: made through the engine, checked, then moved into place."""

from __future__ import annotations

import os
import secrets
import sqlite3
from pathlib import Path

from db.sqlite import FILE_MODE, FOLDER_MODE, translated
from planner.errors import BookUnavailable
from planner.language import gettext as _


def backup_folder(book: Path) -> Path:
    """Where the backups of a book lie: a folder beside it."""
    return book.with_name(book.name + ".backups")


def back_up(raw: sqlite3.Connection, book: Path, reason: str) -> Path:
    """Copy the book of an open connection; returns the path of the copy.

    Raises ``BookUnavailable`` when the copy cannot be made or does not pass its check.
    """
    folder = backup_folder(book)
    temporary = folder / f".{secrets.token_hex(8)}.part"
    try:
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE))
        try:
            _copy(raw, temporary)
            return _publish(temporary, book, reason)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise BookUnavailable(
            _("No backup can be made at {path}: {why}. Nothing was changed.").format(
                path=folder, why=error.strerror or str(error)
            )
        ) from error


def _copy(raw: sqlite3.Connection, target: Path) -> None:
    with translated():
        copy = sqlite3.connect(target)
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
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _publish(temporary: Path, book: Path, reason: str) -> Path:
    """Give the copy the next free number; two programs at once take two numbers."""
    folder = backup_folder(book)
    number = len(list(folder.glob("*.db")))
    while True:
        number += 1
        target = folder / f"{book.stem}-{number:04d}-{reason}.db"
        try:
            target.touch(FILE_MODE, exist_ok=False)
        except FileExistsError:
            continue
        temporary.replace(target)
        return target
