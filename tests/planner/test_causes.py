"""Causes: which are one, how they add up, what returns, and which complaints look alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cause_matching import LEAST, LONGEST, WORDS_ASKED, CauseText, asked_words, likeness
from planner.causes import cause_key, known_spelling, likely_one, pareto, recurrences
from planner.health.inputs import ComplaintFact

TODAY = date(2026, 3, 11)


def test_spellings_that_fold_alike_are_one_cause_and_the_usual_one_names_it() -> None:
    found = pareto([("Billing", None, 3), ("billing ", "late", 1), ("BİLLİNG", None, 1)])
    (line,) = found.lines
    assert (line.cause, line.detail, line.complaints, line.share) == ("Billing", None, 5, 1.0)
    assert len(line.spellings) == 3
    assert known_spelling("bIlLing", found.lines) == "Billing"
    assert known_spelling("Delivery", found.lines) is None
    assert known_spelling("  ", found.lines) is None


def test_complaints_without_a_cause_stand_apart_and_are_in_no_share() -> None:
    found = pareto([(None, None, 7), ("  ", None, 2), ("Billing", None, 1)])
    assert (found.stated, found.unstated) == (1, 9)
    assert found.lines[0].share == 1.0
    assert set(found.unstated_spellings) == {(None, None), ("  ", None)}
    assert pareto([]).lines == ()


def test_the_vital_few_are_those_that_reach_eighty_per_cent() -> None:
    rows = [("a", None, 50), ("b", None, 25), ("c", None, 15), ("d", None, 10)]
    found = pareto(rows).lines
    assert [line.vital for line in found] == [True, True, True, False]
    assert [round(line.cumulative, 2) for line in found] == [0.5, 0.75, 0.9, 1.0]
    exact = pareto([("a", None, 80), ("b", None, 20)]).lines
    assert [line.vital for line in exact] == [True, False]


def test_the_second_level_has_a_line_for_each_detail() -> None:
    rows = [("Billing", "late", 2), ("billing", "Late", 1), ("Billing", "wrong", 1)]
    found = pareto([*rows, ("Billing", None, 4)], level=2).lines
    assert [(line.cause, line.detail, line.complaints) for line in found] == [
        ("Billing", None, 4), ("Billing", "late", 3), ("Billing", "wrong", 1),
    ]  # fmt: skip


SPELLED = st.sampled_from([None, "", "Billing", "billing", "BILLING ", "Delivery", "x"])


@given(st.lists(st.tuples(SPELLED, SPELLED, st.integers(1, 50))), st.sampled_from((1, 2)))
def test_nothing_is_lost_or_counted_twice(
    rows: list[tuple[str | None, str | None, int]], level: int
) -> None:
    found = pareto(rows, level)
    assert found.stated + found.unstated == sum(count for _c, _d, count in rows)
    assert sum(line.complaints for line in found.lines) == found.stated
    counts = [line.complaints for line in found.lines]
    assert counts == sorted(counts, reverse=True)
    if found.lines:
        assert found.lines[-1].cumulative == pytest.approx(1)
        assert found.lines[0].vital


def test_nearly_equal_spellings_are_asked_about() -> None:
    lines = pareto([("Billing", None, 3), ("Biling", None, 1), ("Delivery", None, 1)]).lines
    (pair,) = likely_one(lines)
    assert {pair.cause, pair.other} == {"Billing", "Biling"}
    assert 85 <= pair.score < 100


def fact(row_id: int, ago: int, cause: str | None, *, excluded: bool = False) -> ComplaintFact:
    """A complaint opened so many days ago."""
    return ComplaintFact(
        row_id, f"C-{row_id}", "low", TODAY - timedelta(days=ago), root_cause=cause,
        excluded=excluded,
    )  # fmt: skip


def test_a_repeat_looks_back_without_limit_and_counts_for_180_days() -> None:
    facts = [fact(1, 700, "Billing"), fact(2, 180, "billing"), fact(3, 181, "Delivery"),
             fact(4, 190, "Delivery"), fact(5, 2, None), fact(6, 1, None),
             fact(7, 3, "Late", excluded=True), fact(8, 2, "Late")]  # fmt: skip
    (found,) = recurrences([(9, facts)], TODAY)
    assert (found.account_id, found.cause, found.repeats, found.complaints) == (9, "billing", 1, 1)
    assert found.ids == (2,)


def test_alike_titles_are_proposed_and_others_are_not() -> None:
    one = CauseText("Invoice sent twice in May", "")
    assert likeness(one, CauseText("invoice in May sent TWICE", "")) == 100
    assert likeness(one, CauseText("Invoice was sent twice", "our accounting noticed")) >= LEAST
    assert likeness(one, CauseText("The login does not work", "")) < LEAST
    assert likeness(CauseText("Late", ""), CauseText("late " + "very long words " * 9, "")) < LEAST


def test_the_work_of_matching_is_bounded() -> None:
    long = "word " * 100_000
    assert likeness(CauseText(long, long), CauseText(long, long)) == 100
    assert len(asked_words(" ".join(f"word{n}" for n in range(50)))) == WORDS_ASKED
    assert asked_words("it is so") == ["it"]
    assert asked_words("\u200b") == []
    assert LONGEST <= 2_000


def test_the_key_of_a_cause_of_signs_alone_is_the_text_itself() -> None:
    assert cause_key(None) == cause_key("   ") == ""
    assert cause_key("!?") == "!?"
