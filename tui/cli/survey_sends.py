"""``survey sent|bounced``: surveys that went out, and those that came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import SURVEY_KINDS, SURVEY_TRIGGERS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session, words
from tui.cli.listing import bounded

if TYPE_CHECKING:
    from planner.views.survey_figures import SendRow
    from tui.composition import Book


@words("survey")
def survey() -> None:
    """Keep which surveys were sent and which came back; `log survey` keeps the answers."""


@survey.command("sent")
@click.argument("account")
@click.option("--with", "person", metavar="PERSON", help=_("Whom it was sent to."))
@click.option("--kind", metavar=naming.listed(SURVEY_KINDS),
              help=_("Default: that of the open task, else nps."))  # fmt: skip
@click.option("--trigger", metavar=naming.listed(SURVEY_TRIGGERS), help=_("What it was sent for."))
@click.option("--at", metavar="WHEN", help=_("When it was sent. Default: now."))
@pass_session
def sent(
    session: Session,
    account: str,
    person: str | None,
    kind: str | None,
    trigger: str | None,
    at: str | None,
) -> None:
    """Say that a survey was sent; the open task that asked for it is done with it."""
    from planner.use_cases.survey_sends import send_survey

    with session.writing(make=False) as book:
        account_id = book.queries().names.account(account)
        person_id = None if person is None else naming.person(book, person, account_id)
        done = book.run(
            send_survey,
            account_id,
            when=naming.moment(book, at),
            kind=naming.choice(kind),
            trigger=naming.choice(trigger),
            person_id=person_id,
        )
        session.show_record(book, done.result, done, **_named(book, done.result))


@survey.command("bounced")
@click.argument("account")
@click.option("--with", "person", metavar="PERSON", help=_("Whom it was sent to."))
@pass_session
def bounced(session: Session, account: str, person: str | None) -> None:
    """Say that the newest survey sent there came back; it counts as not delivered."""
    from planner.errors import Refused
    from planner.use_cases.survey_sends import bounce_survey

    with session.writing(make=False) as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        person_id = None if person is None else naming.person(book, person, account_id)
        label = None if person_id is None else queries.record("person", person_id).label
        rows = [
            one
            for one in queries.survey_figures.sends(account_id=account_id)
            if one.delivered and (label is None or one.person == label)
        ]
        if not rows:
            raise Refused(_("No survey that was sent there is known to have arrived."))
        done = book.run(bounce_survey, rows[0].id)
        session.show_record(book, done.result, done, **_named(book, done.result))


@command("sends")
@click.option("--account", metavar="NAME", help=_("Those of one account."))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N rows."))  # fmt: skip
@pass_session
def sends(session: Session, account: str | None, limit: int | None) -> None:
    """List the surveys that were sent, the newest first."""
    with session.reading() as book:
        queries = book.queries()
        account_id = None if account is None else queries.names.account(account)
        rows = queries.survey_figures.sends(account_id=account_id, limit=limit)
    session.show([_document(row) for row in rows], lambda: _lines(rows))


survey.add_command(sends)


def _named(book: Book, made: Any) -> dict[str, str]:
    named = {"account": naming.account_name(book, made.account_id)}
    if made.person_id is not None:
        named["person"] = book.queries().record("person", made.person_id).label
    return named


def _document(row: SendRow) -> dict[str, Any]:
    from tui.cli.output import identity

    return {**row._asdict(), "id": identity(row.id), "account_id": identity(row.account_id)}


def _lines(rows: Sequence[SendRow]) -> Iterator[str]:
    from planner.vocabulary_words import value_words
    from tui.cli.output import Column, screen_width, table

    columns = (
        Column(_("Sent")), Column(_("Account"), cut=True), Column(_("To"), cut=True),
        Column(_("Kind")), Column(_("Sent for"), cut=True), Column(_("Arrived")),
    )  # fmt: skip
    yield from table(
        columns,
        [
            (row.sent_on, row.account, row.person or _("the account"), row.kind.upper(),
             None if row.trigger is None else value_words(row.trigger),
             _("yes") if row.delivered else _("came back"))
            for row in rows
        ],
        empty=_("No surveys were sent."),
        width=screen_width(),
    )  # fmt: skip
