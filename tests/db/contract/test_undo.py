"""Undo: mine, newest first, over restarts, as a whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from db.book import Book
from db.undo import redo, undo
from planner.errors import Refused
from planner.ports import UnitOfWork
from planner.use_cases.accounts import add_account, archive_account, change_account, change_accounts
from planner.use_cases.actions import add_action
from planner.use_cases.people import add_person, set_part
from planner.use_cases.plans import close_plan, start_plan
from planner.use_cases.team import add_colleague, name_team
from tests.db.book_dump import live_rows, recomputed, rollup_table
from tests.fakes import FakeClock
from tests.makers import World, day, opened


def test_with_nothing_done_there_is_nothing_to_undo_or_redo(book: Book) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        book.run(undo)
    with pytest.raises(Refused, match="nothing to redo"):
        book.run(redo)


def test_steps_are_taken_back_newest_first_and_repeated_in_order(book: Book) -> None:
    states = [live_rows(book.connection)]
    for name in ("One", "Two", "Three"):
        book.run(add_account, name=name)
        states.append(live_rows(book.connection))
    for state in reversed(states[:-1]):
        book.run(undo)
        assert live_rows(book.connection) == state
    for state in states[1:]:
        book.run(redo)
        assert live_rows(book.connection) == state
    with pytest.raises(Refused, match="nothing to redo"):
        book.run(redo)


def test_a_new_step_ends_redo(book: Book) -> None:
    book.run(add_account, name="One")
    book.run(undo)
    book.run(add_account, name="Two")
    with pytest.raises(Refused, match="nothing to redo"):
        book.run(redo)


def test_undo_is_a_change_of_its_own_that_names_what_it_took_back(book: Book) -> None:
    done = book.run(add_account, name="One")
    undone = book.run(undo)
    assert undone.summary == "undid: added account One"
    assert book.connection.one(
        "SELECT kind, target_id, actor FROM change WHERE id = :id", {"id": undone.change_id}
    ) == ("undo", done.change_id, "Ann")


def test_undo_is_per_person_and_survives_a_restart(book: Book, clock: FakeClock) -> None:
    book.run(add_account, name="Mine")
    bob = opened(book.address, clock, actor="Bob")
    bob.run(add_account, name="His")
    book.close()
    again = opened(book.address, clock)
    assert again.run(undo).result == "added account Mine"
    with pytest.raises(Refused, match="nothing to undo"):
        again.run(undo)
    assert again.connection.rows("SELECT name FROM account WHERE archived_at IS NULL") == [("His",)]
    again.close()
    bob.close()


def test_what_somebody_changed_since_is_named_and_left_alone(filled: Book, world: World) -> None:
    filled.run(change_account, world.account, sector="ships", country="FI")
    bob = opened(filled.address, actor="Bob")
    bob.run(change_account, world.account, sector="trains")
    before = live_rows(filled.connection)
    with pytest.raises(Refused, match="sector changed since"):
        filled.run(undo)
    assert live_rows(filled.connection) == before
    bob.run(undo)
    filled.run(undo)
    bob.close()


def test_other_fields_that_changed_since_stay_as_they_are(filled: Book, world: World) -> None:
    filled.run(change_account, world.account, sector="ships")
    bob = opened(filled.address, actor="Bob")
    bob.run(change_account, world.account, country="FI")
    filled.run(undo)
    row = filled.connection.one("SELECT sector, country FROM account WHERE name = 'Nordic Oy'")
    assert row == (None, "FI")
    bob.close()


def test_an_account_to_which_another_added_is_not_taken_back(book: Book) -> None:
    account = book.run(add_account, name="Mine").result
    bob = opened(book.address, actor="Bob")
    bob.run(add_action, account.id, action="call", due_on=day(-1))
    with pytest.raises(Refused, match="1 action refer to the account"):
        book.run(undo)
    bob.run(undo)
    book.run(undo)
    assert book.connection.rows("SELECT * FROM account_rollup") == []
    bob.close()


def test_a_person_or_colleague_whom_another_uses_is_not_taken_back(
    filled: Book, world: World
) -> None:
    person, _part = filled.run(add_person, world.account, name="New").result
    bob = opened(filled.address, actor="Bob")
    bob.run(set_part, world.other, person.id, influence=1)
    with pytest.raises(Refused, match="membership"):
        filled.run(undo)
    bob.run(undo)
    filled.run(undo)
    cem = filled.run(add_colleague, name="Cem").result
    bob.run(change_account, world.account, owner_id=cem.id)
    with pytest.raises(Refused, match="1 account refer to the colleague"):
        filled.run(undo)
    bob.close()


def test_what_was_archived_since_is_not_taken_back_twice(book: Book) -> None:
    account = book.run(add_account, name="Mine").result
    bob = opened(book.address, actor="Bob")
    bob.run(archive_account, account.id)
    with pytest.raises(Refused, match="archived_at changed since"):
        book.run(undo)
    bob.close()


def test_a_step_that_would_break_a_rule_now_is_refused_in_words(filled: Book, world: World) -> None:
    filled.run(close_plan, world.account)
    bob = opened(filled.address, actor="Bob")
    bob.run(start_plan, world.account)
    before = live_rows(filled.connection)
    with pytest.raises(Refused, match="live plan of this kind"):
        filled.run(undo)
    assert live_rows(filled.connection) == before
    bob.close()


def test_a_seat_that_somebody_filled_since_is_not_filled_twice(filled: Book, world: World) -> None:
    filled.run(name_team, world.account, {"sales": None})
    bob = opened(filled.address, actor="Bob")
    bob.run(name_team, world.account, {"sales": world.ann})
    with pytest.raises(Refused, match="live seat"):
        filled.run(undo)
    bob.close()


def test_a_bulk_edit_is_one_step(filled: Book, world: World) -> None:
    before = live_rows(filled.connection)
    done = filled.run(change_accounts, [world.account, world.other], sector="ships")
    assert done.result == 2
    assert done.summary == "changed 2 accounts"
    filled.run(undo)
    assert live_rows(filled.connection) == before


def add_many(uow: UnitOfWork, count: int) -> int:
    """Add many accounts in one step, as an import does."""
    for number in range(count):
        add_account(uow, name=f"Account {number}", duplicate=True)
    uow.say("imported many")
    return count


def test_an_import_is_one_step_found_by_its_id(book: Book) -> None:
    done = book.run(add_many, 300)
    book.run(add_account, name="Later")
    assert len(rollup_table(book.connection)) == 301
    assert rollup_table(book.connection) == recomputed(book)
    assert book.run(undo, batch=done.change_id).result == "imported many"
    assert [row["name"] for row in rollup_table(book.connection).values()] == ["Later"]
    with pytest.raises(Refused, match="undone already"):
        book.run(undo, batch=done.change_id)
    assert book.run(redo).result == "imported many"
    assert len(rollup_table(book.connection)) == 301


@pytest.mark.parametrize("number", [0, 1, -5, 10**30])
def test_a_batch_that_is_not_there_is_refused(book: Book, number: int) -> None:
    with pytest.raises(Refused):
        book.run(undo, batch=number)


def test_an_undo_cannot_be_named_as_a_batch(book: Book) -> None:
    book.run(add_account, name="One")
    undone = book.run(undo)
    with pytest.raises(Refused, match="no change with the id"):
        book.run(undo, batch=undone.change_id)


def test_anybody_may_take_back_a_batch_by_its_id_and_repeat_it(book: Book) -> None:
    done: Any = book.run(add_many, 3)
    bob = opened(book.address, actor="Bob")
    bob.run(undo, batch=done.change_id)
    with pytest.raises(Refused, match="nothing to redo"):
        book.run(redo)
    bob.run(redo)
    assert len(rollup_table(book.connection)) == 3
    bob.close()
