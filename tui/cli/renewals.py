"""The list of renewals, and the forecast against what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.listing import filter_of, listing_options, sort_of
from tui.cli.output import Column, identity, money_document, screen_width, table

if TYPE_CHECKING:
    from planner.views.renewals import DueMonth, RenewalForecast, RenewalRow
    from tui.composition import BookQueries

SORTS = {
    **{name: name for name in (
        "end", "account", "arr", "notice", "forecast", "health", "readiness", "missed", "owner",
    )},
    "days": "end", "days_to_notice": "notice", "plan_readiness": "readiness",
    "milestones_missed": "missed",
}  # fmt: skip
"""What may be named after ``--sort``, the JSON fields among them, and the sort it means."""
WINDOW = 500
"""How many rows are read at once."""
WIDE = 110
"""Cells from which the table has room for the days of notice and the owner."""


@command()
@listing_options
@click.option(
    "--months", is_flag=True, help=_("The forecast against what is due, month by month, instead.")
)
@pass_session
def renewals(
    session: Session, text: str, sort: str | None, limit: int | None, months: bool
) -> None:
    """List what is due by its end, with notice, forecast, plan readiness and milestones.

    Filter: renewal<90 notice<30 forecast:at_risk,unknown missed>0 arr>100k auto_renew:yes
    currency:eur state:open,overdue,renewed,lost, and the fields of accounts. What is decided is
    left out unless the filter names states. Sort: end account arr notice forecast health readiness
    missed owner. The forecast is of twelve months from this one.
    """
    from planner.filter_fields import renewal_fields

    parts = filter_of(text, renewal_fields())
    name, backwards = sort_of(sort, SORTS) if sort is not None else ("end", False)
    with session.reading() as book:
        book.fresh_for_reading()
        queries, today = book.queries(), book.today
        wanted = months or not session.json
        forecast = queries.renewals.forecast(parts) if wanted else None
        rows: list[RenewalRow] = []
        if not months:
            ids = queries.renewals.ids(
                sort=SORTS[name], backwards=backwards, parts=parts, limit=limit
            )
            rows.extend(_windowed(queries, ids.contracts))
    if months and forecast is not None:
        session.show(forecast_document(forecast), lambda: forecast_lines(forecast))
        return
    session.show(
        [renewal_document(row, today) for row in rows],
        lambda: [
            *renewal_table(rows, today),
            *(["", *forecast_lines(forecast)] if forecast is not None else []),
        ],
    )


def _windowed(queries: BookQueries, ids: Sequence[int]) -> Iterator[RenewalRow]:
    for start in range(0, len(ids), WINDOW):
        yield from queries.renewals.by_ids(ids[start : start + WINDOW])


def renewal_document(row: RenewalRow, today: date) -> dict[str, Any]:
    """One renewal as JSON."""
    from planner.renewals import expected_of, odds_of, state_of, steps

    end, notice = date.fromisoformat(row.end_on), row.notice_on
    odds, (kept, more) = odds_of(row.standing), expected_of(row)
    states = steps(end, row.milestones_done, today)
    return {
        "id": identity(row.id),
        "account_id": identity(row.account_id),
        "account": row.account,
        "contract": row.contract,
        "tier": row.tier,
        "owner": row.owner,
        "health": {
            "score": row.shown,
            "band": row.standing.band,
            "coverage": row.coverage,
            "as_of": row.as_of,
        },
        "arr": money_document(row.arr_minor, row.currency),
        "currency": row.currency,
        "end": row.end_on,
        "days": (end - today).days,
        "notice": notice,
        "days_to_notice": None if notice is None else (date.fromisoformat(notice) - today).days,
        "auto_renew": row.auto_renew,
        "cancelled": row.standing.cancelled,
        "state": state_of(row.standing),
        "decided": row.decided_on,
        "forecast": row.standing.forecast,
        "probability": _share(odds.p),
        "probability_from": odds.source,
        "expected": money_document(_whole(kept), row.currency),
        "uplift": money_document(_whole(more), row.currency),
        "plan_readiness": row.plan_readiness,
        "milestones_done": [one.offset_days for one in states if one.state == "done"],
        "milestones_missed": [one.offset_days for one in states if one.state == "missed"],
    }


def renewal_table(rows: Sequence[RenewalRow], today: date) -> list[str]:
    """The lines of the list for people; a narrow terminal goes without notice day and owner."""
    width = screen_width()
    wide = width is None or width >= WIDE
    columns = [
        Column(_("Account"), cut=True), Column(_("Health")), Column(_("ARR"), right=True),
        Column(_("Ends")), Column(_("In"), right=True), Column(_("Notice"), right=True),
        Column(_("Forecast")), Column(_("Ready"), right=True), Column(_("Steps")),
    ]  # fmt: skip
    if wide:
        columns += [Column(_("Notice by")), Column(_("Contract"), cut=True),
                    Column(_("Owner"), cut=True)]  # fmt: skip
    cells = [
        (
            *_cells(row, today, bare=not (wide or row.foreign)),
            *((row.notice_on, row.contract, row.owner) if wide else ()),
        )
        for row in rows
    ]
    return table(columns, cells, empty=_("No renewals are listed."), width=width)


def _cells(row: RenewalRow, today: date, *, bare: bool) -> tuple[Any, ...]:
    """``bare``: without the currency, which is the book's own and said below."""
    from tui.cli.faces import days_text, health_text
    from tui.renewal_words import amount, fate_words, steps_words

    one = row.standing
    notice = row.notice_on
    arr = amount(row.arr_minor, row.currency)
    return (
        row.account,
        health_text(one.band, row.shown, row.uncertain, row.coverage, row.starter_known),
        arr if bare else f"{arr} {row.currency}",
        row.end_on,
        days_text((date.fromisoformat(row.end_on) - today).days),
        None if notice is None else days_text((date.fromisoformat(notice) - today).days),
        fate_words(row),
        None if row.plan_readiness is None else f"{row.plan_readiness:.0f} %",
        steps_words(row, today) or None,
    )


