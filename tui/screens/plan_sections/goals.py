"""Goals with their readings over time, and the value that came of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.goal_status import status_origin
from planner.language import gettext as _
from planner.objectives import Point, sparkline
from planner.views.account import ObjectiveRow
from planner.views.plan import ObjectiveMore, PlanPage, ProofRow
from planner.vocabulary import FUNCTIONS
from planner.vocabulary_words import function_name
from tui.screens.account_goals import goal_line
from tui.screens.account_view import AccountView
from tui.screens.account_words import day, figure, flowing, line
from tui.screens.plan_sections.given import Given
from tui.widgets.cells import Cell
from tui.widgets.document import Line


def goal_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:
    """The north star, then the goals: those of everybody first, then each function's."""
    more = {one.id: one for one in plan.objectives}
    goals = view.page.objectives
    if not goals and not (view.page.plan and view.page.plan.north_star):
        return
    yield _north_star(view)
    given = Given(view, plan)
    for function in (None, *FUNCTIONS):
        own = [one for one in goals if _function(more.get(one.id)) == function]
        if own and function is not None:
            yield line("  ", (_("for {function}").format(function=function_name(function)), "head"))
        for one in own:
            yield goal_line(one, view.today, width, "  ")
            yield _about(one, given.words("objectives", one.id), plan, view)
            origin = status_origin(one, more.get(one.id), plan, view.page.head)
            if origin:
                yield flowing("    ", (origin, "muted"), hang=6)


def _function(more: ObjectiveMore | None) -> str | None:
    return more.function if more else None


def _north_star(view: AccountView) -> Line:
    plan = view.page.plan
    key = f"plan:{plan.id}" if plan else None
    if plan is None or not plan.north_star:
        words = _("no north star yet: the one figure that counts; Enter names it")
        return flowing("  ", (words, "gap"), key=key, hang=4)
    target = f" {plan.north_star_target}" if plan.north_star_target else ""
    words = _("north star: {what}{target}").format(what=plan.north_star, target=target)
    return flowing("  ", ("★ ", "warn"), (words, "strong"), key=key, hang=4)


def _about(goal: ObjectiveRow, given: str, plan: PlanPage, view: AccountView) -> Line:
    """From, what it read since, now, the goal, both owners, and what the customer was given."""
    readings = plan.measured(goal.id)
    bars = (
        sparkline(Point(date.fromisoformat(one.measured_on), one.actual) for one in readings)
        if len(readings) > 1
        else ""
    )
    way = _("{base} {bars} {now} → goal {target}").format(
        base=figure(goal.baseline), bars=bars or "·", now=figure(goal.actual),
        target=figure(goal.target),
    )  # fmt: skip
    lacking = goal.owner is None or goal.their_owner is None
    owners = _(" · ours {ours} · theirs {theirs}").format(
        ours=goal.owner or _("nobody"), theirs=goal.their_owner or _("nobody")
    )
    said: list[Cell] = ["    ", way, (owners, "gap" if lacking else "muted")]
    newest = readings[-1] if readings else None
    if newest is not None and newest.confirmed_on:
        said.append((" · " + _("confirmed {day}").format(day=day(newest.confirmed_on, view.today)),
                     "good"))  # fmt: skip
    if goal.metric:
        said.append((" · " + goal.metric, "muted"))
    if given:
        said.append((f" · {given}", "muted"))
    return flowing(*said, hang=6)


def value_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """What they gained, newest first; what they did not confirm yet counts for nothing."""
    given = Given(view, plan)
    for one in plan.proofs:
        yield _proof(one, view, given.words("proofs", one.id))


def _proof(one: ProofRow, view: AccountView, given: str) -> Line:
    number = f" {figure(one.figure)} {one.unit or ''}".rstrip() if one.figure is not None else ""
    if one.confirmed_on:
        who = one.confirmed_by or _("them")
        told = _("confirmed by {who}, {day}").format(who=who, day=day(one.confirmed_on, view.today))
        state: Cell = (" · " + told, "good")
    else:
        state = (" · " + _("they have not confirmed it yet"), "gap")
    shared = f" · {given}" if given else ""
    return flowing(
        "  ", (day(one.on_date, view.today), "muted"), f"  {one.proof}", (number, "strong"), state,
        (shared, "muted"), key=f"proof:{one.id}", hang=4,
    )  # fmt: skip
