"""The mutual action plan: what both sides owe, what needs what, planned back from a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from planner.backward_planning import PlannedStep, Step, plan_backward
from planner.clocks import default_calendar
from planner.language import gettext as _
from planner.mutual_actions import (
    MutualAction,
    date_warnings,
    with_dependencies,
)
from planner.owners import check_one_owner, two_owners
from planner.plan_rows import mutual_action
from planner.plans import Action
from planner.ports import UnitOfWork
from planner.step_lines import WrittenStep
from planner.text import fold, visible
from planner.use_cases.actions import add_action, change_action, owe
from planner.use_cases.by_name import ME, Added, known_colleague
from planner.use_cases.editing import live_account_name, refuse
from planner.use_cases.plans import add_plan_action, live_plan


class MutualChange(NamedTuple):
    """An action as it was saved, and what its dates and dependencies contradict, in words."""

    action: Action
    warnings: tuple[str, ...] = ()


class PlannedBack(NamedTuple):
    """The actions of a backward plan in the order in which they begin.

    ``critical`` are the ids of those on the longest path.
    """

    account_id: int
    end_on: date
    actions: tuple[Action, ...]
    critical: tuple[int, ...]


def add_mutual_action(
    uow: UnitOfWork,
    account_id: int,
    *,
    depends_on: Iterable[int] = (),
    shared: bool | None = None,
    **fields: Any,
) -> MutualChange:
    """Add an action to the plan with what it needs, its days and one owner on each side.

    With an owner on their side it is shared unless ``shared`` says otherwise. Raises ``Refused``:
    ``depends_on`` for ids that are no action of the account, ``their_owner`` for two of theirs.
    """
    needs = tuple(dict.fromkeys(depends_on))
    _check_foreign(_plan_of(uow, account_id), needs)
    _check_sides(uow, account_id, fields)
    after = add_plan_action(uow, account_id, depends_on=needs, shared=shared, **fields)
    account = live_account_name(uow, account_id)
    return _said(uow, _("added an action at {account}").format(account=account), after)


def add_follow_up(
    uow: UnitOfWork, account_id: int, *, depends_on: Iterable[int] = (), **fields: Any
) -> MutualChange:
    """Add an action of the account beside its plan, as `add_mutual_action` does to the plan."""
    needs = tuple(dict.fromkeys(depends_on))
    _check_foreign(_plan_of(uow, account_id), needs)
    _check_sides(uow, account_id, fields)
    after = add_action(uow, account_id, depends_on=needs, **fields)
    account = live_account_name(uow, account_id)
    return _said(uow, _("added an action at {account}").format(account=account), after)


def change_mutual_action(uow: UnitOfWork, record: Action | int, **fields: Any) -> MutualChange:
    """Change an action: dependencies, days, owners, shared, status.

    A new owner on their side takes the place of the old one, whichever way either was named, and
    shares the action unless ``shared`` is given. Done is done today unless ``done_on`` is given.
    Raises ``Refused`` as `add_mutual_action`, and for a cycle, which is told in words.
    """
    before = uow.actions.get(record) if isinstance(record, int) else record
    _check_sides(uow, before.account_id, fields)
    for one, other in (("their_owner", "their_owner_id"), ("their_owner_id", "their_owner")):
        if fields.get(one):
            fields.setdefault(other, None)
            fields.setdefault("shared", True)
    if "depends_on" in fields:
        fields["depends_on"] = _needs_of(uow, before, fields["depends_on"])
    if fields.get("status") == "done":
        fields.setdefault("done_on", uow.today)
    after = change_action(uow, record, **fields)
    return _said(uow, _told(fields, after), after)


def set_dependencies(
    uow: UnitOfWork, record: Action | int, depends_on: Iterable[int]
) -> MutualChange:
    """Say what an action needs done before it. Raises ``Refused`` (field ``depends``)."""
    return change_mutual_action(uow, record, depends_on=tuple(depends_on))


def plan_backward_actions(
    uow: UnitOfWork,
    account_id: int,
    steps: Sequence[WrittenStep],
    end_on: date,
    added: Added,
) -> PlannedBack:
    """Make actions of the plan from steps, each as late as still reaches the end.

    Working days are those of the book's calendar. A step of theirs is owned by the person of the
    account with that name, else by the name as written, and is shared; ours is then whoever acts,
    as where a step of ours names nobody. Colleagues the book does not know are added and entered in
    ``added``. Raises ``Refused`` with every step that would have to begin before today.
    """
    plan = live_plan(uow, account_id)
    if end_on < uow.today:
        raise refuse("end", _("{day} lies in the past").format(day=end_on.isoformat()), end_on)
    calendar = default_calendar(uow.zone.key)
    planned = plan_backward(
        [Step(at, one.step, one.days, one.working, one.needs) for at, one in enumerate(steps)],
        end_on,
        uow.today,
        calendar.is_open_on,
    )
    made: dict[int, Action] = {}
    for one in planned:
        step = steps[one.id]
        made[one.id] = owe(
            uow,
            account_id,
            plan_id=plan.id,
            origin="plan",
            origin_id=plan.id,
            depends_on=tuple(made[need].id for need in step.needs),
            **_fields_of(uow, account_id, step, one, added),
        )
    uow.say(
        _("planned {count} actions back from {day} at {account}").format(
            count=len(made), day=end_on, account=live_account_name(uow, account_id)
        ),
        account_id,
    )
    critical = tuple(made[one.id].id for one in planned if one.critical)
    return PlannedBack(account_id, end_on, tuple(made.values()), critical)


def _fields_of(
    uow: UnitOfWork, account_id: int, step: WrittenStep, planned: PlannedStep, added: Added
) -> dict[str, Any]:
    """What a step's action says of itself."""
    theirs = step.owner if step.side == "they" else ""
    ours = step.owner if step.side == "we" else ""
    _check_names(uow, account_id, ours, theirs)
    return {
        "action": step.step,
        "side": step.side,
        "owner_id": known_colleague(uow, ours or ME, added),
        "starts_on": planned.starts_on,
        "due_on": planned.due_on,
        "done_means": step.done_means or None,
        "shared": bool(theirs),
        **_their_owner(uow, account_id, theirs),
    }


