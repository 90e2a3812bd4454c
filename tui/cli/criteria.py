"""``criteria``, ``criterion``: what success looks like by segment, and the status of goals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, pass_session, words
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.views.rules import CriterionRow
    from tui.composition import Book


@words(default="list", invoke_without_command=True)
@click.pass_context
def criteria(context: click.Context) -> None:
    """List success criteria by segment; `apply` gives goals their status by them.

    A goal with a criterion's metric, in an account of its segment, takes its status from the
    criterion when it is measured, when the criterion changes and when the account moves into the
    segment. A status set by hand after that wins.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_)


@criteria.command("list")
@pass_session
def list_(session: Session) -> None:
    """List the criteria, with how many goals they judge on track, at risk and off track."""
    with session.reading() as book:
        rows = book.queries().criteria.each()
    session.show([_document(row) for row in rows], lambda: _table(rows))


def _document(row: CriterionRow) -> dict[str, Any]:
    return {**row._asdict(), "id": identity(row.id)}


def _table(rows: list[CriterionRow]) -> list[str]:
    from planner.goal_status import method_words

    columns = (
        Column(_("Name"), cut=True), Column(_("Segment"), cut=True), Column(_("Metric"), cut=True),
        Column(_("Method"), cut=True), Column(_("On track"), right=True),
        Column(_("At risk"), right=True), Column(_("Off track"), right=True),
    )  # fmt: skip
    cells = [
        (row.name, row.segment or _("every account"), row.metric, method_words(row), row.on_track,
         row.at_risk, row.off_track)
        for row in rows
    ]  # fmt: skip
    empty = _("There is no success criterion yet; trustplan criterion add makes one.")
    return list(table(columns, cells, empty=empty, width=screen_width()))


@criteria.command("apply")
@click.argument("account", required=False)
@click.option(
    "--by-hand",
    is_flag=True,
    help=_("Those too whose status was set by hand although a criterion fits."),
)
@pass_session
def apply(session: Session, account: str | None, by_hand: bool) -> None:
    """Judge the goals of an account, or of all, by the criteria: one change, one undo."""
    from planner.use_cases.success_criteria import apply_criteria

    with session.writing(make=False) as book:
        account_id = None if account is None else book.queries().names.account(account)
        done = book.run(apply_criteria, account_id, by_hand=by_hand)
    session.show({"changed": done.result}, lambda: [done.summary])


@words("criterion")
def criterion() -> None:
    """Say what success looks like for a segment; `criteria` lists it."""


def _fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--segment", metavar="EXPR",
                     help=_("Which accounts, such as tier:1 stage:adopting. Default: every one.")),
        click.option("--metric", metavar="TEXT", help=_("The metric of the goals.")),
        click.option("--unit", metavar="TEXT"),
        click.option("--good", metavar="N", help=_("From where on a goal is on track.")),
        click.option("--poor", metavar="N",
                     help=_("From where on it is off track. Without: whatever is not good.")),
        click.option("--less/--more", "less_is_better", default=None,
                     help=_("Whether less is better. Default: as good and poor say, else more.")),
        click.option("--note", metavar="TEXT"),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@criterion.command("add")
@click.argument("name")
@_fields
@pass_session
def add(session: Session, name: str, **options: Any) -> None:
    """Add a criterion: --metric and --good at least. Goals that it fits are judged at once."""
    from planner.use_cases.success_criteria import add_criterion

    for needed in ("metric", "good"):
        if options[needed] is None:
            raise click.UsageError(_("Say --{option}.").format(option=needed))
    with session.writing() as book:
        fields = naming.filled(**_values(options))
        done = book.run(add_criterion, name=name, **fields)
        session.show_record(book, done.result, done)


@criterion.command("set")
@click.argument("criterion")
@click.option("--name", metavar="TEXT")
@_fields
@pass_session
def set_(session: Session, criterion: str, name: str | None, **options: Any) -> None:
    """Change a criterion, named by its name or id; its goals are judged anew."""
    from planner.use_cases.success_criteria import change_criterion

    with session.writing(make=False) as book:
        fields = naming.given(name=name) | _values(options)
        done = book.run(change_criterion, _meant(book, criterion), **fields)
        session.show_record(book, done.result, done)


@criterion.command("archive")
@click.argument("criterion")
@pass_session
def archive(session: Session, criterion: str) -> None:
    """Take a criterion out; its goals keep their status, or take that of another criterion."""
    from planner.use_cases.success_criteria import archive_criterion

    with session.writing(make=False) as book:
        done = book.run(archive_criterion, _meant(book, criterion))
        session.show_record(book, done.result, done)


def _values(options: dict[str, Any]) -> dict[str, Any]:
    fields = naming.given(
        metric=options["metric"], unit=options["unit"], note=options["note"],
        good=naming.number(options["good"]), poor=naming.number(options["poor"]),
    )  # fmt: skip
    if options["segment"] is not None:
        fields["segment"] = options["segment"]
    less = options["less_is_better"]
    good, poor = fields.get("good"), fields.get("poor")
    if less is None and isinstance(good, float) and isinstance(poor, float):
        less = good < poor
    return fields if less is None else {**fields, "less_is_better": less}


def _meant(book: Book, text: str) -> int:
    from planner.text import visible

    name = visible(text)[:80]
    return naming.one_meant(
        [(row.id, row.name) for row in book.queries().criteria.each()],
        text,
        _("No success criterion answers to {name}.").format(name=name),
        _("Several success criteria answer to {name}.").format(name=name),
    )
