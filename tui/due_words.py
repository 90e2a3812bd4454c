"""Days and moments in few words: late 3d, today, in 7d. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from planner.language import gettext as _
from tui.widgets.cells import Cell

NOTHING = "--"
HOUR, DAY = 60, 24 * 60
TWO_HOURS, TWO_DAYS = 2 * HOUR, 2 * DAY


def due_cell(due_on: str | None, today: date) -> Cell:
    """A due day: ``late 3d`` (style late), ``today`` (style warn), ``in 7d``, ``--`` for none."""
    if due_on is None:
        return (NOTHING, "muted")
    days = (date.fromisoformat(due_on) - today).days
    if days < 0:
        return (_("late {count}d").format(count=-days), "late")
    if days == 0:
        return (_("today"), "warn")
    return _("in {count}d").format(count=days)


def clock_cell(due_at: str, now: datetime) -> Cell:
    """A due moment (UTC ISO text): ``late 31m``, ``late 5h``, ``late 3d``, ``in 40m``."""
    minutes = int((datetime.fromisoformat(due_at) - now) // timedelta(minutes=1))
    if minutes < 0:
        return (_("late {time}").format(time=span_words(-minutes)), "late")
    text = _("in {time}").format(time=span_words(minutes))
    return (text, "warn") if minutes < DAY else text


def span_words(minutes: int) -> str:
    """Minutes as one unit: 31m, 5h, 3d."""
    if minutes < TWO_HOURS:
        return _("{count}m").format(count=minutes)
    if minutes < TWO_DAYS:
        return _("{count}h").format(count=minutes // HOUR)
    return _("{count}d").format(count=minutes // DAY)


def day_words(day: date) -> str:
    """A day as ``Mon 23 Nov``."""
    return f"{weekday_names()[day.weekday()]} {day.day} {month_names()[day.month - 1]}"


def weekday_names() -> tuple[str, ...]:
    """The short names of the days, Monday first."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def month_names() -> tuple[str, ...]:
    """The short names of the months."""
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip


def owner_words(owner_id: int | None, owner: str | None, me: int | None) -> str:
    """Who owes it: ``you``, or a first name; ``-`` for nobody."""
    if owner_id is not None and owner_id == me:
        return _("you")
    return owner.split()[0] if owner and owner.split() else "-"
