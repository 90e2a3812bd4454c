"""The list of accounts, with the full filter language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.listing import filter_of, listing_options, sort_of
from tui.cli.output import Column, identity, money_document, screen_width, table

if TYPE_CHECKING:
    from planner.views.accounts import AccountRow
    from planner.views.totals import AccountTotals

SORTS = {
    "name": "name", "health": "health", "arr": "arr", "renewal": "renewal", "touch": "touch",
    "tier": "tier", "complaints": "complaints", "owner": "owner", "trend": "trend", "next": "next",
    "days_to_renewal": "renewal", "last_two_way": "touch", "open_complaints": "complaints",
    "next_action": "next",
}  # fmt: skip
"""What may be named after ``--sort``, the JSON fields among them, and the sort it means."""

WIDE = 110
"""Cells from which the table has room for the owner."""


@command()
@listing_options
@pass_session
def accounts(session: Session, text: str, sort: str | None, limit: int | None) -> None:
    """List accounts with health, renewal, last touch and next action.

    Filter: tier:1,2 band:red renewal<90 touch>30 owner:me arr>100k "logistics", and health
    coverage currency complaints severity stage sector country tag readiness keep parent star.
    Sort: name health arr renewal touch tier complaints owner trend next.
    """
    parts = filter_of(text)
    name, backwards = sort_of(sort, SORTS) if sort is not None else ("name", False)
    with session.reading() as book:
        book.fresh_for_reading()
        queries = book.queries().accounts
        today = book.today
        rows = queries.page(sort=SORTS[name], backwards=backwards, parts=parts, limit=limit)
        totals = None if session.json else queries.totals(parts)
    session.show(
        [account_document(row, today) for row in rows],
        lambda: [*account_table(rows, today), *_totals(totals, len(rows))],
    )


def account_document(row: AccountRow, today: date) -> dict[str, Any]:
    """One account as the contract lists it."""
    from planner.vocabulary import SEVERITIES

    renewal = row.renewal_on
    return {
        "id": identity(row.id),
        "name": row.name,
        "external_id": row.external_id,
        "tier": row.tier,
        "stage": row.stage,
        "owner": row.owner,
        "arr": money_document(row.arr_minor, row.currency),
        "currency": row.currency,
        "health": {
            "score": row.shown,
            "band": row.band,
            "coverage": row.coverage,
            "trend": row.trend,
            "as_of": row.as_of,
        },
        "renewal": renewal,
        "days_to_renewal": None if renewal is None else (date.fromisoformat(renewal) - today).days,
        "last_two_way": row.last_two_way_on,
        "open_complaints": row.open_complaints,
        "worst_severity": SEVERITIES[row.worst_severity - 1] if row.worst_severity else None,
        "plan_readiness": row.plan_readiness,
        "next_action": row.next_action,
    }


def account_table(rows: Sequence[AccountRow], today: date) -> list[str]:
    """The lines of the list for people; a narrow terminal goes without the owner."""
    width = screen_width()
    columns = [
        Column(_("Account"), cut=True), Column(_("T"), right=True), Column(_("Health")),
        Column(_("28d"), right=True), Column(_("ARR"), right=True), Column(_("Renews"), right=True),
        Column(_("Touch"), right=True), Column(_("Cmp")), Column(_("Next"), cut=True),
    ]  # fmt: skip
    rows_of_cells = [_cells(row, today) for row in rows]
    if width is None or width >= WIDE:
        columns.append(Column(_("Owner"), cut=True))
        rows_of_cells = [
            (*cells, row.owner) for cells, row in zip(rows_of_cells, rows, strict=True)
        ]
    return table(columns, rows_of_cells, empty=_("No accounts are listed."), width=width)


def _cells(row: AccountRow, today: date) -> tuple[Any, ...]:
    from tui.cli.faces import SEVERITY_LETTERS, days_text, due_text, health_text, trend_text

    ahead = None if row.renewal_on is None else (date.fromisoformat(row.renewal_on) - today).days
    since = None
    if row.last_two_way_on is not None:
        since = (today - date.fromisoformat(row.last_two_way_on)).days
    late = "!" if since is not None and since > row.cadence_days else ""
    due, step = due_text(row.next_action_on, today), row.next_action
    worst = SEVERITY_LETTERS[row.worst_severity]
    return (
        ("* " if row.starred else "") + row.name,
        row.tier,
        health_text(row.band, row.shown, row.uncertain, row.coverage, row.starter_known),
        trend_text(row.trend),
        _arr(row),
        days_text(ahead),
        None if since is None else f"{days_text(since)}{late}",
        f"{row.open_complaints}{worst}" if row.open_complaints else None,
        f"{due}: {step}" if due and step else step,
    )


def _arr(row: AccountRow) -> str | None:
    if row.arr_minor is None or row.currency is None:
        return _("other money") if row.arr_foreign else None
    from planner.money import Money, compact

    more = "+" if row.arr_foreign else ""
    return compact(Money(row.arr_minor, row.currency)) + more


def _totals(totals: AccountTotals | None, shown: int) -> list[str]:
    if totals is None or not totals.count:
        return []
    from planner.money import Money, compact

    bands = "  ".join(
        f"{_band_name(band.band)} {band.count}: {compact(Money(band.arr_minor, totals.currency))}"
        for band in totals.bands
    )
    whole = compact(Money(totals.arr_minor, totals.currency))
    lines = ["", _("{shown} of {count} accounts, {whole} {currency} a year   {bands}").format(
        shown=shown, count=totals.count, whole=whole, currency=totals.currency, bands=bands
    )]  # fmt: skip
    if totals.foreign_contracts:
        lines.append(
            _("{count} contracts in other currencies stand apart, in no sum.").format(
                count=totals.foreign_contracts
            )
        )
    return lines


def _band_name(band: str) -> str:
    names = {
        "red": _("red"), "yellow": _("yellow"), "green": _("green"), "grey": _("unknown"),
    }  # fmt: skip
    return names[band]
