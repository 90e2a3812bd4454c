"""Versions of a plan, folded from its audit: the state at each, and what differs between two.

Pure. Every change of what a plan holds is a version; nothing is copied. Account facts, people and
the team are compared too, but a restore leaves them, for they are more than the plan's.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from planner.language import gettext as _

Key = tuple[str, int]
"""A record: its table and its id."""
State = Mapping[Key, Mapping[str, Any]]
"""The records of a plan by table and id, with their columns as they were stored."""
LONG = 80
"""A text of more characters, or of several lines, is compared line by line."""


class Content(NamedTuple):
    """What of a table is a plan's content.

    ``section`` is where it belongs; None: the row's own column says so. ``label`` names a record.
    ``fields``: the columns that count, all of them if empty. ``restored``: the columns that a
    restore brings back, None for all that count. ``own``: the rows are the plan's, so that a
    restore may add them and take them out.
    """

    section: str | None
    label: str
    fields: tuple[str, ...] = ()
    restored: tuple[str, ...] | None = None
    own: bool = True


RENEWAL = (
    "forecast", "renew_amount_minor", "uplift_percent", "term_months", "term_options",
    "price_position", "competitor_price", "discount_history", "decision_buyer_id",
    "decision_criteria", "decision_process", "paper_process", "competition", "fallback",
    "offer_limit_minor", "forecast_probability", "forecast_reason",
)  # fmt: skip
PLAN_FIELDS = (
    "size", "period_start", "period_end", "north_star", "north_star_target", "next_review_on",
    "required_roles", "sponsor_id", "meeting_rhythm", "review_every_days",
)  # fmt: skip
CONTENT: Mapping[str, Content] = MappingProxyType(
    {
        "account": Content(
            "header", "name", ("tier", "keep_class", "keep_reason", "stage"), (), own=False
        ),
        "plan": Content("header", "", (*PLAN_FIELDS, "status", "activated_on", "closed_on"),
                        PLAN_FIELDS, own=False),
        "seat": Content("team", "function", restored=(), own=False),
        "objective": Content("goals", "objective"),
        "membership": Content("stakeholders", "person_id", restored=(), own=False),
        "proof": Content("value", "proof"),
        "entry": Content(None, "entry"),
        "benefit": Content("enablement", "benefit"),
        "behaviour": Content("enablement", "behaviour"),
        "contract": Content(
            "renewal", "name",
            (*RENEWAL, "arr_minor", "start_on", "end_on", "notice_days", "auto_renew"),
            RENEWAL, own=False,
        ),
        "whitespace": Content("growth", "centre"),
        "opportunity": Content("growth", "opportunity"),
        "risk": Content("risks", "risk"),
        "action": Content("actions", "action"),
    }
)  # fmt: skip
"""What a plan holds, by table, in the order of its sections."""
FACTS = ("actual", "actual_on")
"""What was measured stays as it is whatever is restored."""
SETTLED = MappingProxyType({"done": ("status", "done_on"), "achieved": ("status", "achieved_on")})
"""What is done stays done: by status, the columns that a restore leaves."""
UNSAID = ("id", "version", "touched_on", "account_id", "plan_id", "recorded_on", "logged_at",
          "created_at")  # fmt: skip
"""Columns that say nothing to people."""
OF_ONE_PLAN = ("objective", "action", "risk", "proof")
"""Tables of which only the rows with the plan's id are its content."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of one change, as the audit keeps it."""

    change_id: int
    at: str
    on_date: str
    actor: str
    summary: str
    table: str
    row_id: int
    row_version: int
    op: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """The record it is about."""
        return self.table, self.row_id


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version: its number from 1, when (UTC text), who, what in words, and which sections."""

    number: int
    change_id: int
    at: str
    on_date: str
    actor: str
    summary: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What differs in one record: ``op`` is added, taken_out or changed.

    ``field`` is the column; empty where a whole record came or went. ``old`` and ``new`` are plain
    values as stored. ``diff``: the lines of a unified diff where one of them is a long text.
    """

    section: str
    table: str
    row_id: int
    record: str
    op: str
    field: str
    old: Any
    new: Any
    diff: tuple[str, ...] = ()


# -- folding ------------------------------------------------------------------------------------


def base_of(rows: State, entries: Sequence[Entry]) -> dict[Key, dict[str, Any]]:
    """The rows that were there before the first entry: those that none of them added.

    What entries changed in them since is taken back.
    """
    added = {entry.key for entry in entries if entry.op == "insert"}
    base = {key: dict(row) for key, row in rows.items() if key not in added}
    for entry in reversed(entries):
        if entry.key in base:
            base[entry.key].update(entry.before)
    return base


def fold(
    base: State, entries: Iterable[Entry], until: int | None = None
) -> dict[Key, dict[str, Any]]:
    """The records after the change ``until``, or after all of them; archived ones too.

    A record carries the version that its newest entry gave it.
    """
    state = {key: dict(row) for key, row in base.items()}
    for entry in entries:
        if until is not None and entry.change_id > until:
            break
        fold_into(state, entry)
    return state


def fold_into(state: dict[Key, dict[str, Any]], entry: Entry) -> None:
    """Apply one entry to a state."""
    row = state.setdefault(entry.key, {})
    row.update(entry.after)
    row["version"] = entry.row_version


def content_of(state: State, plan_id: int) -> dict[Key, Mapping[str, Any]]:
    """The live records of one plan in a state: none of another plan, nothing dropped."""
    return {key: row for key, row in state.items() if is_live(key[0], row, plan_id)}


