"""The ordered, append-only list of migrations, and how each engine applies it.

On a file a backup comes before every migration, and ``user_version`` mirrors the number of
migrations applied, beside the table of sqlite-utils that names them. On a server all pending ones
are one transaction under an advisory lock; the table ``schema_migration`` names them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db import backup, server_words, sqlite
from db.engine import Connection, transaction
from db.schema_number import HEAD, check_version
from db.schema_v1 import APPEND_ONLY, SCHEMA
from db.schema_v2 import SCHEMA as SCHEMA_2
from db.schema_v3 import SCHEMA as SCHEMA_3
from db.schema_v5 import SCHEMA as SCHEMA_5
from db.schema_v6 import SCHEMA as SCHEMA_6
from db.schema_v7 import SCHEMA as SCHEMA_7
from db.schema_v8 import SCHEMA as SCHEMA_8
from db.schema_v9 import SCHEMA as SCHEMA_9
from db.schema_v10 import SCHEMA as SCHEMA_10
from db.search import POSTGRES_SEARCH, SQLITE_SEARCH, enter_names, enter_voices
from planner.errors import BookUnavailable, Refused
from planner.language import gettext as _

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.postgres import PostgresConnection

MIGRATION_SET = "trustplan"
NUMBERED = (
    "CREATE TABLE schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
    " applied_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp())"
)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: statements in the common subset, then the engine's own.

    ``then`` fills what SQL alone cannot compute, in the same transaction.
    """

    name: str
    both: tuple[str, ...]
    sqlite: tuple[str, ...] = ()
    postgres: tuple[str, ...] = ()
    then: Callable[[Connection], None] | None = None


def migrations() -> tuple[Migration, ...]:
    """Every migration, the oldest first. Only ever appended to."""
    return (
        Migration(
            "0001 the house",
            SCHEMA,
            sqlite=(
                *SQLITE_SEARCH,
                *(one for table in APPEND_ONLY for one in sqlite.append_only_triggers(table)),
            ),
            postgres=POSTGRES_SEARCH,
        ),
        Migration("0002 teams and operations", SCHEMA_2),
        Migration("0003 an index for every sort", SCHEMA_3),
        # What fills names now writes to the table of migration 8.
        Migration("0004 names by any part", (), postgres=(server_words.TABLE,), then=enter_names),
        Migration("0005 inputs of the score", SCHEMA_5),
        Migration("0006 the plan, whole", SCHEMA_6),
        Migration("0007 threads of contacts", SCHEMA_7),
        Migration("0008 few rows among many", SCHEMA_8, postgres=server_words.FROM_THE_INDEX),
        Migration("0009 what is heard, planned and agreed", SCHEMA_9),
        Migration("0010 complaints to their cause", SCHEMA_10, then=enter_voices),
    )


def sqlite_statements() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every migration as (id, statements) in SQLite's words."""
    return tuple(
        (one.name, (*(sqlite.strict(statement) for statement in one.both), *one.sqlite))
        for one in migrations()
    )


def postgres_statements() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every migration as (id, statements) in PostgreSQL's words."""
    from db.postgres import append_only_triggers, typed
    from db.team_schema import CAUSE_POLICIES, CONTACT_POLICIES, PLAN_POLICIES, TEAM_SCHEMA

    own = {
        "0001 the house": tuple(
            one for table in APPEND_ONLY for one in append_only_triggers(table)
        ),
        "0002 teams and operations": TEAM_SCHEMA,
        "0006 the plan, whole": PLAN_POLICIES,
        "0009 what is heard, planned and agreed": CONTACT_POLICIES,
        "0010 complaints to their cause": CAUSE_POLICIES,
    }
    return tuple(
        (one.name, (*(typed(s) for s in one.both), *one.postgres, *own.get(one.name, ())))
        for one in migrations()
    )


def create(path: Path, fill: Callable[[Connection], None]) -> None:
    """Make a new book at ``path`` with the newest schema; ``fill`` writes its first rows."""
    with sqlite.new_file(path) as raw:
        _apply(raw)
        fill(sqlite.SqliteConnection(raw, read_only=False))


def create_on_server(connection: PostgresConnection, fill: Callable[[Connection], None]) -> None:
    """Make a new book in a server's database; ``fill`` writes its first rows.

    Raises ``BookUnavailable`` where a book stands already, where other tables stand, or where this
    role may make none. A failure leaves the database as it was.
    """
    from db.postgres import SCHEMA as OWN

    with transaction(connection):
        make_on_server(connection)
    try:
        fill(connection)
    except BaseException:
        connection.rollback()
        connection.run(f"DROP SCHEMA {OWN} CASCADE")
        raise


def make_on_server(connection: PostgresConnection) -> None:
    """Make the empty tables of a new book inside the caller's transaction.

    Raises ``BookUnavailable`` as ``create_on_server`` does.
    """
    from db.postgres import SCHEMA as OWN
    from db.postgres import foreign_tables, schema_number

    if schema_number(connection):
        raise BookUnavailable(_("There is a book in this database already."))
    if foreign_tables(connection):
        raise BookUnavailable(
            _(
                "This is a database of another program; nothing was changed. Make an empty "
                "one for the book."
            )
        )
    try:
        connection.run(f"CREATE SCHEMA {OWN}")
        _apply_on_server(connection, 0)
    except Refused as error:
        raise BookUnavailable(
            _("This role may not make a book in the database: {why}").format(why=error)
        ) from error


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


def upgrade_on_server(connection: PostgresConnection) -> None:
    """Bring a server's book to the newest schema; of two that start at once one does it."""
    from db.postgres import schema_number

    try:
        with transaction(connection):
            number = schema_number(connection)
            check_version(number)
            if number < HEAD:
                _apply_on_server(connection, number)
    except Refused as error:
        raise BookUnavailable(
            _(
                "The book on the server is of an older version. Its owner brings it up to date "
                "with: trustplan share init"
            )
        ) from error


def _apply(raw: sqlite3.Connection) -> None:
    from sqlite_utils import Database, Migrations

    pending = Migrations(MIGRATION_SET)
    fills = {one.name: one.then for one in migrations()}
    for name, statements in sqlite_statements():
        pending(name=name)(_runner(statements, fills.get(name)))
    database = Database(raw)
    with sqlite.translated():
        raw.execute("BEGIN IMMEDIATE")
        try:
            pending.apply(database)
            raw.execute(f"PRAGMA user_version={HEAD}")
            raw.execute("COMMIT")
        except BaseException:
            raw.execute("ROLLBACK")
            raise


def _runner(
    statements: tuple[str, ...], then: Callable[[Connection], None] | None
) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        for statement in statements:
            db.execute(statement)
        if then is not None:
            then(sqlite.SqliteConnection(db.conn, read_only=False))

    return run


def _apply_on_server(connection: PostgresConnection, number: int) -> None:
    """Apply what comes after migration ``number``, inside the caller's transaction."""
    if number == 0:
        connection.statement(NUMBERED)
    fills = {one.name: one.then for one in migrations()}
    for own, (name, statements) in enumerate(postgres_statements(), start=1):
        if own > number:
            for statement in statements:
                connection.statement(statement)
            then = fills.get(name)
            if then is not None:
                then(connection)
            connection.run(
                "INSERT INTO schema_migration (number, name) VALUES (:number, :name)",
                {"number": own, "name": name},
            )
