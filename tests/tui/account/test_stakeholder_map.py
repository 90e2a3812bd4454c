"""The People tab at work: Enter on a gap, and the stakeholder map in a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from planner.stakeholders import Stakeholder
from planner.use_cases.people import add_person, set_part
from tests.tui.account.visits import change, one, put_cursor, shown, visit
from tests.tui.conftest import House, OpenHouse
from tui.dialogs.file_name import FileNameDialog
from tui.dialogs.form import FormScreen
from tui.dialogs.menu import MenuDialog
from tui.screens.account import AccountScreen
from tui.screens.stakeholder_file import map_text

MAP = "account.stakeholder_map"


async def ask_for_file(home: House, name: str) -> None:
    """Choose the export in the menu and write to a file."""
    await home.press("f2")
    menu = home.screen(MenuDialog)
    assert menu.document.move_to_key(MAP)
    await home.press("enter")
    dialog = home.screen(FileNameDialog)
    dialog.query_one(Input).value = name
    await home.press("enter")
    home.screen(AccountScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_tab_shows_lines_roles_influence_and_owners(
    house: OpenHouse, size: tuple[int, int]
) -> None:
    async with house(size=size) as home:
        account = home.ids["Nordic Foods"]
        maria = one(home, "SELECT id FROM person WHERE name = 'Maria Lind'")
        per = change(home, add_person, account, name="Per [b]Ek[/b]", part={"influence": 3})[0].id
        change(home, set_part, account, maria, reports_to_id=per, stance="supporter")
        await visit(home, tab="people")
        left = shown(home)
        both = left + shown(home, "#right")
        assert "  Per [b]Ek[/b] " in left
        assert "  └─ Maria Lind " in left
        assert "✓ champion: covered by Maria Lind, 3 days ago" in both
        assert "! economic buyer: not covered: nobody has this role" in both
        assert "influence 3 " in left
        assert "Nobody of ours owns the relationship with Per [b]Ek[/b] (influence 3)" in both
        assert ("ROLES" in left) == (size[0] == 80)


async def test_enter_on_a_person_of_the_tree_opens_them(house: OpenHouse) -> None:
    async with house() as home:
        maria = one(home, "SELECT id FROM person WHERE name = 'Maria Lind'")
        await visit(home, tab="people")
        await put_cursor(home, f"person:{maria}")
        await home.press("enter")
        assert home.screen(FormScreen).texts["name"] == "Maria Lind"


async def test_the_map_is_written_to_a_new_file_only(house: OpenHouse, tmp_path: Path) -> None:
    async with house() as home:
        await visit(home, tab="people")
        file = tmp_path / "map.mmd"
        await ask_for_file(home, str(file))
        assert home.said[-1] == f"Written to {file}."
        assert file.read_text(encoding="utf-8").startswith("graph TD\n")
        assert "Maria Lind" in file.read_text(encoding="utf-8")
        await ask_for_file(home, str(file))
        assert "cannot be written" in home.said[-1]
        await home.press("f2")
        home.screen(MenuDialog).document.move_to_key(MAP)
        await home.press("enter", "escape")
        home.screen(AccountScreen)


def test_the_ending_of_the_name_says_how() -> None:
    people, today = [Stakeholder(1, "Per")], date(2026, 3, 11)
    assert map_text("A", people, "x.dot", today).startswith("digraph")
    assert map_text("A", people, "x.GV", today).startswith("digraph")
    assert map_text("A", people, "x.txt", today).startswith("Stakeholders of A, 2026-03-11\n")
    assert map_text("A", people, "x.mmd", today).startswith("graph TD\n")
    assert map_text("A", people, "x", today).startswith("graph TD\n")
