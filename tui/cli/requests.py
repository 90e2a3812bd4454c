"""``requests``, ``request add|answer``, ``promises``: what they asked for, what we promised."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import REQUEST_KINDS
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
from tui.cli.output import Column, identity

if TYPE_CHECKING:
    from planner.promises import KeptShare
    from planner.views.requests import PromiseRow, RequestRow
    from tui.composition import Book

ASKING = ("asks", "asks_what", "asks_due", "answers")
"""The options of ``log touchpoint`` that speak of requests."""


def asking_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a contact in which they ask for something, or which answers a request."""
    options = [
        click.option("--asks", metavar=naming.listed(REQUEST_KINDS),
                     help=_("They asked for this; the answer is owed from then on.")),
        click.option("--asks-what", metavar="TEXT", help=_("What exactly they asked for.")),
        click.option("--asks-due", metavar="DATE",
                     help=_("By when it is answered. Default: the book's request.days.")),
        click.option("--answers", multiple=True, metavar="REQUEST",
                     help=_("The request that this answers, by its words or id; may repeat.")),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def asking(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    """What ``log_touchpoint`` is told of requests. Raises ``Refused`` and ``click.UsageError``."""
    from planner.use_cases.requests import Asked

    kind = naming.choice(options["asks"])
    if kind is None and (options["asks_what"] or options["asks_due"]):
        raise click.UsageError(_("--asks-what and --asks-due need --asks: what kind of request?"))
    fields: dict[str, Any] = {}
    if kind is not None:
        due = _day(naming.coming_day(book, options["asks_due"]))
        fields["asked"] = (Asked(kind, options["asks_what"] or "", due_on=due),)
    if options["answers"]:
        fields["requests_answered"] = tuple(
            _request(book, text, account_id) for text in options["answers"]
        )
    return fields


def _request(book: Book, text: str, account_id: int | None = None) -> int:
    """The id of an open request, of an account if named. Raises ``NotFound``, ``Ambiguous``."""
    from planner.text import visible

    queries = book.queries().requests
    rows = queries.each() if account_id is None else queries.open_at(account_id)
    return naming.one_meant(
        [(row.id, row.action) for row in rows],
        text,
        _("No open request answers to {name}.").format(name=visible(text)[:80]),
        _("Several open requests answer to {name}.").format(name=visible(text)[:80]),
    )


@words("request")
def request() -> None:
    """Keep what a customer asked for, and say that it was answered; `requests` lists them."""


@request.command("add")
@click.argument("account")
@click.option("--kind", required=True, metavar=naming.listed(REQUEST_KINDS))
@click.option("--what", metavar="TEXT", help=_("What exactly they asked for."))
@click.option("--with", "person", metavar="PERSON", help=_("Who asked."))
@click.option("--asked", metavar="DATE", help=_("When they asked. Default: today."))
@click.option("--due", metavar="DATE", help=_("Default: the book's request.days after that."))
@click.option("--owner", metavar="NAME", help=_("Who of us answers. Default: you."))
@pass_session
def add(session: Session, account: str, kind: str, **options: Any) -> None:
    """Keep that an account asked for something."""
    from planner.use_cases.requests import add_request

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        person, owner = options["person"], options["owner"]
        done = naming.run_by_name(
            session,
            book,
            add_request,
            account_id,
            naming.choice(kind),
            colleagues={"owner_id": owner or None},
            action=options["what"] or "",
            asked_by_id=naming.somebody(book, person, account_id) if person else None,
            asked_on=_day(naming.past_day(book, options["asked"])),
            due_on=_day(naming.coming_day(book, options["due"])),
        )
        session.show_record(
            book, done.result, done,
            account=naming.account_name(book, account_id),
            owner=naming.colleague_name(book, done.result.owner_id),
        )  # fmt: skip


@request.command("answer")
@click.argument("request")
@click.option("--by", metavar="ID", help=_("The touchpoint that answered it; else it is done."))
@click.option("--on", metavar="DATE", help=_("When it was done. Default: today."))
@pass_session
def answer(session: Session, request: str, by: str | None, on: str | None) -> None:
    """Close the request REQUEST, named by its words or id."""
    from planner.use_cases.requests import answer_request

    if by is not None and not (by.isascii() and by.isdigit()):
        raise click.UsageError(_("--by takes the id of a touchpoint."))
    if by is not None and on is not None:
        raise click.UsageError(_("--by and --on exclude each other: the touchpoint has a day."))
    with session.writing() as book:
        done = book.run(
            answer_request,
            _request(book, request),
            None if by is None else int(by[:19]),
            on=_day(naming.past_day(book, on)),
        )
        account = naming.account_name(book, done.result.account_id)
        session.show_record(book, done.result, done, account=account)


def _day(text: Any) -> Any:
    return text or None


@command("requests")
@listing_options
@click.option("--overdue", is_flag=True, help=_("Only what is late."))
@pass_session
def requests(
    session: Session, text: str, sort: str | None, limit: int | None, overdue: bool
) -> None:
    """List what they asked for and have no answer to, by due day; others with a filter on status.

    Fields: account request asked_by action owner status asked (days ago) due (days ahead).
    """
    from planner.row_filter import days_ago, days_ahead, request_fields
    from planner.vocabulary_words import value_words
    from tui.cli.faces import due_text

    parts = filter_of(text, request_fields())
    with session.reading() as book:
        today, me = book.today, book.actor.colleague_id
        still_open = overdue or not names_field(parts, "status")
        most = None if overdue else early(parts, sort, limit)
        rows = book.queries().requests.each(still_open=still_open, limit=most)
        day = today.isoformat()
        show_listing(
            session,
            Listing(
                lambda row: {
                    "account": row.account, "request": row.request, "asked_by": row.asked_by,
                    "action": row.action, "owner": row.owner, "status": row.status,
                    "asked": days_ago(row.asked_on, today), "due": days_ahead(row.due_on, today),
                    "me": is_mine(row.owner_id, me),
                },
                lambda row: request_document(row, day),
                (
                    Column(_("Due")), Column(_("Account"), cut=True), Column(_("Asked for")),
                    Column(_("What"), cut=True), Column(_("By"), cut=True), Column(_("Asked")),
                    Column(_("Owner"), cut=True),
                ),
                lambda row: (
                    due_text(row.due_on, today), row.account, value_words(row.request), row.action,
                    row.asked_by, row.asked_on, row.owner,
                ),
                {
                    "due": lambda row: row.due_on, "account": lambda row: folded(row.account),
                    "asked": lambda row: row.asked_on, "owner": lambda row: folded(row.owner),
                    "request": lambda row: row.request,
                },
                _("Nothing they asked for waits."),
            ),
            (row for row in rows if not overdue or _late(row, day)), parts, sort, limit,
        )  # fmt: skip


def _late(row: RequestRow, day: str) -> bool:
    return row.due_on is not None and row.due_on < day


def request_document(row: RequestRow, day: str) -> dict[str, Any]:
    """A request as JSON."""
    return {
        "id": identity(row.id),
        "account": row.account,
        "account_id": identity(row.account_id),
        "request": row.request,
        "action": row.action,
        "asked_by": row.asked_by,
        "asked_on": row.asked_on,
        "owner": row.owner,
        "due": row.due_on,
        "late": row.status == "open" and _late(row, day),
        "status": row.status,
        "done_on": row.done_on,
        "answered_by": identity(row.answered_by_id),
    }


# Promises


@command("promises")
@listing_options
@click.option("--open", "wanted", flag_value="open", help=_("Only open ones that are not late."))
@click.option("--late", "wanted", flag_value="late", help=_("Only open ones past their day."))
@click.option("--kept", "wanted", flag_value="kept", help=_("Only those done by their day."))
@click.option("--broken", "wanted", flag_value="broken", help=_("Only those done after it."))
@click.option("--by-owner", is_flag=True, help=_("The share kept on time, by owner."))
@pass_session
def promises(
    session: Session,
    text: str,
    sort: str | None,
    limit: int | None,
    wanted: str | None,
    by_owner: bool,
) -> None:
    """List what we promised them, by due day, or how many promises were kept.

    A promise is kept when it was done by its day. `--by-owner` counts promises that were due in
    the last 90 days; a late one counts as not kept. Fields: account action promised_to owner state
    due (days ahead).
    """
    from planner.row_filter import days_ahead, promise_fields
    from tui.cli.faces import due_text

    parts = filter_of(text, promise_fields())
    with session.reading() as book:
        today, me = book.today, book.actor.colleague_id
        rows = [(row, _state(row, today)) for row in book.queries().requests.promises()]
    if by_owner:
        _show_shares(session, [row for row, _known in rows], today)
        return
    show_listing(
        session,
        Listing(
            lambda one: {
                "account": one[0].account, "action": one[0].action,
                "promised_to": one[0].promised_to, "owner": one[0].owner, "state": one[1],
                "due": days_ahead(one[0].due_on, today), "me": is_mine(one[0].owner_id, me),
            },
            lambda one: promise_document(*one),
            (
                Column(_("Due")), Column(_("Account"), cut=True), Column(_("State")),
                Column(_("Owner"), cut=True), Column(_("Promise"), cut=True),
                Column(_("To"), cut=True), Column(_("Done")),
            ),
            lambda one: (
                due_text(one[0].due_on, today) if one[1] in ("open", "late") else one[0].due_on,
                one[0].account, one[1], one[0].owner, one[0].action, one[0].promised_to,
                one[0].done_on,
            ),
            {
                "due": lambda one: one[0].due_on, "account": lambda one: folded(one[0].account),
                "owner": lambda one: folded(one[0].owner), "state": lambda one: one[1],
            },
            _("No promises are listed."),
        ),
        [one for one in rows if wanted in (None, one[1])], parts, sort, limit,
    )  # fmt: skip


def promise_document(row: PromiseRow, state: str) -> dict[str, Any]:
    """A promise as JSON."""
    return {
        "id": identity(row.id),
        "account": row.account,
        "account_id": identity(row.account_id),
        "action": row.action,
        "promised_to": row.promised_to,
        "owner": row.owner,
        "due": row.due_on,
        "state": state,
        "done_on": row.done_on,
    }


def _state(row: PromiseRow, today: Any) -> str:
    from planner.promises import state_of

    return state_of(_counted(row), today)


def _counted(row: PromiseRow) -> Any:
    from datetime import date

    from planner.promises import Promise

    due, done = (
        None if one is None else date.fromisoformat(one) for one in (row.due_on, row.done_on)
    )
    return Promise(row.owner, due, row.status, done)


def _show_shares(session: Session, rows: list[PromiseRow], today: Any) -> None:
    from planner.promises import DAYS, METHOD, kept_shares

    found = kept_shares(map(_counted, rows), today)
    document = {
        "method": METHOD,
        "days": DAYS,
        "as_of": today.isoformat(),
        "owners": [
            {
                "owner": one.owner, "kept": one.kept, "broken": one.broken, "late": one.late,
                "due": one.judged,
                "share": None if one.share is None else f"{one.share:.6f}",
            }
            for one in found
        ],
    }  # fmt: skip
    session.show(document, lambda: _share_lines(found))


def _share_lines(found: tuple[KeptShare, ...]) -> list[str]:
    from planner.promises import method_words
    from tui.cli.output import screen_width, table

    columns = (
        Column(_("Owner"), cut=True), Column(_("Kept"), right=True), Column(_("Due"), right=True),
        Column(_("Share"), right=True), Column(_("Broken"), right=True),
        Column(_("Late"), right=True),
    )  # fmt: skip
    rows = [
        (
            one.owner or _("nobody"), one.kept, one.judged,
            "-" if one.share is None else f"{int(one.share + 0.5)} %", one.broken, one.late,
        )
        for one in found
    ]  # fmt: skip
    empty = _("No promise was due in the last 90 days.")
    return [*table(columns, rows, empty=empty, width=screen_width()), "", method_words()]
