"""``cadence``: who is past which interval, what comes up, who is losing touch; snooze and wake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, pass_session, words
from tui.cli.listing import bounded, filter_of
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from datetime import date

    from planner.views.cadence import (
        AccountCadence,
        CadenceRow,
        LastContact,
        PersonCadence,
        Rest,
        Review,
        ReviewRow,
    )

AHEAD = 14
MOST_AHEAD = 366
REVIEWS_AHEAD = 90


@words(default="of", invoke_without_command=True)
@click.pass_context
def cadence(context: click.Context) -> None:
    """Say who should be contacted: past the ideal or the maximum interval, or soon.

    How often is said by the book's settings (cadence.tier1 14/28), by an account or a person; it
    counts from the newest two-way contact. A snoozed one rests until its day.
    """
    if context.invoked_subcommand is None:
        context.invoke(of)


@cadence.command("of")
@click.argument("account", required=False)
@click.option("--overdue", is_flag=True, help=_("Only past the maximum interval."))
@click.option("--upcoming", is_flag=False, flag_value=AHEAD, default=None, metavar="[DAYS]",
              type=click.IntRange(0, MOST_AHEAD),
              help=_("What is due in the next days instead. Default: 14."))  # fmt: skip
@click.option("--losing-touch", is_flag=True,
              help=_("Without any rule, and without two-way contact for cadence.losing_touch days."
                     ))  # fmt: skip
@click.option("--qbr", is_flag=True, help=_("The quarterly reviews due in 90 days instead."))
@click.option("--filter", "text", metavar="EXPR", default="",
              help=_("Only what fits, such as: tier:1 owner:me"))  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
              help=_("At most N rows."))  # fmt: skip
@pass_session
def of(
    session: Session,
    account: str | None = None,
    overdue: bool = False,
    upcoming: int | None = None,
    losing_touch: bool = False,
    qbr: bool = False,
    text: str = "",
    limit: int | None = None,
) -> None:
    """List accounts past their ideal interval (! past their maximum), or say all of one account."""
    if sum((overdue, upcoming is not None, losing_touch, qbr)) > 1:
        raise click.UsageError(_("Choose one of --overdue, --upcoming, --losing-touch, --qbr."))
    if text and (qbr or account is not None):
        raise click.UsageError(_("--filter is for lists of accounts by their contact."))
    if account is not None:
        _one(session, account)
        return
    if qbr:
        _reviews(session, limit)
        return
    parts = filter_of(text)
    with session.reading() as book:
        book.fresh_for_reading()
        asked, today = book.queries().cadence, book.today
        if losing_touch:
            rows = asked.losing_touch(parts, limit)
        elif upcoming is not None:
            rows = asked.upcoming(upcoming, parts, limit)
        elif overdue:
            rows = asked.overdue(parts, limit)
        else:
            rows = asked.due(parts, limit)
    session.show(
        [row_document(row, today) for row in rows],
        lambda: cadence_table(rows, today),
    )


def row_document(row: CadenceRow, today: date) -> dict[str, Any]:
    """One account's contact as JSON."""
    return {
        "id": identity(row.account_id),
        "account": row.account,
        "tier": row.tier,
        "stage": row.stage,
        "owner": row.owner,
        "cadence_days": row.ideal,
        "due": row.due_on,
        "latest": row.latest_on,
        "state": row.state,
        "overdue_days": row.overdue_days,
        **_last_document(row.last),
        **_rest_document(row.rest),
        "as_of": today.isoformat(),
    }


def _last_document(last: LastContact | None) -> dict[str, Any]:
    return {
        "last_two_way": last.on if last else None,
        "last_by": last.by if last else None,
        "last_touchpoint": identity(last.touchpoint_id) if last else None,
        "last_kind": last.kind if last else None,
    }


def _rest_document(rest: Rest | None) -> dict[str, Any]:
    return {
        "snoozed_until": rest.until_on if rest else None,
        "snooze_reason": rest.reason if rest else None,
    }


def cadence_table(rows: list[CadenceRow], today: date) -> list[str]:
    """The list for people: three columns of the last contact come from one touchpoint."""
    from tui.cadence_words import mark, rest_words, since_words

    columns = (
        Column(_("Account"), cut=True), Column(_("Tier")), Column(_("Last")),
        Column(_("By"), cut=True), Column(_("What")), Column(_("Every"), right=True),
        Column(_("Due")), Column(_("State")), Column(_("Owner"), cut=True),
        Column(_("Snoozed"), cut=True),
    )  # fmt: skip
    cells = [
        (
            row.account, row.tier, since_words(row.last, today), row.last.by if row.last else None,
            row.last.kind if row.last else None, row.ideal, row.due_on,
            mark(row.state, row.overdue_days), row.owner, rest_words(row.rest),
        )
        for row in rows
    ]  # fmt: skip
    return list(table(columns, cells, empty=_("Nobody is listed."), width=screen_width()))


def _reviews(session: Session, limit: int | None) -> None:
    from datetime import timedelta

    with session.reading() as book:
        book.fresh_for_reading()
        today = book.today
        found, more = book.queries().reviews.until(today + timedelta(days=REVIEWS_AHEAD))
        rows = found[:limit]
    left_out = [_("Only the first accounts by tier were looked at; there may be more.")]
    session.show(
        [_review_row_document(row, today) for row in rows],
        lambda: _review_table(rows, today) + (left_out if more else []),
    )


