"""One row an account for every list, kept in the transaction of each write that can change it.

``refresh`` makes the rows of some accounts from their facts; ``db.sweep`` does a whole book. Both
run the same queries and the same scorer, and keep what the score was made from for the next day.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from db.account_numbers import Numbers, gather_numbers
from db.complaint_clocks import local_day
from db.engine import Connection
from db.frame import Frame as Frame
from db.health_facts import moment_of
from db.kept_inputs import PUT_INPUTS, STORED_INPUTS, KeptAccount, to_store
from db.number_parts import Row, running_clock
from planner.health.quick import QuickScore, Scorer
from planner.health.trend import BASE_FROM_DAYS, BASE_TO_DAYS
from planner.language import gettext as _
from planner.readiness_kept import kept_percent
from planner.text import fold, search_words

CHUNK = 150
"""Accounts in one slice: well below 50 ms of work."""
UNKNOWN_ORDER = 49.49
"""Where an account of unknown health sorts: right after the red ones."""

DAILY = (
    "plan_readiness", "shown", "final", "band", "uncertain", "health_order", "coverage", "trend",
    "as_of", "config_version",
)  # fmt: skip
"""The columns that a new day may change though no fact did."""
COLUMNS = (
    "account_id", "name", "name_key", "external_id", "tier", "stage", "keep_class", "sector",
    "country", "tags", "tags_key", "parent_id", "owner_id", "owner", "search_text", "arr_minor",
    "arr_foreign",
    "currency", "renewal_on", "notice_on", "last_two_way_on", "cadence_days", "touch_due_on",
    "touch_latest_on",
    "open_complaints", "worst_severity", "next_action", "next_action_id", "next_action_on",
    "next_action_owner_id", "plan_size", "plan_status", "starter_known", *DAILY,
)  # fmt: skip
INSERT = (
    f"INSERT INTO account_rollup ({', '.join(COLUMNS)})"
    f" VALUES ({', '.join(':' + name for name in COLUMNS)})"
)
LIVE = "SELECT id FROM account WHERE id BETWEEN :lo AND :hi AND archived_at IS NULL ORDER BY id"
STORED = f"SELECT {', '.join(COLUMNS)} FROM account_rollup WHERE account_id BETWEEN :lo AND :hi"
SNAPSHOT = (
    "INSERT INTO health_snapshot (account_id, on_date, shown, raw, final, band, coverage,"
    " config_version, measures) VALUES (:account_id, :on_date, :shown, :raw, :final, :band,"
    " :coverage, :config_version, :measures) ON CONFLICT (account_id, on_date) DO UPDATE SET"
    " shown = excluded.shown, raw = excluded.raw, final = excluded.final, band = excluded.band,"
    " coverage = excluded.coverage, config_version = excluded.config_version,"
    " measures = excluded.measures WHERE health_snapshot.measures <> excluded.measures"
    " OR health_snapshot.config_version <> excluded.config_version"
    " OR health_snapshot.band <> excluded.band OR health_snapshot.coverage <> excluded.coverage"
    " OR COALESCE(health_snapshot.raw, -1) <> COALESCE(excluded.raw, -1)"
    " OR COALESCE(health_snapshot.final, -1) <> COALESCE(excluded.final, -1)"
)
BASE = (
    "(SELECT s.shown FROM health_snapshot s WHERE s.account_id = {account} AND s.on_date BETWEEN"
    " :from_on AND :to_on AND s.shown IS NOT NULL AND s.config_version = :config"
    " ORDER BY s.on_date DESC LIMIT 1)"
)
STAGE, AS_OF, STATIC = COLUMNS.index("stage"), COLUMNS.index("as_of"), len(COLUMNS) - len(DAILY)
AGED = ("account_id", *DAILY)
ORDER, TREND = COLUMNS.index("health_order"), COLUMNS.index("trend")
Was = tuple[float, int | None]
"""The ``health_order`` and ``trend`` that stand in a row."""
BASES = f"SELECT a.id, {BASE.format(account='a.id')} AS shown FROM account a" + (
    " WHERE a.id BETWEEN :lo AND :hi"
)


def refresh(connection: Connection, account_ids: Collection[int], frame: Frame) -> None:
    """Bring the rows of some accounts, and their snapshots of today, up to date."""
    wanted = set(account_ids)
    if len(wanted) == 1:
        (only,) = wanted
        spans = [(only, only)]
    else:
        live = connection.rows(LIVE, {"lo": min(wanted), "hi": max(wanted)})
        spans = [span[:2] for span in spans_of((row[0], row[0] in wanted) for row in live)]
    seen: set[int] = set()
    for lo, hi in spans:
        seen |= refresh_range(connection, lo, hi, frame)
    for gone in sorted(wanted - seen):
        for table in ("account_rollup", "health_inputs"):
            connection.run(f"DELETE FROM {table} WHERE account_id = :id", {"id": gone})


def spans_of(accounts: Iterable[tuple[int, bool]]) -> Iterator[tuple[int, int, int]]:
    """Ranges of ids that cover every wanted account, and how many wanted ones each holds.

    ``accounts``: (id, wanted) in order of id. No range holds more than ``CHUNK`` accounts.
    """
    lo = hi = wanted_here = held = 0
    for account_id, wanted in accounts:
        held += 1
        if wanted_here and held > CHUNK:
            yield lo, hi, wanted_here
            wanted_here = 0
        if wanted:
            if not wanted_here:
                lo, held = account_id, 1
            hi = account_id
            wanted_here += 1
    if wanted_here:
        yield lo, hi, wanted_here


def rename_owner(connection: Connection, colleague_id: int, name: str) -> None:
    """Show a colleague's new name on the rows of the accounts they own."""
    connection.run(
        "UPDATE account_rollup SET owner = :name WHERE owner_id = :id",
        {"id": colleague_id, "name": name},
    )


