"""Playbooks and templates, started from an account."""

from __future__ import annotations

from planner.plan_templates import PlanTemplate
from planner.playbooks import Circumstances, Playbook, parse_trigger
from tests.tui.account.visits import one, shown, visit
from tests.tui.conftest import OpenHouse
from tui import paths
from tui.dialogs.choice import ChoiceDialog
from tui.screens.account import AccountScreen
from tui.screens.account_starters import playbook_choices, template_choices

OPEN = "SELECT COUNT(*) FROM action WHERE archived_at IS NULL AND origin = 'playbook'"
NEXT_OF_RENEWAL = "Prepare the terms"
OWNED = "SELECT COUNT(*) FROM action WHERE archived_at IS NULL AND origin = 'plan'"


def playbook(name: str, trigger: str) -> Playbook:
    found = parse_trigger(trigger)
    assert found is not None
    return Playbook(name, f"about {name}", found, ())


def test_playbooks_that_the_account_calls_for_come_first_and_say_why() -> None:
    found = [playbook("a", "manual"), playbook("b", "stage:adopting"), playbook("c", "band:red")]
    lines = playbook_choices(found, Circumstances(stage="adopting", band="green"))
    assert [line.value for line in lines] == ["b", "a", "c"]
    assert [line.note for line in lines] == ["now, stage:adopting · about b", "about a", "about c"]


def test_the_template_of_the_tier_comes_first() -> None:
    found = [PlanTemplate(name, None, (tier,), ()) for name, tier in (("a", 1), ("b", 2))]
    lines = template_choices(found, 2, None)
    assert [(line.value, line.note) for line in lines] == [("b", "fits"), ("a", "")]
    lines = template_choices(found, 3, None)
    assert [(line.value, line.note) for line in lines] == [("a", ""), ("b", "")]


async def test_a_playbook_is_chosen_from_the_list_started_shown_and_undone(
    house: OpenHouse,
) -> None:
    async with house(size=(120, 40)) as home:
        await visit(home)
        await home.press("B")
        lines = home.screen(ChoiceDialog).document.lines
        assert len(lines) == 6
        assert "now, " in str(lines[0].spans)
        await home.press("1")
        await home.settle()
        home.screen(AccountScreen)
        assert "started" in home.said[-1]
        assert one(home, OPEN) >= 9
        assert home.screen(AccountScreen).tab == "overview"
        assert NEXT_OF_RENEWAL in shown(home)
        await home.press("u")
        assert one(home, OPEN) == 0


async def test_a_plan_starts_from_the_chosen_template_and_is_shown(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, "Kivi Oy")
        await home.press("M")
        dialog = home.screen(ChoiceDialog)
        assert dialog.document.lines[0].key == "tier-2"
        await home.press("enter")
        await home.settle()
        assert "PLAN  standard, draft" in shown(home)
        assert one(home, OWNED) == 3
        assert one(home, "SELECT template FROM plan") == "tier-2"


async def test_a_broken_file_is_told_above_the_list_and_leaving_starts_nothing(
    house: OpenHouse,
) -> None:
    folder = paths.config_folder() / "playbooks"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text('name = "[b]ad"\ntrigger = 3\n', encoding="utf-8")
    async with house() as home:
        await visit(home)
        await home.press("B")
        lines = home.screen(ChoiceDialog).document.lines
        assert "playbooks/bad.toml, trigger: 3 is no text; put it in quotes." in str(lines[0].spans)
        await home.press("escape")
        home.screen(AccountScreen)
        assert one(home, OPEN) == 0
