"""The plan by command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]
ACTION = ("--action", "send it", "--owner", "Ben", "--due", "fri", "--done-means", "sent")


@pytest.fixture
def plan(done: Done) -> dict[str, Any]:
    """An account with a draft."""
    done("account", "add", "Acme")
    started: dict[str, Any] = done("plan", "new", "Acme")
    return started


def test_a_plan_starts_as_a_starter_draft(ask: Ask, plan: dict[str, Any]) -> None:
    assert (plan["size"], plan["status"], plan["account"]) == ("starter", "draft", "Acme")
    again = ask("plan", "new", "Acme")
    assert again.code == 1
    assert "has a plan already" in again.err


def test_the_header_is_changed(ask: Ask, done: Done, plan: Any) -> None:
    changed = done(
        "plan", "set", plan["account"], "--size", "Standard", "--from", "2026-01-01",
        "--to", "2026-12-31", "--north-star", "orders online", "--north-star-target", "90 %",
        "--next-review", "mon",
    )  # fmt: skip
    assert (changed["size"], changed["period_end"]) == ("standard", "2026-12-31")
    assert changed["next_review_on"] == "2026-03-16"
    assert done("plan", "set", "Acme", "--north-star", "")["north_star"] is None
    assert ask("plan", "set", "Acme", "--to", "2025-01-01").code == 1


def test_an_objective_has_numbers_and_owners(ask: Ask, done: Done, plan: Any) -> None:
    per = done("person", "add", "Per", "--account", "Acme")
    record = done(
        "plan", "objective", plan["account"], "--objective", "cut returns", "--metric", "rate",
        "--baseline", "4.5", "--target", "-2", "--due", "2026-12-31", "--owner", "Aylin",
        "--their-owner", "per", "--priority", "3", "--unit", "%",
    )  # fmt: skip
    assert (record["baseline"], record["target"], record["priority"]) == (4.5, -2.0, 3)
    assert (record["owner"], record["their_owner_id"]) == ("Aylin", per["id"])
    assert record["their_owner"] is None
    assert record["shared"] is False
    assert done("plan", "objective", "Acme", "--objective", "y", "--shared")["shared"] is True
    same = ("--objective", "x", "--baseline", "2", "--target", "2")
    assert ask("plan", "objective", "Acme", *same).code == 1
    assert ask("plan", "objective", "Acme", "--objective", "x", "--target", "lots").code == 1
    assert ask("plan", "objective", "Acme", "--objective", "x", "--due", "2026-03-01").code == 1


def test_an_action_needs_owner_due_and_done_means(ask: Ask, done: Done, plan: Any) -> None:
    record = done("plan", "action", plan["account"], *ACTION)
    assert (record["owner"], record["due_on"], record["done_means"]) == (
        "Ben",
        "2026-03-13",
        "sent",
    )
    assert record["shared"] is False
    assert done("plan", "action", "Acme", *ACTION, "--shared")["shared"] is True
    assert ask("plan", "action", "Acme", *ACTION[:6]).code == 2
    assert ask("plan", "action", "Acme", *ACTION[:6], "--done-means", "").code == 1
    assert ask("plan", "action", "Acme", *ACTION, "--due", "2026-03-01").code == 1
    assert ask("plan", "action", "Acme", *ACTION, "--due", "someday").code == 1
    assert ask("plan", "action", "Acme", *ACTION, "--owner", "").code == 1


def test_an_owner_on_their_side_is_linked_or_kept_as_text(done: Done, plan: Any) -> None:
    per = done("person", "add", "Per", "--account", plan["account"])
    linked = done("plan", "action", "Acme", *ACTION, "--their-owner", "Per")
    assert (linked["their_owner_id"], linked["shared"]) == (per["id"], True)
    kept = done("plan", "action", "Acme", *ACTION, "--their-owner", "The board")
    assert (kept["their_owner_id"], kept["their_owner"]) == (None, "The board")
    assert kept["shared"] is True


@pytest.mark.parametrize("side", ["owner", "their-owner"])
def test_two_owners_of_a_goal_are_refused_and_nobody_is_added(
    ask: Ask, plan: Any, side: str
) -> None:
    assert plan
    two = ask("plan", "objective", "Acme", "--objective", "x", f"--{side}", "Eva, Tom")
    assert two.code == 1
    assert f"{side.replace('-', '_')}: there is one owner on each side" in two.err
    assert "Eva, Tom" not in ask("colleague", "list").out


@pytest.mark.parametrize("words", [("risk", "--risk", "x"), ("opportunity", "--opportunity", "x")])
def test_a_risk_and_a_deal_have_one_owner_of_ours(
    ask: Ask, plan: Any, words: tuple[str, ...]
) -> None:
    assert plan
    more = ("--next-step", "y", "--next-step-on", "fri") if words[0] == "opportunity" else ()
    two = ask("plan", words[0], "Acme", *words[1:], *more, "--owner", "Eva; Tom")
    assert two.code == 1
    assert "owner: there is one owner on each side" in two.err


def test_a_very_long_name_is_repeated_in_part(ask: Ask, plan: Any) -> None:
    assert plan
    unknown = ask("plan", "show", "x" * 5000)
    assert unknown.code == 1
    assert "No account answers to xxx" in unknown.err
    assert len(unknown.err) < 200


def test_an_ambiguous_owner_on_their_side_does_nothing(ask: Ask, done: Done, plan: Any) -> None:
    for _again in range(2):
        done("person", "add", "Per", "--account", plan["account"])
    assert ask("plan", "action", "Acme", *ACTION, "--their-owner", "Per").code == 1
    assert done("actions") == []


def test_a_risk_is_added(ask: Ask, done: Done, plan: Any) -> None:
    record = done(
        "plan", "risk", plan["account"], "--risk", "budget cut", "--likelihood", "3",
        "--impact", "40k", "--owner", "Ben", "--exit", "signed", "--next-check", "fri",
        "--early-sign", "silence", "--mitigation", "talk",
    )  # fmt: skip
    assert record["impact"] == {"minor": 4_000_000, "currency": "EUR"}
    assert (record["likelihood"], record["exit"], record["owner"]) == (3, "signed", "Ben")
    assert ask("plan", "risk", "Acme", "--risk", "x", "--likelihood", "4").code == 1


def test_activation_lists_what_is_missing(ask: Ask, done: Done, plan: Any) -> None:
    got = ask("plan", "activate", plan["account"])
    assert got.code == 1
    for words in ("a goal", "a key person", "contract", "a next action"):
        assert words in got.err
    done("plan", "objective", "Acme", "--objective", "x")
    done("plan", "action", "Acme", *ACTION)
    done("person", "add", "Per", "--account", "Acme", "--role", "sponsor")
    done("contract", "add", "Acme", "--arr", "1k", "--end", "2026-12-31")
    active = done("plan", "activate", "Acme")
    assert (active["status"], active["activated_on"]) == ("active", "2026-03-11")
    closed = done("plan", "close", "Acme")
    assert (closed["status"], closed["closed_on"]) == ("closed", "2026-03-11")
    assert ask("plan", "close", "Acme").code == 1


def test_the_plan_is_shown_as_text_markdown_and_json(ask: Ask, done: Done, plan: Any) -> None:
    done("plan", "objective", plan["account"], "--objective", "cut | returns", "--target", "2.5")
    done("plan", "action", "Acme", *ACTION)
    done("plan", "risk", "Acme", "--risk", "*budget* <b>cut</b>", "--impact", "1k")
    done("person", "add", "Per", "--account", "Acme", "--role", "sponsor")
    done("person", "add", "Nobody", "--account", "Acme")
    done("account", "team", "Acme", "--sales", "Ben")
    done("contract", "add", "Acme", "--arr", "1k", "--end", "2026-12-31", "--notice-days", "30")
    text = ask("plan", "show", "Acme").out
    for words in ("starter plan, draft", "cut | returns", "2.5", "send it", "Per", "1000 EUR",
                  "2026-12-01", "budget", "2026-03-13"):  # fmt: skip
        assert words in text
    assert "Nobody" not in text
    markdown = ask("plan", "show", "Acme", "--format", "md").out
    assert "## Goals" in markdown
    assert "cut \\| returns" in markdown
    assert "\\*budget\\* \\<b\\>cut\\</b\\>" in markdown
    document = done("plan", "show", "Acme")
    assert document["plan"]["status"] == "draft"
    assert document["objectives"][0]["target"] == 2.5
    assert document["team"] == {"sales": "Ben"}
    assert document["contracts"][0]["arr"] == {"minor": 100_000, "currency": "EUR"}
    assert [one["name"] for one in document["people"]] == ["Per"]
    assert document["risks"][0]["impact"]["minor"] == 100_000
    assert document["actions"][0]["owner"] == "Ben"


def test_an_account_without_a_plan_is_shown_too(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    shown = ask("plan", "show", "Acme")
    assert "no plan yet" in shown.out
    assert "no goals yet" in shown.out
    assert "no goals yet" in ask("plan", "show", "Acme", "--format", "md").out
    assert done("plan", "show", "Acme")["plan"] is None
    assert ask("plan", "objective", "Acme", "--objective", "x").code == 1
