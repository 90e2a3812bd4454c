"""Surveys and clocks of complaints in the score: S2, S3, V1, V2 and V3 of real rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from db.account_numbers import gather_numbers
from db.book import Book
from db.complaint_clocks import local_day
from db.health_facts import gather
from db.local_days import local_days
from planner.health.kept import keep
from planner.health.measures import MEASURES
from planner.health.points import Figure
from planner.use_cases.complaint_clocks import pause_complaint
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.people import person_left
from planner.use_cases.surveys import log_survey
from tests.fakes import FakeClock
from tests.makers import World, at, day


def figures(book: Book, account: int) -> dict[str, Any]:
    """Each known measure's score, count of rows and facts; the lean way must agree."""
    frame = book.frame()
    (facts,) = gather(book.connection, account, account, frame.today, frame.now, frame.zone)
    numbers = gather_numbers(book.connection, account, account, frame)[0]
    assert numbers[0].kept == keep(facts.inputs)
    readings = {name: measure(facts.inputs) for name, measure in MEASURES.items()}
    return {name: one for name, one in readings.items() if one is not None}


def scored(book: Book, account: int, name: str) -> Figure | None:
    reading = figures(book, account).get(name)
    return None if reading is None else (round(reading.score, 4), round(reading.confidence, 4))


def test_the_latest_answer_of_each_person_who_is_there_makes_v1(filled: Book, world: World) -> None:
    def answer(score: int, ago: int, person: int | None) -> None:
        filled.run(log_survey, world.other, kind="nps", score=score, when=at(ago), person_id=person)

    joe = filled.connection.rows(
        "SELECT m.id, m.person_id FROM membership m WHERE m.account_id = :id", {"id": world.other}
    )
    assert joe
    answer(2, 0, None)
    assert scored(filled, world.other, "V1") is None
    answer(1, 5, joe[0][1])
    answer(8, 0, joe[0][1])
    assert scored(filled, world.other, "V1") == (80.0, 1.0)
    filled.run(person_left, world.other, joe[0][1], day(0))
    assert scored(filled, world.other, "V1") is None


def test_csat_and_ces_count_every_answer_of_their_windows(
    filled: Book, world: World, clock: FakeClock
) -> None:
    for score in (5, 4, 3):
        filled.run(log_survey, world.other, kind="csat", score=score, when=at(0))
    for score, turned in ((7, False), (2, True), (6, True)):
        filled.run(log_survey, world.other, kind="ces", score=score, when=at(0), effort_high=turned)
    assert scored(filled, world.other, "V2") == (66.6667, 1.0)
    assert scored(filled, world.other, "V3") == (66.6667, 1.0)
    clock.move(days=91)
    assert scored(filled, world.other, "V2") is None
    assert scored(filled, world.other, "V3") == (66.6667, 1.0)
    clock.move(days=90)
    assert scored(filled, world.other, "V3") is None


def test_clocks_that_were_due_or_met_make_s2_and_waiting_ones_do_not(
    filled: Book, world: World, clock: FakeClock
) -> None:
    targets = {"ack_target": 500, "response_target": 900, "resolution_target": 960}
    made = filled.run(log_complaint, world.other, title="Late", when=at(0), **targets).result
    assert scored(filled, world.other, "S2") is None
    filled.run(move_complaint, made.id, "acknowledged", at(0))
    assert scored(filled, world.other, "S2") == (100.0, 1.0)
    filled.run(pause_complaint, made.id, at(0))
    clock.move(days=7)
    assert scored(filled, world.other, "S2") == (100.0, 1.0)
    other = filled.run(log_complaint, world.other, title="Two", when=at(5), **targets).result
    assert scored(filled, world.other, "S2") == (25.0, 1.0)
    found = figures(filled, world.other)["S2"]
    assert (set(found.rows), found.facts) == ({made.id, other.id}, (1, 4))


def test_a_repeated_cause_shows_in_s3(filled: Book, world: World) -> None:
    for title, cause in (("One", "Billing"), ("Two", "billing "), ("Three", "other")):
        made = filled.run(log_complaint, world.other, title=title, when=at(1), root_cause=cause)
        assert made.result.root_cause == cause
    assert scored(filled, world.other, "S3") == (66.6667, 1.0)


ZONES = ("Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "UTC")


@given(
    st.sampled_from(ZONES),
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    st.integers(-200 * 86_400, 600 * 86_400),
)
def test_a_day_that_is_looked_up_is_the_day_that_is_computed(
    zone: str, today: date, seconds: int
) -> None:
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    moment = (noon + timedelta(seconds=seconds)).isoformat(timespec="microseconds")[:-6] + "Z"
    place = ZoneInfo(zone)
    expected = date.fromisoformat(local_day(moment, place)).toordinal()
    assert local_days(place, today).day_of(moment) == expected
