"""``programme add|set|enrol|leave|points|levels``: loyalty programmes and their points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import PROGRAMME_KINDS
from tui.cli import naming
from tui.cli.context import Session, pass_session, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.points_ledger import Standing
    from planner.views.growth import ProgrammeRow
    from tui.composition import Book


@words(invoke_without_command=True)
@click.pass_context
@pass_session
def programme(session: Session, context: click.Context) -> None:
    """List the loyalty programmes of the book."""
    if context.invoked_subcommand is not None:
        return
    from tui.cli.output import Column, screen_width, table

    with session.reading() as book:
        rows, currency = book.queries().loyalty.programmes(), book.settings.currency
    session.show(
        [_document(one, currency) for one in rows],
        lambda: table(
            (
                Column(_("Programme"), cut=True), Column(_("Kind")), Column(_("Tiers"), cut=True),
                Column(_("Accounts"), right=True), Column(_("Ended")),
            ),
            [(one.name, one.kind, _tiers_text(one), one.enrolled, one.ended_on) for one in rows],
            empty=_("There is no loyalty programme yet."),
            width=screen_width(),
        ),
    )  # fmt: skip


def _document(row: ProgrammeRow, currency: str) -> dict[str, Any]:
    from tui.cli.output import identity, money_document

    return {
        "id": identity(row.id),
        "name": row.name,
        "kind": row.kind,
        "eligibility": row.eligibility,
        "tiers": [{"tier": name, "points": points} for name, points in row.tiers],
        "cost": money_document(row.cost_minor, currency),
        "ended_on": row.ended_on,
        "accounts": row.enrolled,
    }


def _tiers_text(row: ProgrammeRow) -> str:
    return ", ".join(f"{name} {points}" for name, points in row.tiers)


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--kind", metavar=naming.listed(PROGRAMME_KINDS)),
        click.option("--tier", "tiers", multiple=True, metavar="NAME=POINTS",
                     help=_("A level and the points from which it holds; may repeat, rising.")),
        click.option("--eligibility", metavar="TEXT", help=_("Who may be in it.")),
        click.option("--cost", metavar="AMOUNT", help=_("What it costs in a year.")),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@programme.command("add")
@click.argument("name")
@_fields
@pass_session
def add(session: Session, name: str, **options: Any) -> None:
    """Add a loyalty programme."""
    from planner.use_cases.loyalty import add_programme

    with session.writing() as book:
        fields = {key: value for key, value in _values(book, options).items() if value is not None}
        done = book.run(add_programme, name=name, **fields)
        session.show_record(book, done.result, done)


@programme.command("set")
@click.argument("programme")
@click.option("--name", metavar="TEXT")
@_fields
@click.option("--ended", metavar="DATE", help=_("Its last day; it takes nobody in after that."))
@pass_session
def set_(
    session: Session, programme: str, name: str | None, ended: str | None, **options: Any
) -> None:
    """Change a programme; an empty text empties a field."""
    from planner.use_cases.loyalty import change_programme

    with session.writing() as book:
        fields = _values(book, options) | naming.given(ended_on=naming.past_day(book, ended))
        if name is not None:
            fields["name"] = name
        done = book.run(change_programme, book.queries().loyalty.programme(programme), **fields)
        session.show_record(book, done.result, done)


def _values(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    cost = options["cost"]
    fields = naming.given(kind=naming.choice(options["kind"]), eligibility=options["eligibility"])
    if options["tiers"]:
        fields["tiers"] = tuple(_tier(text) for text in options["tiers"] if text.strip())
    if cost is not None:
        fields["cost_minor"] = naming.amount(cost, book.settings.currency)
    return fields


def _tier(text: str) -> tuple[str, int]:
    from planner.errors import Refused

    name, equals, points = text.rpartition("=")
    plain = points.strip()
    if not (equals and name.strip() and plain.isascii() and plain.isdigit() and len(plain) < 16):
        raise Refused(_("{text} is no tier; write NAME=POINTS.").format(text=repr(text[:40])))
    return name.strip(), int(plain)


@programme.command("enrol")
@click.argument("programme")
@click.argument("account")
@click.option("--since", metavar="DATE", help=_("Default: today."))
@pass_session
def enrol(session: Session, programme: str, account: str, since: str | None) -> None:
    """Take an account into a programme."""
    from planner.use_cases.loyalty import enrol as use_case

    _in_programme(session, use_case, programme, account, since)


@programme.command("leave")
@click.argument("programme")
@click.argument("account")
@click.option("--on", metavar="DATE", help=_("Default: today."))
@pass_session
def leave(session: Session, programme: str, account: str, on: str | None) -> None:
    """Take an account out of a programme; its points stay in the ledger."""
    from planner.use_cases.loyalty import leave_programme

    _in_programme(session, leave_programme, programme, account, on)


def _in_programme(
    session: Session, use_case: Callable[..., Any], programme: str, account: str, day: str | None
) -> None:
    with session.writing() as book:
        queries = book.queries()
        programme_id = queries.loyalty.programme(programme)
        account_id = queries.names.account(account)
        done = book.run(use_case, account_id, programme_id, naming.past_day(book, day) or None)
        naming.show_named(session, book, done, programme=programme)


@programme.command("points")
@click.argument("programme")
@click.argument("account")
@click.option("--earn", type=int, metavar="N")
@click.option("--redeem", type=int, metavar="N", help=_("No more than is there."))
@click.option("--correct", type=int, metavar="N", help=_("Another line; below 0 takes away."))
@click.option("--reason", metavar="TEXT", help=_("Needed for every line."))
@click.option("--on", metavar="DATE", help=_("Default: today."))
@pass_session
def points(
    session: Session,
    programme: str,
    account: str,
    reason: str | None,
    on: str | None,
    **amounts: int | None,
) -> None:
    """Add a line to the points ledger, and say what can be spent then and which level that is."""
    from planner.points_ledger import level
    from planner.use_cases.loyalty import correct_points, enter_points

    used = [(name, value) for name, value in amounts.items() if value is not None]
    if len(used) != 1:
        raise click.UsageError(_("Give one of --earn, --redeem and --correct."))
    ((how, amount),) = used
    if how != "correct" and amount < 1:
        raise click.UsageError(_("--earn and --redeem take a number above 0."))
    with session.writing() as book:
        queries = book.queries()
        programme_id = queries.loyalty.programme(programme)
        account_id = queries.names.account(account)
        done = book.run(
            correct_points if how == "correct" else enter_points,
            account_id,
            programme_id,
            -amount if how == "redeem" else amount,
            reason or "",
            naming.past_day(book, on) or None,
        )
        balance = book.queries().loyalty.balance(account_id, programme_id)
        tiers = queries.record("programme", programme_id).tiers
        more = {"spendable": max(0, balance), **level(tiers, balance)._asdict()}
        naming.show_named(session, book, done, **more)


@programme.command("levels")
@click.argument("programme")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help=_("At most N accounts."))
@pass_session
def levels(session: Session, programme: str, limit: int | None) -> None:
    """List the accounts of a programme, the most points first, with their level."""
    from tui.cli.output import Column, money_text, screen_width, table

    with session.reading() as book:
        queries = book.queries().loyalty
        programme_id = queries.programme(programme)
        rows = queries.standings(programme_id)[:limit]
        row = next(one for one in queries.programmes() if one.id == programme_id)
        currency = book.settings.currency
    documents = [_standing(one, row, currency) for one in rows]
    session.show(
        documents,
        lambda: table(
            (
                Column(_("Account"), cut=True), Column(_("Points"), right=True),
                Column(_("Level"), cut=True), Column(_("Next"), cut=True),
                Column(_("A year"), right=True),
            ),
            [
                (
                    one["account"], one["spendable"], one["tier"],
                    None if one["next_tier"] is None
                    else f"{one['next_tier']} +{one['points_to_next']}",
                    money_text(rows[at].arr_minor, currency),
                )
                for at, one in enumerate(documents)
            ],
            empty=_("No account is in it yet."),
            width=screen_width(),
        ),
    )  # fmt: skip


def _standing(one: Standing, row: ProgrammeRow, currency: str) -> dict[str, Any]:
    from planner.points_ledger import level
    from tui.cli.output import identity, money_document

    return {
        "account_id": identity(one.account_id),
        "account": one.account,
        "points": one.points,
        "spendable": max(0, one.points),
        **level(row.tiers, one.points)._asdict(),
        "arr": money_document(one.arr_minor, currency),
    }
