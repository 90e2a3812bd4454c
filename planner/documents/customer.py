"""The customer's view as a document. It is made from the view alone and cannot say more."""

from __future__ import annotations

from collections.abc import Iterable

from planner.customer_view import CustomerView, Shared, SinceShared
from planner.documents.blocks import Block, Document, Part, cell, facts, grid, hint, number, said
from planner.documents.wording import joined, span, words
from planner.language import gettext as _


def customer_document(view: CustomerView) -> Document:
    """What the customer may see, in the order in which they would ask for it."""
    parts = (
        Part(_("Goals"), tuple(_goals(view))),
        Part(_("What we both do next"), tuple(_actions(view))),
        Part(_("Done"), tuple(_done(view))),
        Part(_("Value delivered"), tuple(_proofs(view))),
        Part(_("When we meet"), tuple(said(joined(*view.meetings)))),
        Part(_("Who works on it"), tuple(_teams(view))),
    )
    shown = tuple(part for part in parts if part.blocks)
    empty = Part(_("Goals"), tuple(hint(_("nothing is shared yet"))))
    return Document(
        title=_("{account}: our plan together").format(account=view.account),
        lead=tuple(_lead(view)),
        parts=(empty, *shown) if view.is_empty else shown,
        foot=_("as of {day}").format(day=view.as_of),
    )


def _lead(view: CustomerView) -> Iterable[str]:
    period = span(view.period_start, view.period_end)
    yield joined(period, _("as of {day}").format(day=view.as_of)) or ""


def _goals(view: CustomerView) -> Iterable[Block]:
    yield from grid(
        (_("Goal"), _("Metric"), _("From"), _("Now"), _("To"), _("By"), _("Status"), _("Ours"),
         _("Yours")),
        (
            (o.objective, joined(o.metric, o.unit), o.baseline, o.actual, o.target, o.due_on,
             words(o.status), o.owner, o.their_owner)
            for o in view.objectives
        ),
    )  # fmt: skip


def _actions(view: CustomerView) -> Iterable[Block]:
    yield from grid(
        (_("Action"), _("Ours"), _("Yours"), _("Starts"), _("Due"), _("Done means")),
        (
            (a.action, a.owner, a.their_owner, a.starts_on, a.due_on, a.done_means)
            for a in view.actions
            if a.status != "done"
        ),
    )


def _done(view: CustomerView) -> Iterable[Block]:
    yield from grid(
        (_("Action"), _("Ours"), _("Yours"), _("Done")),
        ((a.action, a.owner, a.their_owner, a.done_on) for a in view.actions if a.status == "done"),
    )


def _proofs(view: CustomerView) -> Iterable[Block]:
    yield from grid(
        (_("Value delivered"), _("On"), _("Figure"), _("Confirmed")),
        (
            (p.proof, p.on_date,
             None if p.figure is None else f"{number(p.figure)} {p.unit or ''}".strip(),
             joined(p.confirmed_by, p.confirmed_on))
            for p in view.proofs
        ),
    )  # fmt: skip


def _teams(view: CustomerView) -> Iterable[Block]:
    yield from facts(
        (_("Ours"), joined(*(f"{member.name} ({words(member.function)})"
                             for member in view.our_team))),
        (_("Yours"), joined(*view.their_team)),
    )  # fmt: skip


# For us alone: what they have seen


def shared_words(row: Shared | None) -> str:
    """When a shared row was given to them last, and what changed since; empty for no shared one."""
    if row is None:
        return ""
    if row.shared_on is None:
        return _("shared, not given to them yet")
    text = _("shared {day}").format(day=row.shared_on)
    if not row.changes:
        return text
    fields = ", ".join(field_words(change.field) for change in row.changes)
    return _("{shared}, changed since: {fields}").format(shared=text, fields=fields)


def news_lines(view: CustomerView, since: SinceShared) -> Iterable[str]:
    """What is new to them, one line a row."""
    names = {
        **{("objectives", o.id): o.objective for o in view.objectives},
        **{("actions", a.id): a.action for a in view.actions},
        **{("proofs", p.id): p.proof for p in view.proofs},
    }
    for key, row in since.rows.items():
        if row.shared_on is None:
            yield _("new to them: {what}").format(what=names[key])
        for change in row.changes:
            yield _("{what}: {field} was {before}, now {after}").format(
                what=names[key], field=field_words(change.field),
                before=_shown(change.field, change.before),
                after=_shown(change.field, change.after),
            )  # fmt: skip
    for what in since.withdrawn:
        yield _("no longer shared: {what}").format(what=what)


def field_words(field: str) -> str:
    """A field of a shared row in words."""
    return {
        "objective": _("goal"), "metric": _("metric"), "unit": _("unit"), "baseline": _("from"),
        "target": _("to"), "actual": _("now"), "due_on": _("due"), "status": _("status"),
        "owner": _("our owner"), "their_owner": _("their owner"), "action": _("action"),
        "starts_on": _("start"), "done_means": _("done means"), "done_on": _("done"),
        "proof": _("value delivered"), "on_date": _("day"), "figure": _("figure"),
        "confirmed_on": _("confirmed"), "confirmed_by": _("confirmed by"),
    }.get(field, field)  # fmt: skip


def _shown(field: str, value: object) -> str:
    return cell(words(str(value)) if field == "status" else value)
