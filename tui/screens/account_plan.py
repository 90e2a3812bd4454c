"""The Plan tab: the Trust Enablement customer plan read as one document. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planner.language import gettext as _
from planner.views.plan import PlanPage
from tui.screens.account_view import AccountView, Sheet, Space
from tui.screens.account_words import EMPTY, flowing, heading, line
from tui.screens.plan_sections import (
    entries,
    goals,
    growth,
    head,
    loyalty,
    people,
    renewal,
    voice,
    work,
)
from tui.widgets.document import Line

BESIDE = (
    "team", "stakeholders", "health", "complaints", "contact_plan", "enablement", "renewal",
    "growth", "notes", "reviews",
)  # fmt: skip
"""The sections of the right column of a wide screen."""
BODIES: dict[str, Callable[[AccountView, PlanPage, int], Iterable[Line]]] = {
    "team": people.team_lines,
    "why_bought": entries.why_bought_lines,
    "why_stay": entries.why_stay_lines,
    "goals": goals.goal_lines,
    "stakeholders": people.stakeholder_lines,
    "value": goals.value_lines,
    "health": voice.health_lines,
    "complaints": voice.complaint_lines,
    "contact_plan": entries.contact_lines,
    "enablement": loyalty.benefit_lines,
    "renewal": renewal.renewal_lines,
    "growth": growth.growth_lines,
    "risks": work.risk_lines,
    "actions": work.action_lines,
    "notes": entries.note_lines,
    "reviews": entries.review_lines,
}
"""The lines of each section after its head; the header's are those of the plan itself."""


def sheet(view: AccountView, space: Space) -> Sheet:
    """The plan in one column or two; without one, what it would be."""
    row, plan = view.page.plan, view.plan
    if row is None or plan is None:
        return Sheet(tuple(_invitation()))
    left, right = list(head.header_lines(view, row)), list[Line]()
    for section in shown_sections(view):
        beside = space.wide and section in BESIDE
        target, room = (right, space.right) if beside else (left, space.left)
        if target:
            target.append(EMPTY)
        target += section_lines(section, view, plan, room)
        if section == "actions" and not space.wide:
            left += work.gantt_fold(view, plan, room)
    left += [EMPTY, *head.sign_off_lines(view)]
    if space.wide:
        bars = list(work.gantt(view, plan, space.right))
        if bars:
            right += [EMPTY, heading(_("OVER TIME"), (_("both sides"), "muted")), *bars]
    return Sheet(tuple(left), tuple(right))


def shown_sections(view: AccountView) -> tuple[str, ...]:
    """The sections of the plan's size, and those that hold something or were added."""
    found = view.plan_sections.shown if view.plan_sections else ()
    return tuple(one.section for one in found if one.section in BODIES)


def section_lines(section: str, view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:
    """A section: its head, and what it holds or what to find out."""
    yield head.section_head(section, view)
    lines = list(BODIES[section](view, plan, width))
    yield from lines or [head.ask_line(section)]


def _invitation() -> Iterable[Line]:
    yield heading(_("PLAN"))
    words = _(
        "No plan yet. A Trust Enablement customer plan says what they want to reach, who "
        "matters, what both sides do next, when it renews and what could go wrong."
    )
    yield flowing("  ", words, hang=2)
    yield EMPTY
    yield line("  ", ("Enter  ", "key"), _("the four facts of the smallest one on one screen"),
               key="form:starter")  # fmt: skip
    yield line("  ", ("N      ", "key"), _("start it, in its smallest size"), key="do:plan")
