"""Everything or nothing; two people at once; an audit that nobody alters."""

from __future__ import annotations

import json
from typing import Any

import pytest

from db.book import Book
from db.undo import undo
from planner.accounts import Account
from planner.errors import Conflict, NotFound, Refused
from planner.ports import UnitOfWork
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.touchpoints import log_touchpoint
from tests.db.book_dump import counts, live_rows, recomputed, rollup_table
from tests.fakes import FakeClock
from tests.makers import World, at, opened


def state(book: Book) -> tuple[Any, ...]:
    return counts(book.connection), live_rows(book.connection), rollup_table(book.connection)


def read_account(uow: UnitOfWork, account_id: int) -> Account:
    """The account as it is now."""
    return uow.accounts.get(account_id)


def fetch(book: Book, account_id: int) -> Account:
    account: Account = book.run(read_account, account_id).result
    return account


@pytest.mark.parametrize("error", [Refused("no"), KeyError("x"), KeyboardInterrupt()])
def test_an_error_at_the_end_leaves_no_row_no_audit_and_no_rollup(
    filled: Book, world: World, error: BaseException
) -> None:
    def fail(uow: UnitOfWork) -> None:
        log_touchpoint(uow, world.account, kind="call", when=at(0, 9), person_ids=[world.joe])
        change_account(uow, world.account, name="Other name")
        raise error

    before = state(filled)
    with pytest.raises(type(error)):
        filled.run(fail)
    assert state(filled) == before
    assert filled.run(read_account, world.account).change_id is None


