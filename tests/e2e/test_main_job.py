"""The main job by keys alone, on a real pseudo-terminal of 80x24, on a file that others wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.command import document, run
from tests.e2e.screen import TODAY, Screen, running

ACCOUNT = "Acme Corporation"
NOTE = "I chase the same order twice a week"
OBJECTIVES = ("returns below 2 %", "90 % of orders online")
ACTIONS = ("savings sheet", "meeting with Per", "name one for orders")


def import_the_file(book: Path, samples: Path) -> None:
    words = ("import", "accounts", str(samples / "maven_crm" / "accounts.csv"),
             "--map", "account=name", "--map", "subsidiary_of=parent")  # fmt: skip
    assert document(book, *words, "--dry-run")["created"] == 85
    assert run(book, "accounts").code == 3
    assert document(book, *words)["created"] == 85
    assert run(book, "me", "Aylin Kaya", "--function", "success").code == 0


def open_the_account(app: Screen) -> None:
    app.wait("TODAY")
    app.press("/", "acme c")
    app.wait("FIND", ACCOUNT)
    app.press("enter")
    app.wait("OVERVIEW", ACCOUNT, "who matters there?")


def add_people(app: Screen) -> None:
    app.press("P", "Maria Lind", "tab", "Head of orders", "tab", "maria@example.org", "tab", "tab")
    app.press("c", "d", "tab", "2", "tab", "s")
    app.wait("[x] champion", "[x] day to day", "[SUPPORTER]")
    app.press("ctrl+s")
    app.wait("added", "OVERVIEW", without=["Reports to"])
    app.press("P", "Per Ek", "tab", "tab", "tab", "tab", "e", "tab", "3", "tab", "n")
    app.wait("[x] economic buyer", "[NEUTRAL]")
    app.press("f9")
    app.wait("Per Ek", "Maria Lind", without=["Reports to"])


def name_the_team(app: Screen) -> None:
    app.press("T", "Mia", "tab", "Ben", "tab", "aylin", "tab", "Omar")
    app.wait("Aylin Kaya", "Omar", "not known: is added")
    app.press("ctrl+s")
    app.wait("OVERVIEW", without=["Marketing  "])


def add_the_contract(app: Screen) -> None:
    app.press("C", "tab", "240k", "tab", "tab", "2025-03-02", "tab", "2027-03-01", "tab", "60")
    app.wait("240 k EUR", "Mon 1 Mar 2027")
    app.press("ctrl+s")
    app.wait("OVERVIEW", "240 k", without=["Last day"])


def make_the_plan(app: Screen) -> None:
    app.press("g", "p")
    app.wait("PLAN")
    app.press("N")
    app.wait("draft")
    app.press("O", OBJECTIVES[0], "tab", "return rate", "tab", "%", "tab", "4", "tab", "2")
    app.press("tab", "tab", "2026-12-31", "tab", "tab", "tab", "tab", "maria")
    app.wait("Thu 31 Dec 2026", "return rate")
    app.press("ctrl+s")
    app.wait(OBJECTIVES[0], without=["Metric"])
    app.press("O", OBJECTIVES[1], "tab", "share", "tab", "tab", "60", "tab", "90", "tab", "tab")
    app.press("30 jun", "ctrl+s")
    app.wait(OBJECTIVES[1], without=["Metric"])
    for what, owner, due in zip(ACTIONS, ("", "Ben", "Omar"), ("fri", "25 mar", "1 apr"),
                                strict=True):  # fmt: skip
        app.press("X", what, "tab")
        app.press(*(("ctrl+u", owner) if owner else ()), "tab", due, "tab", f"{what}: she says so")
        app.wait("she says so")
        app.press("ctrl+s")
        app.wait("PLAN  starter", without=["ACTION OF THE PLAN"])
    app.press("N")
    app.wait("active")


def log_the_call(app: Screen) -> None:
    app.press("g", "o")
    app.wait("OVERVIEW")
    app.press("t")
    app.wait("LOG A TOUCHPOINT", "Follow-ups")
    app.press("shift+tab", "shift+tab", "shift+tab", "maria", "tab", "tab", "ctrl+u")
    app.press("yesterday 15:30", "tab", NOTE, "tab", "tab", "price list")
    app.press("tab", "space", "tab", "fri")
    app.wait("Tue 10 Mar 2026, 15:30", NOTE, "[x] promised", "Fri 13 Mar")
    app.press("ctrl+s")
    app.wait("OVERVIEW", "price list", without=["Follow-ups"])


def log_the_complaint(app: Screen) -> None:
    app.press("c", "October price file is wrong", "tab", "h", "tab", "maria")
    app.wait("[HIGH]", "October price file")
    app.press("ctrl+s")
    app.wait("OVERVIEW", "C-1", without=["Severity"])


def figure(app: Screen) -> int | None:
    """The account's health, from the first line of the overview; None before there is one."""
    found = re.match(r"▌?[■▲●][RYG] +(\d+)", app.lines[3])
    return int(found[1]) if found else None


