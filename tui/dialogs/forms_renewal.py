"""The form of a contract's renewal plan: amounts, terms, price, who decides and how, a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.vocabulary import PRICE_POSITIONS
from tui.dialogs.loading import about_contract, options, record_texts
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

NAMES = (
    "renew_amount_minor", "uplift_percent", "term_months", "term_options", "price_position",
    "competitor_price", "decision_buyer_id", "decision_criteria", "decision_process",
    "paper_process", "competition", "fallback", "offer_limit_minor", "paused_to",
    "discount_history",
)  # fmt: skip


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"renewal": renewal_form()}


def renewal_form() -> FormSpec:
    """The renewal plan of a contract (``contract_id``); its forecast has a form of its own."""
    more = True
    return FormSpec(
        "renewal",
        _("Renewal plan"),
        (
            Field("renew_amount_minor", _("New amount"), "money", hint=_("a year, after it")),
            Field("uplift_percent", _("Uplift, %"), "number"),
            Field("term_months", _("Term"), "whole", hint=_("months that we offer")),
            Field("term_options", _("Other terms"), hint=_("such as 12 or 36 months")),
            Field("price_position", _("Our price"), "choice", options(*PRICE_POSITIONS)),
            Field("competitor_price", _("Theirs"), hint=_("what a competitor asks")),
            Field("decision_buyer_id", _("Decides"), "person"),
            Field("decision_criteria", _("By what"), "note"),
            Field("decision_process", _("How"), "note"),
            Field("paper_process", _("Papers"), "note", more=more),
            Field("competition", _("Competition"), "note", more=more),
            Field("fallback", _("Without it"), "note", hint=_("what we do without an agreement"),
                  more=more),
            Field("offer_limit_minor", _("Offer limit"), "money",
                  hint=_("the most a save offer may cost"), more=more),
            Field("discount_history", _("Discounts"), "note", more=more),
            Field("paused_to", _("Paused to"), "day", hint=_("a pause that we granted"), more=more),
        ),
        load_renewal,
        save_renewal,
        more_words=_("papers · competition · fallback · limit · pause"),
    )  # fmt: skip


def load_renewal(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """What is planned now; amounts are in the contract's currency."""
    record, filled, details = about_contract(q, subject, context)
    return Loaded(filled, record_texts(record, NAMES, filled), (record,), (*details, record.name))


def save_renewal(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Change the contract."""
    from planner.use_cases.contracts import change_contract

    return Call(change_contract, (loaded.records[0],), entered.only_changed(NAMES))
