"""The worked example of the health specification, figure by figure, to six decimals."""

from datetime import date, timedelta
from typing import Any

import pytest

from planner.health import measures
from planner.health.figures import Reading
from planner.health.inputs import (
    AnswerFact,
    BoxFact,
    ClockFact,
    ComplaintFact,
    HealthInputs,
    ObjectiveFact,
    PersonFact,
    PulseFact,
    TrendFact,
    ValueFact,
)
from planner.health.points import recency_points, revenue_points
from planner.health.profiles import default_config, managed_b2b
from planner.health.score import Combined, HealthScore, combine, finish

TODAY = date(2026, 6, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


S1_COMPLAINTS = (
    ComplaintFact(1, "C-1", "high", ago(1)),
    ComplaintFact(2, "C-2", "low", ago(9), breached=True),
    ComplaintFact(3, "C-3", "medium", ago(40), resolved_on=ago(30)),
)
S3_COMPLAINTS = (
    ComplaintFact(1, "C-1", "low", ago(100), ago(99), root_cause="price file"),
    ComplaintFact(2, "C-2", "low", ago(80), ago(79), root_cause=" Price  FILE "),
    ComplaintFact(3, "C-3", "low", ago(60), ago(59), root_cause="late truck"),
    ComplaintFact(4, "C-4", "low", ago(40), ago(39)),
)


def example(**changes: Any) -> HealthInputs:
    given: dict[str, Any] = {
        "account_id": 1,
        "as_of": TODAY,
        "started_on": ago(400),
        "cadence_days": 14,
        "last_two_way_on": ago(21),
        "last_two_way_id": 77,
        "people": (
            PersonFact(
                11, 1, "Per", ("economic_buyer",), 3, "supporter", None, True, None, ago(90)
            ),
            PersonFact(12, 2, "Maria", ("champion",), 3, "advocate", None, True, None, ago(21)),
            PersonFact(13, 3, "Jonas", ("day_to_day",), 1, "sceptic", None, True, None, ago(30)),
        ),
        "complaints": S1_COMPLAINTS,
        "clocks": tuple(
            ClockFact(60 + n, ago(9), late=n == 0, stopped_on=ago(10)) for n in range(5)
        ),
        "nps": (AnswerFact(21, 9, 3, ago(30)), AnswerFact(22, 6, 1, ago(180))),
        "csat": tuple(BoxFact(70 + n, ago(20), n > 0) for n in range(4)),
        "objectives": (
            ObjectiveFact(31, "fewer returns", 3, "on_track"),
            ObjectiveFact(32, "online orders", 2, "at_risk"),
            ObjectiveFact(33, "training", 1, "achieved", achieved_on=ago(10)),
        ),
        "values": (ValueFact(41, 40, 60, 52, ago(20)),),
        "contract_end": TODAY + timedelta(days=29),
        "revenue": TrendFact(4.0),
        "pulses": (
            PulseFact(51, "sales", 4, ago(10)),
            PulseFact(52, "success", 3, ago(20)),
            PulseFact(53, "service", 2, ago(50)),
        ),
    }
    return HealthInputs(**{**given, **changes})


def readings(**changes: Reading | None) -> dict[str, Reading | None]:
    """The readings of the example; C1 and S3 come from their own lists."""
    found = {key: read(example()) for key, read in measures.MEASURES.items()}
    found["S3"] = measures.recurrence(example(complaints=S3_COMPLAINTS))
    found["C1"] = Reading(60.0)
    return {**found, **changes}


def whole(combined: Combined, inputs: HealthInputs) -> HealthScore:
    return finish(inputs, default_config(), "Managed B2B", combined)


@pytest.mark.parametrize(
    ("measure", "score", "confidence"),
    [
        ("R1", 50, 1),
        ("R2", 70, 1),
        ("R3", 78.571429, 1),
        ("S1", 71.5, 1),
        ("S2", 80, 1),
        ("S3", 75, 1),
        ("V1", 85.272160, 0.793174),
        ("V2", 75, 1),
        ("O1", 72.5, 1),
        ("O2", 60, 1),
        ("C2", 82, 1),
        ("P1", 62.5, 0.5),
    ],
)
def test_each_measure_of_the_example(measure: str, score: float, confidence: float) -> None:
    reading = readings()[measure]
    assert reading is not None
    assert reading.score == pytest.approx(score, abs=1e-6)
    assert reading.confidence == pytest.approx(confidence, abs=1e-6)


def test_three_of_five_renewal_steps_are_sixty() -> None:
    from planner.health.inputs import MilestoneFact

    done = tuple(MilestoneFact(60 + n, n, ago(1)) for n in (120, 90, 60))
    reading = measures.renewal_readiness(example(milestones=done))
    assert reading is not None
    assert reading.score == 60
    assert reading.facts == (3, 5, (45, 30))


def test_the_dimensions_of_the_example() -> None:
    found = {dim.id: dim.score for dim in combine(managed_b2b(), readings()).dimensions}
    expected = {
        "relationship": 63.714286,
        "service": 74.75,
        "voice": 81.848107,
        "outcomes": 67.5,
        "commercial": 68.8,
        "pulse": 62.5,
    }
    assert found == {key: pytest.approx(value, abs=1e-6) for key, value in expected.items()}


def test_raw_shown_band_and_coverage_of_the_example() -> None:
    score = whole(combine(managed_b2b(), readings()), example())
    assert score.raw == pytest.approx(69.785787, abs=1e-6)
    assert (score.shown, score.band, score.uncertain) == (70, "yellow", False)
    assert score.coverage == 0.903454
    assert score.coverage_level == "high"
    assert score.caps == ()


def test_points_lost_in_the_example() -> None:
    found = {m.id: m.lost for m in combine(managed_b2b(), readings()).measures}
    expected = {
        "R1": 5.000,
        "P1": 3.750,
        "O1": 3.300,
        "O2": 3.200,
        "R2": 3.000,
        "S1": 2.850,
        "C1": 2.400,
        "V1": 1.473,
        "V2": 1.250,
        "S2": 1.200,
        "R3": 1.071,
        "S3": 1.000,
        "C2": 0.720,
        "V3": 0.0,
    }
    assert found == {key: pytest.approx(value, abs=5e-4) for key, value in expected.items()}
    assert sum(found.values()) == pytest.approx(30.214213, abs=1e-6)


def test_without_any_voice() -> None:
    combined = combine(managed_b2b(), readings(V1=None, V2=None, V3=None))
    score = whole(combined, example())
    assert score.raw == pytest.approx(67.657143, abs=1e-6)
    assert (score.shown, score.coverage) == (68, 0.80)


def test_only_contact_and_pulse_is_grey_with_raw_kept() -> None:
    combined = combine(managed_b2b(), {"R1": Reading(50.0), "P1": Reading(62.5, 0.5)})
    score = whole(combined, example())
    assert score.raw == pytest.approx(53.571429, abs=1e-6)
    assert (score.coverage, score.band, score.unknown) == (0.15, "grey", True)


def test_a_late_critical_complaint_takes_sixty_points_and_caps_at_49() -> None:
    late = ComplaintFact(9, "C-9", "critical", ago(2), breached=True)
    inputs = example(complaints=(*S1_COMPLAINTS, late))
    burden = measures.complaint_burden(inputs)
    assert burden is not None
    assert burden.score == pytest.approx(11.5)
    score = whole(combine(managed_b2b(), readings(S1=burden)), inputs)
    assert (score.final, score.shown, score.band) == (49.0, 49, "red")
    assert [cap.id for cap in score.caps] == ["critical_complaint"]
    assert score.raw is not None
    assert score.raw > 49


@pytest.mark.parametrize(
    ("ratio", "points"),
    [(0.5, 100), (1, 100), (1.25, 75), (1.45, 55), (1.5, 50), (2, 33.333333), (3, 0), (5, 0)],
)
def test_points_of_contact(ratio: float, points: float) -> None:
    assert recency_points(ratio) == pytest.approx(points, abs=1e-6)


@pytest.mark.parametrize(
    ("percent", "points"),
    [(-30, 0), (-20, 0), (-10, 35), (0, 70), (4, 82), (5, 85), (10, 100), (20, 100)],
)
def test_points_of_the_revenue_trend(percent: float, points: float) -> None:
    assert revenue_points(percent) == pytest.approx(points)


@pytest.mark.parametrize(("days", "points"), [(30, 2.5), (60, 1.25)])
def test_a_resolved_complaint_fades(days: int, points: float) -> None:
    complaint = ComplaintFact(1, "C-1", "medium", ago(100), resolved_on=ago(days))
    assert measures.burden(complaint, TODAY) == pytest.approx(points)
