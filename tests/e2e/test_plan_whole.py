"""The customer plan, whole, by keys at 80x24: an imported account from empty to active, signed by
four functions, changed and asked to be signed again, compared, read back from all documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.command import Said, run
from tests.e2e.screen import TODAY, Screen, running

ACCOUNT, OTHER = "Polar Marine", "Kivi Oy"
FILE = "name,tier,arr,owner\nPolar Marine,3,60000,Aylin Kaya\nKivi Oy,3,,Aylin Kaya\n"
TEAM = {"Aylin Kaya": "success", "Mia": "marketing", "Ben": "sales", "Omar": "service"}
AYLIN = "Aylin Kaya"

GOAL, METRIC = "returns below 2 %", "return rate"
PERSON = "Maria Lind"
ACTION, MEANS = "savings sheet", "finance has it"
THEIRS, THEIR_MEANS = "name one for orders", "we know who"
RISK, SIGN = "Per never saw the savings", "finance stops answering"
INTERNAL = (GOAL, METRIC, RISK, SIGN, ACTION, MEANS, "60", "unknown", "champion", "tier")
"""What stands in the plan and is not for the customer: nothing of it was shared."""


def identity(home: Path, name: str) -> tuple[str, ...]:
    """What starts the program as one of four people, each with a home of their own."""
    mine = home / name.split()[0]
    return ("env", f"HOME={mine}", f"XDG_CONFIG_HOME={mine}", f"XDG_STATE_HOME={mine}")


class Book:
    """A book in a home, and the four who work with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "book.db"

    def run(self, *words: str, who: str = AYLIN) -> Said:
        """A command that has to succeed."""
        said = run(self.path, *words, prefix=identity(self.folder, who))
        assert said.code == 0, said.words
        return said

    def ask(self, *words: str, who: str = AYLIN) -> Any:
        """The JSON document of a command."""
        return json.loads(self.run("--json", *words, who=who).out)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A fresh book with four colleagues and two imported accounts, of which little is known."""
    made = Book(tmp_path)
    for name, function in TEAM.items():
        made.run("me", name, "--function", function, who=name)
    (tmp_path / "accounts.csv").write_text(FILE, encoding="utf-8")
    assert made.ask("import", "accounts", str(tmp_path / "accounts.csv"))["created"] == 2
    return made


def app_of(book: Book, who: str) -> Any:
    return running("--book", str(book.path), "--today", TODAY, prefix=identity(book.folder, who))


def next_to_fill(app: Screen, section: str) -> None:
    """Enter on the line that says what to fill next, which is the one under the plan's head."""
    app.wait("next to fill: " + section)
    app.press("home", "down")
    app.wait_for(lambda: app.line_with("next to fill").startswith("▌"), "the cursor there")
    app.press("enter")


def save(app: Screen, *shows: str, field: str) -> None:
    app.press("ctrl+s")
    app.wait("PLAN  starter", *shows, without=[field])


def from_the_menu(app: Screen, words: str) -> None:
    app.press("f2")
    app.wait("MENU")
    app.press(words)
    app.wait(words)
    app.press("enter")


def open_the_plan(app: Screen) -> None:
    app.wait("TODAY", "UPKEEP")
    app.press("/", "polar")
    app.wait("FIND", ACCOUNT)
    app.press("enter")
    app.wait("OVERVIEW", "starter 0 of 4")
    app.press("g", "p")
    app.wait("No plan yet", "start it")


def fill_the_plan(app: Screen) -> None:
    app.press("N")
    app.wait("PLAN  starter, draft", "to activate it: a goal; a key person with a role")
    next_to_fill(app, "goals")
    app.wait("OBJECTIVE", "Priority")
    app.press(GOAL, "tab", METRIC, "tab", "tab", "4", "tab", "2", "tab", "tab", "31 dec")
    app.wait("Thu 31 Dec 2026")
    save(app, GOAL, field="Priority")
    next_to_fill(app, "mutual actions")
    app.wait("ACTION OF THE PLAN", "Done means")
    app.press(ACTION, "tab", "tab", "fri", "tab", MEANS)
    app.wait("Fri 13 Mar 2026", MEANS)
    save(app, "next to fill: key people", field="ACTION OF THE PLAN")
    next_to_fill(app, "key people")
    app.wait("Reports to")
    app.press(PERSON, "tab", "tab", "tab", "tab", "c", "tab", "3", "tab", "s")
    app.wait("[x] champion", "[SUPPORTER]")
    save(app, field="Reports to")
    next_to_fill(app, "renewal")
    app.wait("CONTRACT", "60000")
    app.press("tab", "tab", "tab", "tab", "1 mar 2027", "tab", "60")
    app.wait("Mon 1 Mar 2027")
    save(app, "activate it", field="Renews itself")
    next_to_fill(app, "risks")
    app.wait("Likely")
    app.press(RISK, "tab", "tab", "tab", "tab", "tab", "tab", SIGN)
    app.wait(SIGN)
    save(app, field="Early sign")
    app.press("X")
    app.wait("ACTION OF THE PLAN", "Done means")
    app.press(THEIRS, "tab", "tab", "25 mar", "tab", THEIR_MEANS, "tab", "maria")
    app.wait("Wed 25 Mar 2026")
    save(app, field="ACTION OF THE PLAN")
    app.press("N")
    app.wait("PLAN  starter, active", "signed 0 of 4")