def rollup_rows(connection: Connection, lo: int, hi: int, frame: Frame) -> Iterator[dict[str, Any]]:
    """The rows of a range of accounts, computed from their facts and not stored."""
    for one in _computed(connection, lo, hi, frame):
        yield dict(zip(COLUMNS, one.row, strict=True))


class Computed(NamedTuple):
    """One account from its facts: its row, its score, the stored row, the inputs to store.

    Rows are in the order of ``COLUMNS``.
    """

    row: tuple[Any, ...]
    score: QuickScore
    old: Row | None
    inputs: dict[str, Any] | None


def _computed(connection: Connection, lo: int, hi: int, frame: Frame) -> Iterator[Computed]:
    """A range of accounts; all is asked for in one go.

    Folded text is taken from the stored row where its source is the same.
    """
    numbers, (rows, bases, kept) = gather_numbers(
        connection, lo, hi, frame, (STORED, BASES, STORED_INPUTS), base_window(frame)
    )
    stored = {row[0]: row for row in rows}
    shown = {row[0]: row[1] for row in bases}
    inputs = {row[0]: row for row in kept}
    moment = moment_of(frame.today, frame.now, frame.zone)
    day, scorer = frame.today.toordinal(), Scorer(frame.config)
    for one in numbers:
        account_id = one.account[0]
        old = stored.get(account_id)
        account = KeptAccount(one.kept, one.sections)
        score = scorer.score(one.kept, day, moment)
        today = daily(account, score, shown.get(account_id), frame)
        row = (*_row(one, _texts(one.account, old), frame), *today)
        put = to_store(one, account, frame.today, inputs.get(account_id))
        yield Computed(row, score, old, put)


def base_window(frame: Frame) -> dict[str, Any]:
    """The parameters of ``BASE``: the days in which a trend's base lies, and the rules it obeys."""
    return {
        "config": frame.config.version,
        "from_on": (frame.today - timedelta(days=BASE_TO_DAYS)).isoformat(),
        "to_on": (frame.today - timedelta(days=BASE_FROM_DAYS)).isoformat(),
    }


def daily(
    account: KeptAccount, score: QuickScore, base: int | None, frame: Frame
) -> tuple[Any, ...]:
    """The columns ``DAILY`` of an account's row."""
    sections, unknown = account.sections, score.final is None or score.band == "grey"
    ready = None
    if sections is not None:
        ready = kept_percent(sections, account.score.end, frame.today.toordinal())
    return (
        ready,
        score.shown,
        score.final,
        score.band,
        int(score.uncertain),
        UNKNOWN_ORDER if unknown else score.final,
        score.coverage,
        None if base is None or score.shown is None else score.shown - base,
        frame.today.isoformat(),
        frame.config.version,
    )


def _texts(account: Row, old: Row | None) -> tuple[str, str]:
    """The folded columns of a row; folding is the dearest part of one, so it is done once."""
    name, external_id, tags = account[1], account[3], account[9]
    if old is not None and (old[1], old[3], old[9]) == (name, external_id, tags):
        return old[10], old[14]
    words = json.loads(tags)
    return (
        "".join(f"|{fold(tag)}" for tag in words) + "|" if words else "",
        search_words(name, external_id, *words) or fold(name),
    )


