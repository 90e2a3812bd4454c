"""The outbox: what was logged on this machine and has yet to be saved on the server.

Each entry is one operation with a name of its own, by which the server knows whether it was saved.
"""

from __future__ import annotations

from contextlib import suppress
from gettext import gettext as _
from pathlib import Path

from db.own_file import OwnFile, Words, own_path
from planner.queued import Waiting

TABLES = (
    """
CREATE TABLE IF NOT EXISTS operation (
  number INTEGER PRIMARY KEY, op_id TEXT NOT NULL UNIQUE, at TEXT NOT NULL,
  use_case TEXT NOT NULL, arguments TEXT NOT NULL, actor TEXT NOT NULL,
  refused TEXT NOT NULL DEFAULT '') STRICT""",
    "CREATE TABLE IF NOT EXISTS known (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
)
COLUMNS = "op_id, at, use_case, arguments, actor, refused"
CHECK = f"SELECT {COLUMNS}, name, value FROM operation, known LIMIT 0"


class Outbox:
    """The waiting operations of one book. A damaged file is set aside, and ``notices`` says so.

    Every method raises ``BookUnavailable`` where the file cannot be read or written.
    """

    def __init__(self, folder: Path, address: str) -> None:
        self._file = OwnFile(
            own_path(folder, "outbox", address),
            TABLES,
            CHECK,
            Words(
                failed=_("What waits for the server could not be kept or read: {why}."),
                damaged=_(
                    "The file of what waits for the server was damaged. It was set aside as "
                    "{path}; what waited in it was not saved."
                ),
                too_many=_("too many damaged files of what waits lie beside it"),
            ),
        )
        self.path = self._file.path
        self.notices = self._file.notices

    def put(self, entry: Waiting) -> None:
        """Keep an operation; one of this name that is kept already stays as it is."""
        with self._file.open() as raw:
            raw.execute(
                f"INSERT INTO operation({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (op_id) DO NOTHING",
                entry,
            )

    def waiting(self) -> list[Waiting]:
        """What waits to be saved, in the order in which it was logged."""
        return self._entries("refused = ''")

    def refused(self) -> list[Waiting]:
        """What the book refused, with the sentence why, the oldest first."""
        return self._entries("refused <> ''")

    def count(self) -> int:
        """How many operations wait; 0 where there is no file, and none is made for asking."""
        with suppress(OSError):
            if not self.path.exists():
                return 0
        with self._file.open() as raw:
            row = raw.execute("SELECT COUNT(*) FROM operation WHERE refused = ''").fetchone()
        return int(row[0])

    def done(self, op_id: str) -> None:
        """Forget an operation, because it is saved or somebody gave it up."""
        with self._file.open() as raw:
            raw.execute("DELETE FROM operation WHERE op_id = ?", (op_id,))

    def refuse(self, op_id: str, sentence: str) -> None:
        """Keep an operation as one that the book refused, with the sentence why."""
        with self._file.open() as raw:
            raw.execute("UPDATE operation SET refused = ? WHERE op_id = ?", (sentence, op_id))

    def retry(self, op_id: str) -> None:
        """Let a refused operation wait again."""
        self.refuse(op_id, "")

    def know(self, name: str, value: str) -> None:
        """Keep something that the server said, for when it cannot be asked."""
        with self._file.open() as raw:
            raw.execute(
                "INSERT INTO known VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )

    def known(self, name: str) -> str | None:
        """What the server said last, or None."""
        with self._file.open() as raw:
            row = raw.execute("SELECT value FROM known WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def _entries(self, where: str) -> list[Waiting]:
        with self._file.open() as raw:
            rows = raw.execute(
                f"SELECT {COLUMNS} FROM operation WHERE {where} ORDER BY number"
            ).fetchall()
        return [Waiting(*row) for row in rows]
