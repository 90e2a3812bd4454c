"""``log advocacy``, ``advocacy``, ``advocacy set|archive``: what customers did for us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import ADVOCACY_KINDS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.listing import Listing, early, filter_of, folded, listing_options, show_listing
from tui.cli.output import Column, identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.ports import Done
    from planner.views.celebrations import AdvocacyRow
    from tui.composition import Book


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--with", "person", metavar="PERSON", help=_("Who of theirs did it.")),
        click.option("--on", metavar="DATE", help=_("Default of a new one: today.")),
        click.option("--link", metavar="TEXT", help=_("Where it can be read.")),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@command("advocacy")
@click.argument("account")
@click.option("--kind", required=True, metavar=naming.listed(ADVOCACY_KINDS))
@click.option("--advocacy", required=True, metavar="TEXT", help=_("What they did for us."))
@_fields
@pass_session
def log_advocacy(session: Session, account: str, kind: str, advocacy: str, **options: Any) -> None:
    """Log that a customer did something for us: a reference, a referral, a review."""
    from planner.use_cases.advocacy import log_advocacy as use_case

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        fields = _values(book, account_id, options)
        known = {key: value for key, value in fields.items() if value is not None}
        done = book.run(use_case, account_id, kind=naming.choice(kind), advocacy=advocacy, **known)
        _show(session, book, done)


@words("advocacy", invoke_without_command=True)
@listing_options
@click.pass_context
@pass_session
def advocacy(
    session: Session, context: click.Context, text: str, sort: str | None, limit: int | None
) -> None:
    """List what customers did for us, the newest first; `log advocacy` adds to it.

    Fields: account advocacy person kind on (days ago).
    """
    if context.invoked_subcommand is not None:
        return
    from planner.row_filter import advocacy_fields, days_ago
    from planner.vocabulary_words import value_words

    parts = filter_of(text, advocacy_fields())
    with session.reading() as book:
        today = book.today
        rows = book.queries().advocacy.each(early(parts, sort, limit))
        show_listing(
            session,
            Listing(
                lambda row: {
                    "account": row.account, "advocacy": row.advocacy, "person": row.person,
                    "kind": row.kind, "on": days_ago(row.on_date, today),
                },
                advocacy_document,
                (
                    Column(_("On")), Column(_("Account"), cut=True), Column(_("Kind")),
                    Column(_("What"), cut=True), Column(_("Who"), cut=True),
                    Column(_("Link"), cut=True),
                ),
                lambda row: (
                    row.on_date, row.account, value_words(row.kind), row.advocacy, row.person,
                    row.link,
                ),
                {
                    "on": lambda row: row.on_date, "account": lambda row: folded(row.account),
                    "kind": lambda row: row.kind,
                },
                _("No customer did anything for us yet."),
            ),
            rows, parts, sort, limit,
        )  # fmt: skip


def advocacy_document(row: AdvocacyRow) -> dict[str, Any]:
    """What a customer did for us as JSON."""
    return {
        "id": identity(row.id),
        "account": row.account,
        "account_id": identity(row.account_id),
        "kind": row.kind,
        "advocacy": row.advocacy,
        "person": row.person,
        "on_date": row.on_date,
        "link": row.link,
    }


@advocacy.command("set")
@click.argument("advocacy")
@click.option("--kind", metavar=naming.listed(ADVOCACY_KINDS))
@click.option("--advocacy", "words_", metavar="TEXT")
@_fields
@pass_session
def set_(
    session: Session, advocacy: str, kind: str | None, words_: str | None, **options: Any
) -> None:
    """Change what was logged, named by its words or id; an empty text empties a field."""
    from planner.use_cases.advocacy import change_advocacy

    with session.writing() as book:
        found = _meant(book, advocacy)
        fields = _values(book, found.account_id, options)
        fields |= naming.given(kind=naming.choice(kind), advocacy=words_)
        _show(session, book, book.run(change_advocacy, found.id, **fields))


@advocacy.command("archive")
@click.argument("advocacy")
@pass_session
def archive(session: Session, advocacy: str) -> None:
    """Take something out of the log, named by its words or id."""
    from planner.use_cases.advocacy import withdraw_advocacy

    with session.writing() as book:
        _show(session, book, book.run(withdraw_advocacy, _meant(book, advocacy).id))


def _values(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    fields = naming.given(on_date=naming.past_day(book, options["on"]), link=options["link"])
    if options["person"] is not None:
        fields["person_id"] = naming.somebody(book, options["person"], account_id)
    return fields


def _meant(book: Book, text: str) -> AdvocacyRow:
    from planner.text import visible

    rows = {row.id: row for row in book.queries().advocacy.each()}
    name = visible(text)[:80]
    return rows[
        naming.one_meant(
            [(row.id, row.advocacy) for row in rows.values()],
            text,
            _("No advocacy answers to {name}.").format(name=name),
            _("Several entries of advocacy answer to {name}.").format(name=name),
        )
    ]


def _show(session: Session, book: Book, done: Done) -> None:
    account = naming.account_name(book, done.result.account_id)
    session.show_record(book, done.result, done, account=account)
