"""``cadence``: lists, one account, snooze and wake; how often contact was agreed by command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]

KEYS = [
    "id", "account", "tier", "stage", "owner", "cadence_days", "due", "latest", "state",
    "overdue_days", "last_two_way", "last_by", "last_touchpoint", "last_kind", "snoozed_until",
    "snooze_reason", "as_of",
]  # fmt: skip
NOW = ("--today", "2026-06-30")


@pytest.fixture
def acme(done: Done) -> str:
    """An account of tier 1 that was called on the first of June, and one without a tier."""
    done("me", "Ann", "--function", "success")
    done("account", "add", "Acme", "--tier", "1", "--today", "2026-05-01")
    done("account", "add", "Silent", "--today", "2026-05-01")
    done("person", "add", "Per", "--account", "Acme", "--role", "champion")
    call: str = done(
        "log", "touchpoint", "Acme", "--with", "Per", "--kind", "call", "--at", "2026-06-01",
        "--today", "2026-06-02",
    )["id"]  # fmt: skip
    return call


def test_the_list_says_when_by_whom_and_which_item_from_one_contact(done: Done, acme: str) -> None:
    found = done("cadence", *NOW)
    acme_row = next(row for row in found if row["account"] == "Acme")
    assert list(acme_row) == KEYS
    assert acme_row | {"id": ""} == {
        "id": "", "account": "Acme", "tier": 1, "stage": None, "owner": None, "cadence_days": 14,
        "due": "2026-06-15", "latest": "2026-06-29", "state": "overdue", "overdue_days": 1,
        "last_two_way": "2026-06-01", "last_by": "Ann", "last_touchpoint": acme,
        "last_kind": "call", "snoozed_until": None, "snooze_reason": None, "as_of": "2026-06-30",
    }  # fmt: skip
    assert [row["account"] for row in done("cadence", "--overdue", "--filter", "tier:1", *NOW)] == [
        "Acme"
    ]
    assert [row["account"] for row in done("cadence", "--losing-touch", *NOW)] == ["Silent"]
    assert done("cadence", "--upcoming", "--today", "2026-06-05")[-1]["account"] == "Acme"
    assert done("cadence", "--upcoming", "3", "--filter", "tier:1", "--today", "2026-06-05") == []
    assert len(done("cadence", "--limit", "1", *NOW)) == 1


@pytest.mark.usefixtures("acme")
def test_a_snooze_rests_and_wakes(ask: Ask, done: Done) -> None:
    made = done("cadence", "snooze", "Acme", "--until", "2026-07-20", "--reason", "[b]away", *NOW)
    assert (made["until_on"], made["reason"]) == ("2026-07-20", "[b]away")
    assert "until 2026-07-20: [b]away" in ask("cadence", "Acme", *NOW).out
    assert all(line["account"] != "Acme" or line["kind"] != "contact" for line in rows(done))
    done("cadence", "wake", "Acme", *NOW)
    assert done("cadence", "Acme", *NOW)["snoozed_until"] is None
    assert any(line["account"] == "Acme" for line in rows(done))
    got = ask("cadence", "wake", "Acme", *NOW)
    assert (got.code, "no contact is snoozed" in got.err) == (1, True)
    got = ask("cadence", "snooze", "Acme", "--until", "2026-06-30", "--reason", "x", *NOW)
    assert (got.code, "no day after today" in got.err) == (1, True)
    person = done("cadence", "snooze", "Acme", "--person", "Per", "--until", "2026-07-20",
                  "--reason", "ill", *NOW)  # fmt: skip
    assert person["person_id"] is not None
    done("cadence", "wake", "Acme", "--person", "Per", *NOW)


def rows(done: Done) -> list[dict[str, Any]]:
    """The lines of Today for everybody, as the command gives them."""
    found = done("today", "--all", *NOW)
    listed: list[dict[str, Any]] = found if isinstance(found, list) else found["now"]
    return listed


@pytest.mark.usefixtures("acme")
def test_what_was_agreed_by_command(ask: Ask, done: Done) -> None:
    done("account", "set", "Acme", "--cadence-days", "20", "--cadence-max-days", "40",
         "--cadence-agreed-on", "2026-06-01", "--cadence-agreed-with", "Per",
         "--qbr-every-days", "60", *NOW)  # fmt: skip
    done("person", "role", "Per", "--account", "Acme", "--every", "10", "--at-most", "15",
         "--agreed", "2026-06-01", *NOW)  # fmt: skip
    found = done("cadence", "Acme", *NOW)
    assert (found["cadence_days"], found["maximum_days"], found["agreed_with"]) == (20, 40, "Per")
    (per,) = found["people"]
    assert (per["every_days"], per["maximum_days"], per["state"]) == (10, 15, "overdue")
    assert (found["qbr_due"], found["qbr_from"]) == ("2026-06-30", "start")
    (review,) = done("cadence", "--qbr", *NOW)
    assert (review["account"], review["qbr_due"]) == ("Acme", "2026-06-30")
    said = ask("cadence", "Acme", *NOW).out
    assert "contact every 20 days, at most 40, agreed with Per" in said
    for words in (
        ("--cadence-days", "-1"), ("--cadence-max-days", "19"),
        ("--cadence-agreed-on", "2026-07-01"), ("--cadence-agreed-with", "Nobody"),
    ):  # fmt: skip
        assert ask("account", "set", "Acme", *words, *NOW).code == 1


@pytest.mark.usefixtures("acme")
def test_options_that_exclude_each_other_are_wrong_usage(ask: Ask) -> None:
    assert ask("cadence", "--overdue", "--upcoming").code == 2
    assert ask("cadence", "--qbr", "--filter", "tier:1").code == 2
    assert ask("cadence", "--filter", "tier:9", *NOW).code == 1
    assert ask("cadence", "Nobody", *NOW).code == 1


@pytest.mark.usefixtures("acme")
def test_a_rule_of_cadence_is_set_shown_and_refused_in_words(ask: Ask, done: Done) -> None:
    known = done("settings")
    assert (known["cadence.tier1"], known["cadence.champion"]) == ("14/28", "22/45")
    assert (known["cadence.losing_touch"], known["qbr.tier3"]) == ("45", "none")
    assert done("settings", "cadence.tier1.onboarding", "7/14")["value"] == "7/14"
    assert done("settings", "cadence.tier1.onboarding") == {"cadence.tier1.onboarding": "7/14"}
    for key, value, words in (
        ("cadence.tier1", "0", "ideal/maximum in days"), ("cadence.tier1", "x", "such as 14/28"),
        ("cadence.losing_touch", "none", "days from 1 to 3650"), ("qbr.tier1", "0", "such as 90"),
        ("cadence.tier8", "1/2", "a tier, a stage and a role"),
    ):  # fmt: skip
        got = ask("settings", key, value)
        assert (got.code, words in got.err) == (1, True)
