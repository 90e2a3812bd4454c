"""The person's own keys: what applies, what is refused in words, and what the screens show."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from textual.keys import _character_to_key
from textual.widgets import Input

from tests.tui.conftest import House, start
from tui.actions import actions_by_id, hints, registry, use_keys
from tui.app import TrustplanApp
from tui.dialogs.help import HelpDialog
from tui.dialogs.menu import MenuDialog
from tui.keymap import Keymap, key_name, read_keymap
from tui.widgets.key_line import KeyLine, last_hints


@pytest.fixture(autouse=True)
def _registry_keys_again() -> Any:
    yield
    use_keys({})


def read(**entries: object) -> Keymap:
    return read_keymap({one.replace("__", "."): keys for one, keys in entries.items()}, registry())


def problem(**entries: object) -> str:
    found = read(**entries)
    assert len(found.problems) == 1, found
    return found.problems[0]


def test_a_key_or_a_list_of_keys() -> None:
    found = read(list__star="J", undo=["ctrl+z", "f6"])
    assert found == Keymap({"list.star": ("J",), "undo": ("ctrl+z", "f6")})
    assert found.for_textual() == {"list.star": "J", "undo": "ctrl+z,f6"}


def test_no_section_and_an_empty_one_change_nothing() -> None:
    assert read_keymap(None, registry()) == Keymap() == read_keymap({}, registry())


def test_an_id_without_quotes_is_read_too() -> None:
    assert read_keymap({"list": {"star": "J"}}, registry()).keys == {"list.star": ("J",)}


def test_an_unknown_id_names_the_nearest_spelling() -> None:
    assert problem(list__stra="x") == (
        "list.stra: there is no such action; list.star is spelt like it."
    )
    assert problem(zzzzzz="x") == "zzzzzz: there is no such action."


@pytest.mark.parametrize("value", [3, True, [], ["x", 3], None, 1.5])
def test_a_value_of_a_wrong_type(value: object) -> None:
    assert problem(list__star=value).startswith("list.star: a key is a text")


@pytest.mark.parametrize("section", ["x", 3, ["list.star"]])
def test_a_section_that_is_no_table(section: object) -> None:
    found = read_keymap(section, registry())
    assert found.keys == {}
    assert "[keys]" in found.problems[0]


@pytest.mark.parametrize(
    ("key", "same"), [("ctrl+i", "Tab"), ("ctrl+m", "Enter"), ("Ctrl+H", "Backspace"),
                      ("ctrl+j", "Enter"), ("ctrl+[", "Esc")]
)  # fmt: skip
def test_a_key_that_terminals_send_as_another(key: str, same: str) -> None:
    assert problem(list__star=key) == (
        f"list.star: terminals send {key} as {same}; choose another key."
    )


@pytest.mark.parametrize(
    "key", ["alt+enter", "alt+x", "ctrl+1", "ctrl+shift+x", "f40", "meta", "", "ctrl+", "rabbit",
            "ctrl+é", "super+x", "shift+f5", "shift+é+x"]
)  # fmt: skip
def test_a_key_that_no_terminal_sends(key: str) -> None:
    assert problem(list__star=key) == (f"list.star: no terminal sends {key}; choose another key.")


@pytest.mark.parametrize("key", ["۱", "ش", "؟", "¡"])
def test_a_character_that_is_read_as_another_key(key: str) -> None:
    assert "is read as another key" in problem(list__star=key)


@pytest.mark.parametrize(
    "key", ["escape", "Esc", "enter", "tab", "shift+tab", "up", "left", "space", " ", "j", "end",
            "ctrl+c"]
)  # fmt: skip
def test_keys_that_stay(key: str) -> None:
    assert "stays what it is everywhere" in problem(list__star=key)


def test_what_has_a_key_that_stays_keeps_it() -> None:
    assert read(back="J", account__tab_next="f6").keys == {
        "back": ("J", "escape"),
        "account.tab_next": ("f6", "right"),
    }


def test_a_key_of_another_action_names_both() -> None:
    assert problem(list__star="X") == (
        "list.star: X is the key of account.plan_action already; give that one another key too."
    )
    assert "menu" in problem(list__star=":")


def test_two_keys_may_be_exchanged() -> None:
    assert read(list__star="d", list__done="w").keys == {
        "list.star": ("d",), "list.done": ("w",)
    }  # fmt: skip


def test_of_two_that_take_one_key_the_later_is_left_out() -> None:
    found = read(list__star="J", list__done="J")
    assert found.keys == {"list.star": ("J",)}
    assert "list.done: J is the key of list.star" in found.problems[0]


def test_what_leant_on_a_refused_entry_is_refused_too() -> None:
    """list.star wants d, which list.done gives up only for a key that it cannot have."""
    found = read(list__star="d", list__done="t")
    assert found.keys == {}
    assert len(found.problems) == 2


def test_forms_and_lists_may_share_a_key_but_not_with_the_menu() -> None:
    assert read(form__editor="f6", list__star="f6").problems == ()
    assert "menu" in problem(form__editor="f2")


@pytest.mark.parametrize("one", ["form.save", "dialog.leave", "quit"])
def test_what_works_while_typing_is_no_letter(one: str) -> None:
    assert "typed into the text" in problem(**{one: "x"})


def test_what_edits_text_stays_in_forms() -> None:
    assert "edits text" in problem(form__save="ctrl+u")
    assert read(list__star="ctrl+u").problems == ()


def test_the_wrong_ones_are_left_out_and_the_rest_apply() -> None:
    found = read(list__star="J", undo="alt+enter", nothing="y")
    assert found.keys == {"list.star": ("J",)}
    assert len(found.problems) == 2


def test_keys_as_people_write_them() -> None:
    written = ("Ctrl+S", "F5", "shift+x", "X", "Del", "slash", "?", "control+e", "ö")
    assert [key_name(text) for text in written] == [
        "ctrl+s", "f5", "X", "X", "delete", "slash", "question_mark", "ctrl+e", "ö",
    ]  # fmt: skip


@pytest.mark.parametrize("character", [chr(code) for code in range(33, 127)])
def test_names_of_characters_are_textuals(character: str) -> None:
    assert key_name(character) == _character_to_key(character)


def test_every_key_of_the_registry_could_be_given() -> None:
    """The check refuses nothing that works."""
    for action in registry():
        if action.keys:
            found = read_keymap({action.id: list(action.keys)}, registry())
            assert found.problems == (), found


def test_hints_and_the_registry_show_the_persons_keys() -> None:
    use_keys({"list.star": ("J",), "menu": ("f3",)})
    assert hints(("list.star",)) == [("J", "star")]
    assert actions_by_id()["list.star"].keys == ("J",)
    assert last_hints()[0] == ("F3", "menu")
    use_keys({})
    assert last_hints() == (("F2", "menu"), ("?", "help"))


def started(template: tuple[Path, dict[str, int]], tmp_path: Path, keys: object) -> TrustplanApp:
    path = tmp_path / "book.db"
    shutil.copyfile(template[0], path)
    app = start(path)
    return TrustplanApp(app.launch, keys=keys)


async def test_the_app_obeys_and_shows_the_persons_keys(
    template: tuple[Path, dict[str, int]], tmp_path: Path
) -> None:
    keys = {"go.complaints": "8", "theme": "f6", "menu": "f3", "help": "f5", "quit": "ctrl+x"}
    app = started(template, tmp_path, keys)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        home = House(app, pilot, tmp_path / "book.db")
        await home.settle()
        assert home.said == []
        first = type(app.screen)
        await home.press("3")
        assert isinstance(app.screen, first)
        await home.press("8")
        assert not isinstance(app.screen, first)
        line = app.screen.query_one("#keys", KeyLine).spans(120)
        assert "F3 menu" in "".join(one if isinstance(one, str) else one[0] for one in line)
        before = app.theme
        await home.press("f6")
        assert app.theme != before
        await home.press("f2")
        assert not isinstance(app.screen, MenuDialog)
        await home.press("f3")
        assert isinstance(app.screen, MenuDialog)
        assert any(line.startswith("8 ") and "Complaints" in line for line in home.lines())
        await home.press("escape", "f5")
        assert isinstance(app.screen, HelpDialog)
        assert any(line.startswith("F6 ") for line in home.lines())
        await home.press("escape", "ctrl+x")
        assert app.return_code == 0


async def test_problems_are_said_once_at_the_start(
    template: tuple[Path, dict[str, int]], tmp_path: Path
) -> None:
    app = started(template, tmp_path, {"[bold]": "x", "list.star": "alt+enter", "undo": "f7"})
    async with app.run_test(notifications=True) as pilot:
        home = House(app, pilot, tmp_path / "book.db")
        await home.settle()
        assert home.said == [
            "[bold]: there is no such action.",
            "list.star: no terminal sends alt+enter; choose another key.",
        ]
        assert actions_by_id()["undo"].keys == ("f7",)


async def test_a_letter_of_the_persons_is_typed_in_a_form(
    template: tuple[Path, dict[str, int]], tmp_path: Path
) -> None:
    app = started(template, tmp_path, {"menu": "m", "list.star": "J"})
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        home = House(app, pilot, tmp_path / "book.db")
        await home.settle()
        await home.press("slash", "m", "J")
        assert app.screen.query_one(Input).value == "mJ"
