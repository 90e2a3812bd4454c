"""What the plans put on Today: what each row of a plan asks for, in words. Pure.

Dated rows stand with what is due; offers of sections under HAND-OFFS; the rest is upkeep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner.language import gettext as _
from planner.views.today import Duty

if TYPE_CHECKING:
    from planner.views.plan_sections import PlanSections, SectionLine


class Keeper(NamedTuple):
    """Who is asked: a colleague, or nobody."""

    id: int | None
    name: str | None


def dated_duty(
    kind: str, account_id: int, row_id: int, words: str, due_on: str, who: Keeper
) -> Duty:
    """A risk to check, the next step of an opportunity, a plan to review."""
    said = {
        "risk": _("check the risk: {words}"),
        "opportunity": _("next step: {words}"),
        "review": _("the plan is due for its review"),
    }[kind].format(words=words)
    return Duty(account_id, kind, said, due_on, None, who.id, who.name, row_id)


def milestone_duty(
    account_id: int, contract_id: int, end: date, done: Iterable[int], today: date, who: Keeper
) -> Duty | None:
    """The first step of a renewal that is not done, and how many more have passed; None: all are.

    ``d`` on the list of renewals marks the same step.
    """
    from planner.renewals import milestone_on, next_offset, steps

    reached = tuple(done)
    offset = next_offset(reached)
    if offset is None:
        return None
    more = sum(one.state == "missed" and one.offset_days != offset
               for one in steps(end, reached, today))  # fmt: skip
    words = _("renewal step T-{days} is not done").format(days=offset)
    if more:
        words = _("renewal step T-{days} is not done, {count} more have passed").format(
            days=offset, count=more
        )
    due = milestone_on(end, offset).isoformat()
    return Duty(account_id, "milestone", words, due, None, who.id, who.name, contract_id)


def offer_duty(
    account_id: int, section: str, offered_on: str | None, who: Keeper, today: date, *, mine: bool
) -> Duty:
    """A section that was offered and not answered."""
    from planner.plan_sections import section_name

    name = section_name(section)
    days = None if offered_on is None else (today - date.fromisoformat(offered_on)).days
    if not mine:
        words = _("offered to {name}: {section}").format(name=who.name, section=name)
    elif days:
        words = _("take over {section}? offered {days}d ago").format(section=name, days=days)
    else:
        words = _("take over {section}? offered today").format(section=name)
    return Duty(account_id, "offer", words, None, None, who.id, who.name, None, section)


def measure_duty(
    account_id: int, objective_id: int, objective: str, measured_on: str | None, begun_on: str,
    today: date, who: Keeper,
) -> Duty | None:  # fmt: skip
    """A goal whose number is older than the limit of its section; None while it is not."""
    from planner.readiness import STALE_AFTER_DAYS

    last = date.fromisoformat(measured_on or begun_on)
    due = last + timedelta(days=STALE_AFTER_DAYS["goals"])
    if due >= today:
        return None
    if measured_on is None:
        words = _("never measured: {objective}").format(objective=objective)
    else:
        words = _("measured {days}d ago: {objective}").format(
            days=(today - last).days, objective=objective
        )
    return Duty(account_id, "measure", words, due.isoformat(), None, who.id, who.name,
                objective_id)  # fmt: skip


def sign_duty(account_id: int, function: str, signed_on: str, who: Keeper) -> Duty:
    """A signature whose content changed after it was given."""
    from planner.vocabulary_words import function_name

    words = _("sign again for {function}: goals, renewal or risks changed after {day}").format(
        function=function_name(function), day=signed_on
    )
    return Duty(account_id, "sign", words, None, None, who.id, who.name, None, "sign_off")


def interview_duty(account_id: int, kind: str, why: str, who: Keeper) -> Duty:
    """An interview that the account calls for."""
    words = _("ask why they left: {why}") if kind == "exit" else _("ask why they stay: {why}")
    return Duty(account_id, "interview", words.format(why=why), None, None, who.id, who.name, None,
                "why_stay")  # fmt: skip


def section_duties(
    plan: PlanSections, today: date, *, mine: bool, me: int | None, lead: Keeper
) -> Iterator[Duty]:
    """Stale and empty sections of a plan, and functions of ours without a person.

    ``mine``: those that I keep; a gap in the team is its lead's.
    """
    from planner.plan_sections import state_code
    from planner.vocabulary import FUNCTIONS
    from planner.vocabulary_words import function_name

    for line in plan.shown:
        if (line.mine or not mine) and state_code(line.state, today) in ("stale", "empty"):
            yield _section_duty(plan.account_id, line, today)
    missing = [one for one in FUNCTIONS if one not in plan.facts.functions]
    if missing and (not mine or (me is not None and lead.id == me)):
        words = _("our team has nobody for {functions}").format(
            functions=", ".join(function_name(one) for one in missing)
        )
        yield Duty(plan.account_id, "gap", words, None, None, lead.id, lead.name, None, "team")


def _section_duty(account_id: int, line: SectionLine, today: date) -> Duty:
    from planner.plan_sections import section_name, state_code

    state, due = line.state, None
    words = _("plan, {section}: empty")
    if state_code(state, today) == "stale" and state.edited_on is not None:
        words = _("plan, {section}: stale")
        due = (state.edited_on + timedelta(days=state.limit_days or 0)).isoformat()
    words = words.format(section=section_name(line.section))
    return Duty(account_id, "section", words, due, None, line.owner_id, line.owner, None,
                line.section)  # fmt: skip
