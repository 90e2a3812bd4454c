"""The lines of Today: one an account, what comes later folded under them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from planner.language import gettext as _
from planner.today import QUIET
from planner.views.today import FOLDS, Duty, TodayLine, TodayPage
from tui.due_words import clock_cell, day_words, due_cell, owner_words
from tui.news import SIGN
from tui.screens.today_duties import how_to_end
from tui.widgets.cells import Cell, fit, parts
from tui.widgets.columns import Column, lay_out
from tui.widgets.health_cell import health_cell
from tui.widgets.wrap import Line

SECTIONS = FOLDS
GAP = 1
WIDE = 110
URGENT_KINDS = ("complaint", "promise", "request", "action")
OF_PLANS = tuple(kind for kind in (*QUIET, "offer") if kind not in ("contact", "starter"))
"""Kinds of duties of which the bottom says how they end, where there is nothing else to say."""


@dataclass(frozen=True, slots=True)
class Moment:
    """For whom and when lines are written: my colleague id, the book's day, now in UTC.

    ``marked`` are the accounts that somebody else changed just now; ``mine``: only what is mine
    is shown.
    """

    me: int | None
    today: date
    now: datetime
    marked: Container[int] = ()
    mine: bool = False


def columns(width: int) -> tuple[Column, ...]:
    """The columns of an account's line, the sign of urgency first."""
    return (
        Column("flag", "", 1, priority=8),
        Column(
            "account", _("account"), None, priority=9, least=10, most=18 if width < WIDE else 30
        ),
        Column("health", _("health"), 7, priority=5),
        Column("why", _("why"), None, priority=8, least=14),
        Column("due", _("due"), 9, priority=7),
        Column("who", _("who"), 6, priority=3),
        Column("also", _("also"), 4, "right", priority=2),
    )


def today_lines(page: TodayPage, opened: Collection[str], moment: Moment, width: int) -> list[Line]:
    """Today in ``width`` cells. Keys: ``now:ID`` and so on for accounts, ``fold:NAME`` for a fold.

    ``opened`` are the names of the folds that are open.
    """
    lines = [Line(_header(page, width))]
    lines += _account_lines("now", page.now, moment, width)
    if not page.now:
        lines.append(Line((("   " + nothing_due(page, mine=moment.mine), "good"),)))
    lines.append(Line())
    for name in SECTIONS:
        rows: Sequence[TodayLine] = getattr(page, name)
        open_now = name in opened
        lines.append(Line(_fold_spans(name, page, open_now), f"fold:{name}"))
        if open_now:
            lines += _account_lines(name, rows, moment, width)
            if not rows:
                lines.append(Line((("   " + _("nothing"), "muted"),)))
    return lines


def nothing_due(page: TodayPage, *, mine: bool) -> str:
    """What stands under NOW when it is empty: nobody is praised for a book nobody filled."""
    if page.upkeep_total:
        return _("Nothing is due. UPKEEP says what to find out next.")
    if mine:
        return _("Nothing of yours is due. S shows everybody's.")
    return _("Nothing is due. Well done.")


def _header(page: TodayPage, width: int) -> tuple[Cell, ...]:
    title = (
        _("NOW")
        + "  "
        + _("{count} accounts, most urgent reason first").format(count=page.count("now"))
    )
    labels = {column.key: column.label for column in columns(width)}
    placed = lay_out(columns(width), width, GAP)
    spans: list[Cell] = []
    left = 0
    shown = columns(width)
    tail = [place for place in placed if shown[place.index].key in ("due", "who", "also")]
    tail_width = sum(place.gap + place.width for place in tail)
    left = max(0, width - tail_width)
    spans.append((fit(title, left), "head"))
    for place in tail:
        column = shown[place.index]
        spans.append(
            (" " * place.gap + fit(labels[column.key], place.width, column.justify), "head")
        )
    return tuple(spans)


def _account_lines(
    section: str, rows: Iterable[TodayLine], moment: Moment, width: int
) -> list[Line]:
    shown = columns(width)
    placed = lay_out(shown, width, GAP)
    lines = []
    for row in rows:
        cells = account_cells(row, moment)
        spans: list[Cell] = []
        for place in placed:
            text, style = parts(cells[place.index])
            justify = shown[place.index].justify
            spans.append((" " * place.gap + fit(text, place.width, justify), style))
        lines.append(Line(tuple(spans), f"{section}:{row.account_id}"))
    return lines