def test_an_error_while_the_rollups_are_made_keeps_nothing(
    filled: Book, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import rollups

    def fail(*_args: object) -> None:
        raise ZeroDivisionError

    before = state(filled)
    monkeypatch.setattr(rollups, "_store", fail)
    with pytest.raises(ZeroDivisionError):
        filled.run(change_account, world.account, name="Other name")
    monkeypatch.undo()
    assert state(filled) == before


def test_nothing_changed_is_no_change(filled: Book, world: World) -> None:
    before = state(filled)
    done = filled.run(change_account, world.account, name="Nordic Oy")
    assert done.change_id is None
    assert state(filled) == before


def test_a_record_that_is_not_there_is_named(filled: Book) -> None:
    with pytest.raises(NotFound, match="no account with the id 7"):
        filled.run(read_account, 7)


@pytest.mark.parametrize("owner", [7, 2**62])
def test_a_reference_to_nothing_is_refused_in_words(filled: Book, owner: int) -> None:
    before = state(filled)
    with pytest.raises(Refused, match="refers to a record that is not in the book"):
        filled.run(add_account, name="New", owner_id=owner)
    assert state(filled) == before


@pytest.mark.parametrize("number", [2**63, -(2**70), 10**30])
def test_a_number_that_no_column_holds_is_refused_in_words(filled: Book, number: int) -> None:
    with pytest.raises(Refused, match="too large"):
        filled.run(read_account, number)
    with pytest.raises(Refused):
        filled.run(add_account, name="New", owner_id=number)


def test_an_actor_whose_name_is_no_text_is_refused_in_words(filled: Book) -> None:
    with pytest.raises(Refused, match="surrogate"):
        opened(filled.address, actor="\udcff")


def test_disjoint_changes_of_two_people_are_both_kept_and_said(filled: Book, world: World) -> None:
    seen = fetch(filled, world.account)
    bob = opened(filled.address, actor="Bob")
    bob.run(change_account, seen, sector="ships")
    done = filled.run(change_account, seen, country="FI")
    assert done.merged == ("merged with the change of Bob at 12:00",)
    both = fetch(filled, world.account)
    assert (both.sector, both.country, both.version) == ("ships", "FI", seen.version + 2)
    entry = filled.connection.one("SELECT before, after FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert entry == ('{"country":null}', '{"country":"FI"}')
    bob.close()


def test_the_same_change_by_two_people_is_one(filled: Book, world: World) -> None:
    seen = fetch(filled, world.account)
    bob = opened(filled.address, actor="Bob")
    bob.run(change_account, seen, sector="ships")
    done = filled.run(change_account, seen, sector="ships")
    assert done.change_id is None
    assert done.merged
    bob.close()


def test_the_same_field_is_a_conflict_that_names_everything(filled: Book, world: World) -> None:
    seen = fetch(filled, world.account)
    bob = opened(filled.address, actor="Bob")
    bob.run(change_account, seen, sector="ships", country="FI")
    before = state(filled)
    with pytest.raises(Conflict, match="Bob changed sector first") as error:
        filled.run(change_account, seen, sector="trains", country="FI", tier=3)
    assert state(filled) == before
    assert (error.value.who, error.value.when) == ("Bob", "2026-03-11T12:00:00.000000Z")
    (field,) = error.value.fields
    assert (field.field, field.was, field.theirs, field.mine) == ("sector", None, "ships", "trains")
    assert not error.value.archived
    bob.close()


def test_each_clashing_field_names_who_wrote_it_and_when(
    filled: Book, world: World, clock: FakeClock
) -> None:
    seen = fetch(filled, world.account)
    bob, carol = (opened(filled.address, clock, actor=name) for name in ("Bob", "Carol"))
    bob.run(change_account, world.account, sector="ships")
    clock.move(hours=2)
    carol.run(change_account, world.account, country="FI", stage="adopting")
    with pytest.raises(Conflict, match="Bob changed sector, country first, at 12:00") as error:
        filled.run(change_account, seen, sector="trains", country="SE")
    assert [(one.field, one.who, one.when[11:16]) for one in error.value.fields] == [
        ("sector", "Bob", "12:00"), ("country", "Carol", "14:00"),
    ]  # fmt: skip
    done = filled.run(change_account, seen, tier=3)
    assert done.merged == (
        "merged with the change of Bob at 12:00", "merged with the change of Carol at 14:00",
    )  # fmt: skip
    clock.move(days=1)
    assert filled.run(change_account, seen, tier=3).merged[0].endswith("Bob at 2026-03-11 12:00")
    bob.close()
    carol.close()


def test_a_clash_with_what_was_archived_too_names_both(filled: Book, world: World) -> None:
    seen = fetch(filled, world.account)
    bob = opened(filled.address, actor="Bob")
    bob.run(change_account, world.account, sector="ships")
    bob.run(archive_account, world.account)
    with pytest.raises(Conflict, match="Bob archived it first, at 12:00") as error:
        filled.run(change_account, seen, sector="trains", country="FI")
    assert error.value.archived
    assert [field.field for field in error.value.fields] == ["sector"]
    bob.close()


def test_a_merge_that_would_not_be_valid_is_refused(filled: Book, world: World) -> None:
    seen = fetch(filled, world.account)
    bob = opened(filled.address, actor="Bob")
    keep = fetch(bob, world.account).changed(keep_class="invest", keep_reason="big")
    bob.run(change_account, seen, keep_class=keep.keep_class, keep_reason=keep.keep_reason)
    now = fetch(filled, world.account)
    bob.run(change_account, now, keep_class=None)
    with pytest.raises(Refused, match="keep_reason"):
        filled.run(change_account, now, keep_reason=None)
    bob.close()


def test_what_another_archived_is_a_conflict(filled: Book, world: World) -> None:
    seen = fetch(filled, world.account)
    bob = opened(filled.address, actor="Bob")
    bob.run(archive_account, world.account)
    before = state(filled)
    with pytest.raises(Conflict, match="Bob archived it first") as error:
        filled.run(change_account, seen, sector="ships")
    assert [field.field for field in error.value.fields] == ["archived_at"]
    assert error.value.archived
    assert state(filled) == before
    with pytest.raises(Refused, match="archived"):
        filled.run(change_account, world.account, sector="ships")
    bob.close()


def test_a_change_holds_every_row_of_its_transaction(filled: Book, world: World) -> None:
    done = filled.run(
        log_touchpoint, world.account, kind="call", when=at(0, 9), person_ids=[world.joe]
    )
    rows = filled.connection.rows(
        "SELECT table_name, op FROM audit_entry WHERE change_id = :id ORDER BY id",
        {"id": done.change_id},
    )
    assert rows == [("touchpoint", "insert"), ("participant", "insert")]


def test_ids_grow_over_restarts_writers_and_clocks_that_run_back(
    filled: Book, clock: FakeClock
) -> None:
    first = filled.run(add_account, name="One")
    clock.move(days=-400)
    again = opened(filled.address, clock, actor="Bob")
    second = again.run(add_account, name="Two")
    third = filled.run(add_account, name="Three")
    order = [first.change_id, second.result.id, second.change_id, third.result.id, third.change_id]
    assert order == sorted(order, key=lambda number: number or 0)
    assert again.run(undo).result == "added account Two"
    again.close()


def test_complaint_numbers_are_never_given_twice(filled: Book, world: World) -> None:
    from planner.use_cases.complaints import log_complaint

    first = filled.run(log_complaint, world.account, title="a", when=at(1)).result
    filled.run(undo)
    second = filled.run(log_complaint, world.account, title="b", when=at(1)).result
    assert [first.number, second.number] == ["C-3", "C-4"]


def test_a_field_that_did_not_move_is_not_in_the_audit(filled: Book, world: World) -> None:
    filled.run(change_account, world.account, name="Nordic Oy", tier=1, sector="ships")
    row = filled.connection.one("SELECT before, after FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert row is not None
    assert [json.loads(text) for text in row] == [{"sector": None}, {"sector": "ships"}]


def test_a_renamed_owner_shows_in_lists_at_once(filled: Book, world: World) -> None:
    from planner.use_cases.team import change_colleague

    filled.run(change_colleague, world.bob, name="Robert")
    assert rollup_table(filled.connection)[world.account]["owner"] == "Robert"
    assert rollup_table(filled.connection) == recomputed(filled)
