"""The four starter facts by command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]
FACTS = {
    "--goal": "fewer returns", "--target": "2", "--person": "Maria Lind", "--role": "champion",
    "--end": "2027-03-01", "--arr": "240k", "--action": "savings sheet", "--due": "fri",
    "--done-means": "she has it",
}  # fmt: skip


def words(*without: str, **other: str) -> list[str]:
    given = {**FACTS, **{f"--{name.replace('_', '-')}": text for name, text in other.items()}}
    return [part for name, text in given.items() if name not in without for part in (name, text)]


@pytest.fixture
def account(done: Done) -> None:
    """An account about which nothing is known, and who I am."""
    done("me", "Ann", "--function", "success")
    done("account", "add", "Acme")


@pytest.mark.usefixtures("account")
def test_the_facts_make_an_active_plan_that_is_mine(ask: Ask, done: Done) -> None:
    said = ask("plan", "starter", "Acme", *words(metric="rate", baseline="4", risk="Per leaves"))
    assert said.code == 0, said.err
    assert "started and activated the plan of Acme" in said.out
    page = done("plan", "show", "Acme")
    assert (page["plan"]["size"], page["plan"]["status"]) == ("starter", "active")
    (goal,), (action,), (risk,) = page["objectives"], page["actions"], page["risks"]
    assert (goal["baseline"], goal["target"], goal["owner"]) == (4, 2, "Ann")
    assert (action["due_on"], action["done_means"]) == ("2026-03-13", "she has it")
    assert risk["risk"] == "Per leaves"
    (person,) = page["people"]
    assert (person["name"], person["roles"]) == ("Maria Lind", ["champion"])
    assert page["contracts"][0]["arr"]["minor"] == 24_000_000
    done("undo")
    assert done("accounts")[0]["plan_readiness"] is None
    assert done("people") == []


@pytest.mark.usefixtures("account")
def test_nothing_is_written_while_a_fact_is_missing(ask: Ask, done: Done) -> None:
    said = ask("plan", "starter", "Acme", *words("--goal", "--target"))
    assert said.code == 1
    assert "Missing: a goal." in said.err
    assert done("people") == []
    assert ask("plan", "activate", "Acme").code == 1


@pytest.mark.usefixtures("account")
def test_a_person_of_the_account_is_found_by_name_and_a_colleague_is_added(
    ask: Ask, done: Done
) -> None:
    maria = done("person", "add", "Maria Lind", "--account", "Acme", "--role", "sponsor")
    said = ask("plan", "starter", "Acme", *words(person="maria lind", owner="Zoe"))
    assert said.code == 0, said.err
    assert "Zoe was not known here" in said.err
    (person,) = done("people")
    assert person["id"] == maria["id"]
    assert person["roles"] == ["sponsor", "champion"]


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("given", "field"),
    [
        (words("--target"), "target: a goal has a number"),
        (words("--goal"), "goal: "),
        (words("--person"), "person: "),
        (words("--role"), "role: "),
        (words("--end"), "end: "),
        (words("--arr"), "arr: "),
        (words("--action"), "action: "),
        (words("--done-means"), "done_means: "),
        (words(goal_due="2026-03-01"), "goal_due: "),
        (words(owner="Ann, Ben"), "owner: "),
        (words(role="king"), "role: "),
    ],
)
def test_a_wrong_fact_is_named_and_nothing_is_written(
    ask: Ask, done: Done, given: list[str], field: str
) -> None:
    said = ask("plan", "starter", "Acme", *given)
    assert said.code == 1, said.out
    assert field in said.err
    assert done("people") == []
