"""Owners by name, and an account kept together with a date to celebrate."""

from __future__ import annotations

from datetime import date

import pytest

from planner.errors import Refused
from planner.use_cases.account_records import keep_account
from planner.use_cases.accounts import add_account
from planner.use_cases.naming import with_named_owners
from planner.use_cases.people import add_person
from planner.use_cases.team import add_colleague, name_team
from tests.fakes import MemoryUnitOfWork


def test_an_owner_who_is_not_known_is_added_once() -> None:
    uow = MemoryUnitOfWork()
    add = with_named_owners(add_account)
    first = add(uow, name="One", owner_id="Zoe")
    second = add(uow, name="Two", owner_id="zoe")
    assert first.owner_id == second.owner_id
    assert [one.name for one in uow.colleagues.find()] == ["Zoe"]
    assert add.__name__ == "add_account"


def test_seats_and_parts_take_names_too() -> None:
    uow = MemoryUnitOfWork()
    ann = add_colleague(uow, name="Ann")
    account = add_account(uow, name="One")
    with_named_owners(name_team)(uow, account.id, seats={"sales": "Bo", "success": ann.id})
    bo = uow.colleagues.find(name="Bo")[0]
    seats = {seat.function: seat.colleague_id for seat in uow.seats.find()}
    assert seats == {"sales": bo.id, "success": ann.id}
    part = {"relationship_owner_id": "Ann"}
    _person, membership = with_named_owners(add_person)(uow, account.id, name="M", part=part)
    assert membership.relationship_owner_id == ann.id
    assert part == {"relationship_owner_id": "Ann"}


def test_an_account_is_kept_with_its_date_in_one_step() -> None:
    uow = MemoryUnitOfWork()
    day = date(2020, 5, 1)
    account = keep_account(uow, None, name="One", celebration=("founded", day))
    assert [(c.label, c.on_date) for c in uow.celebrations.find()] == [("founded", day)]
    changed = keep_account(uow, account, sector="food")
    assert changed.sector == "food"
    assert keep_account(uow, changed) is changed
    keep_account(uow, changed, celebration=("went live", day))
    assert len(uow.celebrations.find()) == 2


@pytest.mark.parametrize(
    ("celebration", "field"),
    [(("founded", None), "celebration_day"), ((" ", date(2020, 1, 1)), "celebrate")],
)
def test_half_a_date_to_celebrate_is_refused(
    celebration: tuple[str, date | None], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        keep_account(MemoryUnitOfWork(), None, name="One", celebration=celebration)
    assert refused.value.problems[0].field == field
