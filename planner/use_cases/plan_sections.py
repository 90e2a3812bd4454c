"""The sections of a plan: still true, added by name, and handed over from one to another."""

from __future__ import annotations

from typing import Any

from planner.colleagues import Colleague
from planner.entity import build
from planner.errors import Refused
from planner.language import gettext as _
from planner.plan_parts import Section
from planner.plan_sections import (
    FILLS_ITSELF,
    OWNER_FUNCTIONS,
    is_empty,
    owner_of,
    section_called,
    section_name,
    section_states,
)
from planner.plans import Plan
from planner.ports import UnitOfWork
from planner.readiness import SIZE_SECTIONS
from planner.spelling import did_you_mean
from planner.use_cases.editing import live_account_name, refuse
from planner.use_cases.plan_facts import plan_facts
from planner.use_cases.plans import live_plan
from planner.vocabulary import PLAN_SECTIONS


def section_of(text: str) -> str:
    """The section that a text names. Raises ``Refused`` with the nearest one."""
    found = section_called(text)
    if found is None:
        raise Refused(
            _("The plan has no section {text}; it has: {sections}.").format(
                text=repr(text), sections=", ".join(PLAN_SECTIONS)
            )
            + did_you_mean(text, PLAN_SECTIONS)
        )
    return found


def still_true(uow: UnitOfWork, account_id: int, section: str) -> Section:
    """Say that a section still holds: its age begins anew, and nothing is edited."""
    plan = live_plan(uow, account_id)
    if section == FILLS_ITSELF:
        raise Refused(_("This section fills itself from the log; nobody confirms it."))
    states = {one.section: one for one in section_states(plan_facts(uow, plan), uow.today)}
    if is_empty(states[section]):
        raise Refused(
            _("The section {section} is empty; there is nothing to confirm yet.").format(
                section=section_name(section)
            )
        )
    return _keep(uow, plan, section, _("still true at {account}: {section}"),
                 still_true_on=uow.today)  # fmt: skip


def add_section(uow: UnitOfWork, account_id: int, section: str) -> Section:
    """Show a section that the plan's size leaves out."""
    plan = live_plan(uow, account_id)
    row = _row(uow, plan, section)
    if section in SIZE_SECTIONS[plan.size] or (row is not None and row.added):
        raise Refused(_("The plan shows {section} already.").format(section=section_name(section)))
    words = _("added a section to the plan of {account}: {section}")
    return _keep(uow, plan, section, words, added=True)


def take_out_section(uow: UnitOfWork, account_id: int, section: str) -> Section:
    """Take a section that was added out again; what it holds keeps it in sight."""
    plan = live_plan(uow, account_id)
    name = section_name(section)
    row = _row(uow, plan, section)
    if section in SIZE_SECTIONS[plan.size]:
        raise Refused(
            _("{section} belongs to a plan of this size; choose a smaller size.").format(
                section=name
            )
        )
    if row is None or not row.added:
        raise Refused(_("{section} was not added to this plan.").format(section=name))
    held = plan_facts(uow, plan).held.get(section, 0)
    if held:
        raise Refused(
            _("{section} holds something ({count}), so it stays in sight.").format(
                section=name, count=held
            )
        )
    words = _("took a section out of the plan of {account}: {section}")
    return _keep(uow, plan, section, words, added=False)


# -- hand-over ----------------------------------------------------------------------------------


def offer_section(uow: UnitOfWork, account_id: int, section: str, to_id: int) -> Section:
    """Offer a section to a colleague; it stays its owner's until they accept.

    Another offer takes the place of the one before.
    """
    plan = live_plan(uow, account_id)
    if not OWNER_FUNCTIONS[section] and section == FILLS_ITSELF:
        raise Refused(_("This section fills itself from the log; nobody keeps it."))
    to = uow.colleagues.get(to_id)
    if to.retired_on is not None:
        raise refuse("to", _("{name} is retired").format(name=to.name), to.name)
    if _owner_id(uow, plan, section) == to_id:
        raise refuse("to", _("it is theirs already: {name}").format(name=to.name), to.name)
    words = _("offered a section at {account} to {name}: {section}")
    return _keep(uow, plan, section, words, to.name, offered_to_id=to_id, offered_on=uow.today)


def accept_section(uow: UnitOfWork, account_id: int, section: str) -> Section:
    """Take over a section that was offered to me."""
    plan = live_plan(uow, account_id)
    me = _offered_to_me(uow, plan, section)
    words = _("took over a section at {account}, {name}: {section}")
    return _keep(uow, plan, section, words, me.name, owner_id=me.id, offered_to_id=None,
                 offered_on=None)  # fmt: skip


def decline_section(uow: UnitOfWork, account_id: int, section: str) -> Section:
    """Decline a section that was offered to me; it stays its owner's."""
    plan = live_plan(uow, account_id)
    me = _offered_to_me(uow, plan, section)
    words = _("declined a section at {account}, {name}: {section}")
    return _keep(uow, plan, section, words, me.name, offered_to_id=None, offered_on=None)


def _offered_to_me(uow: UnitOfWork, plan: Plan, section: str) -> Colleague:
    row = _row(uow, plan, section)
    if row is None or row.offered_to_id is None:
        raise Refused(_("{section} is offered to nobody.").format(section=section_name(section)))
    offered = uow.colleagues.get(row.offered_to_id)
    if offered.id != uow.actor.colleague_id:
        raise Refused(
            _("{section} is offered to {name}; only they answer.").format(
                section=section_name(section), name=offered.name
            )
        )
    return offered


def _owner_id(uow: UnitOfWork, plan: Plan, section: str) -> int | None:
    row = _row(uow, plan, section)
    seats: dict[str, int] = {
        one.function: one.colleague_id for one in uow.seats.find(account_id=plan.account_id)
    }
    lead = uow.accounts.get(plan.account_id).owner_id
    return owner_of(section, row.owner_id if row else None, seats, lead).colleague_id


def _row(uow: UnitOfWork, plan: Plan, section: str) -> Section | None:
    return next(iter(uow.sections.find(plan_id=plan.id, section=section)), None)


def _keep(
    uow: UnitOfWork, plan: Plan, section: str, words: str, name: str = "", **fields: Any
) -> Section:
    """Keep what is said of a section; ``words`` name ``{account}``, ``{section}``, ``{name}``."""
    account = live_account_name(uow, plan.account_id)
    uow.say(
        words.format(account=account, section=section_name(section), name=name), plan.account_id
    )
    row = _row(uow, plan, section)
    if row is not None:
        return uow.sections.save(row, row.changed(**fields))
    return uow.sections.add(
        build(
            Section,
            id=uow.new_id(),
            account_id=plan.account_id,
            plan_id=plan.id,
            section=section,
            **fields,
        )
    )
