"""The explanation adds up, names its rows, and says what to do first."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.health.explain import ROW_KINDS, as_json, changed, explain
from planner.health.figures import Reading
from planner.health.inputs import ComplaintFact, HealthInputs, MilestoneFact, PersonFact, UsageFact
from planner.health.measures import MEASURES
from planner.health.profiles import CAP_IDS, default_config, product_led
from planner.health.score import HealthScore, combine, finish, score_health
from planner.health.wording import cap_clears, cap_why, how_to_fill, measure_name
from tests.planner.test_health_vectors import S3_COMPLAINTS, ago, example

CONFIG = default_config()
TODAY = date(2026, 6, 1)
LATE = ComplaintFact(9, "C-9", "critical", ago(2), breached=True)


def scored(inputs: HealthInputs) -> HealthScore:
    return score_health(inputs, CONFIG)


def bare(**facts: Any) -> HealthInputs:
    return replace(HealthInputs(1, TODAY, ago(400), 14), **facts)


def test_the_lines_add_up_to_what_is_shown() -> None:
    inputs = example(complaints=(LATE,))
    score = scored(inputs)
    found = explain(score, inputs)
    assert score.shown == 49
    assert sum(line.lost for line in found.lines) == pytest.approx(51, abs=1e-9)
    assert [line.id for line in found.lines if line.id in ("cap", "rounding")] == ["cap"]
    assert next(line for line in found.lines if line.id == "cap").rows == (9,)


def test_rounding_has_its_own_line_that_may_be_negative() -> None:
    inputs = example()
    score = scored(inputs)
    assert score.raw is not None
    assert score.shown is not None
    rounding = explain(score, inputs).lines[-1]
    assert rounding.id == "rounding"
    assert rounding.lost == score.raw - score.shown


def test_causes_are_the_three_largest_losses_with_their_rows() -> None:
    inputs = example(complaints=(LATE, *example().complaints))
    found = explain(scored(inputs), inputs)
    assert len(found.causes) == 3
    assert found.causes[0].id == "S1"
    assert found.causes[0].rows == (9, 1, 2, 3)
    losses = [line.lost for line in found.lines if line.id not in ("cap", "rounding")]
    assert losses == sorted(losses, reverse=True)


def test_unknowns_say_what_they_would_add_and_how_to_fill_them() -> None:
    inputs = bare(last_two_way_on=ago(1))
    found = explain(scored(inputs), inputs)
    assert [gap.id for gap in found.top_unknowns] == ["O1", "P1", "V1"]
    assert [gap.coverage_points for gap in found.top_unknowns] == [12, 10, 8]
    assert "would add 12 points of coverage; agree a goal" in found.unknowns[0].text
    assert len(found.unknowns) == 11


def test_every_measure_and_cap_has_words_and_a_kind_of_row() -> None:
    for measure in MEASURES:
        assert measure_name(measure) != measure
        assert how_to_fill(measure)
        assert measure in ROW_KINDS
    assert set(ROW_KINDS) == {*MEASURES, *CAP_IDS} - {"weak_dimension"}


def test_every_known_measure_says_why() -> None:
    config = replace(CONFIG, profiles=(product_led(),))
    full = example(ces=example().csat, complaints=S3_COMPLAINTS, usage=UsageFact(1, TODAY))
    score = score_health(full, config)
    why = {one.id: one.why for one in score.measures}
    assert all(one.score is not None for one in score.measures)
    assert why["R1"] == "last two-way contact 21 days ago, wanted every 14 days"
    assert why["R2"] == "not reached in time: executive sponsor, technical contact"
    assert why["R3"] == "stance of 3 people, by influence"
    assert why["S1"] == "no open complaint; resolved ones fade over the months"
    assert why["S2"] == "4 of 5 complaint targets kept in 90 days"
    assert why["S3"] == "1 of 4 complaints in 180 days had a cause seen before"
    assert why["O1"] == "behind: online orders"
    assert why["C1"] == "0 of 5 renewal steps done that are due by now"
    assert why["C2"] == "revenue +4.0 % against a year ago"
    assert why["P1"] == "pulse of 1 to 5: sales 4, success 3"
    assert why["V2"] == "3 of 4 answers say satisfied"
    assert why["V3"] == "3 of 4 answers say it was easy"
    assert why["G1"] == "usage imported 0 days ago"


def test_other_reasons_in_words() -> None:
    everybody = PersonFact(
        1,
        1,
        "A",
        ("sponsor", "economic_buyer", "champion", "day_to_day", "technical"),
        last_two_way_on=TODAY,
    )
    score = scored(bare(people=(everybody,), objectives=example().objectives[:1]))
    why = {one.id: one.why for one in score.measures}
    assert why["R1"] == "no two-way contact so far, wanted every 14 days"
    assert why["R2"] == "in touch with every key role"
    assert why["O1"] == "no goal is behind"
    assert why["S1"].startswith("unknown: speak with them")
    why = {one.id: one.why for one in scored(bare(last_two_way_on=TODAY)).measures}
    assert why["S1"] == "no open complaint, and they talk to us"
    assert why["R2"].startswith("in touch with no key role")
    opened = scored(bare(complaints=(LATE,)))
    assert next(one.why for one in opened.measures if one.id == "S1") == "open complaints: C-9"


def test_each_cap_says_why_and_what_clears_it() -> None:
    gone = PersonFact(5, 5, "Per", ("economic_buyer",), active=False, left_on=ago(40))
    inputs = bare(
        cancellation_on=TODAY,
        complaints=(LATE,),
        people=(gone,),
        invoice_overdue_since=ago(70),
        competitor_on=ago(1),
        contract_end=ago(3),
    )
    caps = {cap.id: cap for cap in scored(inputs).caps}
    assert set(caps) == set(CAP_IDS)
    assert caps["cancellation"].why == "they gave notice on 2026-06-01"
    assert caps["critical_complaint"].clears == "resolve C-9"
    assert caps["role_left"].why == "Per, economic buyer, left 40 days ago and nobody took over"
    assert caps["invoice_overdue"].why == "an invoice is 70 days overdue"
    assert caps["competitor"].why == "they look at a competitor since 2026-05-31"
    assert caps["competitor"].clears == "the evaluation is over"
    assert caps["buyer_silent"].why.startswith("the contract has ended undecided and we know no")
    assert caps["buyer_silent"].clears == "find the economic buyer and speak with them"
    assert caps["weak_dimension"].why.startswith("below 30: relationship")
    assert cap_why("buyer_silent", (1, ("Per",))).startswith("renewal in 1 day and no two-way")
    assert cap_clears("buyer_silent", (1, ("Per",))) == "speak with the economic buyer and log it"


def test_what_lifts_a_cap_comes_first_and_stands_once() -> None:
    holder = PersonFact(5, 5, "Per", ("economic_buyer",), last_two_way_on=ago(200))
    inputs = example(people=(holder,), complaints=(LATE,))
    fixes = explain(scored(inputs), inputs).fixes
    assert [(fix.action, fix.rows, fix.lifts_cap) for fix in fixes[:2]] == [
        ("resolve_complaint", (9,), True),
        ("log_touchpoint", (5,), True),
    ]
    assert len({(fix.action, fix.rows, fix.text) for fix in fixes}) == len(fixes)
    assert sum(fix.rows == (9,) for fix in fixes) == 1
    points = [fix.points for fix in fixes if not fix.lifts_cap]
    assert points == sorted(points, reverse=True)


def test_a_role_that_left_asks_for_a_successor() -> None:
    gone = PersonFact(5, 5, "Per", ("champion",), active=False, left_on=ago(40))
    inputs = bare(people=(gone,), last_two_way_on=TODAY)
    fix = explain(scored(inputs), inputs).fixes[0]
    assert (fix.action, fix.text) == ("add_person", "find the champion and add them")


def test_fixes_for_goals_renewal_stance_and_pulse() -> None:
    base = example()
    people = (base.people[0]._replace(stance="opponent"), *base.people[1:])
    inputs = replace(
        base, people=people, milestones=(MilestoneFact(61, 120), MilestoneFact(62, 45))
    )
    fixes = {fix.for_id: fix for fix in explain(scored(inputs), inputs).fixes}
    assert (fixes["O1"].action, fixes["O1"].rows) == ("objective", (32,))
    assert (fixes["C1"].action, fixes["C1"].rows) == ("milestone", (61, 62))
    assert (fixes["R3"].text, fixes["R3"].rows) == ("hear what Per minds, and log it", (11,))
    assert (fixes["P1"].action, fixes["P1"].rows) == ("pulse", (52,))
    assert fixes["R1"].rows == ()
    assert sum(fix.points for fix in fixes.values() if fix.for_id == "S1") > 0


def test_there_is_nothing_to_fix_in_a_fair_stance_and_good_pulses() -> None:
    inputs = replace(example(), pulses=example().pulses[:1], people=example().people[:1])
    found = {fix.for_id for fix in explain(scored(inputs), inputs).fixes}
    assert not found & {"R3", "P1"}


def test_actions_that_do_not_exist_yet_are_not_offered() -> None:
    inputs = example()
    fixes = explain(scored(inputs), inputs, {"pulse"}).fixes
    assert [fix.action for fix in fixes] == ["pulse"]


def test_notes() -> None:
    assert explain(scored(example()), example()).note.startswith("uncalibrated")
    poor = bare(starter_known=2)
    assert explain(scored(poor), poor).note.startswith("starter 2 of 4")
    fresh = example(started_on=TODAY)
    assert explain(scored(fresh), fresh).note.startswith("new")
    checked = replace(CONFIG, calibrated=True)
    assert explain(score_health(example(), checked), example()).note == ""
    empty = finish(bare(), CONFIG, "x", combine(CONFIG.profiles[0], {}))
    found = explain(empty, bare())
    assert (found.lines, found.note) == ((), "nothing is known that counts")


def test_what_changed_adds_up_to_the_change_of_raw() -> None:
    before, after = scored(example(csat=())), scored(example(complaints=(LATE,)))
    changes = changed(before, after)
    assert before.raw is not None
    assert after.raw is not None
    assert sum(one.delta for one in changes) == pytest.approx(after.raw - before.raw, abs=1e-8)
    new = next(one for one in changes if one.id == "V2")
    assert (new.before, new.after) == (None, 75)
    assert changed(before, before) == ()


def test_the_json_document_has_the_agreed_shape() -> None:
    score = scored(example(complaints=(LATE,)))
    document = json.loads(json.dumps(as_json(score, "Nordic Foods AB")))
    assert set(document) == {
        "account",
        "as_of",
        "config_version",
        "calibrated",
        "score",
        "raw",
        "band",
        "coverage",
        "override",
        "caps",
        "dimensions",
    }
    assert (document["account"], document["as_of"]) == ("Nordic Foods AB", "2026-06-01")
    assert (document["score"], document["band"], document["override"]) == (49, "red", None)
    assert document["caps"][0]["clears"] == "resolve C-9"
    measures = [one for dim in document["dimensions"] for one in dim["measures"]]
    assert set(measures[0]) == {"id", "weight", "score", "confidence", "lost", "why", "rows"}
    assert measures[0]["rows"] == ["77"]
    assert sum(one["lost"] for one in measures) == pytest.approx(100 - document["raw"], abs=1e-9)
    missing = next(one for one in measures if one["id"] == "V3")
    assert (missing["score"], missing["lost"], missing["rows"]) == (None, 0, [])


def test_the_why_of_data_is_never_a_format_string() -> None:
    hostile = example().objectives[1]._replace(title="{0} {name} %s [/]")
    score = scored(example(objectives=(hostile,)))
    assert next(one.why for one in score.measures if one.id == "O1") == "behind: {0} {name} %s [/]"


def test_a_reading_without_rows_has_none() -> None:
    score = finish(bare(), CONFIG, "x", combine(CONFIG.profiles[0], {"R1": Reading(10.0)}))
    assert score.measures[0].rows == ()
    assert score.measures[1].rows == ()
    assert score.measures[1].facts == ()
    assert score.measures[1].confidence == 0.0
