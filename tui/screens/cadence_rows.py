"""The columns and rows of the cadence screen. Pure."""

from __future__ import annotations

from datetime import date

from planner.language import gettext as _
from planner.views.cadence import CadenceRow, ReviewRow
from planner.vocabulary_words import value_words
from tui.cadence_words import last_words, mark, rest_words, review_words
from tui.due_words import NOTHING, day_words
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow

MARKS = {"overdue": "late", "due": "warn", "fresh": "muted"}


def cadence_columns() -> tuple[Column, ...]:
    """The columns; account and state stay longest where there is little room."""
    return (
        Column("account", _("Account"), None, priority=9, least=18, most=30),
        Column("state", _("State"), 10, priority=8),
        Column("last", _("Last"), 10, priority=7),
        Column("by", _("By"), None, priority=5, least=6, most=14),
        Column("kind", _("What"), 8, priority=4),
        Column("every", _("Every"), 7, "right", priority=6),
        Column("rest", _("Snoozed"), 10, priority=3),
    )


def contact_cells(row: CadenceRow, today: date) -> TableRow:
    """An account's contact as a row."""
    last = row.last
    cells: tuple[Cell, ...] = (
        row.account,
        (_state(row), MARKS[row.state]),
        (_("never"), "muted") if last is None else _day(last.on, today),
        NOTHING if last is None else (last.by or NOTHING),
        NOTHING if last is None else value_words(last.kind),
        f"{row.ideal}/{row.ideal + _slack(row)}",
        (NOTHING, "muted") if row.rest is None else _day(row.rest.until_on, today),
    )
    return TableRow(row.account_id, cells)


def review_cells(row: ReviewRow, today: date) -> TableRow:
    """An account's next quarterly review as a row of the same columns."""
    review = row.review
    late = review.due_on < today.isoformat()
    held: Cell = (_("never"), "muted") if review.held_on is None else _day(review.held_on, today)
    cells: tuple[Cell, ...] = (
        row.account,
        (_day(review.due_on, today), "late" if late else "muted"),
        held,
        NOTHING,
        value_words("qbr"),
        NOTHING if review.every_days is None else str(review.every_days),
        (NOTHING, "muted"),
    )
    return TableRow(row.account_id, cells)


def contact_words(row: CadenceRow, today: date) -> str:
    """What is known of an account's contact, in a line."""
    words = f"{last_words(row.last, today)} · {mark(row.state, row.overdue_days)}"
    rest = rest_words(row.rest)
    return words if rest is None else f"{words} · " + _("snoozed {words}").format(words=rest)


def review_line(row: ReviewRow, today: date) -> str:
    """What is known of an account's next quarterly review, in a line."""
    return review_words(row.review, today)


def _state(row: CadenceRow) -> str:
    """Where contact stands, in few letters; the line below the list says it in full."""
    if row.state == "overdue":
        return _("! {days}d").format(days=row.overdue_days)
    return mark(row.state, row.overdue_days)


def _slack(row: CadenceRow) -> int:
    """Days between the ideal and the maximum interval."""
    return (date.fromisoformat(row.latest_on) - date.fromisoformat(row.due_on)).days


def _day(text: str, today: date) -> str:
    day = date.fromisoformat(text)
    return day_words(day) if day.year == today.year else text
