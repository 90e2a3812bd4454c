"""``draft``, ``drafts``: texts with merge fields, printed to be read, changed and sent by you."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.output import Column, screen_width, table
from tui.cli.plan_files import file_document, problem_lines

if TYPE_CHECKING:
    from planner.draft_texts import DraftText
    from tui.plan_files import PlanFile


@command("draft")
@click.argument("name")
@click.argument("account")
@click.option("--with", "person", metavar="PERSON", help=_("Whom it is for."))
@click.option("--to", metavar="FILE", help=_("Write a new file instead of printing."))
@pass_session
def draft(session: Session, name: str, account: str, person: str | None, to: str | None) -> None:
    """Print the draft text NAME for an account, its merge fields filled. Nothing is sent.

    A line with a field that is not known is left out. What is not known, and who hears too much
    from us already, is said on standard error. `trustplan drafts` lists the texts.
    """
    from tui.document_files import in_home, write_new
    from tui.draft_words import filled_draft
    from tui.plan_files import draft_named

    text = draft_named(name)
    with session.reading() as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        person_id = naming.person(book, person, account_id) if person else None
        found = filled_draft(queries, text, account_id, person_id)
        said = naming.account_name(book, account_id)
    whole = found.draft.whole
    if to is not None:
        path = in_home(to)
        write_new(path, whole + "\n")
        whole = _("Written to {path}.").format(path=path)
    document: dict[str, Any] = {
        "name": found.draft.name,
        "account": said,
        "subject": found.draft.subject,
        "text": found.draft.text,
        "missing": list(found.draft.missing),
        "notes": list(found.notes),
        "file": to,
    }
    session.show(document, lambda: whole.split("\n"))
    for note in found.notes:
        session.note(note)


@words("drafts", invoke_without_command=True)
@click.pass_context
@pass_session
def drafts(session: Session, context: click.Context) -> int:
    """List the draft texts: the shipped ones and those in drafts/ of the config folder.

    A file of yours takes the place of the shipped one of its name. The exit code is 1 where a file
    is wrong; the others can be used all the same. `trustplan paths` says where the folder is.
    """
    if context.invoked_subcommand is not None:
        return 0
    from tui.cli.plan_files import SOME_BROKEN
    from tui.plan_files import drafts as all_drafts

    found = all_drafts()
    session.show([_document(one) for one in found], lambda: _lines(found))
    return SOME_BROKEN if any(one.problems for one in found) else 0


@drafts.command("copy")
@click.argument("name")
@pass_session
def copy(session: Session, name: str) -> None:
    """Write the shipped text NAME into drafts/ of the config folder, to be edited."""
    from tui.plan_files import copy_starter

    path = copy_starter("drafts", name)
    session.show(
        {"name": path.stem, "file": str(path)},
        lambda: [_("Written to {path}. Edit it there; it is yours now.").format(path=path)],
    )


def _document(one: PlanFile[DraftText]) -> dict[str, Any]:
    own = file_document(one)
    subject = one.found.subject if one.found else None
    return {"name": own["name"], "about": own["about"], "subject": subject, **own}


def _lines(found: list[PlanFile[DraftText]]) -> list[str]:
    rows = [
        (
            one.name,
            _("yours") if one.path else _("shipped"),
            one.found.about if one.found else _("broken, see below"),
        )
        for one in found
    ]
    columns = [Column(_("Draft")), Column(_("From")), Column(_("About"), cut=True)]
    return [*table(columns, rows, empty="", width=screen_width()), *problem_lines(found)]
