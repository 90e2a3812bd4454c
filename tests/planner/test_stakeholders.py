"""Who is who at a customer: reporting lines, standing, roles covered, owners and threads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cadence import ROLE_MAXIMUM_DAYS
from planner.stakeholders import (
    Stakeholder,
    influence_by_stance,
    org_tree,
    role_coverage,
    threads,
    without_owner,
)
from planner.vocabulary import ROLES, STANCES
from tests.strategies import hostile_text

TODAY = date(2026, 3, 12)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def person(number: int, name: str, boss: int | None = None, influence: int = 0) -> Stakeholder:
    return Stakeholder(number, name, influence=influence or None, reports_to_id=boss)


def tree(*people: Stakeholder) -> list[str]:
    """Each branch as its depth and name; `~` hangs below somebody outside, `o` closes a circle."""
    return [
        f"{b.depth}{'~' if b.outside else ''}{'o' if b.circle else ''} {b.person.name}"
        for b in org_tree(people)
    ]


def test_teams_hang_below_their_boss_by_influence_then_name() -> None:
    found = tree(
        person(1, "Ann"), person(2, "Éva", 1), person(3, "bob", 1), person(4, "Zoe", 1, 3),
        person(5, "Kim", 4), person(6, "Otto", None, 2),
    )  # fmt: skip
    assert found == ["0 Otto", "0 Ann", "1 Zoe", "2 Kim", "1 bob", "1 Éva"]


def test_the_last_of_a_team_is_known_on_every_level() -> None:
    branches = org_tree([person(1, "A"), person(2, "B", 1), person(3, "C", 2), person(4, "D", 1)])
    assert [b.last for b in branches] == [(), (False,), (False, True), (True,)]


def test_a_boss_who_is_not_of_this_account_makes_a_root() -> None:
    assert tree(person(1, "Ann", 99), person(2, "Bob", 1)) == ["0~ Ann", "1 Bob"]


def test_a_circle_is_broken_once_and_everybody_is_shown_once() -> None:
    circle = (person(1, "A", 2), person(2, "B", 3), person(3, "C", 1), person(4, "Below", 2, 3))
    assert tree(*circle) == ["0o A", "1 C", "2 B", "3 Below"]
    [root] = [b for b in org_tree(circle) if b.circle]
    assert root.circle is not None
    assert root.circle.name == "B"
    assert tree(person(1, "Self", 1)) == ["0o Self"]


def test_who_left_keeps_the_team_and_counts_for_nothing_else() -> None:
    gone = Stakeholder(
        1, "Gone", roles=("champion",), influence=3, stance="advocate", left_on=TODAY,
        last_two_way_on=ago(1),
    )  # fmt: skip
    people = (gone, person(2, "Stays", 1))
    assert tree(*people) == ["0 Gone", "1 Stays"]
    assert not any(gone in found for found in influence_by_stance(people, TODAY).values())
    assert role_coverage(people, TODAY)[2].people == ()
    assert [p.name for p in without_owner(people, TODAY)] == ["Stays"]
    assert threads(people, TODAY) == "none"
    assert threads(people, ago(1)) == "single"


def test_the_grid_has_every_cell_and_odd_values_count_as_unknown() -> None:
    people = (
        Stakeholder(1, "b", influence=3, stance="sceptic"),
        Stakeholder(2, "A", influence=3, stance="sceptic"),
        Stakeholder(3, "odd", influence=7, stance="hostile"),
        Stakeholder(4, "new"),
    )
    grid = influence_by_stance(people, TODAY)
    assert len(grid) == 4 * (len(STANCES) + 1)
    assert {cell for cell in grid if cell[1] != "unknown"} == {
        (level, stance) for level in (1, 2, 3, None) for stance in STANCES
    }
    assert [p.name for p in grid[3, "sceptic"]] == ["A", "b"]
    assert [p.name for p in grid[None, "unknown"]] == ["new", "odd"]


def having(role: str, last: date | None, number: int = 1) -> Stakeholder:
    return Stakeholder(number, f"p{number}", roles=(role,), last_two_way_on=last)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_covered_up_to_its_limit_and_uncovered_a_day_later(role: str) -> None:
    limit = ROLE_MAXIMUM_DAYS[role]
    place = ROLES.index(role)
    within, past, never = (
        role_coverage([having(role, last)], TODAY)[place]
        for last in (ago(limit), ago(limit + 1), None)
    )
    assert (within.role, within.covered, within.days_since, within.overdue_days) == (
        role, True, limit, 0,
    )  # fmt: skip
    assert (past.covered, past.days_since, past.overdue_days) == (False, limit + 1, 1)
    assert (never.covered, never.days_since, never.overdue_days) == (False, None, None)
    assert [s.role for s in role_coverage([], TODAY)] == list(ROLES)


def test_the_latest_touched_of_a_role_stands_first_and_a_later_touch_is_not_known_yet() -> None:
    people = [
        having("champion", None, 1), having("champion", ago(9), 2), having("champion", ago(2), 3),
        having("champion", ago(-3), 4),
    ]  # fmt: skip
    state = role_coverage(people, TODAY)[2]
    assert [p.id for p in state.people] == [3, 2, 1, 4]
    assert state.days_since == 2


def test_relationships_nobody_owns_are_listed_the_most_influential_first() -> None:
    owned = Stakeholder(1, "Owned", relationship_owner="Kim")
    blank = Stakeholder(2, "Blank", relationship_owner="  ")
    people = (owned, blank, person(3, "Key", influence=3), person(4, "Also", influence=3))
    assert [p.name for p in without_owner(people, TODAY)] == ["Also", "Key", "Blank"]


def test_threads_count_departments_as_health_does() -> None:
    people = [
        Stakeholder(n, "p", department="IT" if n else "Sales", last_two_way_on=ago(n))
        for n in range(3)
    ]
    assert threads(people, TODAY) == "multi"
    assert threads(people[1:], TODAY) == "dual"
    assert threads([], TODAY) == "none"


PEOPLE = st.lists(
    st.builds(
        Stakeholder,
        id=st.integers(1, 9),
        name=hostile_text,
        influence=st.none() | st.integers(1, 3),
        reports_to_id=st.none() | st.integers(1, 11),
    ),
    max_size=9,
    unique_by=lambda row: row.id,
)


@given(PEOPLE)
def test_everybody_is_in_the_tree_once_below_their_boss_unless_it_says_why_not(
    people: list[Stakeholder],
) -> None:
    branches = org_tree(people)
    assert sorted(b.person.id for b in branches) == sorted(p.id for p in people)
    ids = {p.id for p in people}
    line: list[int] = []
    for branch in branches:
        line[branch.depth :] = [branch.person.id]
        boss = branch.person.reports_to_id
        assert len(branch.last) == branch.depth == len(line) - 1
        assert branch.outside == (boss is not None and boss not in ids)
        if branch.depth:
            assert line[-2] == boss
        else:
            assert boss is None or branch.outside or branch.circle
    circles = {frozenset(around(one, people)) for one in ids} - {frozenset()}
    assert len([b for b in branches if b.circle]) == len(circles)


def around(start: int, people: list[Stakeholder]) -> list[int]:
    """The circle that the person is part of, by following the bosses; empty for none."""
    bosses = {p.id: p.reports_to_id for p in people}
    seen, one = [], bosses.get(start)
    while one is not None and one not in seen:
        seen.append(one)
        one = bosses.get(one)
    return seen if start in seen else []


def test_a_long_line_of_bosses_is_no_trouble() -> None:
    people = [person(1, "top"), *(person(n, "p", n - 1) for n in range(2, 2_000))]
    assert org_tree(people)[-1].depth == 1_998
