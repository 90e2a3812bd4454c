"""The form of a purchase or a return."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.buying import usually_words
from planner.language import gettext as _
from planner.vocabulary import PURCHASE_KINDS
from tui.dialogs.loading import about, record_texts
from tui.dialogs.reading import NO
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

FIELDS = ("kind", "product", "quantity", "amount_minor", "purchased_on", "person_id", "currency",
          "times", "external_id", "note")  # fmt: skip


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"purchase": purchase_form()}


def purchase_form() -> FormSpec:
    """A purchase or return (``account_id``), or one to change (``purchase_id``)."""
    return FormSpec(
        "purchase",
        _("Purchase or return"),
        (
            Field("kind", _("Kind"), "choice", PURCHASE_KINDS),
            Field("product", _("Product")),
            Field("quantity", _("Quantity"), "whole"),
            Field("amount_minor", _("Amount"), "money", hint=_("above 0, also of a return")),
            Field("purchased_on", _("On"), "past_day", required=True, also=("on",)),
            Field("person_id", _("Who"), "person", also=("with",)),
            Field("note", _("Note"), "note"),
            Field("currency", _("Currency"), more=True, hint=_("empty: the book's")),
            Field("times", _("Stands for"), "whole", more=True, hint=_("so many purchases")),
            Field("external_id", _("External id"), more=True, also=("external",)),
            Field("withdraw", _("Take it out"), "yes_no", more=True),
        ),
        load_purchase,
        save_purchase,
        more_words=_("currency · stands for several · id · take it out"),
        start="product",
    )


def load_purchase(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one is of today. How the account buys stands above the product."""
    purchase_id = subject.get("purchase_id")
    record = None if purchase_id is None else q.record("purchase", purchase_id)
    account_id = subject["account_id"] if record is None else record.account_id
    filled, details = about(q, context, account_id)
    prompts = {"product": usually_words(q.purchases.rhythm_of(account_id))}
    if record is None:
        texts = {"kind": "purchase", "purchased_on": _("today"), "currency": context.currency}
        hidden = frozenset({"withdraw"})
        return Loaded(filled, texts, (), details, hidden=hidden, prompts=prompts)
    if record.currency is not None:
        filled = replace(filled, currency=record.currency)
    texts = {**record_texts(record, FIELDS, filled), "withdraw": NO}
    return Loaded(filled, texts, (record,), details, prompts=prompts)


def save_purchase(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Log it, change it, or take it out."""
    from planner.money import exponent
    from planner.use_cases.purchases import archive_purchase, change_purchase, log_purchase

    if loaded.records and entered["withdraw"]:
        return Call(archive_purchase, (loaded.records[0].id,))
    values = entered.only_changed(FIELDS) if loaded.records else entered.given(FIELDS)
    code = (entered["currency"] or "").strip().upper() or None
    if "currency" in values:
        values["currency"] = code
    minor = entered["amount_minor"]
    places = exponent(code or loaded.context.currency) - exponent(loaded.context.currency)
    if minor is not None and places and ("amount_minor" in values or "currency" in values):
        values["amount_minor"] = minor * 10**places if places > 0 else minor // 10**-places
    if "times" in values and values["times"] is None:
        values["times"] = 1
    if loaded.records:
        return Call(change_purchase, (loaded.records[0],), values)
    if values.get("amount_minor") is None:
        values.pop("currency", None)
    return Call(log_purchase, (subject["account_id"],), values)
