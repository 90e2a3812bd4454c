"""The forms of actions: what they wait for, when they start, who sees them, one owner a side."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.use_cases.mutual_plan import add_mutual_action
from tests.makers import World, day
from tests.tui.form_app import Desk, desk

NEEDS = "SELECT depends_on FROM action WHERE id = :i"
LAST = "SELECT starts_on, depends_on, shared FROM action ORDER BY id DESC"


def add(at: Desk, words: str, **fields: object) -> int:
    """An action of the plan beside the form."""
    world: World = at.world
    made = at.book.run(
        add_mutual_action, world.account, action=words, owner_id=world.ann, due_on=day(-5),
        done_means="x", **fields,
    )  # fmt: skip
    found: int = made.result.action.id
    return found


async def test_an_action_of_the_plan_waits_for_others_named_by_their_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("plan_action", account_id=at.world.account)
        for name, text in (("action", "sign"), ("due_on", "fri"), ("done_means", "signed")):
            await at.type(name, text)
        form.fields.open_more()
        await at.fill(starts_on="thu", depends_on="send, call", shared="yes")
        await at.save()
        assert at.closed, form.message
        call = at.one("SELECT id FROM action WHERE action = 'call back'")
        assert at.book.connection.one(LAST) == (
            "2026-03-12", f"[{at.world.action}, {call}]", 1,
        )  # fmt: skip


async def test_what_an_action_waits_for_is_shown_by_words_and_changed(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        sign = add(at, "sign, then seal", depends_on=[at.world.action])
        form = await at.open("action", action_id=sign)
        assert form.texts["depends_on"] == "Send it"
        form.fields.open_more()
        await at.type("depends_on", "")
        await at.save()
        assert at.one(NEEDS, i=sign) == "[]"
        form = await at.open("action", action_id=at.world.action)
        form.fields.open_more()
        await at.type("depends_on", "sign, then seal")
        await at.save()
        assert at.closed, form.message
        assert at.one(NEEDS, i=at.world.action) == f"[{sign}]"
        assert "which it needs" in at.said[-1]


async def test_a_circle_and_words_of_no_action_are_told_in_the_field(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        add(at, "sign", depends_on=[at.world.action])
        form = await at.open("action", action_id=at.world.action)
        form.fields.open_more()
        await at.type("depends_on", "nothing")
        assert form.row("depends_on").side.words == "no action of this account"
        await at.save()
        assert "no action of this account answers to" in form.row("depends_on").problem
        await at.type("depends_on", "sign")
        await at.save()
        assert form.row("depends_on").problem == (
            "this is a circle: Send it needs sign needs Send it"
        )
        assert not at.closed
        assert form.texts["depends_on"] == "sign"


async def test_two_owners_of_ours_are_refused_in_the_field(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("action", action_id=at.world.action)
        await at.type("owner_id", "Eva, Tom")
        await at.save()
        assert "one owner on each side" in form.row("owner_id").problem
        assert at.one("SELECT COUNT(*) FROM colleague WHERE name LIKE 'Eva%'") == 0


@pytest.mark.parametrize("form_name", ["objective", "risk", "opportunity"])
async def test_goal_risk_and_deal_have_one_owner_of_ours_too(
    tmp_path: Path, form_name: str
) -> None:
    async with desk(tmp_path) as at:
        form = await at.open(form_name, account_id=at.world.account)
        await at.type(form_name, "x")
        await at.type("owner_id", "Eva, Tom")
        await at.save()
        assert not at.closed
        assert "one owner on each side" in form.row("owner_id").problem
        assert form.texts["owner_id"] == "Eva, Tom"


async def test_an_action_with_an_owner_of_theirs_is_taken_from_their_sight(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("action", action_id=at.world.action)
        await at.type("their_owner_id", "Joe")
        await at.save()
        sql = "SELECT shared FROM action WHERE id = :i"
        assert at.one(sql, i=at.world.action) == 1
        form = await at.open("action", action_id=at.world.action)
        form.fields.open_more()
        await at.type("shared", "no")
        await at.save()
        assert at.one(sql, i=at.world.action) == 0
