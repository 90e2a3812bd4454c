"""What this machine keeps for when a book's server is away, in one place for the app's worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from db import line_check
from db.book import Book
from db.offline_copy import OfflineCopy
from db.outbox import Outbox
from planner.queued import Waiting

ACTOR, WRITABLE = "actor", "writable"


class Away:
    """The outbox and the copy of one book, and what tells a silent line from a slow one."""

    def __init__(self, folder: Path, address: str) -> None:
        self.outbox = Outbox(folder, address)
        self.copy = OfflineCopy(folder, address)
        self.session_of = line_check.session_of
        self.works_on = line_check.works_on
        self.cut: Callable[..., None] = line_check.cut

    def remember(self, actor: str, *, writable: bool) -> None:
        """Keep who the server says is here, and whether they may write."""
        self.outbox.know(ACTOR, actor)
        self.outbox.know(WRITABLE, "yes" if writable else "")

    def actor(self) -> str | None:
        """Who the server said last is here."""
        return self.outbox.known(ACTOR)

    def may_write(self) -> bool:
        """Whether they might write when the server was asked last."""
        return self.outbox.known(WRITABLE) != ""

    def save(self, book: Book, entry: Waiting) -> str:
        """Save what waited; why the book refused it, or an empty text."""
        from db.replay import replay_one

        return replay_one(book, self.outbox, entry)

    def renew(self, book: Book, now: datetime) -> None:
        """Bring the copy up to date where it is not fresh. Raises ``BookUnavailable``."""
        if not self.copy.is_fresh(now):
            self.copy.renew(book)