def account_cells(row: TodayLine, moment: Moment) -> tuple[Cell, ...]:
    """The cells of an account's line, in the order of ``columns``."""
    duty = row.first
    due = duty_due(duty, moment)
    late = parts(due)[1] == "late"
    return (
        _sign(row, moment, urgent=late and duty.kind in URGENT_KINDS),
        (row.account, "strong" if late else ""),
        health_cell(row.band, row.shown, row.coverage, uncertain=row.uncertain),
        duty.words,
        due,
        owner_words(duty.owner_id, duty.owner, moment.me),
        (f"+{len(row.others)}", "muted") if row.others else "",
    )


def _sign(row: TodayLine, moment: Moment, *, urgent: bool) -> Cell:
    """What somebody else changed just now is marked, then what is urgent."""
    if row.account_id in moment.marked:
        return (SIGN, "news")
    return ("!", "late") if urgent else ""


def duty_due(duty: Duty, moment: Moment) -> Cell:
    """When a duty is due: complaints by the clock, the rest by days."""
    if duty.kind == "complaint" and duty.due_at is not None:
        return clock_cell(duty.due_at, moment.now)
    due = due_cell(duty.due_on, moment.today)
    if duty.kind in QUIET and parts(due)[1]:
        return (parts(due)[0], "warn")
    return due


def _fold_spans(name: str, page: TodayPage, open_now: bool) -> tuple[Cell, ...]:
    words = {
        "later": (_("LATER"), _("the next 14 days")),
        "waiting": (_("WAITING ON THEM"), ""),
        "handoffs": (_("HAND-OFFS"), _("offered and not answered")),
        "upkeep": (_("UPKEEP"), _("this week's share, tier 1 first")),
    }
    title, note = words[name]
    rows: Sequence[TodayLine] = getattr(page, name)
    count = page.count(name)
    if name == "upkeep":
        count = _("{count} of {total}").format(count=len(rows), total=page.upkeep_known)
    spans: list[Cell] = [("▾ " if open_now else "▸ ", "key"), (title, "head"), f"  {count}"]
    if note:
        spans.append((f"   {note}", "muted"))
    return tuple(spans)


def fold_summary(page: TodayPage) -> tuple[Cell, ...]:
    """How much is folded away, in one line, for where the folds themselves are out of sight."""
    upkeep = _("{count} of {total}").format(count=len(page.upkeep), total=page.upkeep_known)
    return (
        (_("LATER"), "head"), f" {page.count('later')}   ",
        (_("WAITING ON THEM"), "head"), f" {page.count('waiting')}   ",
        (_("HAND-OFFS"), "head"), f" {page.count('handoffs')}   ",
        (_("UPKEEP"), "head"), f" {upkeep}   ",
        (_("End"), "key"), (" " + _("goes there"), "muted"),
    )  # fmt: skip


def why_lines(row: TodayLine, moment: Moment) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Two lines that explain an account's line: the duty in full, and the others behind it, else
    what makes a plan's line go away."""
    duty = row.first
    first: list[Cell] = [(duty.words, "strong"), "  ", duty_due(duty, moment)]
    if duty.due_on is not None:
        first.append(("  " + day_words(date.fromisoformat(duty.due_on)), "muted"))
    if duty.owner:
        first.append(("  " + _("owner {name}").format(name=duty.owner), "muted"))
    second: list[Cell] = []
    for other in row.others:
        second.append(" · " if second else (_("Also: "), "muted"))
        second += [other.words, " ", duty_due(other, moment)]
    if not second and duty.kind in OF_PLANS:
        second.append((how_to_end(duty), "muted"))
    return tuple(first), tuple(second)


def empty_lines() -> list[Line]:
    """What Today says in a book without accounts."""
    return [
        Line(),
        Line(((_("This book has no accounts yet."), "strong"),)),
        Line(),
        Line((("  n  ", "key"), _("adds the first account")), "empty:new"),
        Line(("  trustplan import accounts FILE", ("   " + _("reads a CSV file"), "muted"))),
        Line(("  trustplan demo", ("   " + _("opens a sample book to try things on"), "muted"))),
    ]
