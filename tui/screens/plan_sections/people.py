"""Our team, and who is who at the customer: org tree, roles, who owns which relationship. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from planner.health.wording import role_name
from planner.language import gettext as _
from planner.plan_rows import stakeholders
from planner.stakeholder_text import GRID_WIDTH, LEAST_WIDTH, influence_lines, role_words
from planner.stakeholders import (
    Branch,
    Stakeholder,
    org_tree,
    role_coverage,
    threads,
    without_owner,
)
from planner.views.account import PersonRow
from planner.views.plan import PlanPage, PlanSeatRow, StakeholderMore
from planner.vocabulary import FUNCTIONS
from planner.vocabulary_words import function_name
from tui.screens.account_people import last_words
from tui.screens.account_view import AccountView
from tui.screens.account_words import flowing, line, stance_sign, word
from tui.widgets.cells import Cell, fit
from tui.widgets.document import Line

COLUMNS_LEAST = 54
MOST_PEOPLE = 12
INFLUENCE = "fold:influence"
ALL_PEOPLE = "fold:people"


def team_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """One person per function with the stand-in; a function without one is said."""
    seats = {one.function: one for one in plan.seats}
    if not seats and not plan.header.sponsor and not plan.header.meeting_rhythm:
        return
    for function in FUNCTIONS:
        name = f"  {fit(function_name(function), 11)}"
        seat = seats.get(function)
        if seat is None:
            yield line(name, (_("gap: nobody named"), "gap"), key="form:team")
        else:
            yield flowing(name, *_seat(seat), key="form:team", hang=13)
    said: list[Cell] = []
    if plan.header.sponsor:
        said.append(_("sponsor {name}").format(name=plan.header.sponsor))
    else:
        said.append((_("no executive sponsor of ours"), "gap"))
    rhythm = plan.header.meeting_rhythm
    if rhythm:
        said.append((" · " + _("we meet {rhythm}").format(rhythm=rhythm), "muted"))
    yield flowing("  ", *said, key=f"plan:{plan.header.id}", hang=4)


def _seat(seat: PlanSeatRow) -> list[Cell]:
    said: list[Cell] = [seat.colleague]
    if seat.away:
        said.append((" · " + _("away"), "warn"))
    if seat.backup:
        said.append((" · " + _("stand-in {name}").format(name=seat.backup), "muted"))
    if seat.responsibility:
        said.append((" · " + seat.responsibility, "muted"))
    return said


def stakeholder_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:
    """Who reports to whom, which roles nobody covers, whose relationship nobody owns."""
    people = stakeholders(view.page.people)
    here = [one for one in people if not one.has_left(view.today)]
    if not here:
        return
    rows = {one.id: one for one in view.page.people}
    wins = {one.person_id: one for one in plan.stakeholders}
    branches = [one for one in org_tree(people) if not one.person.has_left(view.today)]
    most = len(branches) if ALL_PEOPLE in view.unfolded else MOST_PEOPLE
    for branch in branches[:most]:
        yield from _person(branch, rows[branch.person.id], wins.get(branch.person.id), view, width)
    if len(branches) > most:
        words = _("▸ … {count} more people").format(count=len(branches) - most)
        yield line("  ", (words, "muted"), key=ALL_PEOPLE)
    yield from _gaps(people, view)
    yield from _influence(people, view, width)


def _person(
    branch: Branch, row: PersonRow, more: StakeholderMore | None, view: AccountView, width: int
) -> Iterable[Line]:
    last, style = last_words(row, view.today)
    indent = "  " * max(0, branch.depth - 1) + ("└ " if branch.depth else "")
    roles = ", ".join(word(role) for role in row.roles) or _("no role")
    key = f"person:{row.id}"
    sign = stance_sign(row.stance)
    if width < COLUMNS_LEAST:
        yield flowing("  ", indent + row.name, (f" · {roles} ", "muted"), f"{sign} ", (last, style),
                      key=key, hang=4)  # fmt: skip
    else:
        room = width - 2 - 18 - 4 - 9 - 9
        owner = (more.relationship_owner or "").split() if more else []
        ours: Cell = (" " + fit(owner[0], 8), "") if owner else (" " + fit(_("nobody"), 8), "gap")
        yield line(
            "  ", fit(indent + row.name, room), f" {fit(roles, 17)} {fit(sign, 3)}",
            (fit(last, 8, "right"), style), ours, key=key,
        )  # fmt: skip
    if more is not None and more.personal_win:
        words = _("wants {what}").format(what=more.personal_win)
        yield flowing("    ", (" " * len(indent) + words, "muted"), hang=6)


def _gaps(people: tuple[Stakeholder, ...], view: AccountView) -> Iterable[Line]:
    for state in role_coverage(people, view.today):
        if not state.covered:
            words = _("{role}: {words}").format(role=role_name(state.role), words=role_words(state))
            key = f"person:{state.people[0].id}" if state.people else "form:person"
            yield flowing("  ", ("! ", "warn"), (words, "gap"), key=key, hang=4)
    lonely = [one.name for one in without_owner(people, view.today)]
    if lonely:
        words = _("nobody of ours owns the relationship with {names}").format(
            names=", ".join(lonely[:3]) + (" …" if len(lonely) > 3 else "")
        )
        yield flowing("  ", ("! ", "warn"), (words, "gap"), hang=4)
    reached = {
        "none": _("nobody had a two-way touch in 90 days"),
        "single": _("single-threaded: all contact hangs on one person"),
        "dual": _("two of them talk with us, or three of one department"),
        "multi": _("multi-threaded: three people or more of two departments"),
    }[threads(people, view.today)]
    yield flowing("  ", (reached, "muted"), hang=4)


def _influence(people: tuple[Stakeholder, ...], view: AccountView, width: int) -> Iterable[Line]:
    open_now = INFLUENCE in view.unfolded
    sign = "▾" if open_now else "▸"
    yield line("  ", (f"{sign} ", "key"), (_("influence by stance"), "muted"), key=INFLUENCE)
    if open_now and width - 2 >= LEAST_WIDTH:
        room = max(width - 2, LEAST_WIDTH)
        for text in influence_lines(people, min(room, GRID_WIDTH + 20), view.today):
            yield line("  ", text)
