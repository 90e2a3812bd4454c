"""``plan line|lines|change-line|archive-line|told``: the lines of a plan's sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.plan_fields import fields_of, line_sections
from planner.vocabulary import CHANNELS, FUNCTIONS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.ports import Done
    from planner.views.plan import EntryRow
    from tui.composition import Book

SHOWN_TEXT = 60
KINDS = "; ".join(
    f"{section}: {', '.join(one.name for one in fields_of(section))}" for section in line_sections()
)
"""Sections with their fields, for the help."""


def _line_fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--customer/--assumed", default=None,
                     help=_("They said it, or we assume it. Default: we assume it.")),
        click.option("--with", "person", metavar="PERSON",
                     help=_("Who said it, bought, was told, or gets it.")),
        click.option("--on", "on_date", metavar="DATE", help=_("The day, or the first one.")),
        click.option("--to", "to_date", metavar="DATE", help=_("The last day of a quiet time.")),
        click.option("--driver", metavar="TEXT", help=_("The value driver: time, cost, any.")),
        click.option("--told", "told_on", metavar="DATE", help=_("When they were told it.")),
        click.option("--function", metavar=naming.listed(FUNCTIONS), help=_("Who sends it.")),
        click.option("--sender", metavar="NAME", help=_("The colleague who sends it.")),
        click.option("--channel", metavar=naming.listed(CHANNELS)),
        click.option("--topic", metavar="TEXT"),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@command("line", epilog=KINDS)
@click.argument("account")
@click.argument("section")
@click.argument("field")
@click.argument("text", required=False, default="")
@_line_fields
@pass_session
def line(
    session: Session, account: str, section: str, field: str, text: str, **options: Any
) -> None:
    """Add a line to a section of the plan: a pain, a strength, a QBR date, a quiet time."""
    from planner.use_cases.plan_lines import add_line

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        sender, values = _values(book, account_id, field, options)
        done = naming.run_by_name(
            session,
            book,
            add_line,
            account_id,
            naming.choice(section) or "",
            naming.choice(field) or "",
            text,
            colleagues=sender,
            **{name: value for name, value in values.items() if value is not None},
        )
        _show(session, book, done)


@command("change-line")
@click.argument("account")
@click.argument("which", metavar="LINE")
@click.option("--text", metavar="TEXT", help=_("The new words."))
@_line_fields
@pass_session
def change_line(
    session: Session, account: str, which: str, text: str | None, **options: Any
) -> None:
    """Change a line, named by its id or by words of it; an empty text empties a field."""
    from planner.use_cases.plan_lines import change_line as change

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        found = _named(book, account_id, which)
        sender, values = _values(book, account_id, found.field, options)
        if text is not None:
            values["entry"] = text
        if not (values or sender):
            raise click.UsageError(_("Nothing to change; see trustplan plan change-line --help."))
        done = naming.run_by_name(session, book, change, found.id, colleagues=sender, **values)
        _show(session, book, done)


@command("archive-line")
@click.argument("account")
@click.argument("which", metavar="LINE")
@pass_session
def archive_line(session: Session, account: str, which: str) -> None:
    """Take a line out of its section; nothing is deleted."""
    from planner.use_cases.plan_lines import archive_line as archive

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        _show(session, book, book.run(archive, _named(book, account_id, which).id))


@command("told")
@click.argument("account")
@click.argument("which", metavar="LINE")
@click.option("--with", "person", metavar="PERSON", help=_("Who was told."))
@click.option("--on", metavar="DATE", help=_("When. Default: today."))
@pass_session
def told(session: Session, account: str, which: str, person: str | None, on: str | None) -> None:
    """Say that the customer was told what a line says: what is different, what they would lose."""
    from planner.use_cases.plan_lines import tell_line

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        found = _named(book, account_id, which)
        person_id = None if person is None else naming.person(book, person, account_id)
        done = book.run(tell_line, found.id, person_id, naming.past_day(book, on) or None)
        _show(session, book, done)


@command("lines")
@click.argument("account")
@click.argument("section", required=False)
@pass_session
def lines(session: Session, account: str, section: str | None) -> None:
    """List the lines of a plan, of one section or of all, with their ids."""
    from planner.use_cases.editing import refuse
    from tui.cli.plan_interviews import answer_document

    wanted = naming.choice(section)
    if wanted is not None and wanted not in line_sections():
        choices = ", ".join(line_sections())
        raise refuse("section", _("it is none of {choices}").format(choices=choices), wanted)
    with session.reading() as book:
        queries = book.queries()
        rows = queries.lines.of_account(queries.names.account(account), wanted)
    session.show([answer_document(one) for one in rows], lambda: _table(rows))


def _table(rows: Sequence[EntryRow]) -> list[str]:
    from planner.vocabulary_words import value_words
    from tui.cli.output import Column, screen_width, table

    columns = (
        Column(_("Id")), Column(_("Section")), Column(_("Field")), Column(_("Text"), cut=True),
        Column(_("Source")), Column(_("Person"), cut=True), Column(_("Driver"), cut=True),
        Column(_("Day")), Column(_("Told")),
    )  # fmt: skip
    cells = [
        (one.id, one.section, one.field, one.entry, value_words(one.source), one.person, one.driver,
         one.on_date if one.to_date is None else f"{one.on_date} – {one.to_date}", one.told_on)
        for one in rows
    ]  # fmt: skip
    return table(columns, cells, empty=_("no lines yet"), width=screen_width())


def _values(
    book: Book, account_id: int, field: str, options: dict[str, Any]
) -> tuple[dict[str, str | None], dict[str, Any]]:
    """(the sender by name, the other values) of the options; an empty text is None."""
    reads = naming.coming_day if field in ("qbr", "quiet") else naming.past_day
    said = options["customer"]
    person = options["person"]
    values = naming.given(
        function=naming.choice(options["function"]),
        channel=naming.choice(options["channel"]),
        topic=options["topic"],
        driver=options["driver"],
        on_date=reads(book, options["on_date"]),
        to_date=reads(book, options["to_date"]),
        told_on=naming.past_day(book, options["told_on"]),
    )
    if said is not None:
        values["source"] = "customer" if said else "assumed"
    if person is not None:
        named = bool(person.strip())
        values["person_id"] = naming.person(book, person, account_id) if named else None
    sender = options["sender"]
    return ({} if sender is None else {"colleague_id": sender}), values


def _named(book: Book, account_id: int, which: str) -> EntryRow:
    """The line that is meant: by id, else by words. Raises ``NotFound``, ``Ambiguous``."""
    from planner.errors import Ambiguous, NotFound
    from planner.text import fold

    rows = book.queries().lines.of_account(account_id)
    key = fold(which)
    found = (
        [one for one in rows if str(one.id) == which.strip()]
        or [one for one in rows if key and fold(one.entry) == key]
        or [one for one in rows if key and key in fold(one.entry)]
    )
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            _("No line of this plan says {text}; trustplan plan lines lists them.").format(
                text=repr(which[:SHOWN_TEXT])
            )
        )
    raise Ambiguous(
        _("Several lines say {text}; name one by its id.").format(text=repr(which[:SHOWN_TEXT])),
        [f"{one.entry[:SHOWN_TEXT]} (id {one.id})" for one in found],
    )


def _show(session: Session, book: Book, done: Done) -> None:
    naming.show_named(session, book, done, "person", "colleague")
