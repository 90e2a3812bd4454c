"""The contract that a row of an accounts file describes: one for each account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.contracts import Contract
from planner.entity import build
from planner.errors import FieldProblem, Refused
from planner.importing.account_values import Value
from planner.language import gettext as _
from planner.money import Money
from planner.ports import UnitOfWork

EXTERNAL_ID = "import"
FIELDS = {
    "contract_start": "start_on",
    "contract_end": "end_on",
    "notice_days": "notice_days",
    "auto_renew": "auto_renew",
}
MAKES = ("arr", "contract_start", "contract_end", "notice_days")
"""Fields that alone make a contract; a currency or a renewal flag does not."""


def keep_contract(
    uow: UnitOfWork, account_id: int, values: Mapping[str, Value], *, is_new: bool
) -> tuple[bool, FieldProblem | None]:
    """Make or change the account's contract from a row's values; (did it change, what is wrong).

    The contract of an earlier import is changed, else the only active one; with several of them
    nothing is. Without an amount a new contract is kept with 0.
    """
    fields = _fields(values)
    if not fields:
        return False, None
    present = [] if is_new else uow.contracts.find(account_id=account_id, status="active")
    chosen = [one for one in present if one.external_id == EXTERNAL_ID] or present
    try:
        if len(chosen) > 1:
            said = _("the account has several contracts; none was changed")
            return False, FieldProblem("contract_end", said)
        if chosen:
            stored = uow.contracts.save(chosen[0], chosen[0].changed(**fields))
            return stored.version != chosen[0].version, None
        if not any(name in values for name in MAKES):
            return False, None
        return _add(uow, account_id, values, fields)
    except Refused as error:
        said = _("the contract was not taken: {why}").format(why=error)
        return False, FieldProblem("contract_end", said)


def _add(
    uow: UnitOfWork, account_id: int, values: Mapping[str, Value], fields: dict[str, Any]
) -> tuple[bool, FieldProblem | None]:
    currency = values.get("currency", uow.currency)
    uow.contracts.add(
        build(
            Contract,
            id=uow.new_id(),
            account_id=account_id,
            external_id=EXTERNAL_ID,
            **{"arr_minor": 0, "currency": currency, **fields},
        )
    )
    if "arr" in values:
        return True, None
    return True, FieldProblem("arr", _("no amount: the contract is kept with 0"))


def _fields(values: Mapping[str, Value]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        field: values[name] for name, field in FIELDS.items() if name in values
    }
    arr = values.get("arr")
    if isinstance(arr, Money):
        fields |= {"arr_minor": arr.minor, "currency": arr.currency}
    return fields
