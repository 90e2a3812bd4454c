"""Brings a whole book's rows to today, in slices, or makes them all anew from the facts.

A row of another day is made from what was kept with it (``db.kept_inputs``); one for which that
does not hold is made from its facts, as a change would.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from db.engine import Connection
from db.frame import Frame
from db.health_facts import moment_of
from db.kept_inputs import HOLDS, decoded
from db.rollups import (
    AGED,
    BASE,
    LIVE,
    SNAPSHOT,
    Was,
    base_window,
    bring_rows,
    daily,
    refresh_range,
    snapshot,
    spans_of,
)
from db.sqlite import roomy
from planner.health.kept import SHAPE
from planner.health.quick import Scorer
from planner.ids import MAX_ID

SLICE = 500
"""Accounts in one slice of a sweep: about 20 ms of work."""
STALE = (
    "SELECT a.id FROM account a LEFT JOIN account_rollup r ON r.account_id = a.id"
    " AND r.account_id > :after WHERE a.id > :after AND a.archived_at IS NULL"
    " AND COALESCE(r.as_of, '') <> :today ORDER BY a.id LIMIT :most"
)
KEPT = (
    "SELECT h.account_id, h.kept, r.stage, r.health_order, r.trend,"
    f" {BASE.format(account='h.account_id')}"
    " FROM health_inputs h JOIN account_rollup r ON r.account_id = h.account_id"
    f" WHERE h.account_id BETWEEN :lo AND :hi AND {HOLDS} AND r.as_of <> :today"
    " ORDER BY h.account_id"
)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Put the search for cycles off for one slice: its many tuples make none."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def refresh_all(connection: Connection, frame: Frame, *, stale_only: bool) -> Iterator[int]:
    """Bring all rows up to date in slices; yields the number done after each slice.

    ``stale_only``: those of another day, from what is kept of them where that holds; else every
    row from its facts. The caller owns the transaction, and may commit between slices.
    """
    done = after = 0
    while stale_only and (part := stale_ids(connection, frame.today, after, SLICE)):
        bring(connection, part, frame)
        done, after = done + len(part), part[-1]
        yield done
    if stale_only:
        return
    with roomy(connection):
        for lo, hi, count in _everybody(connection):
            with _no_collection():
                refresh_range(connection, lo, hi, frame)
            done += count
            yield done


def _everybody(connection: Connection) -> list[tuple[int, int, int]]:
    live = connection.rows(LIVE, {"lo": 0, "hi": MAX_ID})
    return list(spans_of((row[0], True) for row in live))


def stale_ids(connection: Connection, today: date, after: int = 0, most: int = MAX_ID) -> list[int]:
    """The first ``most`` live accounts after ``after`` without a row of ``today``, by id."""
    params = {"today": today.isoformat(), "after": after, "most": most}
    return [row[0] for row in connection.rows(STALE, params)]


@_no_collection()
def bring(connection: Connection, ids: Sequence[int], frame: Frame) -> None:
    """Bring some accounts, in order of id, to the frame's day."""
    rows, snapshots = [], []
    for row, was, taken in brought(connection, ids[0], ids[-1], frame):
        rows.append((row, was))
        if taken is not None:
            snapshots.append(taken)
    with connection.together():
        bring_rows(connection, rows)
        connection.run_rows(SNAPSHOT, snapshots)
    done = {row["account_id"] for row, _was in rows}
    for lo, hi in left_over(connection, ids, done):
        refresh_range(connection, lo, hi, frame)


def left_over(
    connection: Connection, ids: Sequence[int], done: Iterable[int]
) -> list[tuple[int, int]]:
    """Ranges of ids that cover those of ``ids`` that are not done."""
    wanted = set(ids).difference(done)
    if not wanted:
        return []
    live = connection.rows(LIVE, {"lo": ids[0], "hi": ids[-1]})
    return [span[:2] for span in spans_of((row[0], row[0] in wanted) for row in live)]


def brought(
    connection: Connection, lo: int, hi: int, frame: Frame
) -> Iterator[tuple[dict[str, Any], Was, dict[str, Any] | None]]:
    """The columns ``DAILY`` of the rows of another day in a range, from what is kept of them.

    With each comes what stands in its row, and its snapshot, None for a lost account. Accounts
    without inputs that hold are left out.
    """
    params = {
        **base_window(frame), "lo": lo, "hi": hi, "today": frame.today.isoformat(), "shape": SHAPE,
    }  # fmt: skip
    day, moment = frame.today.toordinal(), moment_of(frame.today, frame.now, frame.zone)
    scorer, version, on = Scorer(frame.config), frame.config.version, frame.today.isoformat()
    for account_id, text, stage, order, trend, base in connection.rows(KEPT, params):
        try:
            account = decoded(text)
            score = scorer.score(account.score, day, moment)
        except (TypeError, ValueError):
            continue  # damaged: made from the facts
        row = dict(zip(AGED, (account_id, *daily(account, score, base, frame)), strict=True))
        lost = stage == "lost"
        yield row, (order, trend), None if lost else snapshot(account_id, on, score, version)
