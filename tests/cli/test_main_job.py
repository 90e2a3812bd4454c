"""The main job by command line only, as a new user runs it on a file that others wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import Ask

Done = Callable[..., Any]
ACCOUNT = "Acme Corporation"


def import_accounts(done: Done, samples: Path) -> None:
    """85 accounts, first without writing."""
    path = str(samples / "maven_crm" / "accounts.csv")
    words = ("import", "accounts", path, "--map", "account=name", "--map", "subsidiary_of=parent",
             "--map", "office_location=country")  # fmt: skip
    assert done(*words, "--dry-run")["created"] == 85
    assert done(*words)["created"] == 85
    assert len(done("accounts")) == 85


def add_people_and_team(done: Done) -> None:
    """Two people with roles, influence and stance; one of us for each function; a contract."""
    maria = done(
        "person", "add", "Maria Lind", "--account", ACCOUNT, "--role", "champion",
        "--role", "day_to_day", "--influence", "2", "--stance", "supporter",
        "--email", "maria@example.org",
    )  # fmt: skip
    assert maria["roles"] == ["champion", "day_to_day"]
    done(
        "person", "add", "Per Ek", "--account", ACCOUNT, "--role", "economic_buyer",
        "--influence", "3", "--stance", "neutral",
    )  # fmt: skip
    team = done(
        "account", "team", ACCOUNT, "--marketing", "Mia", "--sales", "Ben", "--success",
        "Aylin Kaya", "--service", "Omar",
    )  # fmt: skip
    assert all(team["team"].values())
    contract = done(
        "contract", "add", ACCOUNT, "--arr", "240k", "--currency", "EUR", "--start", "2025-03-02",
        "--end", "2027-03-01", "--notice-days", "60",
    )  # fmt: skip
    assert contract["notice_on"] == "2026-12-31"


def make_the_plan(done: Done) -> None:
    """A Starter plan with two objectives and three actions, active."""
    done("plan", "new", ACCOUNT, "--size", "starter")
    done(
        "plan", "objective", ACCOUNT, "--objective", "returns below 2 %", "--metric", "return rate",
        "--baseline", "4", "--target", "2", "--due", "2026-12-31", "--owner", "Aylin Kaya",
        "--their-owner", "Maria Lind",
    )  # fmt: skip
    done(
        "plan", "objective", ACCOUNT, "--objective", "90 % of orders online", "--metric", "share",
        "--baseline", "60", "--target", "90", "--due", "2026-06-30", "--owner", "Ben",
    )  # fmt: skip
    for what, owner, due in (
        ("savings sheet", "Aylin Kaya", "fri"),
        ("meeting with Per", "Ben", "in 2 weeks"),
        ("name one person for orders", "Omar", "2026-04-01"),
    ):
        action = done(
            "plan", "action", ACCOUNT, "--action", what, "--owner", owner, "--due", due,
            "--done-means", f"{what}: Maria says so",
        )  # fmt: skip
        assert (action["owner"], action["done_means"]) == (owner, f"{what}: Maria says so")
    done("plan", "risk", ACCOUNT, "--risk", "Per never saw the savings", "--likelihood", "2",
         "--impact", "240k", "--owner", "Ben", "--exit", "Per agrees in writing")  # fmt: skip
    assert done("plan", "activate", ACCOUNT)["status"] == "active"


def shown_health(done: Done) -> Any:
    """The health of the account with its explanation, which has to add up."""
    health = done("health", ACCOUNT)
    lost = sum(m["lost"] for d in health["dimensions"] for m in d["measures"])
    assert abs(lost - (100 - health["raw"])) < 1e-6
    return health


def measure(health: Any, name: str) -> Any:
    """One measure of an explanation."""
    return next(m for d in health["dimensions"] for m in d["measures"] if m["id"] == name)


def test_the_main_job_by_command_line(ask: Ask, done: Done, samples: Path, tmp_path: Path) -> None:
    import_accounts(done, samples)
    add_people_and_team(done)
    make_the_plan(done)
    touch = done(
        "log", "touchpoint", ACCOUNT, "--with", "Maria Lind", "--kind", "call", "--at",
        "yesterday 15:30", "--function", "success", "--note", "I chase the same order twice a week",
        "--promise", "price list", "--promise-due", "fri",
    )  # fmt: skip
    assert (touch["two_way"], touch["occurred_on"]) == (True, "2026-03-10")
    before = shown_health(done)
    assert before["score"] is not None

    complaint = done(
        "log", "complaint", ACCOUNT, "--title", "October price file is wrong", "--severity", "high",
        "--with", "Maria Lind", "--at", "2026-03-09 10:00", "--ack-target", "2h",
        "--response-target", "4h", "--resolution-target", "3d",
    )  # fmt: skip
    after = shown_health(done)
    assert after["raw"] < before["raw"]
    assert measure(after, "S1")["lost"] > 0
    assert measure(after, "S1")["why"]
    row = next(one for one in done("accounts") if one["name"] == ACCOUNT)
    assert row["open_complaints"] == 1
    assert row["health"]["score"] == after["score"]

    undone = ask("undo")
    assert undone.code == 0
    assert complaint["number"] in undone.out
    assert shown_health(done) == before
    assert done("complaints") == []
    assert ask("redo").code == 0
    assert shown_health(done) == after

    page = reopened(tmp_path / "own.db", "plan", "show", ACCOUNT)
    assert page["plan"]["status"] == "active"
    assert [one["objective"] for one in page["objectives"]] == [
        "returns below 2 %", "90 % of orders online",
    ]  # fmt: skip
    assert {one["action"]: one["due_on"] for one in page["actions"]} == {
        "price list": "2026-03-13",
        "savings sheet": "2026-03-13",
        "meeting with Per": "2026-03-25",
        "name one person for orders": "2026-04-01",
    }
    assert [one["name"] for one in page["people"]] == ["Maria Lind", "Per Ek"]
    assert set(page["team"]) == {"marketing", "sales", "success", "service"}
    assert page["contracts"][0]["arr"] == {"minor": 24_000_000, "currency": "EUR"}
    (kept,) = reopened(tmp_path / "own.db", "complaints")
    assert (kept["number"], kept["severity"]) == ("C-1", "high")
    (logged,) = reopened(tmp_path / "own.db", "touchpoints")
    assert logged["note"] == "I chase the same order twice a week"


def reopened(book: Path, *words: str) -> Any:
    """What another start of the program says, by its JSON document."""
    got = subprocess.run(
        [sys.executable, "-m", "tui", "--book", str(book), "--today", "2026-03-11", "--json",
         *words],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert (got.returncode, got.stderr) == (0, "")
    return json.loads(got.stdout)


def test_the_whole_import_is_one_step_to_undo(ask: Ask, done: Done, samples: Path) -> None:
    done("account", "add", "Mine")
    path = str(samples / "maven_crm" / "accounts.csv")
    got = done("import", "accounts", path, "--map", "account=name")
    assert len(done("accounts")) == 86
    assert ask("undo", "--batch", got["batch"]).code == 0
    assert [row["name"] for row in done("accounts")] == ["Mine"]
    assert done("import", "accounts", path, "--map", "account=name")["created"] == 85
