"""The rows, the columns and the totals of a list of accounts. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.money import Money, compact
from planner.views.accounts import AccountRow
from planner.views.health_signs import BAND_SIGNS, LEAST_COVERAGE
from tui.due_words import NOTHING
from tui.widgets.badge import trend_text
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.health_cell import health_cell
from tui.widgets.row_window import TableRow

if TYPE_CHECKING:
    from planner.views.totals import AccountTotals

STAR = "★"
SEVERITY_LETTERS = {4: "C", 3: "H"}
HIGH = 3
BAD_TREND = -5
MOST_DAYS = 99
"""The oldest age of a score that its column has room for."""


def account_columns() -> tuple[Column, ...]:
    """The columns; the name stays longest where there is little room."""
    return (
        Column("name", _("Account"), None, priority=10, least=14, most=40),
        Column("tier", _("T"), 1, priority=3),
        Column("health", _("Health"), 6, priority=9),
        Column("trend", _("28d"), 4, "right", priority=4),
        Column("arr", _("ARR"), 6, "right", priority=7),
        Column("renews", _("Renews"), 6, "right", priority=6),
        Column("touch", _("Touch"), 5, "right", priority=5),
        Column("complaints", _("Cmp"), 3, priority=2),
        Column("next", _("Next"), None, priority=8, least=12),
    )


def account_row(row: AccountRow, today: date) -> TableRow:
    """One account as a row, its star as the flag."""
    cells: tuple[Cell, ...] = (
        row.name,
        "·" if row.tier is None else str(row.tier),
        health_cell(row.band, row.shown, row.coverage, uncertain=row.uncertain),
        _trend(row, today),
        _arr(row),
        _renews(row, today),
        _touch(row, today),
        _complaints(row),
        _next(row, today),
    )
    return TableRow(row.id, cells, (STAR, "warn") if row.starred else "")


def _trend(row: AccountRow, today: date) -> Cell:
    """The change in 28 days; of a score that is not today's, how many days old it is."""
    age = (today - date.fromisoformat(row.as_of)).days
    if age:
        return (_("@{days}d").format(days=min(age, MOST_DAYS)), "muted")
    text = trend_text(row.trend)
    if row.trend is None:
        return (text, "muted")
    return (text, "late") if row.trend <= BAD_TREND else text


def _arr(row: AccountRow) -> Cell:
    if row.arr_minor is None or row.currency is None:
        return ("+" if row.arr_foreign else NOTHING, "muted")
    return compact(Money(row.arr_minor, row.currency)) + ("+" if row.arr_foreign else "")


def _renews(row: AccountRow, today: date) -> Cell:
    if row.renewal_on is None:
        return (NOTHING, "muted")
    days = (date.fromisoformat(row.renewal_on) - today).days
    text = _("{count}d").format(count=days)
    return (text, "late") if days < 0 else text


def _touch(row: AccountRow, today: date) -> Cell:
    if row.last_two_way_on is None:
        return (NOTHING, "muted")
    days = (today - date.fromisoformat(row.last_two_way_on)).days
    text = _("{count}d").format(count=days)
    return (f"{text}!", "warn") if days > row.cadence_days else f"{text} "


def _complaints(row: AccountRow) -> Cell:
    if not row.open_complaints:
        return ("-", "muted")
    letter = SEVERITY_LETTERS.get(row.worst_severity, "")
    return (f"{row.open_complaints}{letter}", "late" if row.worst_severity >= HIGH else "")


def _next(row: AccountRow, today: date) -> Cell:
    if row.coverage < LEAST_COVERAGE:
        starter = _("starter {known} of 4").format(known=row.starter_known)
        return (f"{starter} · {row.next_action}" if row.next_action else starter, "gap")
    if row.next_action is None:
        return (NOTHING, "muted")
    if row.next_action_on is None:
        return row.next_action
    days = (today - date.fromisoformat(row.next_action_on)).days
    if days > 0:
        return (_("{days}d late: {action}").format(action=row.next_action, days=days), "late")
    return row.next_action


def totals_spans(totals: AccountTotals, shown: int, marked: int) -> tuple[Cell, ...]:
    """The line under the list: how many, how many marked, ARR, and by band; unknown stands apart.

    ``shown`` counts the accounts of the list, ``totals`` is what they add up to.
    """
    count = _("{count} accounts").format(count=shown)
    if marked:
        count += _(", {count} marked").format(count=marked)
    spans: list[Cell] = [(count, "strong"), "   " + amount(totals.arr_minor, totals.currency), " "]
    spans.append(f"{totals.currency}")
    for band in totals.bands:
        glyph, _letter = BAND_SIGNS.get(band.band, BAND_SIGNS["grey"])
        text = f"   {glyph} {amount(band.arr_minor, totals.currency)}"
        if band.band == "grey":
            text += " " + _("unknown")
        spans.append((text, f"band.{band.band}"))
    if totals.foreign_contracts:
        spans.append(
            (
                "   " + _("+{count} foreign").format(count=totals.foreign_contracts),
                "muted",
            )
        )
    if totals.stale:
        spans.append(
            ("   " + _("@ {count} scores of another day").format(count=totals.stale), "warn")
        )
    return tuple(spans)


def amount(minor: int, currency: str) -> str:
    """ARR in few digits: ``1.43 M``."""
    return compact(Money(minor, currency))
