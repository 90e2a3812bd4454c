"""Copies of a book that are whole: made through the engine, checked, then moved into place."""

from __future__ import annotations

import os
import secrets
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from db.schema_number import check_version
from db.sqlite import (
    FILE_MODE,
    FOLDER_MODE,
    SqliteConnection,
    connect,
    schema_number,
    translated,
    writable,
)
from planner.errors import BookUnavailable
from planner.language import gettext as _

if TYPE_CHECKING:
    from db.book import Book

BUSY_WAITS = 40
"""How often a quarter of a second is waited for another writer before a restore gives up."""


def backup_folder(book: Path) -> Path:
    """Where the backups of a book lie: a folder beside it."""
    return book.with_name(book.name + ".backups")


def back_up_book(book: Book, to: Path | None) -> Path:
    """Copy an open book beside itself, or to a path where nothing stands; returns the path.

    Raises ``BookUnavailable`` when the copy cannot be made or does not pass its check.
    """
    if book.address.on_server:
        raise BookUnavailable(
            _(
                "A book on a server is backed up by the server's own means (pg_dump), or copied "
                "into a file with: trustplan move --to FILE"
            )
        )
    connection = book.connection
    assert isinstance(connection, SqliteConnection)
    if to is not None:
        return back_up_to(connection.raw, to)
    return back_up(connection.raw, Path(book.address.path), "asked")


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


def back_up_to(raw: sqlite3.Connection, target: Path) -> Path:
    """Copy the book of an open connection to a path where nothing stands yet; returns the path.

    Raises ``BookUnavailable`` when something stands there or the copy cannot be made.
    """
    taken = _("There is a file at {path} already. It was not changed.").format(path=target)
    if target.exists():
        raise BookUnavailable(taken)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE))
        try:
            _copy(raw, temporary)
            if target.exists():
                raise BookUnavailable(taken)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise BookUnavailable(
            _("No backup can be made at {path}: {why}.").format(
                path=target, why=error.strerror or str(error)
            )
        ) from error
    return target


def restore(file: Path, book: Path) -> Path | None:
    """Put a backup in the place of a book; returns where the book that stood there is kept.

    The backup is checked first. A book that is whole is backed up and then written over in one
    transaction, so that programs that have it open go on with what was restored; a damaged one is
    set aside with its log. None when no book stood there. Raises ``BookUnavailable``.
    """
    if book.exists() and file.exists() and file.samefile(book):
        raise BookUnavailable(_("{path} is the book itself.").format(path=file))
    source = connect(file, "read")
    try:
        check_version(schema_number(source.raw))
        if not _is_whole(source.raw):
            raise BookUnavailable(_("{path} is damaged. Nothing was changed.").format(path=file))
        kept = _keep(book) if book.exists() else None
        if book.exists():
            _write_over(source.raw, book)
        else:
            book.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            back_up_to(source.raw, book)
        return kept
    finally:
        source.close()


def _keep(book: Path) -> Path:
    """Back the present book up, or set it aside when it does not pass its check."""
    if not writable(book):
        raise BookUnavailable(_("The book is read-only, so nothing was restored."))
    try:
        present = connect(book)
    except BookUnavailable:
        return _set_aside(book)
    try:
        if _is_whole(present.raw):
            return back_up(present.raw, book, "before-restore")
    finally:
        present.close()
    return _set_aside(book)


def _is_whole(raw: sqlite3.Connection) -> bool:
    try:
        return bool(raw.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _set_aside(book: Path) -> Path:
    folder = backup_folder(book)
    try:
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        target = folder / f"{book.stem}-damaged-{secrets.token_hex(4)}.db"
        for end in ("-wal", "-shm", ""):
            part = book.with_name(book.name + end)
            if part.exists():
                part.replace(target.with_name(target.name + end))
    except OSError as error:
        raise BookUnavailable(
            _("The damaged book cannot be set aside: {why}. Nothing was restored.").format(
                why=error.strerror or str(error)
            )
        ) from error
    return target


def _write_over(source: sqlite3.Connection, book: Path) -> None:
    target = connect(book)
    waits = 0

    def count(_status: int, _remaining: int, _total: int) -> None:
        nonlocal waits
        waits += 1
        if waits > BUSY_WAITS:
            raise BookUnavailable(
                _("Another program is writing to the book. Nothing was restored; try again.")
            )

    try:
        with translated():
            source.backup(target.raw, pages=-1, progress=count)
    finally:
        target.close()
