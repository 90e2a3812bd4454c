"""Who a plan is about: our team, key people, health and voice, complaints, contact, benefits."""

from __future__ import annotations

from collections.abc import Iterable

from planner.documents.blocks import Block, facts, grid, hint, said
from planner.documents.plan_goals import lines
from planner.documents.wording import (
    Sight,
    amount,
    health_note,
    health_words,
    joined,
    listed,
    percent,
    words,
    yes,
)
from planner.health.explain import explain
from planner.health.wording import dimension_name
from planner.language import gettext as _
from planner.views.account import PersonRow
from planner.views.plan import StakeholderMore
from planner.vocabulary import FUNCTIONS, ROLES


def team(sight: Sight) -> Iterable[Block]:
    """Who of us serves them; a function that nobody serves is said."""
    seats = {row.function: row for row in sight.page.team}
    more = {row.function: row for row in sight.plan.seats} if sight.plan else {}
    yield from grid(
        (_("Function"), _("Name"), _("Stands in"), _("Answers for")),
        (
            (
                words(function),
                _seated(seats[function].colleague, seats[function].away)
                if function in seats
                else _("nobody named"),
                more[function].backup if function in more else None,
                more[function].responsibility if function in more else None,
            )
            for function in FUNCTIONS
        ),
        keep=2,
    )
    header = sight.plan.header if sight.plan else None
    yield from facts(
        (_("Lead"), sight.page.head.owner),
        (_("Executive sponsor"), header.sponsor if header else None),
        (_("Meeting rhythm"), header.meeting_rhythm if header else None),
    )


def _seated(name: str, away: bool) -> str:
    return _("{name} (away)").format(name=name) if away else name


def key_people(sight: Sight) -> list[PersonRow]:
    """Those of the account who are still there and have a role."""
    today = sight.today.isoformat()
    return [
        row for row in sight.page.people
        if row.roles and (row.left_on is None or row.left_on > today)
    ]  # fmt: skip


def missing_roles(sight: Sight) -> list[str]:
    """The required roles that nobody fills."""
    required = sight.plan.header.required_roles if sight.plan else None
    held = {role for row in key_people(sight) for role in row.roles}
    return [role for role in (ROLES if required is None else required) if role not in held]


def stakeholders(sight: Sight) -> Iterable[Block]:
    """The people with a role, and which roles nobody fills."""
    more = {row.person_id: row for row in sight.plan.stakeholders} if sight.plan else {}
    people = key_people(sight)
    yield from grid(
        (_("Name"), _("Roles"), _("Influence"), _("Stance"), _("Reports to"), _("Our contact"),
         _("Personal win"), _("Prefers"), _("Last two-way")),
        (
            (joined(p.name, p.title), listed(p.roles), p.influence, words(p.stance), p.reports_to,
             more[p.id].relationship_owner if p.id in more else None,
             more[p.id].personal_win if p.id in more else None,
             _prefers(p, more.get(p.id)), p.last_two_way_on)
            for p in people
        ),
    )  # fmt: skip
    gaps = missing_roles(sight)
    if people and gaps:
        yield from facts((_("Missing"), listed(gaps)))


def _prefers(row: PersonRow, more: StakeholderMore | None) -> str | None:
    every = more.contact_every_days if more else None
    return joined(
        words(row.preferred_channel),
        None if every is None else _("every {count} days").format(count=every),
        more.topics if more else None,
    )


def health(sight: Sight) -> Iterable[Block]:
    """The score by its parts, what it loses, what holds it down and what would help."""
    page = sight.page
    yield from said(health_words(page))
    if page.health is None or page.inputs is None:
        return
    yield from hint(health_note(page)) if health_note(page) else ()
    found = explain(page.health, page.inputs)
    yield from facts(
        *(
            (_("Held at {max}").format(max=cap.max), _("{why}; clears: {clears}").format(
                why=cap.why, clears=cap.clears))
            for cap in found.caps
        ),
        (_("Loses"), joined(*(f"{line.name} {line.lost:.0f}" for line in found.causes))),
        *((_("Would help"), fix.text) for fix in found.fixes[:2]),
        (_("Not known"), joined(*(gap.name for gap in found.top_unknowns))),
    )  # fmt: skip
    yield from grid(
        (_("Part"), _("Score"), _("Weight")),
        (
            (dimension_name(part.id), None if part.score is None else f"{part.score:.0f}",
             percent(part.weight))
            for part in page.health.dimensions
        ),
        _("By part"),
        keep=2,
    )  # fmt: skip


def complaints(sight: Sight) -> Iterable[Block]:
    """Open complaints and what was given to make up for them."""
    yield from grid(
        (_("Number"), _("Complaint"), _("Severity"), _("Stage"), _("Clock"), _("Opened"),
         _("Owner")),
        (
            (c.number, c.title, words(c.severity), words(c.stage), words(c.clock), c.opened_on,
             c.owner)
            for c in sight.page.complaints
            if c.resolved_on is None
        ),
        keep=2,
        main=1,
    )  # fmt: skip
    if sight.plan is None:
        return
    yield from grid(
        (_("Given"), _("For"), _("On"), _("Cost"), _("Approved by")),
        (
            (g.gesture, g.complaint, g.given_on, amount(g.cost_minor, sight.currency), g.approver)
            for g in sight.plan.gestures
            if g.complaint_id is not None
        ),
        _("To make up for it"),
    )


def contact_plan(sight: Sight) -> Iterable[Block]:
    """How often we talk, who sends what, when nobody writes."""
    yield from lines("contact_plan", sight)


def enablement(sight: Sight) -> Iterable[Block]:
    """What they get for being a customer, and what it is to lead to."""
    plan = sight.plan
    if plan is not None:
        yield from grid(
            (_("Benefit"), _("Kind"), _("Since"), _("Takes off them"), _("Programme"), _("For"),
             _("Cost")),
            (
                (b.benefit, words(b.kind), b.given_on, b.hassle, b.programme, b.person,
                 amount(b.cost_minor, sight.currency))
                for b in plan.benefits
            ),
            _("Benefits"),
        )  # fmt: skip
        yield from grid(
            (_("Gesture"), _("Kind"), _("On"), _("Why"), _("For"), _("Cost"), _("Approved by")),
            (
                (g.gesture, words(g.kind), g.given_on, g.reason, g.person,
                 amount(g.cost_minor, sight.currency), g.approver)
                for g in plan.gestures
                if g.complaint_id is None
            ),
            _("Gestures"),
        )  # fmt: skip
        yield from grid(
            (_("Programme"), _("Kind"), _("Since"), _("Points"), _("Tier")),
            ((e.programme, words(e.kind), e.since_on, str(e.points), e.tier)
             for e in plan.enrolments if e.left_on is None),
            _("Loyalty programmes"),
        )  # fmt: skip
        yield from grid(
            (_("They did for us"), _("Kind"), _("On"), _("Who"), _("Link")),
            ((a.advocacy, words(a.kind), a.on_date, a.person, a.link) for a in plan.advocacy),
            _("Advocacy"),
        )
        yield from grid(
            (_("Behaviour"), _("Metric"), _("Reward"), _("Budget"), _("Leads to")),
            (
                (b.behaviour, b.metric, b.reward, amount(b.budget_minor, sight.currency),
                 b.leads_to)
                for b in plan.behaviours
                if b.ended_on is None
            ),
            _("Desired behaviour"),
        )  # fmt: skip
    yield from grid(
        (_("To celebrate"), _("Who"), _("On"), _("Every year")),
        ((c.label, c.person, c.on_date, yes(c.yearly)) for c in sight.page.celebrations),
        _("Dates"),
    )
