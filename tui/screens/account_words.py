"""The words and figures that the tabs of an account share. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.language import gettext as _
from planner.money import Money, compact
from planner.vocabulary_words import value_words
from tui.due_words import day_words, month_names, weekday_names
from tui.widgets.cells import Cell, cut, fit
from tui.widgets.row_window import Key
from tui.widgets.wrap import Line

LABEL = 8
"""Cells of the name of a part at the left."""
WEEK = 7
NEAR_DAYS = 180
EMPTY = Line()
STANCE_SIGNS = {
    "advocate": "++", "supporter": "+", "neutral": "0", "sceptic": "-", "opponent": "--",
}  # fmt: skip


def line(*spans: Cell, key: Key | None = None) -> Line:
    """A line that is cut where it does not fit."""
    return Line(spans, key)


def flowing(*spans: Cell, key: Key | None = None, hang: int = LABEL) -> Line:
    """A line that goes on below, indented."""
    return Line(spans, key, wrap=True, hang=hang)


def heading(name: str, *rest: Cell) -> Line:
    """The head of a section."""
    return Line(((name, "title"), "  ", *rest) if rest else ((name, "title"),))


def label(name: str = "") -> Cell:
    """The name of a part, in its cells."""
    return (fit(name, LABEL), "head")


def hint(label_text: str, words: str, key: Key) -> Line:
    """An empty part: what to find out, and which key does it."""
    return flowing(label(label_text), (words, "gap"), key=key)


def day(iso: str | None, today: date) -> str:
    """``Wed 25`` within a week, ``27 Nov`` nearby, ``27 Nov 2027`` further away, ``--``."""
    if iso is None:
        return "--"
    found = date.fromisoformat(iso)
    away = (found - today).days
    if 0 < away < WEEK:
        return f"{weekday_names()[found.weekday()]} {found.day}"
    words = f"{found.day} {month_names()[found.month - 1]}"
    near = found.year == today.year or abs(away) < NEAR_DAYS
    return words if near else f"{words} {found.year}"


def due(iso: str | None, today: date) -> Cell:
    """A due day: ``late 3d``, ``today``, ``Wed 25``, ``27 Nov``; ``no date``."""
    if iso is None:
        return (_("no date"), "muted")
    away = (date.fromisoformat(iso) - today).days
    if away < 0:
        return (_("late {count}d").format(count=-away), "late")
    return (_("today"), "warn") if away == 0 else (day(iso, today), "")


def days_ago(iso: str | None, today: date) -> str:
    """Whole days since a day: ``19d``; ``never``."""
    if iso is None:
        return _("never")
    return _("{count}d").format(count=(today - date.fromisoformat(iso)).days)


def days_left(iso: str, today: date) -> str:
    """Whole days until a day: ``98d``, ``12d ago``, ``today``."""
    away = (date.fromisoformat(iso) - today).days
    if away == 0:
        return _("today")
    text = _("{count}d") if away > 0 else _("{count}d ago")
    return text.format(count=abs(away))


def moment(iso: str, zone: ZoneInfo, today: date, date_only: bool = False) -> str:
    """When something happened: ``today 10:00``, ``20 Nov 14:10``; the day alone for a date."""
    at = datetime.fromisoformat(iso).astimezone(zone)
    on = at.date()
    if on == today:
        words = _("today")
    elif on == today - timedelta(days=1):
        words = _("yesterday")
    else:
        words = day(on.isoformat(), today)
    return words if date_only else f"{words} {at:%H:%M}"


def full_moment(iso: str, zone: ZoneInfo, date_only: bool = False) -> str:
    """``Mon 23 Nov 2026, 10:00``."""
    at = datetime.fromisoformat(iso).astimezone(zone)
    words = f"{day_words(at.date())} {at.year}"
    return words if date_only else f"{words}, {at:%H:%M}"


def amount(minor: int | None, currency: str | None) -> str:
    """``240 k EUR``; ``--`` for none."""
    if minor is None or currency is None:
        return "--"
    return f"{compact(Money(minor, currency))} {currency}"


def exact(minor: int, currency: str) -> str:
    """``240 000 EUR``, ``1 250.50 EUR``: the whole amount."""
    whole, _dot, rest = f"{Money(minor, currency).major:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    decimals = f".{rest}" if rest.strip("0") else ""
    return f"{grouped}{decimals} {currency}"


def figure(value: float | None) -> str:
    """A number of a goal: ``3.1``, ``84``, ``--``."""
    return "--" if value is None else f"{value:.6g}"


def first_line(text: str) -> str:
    """The first line of a note that holds something."""
    return next((part.strip() for part in text.splitlines() if part.strip()), "")


def quote(text: str, most: int = 400) -> str:
    """The first line of a note in quotes, cut to ``most`` cells."""
    first = first_line(text)
    return f"“{cut(first, most)}”" if first else ""


def stance_sign(stance: str | None) -> str:
    """``++`` to ``--``, ``?`` while it is not known."""
    return STANCE_SIGNS.get(stance or "", "?")


def sign_of_mood(mood: int | None) -> str:
    """``+1``, ``-2``, ``0``; empty for none."""
    return "" if mood is None else (f"{mood:+d}" if mood else "0")


def word(value: str | None) -> str:
    """A choice of the vocabulary in words."""
    if value is None:
        return "--"
    return choices().get(value) or value_words(value)


def choices() -> dict[str, str]:
    """Those choices that have other words here than elsewhere."""
    return {
        "let_go": _("let go"),
        "invest": _("invest"),
        "protect": _("protect"),
        "maintain": _("maintain"),
        "sponsor": _("sponsor"),
        "economic_buyer": _("buyer"),
        "champion": _("champion"),
        "day_to_day": _("day-to-day"),
        "technical": _("technical"),
        "not_started": _("not started"),
        "on_track": _("on track"),
        "at_risk": _("at risk"),
        "off_track": _("off track"),
        "achieved": _("achieved"),
        "under_review": _("under review"),
        "email": _("mail"),
        "qbr": _("review"),
        "in": _("in"),
        "out": _("out"),
    }


def first_name(name: str | None) -> str:
    """The first word of a name; ``-`` for nobody."""
    words = (name or "").split()
    return words[0] if words else "-"


def who(owner_id: int | None, owner: str | None, me: int | None) -> str:
    """``you``, a first name, or ``nobody``."""
    if owner_id is not None and owner_id == me:
        return _("you")
    return first_name(owner) if owner else _("nobody")
