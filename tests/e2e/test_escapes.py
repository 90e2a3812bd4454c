"""No escape sequence, control character or order of direction from data reaches the terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.e2e.command import run
from tests.e2e.escapes import in_text, on_screen
from tests.e2e.hostile_book import ATTACKS, MARK, ME, HostileBook, make, naughty, untouched
from tests.e2e.screen import TODAY, Screen, running
from tests.makers import opened
from tui.actions import actions_by_id
from tui.cli.commands import commands

READ = "Read"
FOLDER = f"\x1b]2;{MARK}-TITLE\x07[red]\u202e"
PAGES = 12


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> HostileBook:
    """A book of hostile texts in a folder with a hostile name."""
    folder = tmp_path_factory.mktemp("hostile") / FOLDER
    folder.mkdir()
    return make(folder, [*ATTACKS, *naughty(samples)])


@pytest.fixture(autouse=True)
def _hostile_me() -> None:
    """I have a hostile name in config.toml."""
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "trustplan"
    folder.mkdir()
    (folder / "config.toml").write_text(f"[me]\nname = {json.dumps(ME)}\n", encoding="utf-8")


def test_every_text_field_of_the_book_is_hostile(hostile: HostileBook) -> None:
    book = opened(hostile.path, mode="read")
    assert untouched(book) == []
    book.close()


def test_the_check_sees_what_it_should() -> None:
    assert [attack for attack in ATTACKS[:5] if not on_screen(attack.encode())] == []
    assert on_screen(b"\x1b[1;31mfine\x1b[0m\x1b[2;3H\r\n\xe2\x90\x9b]52;c;") == []
    assert on_screen(b"\x1b]52;c;YQ==\x1b\\", copied=True) == []
    assert on_screen(b"\x1b]52;c;YQ==\x1b\\") != []
    assert in_text("\u202e") != []
    assert in_text("\x9b") != []


def look(app: Screen, *keys: str, words: str) -> None:
    """Press keys and wait for what they open."""
    app.press(*keys)
    app.wait(words)
    app.settle()


def look_and_leave(app: Screen, *keys: str, words: str, back: str) -> None:
    """Open something, wait for its words, leave, and wait until it is gone."""
    look(app, *keys, words=words)
    app.press("escape")
    app.wait(back, without=[words])


def lists(app: Screen) -> None:
    app.wait("TODAY", "NOW")
    for _line in range(8):
        app.press("down")
    look_and_leave(app, "?", words="HELP", back="TODAY")
    look_and_leave(app, "f2", words="MENU", back="TODAY")
    app.press("S")
    app.settle()
    look(app, "2", words="ACCOUNTS")
    for _page in range(PAGES):
        app.press("pagedown", "pagedown", "pagedown")
        app.settle()
    look_and_leave(app, "home", "s", words="SORT BY", back="ACCOUNTS")
    look_and_leave(app, "space", "e", words="CHANGE 1 ACC", back="ACCOUNTS")
    look_and_leave(app, "delete", words="keep it", back="ACCOUNTS")
    look(app, "w", words="u undoes")
    app.press("f", "escape")
    look(app, "3", words="COMPLAINTS")
    app.press("down", "end")
    look(app, "7", words="ACTIVITY")
    for _page in range(PAGES):
        app.press("pagedown")
    app.settle()


def dialogs(app: Screen) -> None:
    look(app, "1", words="TODAY")
    look(app, "/", MARK.lower(), words="account")
    app.press("down", "down", "pagedown", "pagedown")
    look_and_leave(app, words="FIND", back="TODAY")
    look(app, "/", "critical", words="FIND")
    app.press("escape")


def open_the_account(app: Screen) -> None:
    look(app, "1", "home", words="TODAY")
    look_and_leave(app, "enter", words="LOG A TOUCHPOINT", back="TODAY")  # the day's meeting
    app.press("down", "enter")
    app.wait("OVERVIEW")


def forms(app: Screen) -> None:
    for action, words in (
        ("account.edit", "Keep"), ("account.person", "Reports to"),
        ("account.contract", "Last day"), ("account.team", "Marketing"),
        ("account.objective", "Metric"),
        ("account.plan_action", "Done means"), ("account.risk", "Early sign"),
        ("account.pulse", "PULSE  "), ("log.touchpoint", "Follow-ups"),
        ("log.complaint", "Severity"), ("log.action", "Who owes it"),
    ):  # fmt: skip
        look_and_leave(app, actions_by_id()[action].keys[0], words=words, back="OVERVIEW")


def tabs(app: Screen) -> None:
    for letter, name in zip("ptechmy", ("PLAN", "TIMELINE", "PEOPLE", "COMPLAINTS", "HEALTH",
                                        "MONEY", "HISTORY"), strict=True):  # fmt: skip
        look(app, "g", letter, words=name)
        app.press("pagedown")
        app.settle()
        app.press("pagedown", "home")
        app.settle()
    look(app, "g", "e", words="PEOPLE")
    look_and_leave(app, "e", words="Reports to", back="PEOPLE")
    look(app, "g", "m", words="MONEY")
    look_and_leave(app, "e", words="Last day", back="MONEY")
    look(app, "g", "c", words="COMPLAINTS")
    look_and_leave(app, "e", words="Severity", back="COMPLAINTS")
    look_and_leave(app, "d", words="NEXT STEP", back="COMPLAINTS")
    look_and_leave(app, "o", words="HAND OVER", back="COMPLAINTS")
    look_and_leave(app, "enter", words="COMPLAINT ", back="MONEY".lower())
    look(app, "g", "t", words="TIMELINE")
    look_and_leave(app, "enter", words="ENTRY", back="TIMELINE")
    look_and_leave(app, "down", "down", "e", words="Ctrl+S save", back="TIMELINE")
    look_and_leave(app, "f", words="kind:", back="TIMELINE")
    look(app, "g", "y", words="HISTORY")
    look_and_leave(app, "enter", words="CHANGE", back="HISTORY")


def leave_a_draft(app: Screen) -> None:
    look(app, "g", "o", words="OVERVIEW")
    app.press("t", "a draft")
    app.wait("a draft")
    app.press("escape")
    app.wait("The draft is kept")
    look(app, "t", words="is back")
    look(app, "ctrl+g", words="Throw away")
    app.press("y", "enter")
    app.wait("OVERVIEW", without=["Throw away"])
    look_and_leave(app, "b", words="RECENT", back="OVERVIEW")
    look(app, "w", words="u undoes")
    look(app, "u", words="OVERVIEW")


def test_no_escape_from_data_reaches_the_terminal(hostile: HostileBook) -> None:
    with running("--book", str(hostile.path), "--today", TODAY) as app:
        lists(app)
        dialogs(app)
        open_the_account(app)
        forms(app)
        tabs(app)
        leave_a_draft(app)
        assert MARK in app.raw.decode()
        assert on_screen(app.raw) == []
        before = len(app.raw)
        look(app, "y", words="copied")
        assert on_screen(app.raw[before:], copied=True) == []
        app.press("ctrl+q")
        assert app.end() == 0


PLAN_FORMATS = ((), ("--format", "md"), ("--format", "html"), ("--share",),
                ("--share", "--format", "html"))  # fmt: skip
PLAN_READS = ("actions", "stakeholders", "versions", "signatures", "lines", "progress", "growth",
              "loyalty")  # fmt: skip


def lists_and_pages(account: str) -> dict[str, list[list[str]]]:
    """The lines of every reading command."""
    return {
        "today": [["today"]],
        "accounts": [["accounts"], ["accounts", "--limit", "9"]],
        "people": [["people"]],
        "touchpoints": [["touchpoints"]],
        "timeline": [["timeline", account]],
        "complaints": [["complaints"]],
        "actions": [["actions"]],
        "show": [["show", account], *(["show", account, "--format", f] for f in ("md", "html"))],
        "health": [["health", account]],
        "search": [["search", MARK]],
        "history": [["history"], ["history", account]],
        "renewals": [["renewals"], ["renewals", "--months"]],
        "sections": [["sections"], ["sections", account]],
        "reasons": [["reasons", one] for one in ("bought", "stay", "exit", "unheard", "due")],
        "opportunities": [["opportunities"]],
        "gestures": [["gestures"]],
        "requests": [["requests"], ["requests", "--overdue"]],
        "promises": [["promises"], ["promises", "--by-owner"]],
        "celebrations": [["celebrations"]],
        "criteria": [["criteria"]],
        "alerts": [["alerts"], ["alerts", "rules"]],
        "advocacy": [["advocacy"]],
        "purchases": [["purchases"], ["purchases", account]],
        "dropoff": [["dropoff"], ["dropoff", "--behind", "tenure:unknown"]],
        "products": [["products"]],
        "programme": [["programme"], ["programme", "levels"]],
        "pressure": [["pressure", account]],
        "clashes": [["clashes"]],
        "cadence": [["cadence"], ["cadence", account], ["cadence", "--losing-touch"],
                    ["cadence", "--upcoming", "366"], ["cadence", "--qbr"]],
        "calendars": [["calendars"]],
        "incidents": [["incidents"], ["incidents", "--running"]],
        "handoffs": [["handoffs"]],
        "sla": [["sla"], ["sla", "--by", "owner"], ["sla", "--by", "triage"]],
        "review": [["review", "pack"], ["review", "pack", "--format", "md"],
                   ["review", "pack", "--format", "html"]],
        "signals": [["signals"], ["signals", "--account", account]],
        "surveys": [["surveys"]],
        "nps": [["nps", "--by", "owner"], ["nps", "--account", account], ["survey", "sends"]],
        "matrix": [["matrix", "sends", account], ["matrix", "journey", "--account", account]],
        "talk-time": [["talk-time", "--by", "account"], ["talk-time", "--by", "colleague"]],
        "meetings": [["meetings", "--from", "2020-01-01"]],
        "radar": [["radar"]],
        "listening": [["listening"], ["listening", "--days", "1"]],
        "causes": [["causes", "--level", "2"], ["causes", "--unstated"], ["causes", "--recurring"],
                   ["causes", "--spellings"], ["complaint", "links", "C-1"]],
        "advocates": [["advocates"]],
        "improvements": [["improvements"]],
        "feedback": [["feedback"], ["feedback", "--open", "--account", account]],
        "said": [["said", account], *(["said", account, "--format", f] for f in ("md", "html"))],
        "templates": [["templates"]],
        "playbooks": [["playbooks"]],
        "drafts": [["drafts"]],
        "draft": [["draft", "re-engage", account]],
        "": [*(["plan", "show", account, *more] for more in PLAN_FORMATS),
             *(["plan", one, account] for one in PLAN_READS), ["settings"], ["paths"],
             ["doctor"], ["account", "show"],
             ["accounts", "--filter", f"\x1b]2;{MARK}\x07"], ["show", f"\x1b]2;{MARK}\x07"]],
    }  # fmt: skip


def test_no_command_writes_an_escape_from_data(hostile: HostileBook) -> None:
    listed = lists_and_pages(str(hostile.ids["account"]))
    reading = {name for name, (_target, group, _words) in commands().items() if group == READ}
    assert reading == set(listed) - {""}
    for lines in listed.values():
        for words in (*lines, ["--json", *lines[0]]):
            said = run(hostile.path, *words)
            assert said.code in (0, 1, 2), said.words
            assert in_text(said.out.decode()) == [], words
            assert in_text(said.err.decode()) == [], words


def test_a_name_with_a_nul_is_refused(hostile: HostileBook) -> None:
    book = opened(hostile.path, actor=ME)
    from planner.errors import Refused
    from planner.use_cases.accounts import add_account

    with pytest.raises(Refused, match="NUL"):
        book.run(add_account, name=f"{MARK}\x00")
    book.close()
