"""The options of ``contract add|set`` about the renewal: amounts, terms, who decides, odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import PRICE_POSITIONS
from tui.cli import naming

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.composition import Book

TEXTS = (
    "term_options", "competitor_price", "discount_history", "decision_criteria",
    "decision_process", "paper_process", "competition", "fallback", "forecast_reason",
)  # fmt: skip
OPTIONS = (
    *TEXTS, "renew_amount", "uplift", "term", "price_position", "buyer", "offer_limit",
    "probability", "paused_to",
)  # fmt: skip


def renewal_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the renewal plan."""
    options = [
        click.option("--renew-amount", metavar="AMOUNT", help=_("A year's revenue after it.")),
        click.option("--uplift", metavar="PERCENT", help=_("How much the price goes up, as in 5.")),
        click.option("--term", metavar="MONTHS", help=_("The term that is offered.")),
        click.option("--term-options", metavar="TEXT", help=_("Other terms, as several years.")),
        click.option("--price-position", metavar=naming.listed(PRICE_POSITIONS),
                     help=_("Our price beside the market's.")),
        click.option("--competitor-price", metavar="TEXT"),
        click.option("--discount-history", metavar="TEXT"),
        click.option("--buyer", metavar="PERSON", help=_("Who of theirs decides.")),
        click.option("--decision-criteria", metavar="TEXT"),
        click.option("--decision-process", metavar="TEXT"),
        click.option("--paper-process", metavar="TEXT"),
        click.option("--competition", metavar="TEXT"),
        click.option("--fallback", metavar="TEXT", help=_("What we do without an agreement.")),
        click.option("--offer-limit", metavar="AMOUNT", help=_("The most a save offer may cost.")),
        click.option("--probability", metavar="PERCENT", help=_("That it renews, 0 to 100.")),
        click.option("--forecast-reason", metavar="TEXT", help=_("Why we think so.")),
        click.option("--paused-to", metavar="DATE", help=_("The end of a pause that we granted.")),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def renewal_values(
    book: Book, account_id: int, currency: str, options: dict[str, Any]
) -> dict[str, Any]:
    """The fields of the options that were used, taken out of ``options``; an empty text is None."""
    said = {name: options.pop(name) for name in OPTIONS}
    fields = naming.given(
        **{name: said[name] for name in TEXTS},
        uplift_percent=naming.number(said["uplift"]),
        term_months=said["term"],
        price_position=naming.choice(said["price_position"]),
        paused_to=naming.coming_day(book, said["paused_to"]),
    )
    for name in ("renew_amount", "offer_limit"):
        if said[name] is not None:
            fields[f"{name}_minor"] = naming.amount(said[name], currency)
    if said["buyer"] is not None:
        fields["decision_buyer_id"] = naming.somebody(book, said["buyer"], account_id)
    if said["probability"] is not None:
        percent = naming.number(said["probability"].strip().removesuffix("%").rstrip())
        fields["forecast_probability"] = percent / 100.0 if isinstance(percent, float) else None
    return fields
