"""What success looks like, by segment, and the status that it gives to goals.

The status is stored with the goal, in the transaction that measures it, changes a criterion or
moves the account into a segment; undo takes both back. What people set by hand although a
criterion fits stays, until ``apply_criteria`` is asked to judge it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from planner.accounts import Account
from planner.entity import build
from planner.errors import Refused
from planner.goal_status import MOVING, PEOPLES, Criteria, Member, member_of, segment_of, status_by
from planner.language import gettext as _
from planner.language import ngettext
from planner.plans import Objective
from planner.ports import UnitOfWork
from planner.success_criteria import SuccessCriterion
from planner.text import fold
from planner.use_cases.editing import change, check_new_name, live_account_name, refuse, withdraw

MOST_CRITERIA = 100
MOST_AT_ONCE = 2_000
"""Goals that a new or changed criterion judges at once; ``apply_criteria`` judges the rest."""


def add_criterion(uow: UnitOfWork, **fields: Any) -> SuccessCriterion:
    """Say what success looks like for a segment; goals that it fits take their status from it.

    ``fields``: name, segment, metric, unit, good, poor, less_is_better, note. Raises ``Refused``.
    """
    if len(uow.success_criteria.find()) >= MOST_CRITERIA:
        raise Refused(
            _("The book has {count} success criteria; archive one first.").format(
                count=MOST_CRITERIA
            )
        )
    criterion = build(SuccessCriterion, id=uow.new_id(), **fields)
    _check(uow, criterion)
    criterion = uow.success_criteria.add(criterion)
    words = _judged(uow, _goals_of(uow, [criterion.metric]))
    uow.say(_("added success criterion {name}{words}").format(name=criterion.name, words=words))
    return criterion


def change_criterion(
    uow: UnitOfWork, record: SuccessCriterion | int, **fields: Any
) -> SuccessCriterion:
    """Change a criterion; goals are judged anew, also those that it fits no more."""
    before, after = change(uow.success_criteria, record, fields)
    _check(uow, after)
    words = _judged(uow, _goals_of(uow, [before.metric, after.metric]))
    uow.say(_("changed success criterion {name}{words}").format(name=after.name, words=words))
    return after


def archive_criterion(uow: UnitOfWork, criterion_id: int) -> SuccessCriterion:
    """Take a criterion out: its goals keep the status they have, or take that of another one."""
    after = withdraw(uow.success_criteria, criterion_id)
    words = _judged(uow, uow.objectives.find(criterion_id=criterion_id))
    uow.say(_("archived success criterion {name}{words}").format(name=after.name, words=words))
    return after


def apply_criteria(uow: UnitOfWork, account_id: int | None = None, *, by_hand: bool = False) -> int:
    """Judge the goals of an account, or of all, by the criteria; returns how many changed.

    ``by_hand``: those too whose status was set by hand although a criterion fits.
    """
    if account_id is None:
        metrics = [one.metric for one in uow.success_criteria.find()]
        goals = _goals_of(uow, metrics)
    else:
        live_account_name(uow, account_id)
        goals = uow.objectives.find(account_id=account_id)
    changed = _judge(uow, goals, by_hand=by_hand)
    words = ngettext(
        "judged goals by the success criteria: {count} changed",
        "judged goals by the success criteria: {count} changed",
        changed,
    ).format(count=changed)
    uow.say(words, account_id)
    return changed


def follow_goal(uow: UnitOfWork, goal: Objective, *, by_hand: bool = False) -> Objective:
    """Give a goal the status of its criterion inside another use case.

    ``by_hand``: somebody has just set the status; it is marked so where a criterion fits.
    """
    criteria = Criteria(uow.success_criteria.find())
    if not criteria and goal.criterion_id is None:
        return goal
    member = member_of(uow.accounts.get(goal.account_id))
    if by_hand:
        fits = criteria.of(goal, member) is not None and goal.status not in PEOPLES
        fields = {"criterion_id": None, "status_by_hand": fits}
        return change(uow.objectives, goal, fields)[1]
    return _follow(uow, goal, criteria, member)


def follow_account(uow: UnitOfWork, before: Account, after: Account) -> None:
    """Judge the goals of an account inside another use case, where it may have moved between
    segments."""
    if all(getattr(before, name) == getattr(after, name) for name in MOVING):
        return
    if uow.success_criteria.find():
        _judge(uow, uow.objectives.find(account_id=after.id))


def _goals_of(uow: UnitOfWork, metrics: Iterable[str]) -> list[Objective]:
    """The live goals with one of the metrics, however it is written."""
    wanted = {fold(metric) for metric in metrics}
    written = [metric for metric in uow.goal_metrics() if fold(metric) in wanted]
    return [goal for metric in written for goal in uow.objectives.find(metric=metric)]


def _judged(uow: UnitOfWork, goals: list[Objective]) -> str:
    """Judge the first goals, and say what came of it."""
    changed = _judge(uow, goals[:MOST_AT_ONCE])
    if len(goals) > MOST_AT_ONCE:
        uow.merged.append(
            _(
                "{count} goals were judged; for the other {left} run: trustplan criteria apply"
            ).format(count=MOST_AT_ONCE, left=len(goals) - MOST_AT_ONCE)
        )
    if not changed:
        return ""
    return ngettext(
        ", which gave {count} goal its status", ", which gave {count} goals their status", changed
    ).format(count=changed)


def _judge(uow: UnitOfWork, goals: Iterable[Objective], *, by_hand: bool = False) -> int:
    """Give goals the status of their criteria; returns how many changed."""
    criteria = Criteria(uow.success_criteria.find())
    members: dict[int, Member | None] = {}
    changed = 0
    for goal in goals:
        if goal.account_id not in members:
            account = uow.accounts.get(goal.account_id)
            members[account.id] = None if account.archived_at is not None else member_of(account)
        member = members[goal.account_id]
        if member is None:
            continue
        base = goal
        if by_hand and goal.status_by_hand:
            base = goal.changed(status_by_hand=False)
        after = _decided(uow, base, criteria, member)
        changed += uow.objectives.save(goal, after).version != goal.version
    return changed


def _follow(
    uow: UnitOfWork, goal: Objective, criteria: Criteria[SuccessCriterion], member: Member
) -> Objective:
    return uow.objectives.save(goal, _decided(uow, goal, criteria, member))


def _decided(
    uow: UnitOfWork, goal: Objective, criteria: Criteria[SuccessCriterion], member: Member
) -> Objective:
    """A goal with the status that its criterion gives it, or as it was."""
    if _rests(uow, goal):
        return goal
    fitting = None if goal.status in PEOPLES else criteria.of(goal, member)
    if goal.status_by_hand and fitting is not None:
        return goal
    if fitting is None:
        if goal.criterion_id is None and not goal.status_by_hand:
            return goal
        return goal.changed(criterion_id=None, status_by_hand=False)
    if goal.actual is None:
        return goal if goal.criterion_id is None else goal.changed(criterion_id=None)
    return goal.changed(criterion_id=fitting.id, status=status_by(fitting, goal.actual))


def _rests(uow: UnitOfWork, goal: Objective) -> bool:
    """Whether a goal has not begun, or stands in a plan that is closed."""
    begun = goal.started_on is None or goal.started_on <= uow.today
    return not begun or uow.plans.get(goal.plan_id).status == "closed"


def _check(uow: UnitOfWork, criterion: SuccessCriterion) -> None:
    try:
        segment_of(criterion.segment)
    except Refused as error:
        raise refuse("segment", str(error), criterion.segment) from None
    check_new_name(
        uow.success_criteria.find(), criterion,
        _("there is a success criterion with this name already: {name}"),
    )  # fmt: skip
