"""The lists over rows in memory: people, touchpoints, complaints, actions."""

from __future__ import annotations

from typing import Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.listing import (
    Listing,
    Row,
    early,
    filter_of,
    folded,
    is_mine,
    listing_options,
    names_field,
    show_listing,
)
from tui.cli.output import Column, identity, local_moment


@command()
@listing_options
@pass_session
def people(session: Session, text: str, sort: str | None, limit: int | None) -> None:
    """List people with their parts in accounts.

    Fields: account name email title department language role stance influence power touch left.
    """
    from planner.row_filter import days_ago, people_fields

    parts = filter_of(text, people_fields())
    with session.reading() as book:
        today = book.today
        rows = book.queries().people.each(early(parts, sort, limit))
        show_listing(
            session,
            Listing(
                lambda row: {
                    "account": row.account, "name": row.name, "email": row.email,
                    "title": row.title,
                    "department": row.department, "language": row.language, "role": row.roles,
                    "stance": row.stance, "influence": row.influence, "power": row.power,
                    "touch": days_ago(row.last_two_way_on, today), "left": row.left_on is not None,
                },
                person_document,
                (
                    Column(_("Person"), cut=True), Column(_("Account"), cut=True),
                    Column(_("Roles"), cut=True), Column(_("Stance")), Column(_("Inf"), right=True),
                    Column(_("Touch"), right=True), Column(_("E-mail"), cut=True),
                ),
                lambda row: (
                    row.name, row.account, ", ".join(row.roles), row.stance, row.influence,
                    _days(days_ago(row.last_two_way_on, today)), row.email,
                ),
                {
                    "name": lambda row: folded(row.name),
                    "account": lambda row: folded(row.account),
                    "influence": lambda row: row.influence,
                    "touch": lambda row: row.last_two_way_on,
                    "stance": lambda row: row.stance, "power": lambda row: row.power,
                },
                _("No people are listed."),
            ),
            rows, parts, sort, limit,
        )  # fmt: skip


def person_document(row: Row) -> dict[str, Any]:
    """A person in an account as JSON."""
    return {
        "id": identity(row.id),
        "account": row.account,
        "account_id": identity(row.account_id),
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "title": row.title,
        "department": row.department,
        "language": row.language,
        "preferred_channel": row.preferred_channel,
        "consent": row.consent,
        "roles": list(row.roles),
        "influence": row.influence,
        "stance": row.stance,
        "power": row.power,
        "reports_to": row.reports_to,
        "left_on": row.left_on,
        "last_two_way": row.last_two_way_on,
        "community_since": row.community_since_on,
    }


@command()
@listing_options
@pass_session
def touchpoints(session: Session, text: str, sort: str | None, limit: int | None) -> None:
    """List touchpoints, the newest first.

    Fields: account people colleague note kind direction function two_way sentiment occurred
    (days ago).
    """
    from planner.row_filter import days_ago, touchpoint_fields

    parts = filter_of(text, touchpoint_fields())
    with session.reading() as book:
        today, zone = book.today, book.settings.zone
        timeline = book.queries().timeline
        rows = timeline.each_touchpoint(early(parts, sort, limit))
        show_listing(
            session,
            Listing(
                lambda row: {
                    "account": row.account, "people": row.people, "colleague": row.colleague,
                    "note": row.text, "kind": row.what, "direction": row.direction,
                    "function": row.function, "two_way": row.two_way, "sentiment": row.sentiment,
                    "occurred": days_ago(row.occurred_on, today),
                },
                lambda row: {
                    "id": identity(row.id), "account": row.account,
                    "people": timeline.people_of([row.id]).get(row.id, []), "kind": row.what,
                    "direction": row.direction, "two_way": row.two_way, "function": row.function,
                    "occurred": local_moment(row.occurred_at, zone), "note": row.text,
                },
                (
                    Column(_("When")), Column(_("Account"), cut=True), Column(_("Kind")),
                    Column(_("Dir")), Column(_("2-way")), Column(_("With"), cut=True),
                    Column(_("Mood"), right=True), Column(_("Note"), cut=True),
                ),
                lambda row: (
                    row.occurred_on, row.account, row.what, row.direction,
                    _("yes") if row.two_way else _("no"), row.people,
                    None if row.sentiment is None else f"{row.sentiment:+d}", row.text,
                ),
                {
                    "occurred": lambda row: row.occurred_at,
                    "account": lambda row: folded(row.account), "kind": lambda row: row.what,
                    "function": lambda row: row.function, "sentiment": lambda row: row.sentiment,
                },
                _("No touchpoints are listed."),
            ),
            rows, parts, sort, limit,
        )  # fmt: skip


