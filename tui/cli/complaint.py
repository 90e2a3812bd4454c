"""``complaint ack|assess|investigate|answer|close|reopen|pause|resume``: a complaint's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import SEVERITIES, TRIAGES
from tui.cli import naming
from tui.cli.complaint_causes import advocate, link, links
from tui.cli.complaint_hands import accept, decline, hand, merge, note, withdraw
from tui.cli.complaint_show import show
from tui.cli.context import Session, pass_session, words

if TYPE_CHECKING:
    from planner.ports import Done
    from tui.composition import Book


@words()
def complaint() -> None:
    """Take a complaint on its way; `log complaint` makes one."""


for one in (show, advocate, link, links, hand, accept, decline, note, withdraw, merge):
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
@click.option("--triage", metavar=naming.listed(TRIAGES), help=_("Who can solve it."))
@_at
@pass_session
def assess(
    session: Session, number: str, severity: str | None, triage: str | None, at: str | None
) -> None:
    """Say that it was assessed."""
    found = {"severity": naming.choice(severity), "triage": naming.choice(triage)}
    _move(session, number, "assessed", at, **found)


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
@click.option("--cause-detail", metavar="TEXT", help=_("The second level of the cause."))
@click.option(
    "--why",
    "whys",
    multiple=True,
    metavar="TEXT",
    help=_("Why, and why that? Up to five; wanted of high and critical ones."),
)
@click.option("--satisfied/--not-satisfied", default=None, help=_("What the customer said."))
@_at
@pass_session
def close(
    session: Session, number: str, at: str | None, whys: tuple[str, ...], **found: Any
) -> None:
    """Say that it is solved and closed; a remedy is wanted, or why nothing was given."""
    if whys:
        found["whys"] = whys
    _move(session, number, "closed", at, **found)


@complaint.command("reopen")
@click.argument("number")
@click.option("--reason", "reopen_reason", required=True, metavar="TEXT")
@_at
@pass_session
def reopen(session: Session, number: str, at: str | None, reopen_reason: str) -> None:
    """Open it again, within a year."""
    _move(session, number, "reopened", at, reopen_reason=reopen_reason)


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
