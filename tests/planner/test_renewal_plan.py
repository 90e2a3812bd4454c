"""What a contract keeps about its renewal: amounts, who decides, how likely it is."""

from __future__ import annotations

from typing import Any

import pytest

from planner.errors import Refused
from planner.use_cases.accounts import add_account
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.people import add_person
from tests.fakes import MemoryUnitOfWork


def test_amounts_of_the_renewal_stay_the_same_number_in_another_currency(
    uow: MemoryUnitOfWork,
) -> None:
    account = add_account(uow, name="Nordic Oy").id
    contract = add_contract(
        uow, account, arr_minor=12_000, renew_amount_minor=13_050, offer_limit_minor=1_000
    )
    after = change_contract(uow, contract, currency="JPY", arr_minor=120)
    assert (after.arr_minor, after.renew_amount_minor, after.offer_limit_minor) == (120, 131, 10)
    again = change_contract(uow, after.id, currency="EUR", arr_minor=12_000, renew_amount_minor=7)
    assert (again.renew_amount_minor, again.offer_limit_minor) == (7, 1_000)


def test_who_decides_belongs_to_the_account(uow: MemoryUnitOfWork) -> None:
    account, other = add_account(uow, name="Nordic Oy").id, add_account(uow, name="Other").id
    maria = add_person(uow, account, name="Maria")[0].id
    joe = add_person(uow, other, name="Joe")[0].id
    contract = add_contract(uow, account, arr_minor=1, decision_buyer_id=maria)
    assert contract.decision_buyer_id == maria
    with pytest.raises(Refused, match="does not belong"):
        change_contract(uow, contract.id, decision_buyer_id=joe)
    with pytest.raises(Refused, match="does not belong"):
        add_contract(uow, account, arr_minor=1, decision_buyer_id=joe)


@pytest.mark.parametrize(
    "fields",
    [
        {"forecast_probability": 1.1},
        {"forecast_probability": float("nan")},
        {"uplift_percent": -101.0},
        {"term_months": 0},
        {"price_position": "cheap"},
        {"offer_limit_minor": -1},
    ],
)
def test_values_out_of_range_are_refused(uow: MemoryUnitOfWork, fields: dict[str, Any]) -> None:
    account = add_account(uow, name="Nordic Oy").id
    with pytest.raises(Refused):
        add_contract(uow, account, arr_minor=1, **fields)
