"""``incidents`` and ``incident open|set|end|add|remove|told|say|show``: one disturbance, many
accounts, one log, and who has been told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import CHANNELS, SEVERITIES, TOUCHPOINT_KINDS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.listing import bounded, filter_of
from tui.cli.output import Column, identity, local_moment, screen_width, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from planner.ports import Done
    from planner.views.incidents import IncidentRow, MessageRow, TouchedRow
    from tui.composition import Book

NAMED = "NUMBER_OR_TITLE"
_at = click.option("--at", metavar="WHEN", help=_("Default: now."))


@command()
@click.option("--running", is_flag=True, help=_("Those that have not ended."))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N rows."))  # fmt: skip
@pass_session
def incidents(session: Session, running: bool, limit: int | None) -> None:
    """List incidents, running ones first, with how many accounts they touch and who was told."""
    with session.reading() as book:
        rows = book.queries().incidents.incidents(running=running, limit=limit)
        zone = book.settings.zone
    session.show([_document(row, zone) for row in rows], lambda: _lines(rows))


def _document(row: IncidentRow, zone: ZoneInfo) -> dict[str, Any]:
    return {
        **row._asdict(),
        "id": identity(row.id),
        "owner_id": identity(row.owner_id),
        "started_at": local_moment(row.started_at, zone),
        "ended_at": local_moment(row.ended_at, zone),
        "untold": row.accounts - row.told,
    }


def _lines(rows: Sequence[IncidentRow]) -> list[str]:
    from planner.vocabulary_words import value_words

    columns = (
        Column(_("Incident"), cut=True), Column(_("Severity")), Column(_("Owner"), cut=True),
        Column(_("Since")), Column(_("Ended")), Column(_("Accounts"), right=True),
        Column(_("Told"), right=True), Column(_("Complaints"), right=True), Column(_("Id")),
    )  # fmt: skip
    cells = [
        (row.title, value_words(row.severity), row.owner, row.started_on,
         row.ended_on or _("runs"), str(row.accounts), str(row.told), str(row.complaints),
         str(row.id))
        for row in rows
    ]  # fmt: skip
    return table(columns, cells, empty=_("No incidents are listed."), width=screen_width())


@words()
def incident() -> None:
    """One disturbance that touches many accounts: what was said, and who has been told."""


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--owner", metavar="NAME", help=_("Default of a new one: you.")),
        click.option("--root-cause", metavar="TEXT"),
        click.option("--detail", metavar="TEXT"),
        click.option("--severity", metavar=naming.listed(SEVERITIES)),
    ):
        function = option(function)
    return function


def _many(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--complaint", "numbers", multiple=True, metavar="NUMBER",
                     help=_("A complaint that comes from it; may be repeated.")),
        click.option("--filter", "text", metavar="EXPR",
                     help=_("All accounts that fit, such as: tier:1,2 product words")),
        click.option("--account", "accounts", multiple=True, metavar="NAME",
                     help=_("May be repeated.")),
    ):  # fmt: skip
        function = option(function)
    return function


def _touched(
    book: Book, accounts: Sequence[str], text: str | None, numbers: Sequence[str]
) -> dict[str, list[int]]:
    """The ids of accounts and complaints that are named."""
    queries = book.queries()
    ids = [queries.names.account(name) for name in accounts]
    if text is not None and text.strip():
        ids += queries.accounts.ids(parts=filter_of(text))
    return {
        "account_ids": ids,
        "complaint_ids": [queries.names.complaint(number) for number in numbers],
    }


@incident.command("open")
@click.argument("title")
@_fields
@_many
@_at
@pass_session
def open_(
    session: Session, title: str, owner: str | None, at: str | None, accounts: tuple[str, ...],
    text: str | None, numbers: tuple[str, ...], **fields: Any,
) -> None:  # fmt: skip
    """Open an incident, with the accounts that it touches."""
    from planner.use_cases.incidents import open_incident

    fields["severity"] = naming.choice(fields["severity"])
    with session.writing() as book:
        done = naming.run_by_name(
            session, book, open_incident, title=title, when=naming.moment(book, at),
            colleagues={"owner_id": owner or None},
            **_touched(book, accounts, text, numbers), **naming.filled(**fields),
        )  # fmt: skip
        _show(session, book, done)


@incident.command("set")
@click.argument("name", metavar=NAMED)
@click.option("--title", metavar="TEXT")
@_fields
@pass_session
def set_(session: Session, name: str, owner: str | None, **fields: Any) -> None:
    """Change what an incident says; an empty text empties a field."""
    from planner.use_cases.incidents import change_incident

    fields["severity"] = naming.choice(fields["severity"])
    with session.writing() as book:
        done = naming.run_by_name(
            session, book, change_incident, book.queries().incidents.named(name),
            colleagues={"owner_id": owner}, **naming.given(**fields),
        )  # fmt: skip
        _show(session, book, done)


@incident.command("end")
@click.argument("name", metavar=NAMED)
@click.option("--root-cause", metavar="TEXT")
@_at
@pass_session
def end(session: Session, name: str, root_cause: str | None, at: str | None) -> None:
    """End an incident; says how many accounts were not told."""
    from planner.use_cases.incidents import end_incident

    with session.writing() as book:
        chosen = book.queries().incidents.named(name)
        done = book.run(end_incident, chosen, naming.moment(book, at), root_cause)
        _show(session, book, done)


@incident.command("add")
@click.argument("name", metavar=NAMED)
@_many
@pass_session
def add(
    session: Session, name: str, accounts: tuple[str, ...], text: str | None,
    numbers: tuple[str, ...],
) -> None:  # fmt: skip
    """Say that it touches accounts: by name, by a filter, or by complaints that come from it."""
    from planner.use_cases.incidents import touch_accounts

    with session.writing() as book:
        chosen = book.queries().incidents.named(name)
        done = book.run(touch_accounts, chosen, **_touched(book, accounts, text, numbers))
        _after(session, book, chosen, done)


@incident.command("remove")
@click.argument("name", metavar=NAMED)
@click.argument("account")
@pass_session
def remove(session: Session, name: str, account: str) -> None:
    """Say that it does not touch an account."""
    from planner.use_cases.incidents import untouch_account

    with session.writing() as book:
        queries = book.queries()
        chosen = queries.incidents.named(name)
        done = book.run(untouch_account, chosen, queries.names.account(account))
        _after(session, book, chosen, done)


@incident.command("told")
@click.argument("name", metavar=NAMED)
@click.argument("accounts", metavar="ACCOUNT...", nargs=-1)
@click.option("--all", "everybody", is_flag=True, help=_("Everybody who was not told yet."))
@click.option("--with", "person", metavar="PERSON", help=_("Who of the account was told."))
@click.option("--kind", metavar=naming.listed(TOUCHPOINT_KINDS),
              help=_("Log a touchpoint of this kind for each, too."))  # fmt: skip
@click.option("--note", metavar="TEXT", help=_("The note of that touchpoint."))
@_at
@pass_session
def told(
    session: Session, name: str, accounts: tuple[str, ...], everybody: bool, person: str | None,
    kind: str | None, note: str | None, at: str | None,
) -> None:  # fmt: skip
    """Say that accounts were told: by you, whom, when."""
    from planner.use_cases.incidents import mark_told

    with session.writing() as book:
        queries = book.queries()
        chosen = queries.incidents.named(name)
        ids = [queries.names.account(one) for one in accounts]
        if everybody:
            rows = queries.incidents.touched(chosen)
            ids += [row.account_id for row in rows if row.told_at is None]
        person_id = None
        if person is not None and ids:
            person_id = naming.person(book, person, ids[0])
        done = book.run(
            mark_told, chosen, ids, naming.moment(book, at), person_id, naming.choice(kind), note
        )
        _after(session, book, chosen, done)


@incident.command("say")
@click.argument("name", metavar=NAMED)
@click.argument("message")
@click.option("--told", is_flag=True, help=_("Words for customers; else they stay among us."))
@click.option("--channel", metavar=naming.listed(CHANNELS))
@_at
@pass_session
def say(
    session: Session, name: str, message: str, told: bool, channel: str | None, at: str | None
) -> None:
    """Write a line into the log of an incident."""
    from planner.use_cases.incidents import log_message

    with session.writing() as book:
        chosen = book.queries().incidents.named(name)
        done = book.run(
            log_message, chosen, message=message, when=naming.moment(book, at), told=told,
            channel=naming.choice(channel),
        )  # fmt: skip
        session.show_record(book, done.result, done)


@incident.command("show")
@click.argument("name", metavar=NAMED)
@pass_session
def show(session: Session, name: str) -> None:
    """One incident: its accounts, who was told, and its log."""
    with session.reading() as book:
        asked = book.queries().incidents
        chosen = asked.named(name)
        row, touched, messages = asked.one(chosen), asked.touched(chosen), asked.messages(chosen)
        zone = book.settings.zone
    assert row is not None
    document = {
        **_document(row, zone),
        "touched": [_touched_document(one, zone) for one in touched],
        "log": [_message_document(one, zone) for one in messages],
    }
    session.show(document, lambda: [*_lines([row]), "", *_touched_lines(touched), "",
                                    *_log_lines(messages)])  # fmt: skip


def _touched_document(row: TouchedRow, zone: ZoneInfo) -> dict[str, Any]:
    ids = {name: identity(getattr(row, name)) for name in ("id", "account_id", "owner_id")}
    return {**row._asdict(), **ids, "told_at": local_moment(row.told_at, zone)}


def _message_document(row: MessageRow, zone: ZoneInfo) -> dict[str, Any]:
    return {
        **row._asdict(), "id": identity(row.id), "noted_at": local_moment(row.noted_at, zone),
    }  # fmt: skip


def _touched_lines(rows: Sequence[TouchedRow]) -> list[str]:
    columns = (
        Column(_("Account"), cut=True), Column(_("Tier"), right=True), Column(_("Owner"), cut=True),
        Column(_("Told")), Column(_("Who"), cut=True), Column(_("By"), cut=True),
        Column(_("Complaint")),
    )  # fmt: skip
    cells = [
        (row.account, row.tier, row.owner, row.told_on or _("not told"), row.person, row.told_by,
         row.complaint)
        for row in rows
    ]  # fmt: skip
    return table(columns, cells, empty=_("It touches no account yet."), width=screen_width())


def _log_lines(rows: Sequence[MessageRow]) -> list[str]:
    columns = (
        Column(_("On")), Column(_("For")), Column(_("Message"), cut=True), Column(_("Channel")),
        Column(_("By"), cut=True),
    )  # fmt: skip
    cells = [
        (row.noted_on, _("customers") if row.told else _("us"), row.message, row.channel,
         row.colleague)
        for row in rows
    ]  # fmt: skip
    return table(columns, cells, empty=_("Its log is empty."), width=screen_width())


def _show(session: Session, book: Book, done: Done) -> None:
    record = done.result
    owner = naming.colleague_name(book, record.owner_id) or ""
    session.show_record(book, record, done, owner=owner)


def _after(session: Session, book: Book, incident_id: int, done: Done) -> None:
    """Print the incident as it is after a change of what it touches."""
    _show(session, book, done._replace(result=book.queries().record("incident", incident_id)))
