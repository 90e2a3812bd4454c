"""One row an account for every list, kept in the transaction of each write that can change it.

``refresh`` does one account, ``refresh_all`` a book; both run the same queries and the same scorer.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from db.complaint_clocks import complaint_due, local_day
from db.engine import Connection
from db.frame import Frame as Frame
from db.health_facts import AccountFacts, gather_with
from db.plan_readiness import readiness_of
from planner.health.score import HealthScore, score_health
from planner.health.trend import BASE_FROM_DAYS, BASE_TO_DAYS
from planner.ids import MAX_ID
from planner.language import gettext as _
from planner.text import fold, search_words
from planner.vocabulary import SEVERITIES

_ENCODER = json.JSONEncoder(separators=(",", ":"))
CHUNK = 50
"""Accounts in one slice: well below 50 ms of work."""
UNKNOWN_ORDER = 49.49
"""Where an account of unknown health sorts: right after the red ones."""
SEVERITY_RANK = {name: rank for rank, name in enumerate(SEVERITIES, start=1)}

COLUMNS = (
    "account_id", "name", "name_key", "external_id", "tier", "stage", "keep_class", "sector",
    "country", "tags", "tags_key", "parent_id", "owner_id", "owner", "search_text", "arr_minor",
    "arr_foreign",
    "currency", "renewal_on", "notice_on", "last_two_way_on", "cadence_days", "touch_due_on",
    "open_complaints", "worst_severity", "next_action", "next_action_id", "next_action_on",
    "next_action_owner_id", "plan_size", "plan_status", "plan_readiness", "starter_known", "shown",
    "final", "band", "uncertain", "health_order", "coverage", "trend", "as_of", "config_version",
)  # fmt: skip
INSERT = (
    f"INSERT INTO account_rollup ({', '.join(COLUMNS)})"
    f" VALUES ({', '.join(':' + name for name in COLUMNS)})"
)
FOLDED_FROM = ("name", "external_id", "tags")
LIVE = "SELECT id FROM account WHERE id BETWEEN :lo AND :hi AND archived_at IS NULL ORDER BY id"
FRESH = "SELECT account_id FROM account_rollup WHERE as_of = :today"
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
BASES = (
    "SELECT a.id, (SELECT s.shown FROM health_snapshot s WHERE s.account_id = a.id"
    " AND s.on_date BETWEEN :from_on AND :to_on AND s.shown IS NOT NULL"
    " AND s.config_version = :config ORDER BY s.on_date DESC LIMIT 1) AS shown"
    " FROM account a WHERE a.id BETWEEN :lo AND :hi"
)


def refresh(connection: Connection, account_ids: Collection[int], frame: Frame) -> None:
    """Bring the rows of some accounts, and their snapshots of today, up to date."""
    wanted = set(account_ids)
    if len(wanted) == 1:
        (only,) = wanted
        spans = [(only, only)]
    else:
        live = connection.rows(LIVE, {"lo": min(wanted), "hi": max(wanted)})
        spans = [span[:2] for span in _spans((row[0], row[0] in wanted) for row in live)]
    seen: set[int] = set()
    for lo, hi in spans:
        seen |= _refresh_range(connection, lo, hi, frame)
    for gone in sorted(wanted - seen):
        connection.run("DELETE FROM account_rollup WHERE account_id = :id", {"id": gone})


def refresh_all(connection: Connection, frame: Frame, *, stale_only: bool) -> Iterator[int]:
    """Bring all rows up to date in slices; yields the number done after each slice.

    The caller owns the transaction, and may commit between slices.
    """
    done = 0
    for lo, hi, count in stale_spans(connection, frame.today if stale_only else None):
        _refresh_range(connection, lo, hi, frame)
        done += count
        yield done


def stale_spans(connection: Connection, today: date | None) -> list[tuple[int, int, int]]:
    """Ranges of ids that cover the accounts without a row of ``today`` (None: all live ones).

    Each is (lowest id, highest id, how many such accounts it holds).
    """
    fresh: set[int] = set()
    if today is not None:
        fresh = {row[0] for row in connection.rows(FRESH, {"today": today.isoformat()})}
    live = connection.rows(LIVE, {"lo": 0, "hi": MAX_ID})
    return list(_spans((row[0], row[0] not in fresh) for row in live))


def _spans(accounts: Iterable[tuple[int, bool]]) -> Iterator[tuple[int, int, int]]:
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


def rollup_rows(
    connection: Connection, lo: int, hi: int, frame: Frame
) -> Iterator[tuple[dict[str, Any], HealthScore]]:
    """The rows and scores of a range of accounts, computed and not stored."""
    return ((row, score) for row, score, _old in _computed(connection, lo, hi, frame))


def _computed(
    connection: Connection, lo: int, hi: int, frame: Frame
) -> Iterator[tuple[dict[str, Any], HealthScore, dict[str, Any] | None]]:
    """Each row with its score and the stored row; all is asked for in one go.

    Folded text is taken from the stored row where its source is the same.
    """
    window = {
        "config": frame.config.version,
        "from_on": (frame.today - timedelta(days=BASE_TO_DAYS)).isoformat(),
        "to_on": (frame.today - timedelta(days=BASE_FROM_DAYS)).isoformat(),
    }
    facts, (rows, bases) = gather_with(
        connection, lo, hi, frame.today, frame.now, frame.zone, (STORED, BASES), window
    )
    stored = {row["account_id"]: row for row in rows}
    shown = {row["id"]: row["shown"] for row in bases}
    for one in facts:
        account_id = one.inputs.account_id
        score = score_health(one.inputs, frame.config)
        old = stored.get(account_id)
        texts = _texts(one.account, old)
        yield _row(one, score, shown.get(account_id), texts, frame), score, old


def _texts(account: dict[str, Any], old: dict[str, Any] | None) -> dict[str, str]:
    """The folded columns of a row; folding is the dearest part of one, so it is done once."""
    if old is not None and all(old[name] == account[name] for name in FOLDED_FROM):
        return {"tags_key": old["tags_key"], "search_text": old["search_text"]}
    tags = json.loads(account["tags"])
    return {
        "tags_key": "".join(f"|{fold(tag)}" for tag in tags) + "|" if tags else "",
        "search_text": search_words(account["name"], account["external_id"], *tags)
        or fold(account["name"]),
    }


def _refresh_range(connection: Connection, lo: int, hi: int, frame: Frame) -> set[int]:
    snapshots: list[dict[str, Any]] = []
    seen: set[int] = set()
    for row, score, old in _computed(connection, lo, hi, frame):
        seen.add(row["account_id"])
        _store(connection, old, row)
        if row["stage"] != "lost":
            snapshots.append(_snapshot(score))
    connection.run_many(SNAPSHOT, snapshots)
    return seen


def keep_snapshots(connection: Connection, scores: Iterable[HealthScore]) -> None:
    """Store scores as the snapshots of their days, one of each account and day."""
    connection.run_many(SNAPSHOT, [_snapshot(score) for score in scores])


def _store(connection: Connection, old: dict[str, Any] | None, row: dict[str, Any]) -> None:
    """Write what differs only: each written column costs its indexes a page."""
    if old is None:
        connection.run(INSERT, row)
        return
    moved = [name for name in COLUMNS if row[name] != old[name]]
    if moved:
        connection.run(
            f"UPDATE account_rollup SET {', '.join(f'{name} = :{name}' for name in moved)}"
            " WHERE account_id = :account_id",
            row,
        )


def _snapshot(score: HealthScore) -> dict[str, Any]:
    measures = {
        one.id: [round(one.score, 6), round(one.confidence, 6)]
        for one in score.measures
        if one.score is not None
    }
    return {
        "account_id": score.account_id,
        "on_date": score.as_of.isoformat(),
        "shown": score.shown,
        "raw": score.raw,
        "final": score.final,
        "band": score.band,
        "coverage": score.coverage,
        "config_version": score.config_version,
        "measures": _ENCODER.encode(measures),
    }


def _row(
    facts: AccountFacts, score: HealthScore, base: int | None, texts: dict[str, str], frame: Frame
) -> dict[str, Any]:
    account, inputs = facts.account, facts.inputs
    arr, foreign = active_arr(facts.contracts, frame.today, frame.currency)
    open_ones = [row for row in facts.complaints if is_open(row, frame.today)]
    step = next_step(facts, open_ones, frame)
    since = inputs.last_two_way_on or inputs.started_on
    trend = None if base is None or score.shown is None else score.shown - base
    return {
        "account_id": account["id"],
        **{
            name: account[name]
            for name in (
                "name", "name_key", "external_id", "tier", "stage", "keep_class", "sector",
                "country", "tags", "parent_id", "owner_id", "owner",
            )
        },
        **texts,
        "arr_minor": arr,
        "arr_foreign": foreign,
        "currency": frame.currency if arr is not None else None,
        "renewal_on": _text(None if inputs.renewal_decided else inputs.contract_end),
        "notice_on": _text(facts.notice_on),
        "last_two_way_on": _text(inputs.last_two_way_on),
        "cadence_days": inputs.cadence_days,
        "touch_due_on": _text(since + timedelta(days=inputs.cadence_days)),
        "open_complaints": len(open_ones),
        "worst_severity": max((SEVERITY_RANK[row["severity"]] for row in open_ones), default=0),
        "next_action": step[0],
        "next_action_id": step[1],
        "next_action_on": step[2],
        "next_action_owner_id": step[3],
        "plan_size": facts.plan["size"] if facts.plan else None,
        "plan_status": facts.plan["status"] if facts.plan else None,
        "plan_readiness": readiness_of(facts, frame.today),
        "starter_known": inputs.starter_known,
        "shown": score.shown,
        "final": score.final,
        "band": score.band,
        "uncertain": int(score.uncertain),
        "health_order": UNKNOWN_ORDER if score.final is None or score.band == "grey"
        else score.final,
        "coverage": score.coverage,
        "trend": trend,
        "as_of": frame.today.isoformat(),
        "config_version": score.config_version,
    }  # fmt: skip


def is_open(complaint: dict[str, Any], today: date) -> bool:
    """Whether a complaint row still waits for a solution on a day."""
    resolved = complaint["resolved_on"]
    return complaint["excluded"] is None and (resolved is None or resolved > today.isoformat())


def active_arr(
    contracts: tuple[dict[str, Any], ...], today: date, currency: str
) -> tuple[int | None, int]:
    """A year's revenue in minor units of the book's currency, and how many contracts are in others.

    Counts active contracts that began and did not end; one past its end counts while its renewal
    is undecided. None when no contract counts.
    """
    day = today.isoformat()
    counted = [
        row
        for row in contracts
        if row["status"] == "active"
        and (row["start_on"] is None or row["start_on"] <= day)
        and (row["end_on"] is None or row["end_on"] >= day or row["decided_on"] is None)
    ]
    own = [row["arr_minor"] for row in counted if row["currency"] == currency]
    return (sum(own) if own else None), len(counted) - len(own)


def next_step(
    facts: AccountFacts, open_complaints: list[dict[str, Any]], frame: Frame
) -> tuple[str | None, int | None, str | None, int | None]:
    """The most urgent thing owed: (words, id, due day, owner) of an action or a clock."""
    candidates: list[tuple[str, int, int, str, int | None]] = [
        (local_day(due, frame.zone), 0, row["id"], row["number"], row["owner_id"])
        for row in open_complaints
        if (due := complaint_due(row)) is not None
    ]
    candidates.extend(
        (row["due_on"] or "9999", 1, row["id"], row["action"], row["owner_id"])
        for row in facts.actions[:1]
    )
    if not candidates:
        return None, None, None, None
    day, kind, row_id, words, owner = min(candidates, key=lambda c: c[:3])
    if kind == 0:
        words = _("answer {number}").format(number=words)
    return words, row_id, None if day == "9999" else day, owner


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
