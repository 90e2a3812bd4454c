"""The SQLite engine: opening files with care, settings, and errors in words."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from db.book_file import APPLICATION_ID as APPLICATION_ID
from db.book_file import check_file
from db.engine import (
    NO_PARAMS,
    STREAMED,
    Connection,
    Interrupted,
    Mode,
    Params,
    Translator,
)
from planner.errors import BookUnavailable, Refused, TrustplanError
from planner.language import gettext as _

BUSY_TIMEOUT_MS = 10_000
WRITER_CACHE_KIB = 16_000
"""A sweep changes pages all over: with the usual 2 MB they are written out and read again."""
REBUILD_CACHE_KIB = 48_000
"""Pages that a rebuild of a whole book keeps; fewer are written twice (decision 0011)."""
FILE_MODE = 0o600
FOLDER_MODE = 0o700
MAX_REMEMBERED = 500
"""How many statements a connection keeps the column names of."""

_MESSAGES: dict[str, Callable[[], str]] = {
    "database is locked": lambda: _(
        "Another program is writing to the book and did not finish in time. "
        "Nothing was saved and nothing is lost; try again in a moment."
    ),
    "attempt to write a readonly database": lambda: _(
        "The book is read-only, so nothing was saved. Ask for write permission on the file."
    ),
    "database or disk is full": lambda: _(
        "The disk is full. Nothing was saved; make room and save again."
    ),
    "disk I/O error": lambda: _(
        "The disk reported an error. Nothing was saved; check the disk and try again."
    ),
    "database disk image is malformed": lambda: _(
        "The book is damaged. It was not changed; restore a backup."
    ),
    "file is not a database": lambda: _("This file is not a trustplan book. It was not changed."),
    "interrupted": lambda: _("The reading was stopped."),
}


def translated() -> Translator:
    """Turn the engine's errors into sentences. A wrong statement stays a programming error."""
    return _TRANSLATOR


def _sentence_for(error: BaseException) -> TrustplanError | None:
    """What an error of the engine means to people; None for a mistake of the program."""
    text = str(error)
    if isinstance(error, OverflowError):
        return Refused(_("A number is too large to be kept. Nothing was saved."))
    if isinstance(error, UnicodeEncodeError):
        return Refused(
            _("A text holds half of a surrogate pair, which is no character. Nothing was saved.")
        )
    if isinstance(error, sqlite3.IntegrityError):
        return _broken_rule(text)
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    if text == "interrupted":
        return Interrupted(_MESSAGES[text]())
    for known, message in _MESSAGES.items():
        if known in text:
            return BookUnavailable(message())
    if "unable to open" in text:
        return BookUnavailable(_("The book cannot be opened: {why}.").format(why=text))
    return None


_TRANSLATOR = Translator(_sentence_for)


def _broken_rule(text: str) -> Refused | None:
    """The sentence for a rule of the schema that somebody's input can break."""
    if text.startswith("FOREIGN KEY"):
        return Refused(_("It refers to a record that is not in the book. Nothing was saved."))
    if text.startswith("UNIQUE"):
        what = text.partition(": ")[2].partition(".")[0]
        return Refused(
            _("There is a live {what} of this kind already. Nothing was saved.").format(what=what)
        )
    return None


class SqliteConnection:
    """One connection, bound to the thread that made it but for ``interrupt``."""

    engine: Literal["sqlite", "postgres"] = "sqlite"

    def __init__(self, raw: sqlite3.Connection, *, read_only: bool) -> None:
        self._raw = raw
        self.read_only = read_only
        self._names: dict[str, tuple[str, ...]] = {}

    def rows(self, sql: str, params: Params = NO_PARAMS) -> list[tuple[Any, ...]]:
        """All rows as tuples."""
        with translated():
            return self._raw.execute(sql, params).fetchall()

    def maps(self, sql: str, params: Params = NO_PARAMS) -> list[dict[str, Any]]:
        """All rows as dictionaries by column name."""
        with translated():
            cursor = self._raw.execute(sql, params)
            names = self._names.get(sql)
            if names is None:
                if len(self._names) >= MAX_REMEMBERED:
                    self._names.clear()
                names = self._names[sql] = tuple(column[0] for column in cursor.description)
            return [dict(zip(names, row, strict=False)) for row in cursor.fetchall()]

    def rows_of(self, questions: Sequence[str], params: Params) -> list[list[tuple[Any, ...]]]:
        """``rows`` of several statements with the same parameters."""
        return [self.rows(sql, params) for sql in questions]

    def maps_of(self, questions: Sequence[str], params: Params) -> list[list[dict[str, Any]]]:
        """``maps`` of several statements with the same parameters."""
        return [self.maps(sql, params) for sql in questions]

    def stream(self, sql: str, params: Params = NO_PARAMS) -> Iterator[tuple[Any, ...]]:
        """The rows one after the other, a bounded number of them in memory; as of one moment."""
        with translated():
            cursor = self._raw.execute(sql, params)
            try:
                while rows := cursor.fetchmany(STREAMED):
                    yield from rows
            finally:
                cursor.close()

    def one(self, sql: str, params: Params = NO_PARAMS) -> tuple[Any, ...] | None:
        """The first row, or None."""
        with translated():
            row: tuple[Any, ...] | None = self._raw.execute(sql, params).fetchone()
            return row

    def run(self, sql: str, params: Params = NO_PARAMS) -> int:
        """Execute and return the number of rows changed."""
        with translated():
            return self._raw.execute(sql, params).rowcount

    def run_many(self, sql: str, params: Iterable[Params]) -> None:
        """Execute once for each set of parameters."""
        with translated():
            self._raw.executemany(sql, params)

    def run_rows(self, sql: str, rows: Sequence[Params]) -> None:
        """``run_many`` for rows of one table."""
        self.run_many(sql, rows)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Nothing: there is no way to a file."""
        yield

    def begin(self) -> None:
        """Start a writing transaction at once: a late upgrade would fail without waiting."""
        self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """End the transaction, keeping everything; on failure nothing is kept."""
        try:
            self.run("COMMIT")
        except TrustplanError:
            self.rollback()
            raise

    def rollback(self) -> None:
        """End the transaction, keeping nothing; harmless without one."""
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let a reading connection make temporary tables inside; they stay in memory."""
        self.run("PRAGMA temp_store=MEMORY")
        guarded = self.one("PRAGMA query_only")
        self.run("PRAGMA query_only=OFF")
        try:
            yield
        finally:
            if guarded and guarded[0]:
                self.run("PRAGMA query_only=ON")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever others save meanwhile."""
        self.run("BEGIN")
        try:
            yield
        finally:
            self.rollback()

    def defer_references(self) -> None:
        """Check references at the end of this transaction."""
        self.run("PRAGMA defer_foreign_keys=ON")

    def settle_references(self) -> None:
        """Nothing: a file checks what was deferred at the commit."""

    def copy_rows(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows to a table as they are."""
        marks = ",".join("?" * len(columns))
        with translated():
            self._raw.executemany(f"INSERT INTO {table}({','.join(columns)}) VALUES({marks})", rows)

    def schema_number(self) -> int:
        """The number of the newest migration in the file."""
        return schema_number(self._raw)

    def may_write(self) -> bool:
        """Whether this connection may write."""
        return not self.read_only

    def member_name(self) -> str | None:
        """Nobody: a file does not know who opens it."""
        return None

    def interrupt(self) -> None:
        """Stop the statement that runs now; callable from another thread."""
        self._raw.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()

    @property
    def raw(self) -> sqlite3.Connection:
        """The driver's connection, for migrations, backup and doctor."""
        return self._raw

    def data_version(self) -> int:
        """A number that changes when another connection commits."""
        row = self.one("PRAGMA data_version")
        return int(row[0]) if row else 0