def sign_it(app: Screen, book: Book) -> None:
    from_the_menu(app, "sign the plan")
    app.wait("signed 1 of 4: success")
    for name in ("Mia", "Ben", "Omar"):
        book.run("plan", "sign", ACCOUNT, who=name)
    app.wait("signed 4 of 4")
    assert {one["function"]: one["colleague"] for one in signatures(book)} == {
        function: name for name, function in TEAM.items()
    }


def signatures(book: Book) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = book.ask("plan", "signatures", ACCOUNT)
    return found


def change_the_target(app: Screen, book: Book) -> None:
    app.press("g", "p", "home")
    to_line(app, GOAL)
    app.press("enter")
    app.wait("OBJECTIVE", "Priority", GOAL)
    app.press("tab", "tab", "tab", "tab", "ctrl+u", "1", "ctrl+s")
    app.wait("signed 0 of 4", "asked again", without=["Priority"])
    assert all(one["asked_since"] == TODAY for one in signatures(book))


def to_line(app: Screen, words: str) -> None:
    """Go down until the cursor stands on a line that holds the words."""
    for _step in range(20):
        app.settle()
        if any(one.startswith("▌") and words in one for one in app.lines):
            return
        app.press("down")
    raise AssertionError(f"{words!r} was never under the cursor:\n{app.text}")


def compare(app: Screen, book: Book) -> None:
    from_the_menu(app, "versions of the plan")
    app.wait("VERSIONS", "changed the objective")
    app.press("enter")
    app.wait("compare with the version before")
    app.press("enter")
    app.wait("VERSIONS 8 AND 9", GOAL, "target")
    assert app.line_with("target").split()[-3:] == ["2", "→", "1"]
    app.press("escape")
    app.wait("VERSIONS", without=["8 AND 9"])
    app.press("escape")
    app.wait("PLAN  starter")
    (change,) = book.ask("plan", "compare", ACCOUNT)["changes"]
    assert (change["kind"], change["record"], change["field"]) == ("objective", GOAL, "target")
    assert (change["old"], change["new"]) == (2, 1)


class Reader(HTMLParser):
    """The text of a document as a browser shows it, and what it would load from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.loads: list[str] = []
        self._hidden = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._hidden += tag == "style"
        self.loads += [str(value) for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def read_back(book: Book, *words: str) -> dict[str, str]:
    """A document in its three formats, as text without the breaks of lines."""
    found = {}
    for ending in ("text", "md", "html"):
        path = book.folder / f"{len(list(book.folder.iterdir()))}.{ending}"
        book.run(*words, "--format", ending, "--to", str(path))
        text = path.read_text(encoding="utf-8")
        if ending == "html":
            reader = Reader(text)
            assert [one for one in reader.loads if not one.startswith("#")] == []
            text = reader.text
        found[ending] = " ".join(text.replace("\\", "").split())
    return found


def test_an_imported_account_gets_its_plan_by_keys_and_every_document_says_it(book: Book) -> None:
    with app_of(book, AYLIN) as app:
        open_the_plan(app)
        fill_the_plan(app)
        sign_it(app, book)
        change_the_target(app, book)
        compare(app, book)
        app.press("ctrl+q")
        assert app.end() == 0
    for text in read_back(book, "plan", "show", ACCOUNT).values():
        for wanted in (GOAL, METRIC, PERSON, ACTION, MEANS, THEIRS, THEIR_MEANS, RISK, SIGN):
            assert wanted in text
    for text in read_back(book, "show", ACCOUNT).values():
        for wanted in (GOAL, PERSON, ACTION, RISK):
            assert wanted in text
    for text in read_back(book, "plan", "show", ACCOUNT, "--share").values():
        assert THEIRS in text
        assert PERSON in text
        assert [one for one in INTERNAL if one in text] == []


def test_the_four_facts_on_one_screen_make_a_plan_from_today_by_keys(book: Book) -> None:
    with app_of(book, AYLIN) as app:
        app.wait("TODAY", "UPKEEP")
        app.press("end")
        to_line(app, "UPKEEP")
        app.press("enter")
        app.wait(OTHER)
        to_line(app, OTHER)
        app.press("enter")
        app.wait("STARTER PLAN", OTHER, "Key person")
        app.press(GOAL, "tab", METRIC, "tab", "4", "tab", "2", "tab", "31 dec", "tab", PERSON)
        app.press("tab", "c", "tab", "1 mar 2027", "tab", "60k", "tab", ACTION, "tab", "fri")
        app.press("tab", MEANS, "tab", "tab", RISK)
        app.wait("[CHAMPION]", "Mon 1 Mar 2027", "60 k EUR", "Fri 13 Mar 2026", RISK)
        app.press("enter")
        app.wait("PLAN  starter, active", GOAL, without=["Key person"])
        app.press("ctrl+q")
        assert app.end() == 0
    page = book.ask("plan", "show", OTHER)
    assert (page["plan"]["size"], page["plan"]["status"]) == ("starter", "active")
    assert page["contracts"][0]["arr"] == {"minor": 6_000_000, "currency": "EUR"}
