"""``import calendar FILE``: the meetings of a calendar or an invitation into the book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.calendar_reading import CalendarFile
    from planner.use_cases.import_accounts import ImportReport
    from tui.composition import Book

OF_TABLES = ("maps", "key", "dates", "encoding", "delimiter")
"""Options that mean nothing for a calendar."""


def import_calendar_file(
    session: Session, path: Path, data: bytes, account: str | None, options: dict[str, Any]
) -> int:
    """Read a calendar and write its meetings; returns the exit code."""
    from tui.cli.importing import COUNTS, problem_documents

    for name in OF_TABLES:
        if options[name]:
            word = "map" if name == "maps" else name
            raise click.UsageError(
                _("--{option} means nothing for a calendar.").format(option=word)
            )
    dry_run: bool = options["dry_run"]
    with session.writing(make=False) as book:
        read, report, batch = _write(book, path, data, account, options)
    document = {
        "kind": "calendar",
        "file": str(path),
        **{name: getattr(report, name) for name in COUNTS},
        "accounts_created": 0,
        "dry_run": dry_run,
        "batch": batch,
        "ignored_columns": [],
        "problems": problem_documents(report),
    }
    session.show(document, lambda: _lines(read, report, document))
    return 1 if report.failed else 0


def _write(
    book: Book, path: Path, data: bytes, account: str | None, options: dict[str, Any]
) -> tuple[CalendarFile, ImportReport, str | None]:
    from planner.calendar_reading import read_calendar
    from planner.text import visible
    from planner.use_cases.import_accounts import DryRun
    from planner.use_cases.import_calendar import import_calendar

    account_id = None if account is None else book.queries().names.account(account)
    read = read_calendar(data, today=book.today, zone=book.settings.zone)
    emails = dict.fromkeys(email for event in read.events for email in event.emails)
    known = book.queries().addresses.known(emails)
    try:
        done = book.run(
            import_calendar,
            read,
            known,
            title=visible(path.name),
            account_id=account_id,
            create=not options["no_create"],
            dry_run=options["dry_run"],
        )
    except DryRun as dry:
        return read, dry.report, None
    return read, done.result, None if done.change_id is None else str(done.change_id)


def _lines(read: CalendarFile, report: ImportReport, document: dict[str, Any]) -> Iterator[str]:
    from tui.cli.importing import count_lines, problem_lines

    if document["dry_run"]:
        yield _("Nothing was written; this is what would happen.")
    elif document["batch"] is None:
        yield _("Nothing was there to change.")
    else:
        yield _("Imported; `trustplan undo` takes it back.")
    yield from count_lines(document)
    yield _("Read as {encoding}.").format(encoding=read.encoding)
    yield from problem_lines(report)
