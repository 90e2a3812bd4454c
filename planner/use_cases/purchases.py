"""What a customer bought and gave back: logged, changed, taken out."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.entity import build
from planner.errors import Refused
from planner.language import gettext as _
from planner.money import check_currency
from planner.ports import UnitOfWork
from planner.purchases import Purchase
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_member,
    live_account_name,
    refuse,
    withdraw,
)


def log_purchase(
    uow: UnitOfWork, account_id: int, *, purchased_on: date | None = None, **fields: Any
) -> Purchase:
    """Log a purchase or a return, of today unless said; an amount is in the book's currency.

    ``fields``: kind, product, quantity, amount_minor (above 0), currency, person_id, note, times,
    external_id. Raises ``Refused`` for a day in the future, an amount of 0, a person of another
    account, a currency that is none, and an external id that the book has already.
    """
    account = live_account_name(uow, account_id)
    given = {name: value for name, value in fields.items() if value is not None}
    made = build(
        Purchase,
        **{
            "id": uow.new_id(),
            "account_id": account_id,
            "purchased_on": purchased_on or uow.today,
            "recorded_on": uow.today,
            "logged_at": uow.clock.real_now(),
            **({} if "amount_minor" not in given else {"currency": uow.currency}),
            **given,
        },
    )
    check_purchase(uow, made)
    _check_external_id(uow, made)
    said = _("logged a return of {account}") if made.kind == "return" else _(
        "logged a purchase of {account}")  # fmt: skip
    uow.say(said.format(account=account), account_id)
    return uow.purchases.add(made)


def change_purchase(uow: UnitOfWork, record: Purchase | int, **fields: Any) -> Purchase:
    """Change what was logged; an amount without a currency is in the book's."""
    before = uow.purchases.get(record) if isinstance(record, int) else record
    amount = fields.get("amount_minor", before.amount_minor)
    if amount is not None and fields.get("currency", before.currency) is None:
        fields["currency"] = uow.currency
    after = change(uow.purchases, record, fields)[1]
    check_purchase(uow, after, person=fields.get("person_id") is not None)
    if fields.get("external_id") is not None:
        _check_external_id(uow, after)
    account = live_account_name(uow, after.account_id)
    uow.say(_("changed a purchase of {account}").format(account=account), after.account_id)
    return after


def archive_purchase(uow: UnitOfWork, purchase_id: int) -> Purchase:
    """Take a purchase or return out."""
    after = withdraw(uow.purchases, purchase_id)
    account = live_account_name(uow, after.account_id)
    uow.say(_("archived a purchase of {account}").format(account=account), after.account_id)
    return after


def check_purchase(uow: UnitOfWork, purchase: Purchase, *, person: bool = True) -> None:
    """Refuse a day in the future, an amount of nothing, no currency, a person of others."""
    check_day_not_future(uow, purchase.purchased_on, "on")
    if purchase.amount_minor == 0:
        words = _(
            "it is 0; leave it empty when it is not known, and say --kind return for a return"
        )
        raise refuse("amount", words, 0)
    if purchase.currency is not None:
        try:
            check_currency(purchase.currency)
        except Refused as error:
            raise refuse("currency", str(error), purchase.currency) from None
    if person and purchase.person_id is not None:
        check_member(uow, purchase.account_id, purchase.person_id)


def _check_external_id(uow: UnitOfWork, purchase: Purchase) -> None:
    if not purchase.external_id:
        return
    same = uow.purchases.find(external_id=purchase.external_id)
    if any(one.id != purchase.id for one in same):
        words = _("another purchase of the book has it")
        raise refuse("external_id", words, purchase.external_id)
