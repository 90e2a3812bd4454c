"""``touchpoint set|archive``: a contact that was logged, put right or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import DIRECTIONS, FUNCTIONS, INTENTS, TOUCHPOINT_KINDS
from tui.cli import naming
from tui.cli.context import Session, pass_session, words
from tui.cli.talk_options import ABOUT, about, about_options, row_id

if TYPE_CHECKING:
    from planner.ports import Done
    from tui.composition import Book

CHOICES = ("kind", "direction", "function", "intent")


@words()
def touchpoint() -> None:
    """Change or take out a contact that was logged; `log touchpoint` makes one."""


@touchpoint.command("set")
@click.argument("which", metavar="ID")
@click.option(
    "--with",
    "people",
    multiple=True,
    metavar="PERSON",
    help=_("Who took part, all of them. May repeat; an empty text: nobody."),
)
@click.option("--kind", metavar=naming.listed(TOUCHPOINT_KINDS))
@click.option("--direction", metavar=naming.listed(DIRECTIONS))
@click.option("--two-way/--one-way", default=None)
@click.option("--function", metavar=naming.listed(FUNCTIONS))
@click.option("--intent", metavar=naming.listed(INTENTS))
@click.option("--sentiment", metavar="-2..2")
@click.option("--at", metavar="WHEN")
@click.option("--note", metavar="TEXT")
@about_options
@pass_session
def set_(
    session: Session,
    which: str,
    people: tuple[str, ...],
    at: str | None,
    two_way: bool | None,
    note: str | None,
    **options: Any,
) -> None:
    """Change a contact; an empty text empties a field."""
    from planner.use_cases.touchpoints import change_touchpoint

    chosen = _id(which)
    for name in CHOICES:
        options[name] = naming.choice(options[name])
    with session.writing() as book:
        account_id = book.queries().record("touchpoint", chosen).account_id
        plain = {name: options[name] for name in options if name not in ABOUT}
        fields = naming.given(**plain, two_way=two_way) | about(book, account_id, options)
        if note is not None:
            fields["note"] = note
        if people:
            fields["person_ids"] = [
                naming.person(book, text, account_id) for text in people if text.strip()
            ]
        if at is not None:
            fields["when"] = naming.moment(book, at)
        _show(session, book, book.run(change_touchpoint, chosen, **fields))


@touchpoint.command("archive")
@click.argument("which", metavar="ID")
@pass_session
def archive(session: Session, which: str) -> None:
    """Take a contact out of the record; undo brings it back."""
    from planner.use_cases.touchpoints import archive_touchpoint

    chosen = _id(which)
    with session.writing() as book:
        _show(session, book, book.run(archive_touchpoint, chosen))


def _id(text: str) -> int:
    return row_id(text, _("ID is the id of a touchpoint; `touchpoints --json` lists them."))


def _show(session: Session, book: Book, done: Done) -> None:
    record = done.result
    people = book.queries().timeline.people_of([record.id]).get(record.id, [])
    account = naming.account_name(book, record.account_id)
    session.show_record(book, record, done, account=account, people=people)
