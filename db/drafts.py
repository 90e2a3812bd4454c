"""Drafts: what was typed into forms and not saved yet, on this machine, in a file for each book.

They are nobody's record: no audit, no undo, no sharing. The file is readable by its owner alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from db.own_file import OwnFile, Words, own_path

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
        self._file = OwnFile(
            own_path(folder, "drafts", address),
            (TABLE,),
            "SELECT form, subject, saved_at, data FROM draft LIMIT 0",
            Words(
                failed=_("The draft could not be kept or read: {why}."),
                damaged=_("The file of drafts was damaged. It was set aside as {path}."),
                too_many=_("too many damaged files of drafts lie beside it"),
            ),
        )
        self.path = self._file.path
        self.notices = self._file.notices

    def get(self, form: str, subject: str) -> Draft | None:
        """The draft of a form, or None. Raises ``BookUnavailable`` when it cannot be read."""
        with self._file.open() as raw:
            row = raw.execute(
                "SELECT form, subject, saved_at, data FROM draft WHERE form = ? AND subject = ?",
                (form, subject),
            ).fetchone()
        return _draft(row) if row else None

    def put(self, draft: Draft) -> None:
        """Keep a draft in place of the earlier one. Raises ``BookUnavailable``."""
        data = json.dumps({"values": draft.values, "before": draft.before})
        with self._file.open() as raw:
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
        with self._file.open() as raw:
            raw.execute("DELETE FROM draft WHERE form = ? AND subject = ?", (form, subject))

    def list(self) -> list[Draft]:
        """All drafts, the newest first. Raises ``BookUnavailable``."""
        with self._file.open() as raw:
            rows = raw.execute(
                "SELECT form, subject, saved_at, data FROM draft ORDER BY saved_at DESC, form"
            ).fetchall()
        return [draft for draft in map(_draft, rows) if draft is not None]


def _draft(row: tuple[str, str, str, str]) -> Draft | None:
    """A row as a draft; None for one whose text is none of ours."""
    try:
        data = json.loads(row[3])
        return Draft(row[0], row[1], row[2], _texts(data["values"]), _texts(data["before"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _texts(found: dict[object, object]) -> dict[str, str]:
    return {str(name): str(value) for name, value in found.items()}
