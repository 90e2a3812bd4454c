"""Links of cause, improvements and closed feedback: what is kept, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from planner.dates import When
from planner.use_cases.cause_links import decide_cause, undecide_cause
from planner.use_cases.complaints import change_complaint, log_complaint, move_complaint
from planner.use_cases.feedback import close_feedback, close_survey, reopen_feedback
from planner.use_cases.improvements import (
    account_of_feedback,
    add_improvement,
    change_improvement,
    drop_improvement,
    finish_improvement,
    reopen_improvement,
    tie_feedback,
    untie_feedback,
)
from planner.use_cases.signals import log_signal
from planner.use_cases.surveys import log_survey
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refusal, refused


def ago(uow: MemoryUnitOfWork, days: int) -> When:
    """A moment at nine so many days before today."""
    on = uow.today - timedelta(days=days)
    return When(on, datetime(on.year, on.month, on.day, 9, tzinfo=UTC), False)


def test_a_linked_complaint_gives_its_cause_at_closing_unless_one_is_said(
    uow: MemoryUnitOfWork, account: int
) -> None:
    first, second, third, fourth = (
        log_complaint(uow, account, title="Late", when=ago(uow, 9)).id for _n in range(4)
    )
    move_complaint(
        uow,
        first,
        "closed",
        ago(uow, 8),
        root_cause="Supply",
        cause_detail="truck",
        remedy_given="fixed",
    )
    decide_cause(uow, second, first)
    closed = move_complaint(uow, second, "closed", ago(uow, 7), remedy_given="fixed")
    assert (closed.root_cause, closed.cause_detail) == ("Supply", "truck")
    decide_cause(uow, first, third)
    assert (
        move_complaint(
            uow, third, "closed", ago(uow, 7), root_cause="Own", remedy_given="fixed"
        ).root_cause
        == "Own"
    )
    decide_cause(uow, fourth, first, same=False)
    assert (
        move_complaint(uow, fourth, "closed", ago(uow, 7), remedy_given="fixed").root_cause is None
    )


def test_a_pair_has_one_word_whichever_is_named_first(uow: MemoryUnitOfWork, account: int) -> None:
    one, other = (log_complaint(uow, account, title="x", when=ago(uow, 9)).id for _n in range(2))
    first = decide_cause(uow, one, other)
    second = decide_cause(uow, other, one, same=False, reason=" ")
    assert (second.id, second.same, second.reason) == (first.id, False, None)
    undecide_cause(uow, other, one)
    assert uow.cause_links.find() == []
    assert "nobody decided" in refused(undecide_cause, uow, one, other)
    assert "same complaint" in refused(decide_cause, uow, one, one)
    change_complaint(uow, other, excluded="withdrawn")
    assert "was withdrawn" in refused(decide_cause, uow, one, other)


def test_an_improvement_is_open_done_or_given_up(uow: MemoryUnitOfWork) -> None:
    made = add_improvement(uow, improvement="Check invoices").id
    assert "step of its own" in refused(change_improvement, uow, made, status="done")
    assert "future" in refused(finish_improvement, uow, made, None, ago(uow, -1).on)
    finish_improvement(uow, made, " none since ")
    assert uow.improvements.get(made).result == "none since"
    assert "done already" in refused(finish_improvement, uow, made)
    assert reopen_improvement(uow, made).done_on is None
    assert "it is open" in refused(reopen_improvement, uow, made)
    assert "say why" in refused(drop_improvement, uow, made, " ")
    assert drop_improvement(uow, made, "too dear").status == "dropped"
    assert "given up" in refused(drop_improvement, uow, made, "again")
    assert reopen_improvement(uow, made).result is None, "a reason became a result for customers"
    assert refusal(add_improvement, uow, improvement="").problems[0].field == "improvement"


def test_feedback_is_tied_once_and_to_what_there_is(uow: MemoryUnitOfWork, account: int) -> None:
    heard = log_signal(uow, account, signal="x", when=ago(uow, 2)).id
    book = log_survey(uow, None, kind="nps", score=3, when=ago(uow, 2)).id
    made = add_improvement(uow, improvement="x", sources=[("signal", heard)]).id
    assert "already" in refused(tie_feedback, uow, made, "signal", heard)
    assert "no account" in refused(tie_feedback, uow, made, "survey", book)
    assert "none of" in refused(tie_feedback, uow, made, "rumour", heard)
    assert account_of_feedback(uow, "signal", heard) == account
    untie_feedback(uow, made, "signal", heard)
    assert "does not come from it" in refused(untie_feedback, uow, made, "signal", heard)


def test_an_answer_is_closed_on_a_day_between_it_and_today(
    uow: MemoryUnitOfWork, account: int
) -> None:
    made = log_survey(uow, account, kind="nps", score=3, when=ago(uow, 5)).id
    assert "before the answer" in refused(close_survey, uow, made, "acted_on", None, ago(uow, 6).on)
    assert "future" in refused(close_survey, uow, made, "acted_on", None, ago(uow, -1).on)
    assert "none of" in refused(close_feedback, uow, "survey", made, "lost")
    assert "none of signal" in refused(close_feedback, uow, "rumour", made)
    close_feedback(uow, "survey", made)
    assert "closed already" in refused(close_feedback, uow, "survey", made)
    assert reopen_feedback(uow, "survey", made).closed_on is None
    assert "it is open" in refused(reopen_feedback, uow, "survey", made)
