"""The lines of Today's meetings, and what the bottom says of one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo

from planner.language import gettext as _
from planner.views.meetings import MeetingRow
from tui.due_words import day_words, weekday_names
from tui.screens.today_lines import GAP, WIDE, Moment
from tui.widgets.cells import Cell, cut, fit, parts
from tui.widgets.columns import Column, lay_out
from tui.widgets.health_cell import health_cell
from tui.widgets.wrap import Line

KEY = "meeting"


def meeting_columns(width: int) -> tuple[Column, ...]:
    """The columns of a meeting's line."""
    return (
        Column("flag", "", 1, priority=8),
        Column("when", _("when"), 5, priority=9),
        Column(
            "account", _("account"), None, priority=9, least=10, most=18 if width < WIDE else 30
        ),
        Column("health", _("health"), 7, priority=5),
        Column("what", _("what"), None, priority=8, least=14),
        Column("next", "", 14, "right", priority=7),
    )


def meeting_lines(
    rows: Sequence[MeetingRow], zone: tzinfo, moment: Moment, width: int
) -> list[Line]:
    """Today's meetings and those to log, in ``width`` cells, with a blank line below; nothing
    where there is none. Keys: ``meeting:ID``."""
    if not rows:
        return []
    columns = meeting_columns(width)
    placed = lay_out(columns, width, GAP)
    lines = [Line(((_("MEETINGS"), "head"),))]
    for row in rows:
        cells = _cells(row, zone, moment)
        spans: list[Cell] = []
        for place in placed:
            text, style = parts(cells[place.index])
            column = columns[place.index]
            spans.append((" " * place.gap + fit(text, place.width, column.justify), style))
        lines.append(Line(tuple(spans), f"{KEY}:{row.id}"))
    return [*lines, Line()]


def to_log(row: MeetingRow, moment: Moment) -> bool:
    """Whether a meeting has begun and was not logged."""
    now = moment.now.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"
    return row.to_log(now, moment.today.isoformat())


def _cells(row: MeetingRow, zone: tzinfo, moment: Moment) -> tuple[Cell, ...]:
    asked = to_log(row, moment)
    past = row.starts_on < moment.today.isoformat()
    if row.touchpoint_id is not None:
        state: Cell = (_("logged"), "good")
    elif asked:
        state = (_("Enter logs it"), "key")
    else:
        state = ""
    day = date.fromisoformat(row.starts_on)
    when = weekday_names()[day.weekday()] if past else _clock(row, zone)
    what = f"{row.title}, {people_words(row)}" if row.people else row.title
    return (
        "",
        (when, "muted" if past else "strong"),
        row.account,
        health_cell(row.band, row.shown, row.coverage, uncertain=bool(row.uncertain)),
        _("{title}, not logged").format(title=row.title) if past else what,
        state,
    )


def _clock(row: MeetingRow, zone: tzinfo) -> str:
    """When it starts; an all-day one has no time."""
    if row.date_only:
        return _("day")
    return f"{datetime.fromisoformat(row.starts_at).astimezone(zone):%H:%M}"


def people_words(row: MeetingRow) -> str:
    """Who attends: the first by name, and how many more."""
    first = cut(row.people[0], 30)
    return first if len(row.people) == 1 else f"{first} +{len(row.people) - 1}"


def meeting_why(
    row: MeetingRow, zone: tzinfo, moment: Moment
) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Two lines about a meeting: what, when and where, and who attends."""
    clock = "" if row.date_only else f" {_clock(row, zone)}"
    first: list[Cell] = [
        (row.title, "strong"),
        (f"  {day_words(date.fromisoformat(row.starts_on))}{clock}", "muted"),
    ]
    if row.place:
        first.append((f"  {row.place}", "muted"))
    second: list[Cell] = [", ".join(row.people)] if row.people else []
    if to_log(row, moment):
        gap = "  ·  " if second else ""
        second.append((gap + _("Enter logs it, filled from the meeting"), "muted"))
    return tuple(first), tuple(second)
