"""Feedback is closed: acted on, or declined with the reason; complaints by their own way."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.signals import Signal
from planner.surveys import Survey
from planner.use_cases.editing import change, check_day_not_future, live_account_name, refuse
from planner.use_cases.improvements import source_of, tie_feedback
from planner.use_cases.signals import close_signal, reopen_signal
from planner.vocabulary import FEEDBACK_OUTCOMES


def close_feedback(
    uow: UnitOfWork,
    kind: str,
    row_id: int,
    outcome: str = "acted_on",
    note: str | None = None,
    on: date | None = None,
    improvement_id: int | None = None,
) -> Signal | Survey:
    """Close a signal or an answer, today unless said, and name the improvement that came of it.

    Raises ``Refused`` for a complaint, which is closed with its remedy or withdrawn, for what is
    closed already, and for declining without a reason.
    """
    closed: Signal | Survey
    if outcome not in FEEDBACK_OUTCOMES:
        choices = ", ".join(FEEDBACK_OUTCOMES)
        raise refuse("outcome", _("it is none of {choices}").format(choices=choices), outcome)
    if kind == "signal":
        closed = close_signal(uow, row_id, outcome, note, on)
    elif kind == "survey":
        closed = close_survey(uow, row_id, outcome, note, on)
    else:
        raise _by_its_way(kind)
    if improvement_id is not None and source_of(uow, improvement_id, kind, row_id) is None:
        tie_feedback(uow, improvement_id, kind, row_id)
        uow.say(_told(uow, closed, outcome), closed.account_id)
    return closed


def reopen_feedback(uow: UnitOfWork, kind: str, row_id: int) -> Signal | Survey:
    """Open a closed signal or answer again; what it is tied to stays."""
    if kind == "signal":
        return reopen_signal(uow, row_id)
    if kind == "survey":
        return reopen_survey(uow, row_id)
    raise _by_its_way(kind)


def close_survey(
    uow: UnitOfWork,
    record: Survey | int,
    outcome: str,
    note: str | None = None,
    on: date | None = None,
) -> Survey:
    """Close an answer to a survey as acted_on, or as declined with the reason."""
    before = uow.surveys.get(record) if isinstance(record, int) else record
    if before.outcome is not None:
        raise refuse("outcome", _("it is closed already; reopen it first"), outcome)
    day = on or uow.today
    check_day_not_future(uow, day, "closed_on")
    if day < before.answered_on:
        raise refuse("closed_on", _("it lies before the answer"), day)
    said = (note or "").strip() or None
    if outcome == "declined" and said is None:
        raise refuse("outcome_note", _("say why it was declined"))
    after = change(
        uow.surveys, before, {"outcome": outcome, "outcome_note": said, "closed_on": day}
    )[1]
    uow.say(_told(uow, after, outcome), after.account_id)
    return after


def reopen_survey(uow: UnitOfWork, record: Survey | int) -> Survey:
    """Open a closed answer again."""
    before = uow.surveys.get(record) if isinstance(record, int) else record
    if before.outcome is None:
        raise refuse("outcome", _("it is open"))
    cleared: dict[str, Any] = dict.fromkeys(("outcome", "outcome_note", "closed_on"))
    after = change(uow.surveys, before, cleared)[1]
    words = _("opened an answer of {account} again").format(account=_whose(uow, after))
    uow.say(words, after.account_id)
    return after


def _told(uow: UnitOfWork, closed: Signal | Survey, outcome: str) -> str:
    acted = outcome == "acted_on"
    if isinstance(closed, Signal):
        words = (
            _("acted on a signal about {account}")
            if acted
            else _("declined a signal about {account}")
        )
    else:
        words = (
            _("acted on an answer of {account}") if acted else _("declined an answer of {account}")
        )
    return words.format(account=_whose(uow, closed))


def _whose(uow: UnitOfWork, closed: Signal | Survey) -> str:
    if closed.account_id is None:
        return _("the book")
    return live_account_name(uow, closed.account_id)


def _by_its_way(kind: str) -> Exception:
    if kind == "complaint":
        return refuse("kind", _("a complaint is closed with its remedy, or withdrawn"), kind)
    return refuse("kind", _("it is none of {choices}").format(choices="signal, survey"), kind)
