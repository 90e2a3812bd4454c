"""How many people of an account we really talk with (metrics 4.7)."""

from __future__ import annotations

from datetime import date

from planner.health.inputs import PersonFact
from planner.health.measures import within
from planner.text import fold

THREADING_DAYS = 90


def threading(people: tuple[PersonFact, ...], as_of: date) -> str:
    """none, single, dual or multi: how many active people had a two-way touch in 90 days.

    multi needs three of them in two known departments (metrics 4.7).
    """
    reached = {
        person.person_id: fold(person.department or "")
        for person in people
        if person.active and within(person.last_two_way_on, as_of, THREADING_DAYS)
    }
    if len(reached) < 2:
        return "single" if reached else "none"
    departments = {department for department in reached.values() if department}
    return "multi" if len(reached) >= 3 and len(departments) >= 2 else "dual"
