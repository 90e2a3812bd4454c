"""What they have for being our customer: benefits, gestures, wished behaviour, points. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.giving import benefit_hint
from planner.language import gettext as _
from planner.points_ledger import level
from planner.selling import gesture_warning
from planner.views.plan import (
    AdvocacyLine,
    BehaviourRow,
    BenefitRow,
    EnrolmentRow,
    GestureRow,
    PlanPage,
)
from planner.vocabulary_words import value_words
from tui.screens.account_view import AccountView
from tui.screens.account_words import amount, day, flowing
from tui.widgets.cells import Cell
from tui.widgets.document import Line


def kind_words(kind: str) -> str:
    """What sort of benefit it is."""
    return {
        "emotional": _("emotional"),
        "behavioural": _("behavioural"),
        "service": _("service"),
        "financial": _("financial"),
    }.get(kind, kind)


def benefit_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """The behaviour we wish for, benefits by kind, gestures, the programme and its points."""
    for wish in plan.behaviours:
        if wish.ended_on is None:
            yield _behaviour(wish, view)
    for benefit in plan.benefits:
        yield _benefit(benefit, view)
    hint = benefit_hint(one.kind for one in plan.benefits)
    if hint:
        yield flowing("  ", (hint, "warn"), hang=4)
    for gesture in plan.gestures:
        yield _gesture(gesture, view)
    critical = [
        one.number
        for one in view.page.complaints
        if one.severity == "critical" and one.resolved_on is None
    ]
    warning = gesture_warning(critical) if plan.gestures else None
    if warning:
        yield flowing("  ", ("! ", "late"), (warning, "warn"), hang=4)
    for enrolled in plan.enrolments:
        if enrolled.left_on is None:
            yield _enrolment(enrolled, view)
    yield from _advocacy(plan.advocacy, view)


def _behaviour(one: BehaviourRow, view: AccountView) -> Line:
    said = [one.metric or "", one.reward or ""]
    if one.budget_minor is not None:
        budget = amount(one.budget_minor, view.currency)
        said.append(_("at most {amount}").format(amount=budget))
    if one.leads_to:
        said.append(_("leads to {what}").format(what=one.leads_to))
    return _row(_("we wish"), one.behaviour, said, f"behaviour:{one.id}")


def _benefit(one: BenefitRow, view: AccountView) -> Line:
    said = [day(one.given_on, view.today) if one.given_on else "", one.person or ""]
    if one.hassle:
        said.append(_("spares them {what}").format(what=one.hassle))
    if one.cost_minor is not None:
        said.append(amount(one.cost_minor, view.currency))
    return _row(kind_words(one.kind), one.benefit, said, f"benefit:{one.id}")


def _gesture(one: GestureRow, view: AccountView) -> Line:
    said = [day(one.given_on, view.today), one.reason or "", one.complaint or "", one.person or ""]
    if one.cost_minor is not None:
        said.append(amount(one.cost_minor, view.currency))
    if one.approver:
        said.append(_("approved by {name}").format(name=one.approver))
    return _row(_("gesture"), one.gesture, said, f"gesture:{one.id}")


def _enrolment(one: EnrolmentRow, view: AccountView) -> Line:
    at = level(one.tiers, one.points)
    said = [_("since {day}").format(day=day(one.since_on, view.today))]
    said.append(_("{count} points").format(count=one.points))
    if at.tier:
        said.append(at.tier)
    if at.next_tier:
        said.append(_("{count} to {tier}").format(count=at.points_to_next, tier=at.next_tier))
    return _row(_("programme"), one.programme, said, f"enrolment:{one.id}")


def _advocacy(found: Sequence[AdvocacyLine], view: AccountView) -> Iterable[Line]:
    """The newest thing they did for us, and how many there were."""
    for one in found[:1]:
        said = [value_words(one.kind), day(one.on_date, view.today), one.person or ""]
        if len(found) > 1:
            said.append(_("{count} in all").format(count=len(found)))
        yield _row(_("for us"), one.advocacy, said, f"advocacy:{one.id}")


def _row(name: str, words: str, rest: Iterable[str], key: str) -> Line:
    about = "".join(" · " + part for part in rest if part)
    spans: list[Cell] = ["  ", (name + "  ", "head"), words, (about, "muted")]
    return flowing(*spans, key=key, hang=4)
