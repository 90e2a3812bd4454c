"""Scores of today for a reader: recomputed beside the book, nothing in it is written.

A temporary table of the same name stands before the stored rows for as long as the connection
lives, so every query reads it without knowing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from db.engine import Connection
from db.frame import Frame
from db.rollups import INSERT, STORED, rollup_rows
from db.sweep import SLICE, brought, left_over, stale_ids

BESIDE = "CREATE TEMPORARY TABLE fresh_rollup AS SELECT * FROM account_rollup WHERE {fresh}"
INSERT_BESIDE = INSERT.replace("account_rollup", "fresh_rollup")
STAND_BEFORE = "ALTER TABLE fresh_rollup RENAME TO account_rollup"


def shadow_stale(connection: Connection, frame: Frame, only: int | None = None) -> int:
    """Put fresh rows before those of another day; returns how many were recomputed.

    ``only``: recompute this account alone and leave the others as they are stored.
    """
    params: dict[str, object] = {"today": frame.today.isoformat()}
    ids, fresh = stale_ids(connection, frame.today), "as_of = :today"
    if only is not None:
        ids, fresh, params = [only], "account_id <> :only", {"only": only}
    if not ids:
        return 0
    done = 0
    with connection.aside():
        connection.run(BESIDE.format(fresh=fresh), params)
        for start in range(0, len(ids), SLICE):
            rows = list(_anew(connection, ids[start : start + SLICE], frame))
            connection.run_many(INSERT_BESIDE, rows)
            done += len(rows)
        connection.run(STAND_BEFORE)
    return done


def _anew(connection: Connection, ids: list[int], frame: Frame) -> Iterator[dict[str, Any]]:
    """The rows of some accounts, from what is kept of them where that holds."""
    lo, hi, wanted = ids[0], ids[-1], set(ids)
    stored = {row["account_id"]: row for row in connection.maps(STORED, {"lo": lo, "hi": hi})}
    done = set()
    for row, _was, _snapshot in brought(connection, lo, hi, frame):
        done.add(row["account_id"])
        yield {**stored[row["account_id"]], **row}
    for first, last in left_over(connection, ids, done):
        for row in rollup_rows(connection, first, last, frame):
            if row["account_id"] in wanted - done:
                yield row
