"""The append-only audit: one change a transaction, one entry a row, both never altered.

A change is ``do``, ``undo`` or ``redo``; the last two name the ``do`` they take back or repeat.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from db.engine import Connection
from planner.entity import plain
from planner.ports import Actor

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class ChangeLog:
    """Writes the change of one transaction and its entries, the change with the first entry."""

    def __init__(
        self,
        connection: Connection,
        new_id: Callable[[], int],
        actor: Actor,
        at: datetime,
        on: date,
        use_case: str,
        op_id: str | None = None,
    ) -> None:
        self._op_id = op_id
        self._connection = connection
        self._new_id = new_id
        self._actor = actor
        self._at = at
        self._on = on
        self._use_case = use_case
        self.kind = "do"
        self.target_id: int | None = None
        self.summary = ""
        self.account_id: int | None = None
        self.change_id: int | None = None
        self._entries: list[dict[str, Any]] = []

    def record(
        self,
        table: str,
        row_id: int,
        account_id: int | None,
        op: str,
        before: dict[str, Any] | None,
        after: dict[str, Any],
        version: int = 1,
    ) -> None:
        """Keep what one row was and became."""
        self._entries.append(
            {
                "id": self._new_id(),
                "table": table,
                "row": row_id,
                "account": account_id,
                "version": version,
                "op": op,
                "before": None if before is None else _json(before),
                "after": _json(after),
            }
        )

    def write(self) -> int | None:
        """Store the change and its entries; returns the change's id, or None for no change."""
        if not self._entries:
            return None
        self.change_id = self._new_id()
        self._connection.run(
            "INSERT INTO change(id, at, on_date, actor, colleague_id, use_case, summary,"
            " account_id, kind, target_id, op_id) VALUES (:id, :at, :on, :actor, :colleague,"
            " :use_case, :summary, :account, :kind, :target, :op_id)",
            {
                "id": self.change_id,
                "at": plain(self._at),
                "on": plain(self._on),
                "actor": self._actor.name,
                "colleague": self._actor.colleague_id,
                "use_case": self._use_case,
                "summary": self.summary or self._use_case,
                "account": self.account_id,
                "kind": self.kind,
                "target": self.target_id,
                "op_id": self._op_id,
            },
        )
        self._connection.run_many(
            "INSERT INTO audit_entry(id, change_id, table_name, row_id, account_id, row_version,"
            " op, before, after) VALUES (:id, :change, :table, :row, :account, :version, :op,"
            " :before, :after)",
            [{**entry, "change": self.change_id} for entry in self._entries],
        )
        return self.change_id


def _json(values: dict[str, Any]) -> str:
    return _ENCODER.encode(values)


def last_change(connection: Connection, table: str, row_id: int) -> tuple[str, str]:
    """Who changed a row last, and when (UTC text); empty words when nobody is on record."""
    row = connection.one(
        "SELECT c.actor, c.at FROM audit_entry a JOIN change c ON c.id = a.change_id"
        " WHERE a.table_name = :table AND a.row_id = :row ORDER BY a.id DESC LIMIT 1",
        {"table": table, "row": row_id},
    )
    return (str(row[0]), str(row[1])) if row else ("", "")


def changes_since(
    connection: Connection, table: str, row_id: int, version: int
) -> list[tuple[str, str, frozenset[str]]]:
    """Who changed a row after a version of it, when (UTC text) and which fields, newest first."""
    rows = connection.rows(
        "SELECT c.actor, c.at, a.after FROM audit_entry a JOIN change c ON c.id = a.change_id"
        " WHERE a.table_name = :table AND a.row_id = :row AND a.row_version > :version"
        " ORDER BY a.id DESC",
        {"table": table, "row": row_id, "version": version},
    )
    return [(str(who), str(at), frozenset(json.loads(after))) for who, at, after in rows]
