"""Small, plain and missing terminals; books that are locked, read-only, or left in the middle."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db import sqlite
from planner.use_cases.accounts import add_account
from planner.use_cases.team import add_colleague
from tests.e2e.command import document, run
from tests.e2e.screen import TODAY, Screen, running
from tests.makers import new_book, opened
from tests.tui.conftest import start
from tui.dialogs.form import FormScreen
from tui.dialogs.opening import open_form

SMALL = (40, 10)
NOBODY = 65534
TITLES = {"1": "TODAY", "2": "ACCOUNTS", "3": "COMPLAINTS", "7": "ACTIVITY"}
TABS = dict(zip("optechmy", ("OVERVIEW", "PLAN", "TIMELINE", "PEOPLE", "COMPLAINTS", "HEALTH",
                             "MONEY", "HISTORY"), strict=True))  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with one account of mine."""
    made = new_book(tmp_path)
    mine = made.run(add_colleague, name="Ann", function="success").result.id
    made.run(add_account, name="Nordic Oy", tier=1, owner_id=mine)
    path = made.address.path
    made.connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    made.close()
    return path


@contextmanager
def at_account(book: Path, **how: object) -> Iterator[Screen]:
    """The app on the account."""
    with running("--book", str(book), "--today", TODAY, **how) as app:  # type: ignore[arg-type] # passed on
        app.wait("TODAY")
        app.press("2")
        app.wait("ACCOUNTS", "Nordic")
        app.press("enter")
        app.wait("OVERVIEW")
        yield app


def test_a_terminal_of_40_by_10_opens_every_screen_and_says_where_one_is(book: Path) -> None:
    with running("--book", str(book), "--today", TODAY, size=SMALL) as app:
        app.wait("TODAY")
        for key, title in TITLES.items():
            app.press(key)
            assert title in app.wait(title).splitlines()[0]
        app.press("2")
        app.wait("Nordic")
        app.press("enter")
        app.wait("Nordic Oy", "OVERVIEW")
        for letter, name in TABS.items():
            app.press("g", letter)
            app.wait("Nordic Oy", name)
        app.press("t")
        assert "LOG A" in app.wait("LOG A").splitlines()[0]
        app.press("still here")
        app.wait("still here")
        app.press("shift+tab", "shift+tab")
        app.wait("[CALL]")
        app.press("escape")
        app.wait("HISTORY")
        app.press("?")
        app.wait("HELP")
        app.press("escape", "/")
        app.wait("FIND")
        app.press("escape", "ctrl+q")
        assert app.end() == 0


@pytest.mark.parametrize(
    ("environ", "never"),
    [({"NO_COLOR": "1"}, b""), ({"TERM": "xterm-16color", "COLORTERM": ""}, b";2;")],
)
def test_few_colours_are_enough(book: Path, environ: dict[str, str], never: bytes) -> None:
    with at_account(book, environ=environ) as app:
        assert not never or b"\x1b[38" + never not in app.raw
        app.press("q", "q")
        assert app.end() == 0


def test_a_terminal_that_cannot_move_its_cursor_is_refused_in_words(book: Path) -> None:
    with running("--book", str(book), environ={"TERM": "dumb", "COLORTERM": ""}) as app:
        assert app.end() == 2
        assert "The app needs a terminal." in " ".join(app.text.split())
        assert b"\x1b" not in app.raw


def test_without_a_terminal_the_app_says_what_to_do(book: Path) -> None:
    said = run(book)
    assert (said.code, said.out) == (2, b"")
    assert said.words.startswith("The app needs a terminal. Without one use commands")


def test_keys_that_come_together_land_where_they_were_meant(book: Path) -> None:
    with at_account(book) as app:
        app.press("P" + "Maria Lind\tHead of IT\tmaria@example.org\x13")
        app.wait("added Maria Lind", "OVERVIEW")
    (person,) = document(book, "people")
    assert (person["name"], person["email"]) == ("Maria Lind", "maria@example.org")


def test_a_form_that_was_killed_comes_back_with_what_was_typed(book: Path) -> None:
    with at_account(book) as app:
        app.press("t", "she will not sign")
        app.wait("she will not sign")
        drafts = Path(os.environ["XDG_STATE_HOME"]) / "trustplan"
        app.wait_for(lambda: bool(kept(drafts)), "a draft in the state folder")
        app.kill()
    with at_account(book) as app:
        app.press("t")
        app.wait("she will not sign", "Your draft of")
        app.press("ctrl+s")
        app.wait("OVERVIEW", without=["Follow-ups"])
    (talk,) = document(book, "touchpoints")
    assert talk["note"] == "she will not sign"


def kept(folder: Path) -> list[str]:
    """What drafts hold, as they lie in the state folder."""
    found: list[str] = []
    for path in folder.glob("drafts-*.db"):
        with closing(sqlite3.connect(path)) as raw:
            found += [row[0] for row in raw.execute("SELECT data FROM draft")]
    return found


async def test_a_form_saved_while_another_program_writes_keeps_what_was_typed(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 50)
    writer = opened(book)
    app = start(book)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:

        async def settle() -> None:
            for _round in range(3):
                await pilot.pause()
                await app.workers.wait_for_complete()
            await pilot.pause()

        await settle()
        open_form(app.screen, "account")  # type: ignore[arg-type] # Today is in front
        await settle()
        form = app.screen
        assert isinstance(form, FormScreen)
        await pilot.press(*"Kivi")
        writer.connection.begin()
        await pilot.press("ctrl+s")
        await settle()
        assert form.message.startswith("Another program is writing to the book")
        assert form.texts["name"] == "Kivi"
        writer.connection.rollback()
        await pilot.press("ctrl+s")
        await settle()
        assert app.screen is not form
    rows = writer.connection.rows("SELECT name FROM account ORDER BY id")
    assert rows == [("Nordic Oy",), ("Kivi",)]
    writer.close()


def unprivileged() -> tuple[str, ...]:
    """The words before a command that make it somebody who may not write a read-only file."""
    if os.geteuid() != 0:
        return ()
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("only root is here, and setpriv is not: nobody to open a read-only book as")
    caps = "-dac_override,-dac_read_search,-fowner"
    return (tool, f"--bounding-set={caps}", f"--inh-caps={caps}")


def test_a_read_only_book_says_so_and_refuses_writing_in_words(book: Path) -> None:
    book.chmod(stat.S_IRUSR)
    with at_account(book, prefix=unprivileged()) as app:
        assert "READ-ONLY" in app.lines[0]
        app.press("t")
        app.wait("This book is read-only: nothing can be saved.")
        app.press("w", "q", "q")
        assert app.end() == 0
    said = run(book, "account", "add", "Kivi", prefix=unprivileged())
    assert said.code == 3
    assert "read-only" in said.words
    assert [one["name"] for one in document(book, "accounts")] == ["Nordic Oy"]
