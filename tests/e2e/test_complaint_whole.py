"""A complaint from a call to an advocate by keys alone, on the sample book at 80x24; and where one
that is late stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.screen import TODAY, Screen, running
from tests.e2e.test_ten_talks import FORM, ME, Desk, sample

__all__ = ("sample",)
ACCOUNT = "Akçınar Tekstil A.Ş."
TITLE = "Orders were lost"
OTHER = "Ben Other"


def colleague(desk: Desk, folder: Path) -> Desk:
    """The same book on a colleague's desk."""
    (folder / "other").mkdir()
    other = Desk(folder / "other")
    other.path = desk.path
    other.run("me", OTHER, "--function", "service")
    return other


def go(app: Screen) -> None:
    app.press("/")
    app.wait("FIND")
    app.press("akcinar")
    app.wait(ACCOUNT)
    app.press("enter")
    app.wait("OVERVIEW", ACCOUNT, without=["FIND"])


def log_it_from_the_call(app: Screen) -> None:
    app.press("t")
    app.wait(FORM, "Follow-ups")
    app.press("they say orders were lost")
    app.press("f8")
    app.wait("COMPLAINT", "Severity")
    app.press(TITLE, "tab", "h")
    app.wait(TITLE, "[HIGH]")
    app.press("ctrl+s")
    app.wait(FORM, "they say orders were lost", without=["Severity"])
    app.press("ctrl+s")
    app.wait("OVERVIEW", without=[FORM])


def step(app: Screen, letter: str, shown: str, *keys: str) -> None:
    """The next step of the complaint on its page."""
    app.press("d")
    app.wait("NEXT STEP", "When")
    for _try in range(8):
        if f"[{shown}]" in app.text:
            break
        app.press(letter)
        app.settle()
    app.wait(f"[{shown}]")
    app.press(*keys, "ctrl+s")
    app.wait(TITLE, without=["NEXT STEP"])


def menu(app: Screen, words: str, chosen: str) -> None:
    """Choose something in the menu."""
    app.press("f2")
    app.wait("MENU")
    app.press(words)
    app.wait(chosen)
    app.press("enter")


def test_from_a_call_to_an_advocate_by_keys_alone(sample: Desk, tmp_path: Path) -> None:
    other = colleague(sample, tmp_path)
    with running("--book", str(sample.path), "--today", TODAY, prefix=sample.prefix) as app:
        app.wait("TODAY")
        go(app)
        log_it_from_the_call(app)
        app.press("g", "c")
        app.wait("COMPLAINTS", TITLE)
        app.press("enter")
        app.wait("received", TITLE, "next steps")
        step(app, "a", "ACKNOWLEDGED")
        app.press("n")
        app.wait("Told")
        app.press("a new file is on its way", "tab", "y", "ctrl+s")
        app.wait("TOLD THEM", "a new file is on its way")
        step(app, "w", "WAITS FOR THEM")
        app.wait("waits for them")
        step(app, "g", "GOES ON")
        app.press("o")
        app.wait("HAND OVER", "Note")
        app.press(OTHER, "tab", "knows the interface", "ctrl+s")
        app.wait(f"offered to {OTHER}", "knows the interface")
        (waiting,) = other.run("handoffs", "--mine")
        other.run("complaint", "accept", waiting["number"])
        app.wait(f"owner       {OTHER}")
        step(app, "a", "ANSWERED")
        keys = ("tab", "tab", "Interface", "tab", "retries", "tab", "the queue was full", "tab",
                "credit note", "tab", "y")  # fmt: skip
        step(app, "c", "CLOSED", *keys)
        app.wait("we gave", "credit note", "they say they are satisfied")
        menu(app, "log an answer", "log an answer to a survey")
        app.wait("Score", "Comment")
        app.press("9", "tab", "tab", "gokce", "ctrl+s")
        app.wait(TITLE, without=["Comment"])
        menu(app, "advocate", "speaks for us now")
        app.wait("speaks for us since")
    (closed,) = sample.run("advocates")["advocates"]
    assert (closed["number"], closed["account"]) == (waiting["number"], ACCOUNT)
    asked = [one["action"] for one in sample.run("actions", "--limit", "500")]
    assert "send the survey: complaint closed" in asked
    assert any(one["score"] == 9 and one["kind"] == "nps" for one in sample.run("surveys"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_late_one_stands_in_today_on_the_board_in_health_and_in_the_review(
    sample: Desk, size: tuple[int, int]
) -> None:
    made = sample.run("log", "complaint", ACCOUNT, "--title", TITLE, "--severity", "critical",
                      "--at", "2026-03-02 09:00", "--owner", ME)  # fmt: skip
    number = made["number"]
    with running(
        "--book", str(sample.path), "--today", TODAY, prefix=sample.prefix, size=size
    ) as app:
        app.wait("TODAY", f"answer complaint {number}", "late")
        app.press("3")
        app.wait("COMPLAINTS", number, "past their clock")
        app.press("enter")
        app.wait(TITLE, "COMPLAINTS")
        app.press("g", "h")
        app.wait("WHY", number)
    late = {one["number"]: one for one in sample.run("review", "pack")["complaints"]}
    assert (late[number]["clock"], late[number]["account"]) == ("late", ACCOUNT)
