"""``import KIND FILE``: a file's rows into the book, in one step that `undo` takes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session, say
from tui.cli.importing_surveys import KIND as SURVEYS
from tui.cli.importing_surveys import (
    read_survey_file,
    refuse_elsewhere,
    survey_lines,
    survey_options,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from planner.importing.accounts import AccountFile
    from planner.importing.options import ImportOptions
    from planner.importing.purchases import PurchaseFile
    from planner.importing.surveys import SurveyFile
    from planner.use_cases.import_accounts import ImportReport
    from tui.composition import Book, Launch

Read: TypeAlias = "AccountFile | PurchaseFile | SurveyFile"
Job: TypeAlias = "tuple[Callable[..., ImportReport], tuple[Any, ...], dict[str, Any]]"
KINDS = ("accounts", "purchases", SURVEYS, "calendar")
PROGRESS_AFTER_S = 0.5
MOST_PROBLEMS_SHOWN = 50
MOST_BYTES = 1_000_000_000


@command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file")
@click.option("--map", "maps", multiple=True, metavar="COLUMN=FIELD", help=_("May repeat."))
@click.option("--key", metavar="FIELD", help=_("What finds a row again: external_id or name."))
@click.option("--dates", metavar="dmy|mdy|iso", help=_("The order of day and month."))
@click.option("--encoding", metavar="NAME")
@click.option("--delimiter", metavar="SIGN")
@click.option("--dry-run", is_flag=True, help=_("Say what would happen and write nothing."))
@click.option("--no-create", is_flag=True, help=_("Change what is known only."))
@survey_options
@click.option("--account", metavar="ACCOUNT", help=_("Of a calendar: whose meetings it holds."))
@pass_session
def import_(session: Session, kind: str, file: str, account: str | None, **options: Any) -> int:
    """Import a file of accounts, purchases or survey answers, or a calendar (.ics) of meetings.

    Columns that nobody mapped are kept with each row. Purchases add accounts that are not known,
    unless --no-create. A meeting belongs to the account of the people invited; where that is not
    sure it is skipped and said, unless --account names it. Answers may name an account,
    a person, or nobody; those that the book has are skipped.

    Exit code 1 when a row failed; the others are written all the same.
    """
    path = Path(file)
    data = bytes_of(path)
    refuse_elsewhere(kind, options)
    if kind == "calendar":
        from tui.cli.importing_calendar import import_calendar_file

        return import_calendar_file(session, path, data, account, options)
    if account is not None:
        raise click.UsageError(_("--account is for a calendar."))
    read, job = _reading(session, kind, data, options)
    report, batch = _write(session, job, path, options)
    document = {
        "kind": kind,
        "file": file,
        **{name: getattr(report, name) for name in COUNTS},
        "accounts_created": report.created if kind == "accounts" else report.accounts_created,
        "dry_run": options["dry_run"],
        "batch": batch,
        "ignored_columns": list(read.ignored_columns),
        "problems": problem_documents(report),
    }
    session.show(document, lambda: _lines(read, report, document))
    return 1 if report.failed else 0


def _reading(session: Session, kind: str, data: bytes, given: dict[str, Any]) -> tuple[Read, Job]:
    """The read file, and the use case that writes it with what it takes."""
    options = _options(_currency(session), given)
    if kind == SURVEYS:
        from planner.use_cases.import_surveys import import_surveys

        answers = read_survey_file(session, data, options, given)
        return answers, (import_surveys, (answers,), {})
    if kind == "purchases":
        from planner.importing.purchases import read_purchases
        from planner.use_cases.import_purchases import import_purchases

        read = read_purchases(data, options, _today(session))
        return read, (import_purchases, (read,), {})
    from planner.importing.accounts import read_accounts
    from planner.use_cases.import_accounts import import_accounts

    found = read_accounts(data, options)
    return found, (import_accounts, (found,), {"key": options.key})


def _today(session: Session) -> date:
    """The book's day; that of the machine while there is no book."""
    if not session.launch.exists():
        return session.launch.clock.now().date()
    with session.reading() as book:
        return book.today


def problem_documents(report: ImportReport) -> list[dict[str, Any]]:
    """What an import found, as JSON."""
    return [
        {
            "line": one.line,
            "column": one.column,
            "value": one.value,
            "problem": one.problem,
            "kept": one.kept,
        }
        for one in report.problems
    ]


COUNTS = ("rows", "created", "updated", "unchanged", "skipped", "failed")


