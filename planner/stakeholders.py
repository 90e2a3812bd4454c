"""Who is who at a customer: reporting lines, influence by stance, roles covered, and the gaps.

Days are local dates. Lists of people are sequences of ``Stakeholder``; one who left by the given
day counts for nothing but the reporting lines, in which their team still hangs on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from planner.cadence import ROLE_MAXIMUM_DAYS, role_is_covered, role_overdue_days
from planner.health.inputs import PersonFact
from planner.health.reach import threading
from planner.text import fold
from planner.vocabulary import ROLES

UNKNOWN = "unknown"
STANCE_COLUMNS = ("opponent", "sceptic", "neutral", "supporter", "advocate", UNKNOWN)
INFLUENCE_ROWS: tuple[int | None, ...] = (3, 2, 1, None)


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """One person's part in one account; ids are person ids.

    `roles`: any of `planner.vocabulary.ROLES`. `influence`: 1 to 3, None unknown. `stance`: any of
    `planner.vocabulary.STANCES`, None unknown. `reports_to_name`: what to call a boss who is not
    among the people of this account. `relationship_owner`: our colleague's name, empty for nobody.
    """

    id: int
    name: str
    title: str = ""
    department: str = ""
    roles: tuple[str, ...] = ()
    influence: int | None = None
    stance: str | None = None
    reports_to_id: int | None = None
    reports_to_name: str = ""
    relationship_owner: str = ""
    left_on: date | None = None
    last_two_way_on: date | None = None

    def has_left(self, as_of: date) -> bool:
        """Whether the person is gone on that day."""
        return self.left_on is not None and self.left_on <= as_of


class Branch(NamedTuple):
    """One line of the org tree, in print order.

    `depth`: 0 for a root. `last`: for each level from 1 to `depth`, whether no sibling follows.
    `outside`: the boss is not of this account. `circle`: the boss reports, however far below, to
    this person, who is shown once and as a root.
    """

    person: Stakeholder
    depth: int
    last: tuple[bool, ...]
    outside: bool = False
    circle: Stakeholder | None = None


class RoleState(NamedTuple):
    """One of the five roles on a day.

    `people`: who has it and did not leave, the latest touched first. `covered`: one of them had a
    two-way touch within `limit` days. `days_since`: since the latest touch, None without one.
    `overdue_days`: days past the limit, 0 within it, None when never touched.
    """

    role: str
    people: tuple[Stakeholder, ...]
    covered: bool
    limit: int
    days_since: int | None
    overdue_days: int | None


def org_tree(people: Iterable[Stakeholder]) -> tuple[Branch, ...]:
    """The people by reporting lines, each exactly once: roots and teams by influence, then name.

    A circle in the data is broken at the first of its people, who becomes a root. Of several rows
    with one id the last counts.
    """
    by_id = {person.id: person for person in people}
    teams: dict[int, list[Stakeholder]] = {}
    roots = []
    for person in sorted(by_id.values(), key=_standing):
        boss = person.reports_to_id
        if boss is None or boss not in by_id:
            roots.append(Branch(person, 0, (), outside=boss is not None))
        else:
            teams.setdefault(boss, []).append(person)
    shown: dict[int, Branch] = {}
    for root in roots:
        _hang(root, teams, shown)
    for person in sorted(by_id.values(), key=_standing):
        if person.id not in shown:
            top = min(_circle_above(person, by_id), key=_standing)
            _hang(Branch(top, 0, (), circle=_boss(top, by_id)), teams, shown)
    return tuple(shown.values())


def influence_by_stance(
    people: Iterable[Stakeholder], as_of: date
) -> dict[tuple[int | None, str], tuple[Stakeholder, ...]]:
    """People who did not leave by (influence, stance), by name; every cell of the grid is there.

    An influence or a stance that the grid does not know counts as unknown.
    """
    grid: dict[tuple[int | None, str], list[Stakeholder]] = {
        (influence, stance): [] for influence in INFLUENCE_ROWS for stance in STANCE_COLUMNS
    }
    for person in _here(people, as_of):
        influence = person.influence if person.influence in INFLUENCE_ROWS else None
        stance = person.stance if person.stance in STANCE_COLUMNS else UNKNOWN
        grid[influence, stance or UNKNOWN].append(person)
    return {cell: tuple(sorted(found, key=_by_name)) for cell, found in grid.items()}


def role_coverage(people: Sequence[Stakeholder], as_of: date) -> tuple[RoleState, ...]:
    """The five roles in their order, with who has each and whether a touch still covers it."""
    return tuple(_role_state(role, people, as_of) for role in ROLES)


def without_owner(people: Iterable[Stakeholder], as_of: date) -> tuple[Stakeholder, ...]:
    """People who did not leave and whose relationship nobody of ours owns, by influence, name."""
    found = [p for p in _here(people, as_of) if not p.relationship_owner.strip()]
    return tuple(sorted(found, key=_standing))


def threads(people: Iterable[Stakeholder], as_of: date) -> str:
    """none, single, dual or multi (`planner.health.reach.threading`)."""
    facts = tuple(
        PersonFact(
            id=person.id,
            person_id=person.id,
            name=person.name,
            department=person.department or None,
            active=not person.has_left(as_of),
            last_two_way_on=person.last_two_way_on,
        )
        for person in people
    )
    return threading(facts, as_of)


def _here(people: Iterable[Stakeholder], as_of: date) -> list[Stakeholder]:
    return [person for person in people if not person.has_left(as_of)]


def _standing(person: Stakeholder) -> tuple[int, str, int]:
    return -(person.influence or 0), *_by_name(person)


def _by_name(person: Stakeholder) -> tuple[str, int]:
    return fold(person.name), person.id


def _hang(root: Branch, teams: dict[int, list[Stakeholder]], shown: dict[int, Branch]) -> None:
    """Show a root and everybody below it who is not shown yet."""
    ahead = [root]
    while ahead:
        branch = ahead.pop()
        shown[branch.person.id] = branch
        team = [p for p in teams.get(branch.person.id, ()) if p.id not in shown]
        ahead += [
            Branch(person, branch.depth + 1, (*branch.last, number == 0))
            for number, person in enumerate(reversed(team))
        ]


def _boss(person: Stakeholder, by_id: dict[int, Stakeholder]) -> Stakeholder:
    """Whom a person of a circle reports to."""
    return person if person.reports_to_id is None else by_id[person.reports_to_id]


def _circle_above(person: Stakeholder, by_id: dict[int, Stakeholder]) -> list[Stakeholder]:
    """The people of the circle that the person's reporting line runs into."""
    line: dict[int, Stakeholder] = {}
    while person.id not in line:
        line[person.id] = person
        person = _boss(person, by_id)
    around = list(line)
    return [line[one] for one in around[around.index(person.id) :]]


def _role_state(role: str, people: Iterable[Stakeholder], as_of: date) -> RoleState:
    def touched(person: Stakeholder) -> tuple[int, str, int]:
        on = person.last_two_way_on
        known = on is not None and on <= as_of
        return -on.toordinal() if on is not None and known else 1, *_by_name(person)

    having = sorted((p for p in _here(people, as_of) if role in p.roles), key=touched)
    dates = [p.last_two_way_on for p in having]
    latest = max((on for on in dates if on is not None and on <= as_of), default=None)
    return RoleState(
        role,
        tuple(having),
        role_is_covered(role, latest, as_of),
        ROLE_MAXIMUM_DAYS[role],
        None if latest is None else (as_of - latest).days,
        role_overdue_days(role, latest, as_of),
    )
