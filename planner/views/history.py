"""What the audit shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: when (UTC text), who, what, and how many rows it touched.

    ``kind`` is do, undo or redo; ``target_id`` the change that an undo or redo is about.
    """

    id: int
    at: str
    actor: str
    use_case: str
    summary: str
    account_id: int | None
    account: str | None
    kind: str
    target_id: int | None
    rows: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One row of a change: its table and id, and the fields before and after."""

    table: str
    row_id: int
    op: str
    before: dict[str, Any]
    after: dict[str, Any]
