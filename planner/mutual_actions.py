"""The mutual action plan: what both sides owe, in what order, and what its dates contradict.

Days are local dates. A plan is a sequence of ``MutualAction``; everything here only reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from planner.dependencies import check_dependencies, in_order
from planner.errors import NotFound
from planner.language import gettext as _
from planner.text import visible


@dataclass(frozen=True, slots=True)
class MutualAction:
    """One action of the plan.

    `action`: what, in words. `our_owner`, `their_owner`: names, empty where nobody is named.
    `starts_on`, `due_on`, `done_on`: None is not known. `status`: open, done, dropped.
    `depends_on`: ids of the actions that have to be done before.
    """

    id: int
    action: str
    our_owner: str = ""
    their_owner: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    status: str = "open"
    depends_on: tuple[int, ...] = ()

    def is_late(self, today: date) -> bool:
        """Whether the action is open past its due day."""
        return self.status == "open" and self.due_on is not None and self.due_on < today


class DateWarning(NamedTuple):
    """An action that is due before one it depends on: `action` needs `needed`; said in `words`."""

    action: MutualAction
    needed: MutualAction
    words: str


def check_actions(actions: Iterable[MutualAction]) -> None:
    """Refuse dependencies that cannot hold: unknown ids, itself, cycles.

    Raises ``Refused`` with the field ``depends`` and the actions' words.
    """
    by_id = _by_id(actions)
    check_dependencies(
        {one: row.action for one, row in by_id.items()},
        {one: row.depends_on for one, row in by_id.items()},
    )


def with_dependencies(
    actions: Sequence[MutualAction], action_id: int, depends_on: Iterable[int]
) -> tuple[MutualAction, ...]:
    """The plan after one action was given other dependencies, each kept once.

    Raises ``NotFound`` when the action is not in the plan, ``Refused`` (field ``depends``) when
    the dependencies cannot hold.
    """
    if all(row.id != action_id for row in actions):
        raise NotFound(_("there is no action {number}").format(number=action_id))
    wanted = tuple(dict.fromkeys(depends_on))
    changed = tuple(
        replace(row, depends_on=wanted) if row.id == action_id else row for row in actions
    )
    check_actions(changed)
    return changed


def date_warnings(actions: Iterable[MutualAction]) -> tuple[DateWarning, ...]:
    """Every open action that is due before an open one it needs, in display order.

    An action without a due day passes on what it needs itself. Dependencies on actions that are
    not in the plan, and cycles, are passed over.
    """
    by_id = _by_id(actions)
    found: list[DateWarning] = []
    for row in display_order(by_id.values()):
        if row.status != "open" or row.due_on is None:
            continue
        found += [
            DateWarning(row, needed, _said(row, needed))
            for needed in _dated_needs(row, by_id)
            if needed.due_on is not None and row.due_on < needed.due_on
        ]
    return tuple(found)


def waiting_for(actions: Iterable[MutualAction]) -> dict[int, tuple[MutualAction, ...]]:
    """By id of each open action that cannot begin: the open actions it depends on directly."""
    by_id = _by_id(actions)
    waits: dict[int, tuple[MutualAction, ...]] = {}
    for one, row in by_id.items():
        needed = tuple(
            by_id[other]
            for other in dict.fromkeys(row.depends_on)
            if other in by_id and other != one and by_id[other].status == "open"
        )
        if needed and row.status == "open":
            waits[one] = needed
    return waits


def display_order(actions: Iterable[MutualAction]) -> tuple[MutualAction, ...]:
    """The actions, each after those it depends on, otherwise by due day, words and id.

    Actions without a due day come last of those that are free to come. Never refuses: what
    `check_actions` refuses is passed over.
    """
    by_id = _by_id(actions)
    rank = {one: (row.due_on or date.max, row.action, one) for one, row in by_id.items()}
    order = in_order({one: row.depends_on for one, row in by_id.items()}, rank)
    return tuple(by_id[one] for one in order)


def _by_id(actions: Iterable[MutualAction]) -> dict[int, MutualAction]:
    return {row.id: row for row in actions}


def _dated_needs(row: MutualAction, by_id: dict[int, MutualAction]) -> list[MutualAction]:
    """The open actions with a due day that the row needs, through those that have none."""
    found: dict[int, MutualAction] = {}
    seen = {row.id}
    ahead = list(reversed(row.depends_on))
    while ahead:
        one = ahead.pop()
        needed = by_id.get(one)
        if one in seen or needed is None:
            continue
        seen.add(one)
        if needed.status != "open":
            continue
        if needed.due_on is None:
            ahead.extend(reversed(needed.depends_on))
        else:
            found[one] = needed
    return list(found.values())


def _said(row: MutualAction, needed: MutualAction) -> str:
    return _(
        "{action} is due {day}, before {needed}, which it needs and which is due {later}"
    ).format(
        action=visible(row.action),
        day=row.due_on,
        needed=visible(needed.action),
        later=needed.due_on,
    )
