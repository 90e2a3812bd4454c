"""Touchpoints, complaints and pulses by command, and the way of a complaint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]


@pytest.fixture
def acme(done: Done) -> dict[str, Any]:
    """An account with a person."""
    account: dict[str, Any] = done("account", "add", "Acme")
    done("person", "add", "Maria", "--account", "Acme", "--role", "champion")
    return account


def test_a_call_from_yesterday_with_a_promise(done: Done, acme: dict[str, Any]) -> None:
    record = done(
        "log", "touchpoint", "Acme", "--with", "Maria", "--kind", "call",
        "--at", "yesterday 14:00", "--note", "prices", "--promise", "price list",
        "--promise-due", "fri", "--sentiment", "-1", "--function", "sales", "--intent", "help",
    )  # fmt: skip
    assert (record["account_id"], record["people"]) == (acme["id"], ["Maria"])
    assert (record["occurred_on"], record["occurred_at"]) == (
        "2026-03-10", "2026-03-10T14:00:00+00:00",
    )  # fmt: skip
    assert (record["two_way"], record["direction"], record["sentiment"]) == (True, "out", -1)
    assert (record["note"], record["function"], record["intent"]) == ("prices", "sales", "help")
    (action,) = done("actions")
    assert (action["action"], action["due"]) == ("price list", "2026-03-13")


def test_the_kind_says_what_is_two_way_unless_told(done: Done, acme: dict[str, Any]) -> None:
    def two_way(*words: str) -> bool:
        record = done("log", "touchpoint", acme["id"], *words)
        assert isinstance(record["two_way"], bool)
        return record["two_way"]

    assert not two_way("--kind", "email")
    assert two_way("--kind", "email", "--direction", "in")
    assert two_way("--kind", "email", "--two-way")
    assert not two_way("--kind", "call", "--unanswered")
    assert not two_way("--kind", "meeting", "--one-way")


@pytest.mark.parametrize(
    "words",
    [("--kind", "call", "--at", "tomorrow"), ("--kind", "call", "--at", "2026-03-12"),
     ("--kind", "call", "--at", "whenever"), ("--kind", "smoke"),
     ("--kind", "call", "--sentiment", "3"), ("--kind", "call", "--with", "Nobody"),
     ("--kind", "call", "--direction", "up"), ("--kind", "call", "--function", "legal"),
     ("--kind", "call", "--promise", "x", "--promise-due", "never")],
)  # fmt: skip
def test_a_wrong_touchpoint_is_refused_and_nothing_is_logged(
    ask: Ask, done: Done, acme: dict[str, Any], words: tuple[str, ...]
) -> None:
    got = ask("log", "touchpoint", acme["name"], *words)
    assert got.code == 1
    assert got.out == ""
    assert done("touchpoints") == []
    assert done("actions") == []


def test_a_person_of_another_account_is_refused(ask: Ask, done: Done, acme: Any) -> None:
    done("account", "add", "Bolt")
    done("person", "add", "Zoe", "--account", "Bolt")
    got = ask("log", "touchpoint", acme["name"], "--kind", "call", "--with", "Zoe")
    assert got.code == 1
    assert "Zoe does not belong" in got.err


def test_a_promise_without_words_is_wrong_usage(ask: Ask, acme: Any) -> None:
    got = ask("log", "touchpoint", acme["name"], "--kind", "call", "--promise-due", "fri")
    assert got.code == 2


def test_a_complaint_gets_its_number_and_its_clocks(done: Done, acme: Any) -> None:
    record = done(
        "log", "complaint", acme["name"], "--title", "late delivery", "--severity", "High",
        "--with", "Maria", "--at", "2026-03-10 10:00", "--ack-target", "2h",
        "--response-target", "4h", "--resolution-target", "3d", "--owner", "Ben",
        "--detail", "d", "--channel", "phone",
    )  # fmt: skip
    assert (record["number"], record["severity"], record["stage"]) == ("C-1", "high", "received")
    assert record["ack_due"] == "2026-03-10T12:00:00+00:00"
    assert record["response_due"] == "2026-03-10T14:00:00+00:00"
    assert record["resolution_due"] == "2026-03-13T10:00:00+00:00"
    assert (record["owner"], record["account"], record["waiting"]) == ("Ben", "Acme", False)


@pytest.mark.parametrize(
    "words",
    [("--ack-target", "soon"), ("--severity", "huge"), ("--at", "tomorrow"),
     ("--response-target", "3d", "--resolution-target", "1h"), ("--with", "Nobody")],
)  # fmt: skip
def test_a_wrong_complaint_is_refused(
    ask: Ask, done: Done, acme: Any, words: tuple[str, ...]
) -> None:
    assert ask("log", "complaint", acme["name"], "--title", "t", *words).code == 1
    assert done("complaints") == []


def test_a_complaint_goes_its_way(ask: Ask, done: Done, acme: Any) -> None:
    done("log", "complaint", acme["name"], "--title", "t", "--at", "2026-03-02 09:00",
         "--resolution-target", "3d")  # fmt: skip
    assert done("complaint", "ack", "c-1", "--at", "2026-03-02 10:00")["stage"] == "acknowledged"
    assessed = done("complaint", "assess", "C-1", "--severity", "critical", "--at", "2026-03-02")
    assert (assessed["stage"], assessed["severity"]) == ("assessed", "critical")
    assert done("complaint", "pause", "C-1", "--at", "2026-03-03 09:00")["waiting"]
    resumed = done("complaint", "resume", "C-1", "--at", "2026-03-04 09:00")
    assert not resumed["waiting"]
    assert resumed["resolution_due"] == "2026-03-05T17:00:00+00:00"
    found = done("complaint", "investigate", "C-1", "--root-cause", "price file")
    assert found["root_cause"] == "price file"
    answered = done("complaint", "answer", "C-1", "--remedy", "refund", "--promised", "a call")
    assert (answered["remedy_given"], answered["promised"]) == ("refund", "a call")
    closed = done("complaint", "close", "C-1", "--satisfied", "--why", "an old file")
    assert (closed["stage"], closed["satisfied"]) == ("closed", True)
    assert done("complaint", "reopen", "C-1", "--reason", "x")["stage"] == "reopened"
    handed = done("complaint", "hand", "C-1", "--to", "Cem")
    assert handed["owner"] == "Cem"
    wrong = ask("complaint", "ack", "C-1")
    assert wrong.code == 1
    assert "C-1 is reopened" in wrong.err


def test_an_unknown_complaint_and_an_empty_owner(ask: Ask, acme: Any) -> None:
    assert ask("complaint", "ack", "C-7").code == 1
    assert ask("log", "complaint", acme["name"], "--title", "t").code == 0
    assert ask("complaint", "hand", "C-1", "--to", " ").code == 2


def test_a_pulse_and_its_reason(ask: Ask, done: Done, acme: Any) -> None:
    record = done("log", "pulse", acme["name"], "4", "--function", "Sales")
    assert (record["score"], record["function"], record["given_on"]) == (4, "sales", "2026-03-11")
    assert ask("log", "pulse", acme["name"], "1", "--function", "sales").code == 1
    low = done("log", "pulse", acme["name"], "1", "--function", "sales", "--reason", "angry")
    assert low["reason"] == "angry"
    assert ask("log", "pulse", acme["name"], "6", "--function", "sales").code == 1
    assert ask("log", "pulse", acme["name"], "great").code == 2
    assert ask("log", "pulse", acme["name"], "3").code == 1


def test_a_call_that_nobody_answered_cannot_be_two_way(ask: Ask, done: Done, acme: Any) -> None:
    got = ask("log", "touchpoint", acme["name"], "--kind", "call", "--unanswered", "--two-way")
    assert got.code == 1
    assert "two_way" in got.err
    assert done("touchpoints") == []


def test_a_wait_does_not_begin_before_the_complaint_or_end_before_it_began(
    ask: Ask, done: Done, acme: Any
) -> None:
    done("log", "complaint", acme["name"], "--title", "x", "--at", "2026-03-09 10:00")
    early = ask("complaint", "pause", "C-1", "--at", "2026-03-06")
    assert (early.code, "before the complaint was opened" in early.err) == (1, True)
    done("complaint", "pause", "C-1", "--at", "2026-03-10 15:00")
    back = ask("complaint", "resume", "C-1", "--at", "2026-03-09")
    assert (back.code, "before the waiting began" in back.err) == (1, True)
    assert done("complaints")[0]["waiting"]
    done("complaint", "resume", "C-1", "--at", "2026-03-10")
    assert not done("complaints")[0]["waiting"]
