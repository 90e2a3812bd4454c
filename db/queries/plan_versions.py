"""The versions of a plan, from the audit: a fixed number of statements whatever their number."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db.engine import Connection
from planner.errors import Refused
from planner.language import gettext as _
from planner.plan_history import PlanHistory, Signature
from planner.plan_versions import CONTENT, Entry, Key, Move

if TYPE_CHECKING:
    from planner.entity import Entity

TABLES = ", ".join(f"'{table}'" for table in CONTENT)
PLAN = """
SELECT id, status FROM plan WHERE account_id = :id AND archived_at IS NULL
ORDER BY CASE WHEN status = 'closed' THEN 1 ELSE 0 END, id DESC LIMIT 1"""
ENTRIES = f"""
SELECT c.id AS change_id, c.at, c.on_date, c.actor, c.summary, e.table_name, e.row_id,
  e.row_version, e.op, e.before, e.after
FROM audit_entry e JOIN change c ON c.id = e.change_id
WHERE e.account_id = :id AND e.table_name IN ({TABLES}) ORDER BY c.id, e.id"""
ROWS = tuple(
    f"SELECT * FROM {table} WHERE {'id' if table == 'account' else 'account_id'} = :id ORDER BY id"
    for table in CONTENT
)
NAMES = """
SELECT 'colleague' AS kind, id, name FROM colleague
UNION ALL SELECT 'person' AS kind, p.id, COALESCE(NULLIF(p.name, ''), p.email, p.phone) AS name
FROM person p JOIN membership m ON m.person_id = p.id WHERE m.account_id = :id
UNION ALL SELECT 'product' AS kind, id, name FROM product
UNION ALL SELECT 'programme' AS kind, id, name FROM programme
UNION ALL SELECT 'complaint' AS kind, id, number AS name FROM complaint WHERE account_id = :id"""
SIGNATURES = """
SELECT s.function, s.colleague_id, c.name AS colleague, s.signed_on, s.content
FROM sign_off s LEFT JOIN colleague c ON c.id = s.colleague_id
WHERE s.account_id = :id AND s.plan_id = (
  SELECT id FROM plan WHERE account_id = :id AND archived_at IS NULL
  ORDER BY CASE WHEN status = 'closed' THEN 1 ELSE 0 END, id DESC LIMIT 1)
  AND s.archived_at IS NULL ORDER BY s.id"""
SEATS = """
SELECT s.function, c.name FROM seat s JOIN colleague c ON c.id = s.colleague_id
WHERE s.account_id = :id AND s.archived_at IS NULL"""


KEPT_BESIDE = ("touched_on", "name_key")
"""Columns that the store keeps beside a record's own, and no entry of the audit holds."""


class PlanVersionQueries:
    """Reads the history of an account's live plan, else of the one closed last."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def history(self, account_id: int) -> PlanHistory:
        """The history of the plan. Raises ``Refused`` where there is no plan."""
        plans, entries, *tables, names, signatures, seats = self._connection.maps_of(
            (PLAN, ENTRIES, *ROWS, NAMES, SIGNATURES, SEATS), {"id": account_id}
        )
        if not plans:
            raise Refused(_("This account has no plan yet; start one first."))
        rows: dict[Key, dict[str, Any]] = {
            (table, row["id"]): {
                name: value for name, value in row.items() if name not in KEPT_BESIDE
            }
            for table, found in zip(CONTENT, tables, strict=True)
            for row in found
        }
        return PlanHistory(
            account_id,
            plans[0]["id"],
            [_entry(row) for row in entries],
            rows,
            {(row["kind"], row["id"]): row["name"] for row in names},
            [Signature(**row) for row in signatures],
            {row["function"]: row["name"] for row in seats},
        )


def restoring_moves(moves: Sequence[Move]) -> list[tuple[Entity, Entity | None]]:
    """The records that ``restore_plan`` takes: as they are now, and as they shall be."""
    from db.rows import to_model
    from db.tables import TABLES as RECORDS

    return [
        (
            to_model(RECORDS[table], dict(now)),
            None if then is None else to_model(RECORDS[table], dict(then)),
        )
        for (table, _row_id), now, then in moves
    ]


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        change_id=row["change_id"],
        at=row["at"],
        on_date=row["on_date"],
        actor=row["actor"],
        summary=row["summary"],
        table=row["table_name"],
        row_id=row["row_id"],
        row_version=row["row_version"],
        op=row["op"],
        before=json.loads(row["before"]) if row["before"] else {},
        after=json.loads(row["after"]),
    )
