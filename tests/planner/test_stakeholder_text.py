"""Stakeholders in text: what stands in which line, and that no line runs over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cell_width import width_of
from planner.stakeholder_text import (
    ASCII,
    LINES,
    influence_lines,
    org_tree_lines,
    relationship_lines,
    role_lines,
    stakeholder_map_lines,
)
from planner.stakeholders import Stakeholder
from planner.vocabulary import ROLES, STANCES
from tests.strategies import hostile_text

TODAY = date(2026, 3, 12)
PARTS = (org_tree_lines, influence_lines, role_lines, relationship_lines)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


PEOPLE = (
    Stakeholder(
        1, "Ann", "CEO", roles=("sponsor",), influence=3, stance="neutral",
        relationship_owner="Kim", last_two_way_on=ago(284),
    ),
    Stakeholder(
        2, "Bob", "CFO", "Finance", ("economic_buyer",), 3, "sceptic", 1, last_two_way_on=ago(11)
    ),
    Stakeholder(
        3, "林", "Head of IT", "IT", ("champion",), 2, "advocate", 1, "", "Kim", None, TODAY
    ),
    Stakeholder(4, "علی", "", "IT", ("champion", "technical"), reports_to_id=3),
    Stakeholder(5, "Old", "CTO", "IT", ("technical",), 2, "advocate", 1, left_on=ago(70)),
    Stakeholder(6, "Dev", reports_to_id=5, influence=1),
    Stakeholder(7, "Out", reports_to_id=99, reports_to_name="Group CEO"),
    Stakeholder(8, "Lost", reports_to_id=98),
    Stakeholder(9, "Ring A", reports_to_id=10),
    Stakeholder(10, "Ring B", reports_to_id=9),
)  # fmt: skip


def test_the_org_tree_says_who_left_whose_boss_is_elsewhere_and_where_a_circle_is() -> None:
    assert org_tree_lines(PEOPLE, 80, TODAY) == [
        "Ann, CEO, sponsor, influence 3, neutral",
        "├─ Bob, CFO, economic buyer, influence 3, sceptic",
        "├─ Old (left 2026-01-01), CTO, technical, influence 2, advocate",
        "│  └─ Dev, influence 1",
        "└─ 林, Head of IT, champion, influence 2, advocate",
        "   └─ علی, champion, technical",
        "Lost (reports to somebody not of this account)",
        "Out (reports to Group CEO, not of this account)",
        "Ring A (a circle: reports to Ring B)",
        "└─ Ring B",
    ]


def test_the_org_tree_in_ascii_draws_no_other_sign() -> None:
    people = [person for person in PEOPLE if person.name.isascii()]
    shown = org_tree_lines(people, 30, TODAY, ascii_only=True)
    assert "".join(shown).isascii()
    assert shown[1:4] == [
        "+- Bob, CFO, economic buyer, ~",
        "`- Old (left 2026-01-01), CTO~",
        "   `- Dev, influence 1",
    ]


def test_a_line_too_deep_for_its_width_says_how_deep_it_is() -> None:
    people = [Stakeholder(n, f"p{n}", reports_to_id=n - 1 if n else None) for n in range(30)]
    shown = org_tree_lines(people, 40, TODAY)
    assert shown[4] == "         └─ p4"
    assert shown[29] == "…29 " + "   " * 3 + "└─ p29"


def test_the_grid_counts_and_names_and_says_how_many_more() -> None:
    many = [Stakeholder(n, f"N{n}", influence=2, stance="neutral") for n in range(20, 26)]
    shown = influence_lines([*PEOPLE, *many], 80, TODAY)
    assert shown == [
        "            opponent   sceptic    neutral    supporter  advocate   unknown",
        "influence 3 ·          1          1          ·          ·          ·",
        "                       Bob        Ann",
        "influence 2 ·          ·          6          ·          1          ·",
        "                                  N20                   林",
        "                                  N21",
        "                                  N22",
        "                                  3 more",
        "influence 1 ·          ·          ·          ·          ·          1",
        "                                                                   Dev",
        "unknown     ·          ·          ·          ·          ·          5",
        "                                                                   Lost",
        "                                                                   Out",
        "                                                                   Ring A",
        "                                                                   2 more",
        "total       0          1          7          0          1          6",
    ]


def test_under_72_cells_the_grid_is_a_list_of_its_filled_cells() -> None:
    shown = influence_lines(PEOPLE[:4], 40, TODAY)
    assert shown == [
        "influence 3, sceptic: 1",
        "  Bob",
        "influence 3, neutral: 1",
        "  Ann",
        "influence 2, advocate: 1",
        "  林",
        "influence unknown, stance unknown: 1",
        "  علی",
    ]


def test_each_role_says_whether_it_is_covered_by_whom_and_what_is_missing() -> None:
    assert role_lines(PEOPLE, 80, TODAY) == [
        "! sponsor: not covered: Ann, 284 days ago, 104 days past the limit of 180",
        "✓ economic buyer: covered by Bob, 11 days ago",
        "✓ champion: covered by 林, today; also علی",
        "! day to day: not covered: nobody has this role",
        "! technical: not covered: no two-way touch with علی yet",
        "3 of 5 roles are not covered.",
    ]


def test_one_day_and_one_role_are_said_in_the_singular() -> None:
    people = [
        Stakeholder(
            1, "A", roles=tuple(r for r in ROLES if r != "champion"), last_two_way_on=ago(1)
        ),
        Stakeholder(2, "B", roles=("champion",), last_two_way_on=ago(46)),
    ]
    shown = role_lines(people, 80, TODAY, ascii_only=True)
    assert shown[0] == "+ sponsor: covered by A, 1 day ago"
    assert shown[2] == "! champion: not covered: B, 46 days ago, 1 day past the limit of 45"
    assert shown[-1] == "1 of 5 roles is not covered."


def test_relationships_without_an_owner_are_named_and_threads_told() -> None:
    assert relationship_lines(PEOPLE[:4], 80, TODAY) == [
        "! Nobody of ours owns the relationship with Bob (influence 3), علی.",
        "✓ Dual-threaded: not yet three people of two departments in 90 days.",
    ]
    assert relationship_lines(PEOPLE[2:3], 80, TODAY) == [
        "✓ Every relationship has an owner of ours.",
        "! Single-threaded: one person had a two-way touch in 90 days.",
    ]


@pytest.mark.parametrize("part", PARTS)
def test_without_people_a_sentence_says_so_and_too_few_cells_are_refused(
    part: Callable[..., list[str]],
) -> None:
    assert part([], 40, TODAY)[-1] in ("There are no people yet.", "5 of 5 roles are not covered.")
    with pytest.raises(ValueError, match="20 cells"):
        part(PEOPLE, 19, TODAY)


def test_both_sets_of_signs_fill_the_same_cells() -> None:
    assert [width_of(sign) for sign in LINES] == [width_of(sign) for sign in ASCII]
    assert "".join(ASCII).isascii()


ANYBODY = st.builds(
    Stakeholder,
    id=st.integers(1, 9),
    name=hostile_text,
    title=hostile_text,
    department=hostile_text,
    roles=st.lists(st.sampled_from(ROLES), max_size=5, unique=True).map(tuple),
    influence=st.none() | st.integers(1, 3),
    stance=st.none() | st.sampled_from(STANCES),
    reports_to_id=st.none() | st.integers(1, 11),
    reports_to_name=hostile_text,
    relationship_owner=st.just("") | hostile_text,
    left_on=st.none() | st.dates(ago(50), ago(-50)),
    last_two_way_on=st.none() | st.dates(ago(300), ago(-50)),
)


@given(
    st.lists(ANYBODY, max_size=8, unique_by=lambda row: row.id),
    st.integers(20, 160),
    st.booleans(),
)
def test_no_line_runs_over_or_acts_whatever_the_names_hold(
    people: list[Stakeholder], width: int, ascii_only: bool
) -> None:
    for part in PARTS:
        for line in part(people, width, TODAY, ascii_only=ascii_only):
            assert width_of(line) <= width
            assert not set(line) & set("\n\r\t\x1b\x07\u202e\u2066\u2028")
    assert len(org_tree_lines(people, width, TODAY)) == max(1, len(people))


def test_the_map_holds_all_parts_under_a_head_within_its_width() -> None:
    lines = stakeholder_map_lines("A\x1b[31m GmbH " * 9, [], 40, date(2026, 3, 11))
    assert lines[0].startswith("Stakeholders of A")
    assert "\x1b" not in lines[0]
    titles = [after for line, after in pairwise(lines) if not line]
    assert titles == ["Who reports to whom", "Influence by stance", "Roles", "Relationships"]
    assert max(map(width_of, lines)) <= 40
    with pytest.raises(ValueError, match="at least 20"):
        stakeholder_map_lines("A", [], 19, date(2026, 3, 11))
