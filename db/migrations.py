"""The ordered, append-only list of migrations, and how SQLite applies it.

A backup comes before every migration of an existing book. ``user_version`` mirrors the number of
migrations applied, beside the table of sqlite-utils that names them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from db import backup, sqlite
from db.schema_number import HEAD, check_version
from db.schema_v1 import APPEND_ONLY, SCHEMA
from db.search import SQLITE_SEARCH
from planner.errors import BookUnavailable
from planner.language import gettext as _

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATION_SET = "trustplan"


def sqlite_statements() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every migration as (id, statements) in SQLite's words."""
    first = (
        *(sqlite.strict(statement) for statement in SCHEMA),
        *SQLITE_SEARCH,
        *(trigger for table in APPEND_ONLY for trigger in sqlite.append_only_triggers(table)),
    )
    return (("0001 the house", first),)


def create(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Make a new book at ``path`` with the newest schema; ``fill`` writes its first rows."""
    with sqlite.new_file(path) as raw:
        _apply(raw)
        fill(raw)


def upgrade(path: Path) -> None:
    """Bring an older book to the newest schema, after a backup of it."""
    connection = sqlite.connect(path)
    try:
        number = sqlite.schema_number(connection.raw)
        check_version(number)
        if number == HEAD:
            return
        if connection.read_only:
            raise BookUnavailable(
                _(
                    "This book is of an older version and read-only, so it cannot be brought up "
                    "to date. Ask for write permission on the file."
                )
            )
        backup.back_up(connection.raw, path, reason=f"before-schema-{HEAD}")
        _apply(connection.raw)
    finally:
        connection.close()


def _apply(raw: sqlite3.Connection) -> None:
    from sqlite_utils import Database, Migrations

    migrations = Migrations(MIGRATION_SET)
    for name, statements in sqlite_statements():
        migrations(name=name)(_runner(statements))
    database = Database(raw)
    with sqlite.translated():
        raw.execute("BEGIN IMMEDIATE")
        try:
            migrations.apply(database)
            raw.execute(f"PRAGMA user_version={HEAD}")
            raw.execute("COMMIT")
        except BaseException:
            raw.execute("ROLLBACK")
            raise


def _runner(statements: tuple[str, ...]) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        for statement in statements:
            db.execute(statement)

    return run
