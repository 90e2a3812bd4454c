"""A record that another archived comes back in the step that changes it; what many show at once is
not overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from planner.errors import Conflict, Refused
from planner.use_cases.accounts import (
    add_account,
    archive_account,
    change_account,
    change_accounts,
)
from planner.use_cases.people import add_person, edit_person
from planner.use_cases.restoring import restoring
from planner.use_cases.team import add_colleague
from tests.fakes import MemoryUnitOfWork


def test_an_archived_account_comes_back_with_the_change(uow: MemoryUnitOfWork) -> None:
    account = add_account(uow, name="Nordic Oy").id
    gone = archive_account(uow, account)
    with pytest.raises(Refused, match="archived"):
        change_account(uow, gone, sector="food")
    back = restoring(change_account)(uow, gone, sector="food")
    assert (back.archived_at, back.sector) == (None, "food")
    assert uow.accounts.find(sector="food") == [back]
    assert (uow.summary, uow.summary_account) == ("restored and changed: Nordic Oy", account)


def test_both_records_of_a_person_come_back(uow: MemoryUnitOfWork) -> None:
    account = add_account(uow, name="Nordic Oy").id
    person, part = add_person(uow, account, name="Maria")
    gone: list[Any] = [uow.people.archive(person), uow.memberships.archive(part)]
    after, seat = restoring(edit_person)(uow, *gone, part={"stance": "sceptic"}, title="CEO")
    assert (after.archived_at, after.title) == (None, "CEO")
    assert (seat.archived_at, seat.stance) == (None, "sceptic")


def test_what_is_live_is_saved_as_ever(uow: MemoryUnitOfWork) -> None:
    account = add_account(uow, name="Nordic Oy")
    assert restoring(change_account)(uow, account, sector="food").sector == "food"
    assert uow.summary == "changed account Nordic Oy"


def test_what_came_back_and_changed_meanwhile_is_a_clash(uow: MemoryUnitOfWork) -> None:
    account = add_account(uow, name="Nordic Oy")
    gone = archive_account(uow, account.id)
    uow.accounts.save(gone, gone.changed(archived_at=None))
    change_account(uow, account.id, sector="ships")
    with pytest.raises(Conflict):
        restoring(change_account)(uow, gone, sector="food")
    assert uow.accounts.get(account.id).sector == "ships"


def test_what_changed_since_it_was_shown_is_named_and_nothing_is_saved(
    uow: MemoryUnitOfWork,
) -> None:
    ann, ben = (add_colleague(uow, name=name).id for name in ("Ann", "Ben"))
    ids = [add_account(uow, name=f"Number {n}", owner_id=ann, tier=1).id for n in range(6)]
    seen = dict.fromkeys(ids, "Ann")
    change_accounts(uow, ids[:1], owner_id=None)
    with pytest.raises(Conflict, match="since you looked: Number 0"):
        change_accounts(uow, ids, seen=seen, owner_id=ben)
    change_accounts(uow, ids[1:5], owner_id=None)
    with pytest.raises(Conflict, match="Number 0, Number 1, Number 2 and 2 more"):
        change_accounts(uow, ids, seen=seen, owner_id=ben)
    assert uow.accounts.get(ids[5]).owner_id == ann
    archive_account(uow, ids[5])
    with pytest.raises(Conflict, match="Number 5"):
        change_accounts(uow, ids[5:], seen=seen, tier=1)
    now = dict.fromkeys(ids[:5], None)
    assert change_accounts(uow, ids[:5], seen=now, owner_id=ben) == 5
    assert change_accounts(uow, ids[:5], seen=now, owner_id=ben) == 0
