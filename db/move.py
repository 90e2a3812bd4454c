"""Moves a whole book to another address: all rows with their ids, versions and audit, or nothing.

The source is read as of one moment and stays as it is. The target is filled in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from db import migrations, sqlite
from db.address import Address
from db.copying import COPIED, Copied, Progress, copy_tables
from db.engine import Connection, transaction
from db.schema_number import HEAD, check_version
from planner.errors import BookUnavailable, Refused
from planner.language import gettext as _

if TYPE_CHECKING:
    from db.postgres import PostgresConnection
    from db.server import AskPassword

Fill = Callable[[Connection], None]
REPLACED = "setting"
"""What a book holds that was just made: the rows of this table alone, which those moved replace."""


def move_book(
    source: Connection,
    came_from: Address,
    target: Address,
    progress: Progress,
    ask: AskPassword | None = None,
) -> list[Copied]:
    """Copy the book of an open connection to an address; returns its tables with their digests.

    A missing file, or the book on an empty database, is made. Raises ``Refused`` where the target
    is the source, holds anything, or belongs to somebody else, ``BookUnavailable`` where it cannot
    be written or the copy differs; the target is then as it was.
    """
    moved: list[Copied] = []

    def fill(connection: Connection) -> None:
        _check_empty(connection, target)
        connection.run(f"DELETE FROM {REPLACED}")
        moved.extend(copy_tables(source, connection, progress))

    with source.snapshot():
        if target.on_server:
            _into_server(source, target, fill, ask)
        else:
            _into_file(came_from, target.path, fill)
    return moved


def _into_file(came_from: Address, path: Path, fill: Fill) -> None:
    if not path.exists():
        migrations.create(path, lambda made: _in_transaction(made, fill))
        return
    if not came_from.on_server and path.samefile(came_from.path):
        raise _to_itself(path)
    connection = sqlite.connect(path)
    try:
        _check_schema(connection.schema_number(), path)
        if connection.read_only:
            raise BookUnavailable(_("{place} is read-only. Nothing was moved.").format(place=path))
        _in_transaction(connection, fill)
    finally:
        connection.close()


def _into_server(source: Connection, target: Address, fill: Fill, ask: AskPassword | None) -> None:
    from db.team_extra import need_driver

    need_driver()
    from db import server

    connection = server.connect(target, "write", ask or server.no_password)
    try:
        if _is_database_of(source, connection):
            raise _to_itself(target)
        _in_transaction(connection, lambda _same: _fill_on_server(connection, target, fill))
    finally:
        connection.close()


def _fill_on_server(connection: PostgresConnection, target: Address, fill: Fill) -> None:
    from db.postgres import gather_statistics, has_book, owns_book
    from db.team_schema import stamping

    if has_book(connection):
        _check_schema(connection.schema_number(), target)
        if not owns_book(connection):
            raise Refused(
                _(
                    "A book is moved to a server by the owner of the book there, who made it with "
                    "trustplan share init. Nothing was moved."
                )
            )
    else:
        migrations.make_on_server(connection)
    for statement in stamping(on=False):
        connection.statement(statement)
    fill(connection)
    for statement in stamping(on=True):
        connection.statement(statement)
    gather_statistics(connection, COPIED)


def _in_transaction(connection: Connection, fill: Fill) -> None:
    with transaction(connection):
        fill(connection)


def _is_database_of(source: Connection, connection: PostgresConnection) -> bool:
    from db.postgres import PostgresConnection, identity

    return isinstance(source, PostgresConnection) and identity(source) == identity(connection)


def _check_schema(number: int, place: object) -> None:
    check_version(number)
    if number < HEAD:
        raise Refused(
            _(
                "The book at {place} is of an older version. Open it once, which brings it up to "
                "date, and move again."
            ).format(place=place)
        )


def _check_empty(connection: Connection, place: object) -> None:
    for table in COPIED:
        if table != REPLACED and connection.one(f"SELECT 1 FROM {table} LIMIT 1"):
            raise Refused(
                _(
                    "There is something in the book at {place} already (in the table {table}). "
                    "Nothing was moved; give an address where no book is, or an empty one."
                ).format(place=place, table=table)
            )


def _to_itself(place: object) -> Refused:
    return Refused(_("{place} is the book itself. Nothing was moved.").format(place=place))