def wait_figure(app: Screen, fits: Callable[[int], bool]) -> int:
    """Wait until the overview shows a figure that fits."""

    def there() -> bool:
        now = figure(app)
        return now is not None and fits(now)

    app.wait_for(there, "a figure of health that fits")
    return figure(app) or 0


def watch_health(app: Screen, before: int) -> int:
    """The complaint moved the figure, the health tab says why, undo and redo move it too."""
    after = wait_figure(app, lambda now: now < before)
    app.press("g", "h")
    app.wait("WHY", "open complaints: C-1", "resolve C-1")
    app.press("g", "o")
    app.wait("OVERVIEW")
    app.press("u")
    assert wait_figure(app, lambda now: now != after) == before
    app.press("U")
    assert wait_figure(app, lambda now: now != before) == after
    return after


def look_at_all_of_it(app: Screen, after: int) -> None:
    """A second start shows what the first one saved."""
    app.wait("TODAY", "LATER")
    app.press("/", "acme c")
    app.wait("FIND", ACCOUNT)
    app.press("enter")
    assert wait_figure(app, lambda _now: True) == after
    app.wait("complaints 1", "240 k EUR", "Per Ek", "Maria Lind", "price list (promised)")
    app.press("g", "p")
    app.wait("PLAN  starter, active", *OBJECTIVES)
    app.press("g", "t")
    app.wait(NOTE[:10], "logged", "C-1")
    app.press("g", "e")
    app.wait("PEOPLE", "Per Ek")
    app.press("end")
    app.wait("Mia", "Ben", "Omar")


def check_by_command(book: Path, after: int) -> None:
    page = document(book, "plan", "show", ACCOUNT)
    assert page["plan"]["status"] == "active"
    assert [one["objective"] for one in page["objectives"]] == list(OBJECTIVES)
    assert [(one["baseline"], one["target"]) for one in page["objectives"]] == [(4, 2), (60, 90)]
    owed = {one["action"]: (one["owner"], one["due_on"]) for one in page["actions"]}
    assert owed == {
        ACTIONS[0]: ("Aylin Kaya", "2026-03-13"), ACTIONS[1]: ("Ben", "2026-03-25"),
        ACTIONS[2]: ("Omar", "2026-04-01"), "price list": ("Aylin Kaya", "2026-03-13"),
    }  # fmt: skip
    meant = {one["action"]: one["done_means"] for one in page["actions"]}
    assert meant[ACTIONS[0]] == f"{ACTIONS[0]}: she says so"
    assert page["team"] == {
        "marketing": "Mia", "sales": "Ben", "success": "Aylin Kaya", "service": "Omar",
    }  # fmt: skip
    people = {one["name"]: one for one in page["people"]}
    assert people["Maria Lind"]["roles"] == ["champion", "day_to_day"]
    assert (people["Maria Lind"]["influence"], people["Maria Lind"]["stance"]) == (2, "supporter")
    assert people["Per Ek"]["roles"] == ["economic_buyer"]
    assert page["contracts"][0]["arr"] == {"minor": 24_000_000, "currency": "EUR"}
    (talk,) = document(book, "touchpoints")
    assert (talk["note"], talk["occurred"][:16]) == (NOTE, "2026-03-10T15:30")
    assert talk["people"] == ["Maria Lind"]
    (complaint,) = document(book, "complaints")
    assert (complaint["severity"], complaint["account"]) == ("high", ACCOUNT)
    score: dict[str, Any] = document(book, "health", ACCOUNT)
    assert round(score["score"]) == after
    assert len(document(book, "accounts")) == 85


def test_the_main_job_by_keys_alone(tmp_path: Path, samples: Path) -> None:
    book = tmp_path / "own.db"
    import_the_file(book, samples)
    with running("--book", str(book), "--today", TODAY) as app:
        open_the_account(app)
        add_people(app)
        name_the_team(app)
        add_the_contract(app)
        make_the_plan(app)
        log_the_call(app)
        before = wait_figure(app, lambda _now: True)
        log_the_complaint(app)
        after = watch_health(app, before)
        app.press("q")
        app.wait("TODAY")
        app.press("q")
        assert app.end() == 0
    with running("--book", str(book), "--today", TODAY) as app:
        look_at_all_of_it(app, after)
        app.press("ctrl+q")
        assert app.end() == 0
    check_by_command(book, after)
