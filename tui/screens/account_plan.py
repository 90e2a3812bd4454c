"""The Plan tab: the Trust Enablement plan read as one document. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from planner.health.wording import function_name, role_name
from planner.language import gettext as _
from planner.readiness import (
    SIZE_SECTIONS,
    Readiness,
    SectionState,
    completeness,
    freshness,
    is_stale,
    raises_most,
    readiness,
    starter_missing,
)  # fmt: skip
from planner.views.account import ActionRow, RiskRow
from tui.screens.account_goals import goal_line, owed, owed_line
from tui.screens.account_money import renewal_of, terms
from tui.screens.account_people import gaps, last_words, order_of
from tui.screens.account_view import AccountView, Sheet, Space
from tui.screens.account_words import (
    EMPTY,
    amount,
    day,
    flowing,
    heading,
    line,
    quote,
    stance_sign,
    who,
    word,
)  # fmt: skip
from tui.widgets.cells import Cell, fit
from tui.widgets.document import Line

OWNERS = {
    "goals": ("success",),
    "stakeholders": ("sales", "success"),
    "actions": (),
    "renewal": ("sales",),
    "risks": ("success",),
}
"""The functions that keep a section (plan 7.2); none is everybody."""
KEPT = tuple(OWNERS)
"""The sections that this version keeps, in the order in which a plan is read."""
BESIDE = ("stakeholders", "renewal", "risks")
MOST_PEOPLE = 8


def section_name(section: str) -> str:
    """A section in words."""
    names = {
        "goals": _("GOALS"),
        "stakeholders": _("KEY PEOPLE"),
        "actions": _("NEXT ACTIONS"),
        "renewal": _("RENEWAL"),
        "risks": _("RISK"),
    }
    return names.get(section, section.replace("_", " ").upper())


def plan_readiness(view: AccountView) -> Readiness | None:
    """The readiness of the live plan, None without one."""
    plan = view.page.plan
    if plan is None:
        return None
    return readiness(view.page.sections, plan.size, view.today)


def head_words(view: AccountView) -> str:
    """``starter, draft · ready 66 %``; an invitation without a plan."""
    plan = view.page.plan
    if plan is None:
        return _("no plan yet; N starts the small one: goals, key people, actions, renewal, risk")
    found = plan_readiness(view)
    percent = found.percent if found else None
    ready = _("ready {percent} %").format(percent=round(percent or 0.0))
    return f"{word(plan.size)}, {word(plan.status)} · {ready}"


def most_wanted(view: AccountView) -> str:
    """Which section would raise readiness most; empty when nothing is missing."""
    best = raises_most(plan_readiness(view))
    if best is None:
        return ""
    return _("next to fill: {section}, worth {points} %").format(
        section=section_name(best.section).lower(), points=round(best.points)
    )


def sheet(view: AccountView, space: Space) -> Sheet:
    """The plan in one column or two; without one, what it would be."""
    if view.page.plan is None:
        return Sheet(tuple(_invitation()))
    left, right = list(_header(view)), list[Line]()
    for section in KEPT:
        target, room = (
            (right, space.right) if space.wide and section in BESIDE else (left, space.left)
        )
        if target:
            target.append(EMPTY)
        target += _section(section, view, room)
    left += [EMPTY, *_elsewhere(view)]
    return Sheet(tuple(left), tuple(right))


def _invitation() -> Iterable[Line]:
    yield heading(_("PLAN"))
    words = _(
        "No plan yet. A Trust Enablement customer plan says what they want to reach, who "
        "matters, what both sides do next, when it renews and what could go wrong."
    )
    yield flowing("  ", words, hang=2)
    yield EMPTY
    yield line("  ", ("N  ", "key"), _("start it, in its smallest size"), key="do:plan")


def _header(view: AccountView) -> Iterable[Line]:
    plan = view.page.plan
    if plan is None:
        return
    yield line((_("PLAN"), "title"), "  ", head_words(view), key=f"plan:{plan.id}")
    wanted = most_wanted(view)
    if wanted:
        yield flowing("  ", (wanted, "muted"), hang=2)
    since = day(plan.activated_on or plan.started_on, view.today)
    said = [_("active since {day}") if plan.activated_on else _("started {day}")]
    facts = [said[0].format(day=since)]
    if plan.period_start or plan.period_end:
        start, end = day(plan.period_start, view.today), day(plan.period_end, view.today)
        facts.append(_("period {start} to {end}").format(start=start, end=end))
    if plan.north_star:
        target = f", {plan.north_star_target}" if plan.north_star_target else ""
        facts.append(_("north star: {what}{target}").format(what=plan.north_star, target=target))
    if plan.next_review_on:
        facts.append(_("next review {day}").format(day=day(plan.next_review_on, view.today)))
    yield flowing("  ", (" · ".join(facts), "muted"), hang=2)
    if plan.status == "draft":
        yield from _to_activate(view)


def _to_activate(view: AccountView) -> Iterable[Line]:
    page = view.page
    missing = starter_missing(
        goals=len(page.objectives),
        key_people=sum(1 for one in page.people if one.roles and not one.left_on),
        contract_end=page.inputs.contract_end if page.inputs else None,
        next_actions=len(page.actions),
    )
    names = {
        "goal": _("a goal"),
        "key_people": _("a key person with a role"),
        "contract_end": _("the contract's end"),
        "next_action": _("a next action"),
    }
    if missing:
        words = _("a draft; to activate it: {things}").format(
            things=", ".join(names[one] for one in missing)
        )
        yield flowing("  ", (words, "gap"), hang=2)
    else:
        yield line("  ", ("N  ", "key"), _("activate it"), key="do:plan")


def _section(section: str, view: AccountView, width: int) -> Iterable[Line]:
    state = next((one for one in view.page.sections if one.section == section), None)
    name: Cell = (section_name(section), "title")
    yield flowing(name, "  ", *_section_state(section, state, view.today), hang=2)
    yield from _BODIES[section](view, width)


def _section_state(section: str, state: SectionState | None, today: date) -> list[Cell]:
    """Owner functions, how full, how fresh, in words."""
    owners = ", ".join(function_name(one) for one in OWNERS[section]) or _("everybody")
    said: list[Cell] = [(owners, "muted")]
    if state is None:
        return said
    full = round(100 * completeness(state))
    if state.edited_on is None:
        return [*said, (" · " + _("empty"), "gap")]
    said.append((" · " + _("{percent} % filled").format(percent=full), "muted"))
    age = (today - state.edited_on).days
    if is_stale(state, today):
        worth = _(", counts {percent} %").format(percent=round(100 * freshness(state, today)))
        said.append((" · " + _("stale {days} d").format(days=age) + worth, "warn"))
    else:
        fresh = _("changed today") if age == 0 else _("changed {days} d ago").format(days=age)
        said.append((" · " + fresh, "muted"))
    return said


def _goals(view: AccountView, width: int) -> Iterable[Line]:
    for goal in view.page.objectives:
        yield goal_line(goal, view.today, width, "  ")
        owners = _("ours {ours} · theirs {theirs}").format(
            ours=goal.owner or _("nobody"), theirs=goal.their_owner or _("nobody")
        )
        lacking = goal.owner is None or goal.their_owner is None
        metric = f" · {goal.metric}" if goal.metric else ""
        target = (
            _(" · target {target}").format(target=f"{goal.target:.6g}")
            if (goal.target is not None)
            else ""
        )
        yield line("      ", (owners, "gap" if lacking else "muted"), (metric + target, "muted"))
    if not view.page.objectives:
        yield _ask(_("what do they want to reach, from which number to which, by when?"),
                   "O", "form:objective")  # fmt: skip


def _ask(words: str, letter: str, key: str) -> Line:
    return flowing("  ", (f"{letter}  ", "key"), (words, "gap"), key=key, hang=5)


def _stakeholders(view: AccountView, width: int) -> Iterable[Line]:
    people = order_of(view.page.people)
    room = max(10, min(24, width - 36))
    for one in people[:MOST_PEOPLE]:
        words, style = last_words(one, view.today)
        role = ", ".join(word(role) for role in one.roles) or _("no role")
        yield line(
            f"  {fit(one.name, room)} {fit(role, 18)} {fit(stance_sign(one.stance), 2)}",
            (fit(words, 7, "right"), style), key=f"person:{one.id}",
        )  # fmt: skip
    if len(people) > MOST_PEOPLE:
        words = _("… {count} more, g e").format(count=len(people) - MOST_PEOPLE)
        yield line("  ", (words, "muted"), key="tab:people")
    missing = ", ".join(role_name(one) for one in gaps(view.page.people))
    if people and missing:
        yield flowing("  ", (_("gap: {roles}").format(roles=missing), "gap"), key="form:person",
                      hang=4)  # fmt: skip
    if not people:
        yield _ask(_("who decides, who pays, who is on our side?"), "P", "form:person")


def _actions(view: AccountView, width: int) -> Iterable[Line]:
    by_key = {f"action:{one.id}": one for one in view.page.actions}
    waiting = [one for one in owed(view) if one.key in by_key]
    for one in waiting:
        yield owed_line(one, width, "  ")
        lack = _lacking(by_key[one.key])
        if lack:
            yield line("            ", (lack, "gap"))
    if not waiting:
        yield _ask(_("what do we do next, whose is it, by when, done means what?"),
                   "X", "form:plan_action")  # fmt: skip


def _lacking(row: ActionRow) -> str:
    """What an action of ours lacks; empty when it is whole."""
    lacks = [
        words
        for words, value in (
            (_("one owner"), row.owner_id if row.side == "we" else row.their_owner),
            (_("a due date"), row.due_on),
            (_("what done means"), row.done_means),
        )
        if value is None
    ]
    return _("lacks {things}").format(things=", ".join(lacks)) if lacks else ""


def _renewal(view: AccountView, width: int) -> Iterable[Line]:  # noqa: ARG001 - as its sisters
    contract = renewal_of(view)
    if contract is None:
        yield _ask(_("what do they pay, until when, and when can they give notice?"),
                   "C", "form:contract")  # fmt: skip
        return
    yield flowing(
        "  ", _("{amount} a year").format(amount=amount(contract.arr_minor, contract.currency)),
        *terms(contract, view.today), key=f"contract:{contract.id}", hang=4,
    )  # fmt: skip
    if contract.forecast == "unknown":
        yield line("  ", (_("will it renew? Enter sets the forecast"), "gap"))


def _risks(view: AccountView, width: int) -> Iterable[Line]:  # noqa: ARG001 - as its sisters
    for one in view.page.risks:
        yield flowing("  ", quote(one.risk), key=f"risk:{one.id}", hang=4)
        yield flowing("    ", (risk_words(one, view), "muted"), hang=4)
    if not view.page.risks:
        yield _ask(_("what could make them leave, in a sentence?"), "R", "form:risk")


def risk_words(one: RiskRow, view: AccountView) -> str:
    """Likelihood, impact, early sign, when it is over, owner, next check: what is known of them."""
    said = [_("likely {count} of 3").format(count=one.likelihood)]
    if one.impact_minor is not None:
        said.append(_("{amount} at risk").format(amount=amount(one.impact_minor, view.currency)))
    for words, value in (
        (_("early sign: {text}"), one.early_sign),
        (_("out when: {text}"), one.exit),
    ):
        if value:
            said.append(words.format(text=value))
    said.append(who(None, one.owner, None))
    if one.next_check_on:
        said.append(_("next check {day}").format(day=day(one.next_check_on, view.today)))
    return " · ".join(said)


_BODIES: dict[str, Callable[[AccountView, int], Iterable[Line]]] = {
    "goals": _goals,
    "stakeholders": _stakeholders,
    "actions": _actions,
    "renewal": _renewal,
    "risks": _risks,
}


def _elsewhere(view: AccountView) -> Iterable[Line]:
    """The sections of the chosen size that come later, so that nobody looks for them."""
    plan = view.page.plan
    size = plan.size if plan else "starter"
    later = [one for one in SIZE_SECTIONS[size] if one not in KEPT]
    if later:
        names = ", ".join(section_name(one).lower() for one in later)
        words = _("in this size, not kept by this version yet: {names}").format(names=names)
        yield flowing("  ", (words, "muted"), hang=2)
