"""``person add|set|role``: people at customers and their parts in accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import CHANNELS, CONSENTS, ROLES, STANCES
from tui.cli import naming
from tui.cli.context import Session, pass_session, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.people import Membership, Person
    from planner.ports import Done
    from tui.composition import Book

PART_FIELDS = ("roles", "influence", "stance", "power", "reports_to_id", "relationship_owner_id",
               "personal_win", "topics", "contact_every_days", "contact_max_days",
               "contact_agreed_on", "community_since_on", "since_on", "left_on")  # fmt: skip


@words()
def person() -> None:
    """Add and change people, and set their parts in accounts."""


def _own_fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--email", metavar="TEXT"),
        click.option("--phone", metavar="TEXT"),
        click.option("--title", metavar="TEXT"),
        click.option("--department", metavar="TEXT"),
        click.option("--language", metavar="TEXT"),
        click.option("--channel", metavar=naming.listed(CHANNELS), help=_("The preferred one.")),
        click.option(
            "--support-channel", metavar=naming.listed(CHANNELS),
            help=_("Over which they want to be helped."),
        ),
        click.option("--learning", metavar="TEXT", help=_("How they like to learn.")),
        click.option("--consent", metavar=naming.listed(CONSENTS)),
        click.option("--note", metavar="TEXT"),
        click.option("--external-id", metavar="ID"),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def _part_fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--role", multiple=True, metavar=naming.listed(ROLES), help=_("May repeat.")),
        click.option("--influence", metavar="1|2|3"),
        click.option("--stance", metavar=naming.listed(STANCES)),
        click.option("--power", metavar="1|2|3"),
        click.option("--reports-to", metavar="PERSON"),
        click.option("--relationship-owner", metavar="NAME", help=_("A colleague of ours.")),
        click.option("--win", "personal_win", metavar="TEXT", help=_("What they gain by it.")),
        click.option("--topics", metavar="TEXT", help=_("What they want to hear of.")),
        click.option(
            "--every", "contact_every_days", metavar="DAYS",
            help=_("How often they want contact, as they agreed it."),
        ),
        click.option(
            "--at-most", "contact_max_days", metavar="DAYS",
            help=_("Days after which contact with them is overdue."),
        ),
        click.option(
            "--agreed", "contact_agreed_on", metavar="DATE", help=_("When they agreed to it.")
        ),
        click.option(
            "--community-since", metavar="DATE",
            help=_("Since when they are in the customers' community."),
        ),
        click.option("--since", metavar="DATE"),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@person.command("add")
@click.argument("name", required=False, default="")
@click.option("--account", required=True, metavar="ACCOUNT")
@_own_fields
@_part_fields
@pass_session
def add(session: Session, name: str, account: str, **options: Any) -> None:
    """Add a person to an account; a name, an e-mail or a phone is needed."""
    from planner.use_cases.by_name import add_person_by_name

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        owner = options.pop("relationship_owner")
        part = _part(book, account_id, options)
        fields = {key: value for key, value in _own(options).items() if value is not None}
        done = naming.run_by_name(
            session,
            book,
            add_person_by_name,
            account_id,
            colleagues={"relationship_owner_id": owner},
            part={key: value for key, value in part.items() if value is not None},
            name=name,
            **fields,
        )
        _show(session, book, done, *done.result)


@person.command("set")
@click.argument("person")
@click.option("--name", metavar="TEXT")
@click.option("--account", metavar="ACCOUNT", help=_("Where to look for the person."))
@_own_fields
@pass_session
def set_(
    session: Session, person: str, name: str | None, account: str | None, **options: Any
) -> None:
    """Change a person; an empty text empties a field."""
    from planner.use_cases.people import change_person

    with session.writing() as book:
        names = book.queries().names
        account_id = names.account(account) if account is not None else None
        fields = _own(options)
        if name is not None:
            fields["name"] = name
        done = book.run(change_person, names.person(person, account_id), **fields)
        session.show_record(book, done.result, done)


@person.command("role")
@click.argument("person")
@click.option("--account", required=True, metavar="ACCOUNT")
@_part_fields
@click.option("--left", metavar="DATE", help=_("When the person left the account."))
@pass_session
def role(session: Session, person: str, account: str, left: str | None, **options: Any) -> None:
    """Set a person's part in an account; who does not belong to it yet is added to it."""
    from planner.use_cases.people import set_part

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        person_id = naming.person(book, person, account_id)
        owner = options.pop("relationship_owner")
        part = _part(book, account_id, options)
        part |= naming.given(left_on=naming.past_day(book, left))
        done = naming.run_by_name(
            session,
            book,
            set_part,
            account_id,
            person_id,
            colleagues={"relationship_owner_id": owner},
            **part,
        )
        record: Person = book.queries().record("person", person_id)
        _show(session, book, done, record, done.result)


def _own(options: dict[str, Any]) -> dict[str, Any]:
    fields = dict(options)
    fields["preferred_channel"] = naming.choice(fields.pop("channel"))
    fields["support_channel"] = naming.choice(fields["support_channel"])
    fields["consent"] = naming.choice(fields["consent"]) or None
    return naming.given(**fields)


def _part(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    """The fields of the part, taken out of the options."""
    reports_to = options.pop("reports_to")
    part = naming.given(
        influence=options.pop("influence"),
        stance=naming.choice(options.pop("stance")),
        power=options.pop("power"),
        personal_win=options.pop("personal_win"),
        topics=options.pop("topics"),
        contact_every_days=options.pop("contact_every_days"),
        contact_max_days=options.pop("contact_max_days"),
        contact_agreed_on=naming.past_day(book, options.pop("contact_agreed_on")),
        community_since_on=naming.past_day(book, options.pop("community_since")),
        since_on=naming.past_day(book, options.pop("since")),
    )
    roles = options.pop("role")
    if roles:
        part["roles"] = naming.choices(roles)
    if reports_to is not None:
        named = bool(reports_to.strip())
        part["reports_to_id"] = (
            book.queries().names.person(reports_to, account_id) if named else None
        )
    return part


def _show(session: Session, book: Book, done: Done, one: Person, part: Membership) -> None:
    from tui.cli.output import record_document

    settings = book.settings
    whole = record_document(part, settings.zone, settings.currency)
    session.show_record(
        book,
        one,
        done,
        account=naming.account_name(book, part.account_id),
        account_id=whole["account_id"],
        membership_id=whole["id"],
        **{name: whole[name] for name in PART_FIELDS},
    )