def refresh_range(connection: Connection, lo: int, hi: int, frame: Frame) -> set[int]:
    """Store the rows of a range of accounts from their facts; returns which live ones it holds."""
    snapshots: list[dict[str, Any]] = []
    aged: list[tuple[dict[str, Any], Was]] = []
    put: list[dict[str, Any]] = []
    seen: set[int] = set()
    day, version = frame.today.isoformat(), frame.config.version
    for row, score, old, inputs in _computed(connection, lo, hi, frame):
        seen.add(row[0])
        if old is not None and row[AS_OF] != old[AS_OF] and row[:STATIC] == old[:STATIC]:
            today = dict(zip(AGED, (row[0], *row[STATIC:]), strict=True))
            aged.append((today, (old[ORDER], old[TREND])))
        elif row != old:
            _store(connection, old, row)
        if inputs is not None:
            put.append(inputs)
        if row[STAGE] != "lost":
            snapshots.append(snapshot(row[0], day, score, version))
    with connection.together():
        bring_rows(connection, aged)
        connection.run_rows(PUT_INPUTS, put)
        connection.run_rows(SNAPSHOT, snapshots)
    return seen


def bring_rows(connection: Connection, aged: Iterable[tuple[dict[str, Any], Was]]) -> None:
    """Write what a new day changes of rows whose facts are the same, the columns ``DAILY``.

    What stands there already is left out where an index would be written anew for it.
    """
    alike: dict[tuple[bool, bool], list[dict[str, Any]]] = defaultdict(list)
    for row, (order, trend) in aged:
        alike[row["health_order"] == order, row["trend"] == trend].append(row)
    for (same_order, same_trend), rows in alike.items():
        stays = {"health_order"} if same_order else set()
        if same_trend:
            stays.add("trend")
        moved = ", ".join([f"{name} = :{name}" for name in DAILY if name not in stays])
        connection.run_rows(
            f"UPDATE account_rollup SET {moved} WHERE account_id = :account_id", rows
        )


def _store(connection: Connection, old: Row | None, row: Row) -> None:
    """Write what differs only: each written column costs its indexes a page."""
    named = dict(zip(COLUMNS, row, strict=True))
    if old is None:
        connection.run(INSERT, named)
        return
    moved = [name for name, was in zip(COLUMNS, old, strict=True) if named[name] != was]
    connection.run(
        f"UPDATE account_rollup SET {', '.join(f'{name} = :{name}' for name in moved)}"
        " WHERE account_id = :account_id",
        named,
    )


@lru_cache(maxsize=4_096)
def _figure(name: str, points: float, sure: float) -> str:
    """A measure in the JSON of a snapshot; most figures are of few values."""
    return f'"{name}":[{points:.8g},{sure:.8g}]'


def snapshot(account_id: int, day: str, score: QuickScore, config: str) -> dict[str, Any]:
    """The parameters of ``SNAPSHOT``; ``measures`` is JSON: the score and confidence of each, to
    eight digits."""
    measures = ",".join([_figure(name, *figure) for name, figure in score.figures.items()])
    return {
        "account_id": account_id,
        "on_date": day,
        "shown": score.shown,
        "raw": score.raw,
        "final": score.final,
        "band": score.band,
        "coverage": score.coverage,
        "config_version": config,
        "measures": f"{{{measures}}}",
    }


def _row(one: Numbers, texts: tuple[str, str], frame: Frame) -> tuple[Any, ...]:
    """The columns of a row but those of ``DAILY``."""
    account, kept = one.account, one.kept
    step = _next_step(one, frame)
    since = kept.started if kept.touched is None else kept.touched
    arr, foreign = one.arr
    return (
        *account[:10],
        texts[0],
        *account[10:13],
        texts[1],
        arr,
        foreign,
        frame.currency if arr is not None else None,
        None if kept.decided else one.contract_end,
        one.notice_on,
        account[16],
        one.cadence.ideal,
        date.fromordinal(since + one.cadence.ideal).isoformat(),
        date.fromordinal(since + one.cadence.maximum).isoformat(),
        len(one.waiting),
        one.worst_severity,
        *step,
        one.plan[1] if one.plan else None,
        one.plan[2] if one.plan else None,
        one.starter_known,
    )


def _next_step(one: Numbers, frame: Frame) -> tuple[str | None, int | None, str | None, int | None]:
    """The most urgent thing owed: (words, id, due day, owner) of an action or a clock."""
    candidates: list[tuple[str, int, int, str, int | None]] = []
    for row in one.waiting:
        due = running_clock(row)
        if due is not None:
            candidates.append((local_day(due, frame.zone), 0, row[1], row[2], row[4]))
    if one.action is not None:
        due_on = one.action[3] or "9999"
        candidates.append((due_on, 1, one.action[1], one.action[2], one.action[4]))
    if not candidates:
        return None, None, None, None
    day, kind, row_id, words, owner = min(candidates, key=lambda found: found[:3])
    if kind == 0:
        words = _("answer {number}").format(number=words)
    return words, row_id, None if day == "9999" else day, owner
