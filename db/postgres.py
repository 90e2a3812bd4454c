"""The PostgreSQL engine: one connection, named parameters, and writers that take turns.

Loaded only when an address says so. Writers take turns by one advisory lock, so that a use case
reads what it decides on as on a file (decision 0007).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import Any, Literal

import psycopg
from psycopg.adapt import Loader
from psycopg.types.numeric import Int8Dumper
from pydantic_core import to_json

from db.engine import NO_PARAMS, STREAMED, Params
from db.server_batches import of_rows
from db.server_errors import translated
from planner.errors import Offline, SaveUnknown, TrustplanError
from planner.language import gettext as _

SCHEMA = "trustplan"
CHANNEL = "trustplan"
WRITE_LOCK = 0x54525354
"""The key of the advisory lock that writers take turns by."""
LOCK_TIMEOUT = "10s"
CANCEL_SECONDS = 3.0
MAX_REMEMBERED = 500
WORD_QUERY = "tsquery"
"""Marks statements that are planned for the words of each: how common they are decides the plan."""
CHANGES = """
WITH now AS MATERIALIZED (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS oldest,
pg_snapshot_xmax(pg_current_snapshot()) AS next,
COALESCE((SELECT MAX(id) FROM change), 0) AS newest)
SELECT now.oldest::text, now.newest, c.id, c.xid >= now.oldest FROM now
LEFT JOIN change c ON c.xid >= COALESCE(CAST(:place AS xid8), now.oldest) AND c.xid < now.next
AND c.id > :floor ORDER BY c.id"""
_PARAMETER = re.compile(r"'(?:[^']|'')*'|::|:([a-z_][a-z0-9_]*)|%", re.IGNORECASE)
_TYPES = (
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\bREAL\b"), "DOUBLE PRECISION"),
    (re.compile(r"\bTEXT\b"), 'TEXT COLLATE "C"'),
    (re.compile(r"(\bREFERENCES \w+\(\w+\))"), r"\1 DEFERRABLE"),
)


def translate(sql: str) -> str:
    """Common-subset SQL with ``:name`` parameters in the driver's words; literals stay as is."""

    def word(match: re.Match[str]) -> str:
        if match[1] is not None:
            return f"%({match[1]})s"
        return match[0].replace("%", "%%")

    return _PARAMETER.sub(word, sql)


def typed(statement: str) -> str:
    """A common-subset CREATE or ALTER TABLE with the engine's own types and sort order."""
    if not statement.startswith(("CREATE TABLE", "ALTER TABLE")):
        return statement
    for pattern, words in _TYPES:
        statement = pattern.sub(words, statement)
    return statement


def append_only_triggers(table: str) -> tuple[str, ...]:
    """The statements that forbid to change, delete or empty a table, also for its owner."""
    return (
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$BEGIN RAISE EXCEPTION '{table} is append-only'; END$$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()",
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()",
    )


class _PlainNumber(Loader):
    """Sums and averages as the numbers that the other engine gives: int where whole, else float."""

    def load(self, data: Any) -> int | float:
        text = bytes(data).decode("ascii")
        return int(text) if text.lstrip("-").isdigit() else float(text)


class _Bigint(Int8Dumper):
    """Whole numbers as the columns hold them: 64 bits, and no more."""

    def dump(self, obj: int) -> Any:
        if not -(1 << 63) <= obj < 1 << 63:
            raise OverflowError
        return super().dump(obj)


def _as_maps(cursor: psycopg.Cursor[Any]) -> list[dict[str, Any]]:
    rows = cursor.fetchall()
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in rows]


