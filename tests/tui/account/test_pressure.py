"""The block on contact pressure of the wide overview."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.pressure import Subject, Touch, Window
from tests.makers import TODAY, World, day
from tests.strategies import HOSTILE
from tests.tui.account.views import View, assert_fits, words
from tui.screens.account_sheets import SHARES, build
from tui.screens.account_view import AccountView, Sheet, Space


def wide(view: AccountView, width: int = 120) -> Sheet:
    return build("overview", view, Space(width, 34, SHARES["overview"]))


def block(sheet: Sheet) -> str:
    _before, found, rest = words(sheet.right).partition("PRESSURE")
    return found + rest.partition("\n\n")[0].partition("PLAN")[0]


def person(row_id: int, name: str, count: int) -> Subject:
    touches = tuple(Touch(TODAY, "email", id=number) for number in range(count))
    return Subject("person", row_id, name, (Window(3, 7),), touches)


def test_who_hears_most_stands_first_with_the_next_free_day(view: View) -> None:
    said = block(wide(view("overview")))
    assert "all functions" in said
    assert said.index("Maria 1 of 3, free now") < said.index("Joe   0 of 3, free now")
    assert "Nordic Oy" not in said


def test_a_line_opens_the_person_and_one_who_is_full_is_marked(
    full: tuple[object, World], view: View
) -> None:
    seen = replace(view("overview"), pressure=(person(full[1].maria, "Maria Lind", 3),))
    found = [one for one in wide(seen).right if one.key == f"person:{full[1].maria}"]
    assert any("3 of 3, free Wed 18 Mar" in words([one]) for one in found)
    assert any(("3 of 3, free Wed 18 Mar", "warn") in one.spans for one in found)


def test_the_account_is_listed_once_it_is_at_its_cap(view: View) -> None:
    touches = (Touch(day(1), "email", id=1),)
    account = Subject("account", 9, "Nordic Oy", (Window(1, 7),), touches)
    seen = replace(view("overview"), pressure=(person(1, "Maria", 0), account))
    assert "Nordic Oy 1 of 1, free Tue 17 Mar" in block(wide(seen)).replace("  ", " ")


def test_of_many_the_most_pressed_four_are_listed(view: View) -> None:
    crowd = tuple(person(number, f"P{number}", number % 4) for number in range(50))
    said = block(wide(replace(view("overview"), pressure=crowd)))
    assert said.count(" of 3") == 4
    assert said.count("3 of 3") == 4


def test_without_people_there_is_no_block(bare: AccountView) -> None:
    assert "PRESSURE" not in words(wide(bare).right)


@pytest.mark.parametrize("width", [110, 118, 200])
def test_the_worst_names_fit(view: View, width: int) -> None:
    worst = tuple(person(number, name, 3) for number, name in enumerate(HOSTILE))
    for start in range(0, len(worst), 4):
        seen = replace(view("overview"), pressure=worst[start : start + 4])
        sheet = wide(seen, width)
        assert_fits(sheet.right, Space(width, 34, SHARES["overview"]).right)