@command()
@click.option("--open", "open_only", is_flag=True, help=_("Those that are not solved."))
@click.option("--breached", is_flag=True, help=_("Open ones of which a clock was late."))
@click.option("--at-risk", is_flag=True, help=_("Open ones that used up most of their time."))
@click.option("--waiting", is_flag=True, help=_("Those that wait for the customer."))
@click.option("--owner", metavar="NAME", help=_("Of one owner; me is you."))
@click.option("--severity", metavar="SEVERITY", help=_("One, or several with commas."))
@listing_options
@pass_session
def complaints(
    session: Session,
    text: str,
    sort: str | None,
    limit: int | None,
    open_only: bool,
    breached: bool,
    at_risk: bool,
    waiting: bool,
    owner: str | None,
    severity: str | None,
) -> None:
    """List complaints, the newest first.

    Fields: account number title person owner function handed severity stage clock waiting open
    opened (days ago).
    """
    from planner.row_filter import complaint_facts, complaint_fields

    clocks = [name for name, given in (("breached", breached), ("at-risk", at_risk)) if given]
    parts = filter_of(_asked(text, clocks, waiting, owner, severity), complaint_fields())
    with session.reading() as book:
        today, zone, me = book.today, book.settings.zone, book.actor.colleague_id
        if open_only or waiting or clocks:
            rows = book.queries().board.newest_open(early(parts, sort, limit))
        else:
            rows = book.queries().complaints.each(early(parts, sort, limit))
        show_listing(
            session,
            Listing(
                lambda row: complaint_facts(row, today, me),
                lambda row: {
                    "id": identity(row.id), "number": row.number, "account": row.account,
                    "title": row.title, "severity": row.severity, "stage": row.stage,
                    "waiting": row.waiting, "owner": row.owner,
                    "opened": local_moment(row.opened_at, zone),
                    "ack_due": local_moment(row.ack_due, zone),
                    "response_due": local_moment(row.response_due, zone),
                    "resolution_due": local_moment(row.resolution_due, zone), "clock": row.clock,
                },
                (
                    Column(_("No.")), Column(_("Account"), cut=True), Column(_("Severity")),
                    Column(_("Stage")), Column(_("Clock")), Column(_("Opened")),
                    Column(_("Owner"), cut=True), Column(_("Title"), cut=True),
                ),
                lambda row: (
                    row.number, row.account, row.severity, row.stage, row.clock, row.opened_on,
                    row.owner, row.title,
                ),
                {
                    "opened": lambda row: row.opened_at,
                    "account": lambda row: folded(row.account),
                    "severity": lambda row: _severity_rank(row.severity),
                    "due": lambda row: row.next_due,
                    "number": lambda row: (len(row.number), row.number),
                    "stage": lambda row: row.stage, "owner": lambda row: folded(row.owner),
                },
                _("No complaints are listed."),
            ),
            rows, parts, sort, limit,
        )  # fmt: skip


@command()
@listing_options
@pass_session
def actions(session: Session, text: str, sort: str | None, limit: int | None) -> None:
    """List what is owed, by due day; done and dropped ones only with a filter on status.

    Fields: account action owner their_owner side status promised shared due (days ahead).
    """
    from planner.row_filter import action_fields, days_ahead
    from tui.cli.faces import due_text

    parts = filter_of(text, action_fields())
    with session.reading() as book:
        today, me = book.today, book.actor.colleague_id
        rows = book.queries().actions(
            status=None if names_field(parts, "status") else "open",
            limit=early(parts, sort, limit),
        )
        show_listing(
            session,
            Listing(
                lambda row: {
                    "account": row.account, "action": row.action, "owner": row.owner,
                    "their_owner": row.their_owner, "side": row.side, "status": row.status,
                    "promised": row.promised, "shared": row.shared,
                    "due": days_ahead(row.due_on, today), "me": is_mine(row.owner_id, me),
                },
                action_document,
                (
                    Column(_("Due")), Column(_("Account"), cut=True), Column(_("Side")),
                    Column(_("Owner"), cut=True), Column(_("Action"), cut=True),
                    Column(_("Done means"), cut=True),
                ),
                lambda row: (
                    due_text(row.due_on, today), row.account, row.side,
                    row.owner if row.side == "we" else row.their_owner, row.action, row.done_means,
                ),
                {
                    "due": lambda row: row.due_on, "account": lambda row: folded(row.account),
                    "owner": lambda row: folded(row.owner),
                    "action": lambda row: folded(row.action),
                },
                _("Nothing is owed."),
            ),
            rows, parts, sort, limit,
        )  # fmt: skip


def action_document(row: Row) -> dict[str, Any]:
    """An action as JSON."""
    return {
        "id": identity(row.id),
        "account": row.account,
        "account_id": identity(row.account_id),
        "side": row.side,
        "action": row.action,
        "owner": row.owner,
        "their_owner": row.their_owner,
        "due": row.due_on,
        "done_means": row.done_means,
        "promised": row.promised,
        "shared": row.shared,
        "status": row.status,
        "origin": row.origin,
        "request": row.request,
        "asked_by": row.asked_by,
    }


def _asked(
    text: str, clocks: list[str], waiting: bool, owner: str | None, severity: str | None
) -> str:
    """The filter with what the options add to it."""
    parts = [text]
    if clocks:
        parts.append(f"clock:{','.join(clocks)}")
    if waiting:
        parts.append("waiting:yes")
    if owner is not None:
        name = owner.replace('"', " ").strip()
        parts.append("owner:me" if name.casefold() == "me" else f'owner:"{name}"')
    if severity is not None:
        parts.append(f"severity:{severity}")
    return " ".join(parts).strip()


def _severity_rank(severity: str) -> int:
    from planner.vocabulary import SEVERITIES

    ranks: dict[str, int] = {name: rank for rank, name in enumerate(SEVERITIES)}
    return ranks[severity]


def _days(count: int | None) -> str | None:
    from tui.cli.faces import days_text

    return days_text(count)
