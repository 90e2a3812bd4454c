"""The mutual action plan as a Gantt chart in text: lines for screens, commands and documents.

Done, late and dropped are told by signs and by the kind of bar, never by colour alone. Widths are
terminal cells, so that ideographs, emoji and right-to-left names keep the bars in their columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from planner.cell_width import cut, fit, width_of
from planner.language import gettext as _
from planner.mutual_actions import MutualAction, display_order

LEAST_WIDTH = 40
ONE_LINE_WIDTH = 80
"""From this width on an action is one line; under it a line of words and a line with its bar."""
_TICK_CELLS = 13


class Signs(NamedTuple):
    """What the chart is drawn with; each is one cell wide."""

    done: str
    late: str
    dropped: str
    open: str
    open_bar: str
    done_bar: str
    late_bar: str
    dropped_bar: str
    point: str
    before: str
    after: str
    today: str
    today_mark: str
    line: str
    tick: str
    nobody: str


BLOCKS = Signs("✓", "!", "✗", "·", "█", "▒", "!", "╌", "◆", "‹", "›", "│", "▼", "─", "┬", "–")
ASCII = Signs("x", "!", "-", ".", "#", "=", "!", "-", "*", "<", ">", "|", "v", "-", "+", "-")


class _Layout(NamedTuple):
    """Cells of each column; `stacked`: the bar stands under the words."""

    words: int
    owner: int
    chart: int
    stacked: bool

    @property
    def indent(self) -> int:
        """Cells before the chart in the line that holds it."""
        return 2 if self.stacked else self.words + 2 * self.owner + 5


class _Window(NamedTuple):
    """The days the chart covers, first and last as numbers, spread over its cells."""

    first: int
    last: int
    cells: int

    def cell(self, day: int) -> int:
        """The cell in which a day begins."""
        return (day - self.first) * self.cells // (self.last - self.first + 1)

    def day(self, cell: int) -> int:
        """The first day that begins in the cell or after it."""
        return self.first - (-cell * (self.last - self.first + 1) // self.cells)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, int) and self.first <= day <= self.last


def gantt_lines(
    actions: Iterable[MutualAction],
    width: int,
    today: date,
    *,
    ascii_only: bool = False,
    first_on: date | None = None,
    last_on: date | None = None,
) -> list[str]:
    """The plan as lines of at most `width` cells: a scale, the actions in display order, the signs.

    Each action shows its sign (done, late, dropped, open), its words, our owner, their owner and
    its bar from start to due (to the day it was done); an action without a start is a point on its
    due day, a late one goes on up to today. `first_on` and `last_on` cut the chart to a stretch of
    days; without them it covers all days and today. `ascii_only` draws with ASCII signs; names stay
    as written. Raises ValueError for a width under 40 or a last day before the first.
    """
    if width < LEAST_WIDTH:
        raise ValueError("a chart has at least 40 cells")
    rows = display_order(actions)
    if not rows:
        return [cut(_("There are no actions yet."), width, ascii_only=ascii_only)]
    signs = ASCII if ascii_only else BLOCKS
    layout = _layout(width)
    window = _window(rows, today, layout.chart, first_on, last_on)
    lines = _scale(window, layout, signs, today.toordinal())
    for row in rows:
        lines += _row(row, layout, window, signs, today)
    return [line.rstrip() for line in (*lines, *_legend(signs, width, today))]


def _layout(width: int) -> _Layout:
    if width < ONE_LINE_WIDTH:
        owner = max(8, width * 18 // 100)
        return _Layout(width - 2 * owner - 4, owner, width - 2, True)
    owner = min(16, width // 9)
    words = width * 28 // 100
    return _Layout(words, owner, width - words - 2 * owner - 5, False)


def _window(
    rows: Sequence[MutualAction],
    today: date,
    cells: int,
    first_on: date | None,
    last_on: date | None,
) -> _Window:
    edges = [day for day in (first_on, last_on) if day is not None]
    if edges != sorted(edges):
        raise ValueError("the last day lies before the first")
    days = [day for row in rows for day in _stretch(row) or ()]
    days += [day.toordinal() for day in (today, *edges)]
    first = min(days) if first_on is None else first_on.toordinal()
    last = max(days) if last_on is None else last_on.toordinal()
    return _Window(first, last, cells)


def _stretch(row: MutualAction) -> tuple[int, int] | None:
    """First and last day of an action's bar as numbers; None when no day is known."""
    over = row.done_on if row.status == "done" else None
    last = over or row.due_on or row.starts_on
    if last is None:
        return None
    first = row.starts_on or last
    return min(first, last).toordinal(), last.toordinal()


