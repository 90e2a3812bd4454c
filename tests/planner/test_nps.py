"""NPS, CSAT and CES against the vectors of metrics 4.5, and what a person may count for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.nps import (
    Answer,
    Figure,
    Parts,
    Sent,
    coverage,
    covered_accounts,
    ease,
    exact,
    is_detractor,
    latest,
    mean,
    meh_share,
    nps,
    parts_of,
    response_rate,
    shown,
    top_box,
    voice,
    weighted_nps,
)

SCORES = (10, 9, 9, 8, 7, 6, 3, 10, 9, 0)


def answer(number: int, score: int, **fields: Any) -> Answer:
    """An anonymous NPS answer of 1 March 2026 at no account."""
    kind = fields.get("kind", "nps")
    made = {
        "account_id": None, "person_id": None, "kind": kind, "effort_high": False,
        "highest": {"nps": 10, "csat": 5, "ces": 7}[kind],
        "answered_at": f"2026-03-01T10:{number % 60:02}:00+00:00", "answered_on": "2026-03-01",
        **fields,
    }  # fmt: skip
    return Answer(id=number, score=score, **made)


def sent(number: int, account_id: int, **fields: Any) -> Sent:
    """A delivered NPS survey of 1 March."""
    made = {"person_id": None, "kind": "nps", "delivered": True, "sent_on": "2026-03-01", **fields}
    return Sent(number, account_id, **made)


def test_the_published_answers_give_plus_20() -> None:
    assert parts_of(SCORES) == Parts(5, 2, 3)
    assert nps(SCORES) == Figure(Fraction(20), 10)
    assert shown(nps(SCORES).value) == "20"


def test_a_zero_is_a_detractor() -> None:
    assert nps([0]) == Figure(Fraction(-100), 1)


@pytest.mark.parametrize(
    ("score", "parts"),
    [(0, (0, 0, 1)), (6, (0, 0, 1)), (7, (0, 1, 0)), (8, (0, 1, 0)), (9, (1, 0, 0)),
     (10, (1, 0, 0))],
)  # fmt: skip
def test_the_edges_of_promoters_and_detractors(score: int, parts: tuple[int, ...]) -> None:
    assert parts_of([score]) == parts


def test_the_survey_of_the_sample_file_gives_its_published_figure() -> None:
    assert shown(nps([10] * 8 + [7] * 9 + [0] * 22).value) == "-35.9"


def test_csat_is_the_share_of_4_and_5_and_not_the_mean() -> None:
    scores = [5, 4, 3, 5, 2, 4, 5, 1]
    assert shown(top_box(scores, 4).value) == "62.5"
    assert shown(mean(scores).value, 3) == "3.625"
    assert shown(meh_share(scores).value) == "12.5"


def test_ces_has_a_mean_and_a_top_3_box() -> None:
    scores = [7, 6, 5, 2, 4, 7]
    assert shown(mean(scores).value, 2) == "5.17"
    assert shown(top_box(scores, 5).value) == "66.7"


def test_a_ces_where_high_is_effort_is_turned_round() -> None:
    plain = [answer(n, score, kind="ces") for n, score in enumerate((7, 6, 5, 2, 4, 7))]
    turned = [one._replace(score=8 - one.score, effort_high=True) for one in plain]
    mixed = [*plain[:3], *turned[3:]]
    assert [ease(one.score, 7, effort_high=True) for one in turned] == [7, 6, 5, 2, 4, 7]
    for answers in (plain, turned, mixed):
        made = voice(answers, [], {}, [])
        assert (shown(made.ces.value, 2), shown(made.ces_top.value)) == ("5.17", "66.7")


def test_one_person_counts_once_and_an_anonymous_answer_each() -> None:
    first, later = answer(1, 0, person_id=7), answer(2, 10, person_id=7)
    other_kind = answer(3, 5, person_id=7, kind="csat")
    nobody = [answer(4, 3), answer(5, 3)]
    assert latest([later, first, *nobody, other_kind]) == [later, other_kind, *nobody]
    made = voice([later, first, *nobody, other_kind], [], {}, [])
    assert (made.parts, made.nps.n, made.csat.n) == (Parts(1, 0, 2), 3, 1)


def test_two_answers_of_one_moment_are_told_apart_by_their_id() -> None:
    one = answer(1, 0, person_id=7)
    assert latest([one._replace(id=9, score=10), one])[0].score == 10


def test_revenue_weighs_each_account_by_the_mean_of_its_people() -> None:
    answers = [
        answer(1, 10, account_id=1, person_id=1), answer(2, 0, account_id=1, person_id=2),
        answer(3, 9, account_id=1, person_id=3), answer(4, 3, account_id=2, person_id=4),
        answer(5, 10, account_id=3), answer(6, 10),
    ]  # fmt: skip
    figure, without = weighted_nps(answers, {1: 900, 2: 100, 3: None, 4: 5_000})
    # (900 x 33.33 + 100 x -100) / 1000; accounts without an answer or an ARR weigh nothing
    assert figure == Figure(Fraction(20), 2)
    assert without == 2


def test_nothing_there_is_unknown_and_not_0() -> None:
    made = voice([], [], {}, [])
    figures = (made.nps, made.weighted_nps, made.csat, made.csat_mean, made.meh, made.ces,
               made.ces_top, made.response_rate, made.coverage)  # fmt: skip
    assert set(figures) == {Figure(None, 0)}
    assert shown(None) is None
    assert coverage([], {1: None, 2: 0})[0].value is None


def test_the_response_rate_counts_answers_against_what_was_delivered() -> None:
    posted = [sent(1, 1), sent(2, 1), sent(3, 2), sent(4, 2, delivered=False), sent(5, 3)]
    answers = [answer(1, 9, account_id=1), answer(2, 9, account_id=2), answer(3, 9, account_id=2),
               answer(4, 9), answer(5, 3, account_id=3, kind="csat")]  # fmt: skip
    assert response_rate(answers, posted) == (Figure(Fraction(50), 4), 2)
    assert response_rate(answers, []) == (Figure(None, 0), 0)


def test_revenue_is_covered_for_90_days() -> None:
    on = date(2026, 5, 30)
    answers = [answer(1, 9, account_id=1), answer(2, 9, account_id=2, answered_on="2026-02-28"),
               answer(3, 9, account_id=3, answered_on="2026-05-31"), answer(4, 9)]  # fmt: skip
    assert covered_accounts(answers, on) == {1}
    assert coverage({1}, {1: 250, 2: 700, 3: 50, 4: None}) == (Figure(Fraction(25), 1), 250, 1000)


def test_an_answer_on_another_scale_counts_in_no_figure() -> None:
    made = voice([answer(1, 3, highest=5), answer(2, 9), answer(3, 4, kind="csat", highest=7)],
                 [], {}, [])  # fmt: skip
    assert (made.nps, made.csat.n, made.other_scale) == (Figure(Fraction(100), 1), 0, 2)


@pytest.mark.parametrize(
    ("kind", "highest", "effort", "bad", "good"),
    [("nps", 10, False, 6, 7), ("csat", 5, False, 2, 3), ("ces", 7, False, 3, 4),
     ("ces", 7, True, 5, 4), ("csat", 10, False, 3, 4)],
)  # fmt: skip
def test_who_is_called_back(kind: str, highest: int, effort: bool, bad: int, good: int) -> None:
    assert is_detractor(kind, bad, highest, effort_high=effort)
    assert not is_detractor(kind, good, highest, effort_high=effort)


def test_figures_are_rounded_half_away_from_zero() -> None:
    assert [exact(Fraction(n, 100), 1) for n in (5, -5, -4, 15, 12345)] == [
        "0.1", "-0.1", "0.0", "0.2", "123.5",
    ]  # fmt: skip
    assert exact(Fraction(-14, 39) * 100) == "-35.897436"
    assert shown(Fraction(-100)) == "-100"


@given(st.lists(st.integers(0, 10), min_size=1))
def test_nps_lies_between_its_ends_and_equal_weights_change_nothing(scores: list[int]) -> None:
    value = nps(scores).value
    assert value is not None
    assert -100 <= value <= 100
    answers = [answer(n, score, account_id=n) for n, score in enumerate(scores)]
    weighted, _without = weighted_nps(answers, dict.fromkeys(range(len(scores)), 5))
    assert weighted.value == value
