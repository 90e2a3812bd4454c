"""``celebrations``, ``celebration add|set|done|archive``: dates to celebrate with customers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import CELEBRATION_KINDS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.listing import Listing, filter_of, folded, is_mine, listing_options, show_listing
from tui.cli.output import Column, identity

if TYPE_CHECKING:
    from datetime import date

    from planner.ports import Done
    from planner.views.celebrations import CelebrationLine
    from tui.composition import Book


@words("celebration")
def celebration() -> None:
    """Keep birthdays, anniversaries and achievements; `celebrations` lists them."""


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--kind", metavar=naming.listed(CELEBRATION_KINDS)),
        click.option("--on", metavar="DATE", help=_("The day of it, with its year. "
                                                    "Default of a new one: today.")),
        click.option("--yearly/--once", default=None,
                     help=_("Default: every year, an achievement once.")),
        click.option("--with", "person", metavar="PERSON", help=_("Whose it is.")),
        click.option("--link", metavar="TEXT", help=_("Where it can be read.")),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@celebration.command("add")
@click.argument("account")
@click.argument("label")
@_fields
@pass_session
def add(session: Session, account: str, label: str, **options: Any) -> None:
    """Keep a date to celebrate: LABEL says what, such as "went public"."""
    from planner.use_cases.celebrations import add_celebration

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        fields = _values(book, account_id, options)
        known = {key: value for key, value in fields.items() if value is not None}
        day = known.pop("on_date", None)
        _show(session, book, book.run(add_celebration, account_id, label=label, on=day, **known))


@celebration.command("set")
@click.argument("celebration")
@click.option("--label", metavar="TEXT")
@_fields
@pass_session
def set_(session: Session, celebration: str, label: str | None, **options: Any) -> None:
    """Change a date to celebrate, named by its label or id; an empty text empties a field."""
    from planner.use_cases.celebrations import change_celebration

    with session.writing() as book:
        found = _meant(book, celebration)
        fields = _values(book, found.account_id, options) | naming.given(label=label)
        _show(session, book, book.run(change_celebration, found.id, **fields))


@celebration.command("done")
@click.argument("celebration")
@click.option("--on", metavar="DATE", help=_("When. Default: today."))
@pass_session
def done(session: Session, celebration: str, on: str | None) -> None:
    """Say that it was celebrated; Today is silent until it is next."""
    from planner.use_cases.celebrations import mark_celebration

    with session.writing() as book:
        day = naming.past_day(book, on) or None
        _show(session, book, book.run(mark_celebration, _meant(book, celebration).id, day))


@celebration.command("archive")
@click.argument("celebration")
@pass_session
def archive(session: Session, celebration: str) -> None:
    """Take a date out of the record."""
    from planner.use_cases.celebrations import withdraw_celebration

    with session.writing() as book:
        _show(session, book, book.run(withdraw_celebration, _meant(book, celebration).id))


def _values(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    fields = naming.given(
        kind=naming.choice(options["kind"]),
        on_date=naming.past_day(book, options["on"]),
        yearly=options["yearly"],
        link=options["link"],
    )
    if options["person"] is not None:
        fields["person_id"] = naming.somebody(book, options["person"], account_id)
    return fields


def _meant(book: Book, text: str) -> CelebrationLine:
    from planner.text import visible

    rows = {row.id: row for row in book.queries().celebrations.each()}
    name = visible(text)[:80]
    return rows[
        naming.one_meant(
            [(row.id, row.label) for row in rows.values()],
            text,
            _("No date to celebrate answers to {name}.").format(name=name),
            _("Several dates to celebrate answer to {name}.").format(name=name),
        )
    ]


def _show(session: Session, book: Book, done: Done) -> None:
    account = naming.account_name(book, done.result.account_id)
    session.show_record(book, done.result, done, account=account)


@command("celebrations")
@listing_options
@pass_session
def celebrations(session: Session, text: str, sort: str | None, limit: int | None) -> None:
    """List the dates to celebrate, the next first; Today reminds of them 14 days ahead.

    What was born on 29 February is celebrated on 28 February in other years. Fields: account label
    person kind owner yearly next (days ahead).
    """
    from datetime import date

    from planner.celebrations import next_day
    from planner.row_filter import celebration_fields
    from planner.vocabulary_words import value_words
    from tui.cli.faces import due_text

    parts = filter_of(text, celebration_fields())
    with session.reading() as book:
        today, me = book.today, book.actor.colleague_id
        rows = [
            (row, next_day(date.fromisoformat(row.on_date), row.yearly, today))
            for row in book.queries().celebrations.each()
        ]
    rows.sort(key=lambda one: (one[1] < today, one[1], one[0].id))
    show_listing(
        session,
        Listing(
            lambda one: {
                "account": one[0].account, "label": one[0].label, "person": one[0].person,
                "kind": one[0].kind, "owner": one[0].owner, "yearly": one[0].yearly,
                "next": (one[1] - today).days, "me": is_mine(one[0].owner_id, me),
            },
            lambda one: celebration_document(*one),
            (
                Column(_("Next")), Column(_("Account"), cut=True), Column(_("Kind")),
                Column(_("What"), cut=True), Column(_("Who"), cut=True), Column(_("On")),
                Column(_("Marked")),
            ),
            lambda one: (
                due_text(one[1].isoformat(), today) if one[1] >= today else None, one[0].account,
                value_words(one[0].kind), one[0].label, one[0].person, one[0].on_date,
                one[0].marked_on,
            ),
            {
                "next": lambda one: one[1], "account": lambda one: folded(one[0].account),
                "kind": lambda one: one[0].kind, "on": lambda one: one[0].on_date,
            },
            _("There is no date to celebrate."),
        ),
        rows, parts, sort, limit,
    )  # fmt: skip


def celebration_document(row: CelebrationLine, next_on: date) -> dict[str, Any]:
    """A date to celebrate as JSON."""
    return {
        "id": identity(row.id),
        "account": row.account,
        "account_id": identity(row.account_id),
        "kind": row.kind,
        "label": row.label,
        "person": row.person,
        "on_date": row.on_date,
        "yearly": row.yearly,
        "next": next_on.isoformat(),
        "link": row.link,
        "marked_on": row.marked_on,
        "owner": row.owner,
    }
