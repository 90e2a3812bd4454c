"""Edge rules of the measures: what counts, what is unknown, which rows are named."""

from datetime import date, timedelta
from typing import Any

import pytest

from planner.health import measures as m
from planner.health.figures import Reading
from planner.health.inputs import (
    AnswerFact,
    BoxFact,
    ClockFact,
    ComplaintFact,
    HealthInputs,
    MilestoneFact,
    ObjectiveFact,
    PersonFact,
    PulseFact,
    UsageFact,
    ValueFact,
)
from planner.health.reach import threading

TODAY = date(2026, 6, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def account(**facts: Any) -> HealthInputs:
    given: dict[str, Any] = {
        "account_id": 1,
        "as_of": TODAY,
        "started_on": ago(400),
        "cadence_days": 14,
        **facts,
    }
    return HealthInputs(**given)


def person(row: int, role: str, touched: int | None, **facts: Any) -> PersonFact:
    touched_on = None if touched is None else ago(touched)
    given: dict[str, Any] = {
        "id": row,
        "person_id": row,
        "name": f"P{row}",
        "roles": (role,),
        **facts,
    }
    return PersonFact(last_two_way_on=touched_on, **given)


def score(reading: Reading | None) -> float:
    assert reading is not None
    return reading.score


# R1


def test_never_touched_is_zero_from_the_14th_day_and_unknown_before() -> None:
    assert m.contact_recency(account(started_on=ago(13))) is None
    assert score(m.contact_recency(account(started_on=ago(14)))) == 0


def test_a_new_account_with_a_touch_has_contact() -> None:
    assert score(m.contact_recency(account(started_on=ago(3), last_two_way_on=ago(1)))) == 100


def test_a_touch_after_the_day_does_not_count() -> None:
    assert score(m.contact_recency(account(last_two_way_on=ago(-1)))) == 0


def test_contact_names_its_touchpoint() -> None:
    reading = m.contact_recency(account(last_two_way_on=ago(21), last_two_way_id=77))
    assert reading == Reading(50.0, 1.0, (77,), (21, 14))


# R2


@pytest.mark.parametrize(
    ("role", "limit", "points"),
    [
        ("sponsor", 180, 20),
        ("economic_buyer", 120, 30),
        ("champion", 45, 30),
        ("day_to_day", 30, 10),
        ("technical", 90, 10),
    ],
)
def test_a_role_is_covered_up_to_its_interval_inclusive(
    role: str, limit: int, points: float
) -> None:
    assert score(m.role_coverage(account(people=(person(1, role, limit),)))) == points
    assert score(m.role_coverage(account(people=(person(1, role, limit + 1),)))) == 0


def test_no_contacts_is_zero_and_no_required_role_is_unknown() -> None:
    assert score(m.role_coverage(account())) == 0
    assert m.role_coverage(account(required_roles=())) is None


def test_the_plan_may_require_fewer_roles() -> None:
    found = account(required_roles=("champion", "technical"), people=(person(1, "champion", 1),))
    assert score(m.role_coverage(found)) == 75


def test_one_person_covers_several_roles_and_is_named_once() -> None:
    both = person(5, "champion", 1, roles=("champion", "economic_buyer", "gatekeeper"))
    reading = m.role_coverage(account(people=(both,)))
    assert score(reading) == 60
    assert reading is not None
    assert reading.rows == (5,)
    assert reading.facts == (
        ("economic_buyer", "champion"),
        ("sponsor", "day_to_day", "technical"),
    )


def test_inactive_and_future_touched_people_cover_nothing() -> None:
    people = (person(1, "champion", 1, active=False), person(2, "sponsor", -1))
    assert score(m.role_coverage(account(people=people))) == 0


# R3


def test_stance_is_unknown_without_one_and_missing_influence_is_one() -> None:
    assert m.stance(account(people=(person(1, "champion", 1),))) is None
    people = (
        person(1, "champion", 1, stance="advocate", influence=None),
        person(2, "champion", 1, stance="opponent", influence=3),
        person(3, "champion", 1, stance="opponent", influence=3, active=False),
    )
    assert score(m.stance(account(people=people))) == 25


def test_stance_without_any_influence_is_unknown() -> None:
    people = (person(1, "champion", 1, stance="advocate", influence=0),)
    assert m.stance(account(people=people)) is None


# S1


def test_silence_is_not_satisfaction() -> None:
    assert m.complaint_burden(account()) is None
    assert m.complaint_burden(account(last_two_way_on=ago(91))) is None
    assert score(m.complaint_burden(account(last_two_way_on=ago(90)))) == 100


@pytest.mark.parametrize(
    ("opened", "resolved", "known"),
    [(300, None, True), (90, 89, True), (91, 90, True), (300, 91, False), (91, 91, False)],
)
def test_a_complaint_of_90_days_breaks_the_silence(
    opened: int, resolved: int | None, known: bool
) -> None:
    done = None if resolved is None else ago(resolved)
    one = ComplaintFact(1, "C-1", "low", ago(opened), done)
    assert (m.complaint_burden(account(complaints=(one,))) is not None) is known


def test_withdrawn_and_later_complaints_weigh_nothing() -> None:
    complaints = (
        ComplaintFact(1, "C-1", "critical", ago(3), excluded=True),
        ComplaintFact(2, "C-2", "critical", ago(-1)),
    )
    reading = m.complaint_burden(account(complaints=complaints, last_two_way_on=ago(2)))
    assert reading == Reading(100.0)
    assert [m.burden(one, TODAY) for one in complaints] == [0, 0]


def test_a_breach_counts_only_while_open_and_confirmation_quarters() -> None:
    opened = ComplaintFact(1, "C-1", "high", ago(9), breached=True)
    resolved = ComplaintFact(2, "C-2", "high", ago(9), ago(0), breached=True)
    confirmed = ComplaintFact(3, "C-3", "high", ago(9), ago(0), breached=True, confirmed=True)
    assert [m.burden(one, TODAY) for one in (opened, resolved, confirmed)] == [30, 10, 2.5]


def test_a_complaint_resolved_after_the_day_was_open_on_it() -> None:
    assert m.burden(ComplaintFact(1, "C-1", "low", ago(9), ago(-3)), TODAY) == 4


def test_the_burden_never_falls_below_zero() -> None:
    many = tuple(ComplaintFact(n, f"C-{n}", "critical", ago(1)) for n in range(5))
    assert score(m.complaint_burden(account(complaints=many))) == 0


# S2, V2, V3


def test_a_share_of_nothing_is_unknown() -> None:
    assert m.targets_kept(account()) is None
    assert m.satisfaction(account()) is None
    easy = tuple(BoxFact(number, ago(number), number < 3) for number in (1, 2, 180))
    assert score(m.effort(account(ces=easy))) == pytest.approx(66.666667)
    assert m.effort(account(ces=(BoxFact(1, ago(181), True), BoxFact(2, ago(-1), True)))) is None


@pytest.mark.parametrize(
    ("clock", "kept"),
    [
        (ClockFact(1, ago(90), late=False, stopped_on=ago(95)), 100.0),
        (ClockFact(1, ago(91), late=False, stopped_on=ago(90)), 100.0),
        (ClockFact(1, ago(91), late=False, stopped_on=ago(91)), None),
        (ClockFact(1, ago(-9), late=False, stopped_on=ago(1)), 100.0),
        (ClockFact(1, ago(90), late=True, stopped_on=ago(2)), 0.0),
        (ClockFact(1, ago(91), late=True, stopped_on=ago(2)), None),
        (ClockFact(1, ago(3), late=True), 0.0),
        (ClockFact(1, ago(91), late=True), None),
        (ClockFact(1, ago(-3), due_at="2026-12-01T10:00:00.000000Z"), None),
    ],
)
def test_a_clock_counts_when_it_was_due_or_met_in_90_days(
    clock: ClockFact, kept: float | None
) -> None:
    reading = m.targets_kept(account(clocks=(clock,)))
    assert (None if reading is None else reading.score) == kept


def test_the_rows_of_targets_are_the_complaints_late_ones_first() -> None:
    clocks = (
        ClockFact(1, ago(5), stopped_on=ago(6)),
        ClockFact(2, ago(5), late=True),
        ClockFact(1, ago(4), stopped_on=ago(6)),
    )
    reading = m.targets_kept(account(clocks=clocks))
    assert reading is not None
    assert (reading.rows, reading.facts) == ((2, 1), (2, 3))


# S3


def test_a_repeat_shares_its_cause_with_any_earlier_complaint() -> None:
    complaints = (
        ComplaintFact(9, "C-9", "low", ago(10), root_cause="Invoice"),
        ComplaintFact(2, "C-2", "low", ago(900), ago(890), root_cause="invoice"),
    )
    reading = m.recurrence(account(complaints=complaints))
    assert reading == Reading(0.0, 1.0, (9,), (1, 1, (9,)))


def test_empty_causes_and_withdrawn_complaints_are_no_repeats() -> None:
    complaints = (
        ComplaintFact(1, "C-1", "low", ago(20), root_cause="  "),
        ComplaintFact(2, "C-2", "low", ago(10), root_cause=""),
        ComplaintFact(3, "C-3", "low", ago(15), root_cause="truck", excluded=True),
        ComplaintFact(4, "C-4", "low", ago(5), root_cause="truck"),
        ComplaintFact(5, "C-5", "low", ago(-5), root_cause="truck"),
    )
    assert score(m.recurrence(account(complaints=complaints))) == 100


def test_no_complaint_in_180_days_leaves_recurrence_unknown() -> None:
    assert m.recurrence(account()) is None
    old = ComplaintFact(1, "C-1", "low", ago(181), ago(170))
    assert m.recurrence(account(complaints=(old,))) is None


# V1


def test_old_later_and_weightless_answers_are_left_out() -> None:
    answers = (AnswerFact(1, 0, 3, ago(366)), AnswerFact(2, 0, 3, ago(-1)))
    assert m.recommendation(account(nps=answers)) is None
    assert m.recommendation(account(nps=(AnswerFact(1, 9, 0, ago(1)),))) is None
    kept = m.recommendation(account(nps=(*answers, AnswerFact(3, 8, None, ago(365)))))
    assert score(kept) == pytest.approx(80)
    assert kept is not None
    assert kept.rows == (3,)


# O1


@pytest.mark.parametrize(
    ("objective", "expected"),
    [
        (ObjectiveFact(1, "a", 1, "on_track", due_on=ago(0)), "on_track"),
        (ObjectiveFact(1, "a", 1, "on_track", due_on=ago(1)), "at_risk"),
        (ObjectiveFact(1, "a", 1, "on_track", due_on=ago(30)), "at_risk"),
        (ObjectiveFact(1, "a", 1, "on_track", due_on=ago(31)), "off_track"),
        (ObjectiveFact(1, "a", 1, "off_track", due_on=ago(1)), "off_track"),
        (ObjectiveFact(1, "a", 1, "not_started", due_on=ago(1)), None),
        (ObjectiveFact(1, "a", 1, "on_track", started_on=ago(-1)), None),
        (ObjectiveFact(1, "a", 1, "dropped"), None),
        (ObjectiveFact(1, "a", 1, "achieved", achieved_on=ago(365)), "achieved"),
        (ObjectiveFact(1, "a", 1, "achieved", achieved_on=ago(366)), None),
        (ObjectiveFact(1, "a", 1, "achieved"), "achieved"),
    ],
)
def test_the_status_that_counts(objective: ObjectiveFact, expected: str | None) -> None:
    assert m.objective_status(objective, TODAY) == expected


def test_no_active_objective_is_unknown() -> None:
    assert m.objectives(account(objectives=(ObjectiveFact(1, "a", 3, "dropped"),))) is None


# O2


def test_value_works_for_falling_targets_and_clamps() -> None:
    values = (
        ValueFact(1, 4.0, 2.0, 3.0, ago(180)),
        ValueFact(2, 0, 10, 99, ago(1)),
        ValueFact(3, 0, 10, 9, ago(181)),
        ValueFact(4, None, 10, 9, ago(1)),
        ValueFact(5, 10, 10, 9, ago(1)),
    )
    reading = m.value_attainment(account(values=values))
    assert reading == Reading(75.0, 1.0, (1, 2), (2,))
    assert m.value_attainment(account(values=values[2:])) is None


# C1


@pytest.mark.parametrize(
    ("end", "decided", "expected"),
    [
        (None, False, None),
        (181, False, None),
        (121, False, None),
        (120, False, 0.0),
        (120, True, None),
        (-40, False, 0.0),
    ],
)
def test_renewal_steps_count_from_120_days_before_the_end(
    end: int | None, decided: bool, expected: float | None
) -> None:
    day = None if end is None else TODAY + timedelta(days=end)
    reading = m.renewal_readiness(account(contract_end=day, renewal_decided=decided))
    assert (None if reading is None else reading.score) == expected


def test_renewal_steps_done_later_or_not_due_do_not_count() -> None:
    steps = (
        MilestoneFact(1, 120, ago(5)),
        MilestoneFact(2, 90, ago(-2)),
        MilestoneFact(3, 60, ago(2)),
    )
    end = TODAY + timedelta(days=80)
    reading = m.renewal_readiness(account(contract_end=end, milestones=steps))
    assert reading == Reading(50.0, 1.0, (1, 2), (1, 2, (90,)))


# P1


@pytest.mark.parametrize(("value", "limit"), [(1, 30), (2, 45), (3, 45), (4, 45), (5, 30)])
def test_a_pulse_lives_45_days_and_the_ends_30(value: int, limit: int) -> None:
    assert m.team_pulse(account(pulses=(PulseFact(1, "sales", value, ago(limit)),))) is not None
    assert m.team_pulse(account(pulses=(PulseFact(1, "sales", value, ago(limit + 1)),))) is None


def test_only_the_newest_pulse_of_a_function_counts_even_when_it_has_expired() -> None:
    pulses = (
        PulseFact(1, "sales", 3, ago(40)),
        PulseFact(2, "sales", 5, ago(35)),
        PulseFact(3, "service", 2, ago(10), expired=True),
        PulseFact(4, "success", 2, ago(10)),
        PulseFact(5, "success", 4, ago(10)),
        PulseFact(6, "marketing", 1, ago(-1)),
    )
    reading = m.team_pulse(account(pulses=pulses))
    assert reading == Reading(75.0, 0.25, (5,), ((5, "success", 4),))


def test_pulses_two_apart_diverge() -> None:
    two = (PulseFact(1, "sales", 4, ago(1)), PulseFact(2, "service", 2, ago(1)))
    assert m.pulses_diverge(account(pulses=two))
    assert not m.pulses_diverge(account(pulses=two[:1]))
    assert not m.pulses_diverge(account())


# G1


def test_usage_fades_in_confidence_and_is_unknown_after_45_days() -> None:
    reading = m.adoption(account(usage=UsageFact(80, ago(45))))
    assert reading is not None
    assert (reading.score, reading.confidence) == (80, 0.5)
    assert m.adoption(account(usage=UsageFact(80, ago(46)))) is None


# Threading


@pytest.mark.parametrize(
    ("departments", "expected"),
    [
        ([], "none"),
        (["IT"], "single"),
        (["IT", "IT"], "dual"),
        (["IT", "it ", "IT"], "dual"),
        (["IT", None, None], "dual"),
        (["IT", "Sales", None], "multi"),
    ],
)
def test_threading(departments: list[str | None], expected: str) -> None:
    people = tuple(
        person(n, "other", 90, department=department) for n, department in enumerate(departments)
    )
    unheard = (person(98, "other", 91), person(99, "other", 1, active=False))
    assert threading((*people, *unheard), TODAY) == expected
