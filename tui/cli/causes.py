"""``causes``, ``advocates`` and ``said``: what complaints come from, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session
from tui.cli.documents import document_options, give_out
from tui.cli.listing import bounded
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.causes import Likeness, Pareto
    from planner.views.causes import AdvocateRow, CauseComplaint, RecurrenceRow
    from tui.composition import Book

PERIOD_DAYS = 365
"""The period of figures about causes and advocates unless said."""


def period_options(function: Any) -> Any:
    """The options ``--from`` and ``--to`` of a period."""
    to = click.option("--to", "until", metavar="DATE", help=_("Its last day. Default: today."))
    since = click.option(
        "--from", "since", metavar="DATE", help=_("Its first day. Default: a year before the last.")
    )
    return since(to(function))


def period(book: Book, since: str | None, until: str | None) -> tuple[date, date]:
    """The first and the last day that were meant. Raises ``Refused`` for an order turned round."""
    last = _day(book, until) or book.today
    first = _day(book, since) or last - timedelta(days=PERIOD_DAYS)
    naming.check_order(first, last)
    return first, last


def _day(book: Book, text: str | None) -> date | None:
    day = naming.past_day(book, text)
    return day if isinstance(day, date) else None


@command()
@period_options
@click.option("--level", type=click.IntRange(1, 2), default=1, metavar="1|2",
              help=_("2 has a line for each detail of a cause."))  # fmt: skip
@click.option("--cause", metavar="TEXT", help=_("The complaints of one cause."))
@click.option("--unstated", is_flag=True, help=_("The complaints that name no cause."))
@click.option("--spellings", is_flag=True, help=_("Causes that may be one."))
@click.option("--recurring", is_flag=True, help=_("Causes that came back at an account."))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N rows."))  # fmt: skip
@pass_session
def causes(
    session: Session,
    since: str | None,
    until: str | None,
    level: int,
    cause: str | None,
    limit: int | None,
    **asked: bool,
) -> None:
    """Count complaints by cause, the most frequent first: the Pareto of causes.

    Causes spelled alike after folding are one. Complaints without a cause stand apart and are in no
    share. --recurring counts as health's S3 does: a complaint of the last 180 days whose cause an
    earlier one of the account had.
    """
    if (cause is not None) + sum(asked.values()) > 1:
        raise click.UsageError(_("Give one of --cause, --unstated, --spellings, --recurring."))
    with session.reading() as book:
        first, last = period(book, since, until)
        queries = book.queries().causes
        if asked["recurring"]:
            returned = queries.recurrence(limit)
            session.show([_recurring(row) for row in returned], lambda: _recurring_lines(returned))
            return
        found = queries.pareto(first, last, level)
        if cause is not None or asked["unstated"]:
            spelled = found.unstated_spellings if cause is None else _spellings(found, cause)
            rows = queries.complaints(spelled, first, last)[:limit]
            session.show([_complaint(row) for row in rows], lambda: _complaint_lines(rows))
            return
    if asked["spellings"]:
        from planner.causes import likely_one

        pairs = likely_one(found.lines)[:limit]
        session.show([pair._asdict() for pair in pairs], lambda: _pair_lines(pairs))
        return
    session.show(_document(found, first, last, limit), lambda: _lines(found, first, last, limit))


def _spellings(found: Pareto, cause: str) -> tuple[tuple[str | None, str | None], ...]:
    """The spellings of the lines that a text names. Raises ``NotFound``."""
    from planner.causes import cause_key
    from planner.errors import NotFound
    from planner.spelling import did_you_mean

    key = cause_key(cause)
    lines = [line for line in found.lines if key and cause_key(line.cause) == key]
    if not lines:
        near = did_you_mean(cause, (line.cause for line in found.lines))
        raise NotFound(_("No complaint here has the cause {cause}.").format(cause=cause) + near)
    return tuple(spelling for line in lines for spelling in line.spellings)


def _document(found: Pareto, first: date, last: date, limit: int | None) -> dict[str, Any]:
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "stated": found.stated,
        "unstated": found.unstated,
        "causes": [
            {
                "cause": line.cause, "detail": line.detail, "complaints": line.complaints,
                "share": f"{line.share:.6f}", "cumulative": f"{line.cumulative:.6f}",
                "vital": line.vital,
            }
            for line in found.lines[:limit]
        ],
    }  # fmt: skip


def _lines(found: Pareto, first: date, last: date, limit: int | None) -> Iterator[str]:
    from planner.cause_words import bar, share_words

    rows = [
        (line.cause, line.detail, str(line.complaints), share_words(line.share),
         share_words(line.cumulative), bar(line.share, found.lines[0].share, 20),
         _("first 80 %") if line.vital else "")
        for line in found.lines[:limit]
    ]  # fmt: skip
    columns = (
        Column(_("Cause"), cut=True), Column(_("Detail"), cut=True),
        Column(_("Complaints"), right=True), Column(_("Share"), right=True),
        Column(_("Together"), right=True), Column(""), Column(""),
    )  # fmt: skip
    empty = _("No complaint of this period names a cause.")
    yield from table(columns, rows, empty=empty, width=screen_width())
    yield ""
    yield _("{first} to {last}: {stated} complaints with a cause, {unstated} without.").format(
        first=first, last=last, stated=found.stated, unstated=found.unstated
    )


def _complaint(row: CauseComplaint) -> dict[str, Any]:
    return {**row._asdict(), "id": identity(row.id), "account_id": identity(row.account_id)}


def _complaint_lines(rows: Sequence[CauseComplaint]) -> list[str]:
    columns = (
        Column(_("Number")), Column(_("Account"), cut=True), Column(_("Complaint"), cut=True),
        Column(_("Cause"), cut=True), Column(_("Detail"), cut=True), Column(_("Opened")),
        Column(_("Solved")),
    )  # fmt: skip
    cells = [
        (row.number, row.account, row.title, row.root_cause, row.cause_detail, row.opened_on,
         row.resolved_on)
        for row in rows
    ]  # fmt: skip
    return table(columns, cells, empty=_("No complaints are listed."), width=screen_width())


def _recurring(row: RecurrenceRow) -> dict[str, Any]:
    return {
        **row._asdict(), "account_id": identity(row.account_id), "numbers": list(row.numbers)
    }  # fmt: skip


def _recurring_lines(rows: Sequence[RecurrenceRow]) -> list[str]:
    columns = (
        Column(_("Account"), cut=True), Column(_("Cause"), cut=True),
        Column(_("Repeats"), right=True), Column(_("Of"), right=True),
        Column(_("Complaints"), cut=True),
    )  # fmt: skip
    cells = [
        (row.account, row.cause, str(row.repeats), str(row.complaints), ", ".join(row.numbers))
        for row in rows
    ]
    empty = _("No cause came back in 180 days.")
    return table(columns, cells, empty=empty, width=screen_width())


def _pair_lines(pairs: Sequence[Likeness]) -> list[str]:
    columns = (
        Column(_("Cause"), cut=True), Column(_("Complaints"), right=True),
        Column(_("May be"), cut=True), Column(_("Complaints"), right=True),
        Column(_("Alike"), right=True),
    )  # fmt: skip
    cells = [
        (one.cause, str(one.complaints), one.other, str(one.other_complaints), f"{one.score} %")
        for one in pairs
    ]
    empty = _("No two causes are spelled nearly alike.")
    return table(columns, cells, empty=empty, width=screen_width())


@command()
@period_options
@pass_session
def advocates(session: Session, since: str | None, until: str | None) -> None:
    """List recovered advocates: who complained, was helped, and speaks for us since.

    A solved complaint counts when it was marked (complaint advocate), or when the customer said
    to be satisfied and did something for us within 180 days. The period is that of the solution.
    """
    with session.reading() as book:
        first, last = period(book, since, until)
        rows, solved, satisfied = book.queries().improved.advocates(first, last)
    session.show(
        {
            "from": first.isoformat(),
            "to": last.isoformat(),
            "solved": solved,
            "satisfied": satisfied,
            "advocates": [
                {**row._asdict(), "id": identity(row.id), "account_id": identity(row.account_id)}
                for row in rows
            ],
        },
        lambda: _advocate_lines(rows, solved, satisfied),
    )


def _advocate_lines(rows: Sequence[AdvocateRow], solved: int, satisfied: int) -> Iterator[str]:
    columns = (
        Column(_("Number")), Column(_("Account"), cut=True), Column(_("Complaint"), cut=True),
        Column(_("Who"), cut=True), Column(_("Solved")), Column(_("Marked")),
        Column(_("Did for us"), cut=True),
    )  # fmt: skip
    cells = [
        (row.number, row.account, row.title, row.person, row.resolved_on, row.advocate_on,
         None if row.advocacy is None else f"{row.advocacy_on} {row.advocacy}")
        for row in rows
    ]  # fmt: skip
    empty = _("No customer who complained speaks for us yet.")
    yield from table(columns, cells, empty=empty, width=screen_width())
    yield ""
    yield _("{count} of {solved} solved complaints; {satisfied} said to be satisfied.").format(
        count=len(rows), solved=solved, satisfied=satisfied
    )


@command()
@click.argument("account")
@document_options
@pass_session
def said(session: Session, account: str, form: str | None, to: str | None) -> None:
    """Print "you said, we did" for an account, as the customer may read it.

    It holds complaints and comments of named people who are there now, the remedy that was given
    and the results of improvements that are done; no notes, causes, scores or anonymous answers.
    """
    from planner.documents.said import said_document
    from planner.said import as_document

    with session.reading() as book:
        queries = book.queries()
        told, silent = queries.said.you_said(queries.names.account(account))
    if session.json and to is None:
        session.show(as_document(told), list)
    else:
        give_out(said_document(told), form, to)
    if silent:
        session.note(
            _("{count} closed pieces of feedback are left out: nobody of theirs is named, or there"
              " is no remedy and no result of an improvement.").format(count=silent)
        )  # fmt: skip
