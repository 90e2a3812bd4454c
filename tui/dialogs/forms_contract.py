"""The form of a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.money import check_currency
from planner.vocabulary import FORECASTS
from tui.dialogs.loading import about, record_texts
from tui.dialogs.reading import NO
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

NAMES = (
    "name", "arr_minor", "currency", "start_on", "end_on", "notice_days", "auto_renew", "forecast",
    "status", "decided_on", "cancellation_on", "note",
)  # fmt: skip


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"contract": contract_form()}


def contract_form() -> FormSpec:
    """A new contract of an account (``account_id``), or one to change (``contract_id``)."""
    more = True
    return FormSpec(
        "contract",
        _("Contract"),
        (
            Field("name", _("Name"), required=True),
            Field("arr_minor", _("A year"), "money", required=True, hint=_("revenue of one year")),
            Field("currency", _("Currency"), required=True),
            Field("start_on", _("From"), "past_day"),
            Field("end_on", _("Last day"), "day"),
            Field("notice_days", _("Notice"), "whole", hint=_("days before the last day")),
            Field("auto_renew", _("Renews itself"), "yes_no"),
            Field("forecast", _("Forecast"), "choice", FORECASTS),
            Field("status", _("Status"), "choice", ("active", "ended"), more=more),
            Field("decided_on", _("Decided"), "past_day", more=more),
            Field("cancellation_on", _("Cancelled"), "past_day", more=more),
            Field("note", _("Note"), "note", more=more),
        ),
        load_contract,
        save_contract,
        more_words=_("status · decided · cancelled · note"),
    )


def load_contract(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The contract's own values; a new one is in the book's currency."""
    contract_id = subject.get("contract_id")
    if contract_id is None:
        filled, details = about(q, context, subject["account_id"])
        texts = {"name": _("contract"), "currency": context.currency, "auto_renew": NO}
        return Loaded(filled, {**texts, "forecast": "unknown", "status": "active"}, (), details)
    record = q.record("contract", contract_id)
    filled, details = about(q, context, record.account_id)
    return Loaded(filled, record_texts(record, NAMES, filled), (record,), details)


def save_contract(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add or change the contract."""
    from planner.use_cases.contracts import add_contract, change_contract

    code = _currency(entered["currency"])
    if not loaded.records:
        values = {**entered.given(NAMES), "currency": code}
        return Call(add_contract, (subject["account_id"],), values)
    values = entered.only_changed(NAMES)
    if "currency" in values:
        values |= {"currency": code, "arr_minor": entered["arr_minor"]}
    return Call(change_contract, (loaded.records[0],), values)


def _currency(text: Any) -> str:
    try:
        return check_currency(text)
    except Refused as error:
        raise Refused(str(error), [FieldProblem("currency", str(error), text)]) from None
