"""The audit in lists: who changed what, when; and what undo would take back."""

from __future__ import annotations

import json
from typing import Any

from db.engine import Connection
from planner.views.history import ChangeRow, EntryRow

CHANGES = """
SELECT c.id, c.at, c.actor, c.use_case, c.summary, c.account_id, a.name, c.kind, c.target_id,
  (SELECT COUNT(*) FROM audit_entry e WHERE e.change_id = c.id)
FROM change c LEFT JOIN account a ON a.id = c.account_id"""
ENTRIES = """
SELECT e.table_name, e.row_id, e.op, e.before, e.after FROM audit_entry e
WHERE e.change_id = :id ORDER BY e.id LIMIT :limit"""


class HistoryQueries:
    """Changes of the book or of one account, newest first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def changes(
        self, account_id: int | None = None, *, limit: int = 200, before: int | None = None
    ) -> list[ChangeRow]:
        """The newest changes, those of one account if given; ``before`` is an id to go on from."""
        where: list[str] = []
        params: dict[str, Any] = {"limit": limit}
        if account_id is not None:
            where.append(
                "c.id IN (SELECT x.change_id FROM audit_entry x WHERE x.account_id = :account)"
            )
            params["account"] = account_id
        if before is not None:
            where.append("c.id < :before")
            params["before"] = before
        condition = f" WHERE {' AND '.join(where)}" if where else ""
        rows = self._connection.rows(
            f"{CHANGES}{condition} ORDER BY c.id DESC LIMIT :limit", params
        )
        return [ChangeRow(*row) for row in rows]

    def entries(self, change_id: int, limit: int = 500) -> list[EntryRow]:
        """The rows that one change touched, with the fields before and after."""
        return [
            EntryRow(table, row_id, op, json.loads(before) if before else {}, json.loads(after))
            for table, row_id, op, before, after in self._connection.rows(
                ENTRIES, {"id": change_id, "limit": limit}
            )
        ]
