"""``account add|set|archive|team``: the customers of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS, KEEP_CLASSES, STAGES
from tui.cli import naming
from tui.cli.context import Session, pass_session, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.accounts import Account
    from planner.ports import Done
    from planner.views.account import SeatRow
    from tui.composition import Book


@words()
def account() -> None:
    """Add and change accounts, and name who serves them."""


def _account_fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--external-id", metavar="ID"),
        click.option("--tier", metavar="1|2|3"),
        click.option("--stage", metavar=naming.listed(STAGES)),
        click.option("--owner", metavar="NAME", help=_("A colleague; one not known is added.")),
        click.option("--country", metavar="TEXT"),
        click.option("--sector", metavar="TEXT"),
        click.option("--parent", metavar="ACCOUNT"),
        click.option("--tag", "tags", multiple=True, metavar="TEXT", help=_("May repeat.")),
        click.option("--note", metavar="TEXT"),
        click.option("--keep", metavar=naming.listed(KEEP_CLASSES)),
        click.option("--keep-reason", metavar="TEXT"),
        click.option("--cadence-days", metavar="N", help=_("Days between two-way touches.")),
        click.option(
            "--cadence-max-days", metavar="N", help=_("Days after which contact is overdue.")
        ),
        click.option("--cadence-agreed-on", metavar="DATE", help=_("When they agreed to that.")),
        click.option(
            "--cadence-agreed-with", metavar="PERSON", help=_("Who of theirs agreed to it.")
        ),
        click.option(
            "--qbr-every-days", metavar="N", help=_("Days between quarterly reviews, 0 for none.")
        ),
        click.option("--calendar", metavar="NAME", help=_("Whose hours complaint clocks run by.")),
        click.option(
            "--team", metavar="TEXT", help=_("Whose rows they are on a server; a lead names it.")
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@account.command("add")
@click.argument("name")
@_account_fields
@click.option("--duplicate", is_flag=True, help=_("Add it beside another of the same name."))
@pass_session
def add(session: Session, name: str, owner: str | None, duplicate: bool, **options: Any) -> None:
    """Add an account."""
    from planner.use_cases.accounts import add_account

    with session.writing() as book:
        fields = _fields(book, 0, options)
        fields = {key: value for key, value in fields.items() if value is not None}
        done = naming.run_by_name(
            session,
            book,
            add_account,
            colleagues={"owner_id": owner},
            name=name,
            duplicate=duplicate,
            **fields,
        )
        _show(session, book, done)


@account.command("set")
@click.argument("account")
@click.option("--name", metavar="TEXT")
@_account_fields
@click.option("--competitor", metavar="DATE", help=_("Since when a competitor is there."))
@click.option("--lost", metavar="DATE", help=_("When the account was lost."))
@click.option("--celebrate", multiple=True, metavar="LABEL=DATE", help=_("May repeat."))
@pass_session
def set_(
    session: Session,
    account: str,
    name: str | None,
    owner: str | None,
    celebrate: tuple[str, ...],
    competitor: str | None,
    lost: str | None,
    **options: Any,
) -> None:
    """Change an account; an empty text empties a field."""
    from planner.use_cases.by_name import set_account

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        fields = _fields(book, account_id, options) | naming.given(
            competitor_on=naming.past_day(book, competitor), lost_on=naming.past_day(book, lost)
        )
        if name is not None:
            fields["name"] = name
        done = naming.run_by_name(
            session,
            book,
            set_account,
            account_id,
            colleagues={"owner_id": owner},
            celebrations=dict(naming.labelled_day(book, text) for text in celebrate),
            **fields,
        )
        _show(session, book, done)


@account.command("archive")
@click.argument("account")
@pass_session
def archive(session: Session, account: str) -> None:
    """Take an account out of every list; `undo` brings it back."""
    from planner.use_cases.accounts import archive_account

    with session.writing() as book:
        done = book.run(archive_account, book.queries().names.account(account))
        _show(session, book, done)


def _seat_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for name in reversed(FUNCTIONS):
        for prefix, metavar, help_words in (
            ("duty-", "TEXT", _("What the {function} seat looks after.")),
            ("backup-", "NAME", _("Who stands in for {function}.")),
            ("", "NAME", ""),
        ):
            function = click.option(
                f"--{prefix}{name}", metavar=metavar, help=help_words.format(function=name) or None
            )(function)
    return function


@account.command("team")
@click.argument("account")
@_seat_options
@pass_session
def team(session: Session, account: str, **options: str | None) -> None:
    """Name who serves an account, one colleague a function; an empty name empties a seat.

    A seat may have a backup, who stands in, and words on what it looks after.
    """
    from planner.use_cases.by_name import name_team_members

    names, backups, duties = (
        {
            function: said
            for function in FUNCTIONS
            if (said := options[f"{prefix}{function}"]) is not None
        }
        for prefix in ("", "backup_", "duty_")
    )
    if not (names or backups or duties):
        raise click.UsageError(_("Name at least one of {functions}.").format(
            functions=", ".join(f"--{name}" for name in FUNCTIONS)))  # fmt: skip
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        added: list[str] = []
        done = book.run(
            name_team_members,
            account_id,
            names,
            added,
            backups=backups,
            responsibilities={function: text.strip() or None for function, text in duties.items()},
        )
        naming.say_added(session, added)
        _show_team(session, book, account_id, done.summary)


def _show_team(session: Session, book: Book, account_id: int, summary: str) -> None:
    from planner.text import visible

    filled = {seat.function: seat for seat in book.queries().account.team(account_id)}
    document = {
        "id": str(account_id),
        "account": naming.account_name(book, account_id),
        "team": {
            function: _seat_document(filled[function]) if function in filled else None
            for function in FUNCTIONS
        },
    }
    session.show(
        document,
        lambda: [
            visible(summary),
            *(
                f"  {function:<9}  {visible(_seat_words(filled.get(function)))}"
                for function in FUNCTIONS
            ),
        ],
    )


def _seat_document(seat: SeatRow) -> dict[str, Any]:
    return {
        "id": str(seat.colleague_id),
        "name": seat.colleague,
        "backup": None
        if seat.backup_id is None
        else {"id": str(seat.backup_id), "name": seat.backup},
        "responsibility": seat.responsibility,
    }


def _seat_words(seat: SeatRow | None) -> str:
    if seat is None:
        return _("nobody")
    words = seat.colleague
    if seat.backup is not None:
        words += _(", backup {name}").format(name=seat.backup)
    if seat.responsibility:
        words += _(", {what}").format(what=seat.responsibility)
    return words


def _fields(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    fields = dict(options)
    fields["cadence_agreed_on"] = naming.past_day(book, fields["cadence_agreed_on"])
    agreed_with = fields.pop("cadence_agreed_with")
    fields["stage"] = naming.choice(fields["stage"])
    fields["keep_class"] = naming.choice(fields.pop("keep"))
    parent = fields.pop("parent")
    calendar = fields.pop("calendar")
    tags = fields["tags"]
    fields = naming.given(**fields)
    if agreed_with is not None:
        fields["cadence_agreed_with_id"] = naming.somebody(book, agreed_with, account_id)
    if calendar is not None:
        from tui.cli.calendars import calendar_id

        fields["calendar_id"] = calendar_id(book, calendar) if calendar.strip() else None
    if tags:
        fields["tags"] = tuple(tag for tag in tags if tag.strip())
    if parent is not None:
        names = book.queries().names
        fields["parent_id"] = names.account(parent) if parent.strip() else None
    return fields


def _show(session: Session, book: Book, done: Done) -> None:
    record: Account = done.result
    owner = naming.colleague_name(book, record.owner_id)
    celebrations = [
        {"label": one.label, "on_date": one.on_date}
        for one in book.queries().account.celebrations(record.id)
    ]
    session.show_record(book, record, done, owner=owner, celebrations=celebrations)
