"""Who has a complaint, what is written under it, how it ends: by command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

ACCOUNT = "Nordic Oy"
Do = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("world")


def complain(done: Do, title: str = "Late", *more: str) -> str:
    made = done("log", "complaint", ACCOUNT, "--title", title, "--at", "2026-03-09 09:00",
                "--owner", "Ann", *more)  # fmt: skip
    return str(made["number"])


def test_a_hand_over_is_offered_listed_and_taken_back(done: Do, ask: Ask) -> None:
    number = complain(done)
    made = done("complaint", "hand", number, "--to", "Bob", "--note", "knows the site")
    assert (made["owner"], made["hand_note"]) == ("Ann", "knows the site")
    (row,) = done("handoffs")
    assert (row["kind"], row["number"], row["from_name"], row["to_name"], row["note"]) == (
        "complaint", number, "Ann", "Bob", "knows the site",
    )  # fmt: skip
    assert f"{number} Late" in ask("handoffs").out
    assert "does not know you" in ask("handoffs", "--mine").err
    assert "only they answer" in ask("complaint", "accept", number).err
    assert "only they answer" in ask("complaint", "decline", number, "--reason", "x").err
    done("complaint", "hand", number, "--to", "Ann")
    assert done("handoffs") == []
    assert "Nothing waits" in ask("handoffs").out


def test_notes_by_command(done: Do, ask: Ask) -> None:
    number = complain(done)
    made = done("complaint", "note", number, "it comes on Friday", "--told", "--with", "Maria")
    assert (made["told"], made["person"], made["note"]) == (True, "Maria", "it comes on Friday")
    done("complaint", "note", number, "they may leave")
    found = done("complaint", "show", number)
    assert [(one["note"], one["told"]) for one in found["notes"]] == [
        ("it comes on Friday", True), ("they may leave", False),
    ]  # fmt: skip
    shown = ask("complaint", "show", number).out
    assert shown.index("told them") < shown.index("among us")
    assert "it is empty" in ask("complaint", "note", number, " ").err


def test_closing_says_what_is_missing(done: Do, ask: Ask) -> None:
    number = complain(done, "Down", "--severity", "critical", "--triage", "human")
    close = ("complaint", "close", number)
    assert "what they were given" in ask(*close).err
    assert "with its cause" in ask(*close, "--remedy", "credit").err
    said = (*close, "--remedy", "credit", "--root-cause", "Power", "--cause-detail", "fuse")
    assert "ask why" in ask(*said).err
    made = done(*said, "--why", "it blew", "--why", "nobody looked")
    assert (made["stage"], made["whys"]) == ("closed", ["it blew", "nobody looked"])
    assert ask("complaint", "reopen", number).code == 2
    made = done("complaint", "reopen", number, "--reason", "it blew again")
    assert (made["stage"], made["reopen_reason"]) == ("reopened", "it blew again")
    shown = ask("complaint", "show", number).out
    for words in ("Power", "fuse", "it blew", "it blew again", "human"):
        assert words in shown


def test_withdrawing_and_merging_by_command(done: Do, ask: Ask) -> None:
    one, other, third = complain(done, "a"), complain(done, "b"), complain(done, "c")
    assert "the same complaint" in ask("complaint", "merge", one, "--into", one).err
    assert done("complaint", "merge", one, "--into", other)["excluded"] == "merged"
    assert "merged into another" in ask("complaint", "merge", third, "--into", one).err
    made = done("complaint", "withdraw", third, "--reason", "their mistake")
    assert made["excluded"] == "withdrawn"
    listed = {row["number"] for row in done("complaints", "--open")}
    assert other in listed
    assert not {one, third} & listed
    done("undo")
    assert third in {row["number"] for row in done("complaints", "--open")}


def test_how_the_clocks_were_kept(done: Do, ask: Ask) -> None:
    number = complain(done, "Where is it?", "--triage", "self-serve", "--response-target", "4h")
    done("complaint", "answer", number, "--at", "2026-03-09 11:00")
    done("complaint", "close", number, "--remedy", "the tracking page", "--at", "2026-03-09 12:00")
    late = complain(done, "Down", "--triage", "human", "--response-target", "1h")
    found = done("sla", "--by", "triage", "--from", "2026-03-09", "--to", "2026-03-09")
    groups = {one["group"]: one for one in found["groups"]}
    assert groups["self_serve"]["answer"] == {
        "kept": 1, "missed": 0, "running": 0, "hours": 2.0, "share": 1.0,
    }  # fmt: skip
    assert (groups["self_serve"]["deflected"], groups["human"]["deflected"]) == (1, 0)
    assert groups["human"]["answer"]["missed"] == 1
    assert (found["all"]["complaints"], found["all"]["deflected"]) == (3, 1)
    assert "self-serve" in ask("sla", "--by", "triage").out
    done("complaint", "withdraw", late, "--reason", "x")
    assert done("sla", "--from", "2026-03-09")["all"]["complaints"] == 2
    assert "No complaint was opened" in ask("sla", "--from", "2020-01-01", "--to", "2020-02-01").out
