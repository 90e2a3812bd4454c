"""``complaint ack|assess|investigate|answer|close|reopen|pause|resume|hand``: a complaint's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import SEVERITIES
from tui.cli import naming
from tui.cli.complaint_causes import advocate, link, links
from tui.cli.context import Session, pass_session, words

if TYPE_CHECKING:
    from planner.ports import Done
    from tui.composition import Book


@words()
def complaint() -> None:
    """Take a complaint on its way; `log complaint` makes one."""


for one in (advocate, link, links):
    complaint.add_command(one)

_at = click.option("--at", metavar="WHEN", help=_("Default: now."))
_root_cause = click.option("--root-cause", metavar="TEXT")
_remedy = click.option("--remedy", "remedy_given", metavar="TEXT", help=_("What they were given."))


@complaint.command("ack")
@click.argument("number")
@_at
@pass_session
def ack(session: Session, number: str, at: str | None) -> None:
    """Say that it was acknowledged."""
    _move(session, number, "acknowledged", at)


@complaint.command("assess")
@click.argument("number")
@click.option("--severity", metavar=naming.listed(SEVERITIES))
@_at
@pass_session
def assess(session: Session, number: str, severity: str | None, at: str | None) -> None:
    """Say that it was assessed."""
    _move(session, number, "assessed", at, severity=naming.choice(severity))


@complaint.command("investigate")
@click.argument("number")
@_root_cause
@_at
@pass_session
def investigate(session: Session, number: str, root_cause: str | None, at: str | None) -> None:
    """Say that it is being investigated."""
    _move(session, number, "investigating", at, root_cause=root_cause)


@complaint.command("answer")
@click.argument("number")
@_root_cause
@_remedy
@click.option("--promised", metavar="TEXT", help=_("What was promised in the answer."))
@_at
@pass_session
def answer(session: Session, number: str, at: str | None, **found: str | None) -> None:
    """Say that it was answered."""
    _move(session, number, "answered", at, **found)


@complaint.command("close")
@click.argument("number")
@_root_cause
@_remedy
@click.option("--satisfied/--not-satisfied", default=None, help=_("What the customer said."))
@_at
@pass_session
def close(session: Session, number: str, at: str | None, **found: Any) -> None:
    """Say that it is solved and closed."""
    _move(session, number, "closed", at, **found)


@complaint.command("reopen")
@click.argument("number")
@_at
@pass_session
def reopen(session: Session, number: str, at: str | None) -> None:
    """Open it again."""
    _move(session, number, "reopened", at)


@complaint.command("pause")
@click.argument("number")
@_at
@pass_session
def pause(session: Session, number: str, at: str | None) -> None:
    """Wait for the customer: the clocks stand still."""
    from planner.use_cases.complaint_clocks import pause_complaint

    with session.writing() as book:
        complaint_id = book.queries().names.complaint(number)
        show_complaint(session, book, book.run(pause_complaint, complaint_id, _when(book, at)))


@complaint.command("resume")
@click.argument("number")
@_at
@pass_session
def resume(session: Session, number: str, at: str | None) -> None:
    """Go on after waiting for the customer."""
    from planner.use_cases.complaint_clocks import resume_complaint

    with session.writing() as book:
        complaint_id = book.queries().names.complaint(number)
        show_complaint(session, book, book.run(resume_complaint, complaint_id, _when(book, at)))


@complaint.command("hand")
@click.argument("number")
@click.option("--to", required=True, metavar="NAME", help=_("The new accountable owner."))
@pass_session
def hand(session: Session, number: str, to: str) -> None:
    """Give it to another colleague."""
    from planner.use_cases.complaints import hand_complaint

    if not to.strip():
        raise click.UsageError(_("--to needs a name."))
    with session.writing() as book:
        complaint_id = book.queries().names.complaint(number)
        done = naming.run_by_name(
            session, book, hand_complaint, complaint_id, colleagues={"owner_id": to}
        )
        show_complaint(session, book, done)


def _when(book: Book, at: str | None) -> Any:
    return naming.moment(book, at)


def _move(session: Session, number: str, stage: str, at: str | None, **found: Any) -> None:
    from planner.use_cases.complaints import move_complaint

    with session.writing() as book:
        complaint_id = book.queries().names.complaint(number)
        done = book.run(
            move_complaint, complaint_id, stage, _when(book, at), **naming.filled(**found)
        )
        show_complaint(session, book, done)


def show_complaint(session: Session, book: Book, done: Done) -> None:
    """Print a complaint that was made or changed, with its account's and its owner's names."""
    record = done.result
    owner = naming.colleague_name(book, record.owner_id)
    waiting = record.waiting_since is not None
    naming.show_named(session, book, done, owners=(), owner=owner, waiting=waiting)
