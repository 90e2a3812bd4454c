"""What works on every screen: keys from the registry, going places, leaving, copying, scripts."""

from __future__ import annotations

import pytest
from textual import events
from textual.binding import Binding

from tests.tui.conftest import House, OpenHouse
from tui.actions import ANYWHERE, actions_by_id, all_actions
from tui.dialogs.find import FindDialog
from tui.dialogs.form import FormScreen
from tui.dialogs.help import HelpDialog
from tui.dialogs.menu import MenuDialog, actions_here, best_first, keys_of
from tui.dialogs.recent import RecentDialog
from tui.keys_meant import keys_meant
from tui.person import chosen_theme, load_config
from tui.screens.account import AccountScreen
from tui.screens.accounts import AccountsScreen
from tui.screens.activity import ActivityScreen
from tui.screens.complaints import ComplaintsScreen
from tui.screens.frame import FrameScreen
from tui.screens.renewals import RenewalsScreen
from tui.screens.today import TodayScreen

SCREENS: tuple[type[FrameScreen], ...] = (
    TodayScreen, AccountsScreen, ComplaintsScreen, ActivityScreen, AccountScreen,
)  # fmt: skip
TEXTUALS_OWN = {"app.focus_next", "app.focus_previous", "screen.copy_text"}


def bound(screen: type[FrameScreen]) -> list[Binding]:
    merged = screen._merge_bindings()
    return [one for same_key in merged.key_to_bindings.values() for one in same_key]


@pytest.mark.parametrize("screen", SCREENS)
def test_every_binding_of_a_screen_comes_from_the_registry(screen: type[FrameScreen]) -> None:
    known = actions_by_id()
    for binding in bound(screen):
        if binding.action in TEXTUALS_OWN:
            continue
        assert binding.id in known, binding
        assert binding.key in known[binding.id].keys
        assert binding.action == known[binding.id].method


@pytest.mark.parametrize("screen", SCREENS)
def test_no_two_actions_of_a_screen_share_a_key(screen: type[FrameScreen]) -> None:
    owners: dict[str, set[str | None]] = {}
    for binding in bound(screen):
        if binding.action not in TEXTUALS_OWN:
            owners.setdefault(binding.key, set()).add(binding.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("screen", SCREENS)
def test_every_action_of_a_screen_has_its_method(screen: type[FrameScreen]) -> None:
    known = actions_by_id()
    for binding in bound(screen):
        if binding.id is not None:
            assert hasattr(screen, f"action_{known[binding.id].method}"), binding.id


def test_ids_are_unique_and_no_action_needs_a_capital_alone() -> None:
    ids = [action.id for action in all_actions()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "7"])
async def test_help_and_menu_list_every_action_that_works_here(house: OpenHouse, key: str) -> None:
    async with house() as home:
        await home.press(key)
        here = actions_here(home.app.screen)
        assert {action.id for action in here} >= {
            binding.id for binding in bound(type(home.screen(FrameScreen))) if binding.id
        }
        await home.press("question_mark")
        home.screen(HelpDialog)
        helped = home.lines()
        await home.press("escape", "f2")
        home.screen(MenuDialog)
        listed = home.lines()
        for action in here:
            assert any(keys_of(action) in one and action.words in one for one in helped), action
            assert any(keys_of(action) in one and action.words in one for one in listed), action


async def test_digits_switch_the_top_screens_without_stacking_them(house: OpenHouse) -> None:
    async with house() as home:
        depth = len(home.app.screen_stack)
        for key, kind in (("2", AccountsScreen), ("3", ComplaintsScreen), ("4", RenewalsScreen),
                          ("7", ActivityScreen), ("1", TodayScreen),
                          ("2", AccountsScreen)):  # fmt: skip
            await home.press(key)
            home.screen(kind)
            assert len(home.app.screen_stack) == depth
        await home.press("enter")
        home.screen(AccountScreen)
        await home.press("1")
        home.screen(TodayScreen)
        assert len(home.app.screen_stack) == depth


