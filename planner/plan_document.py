"""The documents of an account: the whole plan, and the one page that shows the heart of it.

Both are made from the account's page and the plan's page; ``planner.documents`` writes them as
text, Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from planner.buying import Rhythm, last_bought_words, usually_words
from planner.cell_width import cut
from planner.customer_view import customer_view, since_shared
from planner.documents import plan_goals, plan_money, plan_people
from planner.documents.blocks import (
    Badge,
    Block,
    Document,
    Part,
    cell,
    facts,
    grid,
    hint,
    number,
    said,
)
from planner.documents.wording import (
    Sight,
    amount,
    due,
    health_note,
    health_words,
    joined,
    listed,
    percent,
    span,
    title_of,
    words,
)
from planner.language import gettext as _
from planner.plan_history import SignOffState
from planner.plan_sections import FILLS_ITSELF, state_words
from planner.readiness import SIZE_SECTIONS, STARTER
from planner.views.account import AccountPage, ContractRow, ObjectiveRow
from planner.views.plan import PlanPage
from planner.views.plan_sections import PlanSections, SectionLine
from planner.vocabulary import FUNCTIONS

NEXT_DAYS = 14
"""How far ahead the one page looks (plan.md, one-page view)."""
TOP_RISKS = 3
TOP_OPPORTUNITIES = 3
TOP_PEOPLE = 8
TOP_ACTIONS = 10
LAST_ENTRIES = 4
LONGEST_TEXT = 160
LONGEST_NOTE = 600
"""Cells after which a text on the one page is cut."""

Blocks = Callable[[Sight], Iterable[Block]]


class PlanStates(NamedTuple):
    """How the plan stands: its sections with their owners, its newest version, the signatures."""

    sections: PlanSections
    version: int | None = None
    signatures: tuple[SignOffState, ...] = ()


def plan_document(
    page: AccountPage,
    plan: PlanPage | None,
    states: PlanStates | None,
    today: date,
    currency: str,
) -> Document:
    """The whole plan: the sections of its size, and others that hold something or were added.

    Without a plan, or for an archived account, there are no ``states``: what a starter plan would
    hold is shown.
    """
    since = since_shared(customer_view(page, plan, today), plan.share) if plan else None
    sight = Sight(page, plan, today, currency, since)
    asides: Mapping[str, str] = dict.fromkeys(SIZE_SECTIONS[STARTER], "")
    if states is not None:
        asides = {line.section: _aside(line, today) for line in states.sections.shown}
    parts = [
        Part(
            title_of(name),
            tuple(_SECTIONS[name](sight)) or tuple(hint(empty_words(name))),
            aside,
        )
        for name, aside in asides.items()
    ]
    return Document(
        title=page.head.name,
        lead=tuple(_lead(sight, states.version if states else None)),
        parts=(*parts, *_signatures(states)),
        badge=badge_of(page),
        foot=foot_words(today),
    )


def one_page(
    page: AccountPage,
    plan: PlanPage | None,
    today: date,
    currency: str,
    bought: Rhythm | None = None,
) -> Document:
    """What fits on one page: health, money, goals, people, what may go wrong, what is next.

    ``bought``: how the account buys, told with the money.
    """
    sight = Sight(page, plan, today, currency)
    parts = (
        Part(_("Health"), tuple(_health_in_short(sight))),
        Part(_("Money"), (*_money(sight), *_bought(bought))),
        Part(_("Goals"), tuple(_goals_in_short(sight)) or tuple(hint(empty_words("goals")))),
        Part(_("People"), tuple(_people_in_short(sight))),
        Part(_("Our team"), tuple(_team_in_short(sight))),
        Part(_("Growth"), tuple(_growth_in_short(sight))),
        Part(_("Risks"), tuple(_risks_in_short(sight))),
        Part(_("Next"), tuple(_next(sight))),
        Part(_("Complaints"), tuple(plan_people.complaints(sight._replace(plan=None)))),
        Part(_("Last"), tuple(_last(sight))),
        Part(_("Note"), tuple(said(_short(page.head.note, LONGEST_NOTE)))),
    )
    return Document(
        title=page.head.name,
        lead=tuple(_lead(sight, None)),
        parts=tuple(part for part in parts if part.blocks),
        badge=badge_of(page),
        foot=foot_words(today),
        dense=True,
    )


def running(page: AccountPage) -> tuple[ContractRow, ...]:
    """The contracts that have not been ended; all of them when none goes on."""
    return tuple(row for row in page.contracts if row.status == "active") or page.contracts


def badge_of(page: AccountPage) -> Badge:
    """Health as a badge: its band, number, and how much is known."""
    note = health_note(page)
    text = health_words(page)
    return Badge(page.health.band if page.health else "grey", f"{text} · {note}" if note else text)


def foot_words(today: date) -> str:
    """The last line of a document: the day of which it speaks, and no clock."""
    return _("trustplan, as of {day}").format(day=today.isoformat())


def empty_words(section: str) -> str:
    """What is said in a section that holds nothing yet."""
    return {
        "goals": _("no goals yet"),
        "stakeholders": _("nobody has a role yet"),
        "renewal": _("no contract yet"),
        "risks": _("no risks yet"),
        "actions": _("no actions yet"),
        "complaints": _("no complaint is open"),
        "value": _("no value is shown yet"),
        "why_bought": _("nobody has asked yet why they bought"),
        "why_stay": _("nobody has asked yet why they stay"),
        "growth": _("no way to grow is known yet"),
        "reviews": _("not reviewed yet"),
    }.get(section, _("nothing yet"))


def _lead(sight: Sight, version: int | None) -> Iterable[str]:
    head, plan = sight.page.head, sight.page.plan
    yield joined(
        None if head.tier is None else _("tier {tier}").format(tier=head.tier),
        head.sector, head.country, words(head.stage), words(head.keep_class),
        None if head.owner is None else _("owner {name}").format(name=head.owner),
        _("as of {day}").format(day=sight.today.isoformat()),
    ) or ""  # fmt: skip
    if plan is None:
        yield _("no plan yet")
        return
    known = [_("{size} plan, {status}").format(size=words(plan.size), status=words(plan.status))]
    if version is not None:
        known.append(_("version {number}").format(number=version))
    if plan.readiness is not None:
        known.append(_("{percent} % ready").format(percent=round(plan.readiness)))
    yield "; ".join(known)


def _header(sight: Sight) -> Iterable[Block]:
    head, plan = sight.page.head, sight.page.plan
    extra = sight.plan.header if sight.plan else None
    contracts = running(sight.page)
    yield from facts(
        (_("Tier"), None if head.tier is None else str(head.tier)),
        (_("Stage"), words(head.stage)),
        (_("Keep class"), joined(words(head.keep_class), head.keep_reason)),
        (_("A year"), joined(*(amount(c.arr_minor, c.currency) for c in contracts))),
        (_("Contract ends"), joined(*(c.end_on for c in contracts))),
        (_("Notice by"), joined(*(c.notice_on for c in contracts))),
        (_("Renews itself"), joined(*(_("yes") if c.auto_renew else _("no") for c in contracts))),
        (_("Plan period"), span(plan.period_start, plan.period_end) if plan else None),
        (_("North star"), joined(plan.north_star, plan.north_star_target) if plan else None),
        (_("Next review"), due(plan.next_review_on, sight.today) if plan else None),
        (_("Reviewed every"), None if extra is None or extra.review_every_days is None
         else _("{count} days").format(count=extra.review_every_days)),
        (_("Template"), extra.template if extra else None),
        (_("Active since"), plan.activated_on if plan else None),
    )  # fmt: skip


def _signatures(states: PlanStates | None) -> Iterable[Part]:
    if states is None or not any(one.signed_on for one in states.signatures):
        return
    rows = (
        (words(one.function), one.colleague or one.seat, one.signed_on or _("not yet"),
         one.asked_since)
        for one in states.signatures
    )  # fmt: skip
    head = (_("Function"), _("Name"), _("On"), _("Asked again since"))
    yield Part(_("Signed"), tuple(grid(head, rows, keep=3)))


def _aside(line: SectionLine, today: date) -> str:
    if line.section == FILLS_ITSELF:
        return line.owner
    said_beside = [line.owner, state_words(line.state, today)]
    if line.offered_to:
        said_beside.append(_("offered to {name}").format(name=line.offered_to))
    if line.still_true_on:
        said_beside.append(_("still true on {day}").format(day=line.still_true_on))
    return "; ".join(said_beside)


_SECTIONS: Mapping[str, Blocks] = {
    "header": _header,
    "team": plan_people.team,
    "why_bought": partial(plan_goals.why, "why_bought", ("bought",)),
    "why_stay": partial(plan_goals.why, "why_stay", ("stay", "exit")),
    "goals": plan_goals.goals,
    "stakeholders": plan_people.stakeholders,
    "value": plan_goals.value,
    "health": plan_people.health,
    "complaints": plan_people.complaints,
    "contact_plan": plan_people.contact_plan,
    "enablement": plan_people.enablement,
    "renewal": plan_money.renewal,
    "growth": plan_money.growth,
    "risks": plan_goals.risks,
    "actions": plan_goals.actions,
    "notes": partial(plan_goals.lines, "notes"),
    "reviews": partial(plan_goals.lines, "reviews"),
}
"""What fills each section, in the order of their numbers."""


# The one page


def _health_in_short(sight: Sight) -> Iterable[Block]:
    from planner.health.explain import explain

    page = sight.page
    if page.health is None or page.inputs is None:
        yield from hint(health_words(page))
        return
    found = explain(page.health, page.inputs)
    yield from facts(
        *((_("Held at {max}").format(max=cap.max), cap.why) for cap in found.caps),
        (_("Loses"), joined(*(f"{line.name} {line.lost:.0f}" for line in found.causes))),
        (_("Would help"), found.fixes[0].text if found.fixes else None),
    )


def _money(sight: Sight) -> Iterable[Block]:
    more = {row.contract_id: row for row in sight.plan.renewals} if sight.plan else {}
    for row in running(sight.page):
        ends = None
        if row.end_on is not None:
            ahead = (date.fromisoformat(row.end_on) - sight.today).days
            ends = _("ends {day} ({count}d)").format(day=row.end_on, count=ahead)
        yearly = amount(row.arr_minor, row.currency)
        odds = more[row.id].forecast_probability if row.id in more else None
        yield from facts(
            (row.name, joined(
                _("{amount} a year").format(amount=yearly), ends,
                None if row.notice_on is None else _("notice {day}").format(day=row.notice_on),
                _("forecast {forecast}").format(forecast=words(row.forecast)),
                percent(None if odds is None else 100 * odds),
            )),
            (_("Milestones"), plan_money.milestone_words(row, sight.today)),
        )  # fmt: skip


def _bought(found: Rhythm | None) -> Iterable[Block]:
    if found is not None and found.purchases:
        said_of_it = "; ".join((last_bought_words(found), usually_words(found)))
        yield from facts((_("Purchases"), said_of_it))


def _goals_in_short(sight: Sight) -> Iterable[Block]:
    plan = sight.page.plan
    if plan is not None and plan.north_star:
        yield from facts((_("North star"), joined(plan.north_star, plan.north_star_target)))
    yield from grid(
        (_("Goal"), _("Figures"), _("By"), _("Status"), _("Owners")),
        (
            (row.objective, _figures(row), row.due_on, words(row.status),
             joined(row.owner, row.their_owner))
            for row in sight.page.objectives
        ),
    )  # fmt: skip


def _figures(row: ObjectiveRow) -> str | None:
    if row.target is None:
        return None
    base = "-" if row.baseline is None else number(row.baseline)
    now = "-" if row.actual is None else number(row.actual)
    return _("from {base}, now {now}, goal {target}").format(
        base=base, now=now, target=number(row.target)
    )


def _people_in_short(sight: Sight) -> Iterable[Block]:
    today = sight.today
    known = plan_people.key_people(sight) or [p for p in sight.page.people if not p.left_on]
    yield from grid(
        (_("Name"), _("Roles"), _("Stance"), _("Last two-way")),
        (
            (p.name, listed(p.roles), words(p.stance),
             None if p.last_two_way_on is None else _("{count}d ago").format(
                 count=(today - date.fromisoformat(p.last_two_way_on)).days))
            for p in known[:TOP_PEOPLE]
        ),
    )  # fmt: skip
    yield from facts((_("Missing"), listed(plan_people.missing_roles(sight))))


def _team_in_short(sight: Sight) -> Iterable[Block]:
    named = (f"{cell(words(seat.function))} {seat.colleague}" for seat in sight.page.team)
    yield from said(joined(*named))
    there = {seat.function for seat in sight.page.team}
    gaps = [cell(words(one)) for one in FUNCTIONS if one not in there]
    if gaps:
        yield from hint(_("nobody named for {functions}").format(functions=", ".join(gaps)))


def _growth_in_short(sight: Sight) -> Iterable[Block]:
    open_ones = [row for row in sight.plan.opportunities if not row.closed_on] if sight.plan else []
    warning = plan_money.may_sell(sight)
    if open_ones and warning:
        yield from hint(warning)
    yield from grid(
        (_("Opportunity"), _("A year"), _("Stage"), _("Next step"), _("Owner")),
        (
            (o.opportunity, amount(o.value_minor, sight.currency), words(o.stage),
             joined(o.next_step, o.next_step_on), o.owner)
            for o in open_ones[:TOP_OPPORTUNITIES]
        ),
    )  # fmt: skip


def _risks_in_short(sight: Sight) -> Iterable[Block]:
    yield from grid(
        (_("Risk"), _("Likelihood"), _("At stake"), _("Over when")),
        (
            (k.risk, _("{level} of 3").format(level=k.likelihood),
             amount(k.impact_minor, sight.currency), k.exit)
            for k in sight.page.risks[:TOP_RISKS]
        ),
        keep=2,
    )  # fmt: skip


def _next(sight: Sight) -> Iterable[Block]:
    until = (sight.today + timedelta(days=NEXT_DAYS)).isoformat()
    near = [row for row in sight.page.actions if row.due_on is not None and row.due_on <= until]
    more = len(sight.page.actions) - len(near[:TOP_ACTIONS])
    yield from grid(
        (_("Action"), _("Due"), _("Owners")),
        (
            (_("{action} (promised)").format(action=a.action) if a.promised else a.action,
             due(a.due_on, sight.today), joined(a.owner, a.their_owner))
            for a in near[:TOP_ACTIONS]
        ),
        keep=2,
    )  # fmt: skip
    if more:
        yield from hint(_("{count} more open").format(count=more))


def _last(sight: Sight) -> Iterable[Block]:
    yield from grid(
        (_("On"), _("What"), _("Who"), _("Words")),
        (
            (row.occurred_on, words(row.what), row.people, _short(row.text, LONGEST_TEXT))
            for row in sight.page.last[:LAST_ENTRIES]
        ),
        keep=4,
        main=3,
    )


def _short(text: str | None, cells: int) -> str | None:
    return None if text is None else cut(text, cells)
