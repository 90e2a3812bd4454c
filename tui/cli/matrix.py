"""``matrix journey|sends`` and ``talk-time``: touchpoints counted in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session, words
from tui.cli.listing import bounded

if TYPE_CHECKING:
    from planner.touch_matrix import JourneyMatrix, SendRow, TalkTime
    from tui.composition import Book

MOST_DAYS = 3660
GROUPS = ("tier", "account", "colleague")


@words()
def matrix() -> None:
    """Touchpoints in tables: by journey stage and channel, by who sends what."""


@matrix.command("journey")
@click.option("--account", metavar="NAME", help=_("One account. Default: the whole book."))
@click.option("--mine", is_flag=True, help=_("The accounts that you own."))
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=365, metavar="N",
              help=_("So many days, today included. Default: 365."))  # fmt: skip
@pass_session
def journey(session: Session, account: str | None, mine: bool, days: int) -> None:
    """Count touchpoints by journey stage and kind, and say which channels are missing where.

    A gap is a channel that people prefer or the plan's lines name, of accounts in that stage now,
    by which nobody was touched in that stage.
    """
    if account is not None and mine:
        raise click.UsageError(_("Give one of --account and --mine."))
    with session.reading() as book:
        queries = book.queries()
        found = queries.matrix.journey(
            days=days,
            account_id=None if account is None else queries.names.account(account),
            owner_id=_me(book) if mine else None,
        )
        day = book.today.isoformat()
    session.show(_journey_document(found, day), lambda: _journey_lines(found))


def _me(book: Book) -> int:
    from planner.errors import Refused

    me = book.actor.colleague_id
    if me is None:
        raise Refused(_("You are nobody's colleague in this book, so nothing is yours."))
    return me


def _journey_document(found: JourneyMatrix, day: str) -> dict[str, Any]:
    return {
        "as_of": day,
        "days": found.days,
        "moved": found.moved,
        "rows": [
            {
                "stage": row.stage or None,
                "accounts": row.accounts,
                "touches": row.touches,
                "gaps": list(row.gaps),
            }
            for row in found.rows
        ],
    }


def _journey_lines(found: JourneyMatrix) -> list[str]:
    from planner.vocabulary_words import value_words
    from tui.cli.output import Column, screen_width, table
    from tui.matrix_words import gap_words, journey_method, stage_words

    columns = (
        Column(_("Stage")), Column(_("Accounts"), right=True),
        *(Column(value_words(kind), right=True) for kind in found.kinds),
        Column(_("Gaps"), cut=True),
    )  # fmt: skip
    rows = [
        (stage_words(row.stage), row.accounts, *(row.touches.get(kind, 0) for kind in found.kinds),
         gap_words(row) or None)
        for row in found.rows
    ]  # fmt: skip
    empty = _("No account is in the book yet.")
    return [*table(columns, rows, empty=empty, width=screen_width()), "", journey_method(found)]


@matrix.command("sends")
@click.argument("account")
@pass_session
def sends(session: Session, account: str) -> None:
    """Show who sends what to whom: planned beside what went out in the last 90 days."""
    with session.reading() as book:
        queries = book.queries()
        rows = queries.matrix.sends(queries.names.account(account))
        names = queries.matrix.names(sorted({row.person_id for row in rows if row.person_id}))
    session.show([_send_document(row, names) for row in rows], lambda: _send_lines(rows, names))


def _send_document(row: SendRow, names: dict[int, str]) -> dict[str, Any]:
    from tui.cli.output import identity

    return {
        "function": row.function,
        "person_id": identity(row.person_id),
        "person": None if row.person_id is None else names.get(row.person_id),
        "channel": row.channel,
        "topic": row.topic,
        "words": row.words,
        "planned": row.planned,
        "state": row.state,
        "sent": len(row.ids),
        "last_on": row.last_on,
        "touchpoints": [identity(one) for one in row.ids],
    }


def _send_lines(rows: tuple[SendRow, ...], names: dict[int, str]) -> list[str]:
    from planner.vocabulary_words import value_words
    from tui.cli.output import Column, screen_width, table
    from tui.matrix_words import contact, send_state, sends_method

    columns = (
        Column(_("Function")), Column(_("To"), cut=True), Column(_("By")),
        Column(_("What"), cut=True), Column(_("Sent"), right=True), Column(_("Last")),
        Column(_("State"), cut=True),
    )  # fmt: skip
    cells = [
        (value_words(row.function or ""), contact(row, names), value_words(row.channel or ""),
         row.topic or row.words, len(row.ids), row.last_on, send_state(row))
        for row in rows
    ]  # fmt: skip
    empty = _("No line plans anything, and nothing went out.")
    return [*table(columns, cells, empty=empty, width=screen_width()), "", sends_method()]


@command("talk-time")
@click.option("--by", metavar="|".join(GROUPS), type=click.Choice(GROUPS), default="tier",
              help=_("Default: tier."))  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N rows."))  # fmt: skip
@pass_session
def talk_time(session: Session, by: str, limit: int | None) -> None:
    """Sum the minutes of two-way talks of the last 90 days, the most first."""
    with session.reading() as book:
        rows = book.queries().matrix.talk_time(by, limit=limit)
    session.show([_talk_document(by, one) for one in rows], lambda: _talk_lines(by, rows))


def _talk_document(by: str, one: TalkTime) -> dict[str, Any]:
    from tui.matrix_words import group_words

    return {
        "by": by,
        "id": one.key if by != "tier" and one.key else None,
        "group": group_words(by, one),
        "minutes": one.known,
        "talks": one.talks,
        "without_minutes": one.without,
    }


def _talk_lines(by: str, rows: list[TalkTime]) -> list[str]:
    from tui.cli.output import Column, screen_width, table
    from tui.matrix_words import group_words, hours_words, talk_method

    columns = (
        Column(_("Who"), cut=True), Column(_("Talked"), right=True), Column(_("Talks"), right=True),
        Column(_("Without minutes"), right=True),
    )  # fmt: skip
    cells = [(group_words(by, one), hours_words(one.known), one.talks, one.without) for one in rows]
    empty = _("Nobody talked in the last 90 days.")
    return [*table(columns, cells, empty=empty, width=screen_width()), "", talk_method(rows)]
