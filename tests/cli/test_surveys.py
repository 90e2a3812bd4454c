"""Files of answers, the figures of surveys, and surveys sent, by command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask
from tests.makers import World

ACCOUNT = "Nordic Oy"
QUESTION = "On a scale of 0-10, how would you rate Sudzilla?"
Do = Callable[..., Any]


def test_the_sample_survey_gives_its_published_figure_and_its_twin_39_duplicates(
    done: Do, ask: Ask, samples: Path
) -> None:
    first, second = (str(samples / "preppin_040" / "inputs" / f"input_0{n}.csv") for n in (1, 2))
    maps = ("--map", f"{QUESTION}=score", "--map", "...why?=comment")
    asked = ask("import", "surveys", first, *maps)
    assert (asked.code, "--dates dmy or --dates mdy" in asked.err) == (1, True)
    got = done("import", "surveys", first, *maps, "--dates", "mdy")
    assert (got["rows"], got["created"], got["failed"]) == (39, 39, 0)
    again = done("import", "surveys", second, *maps)
    assert (again["created"], again["skipped"], again["batch"]) == (0, 39, None)
    figures = done("nps")
    assert figures["nps"] | {"method": ""} == {
        "value": "-35.897436", "unit": "points", "n": 39, "method": "", "promoters": 8,
        "passives": 9, "detractors": 22,
    }  # fmt: skip
    assert figures["weighted_nps"]["value"] is None
    assert figures["csat"]["value"] is None
    assert (figures["from"], figures["to"]) == (None, "2026-03-11")
    out = ask("nps").out
    assert "-35.9" in out
    assert "promoters 8, passive 9, detractors 22" in out
    assert ask("undo").code == 0
    assert done("nps")["nps"]["n"] == 0


def test_what_a_file_says_is_told(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("date,nps score,colour\n2026-03-01,9,red\n2026-03-01,-2,blue\n")
    got = ask("import", "surveys", str(path))
    assert got.code == 1
    assert "Answers to NPS (its column is called so)." in got.out
    assert "Columns that fill no field, left out: colour" in got.out
    assert "line 3: nps score: a score is never negative" in got.out
    path.write_text("date,score\n2026-03-01,4\n")
    assert "Say --survey nps" in ask("import", "surveys", str(path)).err
    assert ask("import", "surveys", str(path), "--survey", "CES", "--effort-high").code == 0
    assert ask("import", "accounts", str(path), "--survey", "ces").code == 2
    assert ask("import", "calendar", str(path), "--effort-high").code == 2


def test_figures_are_of_a_window_an_account_and_by_groups(done: Do, ask: Ask, world: World) -> None:
    done("account", "set", ACCOUNT, "--tier", "1")
    for score, at in (("10", "2026-01-05"), ("9", "2026-03-02")):
        done("log", "survey", ACCOUNT, "--kind", "nps", "--score", score, "--with", "Joe",
             "--at", at)  # fmt: skip
    done("log", "survey", "--kind", "csat", "--score", "3", "--anonymous", "--at", "2026-03-01")
    whole = done("nps", "--from", "2026-03-01", "--to", "2026-03-05", "--by", "tier")
    assert (whole["by"], whole["csat"]["value"], whole["meh"]["value"]) == (
        "tier", "0.000000", "100.000000",
    )  # fmt: skip
    groups = {one["group"]: one for one in whole["groups"]}
    assert groups["1"]["nps"]["value"] == "100.000000"
    assert groups[None]["csat"]["n"] == 1
    mine = done("nps", "--account", ACCOUNT, "--days", "10")
    assert (mine["account"], mine["from"], mine["csat"]["n"]) == (ACCOUNT, "2026-03-02", 0)
    shown = ask("nps", "--by", "owner", "--days", "30").out
    assert "answers from 2026-02-10 to 2026-03-11" in shown
    assert "revenue covered" in shown
    assert ask("nps", "--from", "2026-03-05", "--to", "2026-03-01").code == 1
    assert ask("nps", "--from", "2026-03-05", "--days", "3").code == 2
    assert ask("nps", "--from", "sometime").code == 1
    assert ask("nps", "--account", "Nobody").code == 1
    assert world.account


def test_a_survey_is_sent_and_comes_back(done: Do, ask: Ask, world: World) -> None:
    done("log", "touchpoint", ACCOUNT, "--kind", "qbr", "--with", "Joe")
    tasks = [one for one in done("actions") if one["action"] == "send the survey: QBR done"]
    assert len(tasks) == 1
    made = done("survey", "sent", ACCOUNT, "--with", "Joe")
    assert (made["kind"], made["trigger"], made["person"], made["delivered"]) == (
        "nps", "qbr_done", "Joe", True,
    )  # fmt: skip
    assert not [one for one in done("actions") if one["id"] == tasks[0]["id"]]
    back = done("survey", "bounced", ACCOUNT, "--with", "Joe")
    assert (back["id"], back["delivered"]) == (made["id"], False)
    assert len(done("survey", "sends", "--limit", "1")) == 1
    rows = [one for one in done("survey", "sends", "--account", ACCOUNT) if one["person"] == "Joe"]
    assert [(one["id"], one["delivered"]) for one in rows] == [(made["id"], False)]
    assert "came back" in ask("survey", "sends").out
    assert "is known to have arrived" in ask("survey", "bounced", ACCOUNT, "--with", "Joe").err
    assert "none of nps" in ask("survey", "sent", ACCOUNT, "--kind", "stars").err
    assert "future" in ask("survey", "sent", ACCOUNT, "--at", "tomorrow").err
    assert world.account


def test_a_bad_answer_shows_who_is_to_call(done: Do, world: World) -> None:
    done("log", "survey", ACCOUNT, "--kind", "nps", "--score", "2", "--with", "Maria")
    (row,) = [one for one in done("actions") if one["action"] == "call Maria back: NPS 2 of 10"]
    assert row["due"] == "2026-03-13"
    assert world.account


@pytest.mark.usefixtures("world")
def test_no_survey_goes_to_who_opted_out_and_that_is_said(done: Do, ask: Ask) -> None:
    done("person", "set", "Joe", "--account", ACCOUNT, "--consent", "withdrawn")
    got = ask("log", "touchpoint", ACCOUNT, "--kind", "qbr", "--with", "Joe")
    assert "No survey is sent: Joe wants no outreach." in got.out + got.err


@pytest.mark.usefixtures("world")
def test_a_setting_says_which_survey_follows_what(done: Do, ask: Ask) -> None:
    assert done("settings", "survey.qbr_done", "none")
    done("log", "touchpoint", ACCOUNT, "--kind", "qbr", "--with", "Joe")
    assert not [one for one in done("actions") if one["action"].startswith("send the survey")]
    assert "none of nps, csat, ces" in ask("settings", "survey.qbr_done", "maybe").err


def test_the_figures_month_by_month(done: Any, ask: Any) -> None:
    done("account", "add", "Monthly")
    for score, at in ((9, "2026-01-05"), (3, "2026-01-20"), (10, "2026-03-02")):
        done("log", "survey", "Monthly", "--kind", "nps", "--score", str(score), "--anonymous",
             "--at", at)  # fmt: skip
    found = done("nps", "--account", "Monthly", "--by", "month")
    assert [one["group"] for one in found["groups"]] == ["2026-01", "2026-03"]
    said = ask("nps", "--account", "Monthly", "--by", "month").out
    assert said.rindex("2026-01") < said.rindex("2026-03  1  100")
    assert [float(one["nps"]["value"]) for one in found["groups"]] == [0.0, 100.0]
