"""What the customer may see of a plan: a model of its own that has no other fields.

Nothing is taken away here: whatever is not named below cannot get out. An objective, an action or a
proof is in it when it is shared. Texts that are ours alone (evidence, notes, reasons, risks, money)
have no place in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from planner.views.account import AccountPage
from planner.views.plan import PlanPage, ShareRow


class SharedObjective(NamedTuple):
    """A goal of theirs, with its figures."""

    id: int
    objective: str
    metric: str | None
    unit: str | None
    baseline: float | None
    target: float | None
    actual: float | None
    due_on: str | None
    status: str
    owner: str | None
    their_owner: str | None


class SharedAction(NamedTuple):
    """Something that one side owes the other."""

    id: int
    action: str
    owner: str | None
    their_owner: str | None
    starts_on: str | None
    due_on: str | None
    done_means: str | None
    status: str
    done_on: str | None


class SharedProof(NamedTuple):
    """A point of value that was delivered."""

    id: int
    proof: str
    on_date: str
    figure: float | None
    unit: str | None
    confirmed_on: str | None
    confirmed_by: str | None


class TeamMember(NamedTuple):
    """One of us, with the function."""

    function: str
    name: str


class CustomerView(NamedTuple):
    """Everything that the customer may see, and nothing else. Days are ISO text."""

    account: str
    as_of: str
    period_start: str | None
    period_end: str | None
    objectives: tuple[SharedObjective, ...]
    actions: tuple[SharedAction, ...]
    proofs: tuple[SharedProof, ...]
    meetings: tuple[str, ...]
    our_team: tuple[TeamMember, ...]
    their_team: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no goal, action or proof is shared."""
        return not (self.objectives or self.actions or self.proofs)


KINDS = ("objectives", "actions", "proofs")
"""The parts of the view whose rows are shared one by one."""
MEETING = ("contact_plan", "qbr")
"""Section and field of the lines whose days are meetings with the customer."""


def customer_view(page: AccountPage, plan: PlanPage, today: date) -> CustomerView:
    """The view of an account's live plan, made of the shared rows field by field."""
    day = today.isoformat()
    shared = {row.id for row in plan.objectives if row.shared}
    return CustomerView(
        account=page.head.name,
        as_of=day,
        period_start=page.plan.period_start if page.plan else None,
        period_end=page.plan.period_end if page.plan else None,
        objectives=tuple(
            SharedObjective(
                row.id, row.objective, row.metric, row.unit, row.baseline, row.target, row.actual,
                row.due_on, row.status, row.owner, row.their_owner,
            )
            for row in page.objectives
            if row.id in shared
        ),
        actions=tuple(
            SharedAction(
                row.id, row.action, row.owner, row.their_owner, row.starts_on, row.due_on,
                row.done_means, row.status, row.done_on,
            )
            for row in plan.actions
            if row.shared
        ),
        proofs=tuple(
            SharedProof(
                row.id, row.proof, row.on_date, row.figure, row.unit, row.confirmed_on,
                row.confirmed_by,
            )
            for row in plan.proofs
            if row.shared
        ),
        meetings=tuple(
            sorted(
                row.on_date
                for row in plan.entries_of(*MEETING)
                if row.on_date is not None and row.on_date >= day and row.closed_on is None
            )
        ),
        our_team=tuple(TeamMember(row.function, row.colleague) for row in page.team),
        their_team=tuple(
            row.name
            for row in page.people
            if row.roles and (row.left_on is None or row.left_on > day)
        ),
    )  # fmt: skip


def content_of(view: CustomerView) -> str:
    """The view as the JSON that a share keeps."""
    return json.dumps(as_document(view), ensure_ascii=False)


def as_document(view: CustomerView) -> dict[str, Any]:
    """The view by its field names; ids are text."""
    document: dict[str, Any] = dict(view._asdict())
    for kind in KINDS:
        document[kind] = [{**row._asdict(), "id": str(row.id)} for row in document[kind]]
    document["meetings"] = list(view.meetings)
    document["our_team"] = [row._asdict() for row in view.our_team]
    document["their_team"] = list(view.their_team)
    return document


# What changed since it was shared


class FieldChange(NamedTuple):
    """A field of a shared row that the customer saw with another value."""

    field: str
    before: Any
    after: Any


class Shared(NamedTuple):
    """When a shared row was given to the customer last, and what changed since.

    ``shared_on``: None while they have not seen it.
    """

    kind: str
    id: int
    shared_on: str | None
    changes: tuple[FieldChange, ...] = ()


class SinceShared(NamedTuple):
    """The shared rows by kind and id, and the words of rows that they saw and no longer see."""

    rows: dict[tuple[str, int], Shared]
    withdrawn: tuple[str, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether the customer would see anything new in it."""
        return bool(self.withdrawn) or any(
            row.shared_on is None or row.changes for row in self.rows.values()
        )


def since_shared(view: CustomerView, share: ShareRow | None) -> SinceShared:
    """What is new to the customer against what they were given last."""
    seen = _seen(share)
    rows: dict[tuple[str, int], Shared] = {}
    for kind, row in _rows(view):
        known = seen.pop((kind, str(row["id"])), None)
        changes = () if known is None else tuple(_changes(known, row))
        on = None if known is None or share is None else share.shared_on
        rows[kind, int(row["id"])] = Shared(kind, int(row["id"]), on, changes)
    return SinceShared(rows, tuple(_words(kind, row) for (kind, _id), row in seen.items()))


def _rows(view: CustomerView) -> Iterator[tuple[str, dict[str, Any]]]:
    document = as_document(view)
    for kind in KINDS:
        yield from ((kind, row) for row in document[kind])


def _seen(share: ShareRow | None) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a share; none where its content was written by something else."""
    if share is None:
        return {}
    try:
        content = json.loads(share.content)
    except ValueError:
        return {}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for kind in KINDS:
        listed = content.get(kind) if isinstance(content, dict) else None
        for row in listed if isinstance(listed, list) else ():
            if isinstance(row, dict) and "id" in row:
                found[kind, str(row["id"])] = row
    return found


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[FieldChange]:
    for field, value in after.items():
        if field != "id" and before.get(field) != value:
            yield FieldChange(field, before.get(field), value)


def _words(kind: str, row: dict[str, Any]) -> str:
    return str(row.get(kind.removesuffix("s"), ""))
