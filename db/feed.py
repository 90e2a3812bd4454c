"""The changes of a book as they are committed, each once, whoever made them.

One reader's connection, used by one thread. On a file the ids of changes grow in the order of
commits, so the last one seen is the place in the feed. On a server they need not: two
transactions may commit in the other order than they took their ids (a tool that does not take our
lock), so the place is the oldest transaction that was still open, and what was delivered of it
and after is remembered.
"""

from __future__ import annotations

from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from db.engine import Connection, placeholders
from planner.views.live import ChangeNote

if TYPE_CHECKING:
    from db.postgres import PostgresConnection
    from db.sqlite import SqliteConnection

LOOK_SECONDS = 0.3
"""How often a file is looked at: a number in memory that all its readers share."""
POLL_SECONDS = 15.0
"""How often a server is asked when nothing is heard from it: what it tells is a hint only."""
MOST_NOTES = 200
MOST_ACCOUNTS = 2_000
NOTES = "SELECT id, actor, at, summary, account_id FROM change WHERE id IN ({names}) ORDER BY id"
TOUCHED = (
    "SELECT DISTINCT change_id, account_id FROM audit_entry WHERE change_id IN ({names})"
    " AND account_id IS NOT NULL LIMIT :most"
)


class Feed(Protocol):
    """Where a reader is in the changes of a book."""

    def wait(self, seconds: float, stop: Event) -> bool:
        """Wait until there may be something new; False when nothing is, or ``stop`` is set."""

    def take(self) -> list[int]:
        """The ids of the changes that were not taken before."""


class FileFeed:
    """The feed of a book in a file."""

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self._version = connection.data_version()
        self._last = int((connection.one("SELECT COALESCE(MAX(id), 0) FROM change") or (0,))[0])

    def wait(self, seconds: float, stop: Event) -> bool:
        """Look at the file's version until it moves."""
        end = monotonic() + seconds
        while not stop.is_set():
            version = self._connection.data_version()
            if version != self._version:
                self._version = version
                return True
            left = end - monotonic()
            if left <= 0 or stop.wait(min(LOOK_SECONDS, left)):
                return False
        return False

    def take(self) -> list[int]:
        """The ids above the last one."""
        rows = self._connection.rows(
            "SELECT id FROM change WHERE id > :last ORDER BY id", {"last": self._last}
        )
        ids = [int(row[0]) for row in rows]
        self._last = max([self._last, *ids])
        return ids


class ServerFeed:
    """The feed of a book on a server: told by the server, and asked for all the same."""

    def __init__(self, connection: PostgresConnection) -> None:
        self._connection = connection
        connection.listen()
        self._place = "0"
        self._taken: frozenset[int] = frozenset()
        self._asked = monotonic()
        self._place, rows = connection.changes_since(None)
        self._taken = frozenset(row_id for row_id, _open in rows)

    def wait(self, seconds: float, stop: Event) -> bool:
        """Wait to be told, or until it is time to ask."""
        end = monotonic() + seconds
        while not stop.is_set():
            now = monotonic()
            if now - self._asked >= POLL_SECONDS:
                return True
            if now >= end:
                return False
            if self._connection.told(min(LOOK_SECONDS, end - now)):
                return True
        return False

    def take(self) -> list[int]:
        """What is seen now at or after the place, but for what was taken."""
        self._asked = monotonic()
        place, rows = self._connection.changes_since(self._place)
        ids = [row_id for row_id, _open in rows if row_id not in self._taken]
        self._place = place
        self._taken = frozenset(row_id for row_id, still_open in rows if still_open)
        return ids


def feed_of(connection: Connection) -> Feed:
    """The feed of a connection, from now on."""
    if connection.engine == "postgres":
        from db.postgres import PostgresConnection

        assert isinstance(connection, PostgresConnection)
        return ServerFeed(connection)
    from db.sqlite import SqliteConnection

    assert isinstance(connection, SqliteConnection)
    return FileFeed(connection)


def notes_of(connection: Connection, ids: list[int]) -> list[ChangeNote]:
    """What the newest of these changes were, the oldest first; a bounded number of them."""
    names, params = placeholders("c", ids[-MOST_NOTES:])
    touched: dict[int, set[int]] = {}
    for change_id, account_id in connection.rows(
        TOUCHED.format(names=names), {**params, "most": MOST_ACCOUNTS}
    ):
        touched.setdefault(change_id, set()).add(account_id)
    return [
        ChangeNote(
            row[0],
            row[1],
            row[2],
            row[3],
            frozenset(touched.get(row[0], set()) | ({row[4]} if row[4] is not None else set())),
        )
        for row in connection.rows(NOTES.format(names=names), params)
    ]