def _scale(window: _Window, layout: _Layout, signs: Signs, today: int) -> list[str]:
    """Two lines: dates, and under them a rule with a tick at each date and today's mark."""
    dates = [" "] * window.cells
    rule = [signs.line] * window.cells
    free, year = 0, 0
    for number in range(window.cells // _TICK_CELLS + 1):
        day = window.day(number * _TICK_CELLS)
        if day not in window:
            break
        on = date.fromordinal(day)
        label = on.isoformat() if on.year != year else f"{on:%m-%d}"
        at = window.cell(day)
        if at < free or at + len(label) > window.cells:
            continue
        dates[at : at + len(label)] = label
        rule[at] = signs.tick
        free, year = at + len(label) + 1, on.year
    if today in window:
        rule[window.cell(today)] = signs.today_mark
    head = " " * layout.indent
    if not layout.stacked:
        ours, theirs = fit(_("ours"), layout.owner), fit(_("theirs"), layout.owner)
        head = f"  {fit(_('action'), layout.words)} {ours} {theirs} "
    return [head + "".join(dates), " " * layout.indent + "".join(rule)]


def _row(
    row: MutualAction, layout: _Layout, window: _Window, signs: Signs, today: date
) -> list[str]:
    short = signs is ASCII
    words = fit(row.action, layout.words, ascii_only=short)
    ours = fit(row.our_owner or signs.nobody, layout.owner, ascii_only=short)
    theirs = fit(row.their_owner or signs.nobody, layout.owner, ascii_only=short)
    told = f"{_sign(row, signs, today)} {words} {ours} {theirs}"
    bar = _bar(row, window, signs, today)
    return [told, "  " + bar] if layout.stacked else [f"{told} {bar}"]


def _sign(row: MutualAction, signs: Signs, today: date) -> str:
    if row.is_late(today):
        return signs.late
    return {"done": signs.done, "dropped": signs.dropped}.get(row.status, signs.open)


def _bar(row: MutualAction, window: _Window, signs: Signs, today: date) -> str:
    """The cells of an action's chart; what lies outside the window is an arrow at its edge."""
    cells = [" "] * window.cells
    now = today.toordinal()
    if now in window:
        cells[window.cell(now)] = signs.today
    stretch = _stretch(row)
    if stretch is None:
        words = cut(_("no date"), window.cells, ascii_only=signs is ASCII)
        return words + "".join(cells[width_of(words) :])
    first, last = stretch
    bar = {"done": signs.done_bar, "dropped": signs.dropped_bar}.get(row.status, signs.open_bar)
    if row.is_late(today):
        _fill(cells, window, last + 1, now - 1, signs.late_bar)
    _fill(cells, window, first, last, bar if row.starts_on else signs.point, one=not row.starts_on)
    if first < window.first:
        cells[0] = signs.before
    if last > window.last:
        cells[-1] = signs.after
    return "".join(cells)


def _fill(
    cells: list[str], window: _Window, first: int, last: int, sign: str, *, one: bool = False
) -> None:
    """Draw from one day to another, both included, as far as the window shows them."""
    first, last = max(first, window.first), min(last, window.last)
    if first > last:
        return
    start = window.cell(first)
    stop = start + 1 if one else max(start + 1, window.cell(last + 1))
    cells[start:stop] = sign * (stop - start)


def _legend(signs: Signs, width: int, today: date) -> list[str]:
    """What the signs mean, in as many lines as it takes."""
    meanings = (
        (signs.done, _("done")),
        (signs.late, _("late")),
        (signs.dropped, _("dropped")),
        (signs.open, _("open")),
        (signs.point, _("due, start not known")),
        (signs.today_mark, _("today {day}").format(day=today)),
    )
    lines = [""]
    for sign, words in meanings:
        part = cut(f"{sign} {words}", width, ascii_only=signs is ASCII)
        gap = "  " if lines[-1] else ""
        if width_of(lines[-1]) + len(gap) + width_of(part) > width:
            lines.append(part)
        else:
            lines[-1] += gap + part
    return lines
