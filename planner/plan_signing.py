"""What a signature under a plan stands for: its goals, renewal and risks, as a digest.

Pure. Rows are mappings of column to plain value (``planner.entity.plain``), so that records and
rows of the store give the same digest. What is measured or logged is no part of it: a goal's
actual value or a contract's invoice changes nothing that was signed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.plan_versions import Entry, Key, State, fold_into, is_live
from planner.vocabulary_words import function_name

Row = Mapping[str, Any]

SIGNED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "objective": (
        "objective", "metric", "unit", "baseline", "target", "priority", "due_on", "owner_id",
        "their_owner", "their_owner_id", "function",
    ),
    "contract": (
        "arr_minor", "currency", "start_on", "end_on", "notice_days", "auto_renew", "forecast",
        "renew_amount_minor", "uplift_percent", "term_months", "term_options", "price_position",
        "decision_buyer_id", "decision_criteria", "decision_process", "paper_process",
        "competition", "fallback", "offer_limit_minor",
    ),
    "risk": (
        "risk", "likelihood", "impact_minor", "owner_id", "evidence", "early_sign", "mitigation",
        "exit",
    ),
}  # fmt: skip
"""The columns that are signed, by table."""


def signed_content(
    objectives: Iterable[Row], contracts: Iterable[Row], risks: Iterable[Row]
) -> str:
    """The digest of the goals that are not dropped, the active contracts and the open risks.

    The same content gives the same digest, whatever the order of the rows or of their columns.
    Empty where there is nothing to sign.
    """
    tables = {"objective": objectives, "contract": contracts, "risk": risks}
    return _digest(signed_text(table, row) for table, rows in tables.items() for row in rows)


def signed_text(table: str, row: Row) -> str:
    """What is signed of a row, as stable JSON; empty for a row that is not signed."""
    if table == "objective" and row.get("status") == "dropped":
        return ""
    if table == "contract" and row.get("status") != "active":
        return ""
    if table == "risk" and row.get("closed_on") is not None:
        return ""
    signed = [table, row["id"], *(row.get(column) for column in SIGNED_FIELDS[table])]
    return json.dumps(signed, ensure_ascii=True, separators=(",", ":"))


def _digest(texts: Iterable[str]) -> str:
    lines = sorted(filter(None, texts))
    return hashlib.sha256("\n".join(lines).encode("ascii")).hexdigest() if lines else ""


def signed_days(base: State, entries: Sequence[Entry], plan_id: int) -> list[tuple[str, str]]:
    """Day and digest of what is signed: at first, without a day, and after each change of it."""
    state = {key: dict(row) for key, row in base.items() if key[0] in SIGNED_FIELDS}
    texts = {key: _text_of(key, row, plan_id) for key, row in state.items()}
    found = [("", _digest(texts.values()))]
    moved = False
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        if entry.table in SIGNED_FIELDS:
            fold_into(state, entry)
            texts[entry.key] = _text_of(entry.key, state[entry.key], plan_id)
            moved = True
        if moved and (following is None or following.change_id != entry.change_id):
            digest, moved = _digest(texts.values()), False
            if digest != found[-1][1]:
                found.append((entry.on_date, digest))
    return found


def _text_of(key: Key, row: Row, plan_id: int) -> str:
    return signed_text(key[0], row) if is_live(key[0], row, plan_id) else ""


def asked_since(content: str, signed_on: str, days: Sequence[tuple[str, str]]) -> str | None:
    """Since when a signature is asked for again, ISO; None while what was signed still stands.

    ``days`` are those of ``signed_days``.
    """
    since = None
    for day, digest in reversed(days):
        if digest == content:
            break
        since = max(day, signed_on)
    return since


def check_may_sign(
    function: str, mine: str | None, seat: tuple[int, str] | None, me: int | None
) -> None:
    """Refuse a signature in the name of another function that somebody has a seat for.

    ``mine`` is my function, ``seat`` who has the function's seat at the account (id and name).
    """
    if seat is None or mine == function or (me is not None and seat[0] == me):
        return
    problem = _(
        "{name} has the {function} seat at this account, so they sign for it, or somebody else of "
        "{function}"
    ).format(name=seat[1], function=function_name(function))
    raise Refused(f"function: {problem}", [FieldProblem("function", problem, function)])
