"""Goals, actions and complaint clocks as lines: what Overview and Plan share. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.language import gettext as _
from planner.views.account import ActionRow, ComplaintRow, ObjectiveRow
from tui.due_words import clock_cell
from tui.screens.account_view import AccountView
from tui.screens.account_words import (
    day,
    due,
    figure,
    first_name,
    flowing,
    line,
    who,
    word,
)  # fmt: skip
from tui.widgets.cells import Cell, fit, parts, width_of
from tui.widgets.document import Line

GOAL_SIGNS = {
    "off_track": ("■", "band.red"),
    "at_risk": ("▲", "band.yellow"),
    "on_track": ("●", "band.green"),
    "achieved": ("✓", "good"),
}
GOAL_ROOMY, GOAL_LEAST, OWED_LEAST = 66, 50, 56
"""Cells from which rows have all columns, fewer columns, or any at all."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something to do next: an action or a complaint's clock, ready to be ordered."""

    order: tuple[str, bool, int]
    key: str
    due: Cell
    words: str
    ours: str
    theirs: str
    shared: bool
    promised: bool


def goal_line(goal: ObjectiveRow, today: date, width: int, lead: Cell) -> Line:
    """One goal after ``lead``: sign, words, now, from, by, status in words.

    ``width`` is what the whole line may take; on a narrow one ``from`` goes, then it flows.
    """
    sign, style = GOAL_SIGNS.get(goal.status, ("○", "muted"))
    key = f"objective:{goal.id}"
    by = day(goal.due_on, today)
    unit = f" {goal.unit}" if goal.unit and len(goal.unit) <= 3 else ""
    now = figure(goal.actual) + (unit if goal.actual is not None else "")
    base = figure(goal.baseline)
    state = (word(goal.status), style if goal.status in ("off_track", "at_risk") else "")
    indent = width_of(parts(lead)[0])
    left = width - indent - 2
    if left < GOAL_LEAST:
        rest = _(" · now {now} from {base} · by {by} · ").format(now=now, base=base, by=by)
        return flowing(lead, (f"{sign} ", style), goal.objective, rest, state, key=key, hang=indent)
    came = _(" from {base}").format(base=fit(base, 6)) if left >= GOAL_ROOMY else ""
    by_width = max(8, width_of(by))
    room = left - 28 - by_width - (12 if came else 0)
    return line(
        lead,
        (f"{sign} ", style),
        fit(goal.objective, room),
        _("  now {now}").format(now=fit(now, 7)),
        came,
        _(" by {by}").format(by=fit(by, by_width)),
        " ",
        state,
        key=key,
    )


def owed(view: AccountView) -> list[Owed]:
    """Open actions and complaint clocks, late and promised ones first; no surveys to send."""
    found = [_from_action(one, view) for one in view.page.actions if one.survey_trigger is None]
    found += [
        _from_complaint(one, view)
        for one in view.page.complaints
        if one.next_due is not None and one.resolved_on is None
    ]
    return sorted(found, key=lambda one: one.order)


def _from_action(row: ActionRow, view: AccountView) -> Owed:
    ours = "-" if row.side == "they" else who(row.owner_id, row.owner, view.me)
    theirs = first_name(row.their_owner) if row.their_owner else ""
    if row.side == "they":
        theirs = theirs or _("they")
    return Owed(
        (row.due_on or "9999", not row.promised, row.id),
        f"action:{row.id}",
        due(row.due_on, view.today),
        row.action,
        ours,
        theirs,
        row.shared,
        row.promised,
    )


def _from_complaint(row: ComplaintRow, view: AccountView) -> Owed:
    moment = row.next_due or row.opened_at
    return Owed(
        (moment, False, row.id),
        f"complaint:{row.id}",
        clock_cell(moment, view.now),
        _("answer {number}: {title}").format(number=row.number, title=row.title),
        who(row.owner_id, row.owner, view.me),
        first_name(row.person) if row.person else "",
        False,
        False,
    )


def owed_line(one: Owed, width: int, lead: Cell) -> Line:
    """One thing to do after ``lead``: due, words, ours, theirs, shared."""
    words = _("{words} (promised)").format(words=one.words) if one.promised else one.words
    text, style = parts(one.due)
    shared = _("shared") if one.shared else ""
    indent = width_of(parts(lead)[0])
    left = width - indent
    if left < OWED_LEAST:
        rest = " · ".join(part for part in (one.ours, one.theirs, shared) if part)
        return flowing(lead, (text, style), f" {words} · {rest}", key=one.key, hang=indent)
    return line(
        lead,
        (fit(text, 10), style),
        fit(words, left - 38),
        "  " + fit(one.ours, 9),
        " " + fit(one.theirs, 9),
        (" " + shared, "muted"),
        key=one.key,
    )