def bytes_of(path: Path) -> bytes:
    """The file's bytes. Raises ``Refused`` with a sentence."""
    from planner.errors import Refused
    from planner.text import visible

    shown = visible(str(path))
    try:
        if path.is_dir():
            raise Refused(_("{path} is a folder; name a file.").format(path=shown))
        if path.stat().st_size > MOST_BYTES:
            raise Refused(_("{path} is larger than a gigabyte.").format(path=shown))
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(_("There is no file {path}.").format(path=shown)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Refused(_("{path} cannot be read: {why}.").format(path=shown, why=why)) from error


def _currency(session: Session) -> str:
    """The book's currency; that of a new book while there is none."""
    from tui.composition import NEW_BOOK_CURRENCY

    if not session.launch.exists():
        return NEW_BOOK_CURRENCY
    with session.reading() as book:
        return book.settings.currency


def _options(currency: str, options: dict[str, Any]) -> ImportOptions:
    from planner.importing.options import ImportOptions

    return ImportOptions(
        currency,
        maps=tuple(options["maps"]),
        key=options["key"],
        dates=options["dates"],
        encoding=options["encoding"],
        delimiter=options["delimiter"],
    )


def _write(
    session: Session, job: Job, path: Path, options: dict[str, Any]
) -> tuple[ImportReport, str | None]:
    """Write the rows; the report and the id of the change, None when nothing was written."""
    if session.launch.exists() or not options["dry_run"]:
        with session.writing() as book:
            return _run(book, job, path, options)
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="trustplan-") as folder:
        passing = _elsewhere(session.launch, Path(folder) / "book.db")
        book = passing.open(for_writing=True, make=True)
        try:
            return _run(book, job, path, options)
        finally:
            book.close()


def _elsewhere(launch: Launch, path: Path) -> Launch:
    """The same start on a book at another path."""
    from dataclasses import replace

    from tui.composition import Address

    return replace(launch, address=Address("sqlite", path))


def _run(
    book: Book, job: Job, path: Path, options: dict[str, Any]
) -> tuple[ImportReport, str | None]:
    from planner.text import visible
    from planner.use_cases.import_accounts import DryRun

    use_case, given, more = job
    try:
        done = book.run(
            use_case,
            *given,
            title=visible(path.name),
            create=not options["no_create"],
            dry_run=options["dry_run"],
            progress=_progress(),
            **more,
        )
    except DryRun as dry:
        return dry.report, None
    return done.result, None if done.change_id is None else str(done.change_id)


def _progress() -> Callable[[int, int], None]:
    """Says how far it is, on standard error and at most twice a second."""
    import time

    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PROGRESS_AFTER_S:
            last = now
            say(_("{done} of {total} rows").format(done=done, total=total))

    return tell


def _lines(read: Read, report: ImportReport, document: dict[str, Any]) -> Iterator[str]:
    from planner.text import visible

    if document["dry_run"]:
        yield _("Nothing was written; this is what would happen.")
    elif document["batch"] is None:
        yield _("Nothing was there to change.")
    else:
        yield _("Imported; `trustplan undo` takes it back.")
    yield from count_lines(document)
    yield _("Read as {encoding} ({why}), cells separated by {sign} ({how}).").format(
        encoding=read.encoding,
        why=read.encoding_decided,
        sign={"\t": _("tab")}.get(read.delimiter, read.delimiter),
        how=read.delimiter_decided,
    )
    for one in read.mapping:
        yield visible(f"  {one.column} = {one.field}")
    for column, order in read.date_orders.items():
        yield _("Dates in {column} are {order}.").format(column=visible(column), order=order)
    for column, mark in read.decimal_marks.items():
        yield _("The decimal mark in {column} is {mark}").format(column=visible(column), mark=mark)
    if document["kind"] == SURVEYS:
        yield from survey_lines(cast("SurveyFile", read))
    elif read.ignored_columns:
        names = ", ".join(visible(column) for column in read.ignored_columns)
        yield _("Columns that fill no field, kept with each row: {names}").format(names=names)
    yield from problem_lines(report)


def count_lines(document: dict[str, Any]) -> Iterator[str]:
    """The counts of an import, one a line."""
    width = max(len(name) for name in COUNTS)
    for name in COUNTS:
        yield f"  {name:<{width}}  {document[name]}"


def problem_lines(report: ImportReport) -> Iterator[str]:
    """What an import found, by line."""
    from planner.text import visible

    for one in report.problems[:MOST_PROBLEMS_SHOWN]:
        left = "" if one.kept else " " + _("(the row was left out)")
        where = f"{one.column}: " if one.column else ""
        yield visible(
            _("line {line}: {where}{problem}").format(
                line=one.line, where=where, problem=one.problem
            )
            + left
        )
    more = len(report.problems) - MOST_PROBLEMS_SHOWN
    if more > 0:
        yield _("and {count} more; --json lists them all").format(count=more)
