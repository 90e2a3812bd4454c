"""Versions of a plan, pure: folding, comparing, what a restore would move."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import NotFound, Refused
from planner.plan_history import PlanHistory, SignOffState, sign_off_words
from planner.plan_signing import asked_since, signed_content, signed_text
from planner.plan_versions import (
    CONTENT,
    LONG,
    Entry,
    Key,
    base_of,
    compare,
    content_of,
    diff_of,
    fold,
    moves_to,
    versions_of,
)

PLAN = 1
TABLES = ("objective", "risk", "entry", "action", "membership")
FIELDS = {"objective": "objective", "risk": "risk", "entry": "entry", "action": "action",
          "membership": "topics"}  # fmt: skip
Step = tuple[str, int, str]


def entry(change: int, key: Key, op: str, before: dict[str, Any], after: dict[str, Any]) -> Entry:
    return Entry(change, "2026-03-11T12:00:00Z", "2026-03-11", "Ann", f"change {change}",
                 key[0], key[1], change, op, before, after)  # fmt: skip


def played(steps: list[Step]) -> tuple[list[Entry], dict[Key, dict[str, Any]]]:
    """The audit of steps on a plan, and the rows that they left."""
    start = {"id": PLAN, "status": "draft", "archived_at": None, "north_star": None}
    rows: dict[Key, dict[str, Any]] = {("plan", PLAN): {**start, "version": 1}}
    entries = [entry(1, ("plan", PLAN), "insert", {}, start)]
    for change, (table, row_id, word) in enumerate(steps, 2):
        key = (table, row_id)
        if key not in rows:
            after = {"id": row_id, "plan_id": PLAN, "archived_at": None, "section": "notes",
                     FIELDS[table]: word}  # fmt: skip
            entries.append(entry(change, key, "insert", {}, after))
        else:
            field = "archived_at" if word == "" and table != "membership" else FIELDS[table]
            new: int | str | None = change if field == "archived_at" else word
            if rows[key][field] is not None and field == "archived_at":
                new = None
            after = {field: new}
            entries.append(entry(change, key, "update", {field: rows[key][field]}, after))
        rows.setdefault(key, {}).update(after, version=change)
    return entries, rows


steps = st.lists(
    st.tuples(st.sampled_from(TABLES), st.integers(2, 5), st.sampled_from(["", "a", "b", "c"])),
    max_size=25,
)


@given(steps)
def test_folding_all_entries_gives_the_rows_and_nothing_was_there_before(made: list[Step]) -> None:
    entries, rows = played(made)
    assert base_of(rows, entries) == {}
    assert fold({}, entries) == {
        key: {**row, "version": row["version"]} for key, row in rows.items()
    }


@given(steps, st.integers(0, 25))
def test_rows_without_an_entry_are_as_they_were_before_the_first_change(
    made: list[Step], cut: int
) -> None:
    entries, rows = played(made)
    early, late = entries[: cut + 1], entries[cut + 1 :]
    was = fold({}, early)
    base = base_of(rows, late)
    assert {key: {**row, "version": 0} for key, row in base.items()} == {
        key: {**row, "version": 0} for key, row in was.items()
    }
    assert fold(base, late) == fold({}, entries)


@given(steps, st.data())
def test_the_moves_to_a_version_give_its_own_records_back(
    made: list[Step], data: st.DataObject
) -> None:
    entries, rows = played(made)
    versions = versions_of(entries, PLAN, rows)
    number = data.draw(st.integers(1, len(versions)))
    then = fold({}, entries, versions[number - 1].change_id)
    after = {key: dict(row) for key, row in rows.items()}
    for move in moves_to(rows, then, PLAN):
        assert CONTENT[move.key[0]].own
        after[move.key] = (
            {**move.now, "archived_at": "now"} if move.then is None else dict(move.then)
        )
    own = [key for key in rows if CONTENT[key[0]].own]
    wanted, found = content_of(then, PLAN), content_of(after, PLAN)
    assert [key for key in own if key in wanted] == [key for key in own if key in found]
    assert (
        compare(
            {key: wanted[key] for key in own if key in wanted},
            {key: found[key] for key in own if key in found},
        )
        == []
    )
    assert {key: row for key, row in after.items() if key not in own} == {
        key: row for key, row in rows.items() if key not in own
    }
    assert moves_to(after, then, PLAN) == []


@given(steps)
def test_comparing_is_the_same_both_ways_round(made: list[Step]) -> None:
    entries, _rows = played(made)
    old = content_of(fold({}, entries, len(entries) // 2), PLAN)
    new = content_of(fold({}, entries), PLAN)
    turned = {"added": "taken_out", "taken_out": "added", "changed": "changed"}
    assert compare(old, old) == []
    assert [(one.table, one.row_id, one.op, one.field, one.old, one.new)
            for one in compare(old, new)] == [
        (one.table, one.row_id, turned[one.op], one.field, one.new, one.old)
        for one in compare(new, old)
    ]  # fmt: skip


def test_versions_begin_with_the_plan_and_leave_other_plans_out() -> None:
    other = entry(1, ("risk", 9), "insert", {}, {"id": 9, "plan_id": 7, "risk": "of another"})
    facts = entry(2, ("account", 3), "update", {"tier": None}, {"tier": 1})
    start = entry(3, ("plan", PLAN), "insert", {}, {"id": PLAN})
    former = entry(4, ("plan", 7), "update", {"status": "closed"}, {"status": "draft"})
    late = entry(5, ("risk", 9), "update", {"risk": "of another"}, {"risk": "x"})
    note = entry(6, ("account", 3), "update", {"note": None}, {"note": "x"})
    tier = entry(7, ("account", 3), "update", {"tier": 1}, {"tier": 2})
    entries = [other, facts, start, former, late, note, tier]
    rows = {**fold({}, entries), ("plan", 7): {"id": 7}}
    assert [(one.number, one.change_id, one.sections) for one in versions_of(
        entries, PLAN, rows)] == [(1, 3, ("header",)), (2, 7, ("header",))]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("short", "other", ()),
        (1.0, "x" * (LONG + 1), ()),
        (None, "x" * (LONG + 1), ("--- before", "+++ after", "@@ -0,0 +1 @@", "+" + "x" * 81)),
        ("a\nb", "a", ("--- before", "+++ after", "@@ -1,2 +1 @@", " a", "-b")),
    ],
)
def test_a_long_text_is_compared_line_by_line(old: Any, new: Any, lines: tuple[str, ...]) -> None:
    assert diff_of(old, new) == lines


def test_ids_are_called_by_the_name_behind_them() -> None:
    rows = {("objective", 4): {"objective": "Halve it"}}
    history = PlanHistory(1, PLAN, [], rows, {("colleague", 2): "Bob", ("person", 3): "Per"})
    called = {
        "owner_id": (2, "Bob"), "their_owner_id": (3, "Per"), "objective_id": (4, "Halve it"),
        "person_id": (2, 2), "target": (2, 2), "sponsor_id": (None, None),
    }  # fmt: skip
    for column, (value, name) in called.items():
        assert history.name_of(column, value) == name


def test_a_plan_without_a_version_on_record_says_so() -> None:
    history = PlanHistory(1, PLAN, [], {}, {})
    with pytest.raises(NotFound, match="no version on record"):
        history.version(1)
    with pytest.raises(Refused, match="only one version"):
        history.pair(None, 1)
    assert history.pair(1, 4) == (1, 4)
    assert {one.signed_on for one in history.sign_offs} == {None}


# -- signatures ---------------------------------------------------------------------------------


def test_the_order_of_rows_and_columns_changes_no_digest() -> None:
    goals: list[dict[str, Any]] = [
        {"id": 1, "objective": "x", "target": 2.0}, {"target": None, "objective": "ü", "id": 2},
    ]  # fmt: skip
    one = signed_content(goals, [], [])
    assert one == signed_content([dict(reversed(row.items())) for row in goals[::-1]], [], [])
    assert one != signed_content(goals[:1], [], []) != ""
    assert one != signed_content([], [], [{"id": 1, "risk": "x"}, {"id": 2, "risk": "ü"}])


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("objective", {"id": 1, "status": "dropped"}),
        ("contract", {"id": 1, "status": "ended"}),
        ("risk", {"id": 1, "closed_on": "2026-01-01"}),
    ],
)
def test_what_is_dropped_ended_or_closed_is_not_signed(table: str, row: dict[str, Any]) -> None:
    assert signed_text(table, row) == signed_content([], [], []) == ""


@pytest.mark.parametrize(
    ("days", "since"),
    [
        ([("", "a")], None),
        ([("", "b")], "2026-03-01"),
        ([("", "a"), ("2026-03-05", "b"), ("2026-03-06", "c")], "2026-03-05"),
        ([("", "a"), ("2026-03-05", "b"), ("2026-03-06", "a"), ("2026-03-09", "b")], "2026-03-09"),
        ([("", "b"), ("2026-03-06", "a")], None),
        ([("", "b"), ("2026-02-06", "c")], "2026-03-01"),
    ],
)
def test_a_signature_is_asked_again_from_the_last_day_on_which_it_stood(
    days: list[tuple[str, str]], since: str | None
) -> None:
    assert asked_since("a", "2026-03-01", days) == since


def test_a_signature_of_nobody_known_is_somebodys() -> None:
    state = SignOffState("sales", None, "2026-03-01", None, None)
    assert sign_off_words(state) == "signed by somebody on 2026-03-01"
