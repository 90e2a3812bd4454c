"""A small SQLite file of this program's own about one book, in the state folder, for one person.

No book: no audit, no undo, no sharing. It is readable by its owner alone, and a damaged one is set
aside, never thrown away.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from planner.errors import BookUnavailable

FILE_MODE = 0o600
FOLDER_MODE = 0o700
WAIT_SECONDS = 2.0
DAMAGED_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a file: ``failed`` names {why}, ``damaged`` names {path}."""

    failed: str
    damaged: str
    too_many: str


def own_path(folder: Path, what: str, address: str) -> Path:
    """Where a file of a kind lies for the book at an address."""
    digest = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return folder / f"{what}-{digest}.db"


class OwnFile:
    """The file at a path with its tables; each use opens it, so any thread may.

    ``tables`` are CREATE TABLE IF NOT EXISTS statements; ``check`` is a query that only a file
    with the right columns answers. ``notices`` are sentences about a file that was set aside.
    """

    def __init__(self, path: Path, tables: tuple[str, ...], check: str, words: Words) -> None:
        self.path = path
        self.notices: list[str] = []
        self._tables = tables
        self._check = check
        self._words = words

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction that ends with the block. Raises ``BookUnavailable``."""
        try:
            with closing(self._connect()) as raw, raw:
                yield raw
        except (sqlite3.Error, OSError) as error:
            raise BookUnavailable(self._words.failed.format(why=error)) from error

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        try:
            return self._prepared()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self._set_aside()
            return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        if self.path.stat().st_mode & 0o077:
            self.path.chmod(FILE_MODE)
        raw = sqlite3.connect(self.path, timeout=WAIT_SECONDS)
        try:
            raw.execute("PRAGMA trusted_schema=OFF")
            raw.execute("PRAGMA secure_delete=ON")
            problem = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
            if problem != "ok":
                raise sqlite3.DatabaseError(problem)
            for table in self._tables:
                raw.execute(table)
            raw.execute(self._check)
        except BaseException:
            raw.close()
            raise
        return raw

    def _set_aside(self) -> None:
        for number in range(1, DAMAGED_LIMIT):
            aside = self.path.with_suffix(f".damaged-{number}")
            if not aside.exists():
                self.path.replace(aside)
                self.path.with_name(self.path.name + "-journal").unlink(missing_ok=True)
                self.notices.append(self._words.damaged.format(path=aside))
                return
        raise OSError(self._words.too_many)
