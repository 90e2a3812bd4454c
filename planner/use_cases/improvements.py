"""Improvements: what is changed because customers complained or said so, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from planner.entity import build
from planner.errors import NotFound
from planner.improvements import Improvement, ImprovementSource
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import change, check_day_not_future, check_live, refuse, withdraw
from planner.vocabulary import FEEDBACK_KINDS

STEPS = frozenset({"status", "done_on"})
"""What the steps of an improvement set."""
Feedback = tuple[str, int]
"""A kind of feedback (complaint, signal, survey) and the id of its row."""


def add_improvement(
    uow: UnitOfWork, *, improvement: str, sources: Iterable[Feedback] = (), **fields: Any
) -> Improvement:
    """Keep an improvement, mine unless said, with the feedback that it comes from.

    ``fields``: root_cause, cause_detail, owner_id, due_on. Raises ``Refused`` for feedback of no
    account: an answer to a survey of the book's.
    """
    _refuse_steps(fields)
    given = {name: value for name, value in fields.items() if value is not None}
    made = build(
        Improvement,
        **{
            "id": uow.new_id(),
            "improvement": improvement,
            "owner_id": uow.actor.colleague_id,
            "recorded_on": uow.today,
            "logged_at": uow.clock.real_now(),
            **given,
        },
    )
    uow.improvements.add(made)
    account_ids = {_tie(uow, made.id, kind, row_id).account_id for kind, row_id in sources}
    uow.say(
        _("improvement: {improvement}").format(improvement=made.improvement),
        account_ids.pop() if len(account_ids) == 1 else None,
    )
    return made


def change_improvement(uow: UnitOfWork, record: Improvement | int, **fields: Any) -> Improvement:
    """Change what an improvement says; it is done or dropped by a step of its own."""
    _refuse_steps(fields)
    after = change(uow.improvements, record, fields)[1]
    uow.say(_("changed the improvement {what}").format(what=after.improvement))
    return after


def finish_improvement(
    uow: UnitOfWork, record: Improvement | int, result: str | None = None, on: date | None = None
) -> Improvement:
    """Say that it is done, today unless said; ``result`` is what customers may read of it."""
    before = _open(uow, record)
    day = on or uow.today
    check_day_not_future(uow, day, "done_on")
    values: dict[str, Any] = {"status": "done", "done_on": day}
    if result is not None:
        values["result"] = result.strip() or None
    after = change(uow.improvements, before, values)[1]
    uow.say(_("improved: {what}").format(what=after.improvement))
    return after


def drop_improvement(uow: UnitOfWork, record: Improvement | int, reason: str) -> Improvement:
    """Give it up, with the reason, which stays among us."""
    before = _open(uow, record)
    if not reason.strip():
        raise refuse("result", _("say why it is given up"))
    values = {"status": "dropped", "result": reason.strip()}
    after = change(uow.improvements, before, values)[1]
    uow.say(_("gave up the improvement {what}").format(what=after.improvement))
    return after


def reopen_improvement(uow: UnitOfWork, record: Improvement | int) -> Improvement:
    """Work on it again."""
    before = uow.improvements.get(record) if isinstance(record, int) else record
    if before.status == "open":
        raise refuse("status", _("it is open"))
    values: dict[str, Any] = {"status": "open", "done_on": None}
    if before.status == "dropped":  # its reason must not become a result for customers
        values["result"] = None
    after = change(uow.improvements, before, values)[1]
    uow.say(_("opened the improvement {what} again").format(what=after.improvement))
    return after


def tie_feedback(uow: UnitOfWork, improvement_id: int, kind: str, row_id: int) -> ImprovementSource:
    """Say that an improvement comes from a complaint, a signal or an answer."""
    improvement = uow.improvements.get(improvement_id)
    check_live(improvement)
    source = _tie(uow, improvement.id, kind, row_id)
    words = _("the improvement {what} comes from this too").format(what=improvement.improvement)
    uow.say(words, source.account_id)
    return source


def untie_feedback(
    uow: UnitOfWork, improvement_id: int, kind: str, row_id: int
) -> ImprovementSource:
    """Say that an improvement does not come from a complaint, a signal or an answer."""
    improvement = uow.improvements.get(improvement_id)
    known = source_of(uow, improvement_id, kind, row_id)
    if known is None:
        raise refuse("from", _("the improvement does not come from it"))
    words = _("the improvement {what} does not come from this").format(what=improvement.improvement)
    uow.say(words, known.account_id)
    return withdraw(uow.improvement_sources, known.id)


def source_of(
    uow: UnitOfWork, improvement_id: int, kind: str, row_id: int
) -> ImprovementSource | None:
    """The tie of an improvement and a piece of feedback, if there is one."""
    found = uow.improvement_sources.find(improvement_id=improvement_id, kind=kind, row_id=row_id)
    return next(iter(found), None)


def _tie(uow: UnitOfWork, improvement_id: int, kind: str, row_id: int) -> ImprovementSource:
    if kind not in FEEDBACK_KINDS:
        choices = ", ".join(FEEDBACK_KINDS)
        raise refuse("from", _("it is none of {choices}").format(choices=choices), kind)
    known = source_of(uow, improvement_id, kind, row_id)
    if known is not None:
        raise refuse("from", _("the improvement comes from it already"))
    return uow.improvement_sources.add(
        build(
            ImprovementSource,
            id=uow.new_id(),
            account_id=account_of_feedback(uow, kind, row_id),
            improvement_id=improvement_id,
            kind=kind,
            row_id=row_id,
        )
    )


def account_of_feedback(uow: UnitOfWork, kind: str, row_id: int) -> int:
    """Whose account a live piece of feedback is about. Raises ``NotFound`` and ``Refused``."""
    account_id: int | None
    if kind == "complaint":
        complaint = uow.complaints.get(row_id)
        check_live(complaint)
        account_id = complaint.account_id
    elif kind == "signal":
        signal = uow.signals.get(row_id)
        check_live(signal)
        account_id = signal.account_id
    elif kind == "survey":
        survey = uow.surveys.get(row_id)
        check_live(survey)
        account_id = survey.account_id
    else:
        raise NotFound(_("There is no feedback of the kind {kind}.").format(kind=kind))
    if account_id is None:
        raise refuse("from", _("this answer belongs to no account"))
    return account_id


def _open(uow: UnitOfWork, record: Improvement | int) -> Improvement:
    before = uow.improvements.get(record) if isinstance(record, int) else record
    if before.status == "done":
        raise refuse("status", _("it is done already; reopen it first"))
    if before.status == "dropped":
        raise refuse("status", _("it was given up; reopen it first"))
    return before


def _refuse_steps(fields: dict[str, Any]) -> None:
    wrong = sorted(STEPS & set(fields))
    if wrong:
        raise refuse(wrong[0], _("an improvement is done or given up by a step of its own"))
