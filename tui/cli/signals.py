"""``log signal``, ``signals`` and ``signal set|close|reopen``: what was heard without a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import FEEDBACK_OUTCOMES, FUNCTIONS, SIGNAL_KINDS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.listing import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from planner.ports import Done
    from planner.views.heard import SignalRow
    from tui.composition import Book


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--kind", metavar=naming.listed(SIGNAL_KINDS), help=_("Default: mention.")),
        click.option("--from", "heard_from", metavar="SOURCE", help=_("Where, or from whom.")),
        click.option("--link", metavar="ADDRESS"),
        click.option("--sentiment", metavar="-2..2"),
        click.option("--with", "person", metavar="PERSON", help=_("Whom of theirs it is about.")),
        click.option("--function", metavar=naming.listed(FUNCTIONS), help=_("Default: yours.")),
        click.option("--at", metavar="WHEN", help=_("When it was heard. Default: now.")),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@command("signal")
@click.argument("account")
@click.option("--signal", "said", required=True, metavar="TEXT", help=_("What was heard."))
@_fields
@pass_session
def log_signal(session: Session, account: str, said: str, at: str | None, **options: Any) -> None:
    """Log a mention, a rumour, a post: what was heard about an account without a talk."""
    from planner.use_cases.signals import log_signal as use_case

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        done = book.run(
            use_case,
            account_id,
            signal=said,
            when=naming.moment(book, at),
            **{k: v for k, v in _values(book, account_id, options).items() if v is not None},
        )
        _show(session, book, done)


def _values(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    person = options.pop("person")
    for name in ("kind", "function"):
        options[name] = naming.choice(options[name])
    fields = naming.given(**options)
    if person is not None:
        fields["person_id"] = naming.somebody(book, person, account_id)
    return fields


@words()
def signal() -> None:
    """Change, close or reopen a signal; `log signal` makes one."""


@signal.command("set")
@click.argument("signal_id", metavar="ID")
@click.option("--signal", "said", metavar="TEXT", help=_("What was heard."))
@_fields
@pass_session
def set_(
    session: Session, signal_id: str, said: str | None, at: str | None, **options: Any
) -> None:
    """Change what a signal says; an empty text empties a field."""
    from planner.use_cases.signals import change_signal

    with session.writing() as book:
        record = book.queries().record("signal", row_id(signal_id))
        fields = _values(book, record.account_id, options)
        if said is not None:
            fields["signal"] = said
        when = None if at is None else naming.moment(book, at)
        _show(session, book, book.run(change_signal, record.id, when=when, **fields))


@signal.command("close")
@click.argument("signal_id", metavar="ID")
@click.option("--outcome", metavar=naming.listed(FEEDBACK_OUTCOMES), help=_("Default: acted_on."))
@click.option("--note", metavar="TEXT", help=_("What was done, or why it was declined."))
@click.option("--on", metavar="DATE", help=_("Default: today."))
@pass_session
def close(
    session: Session, signal_id: str, outcome: str | None, note: str | None, on: str | None
) -> None:
    """Close a signal: it was acted on, or declined with the reason."""
    from planner.use_cases.signals import close_signal

    with session.writing() as book:
        done = book.run(
            close_signal,
            row_id(signal_id),
            naming.choice(outcome) or "acted_on",
            note,
            naming.past_day(book, on) or None,
        )
        _show(session, book, done)


@signal.command("reopen")
@click.argument("signal_id", metavar="ID")
@pass_session
def reopen(session: Session, signal_id: str) -> None:
    """Open a closed signal again."""
    from planner.use_cases.signals import reopen_signal

    with session.writing() as book:
        _show(session, book, book.run(reopen_signal, row_id(signal_id)))


def row_id(text: str) -> int:
    """An id as it is written. Raises ``click.UsageError`` for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise click.UsageError(_("{text} is no id.").format(text=repr(text[:40])))
    return int(text)


def _show(session: Session, book: Book, done: Done) -> None:
    naming.show_named(session, book, done, "person", "colleague", owners=())


@command()
@click.option("--account", metavar="NAME", help=_("Those about one account."))
@click.option("--open", "open_only", is_flag=True, help=_("Those that nobody closed."))
@click.option("--kind", metavar=naming.listed(SIGNAL_KINDS))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N rows."))  # fmt: skip
@pass_session
def signals(
    session: Session, account: str | None, open_only: bool, kind: str | None, limit: int | None
) -> None:
    """List signals, the newest first: what was heard, where, and what came of it."""
    with session.reading() as book:
        queries, zone = book.queries(), book.settings.zone
        rows = queries.heard.signals(
            account_id=None if account is None else queries.names.account(account),
            kind=_kind(kind),
            open_only=open_only,
            limit=limit,
        )
    session.show([_document(row, zone) for row in rows], lambda: _lines(rows))


def _kind(text: str | None) -> str | None:
    kind = naming.choice(text)
    if kind is not None and kind not in SIGNAL_KINDS:
        from planner.errors import Refused

        choices = ", ".join(SIGNAL_KINDS)
        raise Refused(_("kind: it is none of {choices}").format(choices=choices))
    return kind


def _document(row: SignalRow, zone: ZoneInfo) -> dict[str, Any]:
    from tui.cli.output import identity, local_moment

    return {
        **row._asdict(),
        "id": identity(row.id),
        "account_id": identity(row.account_id),
        "heard_at": local_moment(row.heard_at, zone),
    }


def _lines(rows: Sequence[SignalRow]) -> list[str]:
    from planner.vocabulary_words import value_words
    from tui.cli.output import Column, screen_width, table

    columns = (
        Column(_("Heard")), Column(_("Account"), cut=True), Column(_("Kind")),
        Column(_("Mood"), right=True), Column(_("From"), cut=True), Column(_("Signal"), cut=True),
        Column(_("Outcome")), Column(_("Id")),
    )  # fmt: skip
    return table(
        columns,
        [
            (row.heard_on, row.account, value_words(row.kind),
             None if row.sentiment is None else f"{row.sentiment:+d}", row.heard_from, row.signal,
             value_words(row.outcome or "open"), str(row.id))
            for row in rows
        ],
        empty=_("No signals are listed."),
        width=screen_width(),
    )  # fmt: skip
