"""``plan action|actions|backward``: what both sides owe, in what order, back from a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import ACTION_STATUSES
from tui.cli import naming
from tui.cli.context import Session, command, pass_session
from tui.cli.pressure_notes import warn_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from planner.mutual_actions import MutualAction
    from planner.ports import Done
    from planner.use_cases.mutual_plan import MutualChange, PlannedBack
    from planner.views.plan import PlanPage
    from tui.composition import Book

NARROWEST, WIDEST = 40, 400
PLAIN_WIDTH = 100
"""Cells of a chart where the output goes to no terminal."""
NEEDED = {"action": "--action", "owner": "--owner", "due": "--due", "done_means": "--done-means"}
"""What a new action cannot do without, and the option that says it."""


def _action_fields(function: Callable[..., Any]) -> Callable[..., Any]:
    options = [
        click.option("--action", metavar="TEXT", help=_("What is to be done.")),
        click.option("--owner", metavar="NAME", help=_("One of us; not known is added.")),
        click.option(
            "--their-owner", metavar="NAME", help=_("A person of the account, or any name.")
        ),
        click.option("--starts", metavar="DATE"),
        click.option("--due", metavar="DATE"),
        click.option("--done-means", metavar="TEXT", help=_("How we know it is done.")),
        click.option(
            "--depends-on",
            multiple=True,
            metavar="ID|WORDS",
            help=_("An action that has to be done before. May repeat; an empty text: none."),
        ),
        click.option(
            "--shared/--not-shared",
            default=None,
            help=_("Whether the customer may see it; with an owner on their side it is shared."),
        ),
        click.option(
            "--status",
            metavar=naming.listed(ACTION_STATUSES),
            help=_("Of an action that is there."),
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@command("action")
@click.argument("account")
@click.argument("which", required=False, metavar="[ACTION]")
@_action_fields
@pass_session
def action(session: Session, account: str, which: str | None, **options: Any) -> None:
    """Add an action to the plan, or change the one that ACTION (its words or id) names.

    A new one needs --action, --owner, --due and --done-means. With an owner on their side it is
    shared. Of one that is there an empty text empties a field.
    """
    if which is None:
        _check_new(options)
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        fields = _fields(book, account_id, options)
        if which is None:
            done = _add(session, book, account_id, options, fields)
        else:
            done = _change(session, book, account_id, which, options, fields)
        _show(session, book, done)


def _check_new(options: dict[str, Any]) -> None:
    missing = [option for name, option in NEEDED.items() if options[name] is None]
    if missing:
        raise click.UsageError(
            _("A new action needs {options}; to change one, name it after the account.").format(
                options=", ".join(missing)
            )
        )
    if options["status"] is not None:
        raise click.UsageError(_("--status is for an action that is there; name it."))


def _fields(book: Book, account_id: int, options: dict[str, Any]) -> dict[str, Any]:
    """What the options say but for the owners; only those that were used."""
    names = book.queries().names
    fields = naming.given(
        action=options["action"],
        starts_on=naming.coming_day(book, options["starts"]),
        due_on=naming.coming_day(book, options["due"]),
        done_means=options["done_means"],
        shared=options["shared"],
        status=naming.choice(options["status"]),
    )
    if options["depends_on"]:
        fields["depends_on"] = tuple(
            names.action(text, account_id) for text in options["depends_on"] if text.strip()
        )
    return fields


def _add(
    session: Session, book: Book, account_id: int, options: dict[str, Any], fields: dict[str, Any]
) -> Done:
    from planner.use_cases.mutual_plan import add_mutual_action

    return naming.run_by_name(
        session,
        book,
        add_mutual_action,
        account_id,
        colleagues={"owner_id": naming.one_of_us(book, options["owner"])},
        **{"due_on": None, "done_means": None, **fields, "action": options["action"]},
        **naming.their_owner(book, options["their_owner"], account_id),
    )


def _change(
    session: Session,
    book: Book,
    account_id: int,
    which: str,
    options: dict[str, Any],
    fields: dict[str, Any],
) -> Done:
    from planner.use_cases.mutual_plan import change_mutual_action

    theirs = options["their_owner"]
    if theirs is not None:
        fields |= naming.their_owner(book, theirs, account_id) or {
            "their_owner_id": None,
            "their_owner": None,
        }
    return naming.run_by_name(
        session,
        book,
        change_mutual_action,
        book.queries().names.action(which, account_id),
        colleagues={"owner_id": naming.one_of_us(book, options["owner"])},
        **fields,
    )


def _show(session: Session, book: Book, done: Done) -> None:
    changed: MutualChange = done.result
    warned: dict[str, Any] = {"warnings": list(changed.warnings)} if session.json else {}
    naming.show_named(session, book, done, record=changed.action, **warned)
    warn_before(session, book, changed.action)


@command("actions")
@click.argument("account")
@click.option("--gantt", is_flag=True, help=_("As bars over time."))
@click.option(
    "--width",
    type=click.IntRange(NARROWEST, WIDEST),
    metavar="N",
    help=_("Cells of the bars' lines; that of the terminal."),
)
@click.option("--ascii", "ascii_only", is_flag=True, help=_("Draw with ASCII signs only."))
@pass_session
def actions(
    session: Session, account: str, gantt: bool, width: int | None, ascii_only: bool
) -> None:
    """List the actions of both sides in the order in which they can be done.

    Under the list stands what contradicts: an action that is due before one it needs.
    """
    from planner.errors import Refused
    from planner.plan_rows import mutual_actions

    with session.reading() as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        name, page = queries.account.head(account_id).name, queries.plan.page(account_id)
        today = book.today
    if page is None:
        raise Refused(_("{account} has no plan yet; start one first.").format(account=name))
    rows = mutual_actions(page.actions)

    def lines() -> Iterable[str]:
        from planner.gantt import gantt_lines
        from tui.cli.output import screen_width

        if not gantt:
            return _listed(page, rows, today, width)
        room = width or max(NARROWEST, min(WIDEST, screen_width() or PLAIN_WIDTH))
        return [
            *gantt_lines(rows, room, today, ascii_only=ascii_only),
            *_warnings(rows),
        ]

    session.show(actions_document(page, rows, name, today), lines)


def actions_document(
    page: PlanPage, rows: Sequence[MutualAction], account: str, today: date
) -> list[dict[str, Any]]:
    """The actions as JSON, in the order in which they can be done."""
    from planner.mutual_actions import date_warnings, display_order, waiting_for
    from tui.cli.output import identity

    by_id = {row.id: row for row in page.actions}
    waits = waiting_for(rows)
    warned: dict[int, list[str]] = {}
    for one in date_warnings(rows):
        warned.setdefault(one.action.id, []).append(one.words)
    return [
        {
            "id": identity(one.id),
            "account": account,
            "side": by_id[one.id].side,
            "action": one.action,
            "owner": by_id[one.id].owner,
            "their_owner": by_id[one.id].their_owner,
            "starts_on": by_id[one.id].starts_on,
            "due_on": by_id[one.id].due_on,
            "done_on": by_id[one.id].done_on,
            "status": one.status,
            "late": one.is_late(today),
            "done_means": by_id[one.id].done_means,
            "promised": by_id[one.id].promised,
            "shared": by_id[one.id].shared,
            "depends_on": [identity(need) for need in one.depends_on],
            "waits_for": [identity(need.id) for need in waits.get(one.id, ())],
            "warnings": warned.get(one.id, []),
        }
        for one in display_order(rows)
    ]


def _listed(
    page: PlanPage, rows: Sequence[MutualAction], today: date, width: int | None
) -> list[str]:
    from planner.mutual_actions import display_order, waiting_for
    from planner.vocabulary_words import value_words
    from tui.cli.output import Column, screen_width, table

    shared = {row.id for row in page.actions if row.shared}
    waits = waiting_for(rows)
    columns = [
        Column(_("Due")), Column(_("Status")), Column(_("Ours"), cut=True),
        Column(_("Theirs"), cut=True), Column(_("Seen")), Column(_("Action"), cut=True),
        Column(_("After"), cut=True),
    ]  # fmt: skip
    cells = [
        (
            one.due_on,
            _("late") if one.is_late(today) else value_words(one.status),
            one.our_owner or None,
            one.their_owner or None,
            _("shared") if one.id in shared else None,
            one.action,
            "; ".join(need.action for need in waits.get(one.id, ())) or None,
        )
        for one in display_order(rows)
    ]
    empty = _("There are no actions yet.")
    return [*table(columns, cells, empty=empty, width=width or screen_width()), *_warnings(rows)]


def _warnings(rows: Sequence[MutualAction]) -> list[str]:
    from planner.mutual_actions import date_warnings

    return [f"! {one.words}" for one in date_warnings(rows)]


@command("backward")
@click.argument("account")
@click.option("--end", required=True, metavar="DATE", help=_("When everything has to be done."))
@click.option(
    "--step",
    "steps",
    multiple=True,
    required=True,
    metavar='"WHAT;5d;we|they;OWNER;NEEDS;DONE"',
    help=_("One step; all after WHAT may be left out. Repeat it for each."),
)
@pass_session
def backward(session: Session, account: str, end: str, steps: tuple[str, ...]) -> None:
    """Plan back from a day: each step becomes an action as late as still reaches the end.

    Lengths: 5d are working days (1d unless said), 2w working weeks, 10c days of the calendar, 0d a
    milestone. OWNER is a name on the step's side; nobody: you. NEEDS are numbers or words of other
    steps, parted by commas: the step before unless said, - none. DONE is how we know it is done.
    One undo takes all of them back.
    """
    from planner.step_lines import read_steps
    from planner.use_cases.mutual_plan import plan_backward_actions

    written = read_steps(steps)
    with session.writing() as book:
        added: list[str] = []
        done = book.run(
            plan_backward_actions,
            book.queries().names.account(account),
            written,
            naming.coming_day(book, end) or book.today,
            added,
        )
        naming.say_added(session, added)
        _show_backward(session, book, done)


def _show_backward(session: Session, book: Book, done: Done) -> None:
    from tui.cli.output import identity

    planned: PlannedBack = done.result
    actions = [
        {**document, "critical": one.id in planned.critical}
        for one, document in zip(
            planned.actions, naming.owned_documents(book, planned.actions), strict=True
        )
    ]
    document = {
        "account_id": identity(planned.account_id),
        "account": naming.account_name(book, planned.account_id),
        "end": planned.end_on.isoformat(),
        "actions": actions,
    }
    session.show(document, lambda: _planned_lines(actions, done.summary))


def _planned_lines(actions: list[dict[str, Any]], summary: str) -> list[str]:
    from planner.text import visible
    from tui.cli.output import Column, screen_width, table

    rows = [
        (
            one["starts_on"],
            one["due_on"],
            one["owner"] or None,
            _("longest path") if one["critical"] else None,
            one["action"],
        )
        for one in actions
    ]
    columns = [Column(_("Starts")), Column(_("Due")), Column(_("Ours")), Column(_("Slack")),
               Column(_("Action"), cut=True)]  # fmt: skip
    return [visible(summary), *table(columns, rows, empty="", width=screen_width())]
