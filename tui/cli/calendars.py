"""``calendars``, ``calendar add|set|archive``: when we work, for the clocks of complaints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.ports import Done
    from planner.views.calendars import CalendarRow
    from tui.composition import Book

OFFICE_HOURS = "mon-fri 09:00-17:00"


@words("calendar")
def calendar() -> None:
    """Keep the calendars that complaint clocks run by; `calendars` lists them.

    `account set ACCOUNT --calendar NAME` gives one to an account, `settings calendar NAME` to all
    accounts without one of their own (none: Monday to Friday 09:00 to 17:00 in the book's zone).
    """


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--hours", metavar="TEXT",
                     help=_("Such as: mon-fri 09:00-17:00; sat 10:00-14:00")),
        click.option("--zone", metavar="ZONE", help=_("Such as Europe/Berlin.")),
        click.option("--country", metavar="CODE",
                     help=_("Whose public holidays are free: DE, US and others.")),
        click.option("--subdivision", metavar="CODE", help=_("A part of it: BY, CA and others.")),
        click.option("--free", "free_days", multiple=True, metavar="DATE",
                     help=_("A free day beside those. May repeat; an empty text empties them.")),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@calendar.command("add")
@click.argument("name")
@_fields
@pass_session
def add(session: Session, name: str, **options: Any) -> None:
    """Add a calendar. Default: Monday to Friday 09:00 to 17:00 in the book's zone."""
    from planner.use_cases.calendars import add_calendar

    with session.writing() as book:
        fields = {"hours": OFFICE_HOURS, "zone": book.settings.zone.key, **_values(book, options)}
        _show(session, book, book.run(add_calendar, name=name, **fields))


@calendar.command("set")
@click.argument("calendar")
@click.option("--name", metavar="TEXT")
@_fields
@pass_session
def set_(session: Session, calendar: str, name: str | None, **options: Any) -> None:
    """Change a calendar; the clocks of open complaints that run by it follow at once."""
    from planner.use_cases.calendars import change_calendar

    with session.writing() as book:
        fields = _values(book, options)
        if name is not None:
            fields["name"] = name
        _show(session, book, book.run(change_calendar, calendar_id(book, calendar), **fields))


@calendar.command("archive")
@click.argument("calendar")
@pass_session
def archive(session: Session, calendar: str) -> None:
    """Take a calendar out of use; refused while an account or the book runs by it."""
    from planner.use_cases.calendars import archive_calendar

    with session.writing() as book:
        _show(session, book, book.run(archive_calendar, calendar_id(book, calendar)))


@command("calendars")
@pass_session
def calendars(session: Session) -> None:
    """List the calendars that the clocks of complaints run by."""
    with session.reading() as book:
        rows = book.queries().calendars.each()
    session.show([_document(row) for row in rows], lambda: _lines(rows))


def calendar_id(book: Book, text: str) -> int:
    """The calendar that a name or an id means. Raises ``NotFound`` or ``Ambiguous``."""
    from planner.text import visible

    rows = book.queries().calendars.each()
    name = visible(text)[:80]
    return naming.one_meant(
        [(row.id, row.name) for row in rows],
        text,
        _("There is no calendar {name}; there are: {names}.").format(
            name=name, names=", ".join(visible(row.name)[:40] for row in rows) or "--"
        ),
        _("Several calendars answer to {name}.").format(name=name),
    )


def _values(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    free = options.pop("free_days")
    fields = naming.given(**options)
    if free:
        days = (naming.coming_day(book, text) for text in free if text.strip())
        fields["free_days"] = tuple(sorted(str(day) for day in days))
    for name in ("hours", "zone"):
        if name in fields and fields[name] is None:
            fields[name] = ""
    return fields


def _document(row: CalendarRow) -> dict[str, Any]:
    return {**row._asdict(), "id": identity(row.id), "free_days": list(row.free_days)}


def _lines(rows: Sequence[CalendarRow]) -> list[str]:
    columns = [
        Column(_("Calendar"), cut=True), Column(_("Hours"), cut=True), Column(_("Zone"), cut=True),
        Column(_("Holidays")), Column(_("Free"), right=True), Column(_("Accounts"), right=True),
        Column(_("Book")),
    ]  # fmt: skip
    cells = [
        (row.name, row.hours, row.zone, holidays_words(row), str(len(row.free_days)),
         str(row.accounts), _("book") if row.is_book else None)
        for row in rows
    ]  # fmt: skip
    empty = _("No calendar. Clocks run Monday to Friday 09:00 to 17:00 in the book's zone.")
    return table(columns, cells, empty=empty, width=screen_width())


def holidays_words(row: CalendarRow) -> str | None:
    """Whose public holidays are free, as DE or DE-BY; None for nobody's."""
    return f"{row.country}-{row.subdivision}" if row.subdivision else row.country


def _show(session: Session, book: Book, done: Done) -> None:
    session.show_record(book, done.result, done)
