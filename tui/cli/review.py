"""``review pack``: what the weekly meeting needs, prepared before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, pass_session, words
from tui.cli.documents import document_options, give_out
from tui.cli.listing import filter_of
from tui.cli.output import identity, money_document

if TYPE_CHECKING:
    from planner.views.review import ReviewPack

AMOUNTS = ("arr_minor", "risk_minor", "amount_minor")


@words()
def review() -> None:
    """The weekly review: its agenda and all that stands behind it, prepared before."""


@review.command("pack")
@click.option(
    "--scope",
    "text",
    default="",
    metavar="EXPR",
    help=_("Only accounts that fit, such as owner:me or tier:1,2."),
)
@click.option(
    "--minutes",
    type=int,
    default=45,
    show_default=True,
    help=_("How long the meeting is; the steps are shortened evenly."),
)
@click.option("--hide-figures", is_flag=True, help=_("Without amounts, as for a shared screen."))
@document_options
@pass_session
def pack(
    session: Session, text: str, minutes: int, hide_figures: bool, form: str | None, to: str | None
) -> None:
    """Print the pack for the weekly review: the agenda step by step, with its rows.

    Accounts stand in the order of value at risk times urgency: ARR times the assumed chance of loss
    of its band (red 40 %, yellow 15 %, green 5 %, unknown 20 %; not calibrated), doubled for a
    renewal within 90 days or overdue, times 1.5 within 180. At most 40 rows stand in a step.
    """
    from planner.documents.review import review_document
    from planner.review_agenda import steps_of

    steps = steps_of(minutes)
    parts = filter_of(text)
    with session.reading() as book:
        book.fresh_for_reading()
        found = book.queries().review.pack(parts, text, minutes)
    if session.json:
        session.show(_document(found), lambda: [])
        return
    give_out(review_document(found, steps, figures=not hide_figures), form, to)


def _document(found: ReviewPack) -> dict[str, Any]:
    document = found._asdict()
    currency = found.currency
    for name, rows in document.items():
        if isinstance(rows, tuple):
            document[name] = [_row(row, currency) for row in rows]
    return document


def _row(row: Any, currency: str) -> dict[str, Any]:
    fields: dict[str, Any] = row._asdict()
    own = fields.get("currency") or currency
    for name in AMOUNTS:
        if name in fields:
            fields[name.removesuffix("_minor")] = money_document(fields.pop(name), own)
    for name in ("id", "account_id"):
        if name in fields:
            fields[name] = identity(fields[name])
    return fields
