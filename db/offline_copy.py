"""The copy of a server's book that is read while the line is cut: a book in the state folder.

It is for its owner alone and is only ever read. A new one takes the place of the one before as a
whole; later what changed is read again, in one transaction. It holds what its owner may read, which
on a server is the whole book.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db import sqlite
from db.address import Address
from db.book import Book, open_book
from db.own_file import own_path
from db.schema_number import HEAD
from planner.errors import BookUnavailable, Offline, TrustplanError
from planner.language import gettext as _
from planner.ports import Clock

MOST_TOUCHPOINTS = 300_000
"""Of a larger book no copy is made: the first one is read as a whole, beside the app's own work."""
FRESH_FOR = timedelta(minutes=4)
"""A copy that is older than this is brought up to date when the line is there."""


def no_steps(_table: str, _done: int, _of: int) -> None:
    """Progress that nobody listens to."""


class OfflineCopy:
    """The copy of the book at one address."""

    def __init__(self, folder: Path, address: str) -> None:
        self.path = own_path(folder, "copy", address)

    def made_at(self) -> datetime | None:
        """When the copy was made, by this machine's files; None where there is none."""
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        except OSError:
            return None

    def is_fresh(self, now: datetime) -> bool:
        """Whether the copy is young enough to be left as it is."""
        made = self.made_at()
        return made is not None and timedelta(0) <= now - made < FRESH_FOR

    def renew(self, book: Book) -> None:
        """Bring the copy up to date; where that cannot be, make it anew. Raises as ``make``."""
        if not self._catch_up(book):
            self.make(book)

    def _catch_up(self, book: Book) -> bool:
        if self.made_at() is None:
            return False
        from db.catching_up import catch_up

        try:
            connection = sqlite.connect(self.path)
            try:
                done = connection.schema_number() == HEAD and catch_up(book.connection, connection)
            finally:
                connection.close()
        except Offline:
            raise
        except TrustplanError:
            return False  # the copy is damaged, which a new one mends
        if done:
            os.utime(self.path)
        return done

    def make(self, book: Book, progress: Callable[[str, int, int], None] = no_steps) -> None:
        """Copy a book of a server, as of one moment, in the place of the copy before.

        Raises ``BookUnavailable`` where the book is too large or the copy cannot be made; the copy
        before then stays.
        """
        from db.move import move_book

        size = book.connection.one("SELECT COUNT(*) FROM touchpoint")
        if size and size[0] > MOST_TOUCHPOINTS:
            raise BookUnavailable(too_large())
        beside = self.path.with_name(self.path.name + f".{os.getpid()}")
        try:
            beside.unlink(missing_ok=True)
            move_book(book.connection, book.address, Address("sqlite", beside), progress)
            sqlite.without_log(beside)
            beside.replace(self.path)
        except OSError as error:
            raise BookUnavailable(
                _("The copy for reading without the line could not be made: {why}.").format(
                    why=error.strerror or str(error)
                )
            ) from error
        finally:
            beside.unlink(missing_ok=True)

    def open(self, clock: Clock, actor_name: str) -> Book:
        """The copy, for reading only. Raises ``BookUnavailable`` where there is none to read."""
        if self.made_at() is None:
            raise BookUnavailable(
                _(
                    "The line to the server is cut, and there is no copy of the book on this "
                    "machine to read meanwhile. It goes on by itself when the line is back."
                )
            )
        try:
            connection = sqlite.connect(self.path, "read")
            try:
                current = connection.schema_number() == HEAD
            finally:
                connection.close()
            if not current:
                raise BookUnavailable(_("it is of another version"))
            return open_book(Address("sqlite", self.path), clock, actor_name, "read")
        except TrustplanError as error:
            raise BookUnavailable(
                _(
                    "The line to the server is cut, and the copy of the book on this machine "
                    "cannot be read: {why} It goes on by itself when the line is back."
                ).format(why=error)
            ) from error


def too_large() -> str:
    """Why there is no copy of a large book."""
    return _(
        "The book has more than {count} touchpoints, so no copy of it is kept on this machine: "
        "without the line nothing can be read."
    ).format(count=f"{MOST_TOUCHPOINTS:,}")