class PostgresConnection:
    """One connection, used by one thread at a time but for ``interrupt``."""

    engine: Literal["sqlite", "postgres"] = "postgres"

    def __init__(self, raw: psycopg.Connection[Any], *, read_only: bool) -> None:
        logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # what a cut line means we say
        raw.adapters.register_loader("numeric", _PlainNumber)
        raw.adapters.register_dumper(int, _Bigint)
        self._raw = raw
        self.read_only = read_only
        self._translated: dict[str, str] = {}
        self._busy = False
        self._stopping: Thread | None = None
        self._turn = Lock()

    def _execute(self, sql: str, params: Params) -> psycopg.Cursor[Any]:
        self._await_stop()
        self._busy = True
        try:
            with translated():
                return self._raw.execute(
                    self._text(sql), params, prepare=False if WORD_QUERY in sql else None
                )
        finally:
            self._busy = False

    def _text(self, sql: str) -> str:
        text = self._translated.get(sql)
        if text is None:
            if len(self._translated) >= MAX_REMEMBERED:
                self._translated.clear()
            text = self._translated[sql] = translate(sql)
        return text

    def rows(self, sql: str, params: Params = NO_PARAMS) -> list[tuple[Any, ...]]:
        """All rows as tuples."""
        return self._execute(sql, params).fetchall()

    def maps(self, sql: str, params: Params = NO_PARAMS) -> list[dict[str, Any]]:
        """All rows as dictionaries by column name."""
        return _as_maps(self._execute(sql, params))

    def maps_of(self, questions: Sequence[str], params: Params) -> list[list[dict[str, Any]]]:
        """``maps`` of several statements with the same parameters, in one way there and back."""
        return [_as_maps(one) for one in self._asked(questions, params)]

    def rows_of(self, questions: Sequence[str], params: Params) -> list[list[tuple[Any, ...]]]:
        """``rows`` of several statements with the same parameters, in one way there and back."""
        return [one.fetchall() for one in self._asked(questions, params)]

    def _asked(self, questions: Sequence[str], params: Params) -> list[psycopg.Cursor[Any]]:
        """Each statement with its answer, which is read after the end of the pipeline: reading
        inside would go there and back once more."""
        with translated(), self._raw.pipeline():
            return [self._execute(sql, params) for sql in questions]

    def stream(self, sql: str, params: Params = NO_PARAMS) -> Iterator[tuple[Any, ...]]:
        """The rows one after the other, a bounded number of them in memory; as of one moment."""
        with translated(), self._raw.transaction(), self._raw.cursor(f"s{id(params)}") as cursor:
            cursor.itersize = STREAMED
            cursor.execute(self._text(sql), params)
            yield from cursor

    def one(self, sql: str, params: Params = NO_PARAMS) -> tuple[Any, ...] | None:
        """The first row, or None."""
        row: tuple[Any, ...] | None = self._execute(sql, params).fetchone()
        return row

    def run(self, sql: str, params: Params = NO_PARAMS) -> int:
        """Execute and return the number of rows changed."""
        return self._execute(sql, params).rowcount

    def run_many(self, sql: str, params: Iterable[Params]) -> None:
        """Execute once for each set of parameters."""
        with translated(), self._raw.cursor() as cursor:
            cursor.executemany(self._text(sql), params)

    def run_rows(self, sql: str, rows: Sequence[Params]) -> None:
        """``run_many`` for rows of one table, no two with the same key, by one statement."""
        if len(rows) > 1:
            sql, rows = of_rows(sql), [{"rows": to_json(rows).decode()}]
        for row in rows:
            self._execute(sql, row)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Send what is written inside in one way there and back."""
        with translated(), self._raw.pipeline():
            yield

    def begin(self) -> None:
        """Start a writing transaction when the other writers have ended theirs."""
        try:
            self._simple(
                f"BEGIN; SET LOCAL lock_timeout = '{LOCK_TIMEOUT}';"
                f" SELECT pg_advisory_xact_lock({WRITE_LOCK})"
            )
        except TrustplanError:
            self.rollback()
            raise

    def commit(self) -> None:
        """End the transaction, keeping everything.

        Raises ``SaveUnknown`` when the line is cut before the answer came.
        """
        try:
            self._simple("COMMIT")
        except Offline as error:
            raise SaveUnknown(
                _(
                    "The line was cut while this was being saved. Whether it was is known when "
                    "the line is back."
                )
            ) from error
        except TrustplanError:
            self.rollback()
            raise

    def rollback(self) -> None:
        """End the transaction, keeping nothing; harmless without one, or without a server."""
        if not self._raw.closed and self._raw.info.transaction_status:
            with suppress(Offline):
                self._simple("ROLLBACK")

    def statement(self, sql: str) -> None:
        """Execute a statement without parameters as it stands, in the engine's own words."""
        self._simple(sql)

    def _simple(self, sql: str) -> None:
        self._await_stop()
        with translated():
            self._raw.execute(sql)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let a reading connection make temporary tables inside; the book stays as it is."""
        self._simple("SET default_transaction_read_only = off")
        try:
            yield
        finally:
            if self.read_only:
                self._simple("SET default_transaction_read_only = on")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever others save meanwhile."""
        self._simple("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            self.rollback()

    def defer_references(self) -> None:
        """Check references at the end of this transaction."""
        self._simple("SET CONSTRAINTS ALL DEFERRED")

    def settle_references(self) -> None:
        """Check now what was deferred."""
        self._simple("SET CONSTRAINTS ALL IMMEDIATE")

    def copy_rows(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows to a table as they are, as a stream."""
        words = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with translated(), self._raw.cursor() as cursor, cursor.copy(words) as stream:
            for row in rows:
                stream.write_row(row)

    def interrupt(self) -> None:
        """Stop the statement that runs now; callable from another thread, waits for nothing."""
        with self._turn:
            if self._busy and self._stopping is None:
                self._stopping = Thread(target=self._cancel, name="cancel", daemon=True)
                self._stopping.start()

    def _await_stop(self) -> None:
        """Let a stop arrive that was asked for: late it would stop the next statement instead."""
        with self._turn:
            stopping, self._stopping = self._stopping, None
        if stopping is not None:
            stopping.join()

    def _cancel(self) -> None:
        with suppress(psycopg.Error):
            self._raw.cancel_safe(timeout=CANCEL_SECONDS)

    def listen(self) -> None:
        """Be told of changes from now on."""
        self._simple(f"LISTEN {CHANNEL}")

    def told(self, seconds: float) -> bool:
        """Wait to be told of a change; whether one was."""
        with translated():
            return any(True for _note in self._raw.notifies(timeout=seconds, stop_after=1))

    def changes_since(
        self, place: int | None, floor: int = 0
    ) -> tuple[int, int, list[tuple[int, bool]]]:
        """The changes seen now by transactions from ``place`` on (None: those still open), but for
        ids up to ``floor``.

        Returns the place to go on from, the oldest transaction that is open; the greatest id; and
        each change's id with whether its transaction is at or after that: it will be seen again.
        """
        rows = self.rows(CHANGES, {"place": None if place is None else str(place), "floor": floor})
        found = [(int(row[2]), bool(row[3])) for row in rows if row[2] is not None]
        return int(rows[0][0]), int(rows[0][1]), found

    def close(self) -> None:
        """Give the connection back."""
        self._raw.close()

    @property
    def raw(self) -> psycopg.Connection[Any]:
        """The driver's connection, for migrations, roles and the feed."""
        return self._raw

    def schema_number(self) -> int:
        """The number of the newest migration in the database; 0 where there is no book."""
        return schema_number(self)

    def may_write(self) -> bool:
        """Whether this person's role may save anything in the book."""
        row = self.one(f"SELECT has_table_privilege('{SCHEMA}.change', 'INSERT')")
        return bool(row and row[0])

    def member_name(self) -> str | None:
        """The name under which the server knows this login; None for the book's owner."""
        row = self.one("SELECT my_name()")
        return None if row is None else row[0]


def has_book(connection: PostgresConnection) -> bool:
    """Whether the database holds a book at all."""
    row = connection.one("SELECT to_regclass('schema_migration') IS NOT NULL")
    return bool(row and row[0])


def schema_number(connection: PostgresConnection) -> int:
    """The number of the newest migration in the database; 0 where there is no book."""
    if not has_book(connection):
        return 0
    row = connection.one("SELECT COALESCE(MAX(number), 0) FROM schema_migration")
    return int(row[0]) if row else 0


def owns_book(connection: PostgresConnection) -> bool:
    """Whether this login owns the book's tables, as who made it does."""
    row = connection.one(
        "SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c"
        " WHERE c.oid = to_regclass('change')"
    )
    return bool(row and row[0])


def identity(connection: PostgresConnection) -> tuple[Any, ...] | None:
    """What tells a database from every other, however it is addressed."""
    return connection.one(
        "SELECT d.oid, d.datname, pg_postmaster_start_time() FROM pg_database d"
        " WHERE d.datname = current_database()"
    )


def gather_statistics(connection: PostgresConnection, tables: Iterable[str]) -> None:
    """Let the planner of queries know what was just added."""
    connection.statement(f"ANALYZE {', '.join(tables)}")


def foreign_tables(connection: PostgresConnection) -> int:
    """How many tables of others the database holds."""
    row = connection.one(
        "SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'p') AND n.nspname <> :own"
        " AND n.nspname NOT LIKE 'pg!_%' ESCAPE '!' AND n.nspname <> 'information_schema'",
        {"own": SCHEMA},
    )
    return int(row[0]) if row else 0
