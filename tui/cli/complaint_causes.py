"""``complaint advocate|links|link``: what is learned from a complaint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.views.causes import CauseLinkRow, LinkProposal


@command("advocate")
@click.argument("number")
@click.option("--on", metavar="DATE", help=_("Since when. Default: today."))
@click.option("--not", "unmark", is_flag=True, help=_("Take it back."))
@pass_session
def advocate(session: Session, number: str, on: str | None, unmark: bool) -> None:
    """Say that the customer of a solved complaint speaks for us since."""
    from planner.use_cases.advocates import mark_advocate, unmark_advocate
    from tui.cli.complaint import show_complaint

    with session.writing() as book:
        complaint_id = book.queries().names.complaint(number)
        if unmark:
            done = book.run(unmark_advocate, complaint_id)
        else:
            done = book.run(mark_advocate, complaint_id, naming.past_day(book, on) or None)
        show_complaint(session, book, done)


@command("links")
@click.argument("number")
@pass_session
def links(session: Session, number: str) -> None:
    """List complaints with the same cause, as decided, and those whose words look alike.

    Looked at are the newest 200 of the account and, across the book, the newest that share a word
    of the title. Alike is rapidfuzz's score of 0 to 100 and not calibrated; a person decides.
    """
    with session.reading() as book:
        queries = book.queries()
        complaint_id = queries.names.complaint(number)
        decided = queries.causes.links(complaint_id)
        proposed = queries.causes.proposals(complaint_id)
    session.show(
        {
            "decided": [_decided(row) for row in decided],
            "proposed": [_proposed(row) for row in proposed],
        },
        lambda: _lines(decided, proposed),
    )


def _decided(row: CauseLinkRow) -> dict[str, Any]:
    ids = {name: identity(getattr(row, name)) for name in ("id", "other_id", "account_id")}
    return {**row._asdict(), **ids}


def _proposed(row: LinkProposal) -> dict[str, Any]:
    ids = {name: identity(getattr(row, name)) for name in ("other_id", "account_id")}
    return {**row._asdict(), **ids}


def _lines(decided: Sequence[CauseLinkRow], proposed: Sequence[LinkProposal]) -> Iterator[str]:
    columns = (
        Column(_("Number")), Column(_("Account"), cut=True), Column(_("Complaint"), cut=True),
        Column(_("Cause"), cut=True), Column(_("Decided")),
    )  # fmt: skip
    cells: list[tuple[str | None, ...]] = [
        (row.number, row.account, row.title, row.root_cause,
         _("same cause") if row.same else _("not the same"))
        for row in decided
    ]  # fmt: skip
    cells += [
        (row.number, row.account, row.title, row.root_cause, _("alike {score}").format(
            score=row.score))
        for row in proposed
    ]  # fmt: skip
    empty = _("No complaint is linked to it, and none looks alike.")
    yield from table(columns, cells, empty=empty, width=screen_width())


@command("link")
@click.argument("number")
@click.argument("other")
@click.option("--not-same", is_flag=True, help=_("They have different causes."))
@click.option("--undecide", is_flag=True, help=_("Take back what was decided."))
@click.option("--reason", metavar="TEXT")
@pass_session
def link(
    session: Session, number: str, other: str, not_same: bool, undecide: bool, reason: str | None
) -> None:
    """Say that two complaints have the same cause, or not."""
    from planner.use_cases.cause_links import decide_cause, undecide_cause

    if undecide and not_same:
        raise click.UsageError(_("Give one of --not-same and --undecide."))
    with session.writing() as book:
        names = book.queries().names
        pair = names.complaint(number), names.complaint(other)
        if undecide:
            done = book.run(undecide_cause, *pair)
        else:
            done = book.run(decide_cause, *pair, not not_same, reason)
        naming.show_named(session, book, done, owners=())