def _their_owner(uow: UnitOfWork, account_id: int, text: str) -> dict[str, Any]:
    """Their owner: the one person of the account with this name, else the text."""
    if not text:
        return {}
    found = [one for one, name in _people(uow, account_id).items() if fold(name) == fold(text)]
    return {"their_owner_id": found[0]} if len(found) == 1 else {"their_owner": text}


def _people(uow: UnitOfWork, account_id: int) -> dict[int, str]:
    return {
        part.person_id: uow.people.get(part.person_id).label
        for part in uow.memberships.find(account_id=account_id)
    }


def _check_sides(uow: UnitOfWork, account_id: int, fields: dict[str, Any]) -> None:
    """Refuse two owners of theirs: a person and a name, or several in one name."""
    text = fields.get("their_owner") or ""
    if text and fields.get("their_owner_id"):
        person = uow.people.get(fields["their_owner_id"])
        raise two_owners("their_owner", f"{person.label}, {text}")
    _check_names(uow, account_id, "", text)


def _check_names(uow: UnitOfWork, account_id: int, ours: str, theirs: str) -> None:
    if ours:
        check_one_owner("owner", ours, (one.name for one in uow.colleagues.find()))
    if theirs:
        check_one_owner("their_owner", theirs, _people(uow, account_id).values())


def _plan_of(uow: UnitOfWork, account_id: int) -> tuple[MutualAction, ...]:
    """Every live action of the account."""
    return tuple(mutual_action(one) for one in uow.actions.find(account_id=account_id))


def _check_foreign(rows: Iterable[MutualAction], needs: Iterable[int]) -> None:
    """Refuse ids that are no action of the account, or one that was dropped."""
    usable = {row.id for row in rows if row.status != "dropped"}
    for one in needs:
        if one not in usable:
            problem = _("{number} is no action of this account that can be waited for")
            raise refuse("depends_on", problem.format(number=one), one)


def _needs_of(uow: UnitOfWork, before: Action, wanted: Iterable[int]) -> tuple[int, ...]:
    """What an action is to need, each once. What it needed already may be gone by now."""
    needs = tuple(dict.fromkeys(wanted))
    rows = _plan_of(uow, before.account_id)
    _check_foreign(rows, (one for one in needs if one not in (*before.depends_on, before.id)))
    known = {row.id for row in rows}
    pruned = tuple(_pruned(row, known) for row in rows)
    with_dependencies(pruned, before.id, [one for one in needs if one in known])
    return needs


def _pruned(row: MutualAction, known: set[int]) -> MutualAction:
    """The action without dependencies on what is archived."""
    return replace(row, depends_on=tuple(one for one in row.depends_on if one in known))


def _told(fields: dict[str, Any], after: Action) -> str:
    """What was done to an action, in a line."""
    if set(fields) <= {"status", "done_on"} and after.status in ("done", "dropped"):
        words = _("done: {action}") if after.status == "done" else _("dropped: {action}")
    else:
        words = _("changed action: {action}")
    return words.format(action=after.action)


def _said(uow: UnitOfWork, words: str, after: Action) -> MutualChange:
    """Say what was done with its warnings."""
    warnings = _warnings(_plan_of(uow, after.account_id), after)
    uow.say(". ".join((words, *warnings)), after.account_id)
    return MutualChange(after, warnings)


def _warnings(rows: Sequence[MutualAction], after: Action) -> tuple[str, ...]:
    """What contradicts an action: days around a dependency, what it did not wait for."""
    said = [one.words for one in date_warnings(rows) if after.id in (one.action.id, one.needed.id)]
    if after.status == "done":
        row = next(row for row in rows if row.id == after.id)
        still = [one for one in rows if one.id in row.depends_on and one.status == "open"]
        said += [
            _("{action} is done although {needed}, which it needs, is open").format(
                action=visible(row.action), needed=visible(one.action)
            )
            for one in still
        ]
    return tuple(said)
