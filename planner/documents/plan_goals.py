"""What a plan is about: goals, value, why they bought and stay, risks, actions, notes, reviews."""

from __future__ import annotations

from collections.abc import Iterable

from planner.documents.blocks import Block, facts, grid, number
from planner.documents.customer import shared_words
from planner.documents.wording import Sight, amount, due, joined, span, words
from planner.goal_status import status_origin
from planner.language import gettext as _
from planner.plan_fields import fields_of, plan_field, reason_words
from planner.views.plan import EntryRow

SERIES = 6
"""How many readings of a metric are shown, the newest ones."""


def goals(sight: Sight) -> Iterable[Block]:
    """The north star, the objectives with their figures, and what shows them."""
    plan = sight.page.plan
    more = {row.id: row for row in sight.plan.objectives} if sight.plan else {}
    if plan is not None and plan.north_star:
        yield from facts((_("North star"), joined(plan.north_star, plan.north_star_target)))
    yield from grid(
        (_("Goal"), _("Metric"), _("From"), _("Now"), _("To"), _("By"), _("Status"), _("Owner"),
         _("Theirs"), _("Function"), _("Shared")),
        (
            (o.objective, joined(o.metric, o.unit), o.baseline, o.actual, o.target, o.due_on,
             words(o.status), o.owner, o.their_owner,
             words(more[o.id].function) if o.id in more else None,
             _given(sight, "objectives", o.id))
            for o in sight.page.objectives
        ),
    )  # fmt: skip
    if sight.plan is None:
        return
    names = {row.id: row.objective for row in sight.page.objectives}
    yield from grid(
        (_("Goal"), _("Over time"), _("Newest"), _("Confirmed by")),
        (
            (
                names[row.id],
                " → ".join(number(one.actual) for one in readings[-SERIES:]),
                readings[-1].measured_on,
                joined(readings[-1].confirmed_by, readings[-1].confirmed_on),
            )
            for row in sight.plan.objectives
            if row.id in names and (readings := sight.plan.measured(row.id))
        ),
        _("Measured"),
    )
    page = sight.page
    yield from facts(*((o.objective, status_origin(o, more.get(o.id), sight.plan, page.head))
                       for o in page.objectives))  # fmt: skip
    yield from facts(*((names[row.id], row.evidence) for row in sight.plan.objectives
                       if row.id in names))  # fmt: skip


def value(sight: Sight) -> Iterable[Block]:
    """Dated points of value, with their figures and whether the customer confirmed them."""
    if sight.plan is None:
        return
    names = {row.id: row.objective for row in sight.page.objectives}
    yield from grid(
        (_("Value delivered"), _("On"), _("Figure"), _("Goal"), _("Confirmed"), _("Shared")),
        (
            (p.proof, p.on_date, _figure(p.figure, p.unit),
             names.get(p.objective_id) if p.objective_id else None,
             joined(p.confirmed_by, p.confirmed_on) or _("not yet"),
             _given(sight, "proofs", p.id))
            for p in sight.plan.proofs
        ),
    )  # fmt: skip


def _given(sight: Sight, kind: str, row_id: int) -> str:
    """Whether a row is shared, when it was given to the customer, and what changed since."""
    return shared_words(sight.since.rows.get((kind, row_id)) if sight.since else None)


def _figure(figure: float | None, unit: str | None) -> str | None:
    return None if figure is None else f"{number(figure)} {unit or ''}".strip()


def why(section: str, kinds: tuple[str, ...], sight: Sight) -> Iterable[Block]:
    """The answers of a section and the talks in which they were given."""
    if sight.plan is None:
        return
    yield from lines(section, sight)
    yield from grid(
        (_("Talk"), _("Held"), _("With"), _("Reason"), _("They said"), _("What lies beneath"),
         _("Evidence"), _("Win back")),
        (
            (words(t.kind), t.held_on, t.person, reason_words(t.reason, t.reason_detail),
             t.stated_reason, t.root_cause, t.evidence, t.win_back_on)
            for t in sight.plan.interviews
            if t.kind in kinds
        ),
        _("Interviews"),
    )  # fmt: skip


def lines(section: str, sight: Sight) -> Iterable[Block]:
    """The open lines of a section: what the customer said stands before what we assume."""
    if sight.plan is None:
        return
    order = {one.name: at for at, one in enumerate(fields_of(section))}
    open_ones = sorted(
        (row for row in sight.plan.entries_of(section) if row.closed_on is None),
        key=lambda row: (order.get(row.field, len(order)), row.on_date or "", row.id),
    )
    for source, title in (("customer", _("They said")), ("assumed", _("We assume"))):
        named = any(row.source == "customer" for row in open_ones)
        yield from grid(
            (_("What"), _("Words"), _("Who"), _("Function"), _("Channel"), _("Topic"), _("Value"),
             _("On"), _("Told them")),
            (_line(row) for row in open_ones if row.source == source),
            title if named else "",
            keep=2,
            main=1,
        )  # fmt: skip


def _line(row: EntryRow) -> tuple[str | None, ...]:
    field = plan_field(row.section, row.field)
    when = row.on_date if row.to_date is None else span(row.on_date, row.to_date)
    return (
        field.label if field is not None else words(row.field),
        row.entry,
        joined(row.person, row.colleague),
        words(row.function),
        words(row.channel),
        row.topic,
        row.driver,
        when,
        row.told_on,
    )


def risks(sight: Sight) -> Iterable[Block]:
    """What may go wrong, the likeliest first."""
    more = {row.id: row for row in sight.plan.risks} if sight.plan else {}
    yield from grid(
        (_("Risk"), _("Likelihood"), _("At stake"), _("Early sign"), _("Evidence"),
         _("Mitigation"), _("Over when"), _("Owner"), _("Next check")),
        (
            (k.risk, _("{level} of 3").format(level=k.likelihood),
             amount(k.impact_minor, sight.currency), k.early_sign,
             more[k.id].evidence if k.id in more else None,
             more[k.id].mitigation if k.id in more else None,
             k.exit, k.owner, due(k.next_check_on, sight.today))
            for k in sight.page.risks
        ),
    )  # fmt: skip


def actions(sight: Sight) -> Iterable[Block]:
    """The mutual action plan: what both sides owe, open ones first, then what was done."""
    if sight.plan is None:
        yield from grid(
            (_("Action"), _("Owner"), _("Theirs"), _("Due"), _("Done means")),
            ((a.action, a.owner, a.their_owner, due(a.due_on, sight.today), a.done_means)
             for a in sight.page.actions),
        )  # fmt: skip
        return
    rows = sight.plan.actions
    open_ones = [row for row in rows if row.status == "open"]
    numbers = {row.id: str(at) for at, row in enumerate(open_ones, start=1)}
    yield from grid(
        (_("No"), _("Action"), _("Owner"), _("Theirs"), _("Starts"), _("Due"), _("Done means"),
         _("After"), _("Also")),
        (
            (numbers[a.id], a.action, a.owner or (_("they") if a.side == "they" else None),
             a.their_owner, a.starts_on, due(a.due_on, sight.today), a.done_means,
             joined(*(numbers.get(one) for one in a.depends_on)),
             joined(_("promised") if a.promised else None, _given(sight, "actions", a.id)))
            for a in open_ones
        ),
        keep=2,
        main=1,
    )  # fmt: skip
    yield from grid(
        (_("Action"), _("Owner"), _("Theirs"), _("Done"), _("Shared")),
        (
            (a.action, a.owner, a.their_owner, a.done_on, _given(sight, "actions", a.id))
            for a in rows
            if a.status == "done"
        ),
        _("Done"),
    )
