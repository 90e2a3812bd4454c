"""Steps of a backward plan as one writes them."""

from __future__ import annotations

import pytest

from planner.errors import Refused
from planner.step_lines import WrittenStep, read_steps


def test_a_step_has_its_six_parts_in_their_order() -> None:
    steps = read_steps(["first", " write the terms ; 2W ; They ; Per Ek ; FIRST ; he has them "])
    assert steps[1] == WrittenStep(
        "write the terms", 10, True, "they", "Per Ek", (0,), "he has them"
    )


def test_what_is_left_out_is_a_day_of_ours_after_the_step_before() -> None:
    assert read_steps(["one", "two", "three;;;;-"]) == (
        WrittenStep("one"),
        WrittenStep("two", needs=(0,)),
        WrittenStep("three"),
    )


@pytest.mark.parametrize(
    ("text", "length"),
    [("5d", (5, True)), ("5", (5, True)), ("0d", (0, True)), ("10 c", (10, False)),
     ("٥d", (5, True)), ("1000d", (1000, True))],
)  # fmt: skip
def test_lengths_are_working_days_weeks_or_days_of_the_calendar(
    text: str, length: tuple[int, bool]
) -> None:
    (step,) = read_steps([f"x;{text}"])
    assert (step.days, step.working) == length


def test_needs_are_numbers_or_words_each_once() -> None:
    steps = read_steps(["Ask Per", "ask Maria", "go;;;;1, ask maria, 2"])
    assert steps[2].needs == (0, 1)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "at least one step"),
        ([" ;5d"], "say first what is to be done"),
        (["x;1d;we;a;;b;c"], "at most 6 parts"),
        (["x;soon"], "'soon' is no length"),
        (["x;-1d"], "is no length"),
        (["x;12345d"], "is no length"),
        (["x;1d;us"], "'us' is neither we nor they"),
        (["x;;;;3"], "there is no step 3"),
        (["x;;;;0"], "there is no step 0"),
        (["x;;;;00000000001"], "there is no step 00000000001"),
        (["x;;;;y"], "there is no step 'y'"),
        (["ask a", "ask b", "x;;;;ask"], "several steps begin with 'ask'"),
    ],
)
def test_what_is_not_understood_is_refused_in_words(lines: list[str], words: str) -> None:
    with pytest.raises(Refused) as error:
        read_steps(lines)
    assert words in str(error.value)
    assert error.value.problems[0].field == "step"
