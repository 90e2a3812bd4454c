"""Plan templates and playbooks as people write them: what is read, and what is said of the rest."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.entity import NAME_MAX
from planner.plan_templates import PlanTemplate, read_template, template_for
from planner.playbooks import (
    Circumstances,
    Offset,
    Playbook,
    parse_offset,
    parse_trigger,
    read_playbook,
    trigger_words,
)
from planner.text import visible
from planner.use_cases.plans import MAX_OBJECTIVES
from planner.vocabulary import FUNCTIONS, STAGES, TIERS
from planner.written_file import LINE_MAX

STARTERS = files("planner").joinpath("starter_set")
PLAYBOOK = """
name = "calm"
trigger = "manual"
[[tasks]]
key = "ring"
task = "Ring them"
at = "+2"
owner = "success"
done_means = "They answered."
"""
TEMPLATE = """
name = "mine"
size = "standard"
"""


def said_of_playbook(text: str) -> list[str]:
    """The sentences about a playbook."""
    found, problems = read_playbook(tomllib.loads(text), "calm.toml")
    assert (found is None) == bool(problems)
    return [one.sentence for one in problems]


def said_of_template(text: str) -> list[str]:
    """The sentences about a template."""
    found, problems = read_template(tomllib.loads(text), "mine.toml")
    assert (found is None) == bool(problems)
    return [one.sentence for one in problems]


def playbook(text: str = PLAYBOOK) -> Playbook:
    found, problems = read_playbook(tomllib.loads(text), "calm.toml")
    assert found is not None, problems
    return found


def template(text: str = TEMPLATE) -> PlanTemplate:
    found, problems = read_template(tomllib.loads(text), "mine.toml")
    assert found is not None, problems
    return found


# What is read


def test_a_playbook_is_read_with_its_trigger_and_dated_tasks() -> None:
    found = playbook(PLAYBOOK.replace("manual", "renewal<90").replace("+2", "end-30"))
    assert (found.name, str(found.trigger), found.needs_end) == ("calm", "renewal<90", True)
    (task,) = found.tasks
    assert (task.key, task.owner, task.side, str(task.at)) == ("ring", "success", "we", "end-30")
    assert task.at.day(date(2026, 1, 1), date(2026, 12, 31)) == date(2026, 12, 1)
    assert not playbook().needs_end
    assert playbook().tasks[0].at.day(date(2026, 1, 30), date.max) == date(2026, 2, 1)


def test_a_template_is_read_with_its_header_and_its_suggested_rows() -> None:
    found = template(
        TEMPLATE
        + """
        tiers = [2]
        stages = ["adopting"]
        sections = ["enablement"]
        needed_roles = ["sponsor"]
        risks = ["They leave."]
        [header]
        north_star = "NRR"
        period_months = 12
        review_every_days = 30
        [[objectives]]
        objective = "Use it"
        baseline = 10
        target = 20.5
        due_after_days = 90
        [[actions]]
        action = "Show it"
        side = "they"
        due_after_days = 5
        done_means = "Seen."
        shared = true
        """
    )
    assert (found.size, found.sections, found.needed_roles) == (
        "standard", ("enablement",), ("sponsor",),
    )  # fmt: skip
    assert (found.north_star, found.period_months, found.review_every_days) == ("NRR", 12, 30)
    goal, action = found.objectives[0], found.actions[0]
    assert (goal.baseline, goal.target, goal.priority, goal.due_after_days) == (10, 20.5, 2, 90)
    assert (action.side, action.shared, action.promised) == ("they", True, False)


def test_a_template_of_the_stage_comes_before_one_of_the_tier_and_that_before_one_of_all() -> None:
    everybody = template('name = "a"')
    tier = template('name = "b"\ntiers = [1]')
    tiers = template('name = "c"\ntiers = [1, 2]')
    stage = template('name = "d"\nstages = ["renewal"]')
    all_of_them = (everybody, tiers, tier, stage)
    assert template_for(all_of_them, 1, "renewal") is stage
    assert template_for(all_of_them, 1, "adopting") is tier
    assert template_for(all_of_them, 2, None) is tiers
    assert template_for(all_of_them, None, None) is everybody
    assert template_for((tier, stage), 3, "adopting") is None
    assert template_for((template('name = "e"\ntiers = [3]'),), None, None) is not None


@pytest.mark.parametrize(
    ("trigger", "now", "calls"),
    [
        ("manual", Circumstances("renewal", 3, "red", ("critical",)), False),
        ("stage:onboarding", Circumstances(stage="onboarding"), True),
        ("stage:onboarding", Circumstances(stage="renewal"), False),
        ("renewal<120", Circumstances(days_to_end=119), True),
        ("renewal<120", Circumstances(days_to_end=120), False),
        ("renewal<120", Circumstances(days_to_end=-1), False),
        ("renewal<120", Circumstances(), False),
        ("band:red", Circumstances(band="red"), True),
        ("band:red", Circumstances(band="green"), False),
        ("complaint:critical", Circumstances(open_severities=("low", "critical")), True),
        ("complaint:critical", Circumstances(open_severities=("low",)), False),
        ("churn", Circumstances(stage="lost"), True),
        ("churn", Circumstances(), False),
    ],
)
def test_a_trigger_calls_for_its_playbook_where_it_holds(
    trigger: str, now: Circumstances, calls: bool
) -> None:
    found = parse_trigger(trigger)
    assert found is not None
    assert found.calls(now) is calls


@pytest.mark.parametrize("word", trigger_words())
def test_every_trigger_that_is_named_can_be_written(word: str) -> None:
    text = word.replace("N", "45")
    assert str(parse_trigger(text)) == text


@given(st.integers(0, 3650), st.booleans())
def test_an_offset_is_read_as_it_is_written(days: int, from_end: bool) -> None:
    offset = Offset(days, from_end)
    assert parse_offset(str(offset)) == offset


@given(st.text(max_size=12))
def test_what_is_no_offset_is_none_and_what_is_reads_the_same(text: str) -> None:
    found = parse_offset(text)
    assert found is None or parse_offset(str(found)) == found


@pytest.mark.parametrize("text", ["14", "+-3", "end", "end+3", "end-", "+3651", "+٣", " +3", "-3"])
def test_an_offset_that_is_almost_one_is_none(text: str) -> None:
    assert parse_offset(text) is None


# What is said of the rest


def test_every_problem_of_a_file_is_listed_with_file_table_and_key() -> None:
    said = said_of_playbook(
        """
        name = ""
        triger = "manual"
        [[tasks]]
        key = "ring"
        task = 5
        at = "in two weeks"
        owner = "succes"
        side = "us"
        shared = "yes"
        zz = 3
        [[tasks]]
        key = "ring"
        task = "Write"
        at = "+3"
        owner = "sales"
        done_means = "Sent."
        depends_on = ["rang"]
        """
    )
    assert said == [
        "calm.toml, name: it is empty.",
        "calm.toml, trigger: it is missing.",
        "calm.toml, [[tasks]] 1, task: 5 is no text; put it in quotes.",
        'calm.toml, [[tasks]] 1, at: "in two weeks" is no offset; write "+14" for 14 days after'
        ' the start, "end-90" for 90 days before the contract ends.',
        'calm.toml, [[tasks]] 1, owner: "succes" is none of marketing, sales, success, service.'
        " Did you mean success?",
        "calm.toml, [[tasks]] 1, done_means: it is missing.",
        'calm.toml, [[tasks]] 1, side: "us" is none of we, they.',
        'calm.toml, [[tasks]] 1, shared: "yes" is neither true nor false.',
        "calm.toml, [[tasks]] 1, zz: there is no such key here.",
        'calm.toml, [[tasks]] 2, key: "ring" is the key of [[tasks]] 1 already.',
        'calm.toml, [[tasks]] 2, depends_on: there is no task with the key "rang".'
        " Did you mean ring?",
        "calm.toml, triger: there is no such key here. Did you mean trigger?",
    ]


@pytest.mark.parametrize(
    ("was", "then", "words"),
    [
        ('"manual"', '"stage:onbording"', "Did you mean stage:onboarding?"),
        ('"manual"', '"renewal<0"', "calls for nothing; there are manual, renewal<120, churn"),
        ('"calm"', '"' + "n" * (LINE_MAX + 1) + '"', "it is longer than 1000 characters."),
        ('"calm"', '"\\u0000"', "it holds a NUL character."),
        ('"calm"', '"\\u200b"', "it is empty."),
        ("[[tasks]]", "[tasks]", "it is no list of tables; write [[tasks]] above each."),
        ('"+2"', "2", "2 is no text; put it in quotes."),
    ],
)
def test_a_playbook_that_is_wrong_in_one_thing_is_told_that(
    was: str, then: str, words: str
) -> None:
    (said,) = said_of_playbook(PLAYBOOK.replace(was, then))
    assert words in said


def test_a_playbook_without_tasks_is_told_how_to_write_one() -> None:
    (said,) = said_of_playbook('name = "calm"\ntrigger = "manual"')
    assert "tasks: a playbook needs at least one task" in said


def test_tasks_that_wait_for_each_other_are_told_as_a_ring() -> None:
    first = PLAYBOOK + 'depends_on = ["write"]\n'
    second = PLAYBOOK[PLAYBOOK.index("[[") :].replace('"ring"', '"write"')
    (said,) = said_of_playbook(first + second + 'depends_on = ["ring"]\n')
    assert said.endswith("the tasks wait for each other: ring needs write needs ring.")
    (said,) = said_of_playbook(PLAYBOOK + 'depends_on = ["ring"]\n')
    assert said.endswith("the tasks wait for each other: ring needs ring.")


@pytest.mark.parametrize(
    ("at", "needed", "problem"),
    [("+2", "+3", True), ("+3", "+2", False), ("end-9", "end-8", True), ("end-8", "end-9", False),
     ("+2", "end-9", False), ("+2", "soon", False)],
)  # fmt: skip
def test_a_task_that_is_due_before_what_it_waits_for_is_told_so(
    at: str, needed: str, problem: bool
) -> None:
    first = PLAYBOOK.replace("+2", at) + 'depends_on = ["write"]\n'
    second = PLAYBOOK[PLAYBOOK.index("[[") :].replace('"ring"', '"write"').replace("+2", needed)
    said = [one for one in said_of_playbook(first + second) if "comes before" in one]
    told = f'{at} comes before {needed}, when "write" is due, for which it waits.'
    assert said == [f"calm.toml, [[tasks]] 1, at: {told}"] * problem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tiers = [4]", "mine.toml, tiers: 4 is no whole number from 1 to 3."),
        ("tiers = 1", "mine.toml, tiers: 1 is no list; write it in square brackets."),
        ("tiers = [true]", "mine.toml, tiers: true is no whole number from 1 to 3."),
        ('stages = ["renewals"]', "Did you mean renewal?"),
        ('sections = ["risk"]', "Did you mean risks?"),
        ("risks = [[]]", "mine.toml, risks: a list is no text; put it in quotes."),
        ("header = 3", "mine.toml, header: it is no table; write [header] on a line of its own."),
        ('[header]\nnorth_star_target = "5"', "it needs a north_star to be the target of."),
        ("[header]\nperiod_months = 0", "[header], period_months: 0 is no whole number"),
        ("[header]\nperiod_month = 1", "Did you mean period_months?"),
        ('[[objectives]]\nobjective = "x"\nbaseline = nan', "nan is no usable number."),
        ('[[objectives]]\nobjective = "x"\nbaseline = 1\ntarget = 1.0', "it equals the baseline"),
        ('[[objectives]]\nobjective = "x"\ntarget = {}', "a table is no usable number."),
        ('[[objectives]]\nobjective = "x"\n' * 6, f"there are 6; a plan holds at most "
         f"{MAX_OBJECTIVES}."),
        ('[[actions]]\naction = "x"\ndone_means = "y"', "due_after_days: it is missing."),
    ],
)  # fmt: skip
def test_a_template_that_is_wrong_in_one_thing_is_told_that(text: str, words: str) -> None:
    (said,) = said_of_template(TEMPLATE + text)
    assert words in said


def test_no_template_is_called_auto() -> None:
    (said,) = said_of_template('name = "Auto"')
    assert "choose another name" in said


def test_a_line_is_as_long_as_records_keep_it() -> None:
    assert LINE_MAX == NAME_MAX


KEYS = st.sampled_from([
    "name", "about", "trigger", "tasks", "key", "task", "at", "owner", "done_means", "depends_on",
    "side", "shared", "tiers", "stages", "size", "sections", "header", "objectives", "actions",
    "risks", "needed_roles", "north_star", "period_months", "baseline", "target", "priority",
])  # fmt: skip
WORDS = st.sampled_from(["+3", "end-4", "ring", "success", "manual", "starter", "renewal", ""])
LEAVES = (
    st.text(max_size=9) | WORDS | st.integers() | st.floats() | st.booleans() | st.dates()
    | st.datetimes() | st.times()
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=6)
    ),
)
DOCUMENTS = st.dictionaries(KEYS | st.text(max_size=5), VALUES, max_size=8)


@given(DOCUMENTS)
def test_any_file_is_read_or_told_what_is_wrong_and_nothing_is_raised(
    document: dict[str, Any],
) -> None:
    for read in (read_playbook, read_template):
        found, problems = read(document, "any.toml")
        assert (found is None) == bool(problems)
        for one in problems:
            assert one.sentence.startswith("any.toml")
            assert one.sentence.endswith((".", "?"))
            assert one.sentence == visible(one.sentence)


# The starter set


def shipped(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in STARTERS.joinpath(kind).iterdir():
        yield one.name, tomllib.loads(one.read_text(encoding="utf-8"))


def test_every_playbook_of_the_starter_set_is_right_and_called_like_its_file() -> None:
    found = [(name, *read_playbook(document, name)) for name, document in shipped("playbooks")]
    assert [problems for _name, _found, problems in found if problems] == []
    assert {name for name, *_rest in found} == {
        f"{one.name}.toml" for _name, one, _problems in found if one
    }
    assert {str(one.trigger) for _name, one, _problems in found if one} == {
        "stage:onboarding", "stage:adopting", "renewal<120", "band:red", "churn", "manual",
    }  # fmt: skip


def test_the_starter_set_has_a_template_for_every_tier_and_stage() -> None:
    found = [(name, *read_template(document, name)) for name, document in shipped("templates")]
    assert [problems for _name, _found, problems in found if problems] == []
    templates = [one for _name, one, _problems in found if one]
    assert {name for name, *_rest in found} == {f"{one.name}.toml" for one in templates}
    chosen = {
        (tier, stage): one.name
        for tier in (None, *TIERS)
        for stage in (None, *STAGES)
        if (one := template_for(templates, tier, stage))
    }
    assert len(chosen) == (len(TIERS) + 1) * (len(STAGES) + 1)
    assert chosen[1, "onboarding"] == "onboarding"
    assert chosen[3, "renewal"] == "renewal-light"
    assert chosen[2, "adopting"] == "tier-2"
    assert chosen[None, None] == "tier-3"


def test_each_starter_playbook_gives_work_to_at_least_three_functions() -> None:
    for name, document in shipped("playbooks"):
        found, _problems = read_playbook(document, name)
        assert found is not None
        assert len({task.owner for task in found.tasks}) >= len(FUNCTIONS) - 1, name
        assert all(len(task.done_means) > 20 for task in found.tasks)
