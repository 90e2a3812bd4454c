"""``timeline``, ``pin``, ``unpin``: the order, the two columns of time, filters, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]


@pytest.fixture
def acme(done: Done) -> str:
    """An account with a person, a late logged talk, a complaint and a plan."""
    done("account", "add", "Acme")
    done("person", "add", "Per", "--account", "Acme")
    done("log", "touchpoint", "Acme", "--kind", "call", "--with", "Per", "--at", "2026-02-01",
         "--function", "sales", "--note", "an old talk")  # fmt: skip
    done("log", "complaint", "Acme", "--title", "It leaks", "--at", "2026-02-03")
    done("plan", "new", "Acme")
    return "Acme"


@pytest.mark.usefixtures("acme")
def test_everything_is_listed_newest_first_with_when_it_occurred_and_was_logged(
    done: Done, ask: Ask
) -> None:
    found = done("timeline", "Acme")
    assert [one["kind"] for one in found] == ["plan", "complaint", "touchpoint"]
    assert found[2]["occurred_on"] == "2026-02-01"
    assert found[2]["logged"] > "2026-02-02"
    head = ask("timeline", "Acme").out.splitlines()[0].split()
    assert head[:2] == ["Occurred", "Logged"]


@pytest.mark.usefixtures("acme")
def test_filters_hold_together(done: Done) -> None:
    def kinds(*words: str) -> list[str]:
        return [one["kind"] for one in done("timeline", *words)]

    assert kinds("Acme", "--kind", "plan", "--kind", "complaint") == ["plan", "complaint"]
    assert kinds("Acme", "--function", "sales") == ["touchpoint"]
    assert kinds("Acme", "--person", "Per") == kinds("--person", "Per") == ["touchpoint"]
    assert kinds("Acme", "--from", "2026-02-02", "--to", "2026-02-03") == ["complaint"]
    assert kinds("Acme", "--kind", "survey") == []
    assert kinds("Acme", "--limit", "1") == ["plan"]


@pytest.mark.usefixtures("acme")
def test_an_entry_is_pinned_by_id_and_a_complaint_by_number(done: Done, ask: Ask) -> None:
    rows = done("timeline", "Acme")
    touch = next(one["id"] for one in rows if one["kind"] == "touchpoint")
    number = next(one["what"] for one in rows if one["kind"] == "complaint")
    done("pin", touch)
    done("pin", number)
    assert [one["kind"] for one in done("timeline", "Acme") if one["pinned"]] == [
        "complaint", "touchpoint",
    ]  # fmt: skip
    again = ask("pin", touch)
    assert (again.code, "pinned already" in again.err) == (1, True)
    done("unpin", touch)
    assert ask("unpin", touch).code == 1
    assert ask("pin", "12").code == 1


def test_without_an_account_or_a_person_it_is_wrong_usage(ask: Ask) -> None:
    assert ask("timeline").code == 2


def test_a_period_turned_round_is_refused_everywhere(ask: Ask, done: Done, acme: str) -> None:
    turned = ("--from", "2026-03-10", "--to", "2026-03-09")
    for words in (
        ("timeline", acme), ("meetings",), ("nps",), ("causes",), ("reasons", "stay"),
        ("health", "validate"),
    ):  # fmt: skip
        said = ask(*words, *turned)
        assert (said.code, "lies after" in said.err) == (1, True), words
    assert done("timeline", acme, "--from", "2026-03-09", "--to", "2026-03-09") == []
