"""The Overview in two columns, for wide screens. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from planner.language import gettext as _
from tui.screens import account_health as health
from tui.screens.account_money import milestone_words, renewal_of
from tui.screens.account_overview import (
    Room,
    date_lines,
    gap_lines,
    goal_lines,
    health_lines,
    last_lines,
    money_lines,
    more_line,
    next_lines,
    person_spans,
    risk_lines,
    starter_lines,
)  # fmt: skip
from tui.screens.account_people import order_of, team_lines
from tui.screens.account_view import AccountView, Sheet, Space
from tui.screens.account_words import EMPTY, day, flowing, heading, hint, line
from tui.screens.plan_sections.head import head_words, most_wanted, stale_lines
from tui.widgets.cells import Cell, fit, width_of
from tui.widgets.document import Line

BESIDE = Room(5, 8, 8, 12)
PRESSED = 4
"""So many people are listed by how much they hear from us."""


def sheet(view: AccountView, space: Space) -> Sheet:
    """Health, money, goals, risk and what is next beside the stream, people, team and plan."""
    return Sheet(tuple(left(view, space.left)), tuple(right(view, space.right)))


def left(view: AccountView, width: int) -> Iterable[Line]:
    page = view.page
    yield from _health_block(view, width)
    yield from starter_lines(page)
    yield heading(_("MONEY"))
    yield from _money_block(view)
    yield EMPTY
    yield heading(_("GOALS"))
    yield from goal_lines(view, width, BESIDE.goals, None)
    yield EMPTY
    yield heading(_("RISK"))
    yield from _risk_block(view)
    yield EMPTY
    yield heading(_("NEXT"))
    yield from next_lines(view, width, BESIDE.owed, None)


def right(view: AccountView, width: int) -> Iterable[Line]:
    page = view.page
    yield heading(_("LAST"), (_("all functions, newest first; g t for all"), "muted"))
    yield from last_lines(view, width, BESIDE.last, None)
    yield EMPTY
    yield heading(_("PEOPLE"))
    people = order_of(page.people)
    if not people:
        yield hint("", _("who matters there? P adds a person with a role"), "form:person")
    for one in people[: BESIDE.people]:
        yield line("  ", *person_spans(one, view.today, width - 4), key=f"person:{one.id}")
    if len(people) > BESIDE.people:
        yield more_line(len(people) - BESIDE.people, "e", "tab:people")
    yield from gap_lines(page)
    yield EMPTY
    yield heading(_("OUR TEAM"))
    yield from team_lines(view)
    yield EMPTY
    yield from _pressure_block(view, width)
    yield heading(_("PLAN"))
    yield flowing("  ", head_words(view), key="tab:plan", hang=2)
    if page.plan is not None:
        yield from stale_lines(view, page.plan)
    wanted = most_wanted(view)
    if wanted:
        yield flowing("  ", (wanted, "muted"), hang=2)
    dates = list(date_lines(view))
    if dates:
        yield EMPTY
        yield from dates


def _pressure_block(view: AccountView, width: int) -> Iterable[Line]:
    """How much those who hear most from us heard, and the account where it is at its cap."""
    from planner.pressure import pressure_of
    from tui.pressure_words import first_name, short_line

    states = [pressure_of(one, view.today) for one in view.pressure]
    people = [one for one in states if one.subject.kind == "person"]
    if not people:
        return
    people.sort(key=lambda one: (one.binding.room, one.subject.name.casefold(), one.subject.id))
    full = [one for one in states if one.subject.kind == "account" and not one.binding.room]
    shown = [*people[:PRESSED], *full]
    named = min(max(width_of(first_name(one.subject)) for one in shown), width // 3)
    yield heading(_("PRESSURE"), (_("all functions, with the next free day"), "muted"))
    for one in shown:
        words = short_line(one)
        name = f"  {fit(first_name(one.subject), named)} "
        said: Cell = words if one.binding.room and not one.binding.held else (words, "warn")
        person = one.subject.kind == "person"
        key = f"person:{one.subject.id}" if person else "tab:timeline"
        yield flowing(name, said, key=key, hang=named + 3)
    yield EMPTY


def _beside(one: Line) -> Line:
    """The line without the cells of the part's name, which a heading says already."""
    return Line(("  ", *one.spans[1:]), one.key, one.wrap, 2)


def _health_block(view: AccountView, width: int) -> Iterable[Line]:
    page = view.page
    found = health.explained(page)
    if found is None:
        yield from health_lines(page, width)
        return
    yield line((_("HEALTH"), "title"), "  ", *health.head_spans(page, found)[:3], key="tab:health")
    bars = health.spark_line(view)
    if bars is not None:
        yield bars
    for cap in found.caps:
        yield flowing("  ", (health.cap_words(cap, page), "warn"), key=f"cap:{cap.id}", hang=4)
    if found.note:
        yield flowing("  ", (found.note, "muted"), hang=2)
    most = max(8, width - 26)
    for one in found.lines:
        if one.lost >= 0.5 and one.id not in ("cap", "rounding"):
            bar = "█" * min(most, max(1, round(one.lost / 2)))
            yield line(f"  {fit(one.name, 16)}{one.lost:4.0f}  ", (bar, "warn"),
                       key=f"measure:{one.id}")  # fmt: skip
    for index, fix in enumerate(found.fixes[:2]):
        yield flowing(("  " + fit(_("fix"), 6), "head"), health.fix_words(fix), key=f"fix:{index}")
    yield EMPTY


def _money_block(view: AccountView) -> Iterable[Line]:
    yield from (_beside(one) for one in money_lines(view))
    renewal = renewal_of(view)
    if renewal is not None and renewal.end_on is not None:
        steps = milestone_words(renewal, view.today)
        if steps:
            yield flowing("  ", *steps, key=f"contract:{renewal.id}", hang=2)


def _risk_block(view: AccountView) -> Iterable[Line]:
    yield from (_beside(one) for one in risk_lines(view.page))
    for first in view.page.risks[:1]:
        said = [_("likely {count} of 3").format(count=first.likelihood)]
        if first.early_sign:
            said.append(_("early sign: {sign}").format(sign=first.early_sign))
        if first.exit:
            said.append(_("out when: {exit}").format(exit=first.exit))
        if first.next_check_on:
            said.append(_("next check {day}").format(day=day(first.next_check_on, view.today)))
        yield flowing("  ", (" · ".join(said), "muted"), hang=2)