def is_live(table: str, row: Mapping[str, Any], plan_id: int) -> bool:
    """Whether a record is part of what a plan holds: its own, not archived and not dropped."""
    if row.get("archived_at") is not None or row.get("status") == "dropped":
        return False
    return _is_of_plan(table, row, plan_id)


def versions_of(entries: Sequence[Entry], plan_id: int, rows: State) -> list[PlanVersion]:
    """The versions of a plan, oldest first: from its start, each change that touched its content.

    ``rows`` are the records as they are now, archived ones too. Where the start is not on record
    every change counts.
    """
    started = next((one.change_id for one in entries if one.key == ("plan", plan_id)
                    and one.op == "insert"), 0)  # fmt: skip
    touched: dict[int, tuple[Entry, list[str]]] = {}
    for one in entries:
        row = rows.get(one.key, one.after)
        if one.change_id >= started and _counts(one, row, plan_id):
            touched.setdefault(one.change_id, (one, []))[1].append(section_of_row(one.table, row))
    return [
        PlanVersion(number, one.change_id, one.at, one.on_date, one.actor, one.summary,
                    tuple(dict.fromkeys(sections)))
        for number, (one, sections) in enumerate(touched.values(), 1)
    ]  # fmt: skip


def _counts(entry: Entry, row: Mapping[str, Any], plan_id: int) -> bool:
    if not _is_of_plan(entry.table, row, plan_id):
        return False
    fields = CONTENT[entry.table].fields
    return not fields or entry.op == "insert" or bool({*fields, "archived_at"} & set(entry.after))


def _is_of_plan(table: str, row: Mapping[str, Any], plan_id: int) -> bool:
    if table == "plan":
        return bool(row.get("id") == plan_id)
    if table in OF_ONE_PLAN:
        return bool(row.get("plan_id") == plan_id)
    return row.get("plan_id") in (None, plan_id)


def section_of_row(table: str, row: Mapping[str, Any]) -> str:
    """The section that a row belongs to."""
    return CONTENT[table].section or str(row["section"])


# -- comparing ----------------------------------------------------------------------------------


def compare(
    old: State, new: State, name_of: Callable[[str, Any], Any] = lambda _column, value: value
) -> list[FieldChange]:
    """What differs between two contents, by section, record and field.

    ``name_of`` gives what to call the value of a column, such as the name behind an id.
    """
    order = {table: place for place, table in enumerate(CONTENT)}
    found: list[FieldChange] = []
    for key in sorted({*old, *new}, key=lambda one: (order[one[0]], one[1])):
        found += _differences(key, old.get(key), new.get(key), name_of)
    return found


def _differences(
    key: Key,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    name_of: Callable[[str, Any], Any],
) -> list[FieldChange]:
    table, row_id = key
    row = new or old or {}
    content = CONTENT[table]
    section = section_of_row(table, row)
    record = str(name_of(content.label, row.get(content.label)) or "") if content.label else ""
    if old is None or new is None:
        op = "added" if old is None else "taken_out"
        return [FieldChange(section, table, row_id, record, op, "", None, None)]
    return [
        FieldChange(
            section, table, row_id, record, "changed", column,
            name_of(column, old.get(column)), name_of(column, new.get(column)),
            diff_of(old.get(column), new.get(column)),
        )
        for column in columns_of(table, old, new)
        if old.get(column) != new.get(column)
    ]  # fmt: skip


def columns_of(table: str, *rows: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns of a table's rows that count, each once."""
    fields = CONTENT[table].fields
    if fields:
        return fields
    return tuple(
        dict.fromkeys(
            column
            for row in rows
            for column in row
            if column not in UNSAID and column != "archived_at"
        )
    )


def diff_of(old: Any, new: Any) -> tuple[str, ...]:
    """The lines of a unified diff of two texts, one of which is long; else nothing."""
    texts = [one or "" for one in (old, new)]
    if not all(isinstance(one, str) for one in texts):
        return ()
    if not any(len(one) > LONG or "\n" in one for one in texts):
        return ()
    lines = difflib.unified_diff(
        texts[0].splitlines(), texts[1].splitlines(), _("before"), _("after"), n=1, lineterm=""
    )
    return tuple(lines)


# -- restoring ----------------------------------------------------------------------------------


class Move(NamedTuple):
    """A record to bring back: as it is now, and as it shall be; None takes it out."""

    key: Key
    now: Mapping[str, Any]
    then: Mapping[str, Any] | None


def moves_to(now: State, then: State, plan_id: int) -> list[Move]:
    """What brings the plan's own records from one state to another.

    Both are whole states, archived rows too. What is measured or done stays; account, people, team
    and the contract's own terms are left alone.
    """
    kept = set(content_of(then, plan_id))
    found: list[Move] = []
    for key, row in now.items():
        content = CONTENT[key[0]]
        live = is_live(key[0], row, plan_id)
        if key in kept:
            back = _brought_back(key[0], row, then[key], content)
            if back != row:
                found.append(Move(key, row, back))
        elif content.own and live and row.get("status") not in SETTLED:
            found.append(Move(key, row, None))
    return found


def _brought_back(
    table: str, now: Mapping[str, Any], then: Mapping[str, Any], content: Content
) -> dict[str, Any]:
    columns = columns_of(table, now, then) if content.restored is None else content.restored
    left = {*FACTS, *SETTLED.get(str(now.get("status")), ())}
    back = dict(now)
    back.update(
        {name: then.get(name, now[name]) for name in columns if name in now and name not in left}
    )
    if content.own:
        back["archived_at"] = None
    return back
