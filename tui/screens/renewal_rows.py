"""The rows, the columns and the forecast lines of the renewals. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.language import gettext as _
from planner.renewals import rate, state_of
from planner.views.renewals import DueMonth, RenewalForecast, RenewalRow
from tui.due_words import NOTHING, month_names, owner_words
from tui.renewal_words import (
    amount,
    apart_words,
    crowd_words,
    due_words,
    fate_words,
    percent,
    steps_words,
)
from tui.widgets.cells import Cell, fit, width_of
from tui.widgets.columns import Column
from tui.widgets.health_cell import health_cell
from tui.widgets.row_window import TableRow

NOTICE_NEAR = 30
"""Days before the last day for notice from which it is marked."""
FAR_DAYS = 300
"""Days from which an end is told by its month and year."""
GAP = "   "
MONTH_WIDTH = 25
"""Cells of one month in the lines under the list."""


def renewal_columns() -> tuple[Column, ...]:
    """The columns; account, health, end and forecast stay longest where there is little room."""
    return (
        Column("account", _("Account"), None, priority=12, least=12, most=36),
        Column("health", _("Health"), 6, priority=10),
        Column("arr", _("ARR"), 10, "right", priority=7),
        Column("ends", _("Ends"), 8, priority=9),
        Column("days", _("In"), 5, "right", priority=8),
        Column("notice", _("Notice"), 6, "right", priority=6),
        Column("forecast", _("Forecast"), 11, priority=11),
        Column("ready", _("Ready"), 5, "right", priority=4),
        Column("steps", _("Steps"), 5, priority=5),
        Column("by", _("by"), 10, priority=3),
        Column("contract", _("Contract"), None, priority=1, least=10, most=20),
        Column("who", _("Who"), 8, priority=2),
    )


def renewal_row(row: RenewalRow, today: date, me: int | None) -> TableRow:
    """One renewal as a row; ``!`` marks one past its end and undecided."""
    one = row.standing
    cells: tuple[Cell, ...] = (
        row.account,
        health_cell(one.band, row.shown, row.coverage, uncertain=row.uncertain),
        _arr(row),
        end_words(date.fromisoformat(row.end_on), today),
        _days(row, today),
        _notice(row, today),
        _fate(row),
        (NOTHING, "muted") if row.plan_readiness is None else f"{row.plan_readiness:.0f} %",
        _steps(row, today),
        (NOTHING, "muted") if row.notice_on is None else row.notice_on,
        row.contract,
        owner_words(row.owner_id, row.owner, me),
    )
    return TableRow(row.id, cells, ("!", "late") if state_of(one) == "overdue" else "")


def end_words(end: date, today: date) -> str:
    """``15 May`` nearby, ``May 2028`` far away."""
    month = month_names()[end.month - 1]
    if abs((end - today).days) > FAR_DAYS:
        return f"{month} {end.year}"
    return f"{end.day} {month}"


def _arr(row: RenewalRow) -> Cell:
    """Money of another currency is named and stands apart."""
    text = amount(row.arr_minor, row.currency)
    return (f"{text} {row.currency}", "muted") if row.foreign else text


def _days(row: RenewalRow, today: date) -> Cell:
    days = (date.fromisoformat(row.end_on) - today).days
    text = _("{count}d").format(count=days)
    return (text, "late") if state_of(row.standing) == "overdue" else text


def _notice(row: RenewalRow, today: date) -> Cell:
    if row.notice_on is None:
        return (NOTHING, "muted")
    days = (date.fromisoformat(row.notice_on) - today).days
    if days < 0:
        return (_("passed"), "muted")
    text = _("{count}d").format(count=days)
    return (text, "warn") if days <= NOTICE_NEAR else text


def _fate(row: RenewalRow) -> Cell:
    one, words = row.standing, fate_words(row)
    if one.cancelled or one.forecast == "lost" or state_of(one) == "lost":
        return (words, "late")
    if one.forecast == "at_risk":
        return (words, "warn")
    return (words, "gap") if words == fate_unknown() else words


def fate_unknown() -> str:
    """The word for a forecast that nobody made."""
    from planner.vocabulary_words import value_words

    return value_words("unknown")


def _steps(row: RenewalRow, today: date) -> Cell:
    words = steps_words(row, today)
    if not words:
        return (NOTHING, "muted")
    return words if words.startswith("●") and "✗" not in words else (words, "warn")


def bottom_lines(forecast: RenewalForecast, width: int) -> list[tuple[Cell, ...]]:
    """What stands under the list: the forecast against what is due, its method, what stands apart,
    the months, and the rule where a month is pointed out."""
    total, currency = forecast.total, forecast.currency
    said = _("{count} due in 12 months").format(count=total.due_count)
    phrases: list[Cell] = [said]
    if total.due_minor:
        phrases[0] = (f"{said}  {due_words(total, currency)} {currency}", "strong")
        phrases.append((_("p as entered, else assumed by health"), "muted"))
    phrases += [(words, "warn") for words in apart_words(forecast)]
    lines = [*packed(phrases, width - 2), *month_lines(forecast, width)]
    if any(one.crowded for one in forecast.months):
        lines.append(((crowd_words(), "muted"),))
    return lines


def packed(phrases: Sequence[Cell], width: int) -> list[tuple[Cell, ...]]:
    """Phrases side by side, as many a line as there is room for."""
    lines: list[list[Cell]] = []
    room = 0
    for phrase in phrases:
        need = width_of(_text(phrase))
        if not lines or need + len(GAP) > room:
            lines.append([phrase])
            room = width - need
        else:
            lines[-1] += [GAP, phrase]
            room -= need + len(GAP)
    return [tuple(line) for line in lines]


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def month_lines(forecast: RenewalForecast, width: int) -> list[tuple[Cell, ...]]:
    """The months with something due, as many a line as there is room for."""
    each = max(1, (width - 2) // MONTH_WIDTH)
    months = forecast.months
    return [
        tuple(
            cell
            for month in months[start : start + each]
            for cell in _month(month, forecast.currency)
        )
        for start in range(0, len(months), each)
    ]


def _month(month: DueMonth, currency: str) -> Sequence[Cell]:
    """``! May  14 1.43 M 84.3 %``: too much at once, how many, ARR that is due, forecast."""
    name = month_names()[int(month.month[5:]) - 1]
    share = percent(rate(month.expected_minor, month.due_minor))
    text = f"{fit(name, 4)}{month.due_count:>3} {amount(month.due_minor, currency):>6} {share:>7}"
    crowd: Cell = ("! ", "warn") if month.crowded else "  "
    return (crowd, (fit(text, MONTH_WIDTH - 2), "warn" if month.crowded else ""))
