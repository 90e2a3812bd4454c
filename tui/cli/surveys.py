"""``log survey`` and ``surveys``: answers to NPS, CSAT and CES, named or anonymous."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import SURVEY_KINDS, SURVEY_TRIGGERS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session
from tui.cli.listing import bounded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from planner.views.heard import SurveyRow


@command("survey")
@click.argument("account", required=False)
@click.option("--kind", required=True, metavar=naming.listed(SURVEY_KINDS))
@click.option("--score", required=True, type=int, metavar="N")
@click.option(
    "--highest",
    type=int,
    metavar="N",
    help=_("The top of its scale. Default: 10 for nps, 5 for csat, 7 for ces."),
)
@click.option("--effort-high", is_flag=True, help=_("For ces: a high score means much effort."))
@click.option("--with", "person", metavar="PERSON", help=_("Who answered."))
@click.option("--anonymous", is_flag=True, help=_("Nobody is named; no person is stored."))
@click.option("--comment", metavar="TEXT", help=_("In their words."))
@click.option("--trigger", metavar=naming.listed(SURVEY_TRIGGERS), help=_("What it was sent for."))
@click.option("--at", metavar="WHEN", help=_("When they answered. Default: now."))
@pass_session
def log_survey(
    session: Session,
    account: str | None,
    person: str | None,
    anonymous: bool,
    at: str | None,
    **options: Any,
) -> None:
    """Log one answer to a survey; say who answered, or that it is anonymous."""
    from planner.use_cases.surveys import log_survey as use_case

    if (person is None) is not anonymous:
        raise click.UsageError(_("Give one of --with PERSON and --anonymous."))
    if person is not None and account is None:
        raise click.UsageError(_("--with needs the account that they belong to."))
    for name in ("kind", "trigger"):
        options[name] = naming.choice(options[name])
    with session.writing() as book:
        account_id = None if account is None else book.queries().names.account(account)
        person_id = None
        if person is not None and account_id is not None:
            person_id = naming.person(book, person, account_id)
        done = book.run(
            use_case,
            account_id,
            when=naming.moment(book, at),
            person_id=person_id,
            **naming.filled(**options),
        )
        named = {} if account_id is None else {"account": naming.account_name(book, account_id)}
        if person_id is not None:
            named["person"] = book.queries().record("person", person_id).label
        session.show_record(book, done.result, done, **named)


@command()
@click.option("--account", metavar="NAME", help=_("Those of one account."))
@click.option("--kind", metavar=naming.listed(SURVEY_KINDS))
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N rows."))  # fmt: skip
@pass_session
def surveys(session: Session, account: str | None, kind: str | None, limit: int | None) -> None:
    """List answers to surveys, the newest first."""
    chosen = naming.choice(kind)
    if chosen is not None and chosen not in SURVEY_KINDS:
        from planner.errors import Refused

        choices = ", ".join(SURVEY_KINDS)
        raise Refused(_("kind: it is none of {choices}").format(choices=choices))
    with session.reading() as book:
        queries, zone = book.queries(), book.settings.zone
        account_id = None if account is None else queries.names.account(account)
        rows = queries.heard.surveys(account_id=account_id, kind=chosen, limit=limit)
    session.show([_document(row, zone) for row in rows], lambda: _lines(rows))


def _document(row: SurveyRow, zone: ZoneInfo) -> dict[str, Any]:
    from tui.cli.output import identity, local_moment

    return {
        **row._asdict(),
        "id": identity(row.id),
        "account_id": identity(row.account_id),
        "answered_at": local_moment(row.answered_at, zone),
    }


def _lines(rows: Sequence[SurveyRow]) -> list[str]:
    from planner.vocabulary_words import value_words
    from tui.cli.output import Column, screen_width, table

    columns = (
        Column(_("Answered")), Column(_("Account"), cut=True), Column(_("Who"), cut=True),
        Column(_("Kind")), Column(_("Score"), right=True), Column(_("Comment"), cut=True),
        Column(_("Sent for"), cut=True),
    )  # fmt: skip
    return table(
        columns,
        [
            (row.answered_on, row.account or _("the book"), row.person or _("anonymous"),
             row.kind.upper(), f"{row.score} / {row.highest}", row.comment,
             None if row.trigger is None else value_words(row.trigger))
            for row in rows
        ],
        empty=_("No answers are listed."),
        width=screen_width(),
    )  # fmt: skip