def _configure(raw: sqlite3.Connection, mode: Mode) -> None:
    raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    for pragma in (
        "foreign_keys=ON",
        "synchronous=FULL",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "secure_delete=ON",
        "recursive_triggers=ON",
    ):
        raw.execute(f"PRAGMA {pragma}")
    if mode == "read":
        raw.execute("PRAGMA query_only=ON")
    else:
        raw.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KIB}")


def writable(path: Path) -> bool:
    """Whether this process may write the file and the folder that holds its log."""
    return (
        os.access(path, os.W_OK)
        and os.access(path.parent, os.W_OK)
        and bool(path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    )


def schema_number(raw: sqlite3.Connection) -> int:
    """The number of the newest migration in the file (``user_version``)."""
    with translated():
        return int(raw.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """More pages of a file in memory while a whole book is made anew; given back after it."""
    if not isinstance(connection, SqliteConnection):
        yield
        return
    (usual,) = connection.rows("PRAGMA cache_size")[0]
    connection.run(f"PRAGMA cache_size=-{REBUILD_CACHE_KIB}")
    try:
        yield
    finally:
        connection.run(f"PRAGMA cache_size={usual}")
        connection.run("PRAGMA shrink_memory")


def connect(path: Path, mode: Mode = "write") -> SqliteConnection:
    """Open an existing book. A book that cannot be written is opened for reading only."""
    with translated():
        check_file(path)
    can_write = writable(path)
    query = "mode=rw" if can_write else _read_only_query(path)
    with translated():
        raw = sqlite3.connect(
            f"{path.resolve().as_uri()}?{query}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_TIMEOUT_MS / 1000,
            check_same_thread=False,
        )
    try:
        with translated():
            _configure(raw, mode)
            raw.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except BaseException:
        raw.close()
        raise
    return SqliteConnection(raw, read_only=mode == "read" or not can_write)


def _read_only_query(path: Path) -> str:
    log = path.with_name(path.name + "-wal")
    if os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
        return "mode=ro"
    return "mode=ro&immutable=1"


@contextmanager
def new_file(path: Path) -> Iterator[sqlite3.Connection]:
    """Make a book beside its place and move it there when it is whole.

    Yields the connection to fill. Raises ``BookUnavailable`` where a file stands already.
    """
    import secrets

    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE))
    except OSError as error:
        raise BookUnavailable(
            _("No book can be made at {path}: {why}.").format(
                path=path, why=error.strerror or str(error)
            )
        ) from error
    try:
        raw = sqlite3.connect(temporary, isolation_level=None)
        try:
            with translated():
                raw.execute("PRAGMA journal_mode=WAL")
                raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
                _configure(raw, "write")
                yield raw
        finally:
            raw.close()
        _publish(temporary, path)
    finally:
        for suffix in ("", "-wal", "-shm"):
            temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)


def without_log(path: Path) -> None:
    """Make a closed book one file without a log beside it, so that a rename moves all of it."""
    with translated(), closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")


def _publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name; what stands there already is never replaced."""
    taken = _("There is a file at {path} already. It was not changed.").format(path=path)
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise BookUnavailable(taken) from error
    except OSError:  # a file system without hard links
        if path.exists():
            raise BookUnavailable(taken) from None
        try:
            temporary.rename(path)
        except OSError as error:
            raise BookUnavailable(
                _("No book can be made at {path}: {why}.").format(
                    path=path, why=error.strerror or str(error)
                )
            ) from error


def strict(statement: str) -> str:
    """A common-subset CREATE TABLE as SQLite wants it."""
    return statement + " STRICT" if statement.startswith("CREATE TABLE") else statement


def append_only_triggers(table: str) -> tuple[str, ...]:
    """The statements that forbid to change or delete rows of a table."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )
