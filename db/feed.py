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
from planner.ids import COUNTER_BITS, WRITER_BITS
from planner.views.live import ChangeNote, Place

if TYPE_CHECKING:
    from db.postgres import PostgresConnection
    from db.sqlite import SqliteConnection

LOOK_SECONDS = 0.3
"""How often a file is looked at: a number in memory that all its readers share."""
POLL_SECONDS = 15.0
"""How often a server is asked when nothing is heard from it: what it tells is a hint only."""
LONGEST_OPEN = 24 * 3_600_000 << (WRITER_BITS + COUNTER_BITS)
"""How far an id may lie below the newest and be news: a day, which no transaction stays open. In
a database restored from a dump the transactions of old changes have names that come again."""
MOST_NOTES = 200
MOST_ENTRIES = 4_000
NOTES = "SELECT id, actor, at, summary, account_id FROM change WHERE id IN ({names}) ORDER BY id"
TOUCHED = (
    "SELECT change_id, account_id, row_id FROM audit_entry WHERE change_id IN ({names})"
    " ORDER BY change_id DESC LIMIT :most"
)
NEWEST = "SELECT COALESCE(MAX(id), 0) FROM change"


class Feed(Protocol):
    """Where a reader is in the changes of a book."""

    @property
    def place(self) -> Place:
        """Where that is; another feed may go on from there."""

    def wait(self, seconds: float, stop: Event) -> bool:
        """Wait until there may be something new; False when nothing is, or ``stop`` is set."""

    def take(self) -> list[int]:
        """The ids of the changes that were not taken before."""


class FileFeed:
    """The feed of a book in a file."""

    def __init__(self, connection: SqliteConnection, since: Place | None = None) -> None:
        self._connection = connection
        self._version = None if since else connection.data_version()
        newest = place_in_file(connection)
        self._last = min(since.mark, newest.mark) if since else newest.mark

    @property
    def place(self) -> Place:
        """The newest change that was taken."""
        return Place(False, self._last)

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

    def __init__(self, connection: PostgresConnection, since: Place | None = None) -> None:
        self._connection = connection
        connection.listen()
        self._at = since or place_on_server(connection)
        self._asked = None if since else monotonic()

    @property
    def place(self) -> Place:
        """The oldest transaction that was open, and what was taken of it and after."""
        return self._at

    def wait(self, seconds: float, stop: Event) -> bool:
        """Wait to be told, or until it is time to ask."""
        end = monotonic() + seconds
        while not stop.is_set():
            now = monotonic()
            if self._asked is None or now - self._asked >= POLL_SECONDS:
                return True
            if now >= end:
                return False
            if self._connection.told(min(LOOK_SECONDS, end - now)):
                return True
        return False

    def take(self) -> list[int]:
        """What is seen now at or after the place, but for what was taken."""
        self._asked = monotonic()
        mark, _newest, rows = self._connection.changes_since(self._at.mark, self._at.floor)
        ids = [row_id for row_id, _open in rows if row_id not in self._at.taken]
        taken = frozenset(row_id for row_id, still_open in rows if still_open)
        self._at = Place(True, mark, taken, self._at.floor)
        return ids


def place_in_file(connection: Connection) -> Place:
    """Where the changes of a book in a file are now."""
    return Place(False, int((connection.one(NEWEST) or (0,))[0]))


def place_on_server(connection: PostgresConnection) -> Place:
    """Where the changes of a book on a server are now."""
    mark, newest, rows = connection.changes_since(None)
    return Place(True, mark, frozenset(row_id for row_id, _open in rows), newest - LONGEST_OPEN)


def place_of(connection: Connection) -> Place:
    """Where the changes of a book are now: a feed that begins there hears of all that follow."""
    if connection.engine == "postgres":
        return place_on_server(_on_server(connection))
    return place_in_file(connection)


def feed_of(connection: Connection, since: Place | None = None) -> Feed:
    """The feed of a connection, from a place of the same kind of book or from now on."""
    if connection.engine == "postgres":
        return ServerFeed(_on_server(connection), since if since and since.on_server else None)
    from db.sqlite import SqliteConnection

    assert isinstance(connection, SqliteConnection)
    return FileFeed(connection, None if since and since.on_server else since)


def _on_server(connection: Connection) -> PostgresConnection:
    from db.postgres import PostgresConnection

    assert isinstance(connection, PostgresConnection)
    return connection


def notes_of(connection: Connection, ids: list[int]) -> list[ChangeNote]:
    """What the newest of these changes were, the oldest first; a bounded number of them."""
    names, params = placeholders("c", ids[-MOST_NOTES:])
    accounts: dict[int, set[int]] = {}
    written: dict[int, set[int]] = {}
    for change_id, account_id, row_id in connection.rows(
        TOUCHED.format(names=names), {**params, "most": MOST_ENTRIES}
    ):
        written.setdefault(change_id, set()).add(row_id)
        if account_id is not None:
            accounts.setdefault(change_id, set()).add(account_id)
    return [
        ChangeNote(
            row[0],
            row[1],
            row[2],
            row[3],
            frozenset(accounts.get(row[0], set()) | ({row[4]} - {None})),
            frozenset(written.get(row[0], ())),
        )
        for row in connection.rows(NOTES.format(names=names), params)
    ]
