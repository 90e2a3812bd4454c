"""``improvements``, ``improvement add|set|done|drop|reopen|from`` and the inbox ``feedback``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import FEEDBACK_KINDS, FEEDBACK_OUTCOMES
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.listing import bounded
from tui.cli.output import Column, identity, screen_width, table
from tui.cli.signals import row_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.ports import Done
    from planner.views.causes import FeedbackRow, ImprovementRow
    from tui.composition import Book

SOURCE = "KIND:ID"
"""How feedback is named: complaint:C-118, signal:ID, survey:ID."""


def feedback_of(book: Book, text: str) -> tuple[str, int]:
    """A kind and an id from ``complaint:C-118`` or ``survey:12``. Raises ``click.UsageError``."""
    kind, colon, name = text.strip().partition(":")
    word = naming.choice(kind)
    if not colon or word not in FEEDBACK_KINDS:
        choices = naming.listed(FEEDBACK_KINDS)
        raise click.UsageError(
            _("{text} names no feedback; write {choices}, a colon and its number or id.").format(
                text=repr(text[:40]), choices=choices
            )
        )
    if word == "complaint":
        return word, book.queries().names.complaint(name)
    return word, row_id(name.strip())


@command()
@click.option("--open", "open_only", is_flag=True, help=_("Those that are being worked on."))
@click.option("--mine", is_flag=True, help=_("Those that I own."))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N rows."))  # fmt: skip
@pass_session
def improvements(session: Session, open_only: bool, mine: bool, limit: int | None) -> None:
    """List improvements: open ones by their day, then what is done, with where they come from."""
    with session.reading() as book:
        owner = (book.actor.colleague_id or 0) if mine else None
        rows = book.queries().improved.improvements(
            open_only=open_only, owner_id=owner, limit=limit
        )
        today = book.today.isoformat()
    session.show([_document(row) for row in rows], lambda: _lines(rows, today))


def _document(row: ImprovementRow) -> dict[str, Any]:
    return {**row._asdict(), "id": identity(row.id), "owner_id": identity(row.owner_id)}


def _lines(rows: Sequence[ImprovementRow], today: str) -> list[str]:
    from planner.vocabulary_words import value_words

    columns = (
        Column(_("Improvement"), cut=True), Column(_("Owner"), cut=True), Column(_("Due")),
        Column(_("Status")), Column(_("From"), right=True), Column(_("Result"), cut=True),
        Column(_("Id")),
    )  # fmt: skip
    cells = [
        (row.improvement, row.owner, row.due_on,
         _("overdue") if row.status == "open" and (row.due_on or "9") < today
         else value_words(row.status),
         str(row.sources), row.result, str(row.id))
        for row in rows
    ]  # fmt: skip
    return table(columns, cells, empty=_("No improvements are listed."), width=screen_width())


@words()
def improvement() -> None:
    """Keep what is changed because customers complained or said so."""


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--due", metavar="DATE"),
        click.option("--owner", metavar="NAME", help=_("Default of a new one: you.")),
        click.option("--cause-detail", metavar="TEXT"),
        click.option("--root-cause", metavar="TEXT"),
    ):
        function = option(function)
    return function


def _values(book: Book, due: str | None, fields: dict[str, Any]) -> dict[str, Any]:
    return naming.given(**fields, due_on=naming.coming_day(book, due))


@improvement.command("add")
@click.argument("text", metavar="IMPROVEMENT")
@click.option("--from", "sources", multiple=True, metavar=SOURCE,
              help=_("What it comes from, such as complaint:C-118; may be repeated."))  # fmt: skip
@_fields
@pass_session
def add(
    session: Session,
    text: str,
    sources: tuple[str, ...],
    due: str | None,
    owner: str | None,
    **fields: Any,
) -> None:
    """Keep an improvement, with the feedback that it comes from."""
    from planner.use_cases.improvements import add_improvement

    with session.writing() as book:
        done = naming.run_by_name(
            session, book, add_improvement, improvement=text,
            sources=[feedback_of(book, one) for one in sources],
            colleagues={"owner_id": owner}, **_values(book, due, fields),
        )  # fmt: skip
        _show(session, book, done)


@improvement.command("set")
@click.argument("improvement_id", metavar="ID")
@click.option("--improvement", metavar="TEXT")
@click.option("--result", metavar="TEXT", help=_("What customers may read of it."))
@_fields
@pass_session
def set_(
    session: Session, improvement_id: str, due: str | None, owner: str | None, **fields: Any
) -> None:
    """Change what an improvement says; an empty text empties a field."""
    from planner.use_cases.improvements import change_improvement

    with session.writing() as book:
        done = naming.run_by_name(
            session, book, change_improvement, row_id(improvement_id),
            colleagues={"owner_id": owner}, **_values(book, due, fields),
        )  # fmt: skip
        _show(session, book, done)


@improvement.command("done")
@click.argument("improvement_id", metavar="ID")
@click.option("--result", metavar="TEXT", help=_("What came of it; customers may read it."))
@click.option("--on", metavar="DATE", help=_("Default: today."))
@pass_session
def done_(session: Session, improvement_id: str, result: str | None, on: str | None) -> None:
    """Say that an improvement is done."""
    from planner.use_cases.improvements import finish_improvement

    with session.writing() as book:
        day = naming.past_day(book, on) or None
        _show(session, book, book.run(finish_improvement, row_id(improvement_id), result, day))


@improvement.command("drop")
@click.argument("improvement_id", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help=_("It stays among us."))
@pass_session
def drop(session: Session, improvement_id: str, reason: str) -> None:
    """Give an improvement up, with the reason."""
    from planner.use_cases.improvements import drop_improvement

    with session.writing() as book:
        _show(session, book, book.run(drop_improvement, row_id(improvement_id), reason))


@improvement.command("reopen")
@click.argument("improvement_id", metavar="ID")
@pass_session
def reopen(session: Session, improvement_id: str) -> None:
    """Work on an improvement again."""
    from planner.use_cases.improvements import reopen_improvement

    with session.writing() as book:
        _show(session, book, book.run(reopen_improvement, row_id(improvement_id)))


@improvement.command("from")
@click.argument("improvement_id", metavar="ID")
@click.argument("source", metavar=SOURCE, required=False)
@click.option("--not", "untie", is_flag=True, help=_("It does not come from this."))
@pass_session
def from_(session: Session, improvement_id: str, source: str | None, untie: bool) -> None:
    """Say that an improvement comes from a piece of feedback too; without one list them."""
    from planner.use_cases.improvements import tie_feedback, untie_feedback

    chosen = row_id(improvement_id)
    if source is None:
        with session.reading() as book:
            book.queries().record("improvement", chosen)
            rows = book.queries().improved.sources(chosen)
        session.show([feedback_document(row) for row in rows], lambda: feedback_lines(rows))
        return
    with session.writing() as book:
        kind, feedback_id = feedback_of(book, source)
        use_case = untie_feedback if untie else tie_feedback
        done = book.run(use_case, chosen, kind, feedback_id)
        naming.show_named(session, book, done, owners=())


def _show(session: Session, book: Book, done: Done) -> None:
    record = done.result
    session.show_record(
        book, record, done, owner=naming.colleague_name(book, record.owner_id) or ""
    )


# The inbox


@words("feedback", invoke_without_command=True)
@click.option("--open", "open_only", is_flag=True, help=_("What nobody acted on or declined."))
@click.option("--account", metavar="NAME", help=_("Of one account."))
@click.option("--mine", is_flag=True, help=_("Only of accounts that I own."))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N rows."))  # fmt: skip
@click.pass_context
@pass_session
def feedback(
    session: Session,
    context: click.Context,
    open_only: bool,
    account: str | None,
    mine: bool,
    limit: int | None,
) -> None:
    """List complaints, signals and comments of surveys, the newest first: acted on, declined, open.

    A complaint counts as acted on when it is solved, as declined when it was withdrawn.
    """
    if context.invoked_subcommand is not None:
        return
    with session.reading() as book:
        queries = book.queries()
        rows = queries.improved.inbox(
            open_only=open_only,
            owner_id=(book.actor.colleague_id or 0) if mine else None,
            account_id=None if account is None else queries.names.account(account),
            limit=limit,
        )
    session.show([feedback_document(row) for row in rows], lambda: feedback_lines(rows))


@feedback.command("close")
@click.argument("source", metavar=SOURCE)
@click.option("--outcome", metavar=naming.listed(FEEDBACK_OUTCOMES), help=_("Default: acted_on."))
@click.option("--note", metavar="TEXT", help=_("What was done, or why it was declined."))
@click.option("--on", metavar="DATE", help=_("Default: today."))
@click.option("--improvement", metavar="ID", help=_("The improvement that came of it."))
@pass_session
def close(
    session: Session,
    source: str,
    outcome: str | None,
    note: str | None,
    on: str | None,
    improvement: str | None,
) -> None:
    """Close a signal or an answer: acted on, or declined with the reason."""
    from planner.use_cases.feedback import close_feedback

    with session.writing() as book:
        kind, feedback_id = feedback_of(book, source)
        done = book.run(
            close_feedback,
            kind,
            feedback_id,
            naming.choice(outcome) or "acted_on",
            note,
            naming.past_day(book, on) or None,
            None if improvement is None else row_id(improvement),
        )
        _show_closed(session, book, done)


@feedback.command("reopen")
@click.argument("source", metavar=SOURCE)
@pass_session
def reopen_closed(session: Session, source: str) -> None:
    """Open a closed signal or answer again."""
    from planner.use_cases.feedback import reopen_feedback

    with session.writing() as book:
        _show_closed(session, book, book.run(reopen_feedback, *feedback_of(book, source)))


def _show_closed(session: Session, book: Book, done: Done) -> None:
    if done.result.account_id is None:
        session.show_record(book, done.result, done)
    else:
        naming.show_named(session, book, done, "person", owners=())


def feedback_document(row: FeedbackRow) -> dict[str, Any]:
    """A piece of feedback as JSON."""
    ids = {name: identity(getattr(row, name)) for name in ("id", "account_id", "improvement_id")}
    return {**row._asdict(), **ids}


def feedback_lines(rows: Sequence[FeedbackRow]) -> list[str]:
    """Feedback as a table."""
    from planner.vocabulary_words import value_words

    columns = (
        Column(_("On")), Column(_("Account"), cut=True), Column(_("Who"), cut=True),
        Column(_("Words"), cut=True), Column(_("State")), Column(_("Note"), cut=True),
        Column(_("Improvement"), cut=True), Column(_("Feedback")),
    )  # fmt: skip
    cells = [
        (row.on_date, row.account or _("the book"), row.person or _("nobody named"),
         row.words, value_words(row.state), row.note, row.improvement,
         f"{row.kind}:{row.number or row.id}")
        for row in rows
    ]  # fmt: skip
    return table(columns, cells, empty=_("No feedback is listed."), width=screen_width())
