"""The forms of selling more: a product, a cell of the grid, an opportunity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.selling import push_warning
from planner.vocabulary import OPPORTUNITY_STAGES, WHITESPACE_STATES
from tui.dialogs.loading import about, check_one_of_us, me, record_texts
from tui.dialogs.reading import NO
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

PRODUCT = ("name", "note")
CELL = ("state", "potential_minor", "competitor", "note")
DEAL = (
    "opportunity", "stage", "value_minor", "next_step", "next_step_on", "owner_id", "product_id",
    "centre", "closed_on",
)  # fmt: skip
SHOWN_NAMES = 3


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {
        "product": product_form(),
        "whitespace": whitespace_form(),
        "opportunity": opportunity_form(),
    }


# A product


def product_form() -> FormSpec:
    """Something we sell, or one to change (``product_id``)."""
    return FormSpec(
        "product",
        _("Product"),
        (
            Field("name", _("Name"), required=True),
            Field("note", _("Note"), "note"),
            Field("archive", _("Not sold any more"), "yes_no", more=True),
        ),
        load_product,
        save_product,
        more_words=_("not sold any more"),
    )


def load_product(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values."""
    product_id = subject.get("product_id")
    if product_id is None:
        return Loaded(context, hidden=frozenset({"archive"}))
    record = q.record("product", product_id)
    texts = {**record_texts(record, PRODUCT, context), "archive": NO}
    return Loaded(context, texts, (record,))


def save_product(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add, change or archive."""
    from planner.use_cases.growth import add_product, archive_product, change_product

    if not loaded.records:
        return Call(add_product, (), entered.given(PRODUCT))
    if entered["archive"]:
        return Call(archive_product, (loaded.records[0].id,))
    return Call(change_product, (loaded.records[0],), entered.only_changed(PRODUCT))


# A cell of the grid


def whitespace_form() -> FormSpec:
    """How a product stands at a buying centre (``account_id``), or one cell (``whitespace_id``)."""
    return FormSpec(
        "whitespace",
        _("Growth"),
        (
            Field("product", _("Product"), required=True, also=("name",)),
            Field("centre", _("Who buys"), required=True, hint=_("a department, a site, a unit")),
            Field("state", _("State"), "choice", WHITESPACE_STATES),
            Field("potential_minor", _("Potential"), "money", hint=_("revenue of a year")),
            Field("competitor", _("Competitor"), hint=_("for the state competitor")),
            Field("note", _("Note"), "note"),
            Field("clear", _("Unknown again"), "yes_no", more=True),
        ),
        load_whitespace,
        save_whitespace,
        more_words=_("unknown again"),
    )


def load_whitespace(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The cell's own values; a new one is a gap."""
    whitespace_id = subject.get("whitespace_id")
    if whitespace_id is None:
        account_id = subject["account_id"]
        filled, details = about(q, context, account_id)
        product_id = subject.get("product_id")
        names = {one.id: one.name for one in q.growth.products()}
        texts = {"state": "gap", "product": names.get(product_id or 0, "")}
        return Loaded(
            filled,
            {name: text for name, text in texts.items() if text},
            (),
            details,
            {"product": _known(tuple(names.values()))},
            frozenset({"clear"}),
            prompts=_warning(q, account_id, "product"),
        )
    record = q.record("whitespace", whitespace_id)
    filled, details = about(q, context, record.account_id)
    product = q.record("product", record.product_id)
    said = _("{product} at {centre}").format(product=product.name, centre=record.centre)
    texts = {**record_texts(record, CELL, filled), "clear": NO}
    hidden = frozenset({"product", "centre"})
    prompts = _warning(q, record.account_id, "state")
    return Loaded(filled, texts, (record,), (*details, said), hidden=hidden, prompts=prompts)


def _known(names: tuple[str, ...]) -> str:
    """What the book sells, as a hint; another name is added."""
    if not names:
        return _("not known: is added")
    shown = ", ".join(names[:SHOWN_NAMES]) + (", …" if len(names) > SHOWN_NAMES else "")
    return _("{names}; another is added").format(names=shown)


def _warning(q: BookQueries, account_id: int, field: str) -> dict[str, str]:
    """What speaks against a push to sell now, for a line above a field."""
    critical = [
        one.number
        for one in q.complaints.of_account(account_id)
        if one.severity == "critical" and one.resolved_on is None
    ]
    warning = push_warning(q.growth.band(account_id), critical)
    return {field: warning} if warning else {}


def save_whitespace(q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Set the cell, or clear it."""
    from planner.use_cases.growth import clear_whitespace, set_whitespace, set_whitespace_named

    if not loaded.records:
        account_id = subject["account_id"]
        values = {**entered.given(CELL), "band": q.growth.band(account_id)}
        arguments = (account_id, entered["product"], entered["centre"])
        return Call(set_whitespace_named, arguments, values)
    record = loaded.records[0]
    if entered["clear"]:
        return Call(clear_whitespace, (record.id,))
    values = {**entered.only_changed(CELL), "band": q.growth.band(record.account_id)}
    return Call(set_whitespace, (record.account_id, record.product_id, record.centre), values)


# An opportunity


def opportunity_form() -> FormSpec:
    """A deal to grow the account (``account_id``), or one to change (``opportunity_id``)."""
    return FormSpec(
        "opportunity",
        _("Opportunity"),
        (
            Field("opportunity", _("What"), required=True, hint=_("what they may buy")),
            Field("stage", _("Stage"), "choice", OPPORTUNITY_STAGES),
            Field("value_minor", _("Value"), "money", hint=_("revenue of a year")),
            Field("next_step", _("Next step"), hint=_("needed while it is open")),
            Field("next_step_on", _("  on"), "day", hint=_("fri, 3d or 1 dec")),
            Field("owner_id", _("Owner"), "colleague"),
            Field("product_id", _("Product"), "choice", ("",)),
            Field("centre", _("Who buys")),
            Field("closed_on", _("Closed"), "past_day", hint=_("empty: today"), more=True),
        ),
        load_opportunity,
        save_opportunity,
        more_words=_("when it was won or lost"),
    )


def load_opportunity(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one is identified and mine."""
    opportunity_id = subject.get("opportunity_id")
    record = None if opportunity_id is None else q.record("opportunity", opportunity_id)
    account_id = subject["account_id"] if record is None else record.account_id
    filled, details = about(q, context, account_id)
    sold = [(str(one.id), one.name) for one in q.growth.products()]
    if record is not None and record.product_id is not None:
        chosen = str(record.product_id)
        if chosen not in dict(sold):
            sold.append((chosen, q.record("product", record.product_id).name))
    options = {"product_id": (("", "--"), *sold)}
    prompts = _warning(q, account_id, "opportunity")
    if record is None:
        texts = {"stage": "identified", "owner_id": me(filled)}
        kept = {name: text for name, text in texts.items() if text}
        return Loaded(filled, kept, (), details, options=options, prompts=prompts)
    texts = record_texts(record, DEAL, filled)
    return Loaded(filled, texts, (record,), details, options=options, prompts=prompts)


def save_opportunity(q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add or change it."""
    from planner.use_cases.growth import add_opportunity, change_opportunity

    check_one_of_us(loaded, entered)
    values = entered.only_changed(DEAL) if loaded.records else entered.given(DEAL)
    if "product_id" in values:
        values["product_id"] = int(values["product_id"]) if values["product_id"] else None
    if loaded.records:
        record = loaded.records[0]
        values["band"] = q.growth.band(record.account_id)
        return Call(change_opportunity, (record,), values)
    values["band"] = q.growth.band(subject["account_id"])
    return Call(add_opportunity, (subject["account_id"],), values)
