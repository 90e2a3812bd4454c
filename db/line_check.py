"""Whether a server still works for a line that is silent, and ending one that it left."""

from __future__ import annotations

import socket
from contextlib import suppress
from os import dup
from typing import TYPE_CHECKING, Any

from db.engine import Connection

if TYPE_CHECKING:
    import psycopg

    from db.book import Book

WORKING = "active"


def session_of(connection: Connection | None) -> int | None:
    """The server's number of a line's session; None for a file."""
    raw = _line_of(connection)
    return None if raw is None or raw.closed else raw.info.backend_pid


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
    raw = _line_of(connection)
    if raw is None:
        connection.interrupt()
        return
    with suppress(OSError):
        if not raw.closed:
            with socket.socket(fileno=dup(raw.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)


def _line_of(connection: Connection | None) -> psycopg.Connection[Any] | None:
    if connection is None or connection.engine != "postgres":
        return None
    from db.postgres import PostgresConnection

    assert isinstance(connection, PostgresConnection)
    return connection.raw
