"""How the board shows a complaint: columns, cells, the line about it; and how it is read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.views.account import ComplaintRow
from planner.views.board import (
    BY_SEVERITY,
    LANES,
    SEVERITIES,
    BoardCount,
    BoardPlaces,
    Slice,
    Whose,
)
from planner.vocabulary_words import value_words
from tui.due_words import NOTHING, clock_cell, owner_words
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow

if TYPE_CHECKING:
    from tui.composition import BookQueries

SEVERITY_STYLES = {"critical": "late", "high": "warn"}
MOST_CLOSED = 500
LAST = "9999"


def complaint_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("number", _("Number"), 6, priority=5),
        Column("account", _("Account"), None, priority=9, least=12, most=24),
        Column("severity", _("Severity"), 8, priority=7),
        Column("title", _("What"), None, priority=6, least=12),
        Column("stage", _("Stage"), 11, priority=3),
        Column("due", _("Due"), 9, priority=8),
        Column("who", _("Who"), 6, priority=4),
    )


def complaint_row(row: ComplaintRow, now: datetime, me: int | None) -> TableRow:
    """One complaint as a row; ``!`` marks a clock that was late, ``~`` one at risk."""
    cells: tuple[Cell, ...] = (
        row.number,
        row.account,
        (value_words(row.severity), SEVERITY_STYLES.get(row.severity, "")),
        row.title,
        value_words(row.stage),
        _due(row, now),
        owner_words(row.owner_id, row.owner, me),
    )
    flags: dict[str, Cell] = {"breached": ("!", "late"), "at-risk": ("~", "warn")}
    return TableRow(row.id, cells, flags.get(row.clock, "") if row.resolved_on is None else "")


def _due(row: ComplaintRow, now: datetime) -> Cell:
    if row.resolved_on is not None:
        return (row.resolved_on, "muted")
    if row.waiting:
        return (_("paused"), "muted")
    return (NOTHING, "muted") if row.next_due is None else clock_cell(row.next_due, now)


def clock_words(row: ComplaintRow, now: datetime, me: int | None) -> str:
    """The line about a complaint: where its clocks stand, who was asked to take it."""
    states = {
        "breached": _("a clock was late"),
        "at-risk": _("at risk: most of its time is used up"),
        "paused": _("waits for the customer, clocks stand still"),
        "met": _("no clock runs any more"),
        "none": _("without a clock"),
        "on-track": _("in time"),
    }
    due = _due(row, now)
    words = [row.number, states[row.clock], due if isinstance(due, str) else due[0]]
    words.append(_("with {name}").format(name=row.owner) if row.owner else _("nobody's"))
    if row.handed_to_id is not None:
        name = _("you") if row.handed_to_id == me else row.handed_to or NOTHING
        words.append(_("handed to {name}, not accepted yet").format(name=name))
    return " · ".join((*words, row.title))


def board_order(row: ComplaintRow, by: str) -> tuple[int, int, str, int]:
    """A row's place where the board is read whole, as ``planner.views.board.lanes_of`` has it."""
    severity, lane = SEVERITIES.index(row.severity), LANES.index(lane_of(row))
    runs = lane <= LANES.index("ahead")
    if by == BY_SEVERITY:
        return (0 if runs else lane, severity if runs else 0, row.next_due or LAST, row.id)
    return lane, severity if lane < LANES.index("ahead") else 0, row.next_due or LAST, row.id


def lane_of(row: ComplaintRow) -> str:
    """The lane of an open complaint."""
    if row.next_due is None:
        return "waiting" if row.waiting else "none"
    return {"breached": "late", "at-risk": "risk"}.get(row.clock, "ahead")


def read_board(
    queries: BookQueries, whose: Whose, closed: bool, held: bool
) -> tuple[list[BoardCount], list[ComplaintRow] | None]:
    """The counts, and with ``held`` the rows: all that are open, or the newest closed ones."""
    counts = queries.board.counts()
    if closed:
        return counts, queries.board.closed(whose, MOST_CLOSED)
    return counts, queries.board.every_open(whose) if held else None


def read_pages(
    queries: BookQueries, wanted: list[Slice], whose: Whose, places: BoardPlaces
) -> list[ComplaintRow]:
    """Rows of the board, each page read on from the nearest place that is known."""
    found: list[ComplaintRow] = []
    for part in wanted:
        place, key = places.nearest(part.number, part.skip)
        rows = queries.board.page(part, whose, key, part.skip - place)
        if rows:
            last = rows[-1]
            places.remember(part.number, part.skip + len(rows), last.next_due, last.id)
        found += rows
    return found
