"""``meetings`` lists them; ``meeting add|set|cancel`` plans, moves and cancels one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import TOUCHPOINT_KINDS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.output import Column, identity, local_moment, screen_width, table

if TYPE_CHECKING:
    from planner.dates import When
    from planner.views.meetings import MeetingRow
    from tui.composition import Book


@command()
@click.option("--from", "first", metavar="DATE", help=_("Default: today."))
@click.option("--to", "last", metavar="DATE")
@pass_session
def meetings(session: Session, first: str | None, last: str | None) -> None:
    """List meetings from today on, or between two days, the earliest first."""
    with session.reading() as book:
        begin = naming.coming_day(book, first) if first else book.today
        end = naming.coming_day(book, last) if last else None
        first_on = begin if isinstance(begin, date) else None
        last_on = end if isinstance(end, date) else None
        naming.check_order(first_on, last_on)
        rows = book.queries().meetings.between(first_on, last_on)
        zone = book.settings.zone
        session.show(
            [meeting_document(row, zone) for row in rows],
            lambda: table(
                (
                    Column(_("When")), Column(_("Account"), cut=True), Column(_("Title"), cut=True),
                    Column(_("With"), cut=True), Column(_("Place"), cut=True),
                    Column(_("Status")), Column(_("Id")),
                ),
                [
                    (
                        when_text(row, zone), row.account, row.title, ", ".join(row.people),
                        row.place, row.status, identity(row.id),
                    )
                    for row in rows
                ],
                empty=_("No meetings are planned."),
                width=screen_width(),
            ),
        )  # fmt: skip


def when_text(row: MeetingRow, zone: Any) -> str:
    """The local day and time of a meeting."""
    local = (local_moment(row.starts_at, zone) or "")[:16].replace("T", " ")
    return row.starts_on if row.date_only else local


def meeting_document(row: MeetingRow, zone: Any) -> dict[str, Any]:
    """A meeting as JSON."""
    return {
        "id": identity(row.id),
        "account": row.account,
        "account_id": identity(row.account_id),
        "title": row.title,
        "kind": row.kind,
        "starts": local_moment(row.starts_at, zone),
        "starts_on": row.starts_on,
        "date_only": bool(row.date_only),
        "ends": local_moment(row.ends_at, zone),
        "place": row.place,
        "people": list(row.people),
        "status": row.status,
        "touchpoint_id": identity(row.touchpoint_id),
        "score": row.shown,
        "band": row.band,
    }


@words()
def meeting() -> None:
    """Plan a meeting, move it, cancel it."""


@meeting.command("add")
@click.argument("account")
@click.option("--title", required=True, metavar="TEXT")
@click.option("--at", required=True, metavar="WHEN", help=_("When it starts."))
@click.option("--minutes", metavar="N", help=_("How long it lasts."))
@click.option("--with", "people", multiple=True, metavar="PERSON", help=_("May repeat."))
@click.option("--kind", metavar=naming.listed(TOUCHPOINT_KINDS), help=_("Default: meeting."))
@click.option("--place", metavar="TEXT")
@click.option("--note", metavar="TEXT")
@pass_session
def add(
    session: Session, account: str, title: str, at: str, people: tuple[str, ...], **options: Any
) -> None:
    """Plan a meeting with an account."""
    from planner.use_cases.meetings import plan_meeting

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        when = _coming(book, at)
        done = book.run(
            plan_meeting,
            account_id,
            title=title,
            when=when,
            person_ids=[naming.person(book, one, account_id) for one in people],
            **_fields(when, options),
        )
        _show(session, book, done)


@meeting.command("set")
@click.argument("account")
@click.argument("which")
@click.option("--title", metavar="TEXT")
@click.option("--at", metavar="WHEN", help=_("When it starts."))
@click.option("--minutes", metavar="N", help=_("How long it lasts."))
@click.option("--with", "people", multiple=True, metavar="PERSON", help=_("Who attends, anew."))
@click.option("--kind", metavar=naming.listed(TOUCHPOINT_KINDS))
@click.option("--place", metavar="TEXT")
@click.option("--note", metavar="TEXT")
@pass_session
def set_(
    session: Session,
    account: str,
    which: str,
    title: str | None,
    at: str | None,
    people: tuple[str, ...],
    **options: Any,
) -> None:
    """Change a meeting; WHICH is its id or its title."""
    from planner.use_cases.meetings import change_meeting

    with session.writing(make=False) as book:
        account_id = book.queries().names.account(account)
        record = book.queries().record("meeting", _which(book, account_id, which))
        when = None if at is None else _coming(book, at)
        fields = _fields(when or record, options, given=naming.given)
        if title is not None:
            fields["title"] = title
        if people:
            fields["person_ids"] = [naming.person(book, one, account_id) for one in people]
        _show(session, book, book.run(change_meeting, record, when=when, **fields))


@meeting.command("cancel")
@click.argument("account")
@click.argument("which")
@pass_session
def cancel(session: Session, account: str, which: str) -> None:
    """Cancel a meeting; WHICH is its id or its title."""
    from planner.use_cases.meetings import cancel_meeting

    with session.writing(make=False) as book:
        account_id = book.queries().names.account(account)
        _show(session, book, book.run(cancel_meeting, _which(book, account_id, which)))


def _coming(book: Book, text: str) -> When:
    from planner.dates import parse_when

    return parse_when(text, book.clock.now(), book.settings.zone, past=False)


def _fields(start: Any, options: dict[str, Any], given: Any = naming.filled) -> dict[str, Any]:
    """The fields of a meeting; ``start`` is its moment, or the meeting that keeps its own."""
    from datetime import timedelta

    from planner.errors import Refused

    minutes = options.pop("minutes")
    options["kind"] = naming.choice(options["kind"])
    fields: dict[str, Any] = given(**options)
    if minutes is not None:
        if not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes[:9]) <= 10_080):
            raise Refused(_("minutes: a whole number from 1 to 10080 is wanted"))
        begins = getattr(start, "starts_at", None) or start.at
        fields["ends_at"] = begins + timedelta(minutes=int(minutes))
    return fields


def _which(book: Book, account_id: int, text: str) -> int:
    rows = [
        (row.id, f"{row.title} {row.starts_on}" if row.title != text else text)
        for row in book.queries().meetings.of_account(account_id)
        if row.status == "planned" or str(row.id) == text
    ]
    return naming.one_meant(
        rows,
        text,
        _("No meeting of this account answers to {name}.").format(name=repr(text[:80])),
        _("Several meetings answer to {name}.").format(name=repr(text[:80])),
    )


def _show(session: Session, book: Book, done: Any) -> None:
    row = book.queries().meetings.one(done.result.id)
    people = list(row.people) if row is not None else []
    session.show_record(
        book,
        done.result,
        done,
        account=naming.account_name(book, done.result.account_id),
        people=people,
    )
