"""``complaint hand|accept|decline|note|withdraw|merge``: who has it, what is written under it."""

from __future__ import annotations

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session


@command("hand")
@click.argument("number")
@click.option("--to", required=True, metavar="NAME", help=_("Who is to own it."))
@click.option("--note", metavar="TEXT", help=_("What they should know."))
@pass_session
def hand(session: Session, number: str, to: str, note: str | None) -> None:
    """Offer it to another colleague, who accepts or declines; until then it stays its owner's.

    One that nobody owns, or that you take yourself, changes hands at once. --to its owner takes
    the offer back.
    """
    from planner.use_cases.complaint_handing import hand_complaint
    from tui.cli.complaint import show_complaint

    if not to.strip():
        raise click.UsageError(_("--to needs a name."))
    with session.writing() as book:
        complaint_id = book.queries().names.complaint(number)
        done = naming.run_by_name(
            session, book, hand_complaint, complaint_id, colleagues={"owner_id": to}, note=note
        )
        show_complaint(session, book, done)


@command("accept")
@click.argument("number")
@pass_session
def accept(session: Session, number: str) -> None:
    """Take over one that was offered to you."""
    from planner.use_cases.complaint_handing import accept_complaint
    from tui.cli.complaint import show_complaint

    with session.writing() as book:
        complaint_id = book.queries().names.complaint(number)
        show_complaint(session, book, book.run(accept_complaint, complaint_id))


@command("decline")
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help=_("Its owner reads it as a note."))
@pass_session
def decline(session: Session, number: str, reason: str) -> None:
    """Leave one that was offered to you with its owner."""
    from planner.use_cases.complaint_handing import decline_complaint
    from tui.cli.complaint import show_complaint

    with session.writing() as book:
        complaint_id = book.queries().names.complaint(number)
        show_complaint(session, book, book.run(decline_complaint, complaint_id, reason))


@command("note")
@click.argument("number")
@click.argument("text")
@click.option("--told", is_flag=True, help=_("The customer was told this; else it stays among us."))
@click.option("--with", "with_", metavar="PERSON", help=_("Whom at the customer."))
@click.option("--at", metavar="WHEN", help=_("Default: now."))
@pass_session
def note(
    session: Session, number: str, text: str, told: bool, with_: str | None, at: str | None
) -> None:
    """Write a line under it: for us, or what was told to the customer."""
    from planner.use_cases.complaint_notes import add_complaint_note

    with session.writing() as book:
        names = book.queries().names
        complaint_id = names.complaint(number)
        account_id = book.queries().record("complaint", complaint_id).account_id
        person = None if with_ is None else naming.person(book, with_, account_id)
        done = book.run(
            add_complaint_note,
            complaint_id,
            text,
            told=told,
            person_id=person,
            when=naming.moment(book, at),
        )
        naming.show_named(session, book, done, "person", "colleague", owners=())


@command("withdraw")
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help=_("Kept as a note."))
@pass_session
def withdraw(session: Session, number: str, reason: str) -> None:
    """Say that the customer took it back: it leaves clocks and counts."""
    from planner.use_cases.complaint_merging import withdraw_complaint
    from tui.cli.complaint import show_complaint

    with session.writing() as book:
        complaint_id = book.queries().names.complaint(number)
        show_complaint(session, book, book.run(withdraw_complaint, complaint_id, reason))


@command("merge")
@click.argument("number")
@click.option("--into", required=True, metavar="NUMBER", help=_("The one that goes on for both."))
@pass_session
def merge(session: Session, number: str, into: str) -> None:
    """Say that it is the same as another of its account, which goes on for both."""
    from planner.use_cases.complaint_merging import merge_complaint
    from tui.cli.complaint import show_complaint

    with session.writing() as book:
        names = book.queries().names
        pair = names.complaint(number), names.complaint(into)
        show_complaint(session, book, book.run(merge_complaint, *pair))
