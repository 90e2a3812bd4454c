"""``timeline``: the stream of an account or of a person; ``pin``, ``unpin``: what stays on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.views.timeline import KINDS
from planner.vocabulary import FUNCTIONS, PIN_KINDS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session
from tui.cli.listing import bounded
from tui.cli.output import Column, identity, local_moment, screen_width, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.views.account import TimelineRow
    from tui.composition import Book

LATEST = 50


@command()
@click.argument("account", required=False)
@click.option("--account", "named", metavar="ACCOUNT", help=_("The account, whatever its name."))
@click.option("--person", metavar="PERSON", help=_("Only of this person; alone in all accounts."))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS),
              help=_("Only this kind of entries; may be repeated."))  # fmt: skip
@click.option("--function", type=click.Choice(FUNCTIONS), help=_("Only of this function."))
@click.option("--from", "since", metavar="DATE", help=_("From this day on."))
@click.option("--to", "until", metavar="DATE", help=_("Up to this day."))
@click.option("--limit", type=click.IntRange(min=1), metavar="N", callback=bounded,
              help=_("At most N entries; 50 on a terminal."))  # fmt: skip
@pass_session
def timeline(
    session: Session, account: str | None, named: str | None, person: str | None,
    kinds: tuple[str, ...], function: str | None, since: str | None, until: str | None,
    limit: int | None,
) -> None:  # fmt: skip
    """List everything of an account or a person, newest first, as it occurred.

    Touchpoints, complaints, surveys, signals, pulses, meetings, plan changes, contract events,
    advocacy and celebrations. Occurred is when it happened, Logged when it was written down.
    """
    from planner.dates import parse_day
    from planner.views.timeline import TimelineFilter

    wanted_account = named or account
    if wanted_account is None and person is None:
        raise click.UsageError(_("Name an account, or a person with --person."))
    with session.reading() as book:
        zone, queries, today = book.settings.zone, book.queries(), book.today
        account_id = None if wanted_account is None else queries.names.account(wanted_account)
        person_id = None if person is None else queries.names.person(person)
        wanted = TimelineFilter(
            kinds=kinds,
            function=function,
            person_id=person_id,
            since=None if since is None else parse_day(since, today, past=True),
            until=None if until is None else parse_day(until, today, past=True),
        )
        naming.check_order(wanted.since, wanted.until)
        most = limit or (None if session.json else LATEST)
        if account_id is not None:
            rows = queries.timeline.of_account(account_id, wanted, limit=most)
            pins = {(one.kind, one.id) for one in queries.timeline.pinned(account_id)}
        else:
            rows = queries.timeline.of_person(person_id or 0, wanted, limit=most)
            pins = set()
        rows = [one._replace(pinned=(one.kind, one.id) in pins) for one in rows]
    several = account_id is None
    session.show([_document(one, zone) for one in rows], lambda: _lines(rows, zone, several))


def _lines(rows: list[TimelineRow], zone: Any, several: bool) -> Any:
    columns = (
        Column(_("Occurred")), Column(_("Logged")), *([Column(_("Account"), cut=True)] * several),
        Column(_("What")), Column(_("With"), cut=True), Column(_("Function")),
        Column(_("Text"), cut=True), Column(_("Id")),
    )  # fmt: skip
    found = []
    for one in rows:
        logged = (local_moment(one.logged_at, zone) or "")[:10]
        found.append((
            one.occurred_on, logged, *([one.account] * several), _what(one), one.people,
            one.function, " ".join(one.text.split()), one.id,
        ))  # fmt: skip
    return table(columns, found, empty=_("Nothing is in this timeline."), width=screen_width())


def _what(one: TimelineRow) -> str:
    from tui.timeline_words import what_words

    marks = [_("pinned")] if one.pinned else []
    if one.thread_id is not None:
        marks.append(_("reply"))
    return " ".join([what_words(one), *(f"({mark})" for mark in marks)])


def _document(one: TimelineRow, zone: Any) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": identity(one.id),
        "account": one.account,
        "account_id": identity(one.account_id),
        "occurred": local_moment(one.occurred_at, zone),
        "occurred_on": one.occurred_on,
        "date_only": one.date_only,
        "logged": local_moment(one.logged_at, zone),
        "what": one.what,
        "direction": one.direction,
        "two_way": one.two_way,
        "function": one.function,
        "colleague": one.colleague,
        "people": one.people,
        "score" if one.kind in ("survey", "pulse") else "sentiment": one.sentiment,
        "status": one.status,
        "text": one.text,
        "thread_id": identity(one.thread_id),
        "replies": one.replies,
        "pinned": one.pinned,
    }


@command()
@click.argument("entry")
@click.option("--kind", type=click.Choice(PIN_KINDS), default="touchpoint", show_default=True,
              help=_("What the id is of."))  # fmt: skip
@pass_session
def pin(session: Session, entry: str, kind: str) -> None:
    """Keep an entry on top of its account's timeline.

    ENTRY is an id from `timeline`, or the number of a complaint.
    """
    from planner.use_cases.entries import pin_entry

    _change(session, entry, kind, pin_entry)


@command()
@click.argument("entry")
@click.option("--kind", type=click.Choice(PIN_KINDS), default="touchpoint", show_default=True,
              help=_("What the id is of."))  # fmt: skip
@pass_session
def unpin(session: Session, entry: str, kind: str) -> None:
    """Take an entry off the top of its account's timeline.

    ENTRY is an id from `timeline`, or the number of a complaint.
    """
    from planner.use_cases.entries import unpin_entry

    _change(session, entry, kind, unpin_entry)


def _change(session: Session, entry: str, kind: str, use_case: Callable[..., Any]) -> None:
    with session.writing(make=False) as book:
        kind, row_id = _entry_of(book, entry, kind)
        found = book.queries().timeline.entry(kind, row_id)
        if found is None:
            from planner.errors import NotFound

            raise NotFound(
                _("There is no {kind} with the id {id}.").format(kind=kind, id=entry[:80])
            )
        done = book.run(use_case, found.account_id, kind, row_id)
        session.show_record(book, done.result, done)


def _entry_of(book: Book, entry: str, kind: str) -> tuple[str, int]:
    if entry.isascii() and entry.isdigit() and len(entry) < 19:
        return kind, int(entry)
    return "complaint", book.queries().names.complaint(entry)
