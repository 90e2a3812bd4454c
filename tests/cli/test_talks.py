"""What a talk is about by command, its meeting, its correction, and the pressure that is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]


@pytest.fixture
def acme(done: Done) -> str:
    """An account with a plan, a goal, two people and an action."""
    done("account", "add", "Acme")
    done("plan", "new", "Acme")
    for name in ("Maria", "Per"):
        done("person", "add", name, "--account", "Acme")
    done("plan", "objective", "Acme", "--objective", "fewer returns", "--metric", "rate",
         "--target", "2")  # fmt: skip
    done("plan", "action", "Acme", "--action", "savings sheet", "--owner", "Ann", "--due", "fri",
         "--done-means", "read")  # fmt: skip
    return "Acme"


def logged(done: Done, *words: str) -> Any:
    return done("log", "touchpoint", "Acme", *words)


def test_a_talk_says_what_it_is_about_and_finishes_its_action(done: Done, acme: str) -> None:
    action = done("plan", "actions", acme)[0]["id"]
    record = logged(
        done, "--kind", "training", "--with", "Maria", "--verbatim", "we like it", "--minutes",
        "90", "--link", "https://x.example", "--goal", "returns", "--action", "savings",
        "--action-done",
    )  # fmt: skip
    assert (record["verbatim"], record["minutes"], record["link"]) == (
        "we like it", 90, "https://x.example",
    )  # fmt: skip
    assert record["action_id"] == action
    assert record["objective_id"] is not None
    assert done("plan", "actions", acme)[0]["status"] == "done"


def test_a_meeting_that_was_held_gives_kind_time_and_people(
    ask: Ask, done: Done, acme: str
) -> None:
    planned = done("meeting", "add", acme, "--title", "Prices", "--at", "today 10:00", "--kind",
                   "qbr", "--with", "Per")["id"]  # fmt: skip
    held = logged(done, "--meeting", planned, "--note", "done")
    assert (held["kind"], held["people"], held["occurred_at"][:16]) == (
        "qbr", ["Per"], "2026-03-11T10:00",
    )  # fmt: skip
    again = ask("log", "touchpoint", acme, "--meeting", planned)
    assert (again.code, "meeting: it is logged already" in again.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--kind", "call", "--minutes", "many"), 2, "--minutes takes a whole number"),
        (("--kind", "call", "--minutes", "99999"), 1, "minutes: it is more than 10080"),
        (("--kind", "call", "--goal", "moon"), 1, "There is no goal 'moon'"),
        (
            (
                "--kind",
                "call",
                "--action-done",
            ),
            1,
            "action: say which action is done",
        ),
        (("--kind", "call", "--meeting", "x"), 2, "--meeting takes the id of a meeting"),
        (("--kind", "call", "--meeting", "77"), 1, "77"),
        ((), 2, "Say --kind, or the --meeting"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_logged(
    ask: Ask, done: Done, acme: str, words: tuple[str, ...], code: int, said: str
) -> None:
    got = ask("log", "touchpoint", acme, *words)
    assert got.code == code
    assert said in got.err
    assert done("touchpoints") == []


@pytest.mark.usefixtures("acme")
def test_a_contact_is_put_right_taken_out_and_brought_back(ask: Ask, done: Done) -> None:
    talk = logged(done, "--kind", "call", "--with", "Maria", "--note", "x", "--topic", "t")["id"]
    changed = done(
        "touchpoint", "set", talk, "--kind", "meeting", "--with", "Per", "--verbatim", "no",
        "--topic", "", "--minutes", "30", "--goal", "fewer", "--at", "yesterday 14:00",
        "--one-way", "--note", "",
    )  # fmt: skip
    assert (changed["kind"], changed["people"], changed["verbatim"]) == ("meeting", ["Per"], "no")
    assert (changed["topic"], changed["minutes"], changed["note"]) == (None, 30, "")
    assert (changed["occurred_on"], changed["two_way"]) == ("2026-03-10", False)
    assert done("history", "--limit", "1")[0]["summary"] == "changed a touchpoint with Acme"
    done("undo")
    (row,) = done("touchpoints")
    assert (row["kind"], row["people"]) == ("call", ["Maria"])
    assert ask("touchpoint", "set", talk, "--at", "tomorrow").code == 1
    assert ask("touchpoint", "set", "x").code == 2
    assert ask("touchpoint", "archive", "77").code == 1
    done("touchpoint", "archive", talk)
    assert done("touchpoints") == []
    done("undo")
    assert [one["id"] for one in done("touchpoints")] == [talk]


def test_a_person_of_another_account_is_refused_in_words(ask: Ask, done: Done, acme: str) -> None:
    done("account", "add", "Bolt")
    done("person", "add", "Zoe", "--account", "Bolt")
    talk = logged(done, "--kind", "call")["id"]
    got = ask("touchpoint", "set", talk, "--with", "Zoe")
    assert (got.code, "Zoe does not belong to this account" in got.err) == (1, True)
    assert done("touchpoints")[0]["people"] in (None, [])
    assert acme == "Acme"


# Pressure


def test_the_quiet_line_follows_a_contact_and_is_no_part_of_the_json(
    ask: Ask, done: Done, acme: str
) -> None:
    record = logged(done, "--kind", "email", "--with", "Per", "--function", "sales")
    assert not [name for name in record if "pressure" in name]
    shown = ask(
        "log", "touchpoint", acme, "--kind", "email", "--with", "Per", "--function", "sales"
    )
    assert shown.out.splitlines()[-1] == (
        "Per is now at 2 of 3 contacts in 7 days (sales Wed, this one);"
        " next free day for something new: now."
    )
    inbound = ask(
        "log", "touchpoint", acme, "--kind", "email", "--direction", "in", "--with", "Per"
    )
    assert "is now at" not in inbound.out + inbound.err


def test_planned_outreach_beyond_a_cap_is_warned_against_and_saved(
    ask: Ask, done: Done, acme: str
) -> None:
    for _number in range(3):
        logged(done, "--kind", "email", "--with", "Per")
    words = ("plan", "action", acme, "--action", "call Per", "--owner", "Ann", "--due", "fri",
             "--done-means", "spoken", "--their-owner", "Per")  # fmt: skip
    got = ask(*words)
    assert got.code == 0
    assert got.err.startswith("Per: has 3 of 3 contacts in 7 days by Fri 13 Mar without this")
    assert [one["action"] for one in done("plan", "actions", acme)].count("call Per") == 1
    later = ask("plan", "action", acme, "call Per", "--due", "2026-03-18")
    assert (later.code, later.err) == (0, "")
