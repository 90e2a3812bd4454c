"""Purchases and returns: what is kept, what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from planner.errors import Refused
from planner.use_cases.accounts import add_account, archive_account
from planner.use_cases.people import add_person
from planner.use_cases.purchases import archive_purchase, change_purchase, log_purchase
from tests.fakes import MemoryUnitOfWork


def test_a_purchase_is_of_today_and_in_the_books_currency(
    uow: MemoryUnitOfWork, account: int
) -> None:
    made = log_purchase(uow, account, amount_minor=1200, product="Gloves")
    assert (made.kind, made.purchased_on, made.currency, made.times) == (
        "purchase", uow.today, uow.currency, 1,
    )  # fmt: skip
    assert log_purchase(uow, account).currency is None
    back = log_purchase(uow, account, kind="return", amount_minor=5, currency="USD")
    assert (back.kind, back.currency) == ("return", "USD")
    assert uow.summary == "logged a return of Nordic Oy"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"amount_minor": 0}, "amount"),
        ({"amount_minor": 0, "kind": "return"}, "amount"),
        ({"amount_minor": -1}, "amount"),
        ({"amount_minor": 10**16}, "amount"),
        ({"currency": "XXQ"}, "currency"),
        ({"currency": "eur"}, "currency"),
        ({"quantity": 0}, "quantity"),
        ({"times": 0}, "times"),
        ({"kind": "swap"}, "kind"),
        ({"product": "x" * 1001}, "product"),
    ],
)
def test_what_no_purchase_can_be_is_refused(
    uow: MemoryUnitOfWork, account: int, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused, match=f"^{field}: "):
        log_purchase(uow, account, **fields)
    made = log_purchase(uow, account, amount_minor=7)
    with pytest.raises(Refused, match=f"^{field}: "):
        change_purchase(uow, made.id, **fields)


def test_a_day_to_come_and_people_of_others_are_refused(
    uow: MemoryUnitOfWork, account: int
) -> None:
    with pytest.raises(Refused, match=r"^on: "):
        log_purchase(uow, account, purchased_on=uow.today + timedelta(days=1))
    other = add_account(uow, name="Other").id
    theirs = add_person(uow, other, name="Joe")[0].id
    with pytest.raises(Refused, match=r"^with: "):
        log_purchase(uow, account, person_id=theirs)
    made = log_purchase(uow, account)
    with pytest.raises(Refused, match=r"^with: "):
        change_purchase(uow, made.id, person_id=theirs)
    with pytest.raises(Refused, match=r"^on: "):
        change_purchase(uow, made.id, purchased_on=uow.today + timedelta(days=1))


def test_an_amount_without_a_currency_takes_the_books(uow: MemoryUnitOfWork, account: int) -> None:
    made = log_purchase(uow, account)
    after = change_purchase(uow, made.id, amount_minor=40)
    assert (after.amount_minor, after.currency) == (40, uow.currency)
    after = change_purchase(uow, made.id, currency="USD")
    assert (after.amount_minor, after.currency) == (40, "USD")
    assert change_purchase(uow, made.id, currency=None).currency == uow.currency
    assert change_purchase(uow, made.id, amount_minor=None).amount_minor is None


def test_an_external_id_is_once_in_the_book(uow: MemoryUnitOfWork, account: int) -> None:
    first = log_purchase(uow, account, external_id="A-1")
    with pytest.raises(Refused, match=r"^external: "):
        log_purchase(uow, account, external_id="A-1")
    assert change_purchase(uow, first.id, external_id="A-1", note="x").note == "x"
    archive_purchase(uow, first.id)
    assert log_purchase(uow, account, external_id="A-1").external_id == "A-1"
    second = log_purchase(uow, account)
    with pytest.raises(Refused, match=r"^external: "):
        change_purchase(uow, second.id, external_id="A-1")


def test_what_is_archived_is_not_changed(uow: MemoryUnitOfWork, account: int) -> None:
    made = log_purchase(uow, account)
    archive_purchase(uow, made.id)
    with pytest.raises(Refused, match="archived"):
        change_purchase(uow, made.id, note="x")
    with pytest.raises(Refused, match="archived"):
        archive_purchase(uow, made.id)
    archive_account(uow, account)
    with pytest.raises(Refused, match="archived"):
        log_purchase(uow, account)