async def test_menu_runs_what_is_typed_and_chosen(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("colon", *"complaints")
        assert home.document.cursor_key == "go.complaints"
        await home.press("enter")
        home.screen(ComplaintsScreen)


async def test_menu_runs_an_account_action_from_elsewhere(house: OpenHouse) -> None:
    async with house() as home:
        home.screen(TodayScreen)
        await home.press("f2", *"add a person", "enter")
        await home.settle()
        assert any(isinstance(screen, AccountScreen) for screen in home.app.screen_stack)


def test_a_typed_key_and_the_beginning_of_a_word_come_first_in_the_menu() -> None:
    assert best_first(all_actions(), "u")[0].id == "undo"
    assert best_first(all_actions(), "sco")[0].id == "scope"
    assert best_first(all_actions(), "log")[0].id == "log.touchpoint"
    assert best_first(all_actions(), "zzz") == []


async def test_q_goes_back_and_quits_only_on_a_top_screen(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("enter", "q")
        home.screen(TodayScreen)
        await home.press("escape", "escape")
        home.screen(TodayScreen)
        assert home.app._exit is False
        await home.pilot.press("q")
        assert home.app._exit is True
        assert home.app.return_code == 0


async def test_ctrl_q_quits_from_a_form_and_keeps_its_draft(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("t")
        form = home.screen(FormScreen)
        kept: list[bool] = []

        async def keep() -> None:
            kept.append(True)

        form.keep_draft = keep  # type: ignore[method-assign] # to see that it is asked
        await home.pilot.press("ctrl+q")
        assert kept == [True]
        assert home.app._exit is True


async def test_ctrl_c_does_not_quit(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("ctrl+c")
        assert home.app._exit is False


async def test_copy_says_what_was_copied_and_copies_text_only(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("y")
        assert home.app.clipboard == "Nordic Foods: answer complaint C-1"
        assert any("copied: Nordic Foods" in said for said in home.said)


async def test_recent_lists_what_was_opened_and_a_digit_opens_it(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("b")
        assert any("No account was opened yet" in said for said in home.said)
        await home.press("enter", "escape", "down", "enter", "escape", "b")
        home.screen(RecentDialog)
        assert [line.split()[0] for line in home.lines()] == ["1", "2"]
        assert "Atlas Dental" in home.lines()[0]
        await home.press("2")
        assert home.screen(AccountScreen).account_id == home.ids["Nordic Foods"]


async def test_log_asks_which_account_where_there_is_none(house: OpenHouse) -> None:
    async with house() as home:
        home.document.move_to_key("fold:later")
        await home.press("t")
        home.screen(FindDialog)
        await home.press(*"kivi", "enter")
        home.screen(FormScreen)


async def test_undo_with_nothing_to_undo_says_so(house: OpenHouse) -> None:
    async with house(empty=True) as home:
        await home.press("u")
        assert any("nothing to undo" in said for said in home.said)


async def test_theme_changes_from_the_menu(house: OpenHouse) -> None:
    async with house() as home:
        before = home.app.theme
        await home.press("f2", *"theme", "enter")
        assert home.app.theme != before
        assert chosen_theme(load_config()) == home.app.theme


async def test_undo_says_how_to_take_it_again_in_one_line(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("2")
        await home.press("w")
        await home.press("u")
        (said,) = home.said
        assert said.startswith("undid: ")
        assert said.endswith("U redoes it")


@pytest.mark.parametrize(
    ("character", "meant"),
    [
        ("۲", [("2", "2")]),
        ("٢", [("2", "2")]),
        ("؟", [("question_mark", "?")]),
        ("™", [("escape", "\x1b"), ("2", "2")]),
        ("ض", [("q", "q")]),
        ("ı", [("ı", "ı")]),
        ("2", [("2", "2")]),
    ],
)
def test_keys_of_other_scripts_mean_what_stands_there(
    character: str, meant: list[tuple[str, str]]
) -> None:
    assert keys_meant(character, character, typing=False) == meant


def test_a_text_field_gets_every_character_as_typed() -> None:
    for character in "۲؟£™ض":
        assert keys_meant(character, character, typing=True) == [(character, character)]


async def _send(home: House, key: str, character: str) -> None:
    home.app.post_message(events.Key(key, character))
    await home.settle()


async def test_a_persian_digit_goes_to_the_screen_of_its_number(house: OpenHouse) -> None:
    async with house() as home:
        await _send(home, "extended_arabic-indic_digit_two", "۲")
        home.screen(AccountsScreen)
        await _send(home, "arabic_question_mark", "؟")
        home.screen(HelpDialog)


async def test_escape_and_a_quick_digit_are_escape_then_the_digit(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("enter")
        home.screen(AccountScreen)
        await _send(home, "™", "™")
        home.screen(AccountsScreen)


def test_every_action_of_everywhere_is_listed_for_help() -> None:
    for screen in SCREENS:
        anywhere = {a.id for a in all_actions() if a.group == ANYWHERE and a.keys}
        assert anywhere - {binding.id for binding in bound(screen)} <= {"quit"}


async def test_somebody_whom_the_book_gets_to_know_becomes_me_without_a_restart(
    house: OpenHouse,
) -> None:
    from planner.use_cases.team import add_colleague

    async with house(name="Zoe") as home:
        assert home.app.facts is not None
        assert home.app.facts.actor.colleague_id is None
        await home.app.store.write(add_colleague, name="Zoe", function="sales")
        home.app.changed()
        await home.settle()
        zoe = home.app.facts.actor
        assert (zoe.colleague_id is not None, zoe.function) == (True, "sales")
        assert (await home.app.store.read(lambda queries: queries.actor)) == zoe
