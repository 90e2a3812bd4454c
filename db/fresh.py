"""Scores of today for a reader: recomputed beside the book, nothing in it is written.

A temporary table of the same name stands before the stored rows for as long as the connection
lives, so every query reads it without knowing.
"""

from __future__ import annotations

from db.engine import Connection
from db.frame import Frame
from db.rollups import INSERT, rollup_rows, stale_spans

SHADOW = "CREATE TEMPORARY TABLE account_rollup AS SELECT * FROM account_rollup WHERE {kept}"
KEPT = "as_of = :today"
KEPT_BUT_ONE = "account_id <> :only"


def shadow_stale(connection: Connection, frame: Frame, only: int | None = None) -> int:
    """Put fresh rows before those of another day; returns how many were recomputed.

    ``only``: recompute this account alone and leave the others as they are stored.
    """
    params: dict[str, object] = {"today": frame.today.isoformat()}
    if only is None:
        spans = [span[:2] for span in stale_spans(connection, frame.today)]
        kept = KEPT
    else:
        spans, kept, params = [(only, only)], KEPT_BUT_ONE, {"only": only}
    if not spans:
        return 0
    fresh = {
        row[0]
        for row in connection.rows(f"SELECT account_id FROM account_rollup WHERE {kept}", params)
    }
    done = 0
    with connection.aside():
        connection.run(SHADOW.format(kept=kept), params)
        for lo, hi in spans:
            rows = [row for row, _score in rollup_rows(connection, lo, hi, frame)]
            stale = [row for row in rows if row["account_id"] not in fresh]
            connection.run_many(INSERT, stale)
            done += len(stale)
    return done
