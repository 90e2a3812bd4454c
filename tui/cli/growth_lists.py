"""``opportunities``, ``gestures``: those of the whole book; ``products``: what the book sells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import OPPORTUNITY_STAGES
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.listing import (
    Listing,
    early,
    filter_of,
    folded,
    is_mine,
    listing_options,
    names_field,
    show_listing,
)
from tui.cli.output import Column, identity, money_document, money_text

if TYPE_CHECKING:
    from planner.views.growth import GestureLine, OpportunityLine
    from tui.composition import Book


@command()
@listing_options
@pass_session
def opportunities(session: Session, text: str, sort: str | None, limit: int | None) -> None:
    """List deals by the day of their next step; won and lost ones only with a filter on stage.

    Fields: account opportunity product centre owner stage band value warned next (days ahead).
    """
    from planner.row_filter import opportunity_fields

    parts = filter_of(text, opportunity_fields())
    with session.reading() as book:
        rows = book.queries().growth.opportunities(closed=names_field(parts, "stage"))
        if (most := early(parts, sort, limit)) is not None:
            rows = rows[:most]
        show_listing(session, _listing(book), rows, parts, sort, limit)


def _listing(book: Book) -> Listing:
    from planner.money import Money
    from planner.row_filter import days_ahead
    from planner.selling import push_warning
    from planner.vocabulary_words import value_words
    from tui.cli.faces import band_sign, due_text

    today, currency, me = book.today, book.settings.currency, book.actor.colleague_id

    def facts(row: OpportunityLine) -> dict[str, Any]:
        deal, value = row.deal, row.deal.value_minor
        return {
            "account": row.account, "opportunity": deal.opportunity, "product": deal.product,
            "centre": deal.centre, "owner": deal.owner, "stage": deal.stage, "band": row.band,
            "value": None if value is None else Money(value, currency).major,
            "warned": push_warning(row.band, row.critical) is not None,
            "next": days_ahead(deal.next_step_on, today),
            "me": is_mine(deal.owner_id, me),
        }  # fmt: skip

    def document(row: OpportunityLine) -> dict[str, Any]:
        deal = row.deal
        return {
            "id": identity(deal.id), "account": row.account,
            "account_id": identity(row.account_id), "band": row.band,
            "opportunity": deal.opportunity, "product": deal.product, "centre": deal.centre,
            "value": money_document(deal.value_minor, currency), "stage": deal.stage,
            "next_step": deal.next_step, "next_step_on": deal.next_step_on, "owner": deal.owner,
            "closed_on": deal.closed_on, "warning": push_warning(row.band, row.critical),
        }  # fmt: skip

    def cells(row: OpportunityLine) -> tuple[Any, ...]:
        deal = row.deal
        band = None if row.band is None else band_sign(row.band) + (" !" if row.critical else "")
        return (
            due_text(deal.next_step_on, today), row.account, band, deal.opportunity,
            value_words(deal.stage), money_text(deal.value_minor, currency), deal.owner,
            deal.next_step,
        )  # fmt: skip

    return Listing(
        facts,
        document,
        (
            Column(_("Next")), Column(_("Account"), cut=True), Column(_("Health")),
            Column(_("Opportunity"), cut=True), Column(_("Stage")), Column(_("Value"), right=True),
            Column(_("Owner"), cut=True), Column(_("Next step"), cut=True),
        ),
        cells,
        {
            "next": lambda row: row.deal.next_step_on, "account": lambda row: folded(row.account),
            "value": lambda row: row.deal.value_minor,
            "stage": lambda row: OPPORTUNITY_STAGES.index(row.deal.stage),
            "owner": lambda row: folded(row.deal.owner),
        },
        _("No opportunities are listed."),
    )  # fmt: skip


# Gestures


@command()
@listing_options
@pass_session
def gestures(session: Session, text: str, sort: str | None, limit: int | None) -> None:
    """List what was given once, the newest first: to whom, for how much, approved by whom.

    Fields: account gesture kind reason approver person complaint cost given (days ago).
    """
    from planner.money import Money
    from planner.row_filter import days_ago, gesture_fields
    from planner.vocabulary_words import value_words

    parts = filter_of(text, gesture_fields())
    with session.reading() as book:
        today, currency = book.today, book.settings.currency
        rows = book.queries().loyalty.gestures()

        def major(row: GestureLine) -> Any:
            return None if row.cost_minor is None else Money(row.cost_minor, currency).major

        show_listing(
            session,
            Listing(
                lambda row: {
                    "account": row.account, "gesture": row.gesture, "kind": row.kind,
                    "reason": row.reason, "approver": row.approver, "person": row.person,
                    "complaint": row.complaint, "cost": major(row),
                    "given": days_ago(row.given_on, today),
                },
                lambda row: {
                    "id": identity(row.id), "account": row.account,
                    "account_id": identity(row.account_id), "kind": row.kind,
                    "gesture": row.gesture, "given_on": row.given_on,
                    "cost": money_document(row.cost_minor, currency), "reason": row.reason,
                    "approver": row.approver, "person": row.person, "complaint": row.complaint,
                },
                (
                    Column(_("Given")), Column(_("Account"), cut=True), Column(_("Kind")),
                    Column(_("Gesture"), cut=True), Column(_("Cost"), right=True),
                    Column(_("Approved by"), cut=True), Column(_("Why"), cut=True),
                ),
                lambda row: (
                    row.given_on, row.account, value_words(row.kind), row.gesture,
                    money_text(row.cost_minor, currency), row.approver, row.reason,
                ),
                {
                    "given": lambda row: row.given_on, "account": lambda row: folded(row.account),
                    "cost": lambda row: row.cost_minor, "kind": lambda row: row.kind,
                },
                _("No gestures are listed."),
            ),
            rows, parts, sort, limit,
        )  # fmt: skip


# Products


@words(invoke_without_command=True)
@click.pass_context
@pass_session
def products(session: Session, context: click.Context) -> None:
    """List what the book sells."""
    if context.invoked_subcommand is not None:
        return
    from tui.cli.output import screen_width, table

    with session.reading() as book:
        rows = book.queries().growth.products()
    session.show(
        [{"id": identity(one.id), "name": one.name, "note": one.note} for one in rows],
        lambda: table(
            (Column(_("Product"), cut=True), Column(_("Note"), cut=True)),
            [(one.name, one.note) for one in rows],
            empty=_("The book sells nothing yet; trustplan products add NAME enters something."),
            width=screen_width(),
        ),
    )


@products.command("add")
@click.argument("name")
@click.option("--note", metavar="TEXT")
@pass_session
def add_product(session: Session, name: str, note: str | None) -> None:
    """Add something we sell."""
    from planner.use_cases.growth import add_product as use_case

    with session.writing() as book:
        done = book.run(use_case, name=name, **naming.filled(note=note))
        session.show_record(book, done.result, done)


@products.command("set")
@click.argument("product")
@click.option("--name", metavar="TEXT", help=_("Another name."))
@click.option("--note", metavar="TEXT")
@pass_session
def set_product(session: Session, product: str, name: str | None, note: str | None) -> None:
    """Rename a product, or change its note."""
    from planner.use_cases.growth import change_product

    fields = naming.given(note=note)
    if name is not None:
        fields["name"] = name
    with session.writing() as book:
        done = book.run(change_product, book.queries().growth.product(product), **fields)
        session.show_record(book, done.result, done)


@products.command("archive")
@click.argument("product")
@pass_session
def archive_product(session: Session, product: str) -> None:
    """Take a product out of every grid; `undo` brings it back."""
    from planner.use_cases.growth import archive_product as use_case

    with session.writing() as book:
        done = book.run(use_case, book.queries().growth.product(product))
        session.show_record(book, done.result, done)
