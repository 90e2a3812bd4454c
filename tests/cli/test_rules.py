"""``criteria``, ``criterion``, ``alerts`` and ``alert``. The day is Wed 2026-03-11."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]
ONLINE = ("criterion", "add", "online", "--metric", "orders ONLINE", "--good", "60", "--poor", "30")


@pytest.fixture
def acme(done: Done) -> str:
    """An account with a plan and a goal."""
    done("me", "Ann", "--function", "success")
    done("account", "add", "Acme", "--owner", "Ann", "--tier", "1")
    done("plan", "new", "Acme")
    done("plan", "objective", "Acme", "--objective", "More online", "--metric", "Orders online",
         "--baseline", "10", "--target", "80", "--due", "2027-01-31")  # fmt: skip
    return "Acme"


def goal(done: Done) -> tuple[str, str]:
    """The goal's status and who gave it."""
    (found,) = done("plan", "progress", "Acme")
    return found["status"], found["status_by"]


def test_a_criterion_judges_goals_and_the_plan_names_it(ask: Ask, done: Done, acme: str) -> None:
    made = done(*ONLINE, "--segment", "tier:1")
    assert (made["name"], made["good"], made["less_is_better"]) == ("online", 60.0, False)
    done("plan", "measure", acme, "--actual", "20")
    assert goal(done) == ("off_track", "criterion")
    (listed,) = done("criteria")
    assert (listed["metric"], listed["off_track"]) == ("orders ONLINE", 1)
    shown = " ".join(ask("plan", "show", acme).out.split())
    assert "status by criterion online: on track at 60 or more, off track at 30 or less" in shown
    assert "online" in ask("criteria").out
    assert ask("criterion", "set", "online", "--poor", "5").code == 0
    assert goal(done) == ("at_risk", "criterion")
    done("undo")
    assert goal(done) == ("off_track", "criterion")
    done("account", "set", acme, "--tier", "2")
    assert goal(done) == ("off_track", "hand")
    assert done("criteria", "apply") == {"changed": 0}
    assert done("criterion", "archive", "online")["archived_at"] is not None
    assert done("criteria") == []


def test_what_makes_no_criterion_is_said(ask: Ask, acme: str) -> None:  # noqa: ARG001
    for words, said in (
        (("--segment", "band:red"), "band changes without a change of the account"),
        (("--segment", "tier:7"), "is no tier"),
        (("--good", "much"), "much"),
        (("--poor", "60"), "worse than good"),
    ):
        got = ask(*ONLINE, *words)
        assert (got.code, said in got.err) == (1, True), got.err
    assert ask("criterion", "add", "x", "--good", "1").code == 2
    assert "answers to" in ask("criterion", "archive", "nothing").err


def test_less_is_better_where_good_is_below_poor(done: Done, acme: str) -> None:  # noqa: ARG001
    made = done("criterion", "add", "few", "--metric", "m", "--good", "2", "--poor", "5")
    assert made["less_is_better"] is True


def test_an_alert_is_on_today_until_it_is_answered(ask: Ask, done: Done, acme: str) -> None:
    got = ask("alert", "add", "quiet", "--segment", "tier:1 touch>45", "--advice", "Call.")
    assert "Every account of the book meets quiet: 1 of 1." in got.err
    (found,) = done("alerts")
    assert (found["account"], found["colleague"], found["rule"]) == ("Acme", "Ann", "quiet")
    assert done("alerts", "--mine", "--rule", "quiet", "--limit", "1") == [found]
    assert [row["what"] for row in done("today", "--filter", "kind:alert")] == ["quiet: Call."]
    answered = done("alert", "answer", acme, "--until", "2026-03-20", "--reason", "on holiday")
    assert (answered["account"], answered["until_on"]) == ("Acme", "2026-03-20")
    assert done("alerts") == []
    assert done("today", "--filter", "kind:alert") == []
    (rule,) = done("alerts", "rules")
    assert (rule["meets"], rule["aside"]) == (0, 1)
    assert len(done("--today", "2026-03-20", "alerts")) == 1
    done("alert", "set", "quiet", "--segment", "tier:2", "--function", "sales", "--name", "two")
    assert "two" in ask("alerts", "rules").out
    assert done("--today", "2026-03-20", "alerts") == []
    done("alert", "archive", "two")
    assert done("alerts", "rules") == []


def test_what_makes_no_rule_is_said(ask: Ask, acme: str) -> None:
    assert ask("alert", "add", "x").code == 2
    for segment, said in (("", "missing"), ("owner:me", "whole team's"), ("foo:1", "no field")):
        got = ask("alert", "add", "x", "--segment", segment)
        assert (got.code, said in got.err) == (1, True), got.err
    ask("alert", "add", "x", "--segment", "tier:1")
    late = ask("alert", "answer", acme, "--until", "2026-03-11", "--reason", "r")
    assert (late.code, "after today" in late.err) == (1, True)
