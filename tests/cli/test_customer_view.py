"""What the customer may see, by command: shown, given out and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TODAY, Ask

Done = Callable[..., Any]
SECRET = "they must not read this"


@pytest.fixture
def plan(done: Done) -> None:
    """A plan with one action that is shared and much that is not."""
    done("account", "add", "Acme", "--note", SECRET)
    done(
        "plan", "new", "Acme", "--north-star", SECRET, "--from", "2026-01-01", "--to", "2026-12-31"
    )
    done("person", "add", "Per", "--account", "Acme", "--role", "sponsor")
    done("account", "team", "Acme", "--sales", "Ben")
    done("plan", "risk", "Acme", "--risk", SECRET, "--likelihood", "3")
    own = ("--owner", "Ben", "--due", "2026-03-20", "--done-means")
    done(
        "plan", "action", "Acme", "--action", "Send the list", *own, "sent", "--their-owner", "Per"
    )
    done("plan", "action", "Acme", "--action", SECRET, *own, SECRET)


@pytest.mark.usefixtures("plan")
def test_the_customers_view_is_shown_in_every_form(ask: Ask, done: Done) -> None:
    for form in ("text", "md", "html"):
        got = ask("plan", "show", "Acme", "--share", "--format", form)
        assert got.code == 0
        for words in ("Acme: our plan together", "Send the list", "Per", "Ben", "2026-03-20",
                      "2026-01-01", TODAY):  # fmt: skip
            assert words in got.out, words
        assert SECRET not in got.out
    document = done("plan", "show", "Acme", "--share")
    assert [row["action"] for row in document["actions"]] == ["Send the list"]
    assert set(document) == {
        "account", "as_of", "period_start", "period_end", "objectives", "actions", "proofs",
        "meetings", "our_team", "their_team",
    }  # fmt: skip
    assert document["our_team"] == [{"function": "sales", "name": "Ben"}]
    assert SECRET not in str(document)


@pytest.mark.usefixtures("plan")
def test_sharing_keeps_the_day_and_says_what_is_new_to_them(
    ask: Ask, done: Done, tmp_path: Path
) -> None:
    assert done("plan", "show", "Acme")["last_shared_on"] is None
    first = ask("plan", "share", "Acme")
    assert "Send the list" in first.out
    assert "new to them: Send the list" in first.err
    assert done("plan", "show", "Acme")["last_shared_on"] == TODAY
    assert f"shared {TODAY}" in ask("plan", "show", "Acme").out
    file = tmp_path / "plan.html"
    again = ask("plan", "share", "Acme", "--to", str(file))
    assert (again.code, again.err) == (0, "")
    assert "shared the plan of Acme with the customer" in again.out
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    record = done("plan", "share", "Acme")
    assert (record["account"], record["shared_on"]) == ("Acme", TODAY)


@pytest.mark.usefixtures("plan")
def test_sharing_is_undone_like_any_change(ask: Ask, done: Done) -> None:
    assert ask("plan", "share", "Acme").code == 0
    assert "shared the plan of Acme" in ask("undo").out
    assert done("plan", "show", "Acme")["last_shared_on"] is None


@pytest.mark.usefixtures("plan")
def test_what_cannot_be_written_is_not_kept_as_shared(ask: Ask, done: Done, tmp_path: Path) -> None:
    file = tmp_path / "there.md"
    file.write_text("mine", encoding="utf-8")
    assert ask("plan", "share", "Acme", "--to", str(file)).code == 1
    assert file.read_text(encoding="utf-8") == "mine"
    assert done("plan", "show", "Acme")["last_shared_on"] is None


def test_nothing_shared_and_no_plan_are_said(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    for words in (("show", "Acme", "--share"), ("share", "Acme")):
        got = ask("plan", *words)
        assert got.code == 1
        assert "no plan yet" in got.err
    done("plan", "new", "Acme")
    assert "nothing is shared yet" in ask("plan", "show", "Acme", "--share").out
    got = ask("plan", "share", "Acme")
    assert got.code == 1
    assert "share a goal or an action first" in got.err