def _review_document(review: Review) -> dict[str, Any]:
    return {
        "qbr_due": review.due_on,
        "qbr_from": review.source,
        "qbr_every_days": review.every_days,
        "qbr_held": review.held_on,
    }


def _review_row_document(row: ReviewRow, today: date) -> dict[str, Any]:
    return {
        "id": identity(row.account_id),
        "account": row.account,
        "tier": row.tier,
        "owner": row.owner,
        **_review_document(row.review),
        "as_of": today.isoformat(),
    }


def _review_table(rows: list[ReviewRow], today: date) -> list[str]:
    from tui.cadence_words import review_source

    columns = (
        Column(_("Account"), cut=True), Column(_("Tier")), Column(_("QBR")), Column(_("From")),
        Column(_("Held")), Column(_("Every"), right=True), Column(_("Owner"), cut=True),
    )  # fmt: skip
    cells = [
        (
            row.account, row.tier,
            row.review.due_on + ("!" if row.review.due_on < today.isoformat() else ""),
            review_source(row.review), row.review.held_on, row.review.every_days, row.owner,
        )
        for row in rows
    ]  # fmt: skip
    return list(table(columns, cells, empty=_("No review is due."), width=screen_width()))


def _one(session: Session, account: str) -> None:
    with session.reading() as book:
        account_id = book.queries().names.account(account)
        book.fresh_for_reading()
        found, today = book.queries().cadence.of_account(account_id), book.today
    session.show(_document(found, today), lambda: list(_lines(found, today)))


def _document(found: AccountCadence, today: date) -> dict[str, Any]:
    family = found.family
    return {
        **row_document(found.row, today),
        "maximum_days": found.maximum,
        "own": found.own,
        "agreed_on": found.agreed_on,
        "agreed_with": found.agreed_with,
        "losing_touch": found.losing_touch,
        **({} if found.review is None else _review_document(found.review)),
        "family": None
        if family is None
        else {
            "children": family.children,
            "overdue": family.overdue,
            "account": family.last.account if family.last else None,
            **_last_document(family.last),
        },
        "people": [_person_document(one) for one in found.people],
    }


def _person_document(one: PersonCadence) -> dict[str, Any]:
    return {
        "id": identity(one.person_id),
        "person": one.person,
        "roles": list(one.roles),
        "every_days": one.ideal,
        "maximum_days": one.maximum,
        "agreed_on": one.agreed_on,
        "due": one.due_on,
        "state": one.state,
        "overdue_days": one.overdue_days,
        **_last_document(one.last),
        **_rest_document(one.rest),
    }


def _lines(found: AccountCadence, today: date) -> Iterator[str]:
    from planner.text import visible
    from tui.cadence_words import account_words, mark, rest_words, since_words

    yield visible(found.row.account)
    for said in account_words(found, today):
        yield "  " + visible(said)
    columns = (
        Column(_("Person"), cut=True), Column(_("Roles"), cut=True), Column(_("Last")),
        Column(_("By"), cut=True), Column(_("What")), Column(_("Every"), right=True),
        Column(_("At most"), right=True), Column(_("State")), Column(_("Snoozed"), cut=True),
    )  # fmt: skip
    cells = [
        (
            one.person, ", ".join(one.roles) or None, since_words(one.last, today),
            one.last.by if one.last else None, one.last.kind if one.last else None, one.ideal,
            one.maximum, None if one.state is None else mark(one.state, one.overdue_days),
            rest_words(one.rest),
        )
        for one in found.people
    ]  # fmt: skip
    yield ""
    yield from table(columns, cells, empty=_("Nobody is known there."), width=screen_width())


@cadence.command("snooze")
@click.argument("account")
@click.option("--person", metavar="PERSON", help=_("Only contact with this person rests."))
@click.option("--until", required=True, metavar="DATE", help=_("From this day on it is due."))
@click.option("--reason", required=True, metavar="TEXT")
@pass_session
def snooze(session: Session, account: str, person: str | None, until: str, reason: str) -> None:
    """Let contact rest until a day; a two-way contact ends that by itself."""
    from planner.use_cases.snoozing import snooze_cadence

    with session.writing(make=False) as book:
        account_id = book.queries().names.account(account)
        person_id = None if person is None else naming.person(book, person, account_id)
        day = naming.coming_day(book, until)
        done = book.run(snooze_cadence, account_id, until=day, reason=reason, person_id=person_id)
        session.show_record(book, done.result, done)


@cadence.command("wake")
@click.argument("account")
@click.option("--person", metavar="PERSON", help=_("The person whose contact rests."))
@pass_session
def wake(session: Session, account: str, person: str | None) -> None:
    """End a snooze before its day."""
    from planner.use_cases.snoozing import wake_cadence

    with session.writing(make=False) as book:
        account_id = book.queries().names.account(account)
        person_id = None if person is None else naming.person(book, person, account_id)
        done = book.run(wake_cadence, account_id, person_id)
        session.show_record(book, done.result, done)
