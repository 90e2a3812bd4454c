"""Causes, links, improvements, the feedback inbox and "you said, we did" by command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask

ACCOUNT = "Nordic Oy"
Do = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("world")


def complain(done: Do, title: str, *closing: str, who: str = "Maria") -> str:
    """A complaint of the account; closed when ``closing`` says how. Returns its number."""
    made = done("log", "complaint", ACCOUNT, "--title", title, "--with", who, "--at",
                "2026-03-02 09:00")  # fmt: skip
    if closing:
        done(
            "complaint",
            "close",
            made["number"],
            "--remedy",
            "sent again",
            *closing,
            "--at",
            "2026-03-04 09:00",
        )
    return str(made["number"])


def test_causes_by_command(done: Do, ask: Ask) -> None:
    complain(done, "Invoice twice", "--root-cause", "Billing")
    complain(done, "Invoice again twice", "--root-cause", "billing ")
    complain(done, "Late", "--root-cause", "Biling")
    found = done("causes")
    assert [(one["cause"], one["complaints"], one["share"]) for one in found["causes"]] == [
        ("Billing", 2, "0.666667"), ("Biling", 1, "0.333333"),
    ]  # fmt: skip
    assert (found["stated"], found["unstated"], found["to"]) == (3, 2, "2026-03-11")
    assert "3 complaints with a cause, 2 without" in ask("causes").out
    assert len(done("causes", "--cause", "BILLING")) == 2
    assert len(done("causes", "--unstated")) == 2
    assert [(one["cause"], one["other"]) for one in done("causes", "--spellings")] == [
        ("Billing", "Biling")
    ]
    (back,) = done("causes", "--recurring")
    assert (back["account"], back["repeats"], back["complaints"]) == (ACCOUNT, 1, 2)
    assert "Did you mean Billing?" in ask("causes", "--cause", "Billingg").err
    assert "lies after" in ask("causes", "--from", "2026-03-10", "--to", "2026-03-09").err
    assert ask("causes", "--unstated", "--spellings").code == 2
    assert ask("causes", "--level", "3").code == 2
    assert done("causes", "--from", "2020-01-01", "--to", "2020-12-31")["causes"] == []
    assert "names a cause" in ask("causes", "--from", "2020-01-01", "--to", "2020-12-31").out


def test_links_by_command(done: Do, ask: Ask) -> None:
    one = complain(done, "Invoice twice in May")
    other = complain(done, "In May invoice twice", "--root-cause", "Billing")
    found = done("complaint", "links", one)
    assert [(row["number"], row["score"]) for row in found["proposed"]] == [(other, 100)]
    assert "alike 100" in ask("complaint", "links", one).out
    made = done("complaint", "link", one, other, "--reason", "one fault")
    assert (made["same"], made["reason"]) == (True, "one fault")
    found = done("complaint", "links", other)
    assert [(row["number"], row["same"]) for row in found["decided"]] == [(one, True)]
    assert found["proposed"] == []
    assert done("complaint", "link", other, one, "--not-same")["same"] is False
    assert "not the same" in ask("complaint", "links", one).out
    done("complaint", "link", one, other, "--undecide")
    assert done("complaint", "links", one)["decided"] == []
    assert "same complaint" in ask("complaint", "link", one, one).err
    assert "nobody decided" in ask("complaint", "link", one, other, "--undecide").err
    assert ask("complaint", "link", one, other, "--undecide", "--not-same").code == 2
    assert "no complaint C-99" in ask("complaint", "links", "C-99").err


def test_an_advocate_is_marked_and_listed(done: Do, ask: Ask) -> None:
    open_one = complain(done, "Late")
    assert "is not solved" in ask("complaint", "advocate", open_one).err
    number = complain(done, "Late", "--satisfied")
    assert done("complaint", "advocate", number)["advocate_on"] == "2026-03-11"
    found = done("advocates")
    assert [row["number"] for row in found["advocates"]] == [number]
    assert "1 of 1 solved complaints" in ask("advocates").out
    assert done("complaint", "advocate", number, "--not")["advocate_on"] is None
    assert done("advocates")["advocates"] == []


def test_an_improvement_by_command(done: Do, ask: Ask) -> None:
    number = complain(done, "Invoice twice")
    made = done("improvement", "add", "Check invoices", "--from", f"complaint:{number}",
                "--owner", "Bob", "--due", "2026-03-20", "--root-cause", "Billing")  # fmt: skip
    assert (made["owner"], made["status"], made["due_on"]) == ("Bob", "open", "2026-03-20")
    signal = done("log", "signal", ACCOUNT, "--signal", "They grumble")
    done("improvement", "from", made["id"], f"signal:{signal['id']}")
    found = done("improvement", "from", made["id"])
    assert {row["kind"] for row in found} == {"complaint", "signal"}
    assert "already" in ask("improvement", "from", made["id"], f"complaint:{number}").err
    done("improvement", "from", made["id"], f"signal:{signal['id']}", "--not")
    assert done("improvement", "set", made["id"], "--due", "")["due_on"] is None
    closed = done("improvement", "done", made["id"], "--result", "none came twice since")
    assert (closed["status"], closed["done_on"]) == ("done", "2026-03-11")
    assert "done already" in ask("improvement", "drop", made["id"], "--reason", "x").err
    assert done("improvement", "reopen", made["id"])["result"] == "none came twice since"
    dropped = done("improvement", "drop", made["id"], "--reason", "too dear")
    assert dropped["status"] == "dropped"
    assert [row["improvement"] for row in done("improvements", "--open")] == ["One contact"]
    assert done("improvements", "--mine", "--limit", "1") == []
    assert "Check invoices" in ask("improvements").out
    assert "names no feedback" in ask("improvement", "add", "x", "--from", "rumour:1").err
    assert "is no id" in ask("improvement", "add", "x", "--from", "signal:x").err
    assert "it is empty" in ask("improvement", "add", " ").err
    assert ask("improvement", "from", "5").code == 1


def test_feedback_is_listed_and_closed(done: Do, ask: Ask) -> None:
    signal = done("log", "signal", ACCOUNT, "--signal", "They grumble")
    survey = done("log", "survey", ACCOUNT, "--kind", "nps", "--score", "3", "--with", "Joe",
                  "--comment", "too slow")  # fmt: skip
    kinds = [row["kind"] for row in done("feedback", "--open")]
    assert kinds.count("survey") == 1
    refused = ask("feedback", "close", f"survey:{survey['id']}", "--outcome", "declined")
    assert "say why" in refused.err
    made = done("improvement", "add", "Answer within a day")
    closed = done("feedback", "close", f"survey:{survey['id']}", "--improvement", made["id"])
    assert (closed["outcome"], closed["closed_on"]) == ("acted_on", "2026-03-11")
    done("feedback", "close", f"signal:{signal['id']}", "--outcome", "declined", "--note", "no")
    rows = {(row["kind"], row["id"]): row for row in done("feedback", "--account", ACCOUNT)}
    assert rows["survey", survey["id"]]["improvement"] == "Answer within a day"
    assert rows["signal", signal["id"]]["note"] == "no"
    assert "survey" not in [row["kind"] for row in done("feedback", "--open")]
    done("feedback", "reopen", f"survey:{survey['id']}")
    assert "survey" in [row["kind"] for row in done("feedback", "--open", "--limit", "9")]
    assert "remedy" in ask("feedback", "close", "complaint:C-1").err
    assert "none of" in ask("feedback", "close", f"survey:{survey['id']}", "--outcome", "x").err
    assert "too slow" in ask("feedback", "--mine").out or done("feedback", "--mine") == []


def test_you_said_we_did_is_printed_and_written(done: Do, ask: Ask, tmp_path: Path) -> None:
    assert "nothing can be told yet" in ask("said", ACCOUNT).out
    complain(done, "Invoice sent twice", "--remedy", "Credit of May", "--root-cause", "Billing")
    complain(done, "Something else", "--root-cause", "Billing")
    found = done("said", ACCOUNT)
    assert sorted((one["words"], one["done"]) for one in found["lines"]) == [
        ("Invoice sent twice", ["Credit of May"]), ("Something else", ["sent again"]),
    ]  # fmt: skip
    assert {(one["who"], one["said_on"]) for one in found["lines"]} == {("Maria", "2026-03-02")}
    got = ask("said", ACCOUNT, "--format", "md")
    assert "Credit of May" in got.out
    assert "Billing" not in got.out
    to = tmp_path / "said.html"
    assert ask("said", ACCOUNT, "--to", str(to)).code == 0
    assert "Invoice sent twice" in to.read_text("utf-8")
    assert ask("said", ACCOUNT, "--to", str(to)).code == 1
