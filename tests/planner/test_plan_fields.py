"""The lines of a plan's sections: a closed vocabulary, and when an interview is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from planner.interview_due import (
    EXIT_BEFORE_DAYS,
    RENEWED_DAYS,
    Decision,
    InterviewDue,
    interview_due,
)
from planner.plan_fields import (
    driver_of,
    driver_words,
    exit_reasons,
    fields_of,
    line_sections,
    plan_field,
    plan_fields,
    preamble,
    prompts_of,
    reason_words,
    value_drivers,
)
from planner.vocabulary import INTERVIEW_KINDS, PLAN_SECTIONS
from tests.makers import TODAY, day


def test_every_line_belongs_to_a_section_of_the_plan_and_has_its_own_name() -> None:
    assert set(line_sections()) <= set(PLAN_SECTIONS)
    names = [one.name for one in plan_fields()]
    assert len(names) == len(set(names))
    assert all(one.prompt.endswith("?") and one.label for one in plan_fields())


def test_the_stay_and_the_exit_interview_ask_five_questions_each_and_the_first_three() -> None:
    assert [len(prompts_of(kind)) for kind in INTERVIEW_KINDS] == [3, 5, 5]
    stay = " ".join(one.prompt for one in prompts_of("stay"))
    for words in ("renew", "procurement", "value", "not renewed", "doubt"):
        assert words in stay
    left = " ".join(one.prompt for one in prompts_of("exit"))
    for words in ("solve the problem", "vanish", "in-house", "another vendor", "analyse",
                  "went well", "improve"):  # fmt: skip
        assert words in left


def test_the_preamble_of_the_exit_interview_is_calm_and_defends_nothing() -> None:
    words = preamble("exit")
    assert "Thank you" in words
    assert "argued" in words
    assert len({preamble(kind) for kind in INTERVIEW_KINDS}) == 3


def test_a_section_without_lines_has_no_fields() -> None:
    assert fields_of("health") == ()
    assert plan_field("notes", "pain") is None
    qbr = plan_field("contact_plan", "qbr")
    assert qbr is not None
    assert qbr.dated == "day"


def test_each_detail_of_why_they_leave_belongs_to_one_reason() -> None:
    details = [detail for _words, below in exit_reasons().values() for detail in below]
    assert len(details) == len(set(details))
    assert reason_words("price", "price_rise") == "the price: the price rise"
    assert reason_words("not_known") == "not known"
    assert reason_words(None) == ""


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("time", "time"), (" Time  Saved ", "time"), ("LESS RISK", "risk"), ("", None), (None, None),
     (" data safety ", "data safety"), ("TİME", "time")],
)  # fmt: skip
def test_a_driver_is_a_suggestion_or_any_other_text(typed: str | None, stored: str | None) -> None:
    assert driver_of(typed) == stored


def test_a_driver_is_shown_in_words() -> None:
    assert driver_words("time") == value_drivers()["time"] == "time saved"
    assert driver_words("data safety") == "data safety"


def due(*decisions: Decision, **more: Any) -> tuple[InterviewDue, ...]:
    return interview_due(TODAY, decisions=decisions, **more)


def test_after_a_renewal_a_stay_interview_is_due_for_thirty_days() -> None:
    (one,) = due(Decision(day(RENEWED_DAYS), True))
    assert one == InterviewDue("stay", "they renewed on 2026-02-09", day(RENEWED_DAYS))
    assert due(Decision(day(RENEWED_DAYS + 1), True)) == ()
    assert due(Decision(day(-1), True)) == ()
    assert due(Decision(day(3), False)) == ()


def test_taking_more_is_a_reason_to_ask_too_and_is_said() -> None:
    (one,) = due(Decision(day(9), True), Decision(day(2), False, upgraded=True))
    assert "took more on 2026-03-09" in one.why


def test_a_stay_interview_since_the_decision_is_enough() -> None:
    decision = Decision(day(5), True)
    assert due(decision, held=[("stay", day(5))]) == ()
    assert due(decision, held=[("stay", day(6)), ("bought", day(1))]) != ()


def test_who_is_lost_is_asked_why_they_leave_and_nothing_else() -> None:
    (one,) = due(Decision(day(5), True), lost_on=day(3))
    assert (one.kind, one.since) == ("exit", day(3))
    assert due(lost_on=day(-3)) == ()
    assert due(lost_on=day(3), held=[("exit", day(40))]) == ()


def test_the_exit_interview_of_an_earlier_loss_does_not_count_for_this_one() -> None:
    lost = day(3)
    old = lost - timedelta(days=EXIT_BEFORE_DAYS + 1)
    assert due(lost_on=lost, held=[("exit", old)]) != ()
    assert due(lost_on=lost, held=[("exit", old + timedelta(days=1))]) == ()


def test_who_is_lost_without_a_day_is_asked_once() -> None:
    (one,) = due(lost=True)
    assert one.since is None
    assert due(lost=True, held=[("exit", day(900))]) == ()
