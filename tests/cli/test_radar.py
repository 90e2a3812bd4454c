"""``radar``: who is on it and why, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]
TODAY = ("--today", "2026-11-20")
KEYS = ["id", "account", "tier", "owner", "arr", "health", "reasons", "contact_latest_on",
        "requests", "gone", "stopped", "alike"]  # fmt: skip


@pytest.fixture
def book(done: Done) -> None:
    """One account whose champion left, one that is fine, ten that were lost."""
    for name in ("Acme", "Fine"):
        done("account", "add", name, "--tier", "2", *TODAY)
    done("person", "add", "Per Ek", "--account", "Acme", "--role", "champion", *TODAY)
    done("person", "role", "Per Ek", "--account", "Acme", "--left", "2026-11-11", *TODAY)


@pytest.mark.usefixtures("book")
def test_a_champion_who_left_is_named_with_the_role(done: Done, ask: Ask) -> None:
    (row,) = done("radar", *TODAY)
    assert list(row) == KEYS
    assert (row["account"], row["reasons"], row["requests"], row["alike"]) == (
        "Acme", ["gone"], [], None,
    )  # fmt: skip
    (gone,) = row["gone"]
    assert gone | {"id": ""} == {
        "id": "", "person": "Per Ek", "roles": ["champion"], "left_on": "2026-11-11",
    }  # fmt: skip
    said = ask("radar", *TODAY).out
    assert "champion gone: Per Ek" in said
    assert "Look-alikes: not enough losses to learn from: 0 of 8." in said


@pytest.mark.usefixtures("book")
def test_nobody_mine_is_said_and_a_limit_of_none_lists_none(done: Done, ask: Ask) -> None:
    assert done("radar", "--mine", *TODAY) == []
    assert done("radar", "--limit", "0", *TODAY) == []
    assert "Nobody is on the radar." in ask("radar", "--mine", *TODAY).out


def test_an_empty_book_has_an_empty_radar(done: Done) -> None:
    done("account", "add", "Fine", *TODAY)
    assert done("radar", *TODAY) == []