def forecast_lines(forecast: RenewalForecast) -> list[str]:
    """The forecast in words: the whole, what stands apart, each month."""
    from tui.renewal_words import apart_words, crowd_words, due_words, method_words

    total, currency = forecast.total, forecast.currency
    lines = [
        _("Due {start} to before {end}: {count} renewals, {words} ({currency})").format(
            start=forecast.start, end=forecast.end, count=total.due_count,
            words=due_words(total, currency), currency=currency,
        ),
        _("Method: {method}; by the month of the end").format(method=method_words()),
    ]  # fmt: skip
    apart = apart_words(forecast)
    if apart:
        lines.append(_("Apart: {words}").format(words=" · ".join(apart)))
    if forecast.months:
        lines += ["", *_month_table(forecast.months, currency)]
    if any(one.crowded for one in forecast.months):
        lines.append(crowd_words())
    return lines


def _month_table(months: Sequence[DueMonth], currency: str) -> list[str]:
    from planner.renewals import rate
    from tui.renewal_words import amount, month_words, percent

    columns = [
        Column(""), Column(_("Month")), Column(_("Due"), right=True), Column(_("ARR"), right=True),
        Column(_("Forecast"), right=True), Column("", right=True), Column(_("Renewed"), right=True),
        Column(_("Lost"), right=True), Column(_("Open"), right=True),
        Column(_("Unknown"), right=True),
    ]  # fmt: skip
    cells = [
        (
            "!" if one.crowded else "",
            month_words(one.month),
            one.due_count,
            amount(one.due_minor, currency),
            amount(one.expected_minor, currency),
            percent(rate(one.expected_minor, one.due_minor)),
            one.renewed_count,
            one.lost_count,
            one.open_count,
            amount(one.unknown_minor, currency),
        )
        for one in months
    ]
    return table(columns, cells, empty="", width=screen_width())


def forecast_document(forecast: RenewalForecast) -> dict[str, Any]:
    """The forecast as JSON; shares are texts with six decimals, null where nothing is due."""
    from tui.renewal_words import method_words

    return {
        "from": forecast.start,
        "to": forecast.end,
        "method": method_words(),
        "currency": forecast.currency,
        **month_document(forecast.total, forecast.currency),
        "earlier": None
        if forecast.earlier is None
        else month_document(forecast.earlier, forecast.currency),
        "without_end": forecast.without_end,
        "months": [
            {
                "month": one.month,
                **month_document(one, forecast.currency),
                "crowded": one.crowded,
            }
            for one in forecast.months
        ],
    }


def month_document(month: DueMonth, currency: str) -> dict[str, Any]:
    """What is due in a month or a period as JSON."""
    from planner.renewals import rate

    return {
        "due_count": month.due_count,
        "due": money_document(month.due_minor, currency),
        "forecast": money_document(_whole(month.expected_minor), currency),
        "forecast_rate": _share(rate(month.expected_minor, month.due_minor)),
        "uplift": money_document(_whole(month.uplift_minor), currency),
        "renewed_count": month.renewed_count,
        "renewed": money_document(_whole(month.renewed_minor), currency),
        "renewed_rate": _share(rate(month.renewed_minor, month.due_minor)),
        "lost_count": month.lost_count,
        "open_count": month.open_count,
        "open": money_document(month.open_minor, currency),
        "unknown": money_document(month.unknown_minor, currency),
        "foreign_count": month.foreign,
    }


def _whole(minor: Decimal) -> int:
    return int(minor.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _share(share: Decimal | None) -> str | None:
    if share is None:
        return None
    return f"{share.quantize(Decimal('0.000001'), rounding=ROUND_HALF_UP):f}"
