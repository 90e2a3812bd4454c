"""Each use case, called once: undone, repeated, audited, weighed, and fed hostile text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from db.book import Book
from db.queries.plan_versions import PlanVersionQueries, restoring_moves
from db.undo import redo, undo
from planner.errors import Refused
from planner.ports import Done
from tests.db.book_dump import counts, live_rows, recomputed, rollup_table
from tests.db.use_case_cases import Call, cases, public_use_cases
from tests.fakes import FakeClock
from tests.makers import World, opened
from tests.strategies import HOSTILE, UNSTORABLE

NAMES = sorted(public_use_cases())
WITH_RECORDS = {"edit_person", "restore_plan"}
"""Those that take records, which are read first."""


def perform(book: Book, one: Call) -> Done:
    """Make a call after what it needs; -1 stands for the id that the call before it made."""
    made = None
    for earlier in one.before:
        made = perform(book, earlier).result
    args = tuple(made.id if arg == -1 and made is not None else arg for arg in one.args)
    return book.run(one.use_case, *args, **(one.fields or {}))


def prepare(book: Book, one: Call) -> Call:
    """Make what a call needs, and return the call alone."""
    made = None
    for earlier in one.before:
        made = perform(book, earlier).result
    args = tuple(made.id if arg == -1 and made is not None else arg for arg in one.args)
    return Call(one.use_case, args, one.fields)


def case(book: Book, world: World, name: str, text: str = "words") -> Call:
    """The call of a use case by its name; those that take records read them first."""
    if name == "edit_person":
        from planner.use_cases.people import edit_person

        person, part = book.run(_read_person, world).result
        fields = {"name": text, "note": text, "part": {"influence": 1}}
        return Call(edit_person, (person, part), fields)
    if name == "restore_plan":
        from planner.use_cases.plan_life import restore_plan

        moves = restoring_moves(PlanVersionQueries(book.connection).history(world.account).moves(1))
        return Call(restore_plan, (world.account, 1, moves))
    return cases(world, text)[name]


def _read_person(uow: Any, world: World) -> Any:
    (part,) = uow.memberships.find(account_id=world.account, person_id=world.maria)
    return uow.people.get(world.maria), part


def test_every_use_case_has_a_call_here(world: World) -> None:
    assert set(cases(world)) | WITH_RECORDS == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_undo_takes_back_and_redo_repeats(
    filled: Book, world: World, clock: FakeClock, name: str
) -> None:
    alone = prepare(filled, case(filled, world, name))
    before, rollup_before = live_rows(filled.connection), rollup_table(filled.connection)
    done = perform(filled, alone)
    assert done.change_id is not None
    then, rollup_then = live_rows(filled.connection), rollup_table(filled.connection)
    assert then != before
    filled.close()

    again = opened(filled.address, clock)
    undone = again.run(undo)
    assert undone.result == done.summary
    assert live_rows(again.connection) == before
    assert rollup_table(again.connection) == rollup_before
    assert again.run(redo).result == done.summary
    assert live_rows(again.connection) == then
    assert rollup_table(again.connection) == rollup_then
    again.run(undo, batch=done.change_id)
    assert live_rows(again.connection) == before
    again.close()


@pytest.mark.parametrize("name", NAMES)
def test_one_change_is_audited_with_what_moved_only(filled: Book, world: World, name: str) -> None:
    alone = prepare(filled, case(filled, world, name))
    before = counts(filled.connection)
    done = perform(filled, alone)
    assert counts(filled.connection)["change"] == before["change"] + 1
    (change,) = filled.connection.maps(
        "SELECT * FROM change WHERE id = :id", {"id": done.change_id}
    )
    assert (change["actor"], change["colleague_id"]) == ("Ann", world.ann)
    assert change["use_case"] == name
    assert change["summary"] == done.summary != name
    assert change["kind"] == "do"
    entries = filled.connection.maps(
        "SELECT * FROM audit_entry WHERE change_id = :id", {"id": done.change_id}
    )
    assert entries
    for entry in entries:
        after = json.loads(entry["after"])
        (row,) = filled.connection.maps(
            f"SELECT * FROM {entry['table_name']} WHERE id = :id", {"id": entry["row_id"]}
        )
        if entry["op"] == "insert":
            assert entry["before"] is None
            assert {key: row[key] for key in after} == after
        else:
            was = json.loads(entry["before"])
            assert set(was) == set(after)
            assert all(was[field] != after[field] for field in was)
            assert {key: row[key] for key in after} == after
            assert row["version"] == entry["row_version"]


@pytest.mark.parametrize("name", NAMES)
def test_rollups_and_scores_equal_a_full_recomputation(
    filled: Book, world: World, name: str
) -> None:
    perform(filled, case(filled, world, name))
    assert rollup_table(filled.connection) == recomputed(filled)


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_is_kept_as_it_came_and_can_be_undone(
    filled: Book, world: World, name: str
) -> None:
    for text in HOSTILE:
        alone = prepare(filled, case(filled, world, name, text))
        before = live_rows(filled.connection)
        done = perform(filled, alone)
        fields = {**(alone.fields or {})}
        if text in fields.values():
            audit = filled.connection.rows(
                "SELECT after FROM audit_entry WHERE change_id = :id", {"id": done.change_id}
            )
            assert any(text in json.loads(after).values() for (after,) in audit)
        filled.run(undo)
        earlier = () if name in WITH_RECORDS else cases(world, text)[name].before
        for _earlier in earlier:
            filled.run(undo)
        assert live_rows(filled.connection) == before or earlier


@pytest.mark.parametrize("name", NAMES)
def test_text_that_no_store_keeps_is_refused_and_nothing_is_left(
    filled: Book, world: World, name: str
) -> None:
    for text in UNSTORABLE:
        one = case(filled, world, name, text)
        if text not in repr_of(one):
            continue
        one = prepare(filled, one)
        before = counts(filled.connection), rollup_table(filled.connection)
        with pytest.raises(Refused) as refusal:
            perform(filled, one)
        assert "NUL" in str(refusal.value) or "surrogate" in str(refusal.value)
        assert (counts(filled.connection), rollup_table(filled.connection)) == before


def repr_of(one: Call) -> str:
    """Every text among the arguments of a call."""
    texts: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            for key, inner in value.items():
                collect(key)
                collect(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                collect(inner)

    collect([one.args, one.fields or {}])
    return "|".join(texts)
