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
from planner.plan_sections import function_words
from planner.plan_versions import Entry, State, content_of, fold_into

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
SIGNED_SECTIONS = ("goals", "renewal", "risks")


def signed_content(
    objectives: Iterable[Row], contracts: Iterable[Row], risks: Iterable[Row]
) -> str:
    """The digest of the goals that are not dropped, the active contracts and the open risks.

    The same content gives the same digest, whatever the order of the rows or of their columns.
    Empty where there is nothing to sign.
    """
    content = {
        "objective": [row for row in objectives if row.get("status") != "dropped"],
        "contract": [row for row in contracts if row.get("status") == "active"],
        "risk": [row for row in risks if row.get("closed_on") is None],
    }
    if not any(content.values()):
        return ""
    signed = {
        table: sorted(([row["id"], *_values(row, SIGNED_FIELDS[table])] for row in rows),
                      key=lambda one: int(one[0]))
        for table, rows in content.items()
    }  # fmt: skip
    text = json.dumps(signed, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _values(row: Row, columns: Iterable[str]) -> list[Any]:
    return [row.get(column) for column in columns]


def signed_days(base: State, entries: Sequence[Entry], plan_id: int) -> list[tuple[str, str]]:
    """Day and digest of what is signed: at first, without a day, and after each change of it."""
    state = {key: dict(row) for key, row in base.items()}
    found = [("", digest_of(content_of(state, plan_id)))]
    moved = False
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        fold_into(state, entry)
        moved = moved or entry.table in SIGNED_FIELDS
        if moved and (following is None or following.change_id != entry.change_id):
            digest, moved = digest_of(content_of(state, plan_id)), False
            if digest != found[-1][1]:
                found.append((entry.on_date, digest))
    return found


def digest_of(content: State) -> str:
    """The digest of a plan's content, as ``planner.plan_versions.content_of`` gives it."""
    rows: dict[str, list[Row]] = {table: [] for table in SIGNED_FIELDS}
    for (table, _row_id), row in content.items():
        if table in rows:
            rows[table].append(row)
    return signed_content(rows["objective"], rows["contract"], rows["risk"])


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
    ).format(name=seat[1], function=function_words(function))
    raise Refused(f"function: {problem}", [FieldProblem("function", problem, function)])
