"""Plan templates and playbooks by command: the shipped ones, a person's own, broken ones."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask
from tui import paths

Done = Callable[..., Any]
OWN = """
name = "calm"
trigger = "manual"
[[tasks]]
key = "ring"
task = "Ring them"
at = "+2"
owner = "success"
done_means = "They answered."
[[tasks]]
key = "write"
task = "Write to them"
at = "+9"
owner = "sales"
done_means = "Sent."
depends_on = ["ring"]
"""


@pytest.fixture
def write() -> Callable[[str, str], Path]:
    """Write an own file into a folder of the config folder."""

    def written(name: str, text: str) -> Path:
        path = paths.config_folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return path

    return written


Write = Callable[[str, str], Path]


def by_name(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in found}


def test_the_shipped_ones_are_listed_without_a_book(ask: Ask, done: Done) -> None:
    playbooks = by_name(done("playbooks"))
    assert set(playbooks) == {
        "onboarding", "adoption", "renewal", "rescue", "win-back", "re-engage",
    }  # fmt: skip
    renewal = playbooks["renewal"]
    assert (renewal["source"], renewal["file"], renewal["problems"]) == ("shipped", None, [])
    assert renewal["tasks"][0]["at"] == "end-120"
    templates = by_name(done("templates"))
    assert templates["tier-2"]["size"] == "standard"
    assert templates["onboarding"]["size"] is None
    shown = ask("templates").out
    assert "by tier" in shown
    assert "renewal<120" in ask("playbooks").out


def test_a_file_of_mine_takes_the_place_of_the_shipped_one_of_its_name(
    ask: Ask, done: Done, write: Write
) -> None:
    path = write("playbooks/mine.toml", OWN.replace("calm", "Renewal"))
    write("playbooks/notes.txt", "no playbook")
    found = by_name(done("playbooks"))
    assert "renewal" not in found
    assert found["Renewal"]["file"] == str(path)
    assert (found["Renewal"]["source"], found["Renewal"]["replaces_shipped"]) == ("own", True)
    assert "yours, for the shipped one" in ask("playbooks").out


def test_a_broken_file_is_listed_with_what_is_wrong_and_stops_no_other(
    ask: Ask, write: Write
) -> None:
    write("playbooks/a.toml", "name = ")
    write("playbooks/b.toml", "name = \udcff")
    write("playbooks/c.toml", "x = " + "[" * 5000)
    write("playbooks/d.toml", OWN.replace("calm", "huge").replace('"+2"', "0x" + "f" * 4000))
    write("playbooks/e.toml", OWN)
    (paths.config_folder() / "playbooks" / "g.toml").mkdir()
    got = ask("playbooks", "--json")
    assert got.code == 1
    found = {Path(one["file"] or one["name"]).name: one for one in got.document}
    assert len([one for one in got.document if one["source"] == "shipped"]) == 6
    assert found["e.toml"]["problems"] == []
    told = {
        name: [p["problem"] for p in one["problems"]] for name, one in found.items() if one["file"]
    }
    assert told["a.toml"][0].startswith("it is no TOML: ")
    assert told["b.toml"][0].startswith("it is no TOML: ")
    assert told["c.toml"][0].startswith("it is no TOML: ")
    assert told["d.toml"] == ["a huge number is no text; put it in quotes."]
    assert told["g.toml"][0].startswith("it cannot be read: ")
    text = ask("playbooks")
    assert text.code == 1
    assert "playbooks/d.toml, [[tasks]] 1, at: a huge number is no text" in text.out
    assert ask("templates").code == 0


def test_the_second_file_of_a_name_is_told_which_the_first_is(ask: Ask, write: Write) -> None:
    write("playbooks/e.toml", OWN)
    write("playbooks/f.toml", OWN.replace("calm", "CALM"))
    got = ask("playbooks")
    assert "playbooks/f.toml, name: playbooks/e.toml has this name already." in got.out
    assert ask("account", "add", "Acme").code == 0
    assert ask("plan", "playbook", "Acme", "calm", "--owner", "Ben").code == 0


def test_a_broken_file_is_not_passed_over_for_the_shipped_one_of_its_name(
    ask: Ask, done: Done, write: Write
) -> None:
    done("account", "add", "Acme")
    write("playbooks/rescue.toml", OWN.replace("calm", "rescue").replace("done_means", "done"))
    got = ask("plan", "playbook", "Acme", "rescue", "--owner", "Ben")
    assert got.code == 1
    assert "rescue cannot be used until its file is mended." in got.err
    assert "playbooks/rescue.toml, [[tasks]] 1, done_means: it is missing." in got.err
    assert "playbooks/rescue.toml, [[tasks]] 2, done_means: it is missing." in got.err
    assert done("actions") == []


@pytest.mark.parametrize(("kind", "name"), [("playbooks", "Renewal"), ("templates", "tier-1")])
def test_a_shipped_file_is_copied_to_be_edited_and_never_written_over(
    ask: Ask, done: Done, kind: str, name: str
) -> None:
    path = Path(done(kind, "copy", name)["file"])
    assert path == paths.config_folder() / kind / f"{name.lower()}.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert by_name(done(kind))[name.lower()]["replaces_shipped"] is True
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    again = ask(kind, "copy", name)
    assert (again.code, again.err) == (1, f"{path} is there already; it was not written over.\n")
    assert path.read_text(encoding="utf-8").endswith("# mine\n")


def test_what_cannot_be_copied_is_said(ask: Ask) -> None:
    got = ask("playbooks", "copy", "renewl")
    assert got.code == 1
    assert "Did you mean renewal?" in got.err
    paths.config_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.config_folder().write_text("in the way", encoding="utf-8")
    assert "cannot be written" in ask("playbooks", "copy", "renewal").err


# A plan from a template


def test_a_plan_starts_from_a_template_by_name(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme", "--tier", "3")
    done("me", "Ann", "--function", "success")
    got = ask("plan", "new", "Acme", "--template", "Tier-2", "--north-star", "ARR")
    assert got.code == 0
    assert "from tier-2: goals 2, actions 3, risks 1" in got.out
    assert got.err == "Nobody is known yet as sponsor, champion, day to day.\n"
    plan = ask("plan", "show", "Acme", "--json").document["plan"]
    assert (plan["size"], plan["north_star"]) == ("standard", "ARR")
    actions = done("actions")
    assert [one["due"] for one in actions] == ["2026-03-25", "2026-04-01", "2026-04-25"]
    assert {one["owner"] for one in actions} == {"Ann"}
    done("undo")
    assert done("actions") == []
    assert ask("plan", "show", "Acme", "--json").document["plan"] is None


def test_auto_is_the_template_of_the_tier_and_stage_and_nothing_is_chosen_unasked(
    ask: Ask, done: Done, write: Write
) -> None:
    for name, tier, stage in (("A", "1", "onboarding"), ("B", "2", "adopting")):
        done("account", "add", name, "--tier", tier, "--stage", stage)
    first = done("plan", "new", "A", "--template", "auto")
    assert (first["template"], first["size"]) == ("onboarding", "full")
    second = done("plan", "new", "B", "--template", "auto", "--size", "starter")
    assert (second["template"], second["size"]) == ("tier-2", "starter")
    done("account", "add", "C", "--tier", "1")
    third = done("plan", "new", "C")
    assert (third["template"], third["size"]) == (None, "starter")
    for name in ("tier-1", "tier-3"):
        write(f"templates/{name}.toml", f'name = "{name}"\nstages = ["lost"]')
    done("account", "add", "D")
    got = ask("plan", "new", "D", "--template", "auto")
    assert (got.code, got.err) == (
        1, "No plan template is for the tier and stage of D; name one.\n",
    )  # fmt: skip


def test_a_template_that_is_not_there_is_refused_with_the_nearest(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    got = ask("plan", "new", "Acme", "--template", "tier-22")
    assert got.code == 1
    assert "There is no plan template tier-22; there are onboarding," in got.err
    assert "Did you mean tier-2?" in got.err


# A playbook


def test_a_playbook_adds_its_dated_tasks_and_one_undo_takes_all_back(
    ask: Ask, done: Done, write: Write
) -> None:
    write("playbooks/calm.toml", OWN)
    done("account", "add", "Acme")
    done("account", "team", "Acme", "--success", "Ann")
    got = ask(
        "plan", "playbook", "Acme", "Calm", "--from", "2026-03-08", "--owner", "Ben", "--json"
    )
    assert got.code == 0, got.err
    ring, mail = got.document["actions"]
    assert (got.document["playbook"], got.document["account"]) == ("calm", "Acme")
    assert (ring["due_on"], ring["owner"], ring["origin"]) == ("2026-03-10", "Ann", "playbook")
    assert (mail["due_on"], mail["owner"]) == ("2026-03-17", "Ben")
    assert mail["depends_on"] == [ring["id"]]
    assert got.document["passed"] == [ring["id"]]
    assert "Ben was not known here" in got.err
    assert "Due before today: Ring them. Do them now, move them or drop them." in got.err
    done("undo")
    assert done("actions") == []


def test_a_playbook_prints_its_actions_as_a_table(ask: Ask, done: Done, write: Write) -> None:
    write("playbooks/calm.toml", OWN)
    done("account", "add", "Acme: north", "--owner", "Ben")
    got = ask("plan", "playbook", "Acme: north", "calm")
    assert got.out.splitlines() == [
        "started calm at Acme: north: 2 actions",
        "Due         Owner  Action",
        "2026-03-13  Ben    Ring them",
        "2026-03-20  Ben    Write to them",
    ]
    assert got.err == ""


def test_without_anybody_to_own_a_task_nothing_is_added(ask: Ask, done: Done, write: Write) -> None:
    write("playbooks/calm.toml", OWN)
    done("account", "add", "Acme")
    got = ask("plan", "playbook", "Acme", "calm")
    assert got.code == 1
    assert "Nobody would own the tasks of success, sales" in got.err
    assert done("actions") == []
