"""How often to be in touch, and who is past it."""

from datetime import date, timedelta

import pytest

from planner.cadence import (
    ROLE_MAXIMUM_DAYS,
    Cadence,
    cadence_for,
    contact_state,
    role_is_covered,
    role_overdue_days,
)

TODAY = date(2026, 6, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("tier", "ideal", "maximum"),
    [(1, 14, 28), (2, 30, 60), (3, 90, 150), (None, 30, 60), (0, 30, 60), (9, 30, 60)],
)
def test_the_tier_gives_the_default(tier: int | None, ideal: int, maximum: int) -> None:
    assert cadence_for(tier) == Cadence(ideal, maximum)


@pytest.mark.parametrize(
    ("ideal", "maximum", "expected"),
    [
        (7, None, Cadence(7, 28)),
        (0, 0, Cadence(14, 28)),
        (-3, 20, Cadence(14, 20)),
        (1, 1, Cadence(1, 1)),
        (40, None, Cadence(40, 40)),
    ],
)
def test_a_value_below_one_is_the_default_and_the_maximum_is_never_below_the_ideal(
    ideal: int | None, maximum: int | None, expected: Cadence
) -> None:
    assert cadence_for(1, ideal, maximum) == expected


@pytest.mark.parametrize(
    ("days", "state", "overdue"),
    [(0, "fresh", 0), (14, "fresh", 0), (15, "due", 0), (28, "due", 0), (29, "overdue", 1)],
)
def test_where_contact_stands(days: int, state: str, overdue: int) -> None:
    found = contact_state(ago(days), ago(400), TODAY, cadence_for(1))
    assert (found.days_since, found.state, found.overdue_days) == (days, state, overdue)
    assert found.due_on == ago(days) + timedelta(days=14)


def test_an_account_never_touched_counts_from_its_start() -> None:
    found = contact_state(None, ago(29), TODAY, cadence_for(1))
    assert (found.days_since, found.state, found.overdue_days) == (None, "overdue", 1)
    later = contact_state(ago(-1), ago(3), TODAY, cadence_for(1))
    assert (later.days_since, later.state) == (None, "fresh")


@pytest.mark.parametrize("role", sorted(ROLE_MAXIMUM_DAYS))
def test_a_role_is_covered_to_the_last_day_of_its_interval(role: str) -> None:
    limit = ROLE_MAXIMUM_DAYS[role]
    assert role_is_covered(role, ago(limit), TODAY)
    assert not role_is_covered(role, ago(limit + 1), TODAY)
    assert role_overdue_days(role, ago(limit), TODAY) == 0
    assert role_overdue_days(role, ago(limit + 3), TODAY) == 3


def test_roles_never_touched_touched_later_or_unknown_are_not_covered() -> None:
    assert not role_is_covered("champion", None, TODAY)
    assert not role_is_covered("champion", ago(-1), TODAY)
    assert not role_is_covered("gatekeeper", TODAY, TODAY)
    assert role_overdue_days("champion", None, TODAY) is None
    assert role_overdue_days("champion", ago(-1), TODAY) is None
    with pytest.raises(KeyError):
        role_overdue_days("gatekeeper", TODAY, TODAY)
