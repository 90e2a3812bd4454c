"""Every text is marked for translation, and longer words break nothing.

The pseudo-locale writes every message with accents, in brackets, and longer. An ASCII word that is
still on the screen is data, or a text that somebody forgot to mark.
"""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from gettext import NullTranslations
from pathlib import Path

import pytest

from planner import language
from tests.makers import fill, new_book
from tests.tui.conftest import House, start
from tui.dialogs.form import FormScreen
from tui.dialogs.opening import open_form
from tui.screens.account import AccountScreen
from tui.screens.account_view import TABS
from tui.screens.frame import FrameScreen

ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽàƀçðéƒĝĥîĵķļṁñöþǫŕšţûṽŵẋýž",
)
PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
WORD = re.compile(r"[A-Za-z]{2,}")


class Pseudo(NullTranslations):
    """⟦Ŧöðàý··⟧: accents, brackets, a third longer; placeholders stay."""

    def gettext(self, message: str) -> str:
        parts = PLACEHOLDER.split(message)
        accented = "".join(
            part if PLACEHOLDER.fullmatch(part) else part.translate(ACCENTED) for part in parts
        )
        return f"⟦{accented}{'·' * (len(message) // 3)}⟧" if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def pseudo() -> Iterator[None]:
    language.use(Pseudo())
    yield
    language.use(NullTranslations())


def shown(home: House) -> str:
    """What is on the screen, as text."""
    lines = home.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in lines)


FORMS = (
    "touchpoint", "complaint", "action", "person", "contract", "team", "plan", "objective",
    "plan_action", "risk", "pulse", "account", "interview_bought", "interview_stay",
    "interview_exit", "line_contact_plan", "line_why_stay", "starter",
)  # fmt: skip
TOPS = {"Today": "1", "Accounts": "2", "Complaints": "3", "Renewals": "4", "Activity": "7"}
DIALOGS = {"find": "slash", "menu": "f2", "help": "f1"}


async def walk(home: House) -> dict[str, str]:
    """Every place with what it shows: top screens, dialogs, tabs of an account, forms."""
    seen = {}
    for name, key in TOPS.items():
        await home.press(key)
        seen[name] = shown(home)
    for name, key in DIALOGS.items():
        await home.press(key)
        seen[name] = shown(home)
        await home.press("escape", "escape")
    await home.press("1")
    screen = home.screen(FrameScreen)
    screen.open_account(home.ids["account"])
    await home.settle()
    account = home.screen(AccountScreen)
    for tab in TABS:
        account.set_tab(tab)
        await home.settle()
        seen[f"account, {tab}"] = shown(home)
    for name in FORMS:
        open_form(account, name, account_id=home.ids["account"])
        await home.settle()
        home.screen(FormScreen)
        seen[f"form {name}"] = shown(home)
        await home.press("escape")
        assert home.app.screen is account, name
    return seen


@asynccontextmanager
async def opened_house(folder: Path, size: tuple[int, int]) -> AsyncIterator[House]:
    """The app on a book with one of everything."""
    book = new_book(folder)
    world = fill(book)
    book.close()
    app = start(folder / "book.db", name="Ann")
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        home = House(app, pilot, folder / "book.db", {"account": world.account})
        await home.settle()
        yield home


DATA = (
    "Ann", "Bob", "Nordic Oy", "Other Ltd", "Maria", "maria@nordic.example", "IT", "Joe",
    "Stranger", "Founded", "Halve the effort", "Send it", "sent", "The sponsor leaves",
    "Talked about", "stanbul", "call back", "Too slow", "Broken", "key", "Test", "contract",
    "It saves a day", "A day a week", "fill_plan", "fill_contact", "fill_voice", "Quarterly review",
    "They look around", "holiday", "Spoke to a prospect", "BRANCH", "Branch", "Gloves",
)  # fmt: skip
"""What the book holds; a contract without a name is stored as one called contract."""

ALLOWED = ("EUR", "NPS", "CSAT", "CES", "Ctrl", "Esc", "Enter", "Del", "Space")
"""Codes of currencies and of surveys, and names of keys."""


def unmarked(text: str) -> set[str]:
    """ASCII words that are neither data, nor the beginning of some that was cut, nor allowed."""
    for known in sorted((*DATA, *ALLOWED), key=len, reverse=True):
        for end in range(len(known), 1, -1):
            whole = end == len(known)
            text = text.replace(known[:end] + ("" if whole else "…"), " ")
    return set(WORD.findall(text))


def test_the_check_finds_a_text_that_nobody_marked() -> None:
    marked = Pseudo().gettext("late {count}d").format(count=3)
    assert unmarked(f"{marked} Nordic Oy  Too slo… Ctrl+S 240 k EUR") == set()
    assert unmarked(f"{marked} overdue Nordic Oy") == {"overdue"}


@pytest.mark.usefixtures("pseudo")
async def test_every_text_on_the_screens_is_marked(tmp_path: Path) -> None:
    async with opened_house(tmp_path, (120, 40)) as home:
        found = {name: unmarked(text) for name, text in (await walk(home)).items()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.usefixtures("pseudo")
async def test_longer_words_break_nothing_on_a_small_screen(tmp_path: Path) -> None:
    async with opened_house(tmp_path, (80, 24)) as home:
        seen = await walk(home)
        assert home.said == []
    for name, text in seen.items():
        lines = text.splitlines()
        assert len(lines) == 24, name
        assert "⟦" in lines[0], name
        assert "⟦" in lines[-1], name
