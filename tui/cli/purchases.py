"""``log purchase``, ``purchases [ACCOUNT]``, ``purchases set|archive``: bought and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import PURCHASE_KINDS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.listing import Listing, early, filter_of, folded, listing_options, show_listing
from tui.cli.output import Column, identity, money_document, money_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.buying import Rhythm
    from planner.ports import Done
    from planner.segments import Filter
    from planner.views.purchases import AccountBuying, PurchaseRow
    from tui.composition import Book


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--kind", metavar=naming.listed(PURCHASE_KINDS), help=_("Default: purchase.")),
        click.option("--product", metavar="TEXT"),
        click.option("--quantity", metavar="N", type=click.IntRange(min=1)),
        click.option("--amount", metavar="AMOUNT", help=_("Above 0, also of a return; 1.2k.")),
        click.option("--currency", metavar="CODE", help=_("Default: the book's.")),
        click.option("--on", metavar="DATE", help=_("Default of a new one: today.")),
        click.option("--with", "person", metavar="PERSON", help=_("Who of theirs bought.")),
        click.option("--times", metavar="N", type=click.IntRange(min=1),
                     help=_("For how many purchases it stands, up to that day. Default: 1.")),
        click.option("--external-id", metavar="ID"),
        click.option("--note", metavar="TEXT"),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@command("purchase")
@click.argument("account")
@_fields
@pass_session
def log_purchase(session: Session, account: str, **options: Any) -> None:
    """Log a purchase or a return of a customer."""
    from planner.use_cases.purchases import log_purchase as use_case

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        fields = _values(book, account_id, options, book.settings.currency)
        known = {name: value for name, value in fields.items() if value is not None}
        _show(session, book, book.run(use_case, account_id, **known))


@words("purchases", default="of", invoke_without_command=True)
@click.pass_context
def purchases(context: click.Context) -> None:
    """List what customers bought and gave back; of one account also how often it buys.

    `log purchase` adds one, `purchases set|archive ID` changes one or takes it out.
    """
    if context.invoked_subcommand is None:
        context.invoke(of)


@purchases.command("of")
@click.argument("account", required=False)
@click.option("--account", "named", metavar="NAME", help=_("Those of one account."))
@listing_options
@pass_session
def of(
    session: Session,
    account: str | None = None,
    named: str | None = None,
    text: str = "",
    sort: str | None = None,
    limit: int | None = None,
) -> None:
    """List purchases and returns, the newest first.

    Fields: account kind product person note amount on (days ago).
    """
    from planner.row_filter import purchase_fields

    parts = filter_of(text, purchase_fields())
    wanted = named or account
    with session.reading() as book:
        queries = book.queries()
        if wanted is None:
            listing = _listing(book)
            rows = queries.purchases.each(early(parts, sort, limit))
            show_listing(session, listing, rows, parts, sort, limit)
            return
        _one(session, book, queries.names.account(wanted), parts, sort, limit)


def _one(
    session: Session, book: Book, account_id: int, parts: Filter, sort: str | None,
    limit: int | None,
) -> None:  # fmt: skip
    """One account: how often it buys, then what; with ``--json`` both in one document."""
    from tui.cli.listing import chosen_rows
    from tui.cli.output import screen_width, table

    asked, listing = book.queries().purchases, _listing(book)
    found = asked.of_account(account_id, limit=0)
    each = asked.each(early(parts, sort, limit), account_id=account_id)
    rows = chosen_rows(listing, each, parts, sort, limit)
    account = naming.account_name(book, account_id)
    document = {
        "account": account,
        "account_id": identity(account_id),
        "as_of": book.today.isoformat(),
        **buying_document(found),
        "rows": [listing.document(row) for row in rows],
    }

    def lines() -> Iterator[str]:
        yield from buying_lines(found)
        yield ""
        cells = [listing.cells(row) for row in rows]
        yield from table(listing.columns, cells, empty=listing.empty, width=screen_width())

    session.show(document, lines)


def buying_document(found: AccountBuying) -> dict[str, Any]:
    """How an account buys as JSON; what is unknown is null."""
    return {
        "purchases": found.rhythm.purchases,
        "returns": found.returns,
        **rhythm_document(found.rhythm),
        "sums": [
            {
                "currency": one.currency,
                "bought": money_document(one.bought_minor, one.currency),
                "returned": money_document(one.returned_minor, one.currency),
            }
            for one in found.sums
        ],
    }


def rhythm_document(found: Rhythm) -> dict[str, Any]:
    """A rhythm as JSON; days are whole or halves, ``averaged`` says that some are not on record."""
    return {
        "last_on": None if found.last_on is None else found.last_on.isoformat(),
        "since_days": found.since_days,
        "typical_days": found.typical_days,
        "averaged": found.averaged,
        "expected_on": None if found.expected_on is None else found.expected_on.isoformat(),
        "stopped": found.stopped if found.typical_days is not None else None,
    }


def buying_lines(found: AccountBuying) -> Iterator[str]:
    """How an account buys, in sentences."""
    from planner.buying import last_bought_words, method_words, usually_words

    yield last_bought_words(found.rhythm)
    yield usually_words(found.rhythm)
    yield _("{purchases} purchases, {returns} returns").format(
        purchases=found.rhythm.purchases, returns=found.returns
    )
    for one in found.sums:
        yield _("bought {bought}, given back {returned}").format(
            bought=money_text(one.bought_minor, one.currency),
            returned=money_text(one.returned_minor, one.currency),
        )
    yield method_words()


def _listing(book: Book) -> Listing:
    from planner.money import Money
    from planner.row_filter import days_ago
    from planner.vocabulary_words import value_words

    today = book.today

    def amount(row: PurchaseRow) -> Any:
        if row.amount_minor is None or row.currency is None:
            return None
        return Money(row.amount_minor, row.currency).major

    return Listing(
        lambda row: {
            "account": row.account, "kind": row.kind, "product": row.product,
            "person": row.person, "note": row.note, "amount": amount(row),
            "on": days_ago(row.purchased_on, today),
        },
        purchase_document,
        (
            Column(_("On")), Column(_("Account"), cut=True), Column(_("Kind")),
            Column(_("Product"), cut=True), Column(_("Quantity"), right=True),
            Column(_("Amount"), right=True), Column(_("Who"), cut=True), Column(_("Id")),
        ),
        lambda row: (
            row.purchased_on, row.account,
            value_words(row.kind) + (f" ×{row.times}" if row.times > 1 else ""), row.product,
            row.quantity, money_text(row.amount_minor, row.currency), row.person, row.id,
        ),
        {
            "on": lambda row: row.purchased_on, "account": lambda row: folded(row.account),
            "product": lambda row: folded(row.product), "kind": lambda row: row.kind,
            "amount": amount,
        },
        _("No purchase is on record; `log purchase` and `import purchases` add them."),
    )  # fmt: skip


def purchase_document(row: PurchaseRow) -> dict[str, Any]:
    """A purchase or return as JSON."""
    return {
        "id": identity(row.id),
        "account": row.account,
        "account_id": identity(row.account_id),
        "kind": row.kind,
        "product": row.product,
        "quantity": row.quantity,
        "amount": money_document(row.amount_minor, row.currency),
        "purchased_on": row.purchased_on,
        "times": row.times,
        "person": row.person,
        "note": row.note,
        "external_id": row.external_id,
    }


@purchases.command("set")
@click.argument("purchase", metavar="ID")
@_fields
@pass_session
def set_(session: Session, purchase: str, **options: Any) -> None:
    """Change a purchase, named by its id or external id; an empty text empties a field."""
    from planner.use_cases.purchases import change_purchase

    with session.writing() as book:
        record = _meant(book, purchase)
        currency = record.currency or book.settings.currency
        fields = _values(book, record.account_id, options, currency)
        _show(session, book, book.run(change_purchase, record.id, **fields))


@purchases.command("archive")
@click.argument("purchase", metavar="ID")
@pass_session
def archive(session: Session, purchase: str) -> None:
    """Take a purchase or return out, named by its id or external id."""
    from planner.use_cases.purchases import archive_purchase

    with session.writing() as book:
        _show(session, book, book.run(archive_purchase, _meant(book, purchase).id))


def _values(book: Book, account_id: int, options: dict[str, Any], currency: str) -> dict[str, Any]:
    """The options as fields; an amount is in the currency that is said, else in ``currency``."""
    from planner.money import check_currency

    fields = naming.given(
        kind=naming.choice(options["kind"]), product=options["product"], times=options["times"],
        quantity=options["quantity"], external_id=options["external_id"], note=options["note"],
        purchased_on=naming.past_day(book, options["on"]),
    )  # fmt: skip
    if options["currency"]:
        currency = fields["currency"] = check_currency(options["currency"])
    if options["amount"] is not None:
        fields["amount_minor"] = naming.amount(options["amount"], currency)
    if options["person"] is not None:
        fields["person_id"] = naming.somebody(book, options["person"], account_id)
    return fields


def _meant(book: Book, text: str) -> PurchaseRow:
    """A purchase by its id or external id. Raises ``NotFound``, ``Ambiguous``."""
    from planner.errors import Ambiguous, NotFound
    from planner.text import visible

    plain = text.strip()
    found = book.queries().purchases.named(plain)
    if not found:
        raise NotFound(
            _("No purchase has the id {name}; `purchases` shows the ids.").format(
                name=visible(plain)[:80]
            )
        )
    if len(found) > 1:
        raise Ambiguous(
            _("Several purchases have the external id {name}.").format(name=visible(plain)[:80]),
            [f"{one.account[:40]} {one.purchased_on} (id {one.id})" for one in found],
        )
    return found[0]


def _show(session: Session, book: Book, done: Done) -> None:
    naming.show_named(session, book, done, "person", owners=())
