"""The mutual action plan and the stakeholder map by command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]


def new(words: str, due: str = "2026-03-20", *more: str) -> tuple[str, ...]:
    """The words that add an action."""
    return ("plan", "action", "Acme", "--action", words, "--owner", "Ben", "--due", due,
            "--done-means", "seen", *more)  # fmt: skip


@pytest.fixture
def plan(done: Done) -> dict[str, Any]:
    """An account with a draft."""
    done("account", "add", "Acme")
    started: dict[str, Any] = done("plan", "new", "Acme")
    return started


# One action


def test_an_action_waits_for_one_named_by_words_or_id(ask: Ask, done: Done, plan: Any) -> None:
    assert plan
    send = done(*new("send the terms"))
    sign = done(*new("sign", "2026-03-27", "--depends-on", "send", "--starts", "2026-03-23"))
    assert (sign["depends_on"], sign["starts_on"]) == ([send["id"]], "2026-03-23")
    assert sign["warnings"] == []
    assert done("plan", "action", "Acme", "sign", "--depends-on", "")["depends_on"] == []
    again = done("plan", "action", "Acme", sign["id"], "--depends-on", send["id"])
    assert again["depends_on"] == [send["id"]]
    circle = ask("plan", "action", "Acme", "send the", "--depends-on", "sign")
    assert circle.code == 1
    assert "this is a circle: send the terms needs sign needs send the terms" in circle.err
    assert ask("plan", "action", "Acme", "sign", "--depends-on", "nothing").code == 1
    assert "the start" in ask("plan", "action", "Acme", "sign", "--starts", "2026-04-01").err


def test_words_that_several_actions_have_name_none(ask: Ask, done: Done, plan: Any) -> None:
    assert plan
    done(*new("send the terms"))
    done(*new("send the list"))
    several = ask("plan", "action", "Acme", "send", "--due", "2026-04-01")
    assert several.code == 1
    assert "Several actions answer to send." in several.err
    assert "send the list (2026-03-20, id " in several.err


def test_a_date_that_contradicts_is_saved_and_said(ask: Ask, done: Done, plan: Any) -> None:
    assert plan
    done(*new("send", "2026-04-01"))
    text = ask(*new("sign", "2026-03-20", "--depends-on", "send"))
    assert text.code == 0
    words = "sign is due 2026-03-20, before send, which it needs and which is due 2026-04-01"
    assert text.out.startswith(f"added an action at Acme. {words}")
    assert done("plan", "action", "Acme", "sign", "--status", "open")["warnings"] == [words]
    assert f"! {words}" in ask("plan", "actions", "Acme").out


def test_a_new_action_needs_its_four_options_and_an_old_one_a_name(ask: Ask, plan: Any) -> None:
    assert plan
    bare = ask("plan", "action", "Acme", "--action", "x", "--due", "fri")
    assert bare.code == 2
    assert "A new action needs --owner, --done-means" in bare.err
    assert ask(*new("x"), "--status", "done").code == 2
    assert ask(*new("")).code == 1
    assert ask("plan", "action", "Acme", "x", "--status", "done").code == 1


def test_an_owner_of_theirs_shares_it_unless_said_otherwise(
    ask: Ask, done: Done, plan: Any
) -> None:
    assert plan
    per = done("person", "add", "Per", "--account", "Acme")
    assert done(*new("a", "fri", "--their-owner", "Per"))["shared"] is True
    assert done(*new("b", "fri", "--their-owner", "Per", "--not-shared"))["shared"] is False
    done(*new("c", "fri"))
    changed = done("plan", "action", "Acme", "c", "--their-owner", "The board")
    assert (changed["their_owner"], changed["shared"]) == ("The board", True)
    changed = done("plan", "action", "Acme", "c", "--their-owner", "per", "--owner", "Eva")
    assert (changed["their_owner_id"], changed["their_owner"]) == (per["id"], None)
    assert changed["owner"] == "Eva"
    assert done("plan", "action", "Acme", "c", "--not-shared")["shared"] is False
    emptied = done("plan", "action", "Acme", "c", "--their-owner", "", "--due", "")
    assert (emptied["their_owner_id"], emptied["due_on"]) == (None, None)
    two = ask("plan", "action", "Acme", "c", "--owner", "Ben, Eva")
    assert two.code == 1
    assert "owner: there is one owner on each side" in two.err
    assert ask("plan", "action", "Acme", "c", "--their-owner", "Per, Maria").code == 1


def test_an_action_is_done_today(done: Done, plan: Any) -> None:
    assert plan
    done(*new("a", "fri"))
    finished = done("plan", "action", "Acme", "a", "--status", "Done")
    assert (finished["status"], finished["done_on"]) == ("done", "2026-03-11")


# All of them


def test_actions_are_listed_in_the_order_in_which_they_can_be_done(
    ask: Ask, done: Done, plan: Any
) -> None:
    assert plan
    done(*new("late", "2026-03-12"))
    send = done(*new("send", "2026-03-27"))
    sign = done(*new("sign", "2026-03-13", "--depends-on", "send", "--their-owner", "Per"))
    listed = done("--today", "2026-03-13", "plan", "actions", "Acme")
    assert [one["action"] for one in listed] == ["late", "send", "sign"]
    assert [one["late"] for one in listed] == [True, False, False]
    assert listed[2]["waits_for"] == listed[2]["depends_on"] == [send["id"]]
    assert (listed[2]["id"], listed[2]["owner"], listed[2]["their_owner"]) == (
        sign["id"],
        "Ben",
        "Per",
    )
    assert len(listed[2]["warnings"]) == 1
    out = ask("plan", "actions", "Acme").out
    assert out.splitlines()[3].split() == ["2026-03-13", "open", "Ben", "Per", "shared", "sign",
                                           "send"]  # fmt: skip
    done("plan", "action", "Acme", "send", "--status", "done")
    assert done("plan", "actions", "Acme")[-1]["waits_for"] == []


def test_the_chart_keeps_to_its_width_and_to_ascii(ask: Ask, done: Done, plan: Any) -> None:
    assert plan
    done(*new("send", "2026-03-27", "--starts", "2026-03-16"))
    chart = ask("plan", "actions", "Acme", "--gantt", "--width", "60", "--ascii").out
    assert chart.isascii()
    assert max(map(len, chart.splitlines())) <= 60
    assert "####" in chart
    assert "█" in ask("plan", "actions", "Acme", "--gantt").out
    assert ask("plan", "actions", "Acme", "--gantt", "--width", "39").code == 2


def test_without_a_plan_there_is_nothing_to_list(ask: Ask, done: Done) -> None:
    done("account", "add", "Bare")
    answer = ask("plan", "actions", "Bare")
    assert answer.code == 1
    assert "Bare has no plan yet" in answer.err
    assert ask("plan", "backward", "Bare", "--end", "2026-06-30", "--step", "x").code == 1


# Back from a day


def test_steps_are_planned_back_from_the_day_and_taken_back_in_one_step(
    ask: Ask, done: Done, plan: Any
) -> None:
    assert plan
    made = done("plan", "backward", "Acme", "--end", "2026-03-27", "--step", "write;5d;we;Ben",
                "--step", "read;1w;they;Per;1;they answered")  # fmt: skip
    assert (made["account"], made["end"]) == ("Acme", "2026-03-27")
    write, read = made["actions"]
    assert (write["starts_on"], write["due_on"], write["owner"]) == (
        "2026-03-16", "2026-03-20", "Ben",
    )  # fmt: skip
    assert (read["starts_on"], read["their_owner"], read["done_means"]) == (
        "2026-03-23", "Per", "they answered",
    )  # fmt: skip
    assert read["depends_on"] == [write["id"]]
    assert [one["critical"] for one in made["actions"]] == [True, True]
    assert ask("undo").code == 0
    assert done("plan", "actions", "Acme") == []
    text = ask("plan", "backward", "Acme", "--end", "2026-03-27", "--step", "write;5d;we;Ben")
    assert "planned 1 actions back from 2026-03-27 at Acme" in text.out
    assert "longest path" in text.out


def test_a_step_that_comes_too_late_is_named_with_the_day_that_would_do(
    ask: Ask, done: Done, plan: Any
) -> None:
    assert plan
    late = ask("plan", "backward", "Acme", "--end", "2026-03-13", "--step", "write;10d")
    assert late.code == 1
    assert "end: write would have to begin on 2026-03-02, 9 days before today" in late.err
    assert "the first day that leaves time for every step is 2026-03-24" in late.err
    assert done("plan", "actions", "Acme") == []
    assert ask("plan", "backward", "Acme", "--end", "fri", "--step", "write;soon").code == 1
    assert ask("plan", "backward", "Acme", "--end", "fri").code == 2


# The stakeholder map


@pytest.fixture
def people(done: Done) -> dict[str, Any]:
    """Per over Maria at Acme, whom Ben keeps; Joe, who left."""
    done("account", "add", "Acme")
    per = done("person", "add", "Per", "--account", "Acme", "--role", "sponsor", "--influence", "3",
               "--stance", "sceptic")  # fmt: skip
    maria = done("person", "add", "Maria", "--account", "Acme", "--reports-to", "Per",
                 "--relationship-owner", "Ben")  # fmt: skip
    joe = done("person", "add", "Joe", "--account", "Acme")
    done("person", "role", "Joe", "--account", "Acme", "--left", "2026-03-01")
    return {"per": per["id"], "maria": maria["id"], "joe": joe["id"]}


def test_the_map_tells_lines_influence_roles_and_owners(
    ask: Ask, done: Done, people: dict[str, Any]
) -> None:
    done("log", "touchpoint", "Acme", "--with", "Per", "--kind", "call")
    text = ask("plan", "stakeholders", "Acme").out
    for words in ("Stakeholders of Acme, 2026-03-11", "└─ Maria", "Joe (left 2026-03-01)",
                  "✓ sponsor: covered by Per, today", "! champion: not covered: nobody has",
                  "Nobody of ours owns the relationship with Per (influence 3).",
                  "Single-threaded"):  # fmt: skip
        assert words in text
    for document in (
        done("plan", "stakeholders", "Acme"),
        ask("plan", "stakeholders", "Acme", "--format", "json").document,
    ):
        assert [one["name"] for one in document["people"]] == ["Per", "Maria", "Joe"]
        assert [one["depth"] for one in document["people"]] == [0, 1, 0]
        assert document["people"][1]["relationship_owner"] == "Ben"
        filled = [one for one in document["influence_by_stance"] if one["people"]]
        assert [(one["influence"], one["stance"]) for one in filled] == [
            (3, "sceptic"), (None, "unknown"),
        ]  # fmt: skip
        assert document["roles"][0] == {
            "role": "sponsor", "people": [people["per"]], "covered": True, "limit_days": 180,
            "days_since": 0, "overdue_days": 0,
        }  # fmt: skip
        assert (document["without_owner"], document["threads"]) == ([people["per"]], "single")


def test_the_map_is_drawn_and_written_to_a_new_file_only(
    ask: Ask, people: dict[str, Any], tmp_path: Path
) -> None:
    drawn = ask("plan", "stakeholders", "Acme", "--format", "mermaid").out
    assert drawn.startswith("graph TD\n")
    assert f"p{people['per']} --> p{people['maria']}" in drawn
    file = tmp_path / "map.dot"
    words = ("plan", "stakeholders", "Acme", "--format", "dot", "--to", str(file))
    assert (ask(*words).code, ask(*words).code) == (0, 1)
    assert file.read_text(encoding="utf-8").startswith("digraph stakeholders {\n")
    assert ask("plan", "stakeholders", "Acme", "--format", "svg").code == 2
