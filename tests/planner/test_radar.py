"""The risk radar: its five reasons, who comes first, and how each is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from planner.buying import Rhythm
from planner.lookalike import LookAlikes, Sign, look_alikes
from planner.radar import (
    Gone,
    Risks,
    Waiting,
    evidence_words,
    place,
    radar,
    reason_words,
    roles_left,
)

TODAY = date(2026, 11, 20)
QUOTE = Waiting(7, "quote for the second site", "quote", TODAY - timedelta(days=4))
PER = Gone(3, "Per Ek", ("champion", "economic_buyer"), TODAY - timedelta(days=9))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def learned(kept: Mapping[int, frozenset[Sign]]) -> LookAlikes:
    both = frozenset[Sign](("silent", "no_plan"))
    return look_alikes(dict.fromkeys(range(100, 110), both), kept, 50)


def test_each_reason_stands_alone_or_with_others() -> None:
    losses = learned({4: frozenset(("silent", "no_plan")), 5: frozenset(("silent",))})
    found = radar({1: ago(3), 2: ago(1)}, {2: (QUOTE,)}, {3: (PER,)}, losses)
    assert {one: risks.reasons for one, risks in found.items()} == {
        1: ("overdue",), 2: ("overdue", "request"), 3: ("gone",), 4: ("alike",),
    }  # fmt: skip
    assert found[4].alike == ("silent", "no_plan")
    assert found[4].rate is not None
    assert found[4].rate[:2] == (10, 10)
    assert losses.losses_with(found[4].alike) == tuple(range(100, 110))


def test_more_reasons_come_first_then_the_larger_arr_then_the_name() -> None:
    two = Risks(1, ago(3), (QUOTE,))
    one = Risks(2, ago(3))
    order = sorted(
        [(two, 5, "b"), (one, None, "c"), (one, 900, "z"), (one, 900, "a")],
        key=lambda each: place(*each),
    )
    assert [(arr, name) for _risks, arr, name in order] == [
        (5, "b"), (900, "a"), (900, "z"), (None, "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("people", "left"),
    [
        ([(1, "Per", ("champion",), ago(5))], [(1, ("champion",))]),
        ([(1, "Per", ("champion",), ago(5)), (2, "Eva", ("champion",), None)], []),
        ([(1, "Per", ("champion",), ago(5)), (2, "Eva", ("champion",), ago(-1))], []),
        ([(1, "Per", ("champion",), ago(-1))], []),
        ([(1, "Per", ("champion",), ago(0))], [(1, ("champion",))]),
        ([(1, "Per", ("technical", "day_to_day"), ago(5))], []),
        ([(1, "Per", ("champion", "sponsor"), ago(5)), (2, "Eva", ("champion",), None)],
         [(1, ("sponsor",))]),
        ([(1, "Per", ("champion",), ago(50)), (2, "Eva", ("champion",), ago(5))],
         [(2, ("champion",))]),
        ([], []),
    ],
)  # fmt: skip
def test_a_key_role_that_nobody_holds_is_told_of_who_left_last(
    people: list[tuple[int, str, tuple[str, ...], date | None]],
    left: list[tuple[int, tuple[str, ...]]],
) -> None:
    assert [(one.person_id, one.roles) for one in roles_left(people, TODAY)] == left


def test_a_reason_says_what_it_counts() -> None:
    losses = learned({1: frozenset(("silent", "no_plan"))})
    later = QUOTE._replace(action_id=8, due_on=ago(1))
    bought = Rhythm(3, 3, ago(75), 30, 75)
    risks = radar({1: ago(12)}, {1: (later, QUOTE)}, {1: (PER,)}, losses, {1: bought})[1]
    assert [reason_words(risks, one, TODAY) for one in risks.reasons] == [
        "contact 12 d past its maximum",
        "request late 4 d: quote for the second site (+1)",
        "champion, economic buyer gone: Per Ek",
        "stopped buying: every 30 d, now 75",
        "like lost ones: 2 signs",
    ]
    assert evidence_words(risks) == (
        "no two-way contact for 60 days",
        "no active plan",
        "10 of 10 lost showed it a month before, 1 of 50 kept do",
    )
    assert evidence_words(Risks(1)) == ()
