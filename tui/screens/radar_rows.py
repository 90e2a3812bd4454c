"""The columns and rows of the risk radar, and what a row rests on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from planner.buying import last_bought_words, usually_words
from planner.language import gettext as _
from planner.lookalike import LookAlikes, guard_words, rate_words, sign_words
from planner.money import Money, compact
from planner.radar import REASONS, Reason, all_reasons, evidence_words, reason_words
from planner.views.radar import LostRow, RadarRow
from planner.vocabulary_words import value_words
from tui.due_words import NOTHING, day_words, owner_words
from tui.widgets.cells import Cell
from tui.widgets.columns import Column
from tui.widgets.health_cell import health_cell
from tui.widgets.row_window import TableRow
from tui.widgets.wrap import Line

MOST_LOST = 20
"""Lost accounts that are named as what looking alike rests on; more are counted."""
TAB_OF: dict[Reason, str] = {
    "overdue": "timeline", "request": "overview", "gone": "people", "stopped": "money",
}  # fmt: skip
"""Where the rows of a reason stand."""


def radar_columns() -> tuple[Column, ...]:
    """The columns; the account and the reasons stay longest where there is little room."""
    return (
        Column("account", _("Account"), None, priority=9, least=12, most=30),
        Column("health", _("Health"), 6, priority=7),
        Column("arr", _("ARR"), 7, "right", priority=5),
        Column("count", _("of {count}").format(count=len(REASONS)), 4, "right", priority=6),
        Column("why", _("Why"), None, priority=8, least=20),
        Column("who", _("Who"), 8, priority=3),
    )


def radar_row(row: RadarRow, today: date, me: int | None) -> TableRow:
    """One account as a row."""
    count = len(row.risks.reasons)
    arr: Cell = (NOTHING, "muted")
    if row.arr_minor is not None and row.currency is not None:
        arr = compact(Money(row.arr_minor, row.currency))
    cells: tuple[Cell, ...] = (
        row.account,
        health_cell(row.band, row.shown, row.coverage, uncertain=row.uncertain),
        arr,
        (str(count), "late" if count > 1 else "warn"),
        all_reasons(row.risks, today),
        owner_words(row.owner_id, row.owner, me),
    )
    return TableRow(row.account_id, cells)


def losses_line(losses: LookAlikes) -> str:
    """What the losses of the book teach, in a line."""
    guard = guard_words(losses)
    if guard:
        return _("look-alikes of lost accounts: {why}").format(why=guard)
    typical = losses.typical
    if not typical:
        return _("look-alikes: no sign tells {lost} lost from {kept} kept").format(
            lost=losses.lost, kept=losses.kept
        )
    first = typical[0]
    return _("typical of the lost: {sign} ({rate})").format(
        sign=sign_words(first), rate=rate_words(losses.signs[first])
    )


def reasons_lines(row: RadarRow, lost: Sequence[LostRow], today: date) -> Iterator[Line]:
    """Each reason with the rows that it rests on; a line with a key opens what it names."""
    for number, reason in enumerate(row.risks.reasons, 1):
        if number > 1:
            yield Line()
        key = "" if reason == "alike" else f"tab:{TAB_OF[reason]}"
        yield Line((reason_words(row.risks, reason, today),), key or None)
        yield from (Line(spans, name) for spans, name in _details(row, reason, lost))
    yield Line()
    yield Line((_("open the account"),), "tab:overview")


def _details(
    row: RadarRow, reason: Reason, lost: Sequence[LostRow]
) -> Iterable[tuple[tuple[Cell, ...], str | None]]:
    risks = row.risks
    if reason == "overdue" and risks.latest_on is not None:
        day = day_words(risks.latest_on)
        yield (_("  contact was due by {day} at the latest").format(day=day),), None
    elif reason == "request":
        for one in risks.requests:
            kind = value_words(one.request)
            yield (f"  {day_words(one.due_on)}  {kind}  {one.action}",), f"action:{one.action_id}"
    elif reason == "gone":
        for each in risks.gone:
            roles = ", ".join(value_words(role) for role in each.roles)
            words = _("  {person}, {roles}, left {day}").format(
                person=each.person, roles=roles, day=day_words(each.left_on)
            )
            yield (words,), f"person:{each.person_id}"
    elif reason == "stopped" and risks.stopped is not None:
        yield (f"  {last_bought_words(risks.stopped)}",), "tab:money"
        yield (f"  {usually_words(risks.stopped)}",), "tab:money"
    else:
        for words in evidence_words(risks):
            yield ((f"  {words}", "muted"),), None
        for gone in lost[:MOST_LOST]:
            words = _("  {account}, lost {day}").format(account=gone.account, day=gone.lost_on)
            yield (words,), f"lost:{gone.account_id}"
        if len(lost) > MOST_LOST:
            more = _("  … {count} more lost accounts").format(count=len(lost) - MOST_LOST)
            yield ((more, "muted"),), None
