"""Today as a list: one line an account, most urgent first, and what waits behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.listing import Listing, filter_of, listing_options, show_listing
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from planner.views.meetings import MeetingRow
    from planner.views.today import TodayLine, TodayPage
    from tui.composition import Book

SECTIONS = ("now", "later", "waiting", "handoffs", "upkeep")


class TodayEntry(NamedTuple):
    """One account's line and the section of Today it stands in."""

    section: str
    line: TodayLine


@command()
@listing_options
@click.option("--all", "everybody", is_flag=True, help=_("Everybody's, not mine alone."))
@pass_session
def today(
    session: Session, text: str, sort: str | None, limit: int | None, everybody: bool
) -> None:
    """List today's meetings and what must be done: now, later, waiting on them, hand-offs, upkeep.

    Besides actions, complaints, talks and notice dates these are what the plans ask for: risks to
    check, next steps of opportunities, plans to review, steps of renewals that are not done,
    sections offered; as upkeep, five accounts a week, signatures asked again, interviews due,
    goals to measure, sections stale or empty, functions without a person.

    Mine alone where the book knows me, else everybody's. Fields: account owner kind section band
    due (days ahead).
    """
    from planner.row_filter import days_ahead, today_fields

    parts = filter_of(text, today_fields())
    with session.reading() as book:
        page = read_today(book, everybody=everybody)
        day, me = book.today, book.actor.colleague_id
        meetings = book.queries().meetings.today(mine=not everybody and me is not None)
        zone = book.settings.zone
    if not session.json and not parts and sort is None and limit is None:
        session.show(None, lambda: today_lines(page, day, meeting_lines(meetings, zone)))
        return
    show_listing(
        session,
        Listing(
            lambda row: {
                "account": row.line.account, "owner": row.line.first.owner,
                "kind": row.line.first.kind, "section": row.section, "band": row.line.band,
                "due": days_ahead(row.line.first.due_on, day), "words": row.line.first.words,
                "me": me is not None and row.line.first.owner_id == me,
            },
            lambda row: _document(row, page.on),
            (Column(_("Section")), *_columns()),
            lambda row: (row.section, *_cells(row.line, day)),
            {
                "due": lambda row: row.line.first.due_on,
                "account": lambda row: row.line.account.casefold(),
            },
            _("Nothing to do."),
        ),
        [*_meetings(meetings), *_entries(page)], parts, sort, limit,
    )  # fmt: skip


def read_today(book: Book, *, everybody: bool = False) -> TodayPage:
    """Today with scores of today: mine where the book knows me, else everybody's."""
    book.fresh_for_reading()
    return book.queries().today.today(mine=not everybody and book.actor.colleague_id is not None)


def _entries(page: TodayPage) -> Iterator[TodayEntry]:
    for section in SECTIONS:
        for line in getattr(page, section):
            yield TodayEntry(section, line)


def _meetings(meetings: tuple[MeetingRow, ...]) -> Iterator[TodayEntry]:
    from planner.views.today import Duty, TodayLine

    for row in meetings:
        duty = Duty(
            row.account_id, "meeting", row.title, row.starts_on, row.starts_at, row.colleague_id,
            None, row.id,
        )  # fmt: skip
        face = (row.band, row.shown, bool(row.uncertain), row.starter_known, row.coverage)
        line = TodayLine(row.account_id, row.account, *face, duty, ())
        yield TodayEntry("meetings", line)


def meeting_lines(meetings: tuple[MeetingRow, ...], zone: ZoneInfo) -> list[str]:
    """Today's meetings and those to log for people; nothing where there is none."""
    if not meetings:
        return []
    from tui.cli.faces import health_text
    from tui.cli.meetings import when_text

    columns = (
        Column(_("When")), Column(_("Account"), cut=True), Column(_("Health")),
        Column(_("Meeting"), cut=True), Column(_("With"), cut=True), Column(_("Logged")),
    )  # fmt: skip
    rows = [
        (
            when_text(row, zone), row.account,
            health_text(
                row.band, row.shown, bool(row.uncertain), row.coverage, row.starter_known
            ),
            row.title, ", ".join(row.people), _("no") if row.touchpoint_id is None else _("yes"),
        )
        for row in meetings
    ]  # fmt: skip
    return ["", _("MEETINGS"), *table(columns, rows, empty="", width=screen_width())]


def _document(row: TodayEntry, as_of: str) -> dict[str, Any]:
    line, first = row.line, row.line.first
    return {
        "account_id": identity(line.account_id),
        "account": line.account,
        "section": row.section,
        "kind": first.kind,
        "what": first.words,
        "due": first.due_on,
        "owner": first.owner,
        "plan_section": first.section,
        "row_id": identity(first.row_id),
        "also": len(line.others),
        "score": line.shown,
        "band": line.band,
        "as_of": as_of,
    }


def today_lines(page: TodayPage, day: date, above: Sequence[str] = ()) -> list[str]:
    """Today for people, by section; an empty section is one line. ``above`` stands on top."""
    titles = {
        "now": _("NOW  {count} accounts").format(count=page.count("now")),
        "later": _("LATER  {count} in 14 days").format(count=page.count("later")),
        "waiting": _("WAITING ON THEM  {count}").format(count=page.count("waiting")),
        "handoffs": _("HAND-OFFS  {count}").format(count=page.count("handoffs")),
        "upkeep": _("UPKEEP  {count} of {total}").format(
            count=len(page.upkeep), total=page.upkeep_known
        ),
    }
    lines = [_("TODAY  {day}").format(day=page.on), *above]
    for section in SECTIONS:
        rows = [_cells(line, day) for line in getattr(page, section)]
        lines += ["", titles[section]]
        if rows:
            lines += table(_columns(), rows, empty="", width=screen_width())
    return lines


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Account"), cut=True), Column(_("Health")), Column(_("What"), cut=True),
        Column(_("Due")), Column(_("Who"), cut=True), Column(_("Also"), right=True),
    )  # fmt: skip


def _cells(line: TodayLine, day: date) -> tuple[Any, ...]:
    from tui.cli.faces import due_text, health_text

    first = line.first
    return (
        line.account,
        health_text(line.band, line.shown, line.uncertain, line.coverage, line.starter_known),
        first.words,
        due_text(first.due_on, day),
        first.owner,
        f"+{len(line.others)}" if line.others else None,
    )
