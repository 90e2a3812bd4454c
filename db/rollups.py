"""One row an account for every list, kept in the transaction of each write that can change it.

``refresh`` makes the rows of some accounts from their facts; ``db.sweep`` does a whole book. Both
run the same queries and the same scorer, and keep what the score was made from for the next day.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from db.complaint_clocks import complaint_due, local_day
from db.engine import Connection
from db.frame import Frame as Frame
from db.health_facts import AccountFacts, gather_with, moment_of
from db.kept_inputs import PUT_INPUTS, STORED_INPUTS, KeptAccount, to_store
from db.plan_readiness import kept_sections
from planner.health.kept import keep
from planner.health.quick import QuickScore, quick_score
from planner.health.trend import BASE_FROM_DAYS, BASE_TO_DAYS
from planner.language import gettext as _
from planner.readiness_kept import kept_percent
from planner.text import fold, search_words
from planner.vocabulary import SEVERITIES

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
DAILY = (
    "plan_readiness", "shown", "final", "band", "uncertain", "health_order", "coverage", "trend",
    "as_of", "config_version",
)  # fmt: skip
"""The columns that a new day may change though no fact did."""
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
    return (one.row for one in _computed(connection, lo, hi, frame))


class Computed(NamedTuple):
    """One account from its facts: its row, its score, the stored row, the inputs to store."""

    row: dict[str, Any]
    score: QuickScore
    old: dict[str, Any] | None
    inputs: dict[str, Any] | None


def _computed(connection: Connection, lo: int, hi: int, frame: Frame) -> Iterator[Computed]:
    """A range of accounts; all is asked for in one go.

    Folded text is taken from the stored row where its source is the same.
    """
    facts, (rows, bases, kept) = gather_with(
        connection, lo, hi, frame.today, frame.now, frame.zone, (STORED, BASES, STORED_INPUTS),
        base_window(frame),
    )  # fmt: skip
    stored = {row["account_id"]: row for row in rows}
    shown = {row["id"]: row["shown"] for row in bases}
    inputs = {row["account_id"]: row for row in kept}
    moment = moment_of(frame.today, frame.now, frame.zone)
    day = frame.today.toordinal()
    for one in facts:
        account_id = one.inputs.account_id
        old = stored.get(account_id)
        account = KeptAccount(keep(one.inputs), kept_sections(one, frame.today))
        score = quick_score(account.score, day, "", frame.config)
        row = _row(one, _texts(one.account, old), frame)
        row.update(daily(account, score, shown.get(account_id), frame))
        yield Computed(
            row, score, old, to_store(one, account, frame.today, moment, inputs.get(account_id))
        )


def base_window(frame: Frame) -> dict[str, Any]:
    """The parameters of ``BASE``: the days in which a trend's base lies, and the rules it obeys."""
    return {
        "config": frame.config.version,
        "from_on": (frame.today - timedelta(days=BASE_TO_DAYS)).isoformat(),
        "to_on": (frame.today - timedelta(days=BASE_FROM_DAYS)).isoformat(),
    }


def daily(
    account: KeptAccount, score: QuickScore, base: int | None, frame: Frame
) -> dict[str, Any]:
    """The columns ``DAILY`` of an account's row."""
    sections, unknown = account.sections, score.final is None or score.band == "grey"
    return {
        "plan_readiness": None
        if sections is None
        else kept_percent(sections, account.score.end, frame.today.toordinal()),
        "shown": score.shown,
        "final": score.final,
        "band": score.band,
        "uncertain": int(score.uncertain),
        "health_order": UNKNOWN_ORDER if unknown else score.final,
        "coverage": score.coverage,
        "trend": None if base is None or score.shown is None else score.shown - base,
        "as_of": frame.today.isoformat(),
        "config_version": frame.config.version,
    }


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


def refresh_range(connection: Connection, lo: int, hi: int, frame: Frame) -> set[int]:
    """Store the rows of a range of accounts from their facts; returns which live ones it holds."""
    snapshots: list[dict[str, Any]] = []
    seen: set[int] = set()
    for row, score, old, inputs in _computed(connection, lo, hi, frame):
        seen.add(row["account_id"])
        _store(connection, old, row)
        if inputs is not None:
            connection.run(PUT_INPUTS, inputs)
        if row["stage"] != "lost":
            snapshots.append(snapshot(row["account_id"], frame.today, score, frame.config.version))
    connection.run_many(SNAPSHOT, snapshots)
    return seen


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


def snapshot(account_id: int, day: date, score: QuickScore, config: str) -> dict[str, Any]:
    """The parameters of ``SNAPSHOT``; ``measures`` is JSON: the score and confidence of each."""
    measures = ",".join(
        f'"{name}":[{round(points, 6)!r},{1.0 if sure == 1.0 else round(sure, 6)!r}]'
        for name, (points, sure) in score.figures.items()
    )
    return {
        "account_id": account_id,
        "on_date": day.isoformat(),
        "shown": score.shown,
        "raw": score.raw,
        "final": score.final,
        "band": score.band,
        "coverage": score.coverage,
        "config_version": config,
        "measures": f"{{{measures}}}",
    }


def _row(facts: AccountFacts, texts: dict[str, str], frame: Frame) -> dict[str, Any]:
    """The columns of a row but those of ``DAILY``."""
    account, inputs = facts.account, facts.inputs
    arr, foreign = active_arr(facts.contracts, frame.today, frame.currency)
    open_ones = [row for row in facts.complaints if is_open(row, frame.today)]
    step = next_step(facts, open_ones, frame)
    since = inputs.last_two_way_on or inputs.started_on
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
        "starter_known": inputs.starter_known,
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
