"""The life of a plan by command: reviews, signatures, versions, sections and who keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask
from tests.makers import World
from tui.cli import plan_sections

Done = Callable[..., Any]
LONG = "word " * 30


@pytest.fixture
def plan(done: Done) -> None:
    """Ann of success, with a starter plan of hers that is active."""
    done("me", "Ann", "--function", "success")
    done("account", "add", "Acme", "--owner", "Ann")
    done("account", "team", "Acme", "--success", "Ann", "--sales", "Bob")
    done("plan", "new", "Acme")
    done("plan", "objective", "Acme", "--objective", "cut returns", "--owner", "Ann")
    done("plan", "action", "Acme", "--action", "send it", "--owner", "Bob", "--due", "fri",
         "--done-means", "sent")  # fmt: skip
    done("person", "add", "Per", "--account", "Acme", "--role", "sponsor")
    done("contract", "add", "Acme", "--arr", "1k", "--end", "2026-12-31")
    done("plan", "activate", "Acme")


def sections(done: Done, *words: str) -> dict[str, dict[str, Any]]:
    return {one["section"]: one for one in done("sections", *words)}


@pytest.mark.usefixtures("plan")
def test_a_plan_is_reviewed_and_active_again(ask: Ask, done: Done) -> None:
    assert done("plan", "review", "Acme")["status"] == "under_review"
    assert ask("plan", "review", "Acme").code == 1
    assert ask("plan", "review", "Acme", "--next-review", "2026-06-01").code == 2
    back = done("plan", "review", "Acme", "--done", "--next-review", "2026-06-01")
    assert (back["status"], back["next_review_on"]) == ("active", "2026-06-01")
    done("undo")
    assert done("plan", "show", "Acme")["plan"]["status"] == "under_review"


@pytest.mark.usefixtures("plan")
def test_a_full_plan_is_refused_with_what_each_section_lacks(ask: Ask, done: Done) -> None:
    done("account", "add", "Big")
    done("plan", "new", "Big", "--size", "full")
    got = ask("plan", "activate", "Big")
    assert got.code == 1
    assert "contact plan: a QBR date" in got.err
    assert "team: a marketing person, a sales person" in got.err


@pytest.mark.usefixtures("plan")
def test_a_signature_is_listed_until_it_is_asked_again(ask: Ask, done: Done) -> None:
    signed = done("plan", "sign", "Acme")
    assert (signed["function"], signed["colleague"], signed["account"]) == (
        "success", "Ann", "Acme",
    )  # fmt: skip
    refused = ask("plan", "sign", "Acme", "--function", "sales")
    assert (refused.code, "Bob has the sales seat" in refused.err) == (1, True)
    assert ask("plan", "sign", "Acme", "--function", "legal").code == 1
    by_function = {one["function"]: one for one in done("plan", "signatures", "Acme")}
    assert by_function["success"]["asked_since"] is None
    assert (by_function["sales"]["seat"], by_function["sales"]["signed_on"]) == ("Bob", None)
    done("plan", "risk", "Acme", "--risk", "budget cut", "--today", "2026-03-14")
    text = ask("plan", "signatures", "Acme").out
    assert "success    signed by Ann on 2026-03-11; asked again since 2026-03-14" in text
    assert "sales      not signed; Bob is asked" in text
    assert "service    not signed; nobody has the seat" in text
    done("plan", "unsign", "Acme")
    assert ask("plan", "unsign", "Acme").code == 1
    done("undo")
    assert "signed by Ann" in ask("plan", "signatures", "Acme").out


@pytest.mark.usefixtures("plan")
def test_versions_are_listed_compared_and_restored(ask: Ask, done: Done) -> None:
    done("plan", "risk", "Acme", "--risk", "budget cut", "--impact", "40k", "--mitigation", LONG)
    done("plan", "set", "Acme", "--north-star", "fewer returns")
    listed = done("plan", "versions", "Acme")
    newest = listed[0]
    assert [one["number"] for one in listed] == list(range(len(listed), 0, -1))
    assert (newest["actor"], newest["sections"]) == ("Ann", ["header"])
    assert newest["at"].startswith("20")
    assert len(done("plan", "versions", "Acme", "--limit", "2")) == 2
    assert "changed the plan of Acme" in ask("plan", "versions", "Acme").out
    last = len(listed)
    compared = done("plan", "compare", "Acme")
    assert (compared["from"]["number"], compared["to"]["number"]) == (last - 1, last)
    (change,) = compared["changes"]
    assert (change["section"], change["field"], change["old"], change["new"]) == (
        "header", "north_star", None, "fewer returns",
    )  # fmt: skip
    two = ask("plan", "compare", "Acme", str(last - 2), str(last)).out
    assert "risks\n  added: budget cut" in two
    assert "north_star: - -> fewer returns" in two
    assert ask("plan", "compare", "Acme", "1", "99").code == 1
    assert ask("plan", "compare", "Acme", "x").code == 2
    restored = done("plan", "restore", "Acme", str(last - 2))
    assert (restored["records"], restored["version"]) == (2, last - 2)
    assert done("plan", "show", "Acme")["risks"] == []
    assert "is as it was in version" in ask("plan", "restore", "Acme", str(last - 2)).err
    done("undo")
    assert [one["risk"] for one in done("plan", "show", "Acme")["risks"]] == ["budget cut"]


def test_long_texts_are_compared_line_by_line_and_amounts_have_their_currency(
    ask: Ask, done: Done, world: World
) -> None:
    assert world.plan
    done("contract", "set", "Nordic Oy", "--arr", "2k", "--auto-renew")
    done("plan", "set", "Nordic Oy", "--north-star", LONG)
    done("plan", "set", "Nordic Oy", "--north-star", LONG + "\x1b[31mend")
    last = len(done("plan", "versions", "Nordic Oy"))
    changes = done("plan", "compare", "Nordic Oy", str(last - 3), str(last))["changes"]
    by_field = {one["field"]: one for one in changes}
    assert by_field["arr"]["new"] == {"minor": 200_000, "currency": "EUR"}
    assert (by_field["auto_renew"]["old"], by_field["auto_renew"]["new"]) == (False, True)
    text = ask("plan", "compare", "Nordic Oy", str(last - 3), str(last)).out
    assert "arr: 1200 EUR -> 2000 EUR" in text
    assert "auto_renew: no -> yes" in text
    diff = ask("plan", "compare", "Nordic Oy").out
    assert "      -word word" in diff
    assert "\x1b" not in diff


@pytest.mark.usefixtures("plan")
def test_sections_are_listed_with_their_owner_and_their_state(ask: Ask, done: Done) -> None:
    found = sections(done)
    assert list(found) == ["team", "goals", "stakeholders", "renewal", "risks", "actions"]
    goals = found["goals"]
    assert (goals["owner"], goals["filled"], goals["stars"], goals["state"]) == (
        "Ann", 2, 3, "incomplete",
    )  # fmt: skip
    assert (goals["words"], goals["edited_on"]) == ("67 % filled, fresh today", "2026-03-11")
    assert list(sections(done, "--mine")) == ["team", "goals", "risks"]
    assert len(sections(done, "Acme", "--all")) == 17
    assert sections(done, "--gaps") == {}
    assert list(sections(done, "--all", "--gaps")) == ["complaints", "contact_plan"]
    assert "nobody: no service person" in ask("sections", "--all", "--gaps").out
    late = ("--today", "2026-06-20")
    assert list(sections(done, "--stale", *late)) == ["goals", "stakeholders", "actions"]
    done("plan", "still-true", "Acme", "Key people", *late)
    assert list(sections(done, "--stale", *late)) == ["goals", "actions"]
    assert "No sections are listed." in ask("sections", "--stale").out
    done("account", "add", "Bare")
    assert done("sections", "Bare") == []


@pytest.mark.usefixtures("plan")
def test_a_list_of_many_sections_is_printed_block_by_block(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask("sections").out.splitlines()
    monkeypatch.setattr(plan_sections, "BLOCK", 2)
    parts = ask("sections").out.splitlines()
    assert [one.split("  ")[0] for one in parts] == [one.split("  ")[0] for one in whole]
    assert len(parts) == 7
    assert "Offered to" in parts[0]
    assert "Offered to" not in whole[0]


@pytest.mark.usefixtures("plan")
def test_a_section_is_added_and_taken_out_by_name(ask: Ask, done: Done) -> None:
    assert done("plan", "add-section", "Acme", "growth")["added"] is True
    assert "growth" in sections(done)
    assert ask("plan", "add-section", "Acme", "growth").code == 1
    wrong = ask("plan", "add-section", "Acme", "grwth")
    assert (wrong.code, "Did you mean growth?" in wrong.err) == (1, True)
    assert ask("plan", "still-true", "Acme", "growth").code == 1
    assert done("plan", "take-out", "Acme", "13")["added"] is False
    assert "growth" not in sections(done)


@pytest.mark.usefixtures("plan")
def test_a_section_is_handed_over_when_the_other_accepts(ask: Ask, done: Done) -> None:
    offered = done("plan", "offer", "Acme", "risks", "--to", "Bob")
    assert (offered["offered_to"], offered["owner"]) == ("Bob", "")
    assert ask("plan", "accept", "Acme", "risks").code == 1
    assert sections(done)["risks"]["owner"] == "Ann"
    done("me", "Bob")
    mine = sections(done, "--mine")
    assert (mine["risks"]["offered_to_me"], mine["risks"]["mine"]) == (True, False)
    assert " me" in ask("sections", "--mine").out
    assert list(sections(done, "--offered")) == ["risks"]
    done("plan", "decline", "Acme", "risks")
    assert ask("sections", "--offered").out == "No sections are listed.\n"
    assert "risks" not in sections(done, "--mine")
    done("undo")
    assert done("plan", "accept", "Acme", "risks")["owner"] == "Bob"
    assert sections(done, "--mine")["risks"]["mine"] is True


def test_who_is_no_colleague_is_told_so(ask: Ask, world: World) -> None:
    assert world.plan
    got = ask("sections", "--mine", "--json")
    assert (got.code, got.document) == (0, [])
    assert "This book does not know you" in got.err
