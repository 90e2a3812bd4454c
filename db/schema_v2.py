"""The second schema: an account's team, and operations that are recognised when they come twice."""

from __future__ import annotations

SCHEMA = (
    "ALTER TABLE account ADD COLUMN team TEXT",
    "ALTER TABLE change ADD COLUMN op_id TEXT",
    "CREATE UNIQUE INDEX change_operation ON change(op_id) WHERE op_id IS NOT NULL",
)
