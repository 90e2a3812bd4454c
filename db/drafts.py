"""Drafts: what was typed into forms and not saved yet, on this machine, in a file for each book.

They are nobody's record: no audit, no undo, no sharing. The file is readable by its owner alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from planner.errors import BookUnavailable

FILE_MODE = 0o600
FOLDER_MODE = 0o700
WAIT_SECONDS = 2.0
DAMAGED_LIMIT = 1_000
TABLE = """
CREATE TABLE IF NOT EXISTS draft (
  form TEXT NOT NULL, subject TEXT NOT NULL, saved_at TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (form, subject)) STRICT"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into one form about one subject.

    ``values`` are the fields that were changed; ``before`` what those fields held when the form
    was opened. ``saved_at`` is ISO text in UTC.
    """

    form: str
    subject: str
    saved_at: str
    values: dict[str, str]
    before: dict[str, str]


class DraftStore:
    """The drafts of one book. A damaged file is set aside, and ``notices`` says so."""

    def __init__(self, folder: Path, address: str) -> None:
        digest = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self.path = folder / f"drafts-{digest}.db"
        self.notices: list[str] = []

    def get(self, form: str, subject: str) -> Draft | None:
        """The draft of a form, or None. Raises ``BookUnavailable`` when it cannot be read."""
        with self._open() as raw:
            row = raw.execute(
                "SELECT form, subject, saved_at, data FROM draft WHERE form = ? AND subject = ?",
                (form, subject),
            ).fetchone()
        return _draft(row) if row else None

    def put(self, draft: Draft) -> None:
        """Keep a draft in place of the earlier one. Raises ``BookUnavailable``."""
        data = json.dumps({"values": draft.values, "before": draft.before})
        with self._open() as raw:
            raw.execute(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)",
                (draft.form, draft.subject, draft.saved_at, data),
            )

    def keep(
        self, form: str, subject: str, saved_at: str, values: dict[str, str], before: dict[str, str]
    ) -> None:
        """``put`` with the parts of a draft."""
        self.put(Draft(form, subject, saved_at, values, before))

    def drop(self, form: str, subject: str) -> None:
        """Forget a draft; one that is not there is fine. Raises ``BookUnavailable``."""
        with self._open() as raw:
            raw.execute("DELETE FROM draft WHERE form = ? AND subject = ?", (form, subject))

    def list(self) -> list[Draft]:
        """All drafts, the newest first. Raises ``BookUnavailable``."""
        with self._open() as raw:
            rows = raw.execute(
                "SELECT form, subject, saved_at, data FROM draft ORDER BY saved_at DESC, form"
            ).fetchall()
        return [draft for draft in map(_draft, rows) if draft is not None]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection with the table in place, in a transaction that ends with the block."""
        try:
            with closing(self._connect()) as raw, raw:
                yield raw
        except (sqlite3.Error, OSError) as error:
            raise BookUnavailable(
                _("The draft could not be kept or read: {why}.").format(why=error)
            ) from error

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
            raw.execute(TABLE)
            raw.execute("SELECT form, subject, saved_at, data FROM draft LIMIT 0")
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
                self.notices.append(
                    _("The file of drafts was damaged. It was set aside as {path}.").format(
                        path=aside
                    )
                )
                return
        raise OSError(_("too many damaged files of drafts lie beside it"))


def _draft(row: tuple[str, str, str, str]) -> Draft | None:
    """A row as a draft; None for one whose text is none of ours."""
    try:
        data = json.loads(row[3])
        return Draft(row[0], row[1], row[2], _texts(data["values"]), _texts(data["before"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _texts(found: dict[object, object]) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()}
