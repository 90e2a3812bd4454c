"""Whether a server still works for a line that is silent, and ending one that it left.

Loaded only for a book on a server.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from os import dup

from db.book import Book
from db.engine import Connection
from db.postgres import PostgresConnection

WORKING = "active"


def session_of(connection: Connection) -> int | None:
    """The server's number of a line's session; None for a file."""
    if not isinstance(connection, PostgresConnection) or connection.raw.closed:
        return None
    return connection.raw.info.backend_pid


def works_on(book: Book, session: int) -> tuple[bool, str]:
    """Asked over another line: whether the server works for a session, and since when it is so.

    Waiting for another writer is work. A session that is gone works on nothing.
    """
    row = book.connection.one(
        "SELECT state, CAST(state_change AS TEXT) FROM pg_stat_activity WHERE pid = :session",
        {"session": session},
    )
    return (False, "") if row is None else (row[0] == WORKING, str(row[1]))


def cut(connection: Connection) -> None:
    """End a line from another thread: whoever waits on it gets ``Offline`` at once."""
    if not isinstance(connection, PostgresConnection):
        connection.interrupt()
        return
    with suppress(OSError):
        if not connection.raw.closed:
            line = socket.socket(fileno=dup(connection.raw.fileno()))
            with line:
                line.shutdown(socket.SHUT_RDWR)
