"""Signals and survey answers by command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

ACCOUNT = "Nordic Oy"
Do = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("world")


def test_a_signal_is_logged_listed_declined_and_opened_again(done: Do, ask: Ask) -> None:
    made = done("log", "signal", ACCOUNT, "--signal", "They hire a buyer", "--kind", "news",
                "--from", "local paper", "--sentiment", "-1", "--with", "Maria",
                "--at", "yesterday 10:00")  # fmt: skip
    assert (made["heard_on"], made["heard_from"], made["sentiment"], made["person"]) == (
        "2026-03-10", "local paper", -1, "Maria",
    )  # fmt: skip
    listed = done("signals", "--account", ACCOUNT, "--open", "--kind", "news")
    assert [(one["id"], one["signal"], one["outcome"]) for one in listed] == [
        (made["id"], "They hire a buyer", None)
    ]
    refused = ask("signal", "close", made["id"], "--outcome", "declined")
    assert refused.code == 1
    assert "say why" in refused.err
    closed = done("signal", "close", made["id"], "--outcome", "declined", "--note", "no news")
    assert (closed["outcome"], closed["outcome_note"]) == ("declined", "no news")
    assert done("signals", "--kind", "news", "--open") == []
    assert done("signal", "reopen", made["id"])["outcome"] is None
    changed = done("signal", "set", made["id"], "--sentiment", "", "--signal", "They hire two")
    assert (changed["sentiment"], changed["signal"]) == (None, "They hire two")
    assert "They hire two" in ask("signals", "--kind", "news").out


def test_a_wrong_kind_id_or_future_is_told_in_words(ask: Ask) -> None:
    assert "none of mention" in ask("signals", "--kind", "gossip").err
    assert "is no id" in ask("signal", "close", "x").err
    assert "no signal with the id 5" in ask("signal", "close", "5").err
    wrong = ask("log", "signal", ACCOUNT, "--signal", "x", "--at", "tomorrow")
    assert "future" in wrong.err


def test_an_answer_is_named_or_anonymous_and_never_neither(done: Do, ask: Ask) -> None:
    one = done("log", "survey", ACCOUNT, "--kind", "csat", "--score", "2", "--with", "Joe",
               "--trigger", "qbr done", "--comment", "meh")  # fmt: skip
    assert (one["person"], one["highest"], one["trigger"]) == ("Joe", 5, "qbr_done")
    nobody = done("log", "survey", ACCOUNT, "--kind", "nps", "--score", "9", "--anonymous")
    assert nobody["person_id"] is None
    assert "person" not in nobody
    booked = done("log", "survey", "--kind", "ces", "--score", "3", "--anonymous")
    assert (booked["account_id"], booked["highest"]) == (None, 7)
    assert ask("log", "survey", ACCOUNT, "--kind", "nps", "--score", "9").code == 2
    assert ask("log", "survey", "--kind", "nps", "--score", "9", "--with", "Joe").code == 2
    assert "0 to 10" in ask("log", "survey", ACCOUNT, "--kind", "nps", "--score", "11",
                            "--anonymous").err  # fmt: skip
    rows = done("surveys", "--account", ACCOUNT, "--limit", "2")
    assert [(row["kind"], row["person"]) for row in rows] == [("nps", None), ("csat", "Joe")]
    assert "anonymous" in ask("surveys").out
    assert "none of nps" in ask("surveys", "--kind", "stars").err


def test_the_journey_and_who_sends_what_by_command(done: Do, ask: Ask) -> None:
    done("account", "set", ACCOUNT, "--stage", "adopting")
    done("log", "touchpoint", ACCOUNT, "--kind", "letter", "--function", "sales", "--at", "fri")
    found = done("matrix", "journey", "--account", ACCOUNT)
    rows = {row["stage"]: row for row in found["rows"]}
    assert rows["adopting"]["accounts"] == 1
    assert (found["days"], found["as_of"]) == (365, "2026-03-11")
    assert sum(row["touches"].get("letter", 0) for row in found["rows"]) == 1
    assert "by the stage now" in ask("matrix", "journey").out
    assert "nothing is yours" in ask("matrix", "journey", "--mine").err
    assert ask("matrix", "journey", "--mine", "--account", ACCOUNT).code == 2
    assert ask("matrix", "journey", "--days", "0").code == 2
    sent = done("matrix", "sends", ACCOUNT)
    assert [row["state"] for row in sent if row["channel"] == "letter"] == ["not_planned"]
    assert "no line plans it" in ask("matrix", "sends", ACCOUNT).out


def test_talk_time_by_command(done: Do, ask: Ask) -> None:
    rows = done("talk-time", "--by", "account")
    assert [(row["group"], row["minutes"]) for row in rows] == [(ACCOUNT, None)]
    assert rows[0]["talks"] == rows[0]["without_minutes"]
    assert "talks say no minutes" in ask("talk-time").out
    assert ask("talk-time", "--by", "weekday").code == 2
