"""The documents of an account by command: the whole plan and the one page, in three forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.book import Book
from planner.documents.blocks import Badge
from planner.plan_document import one_page, plan_document
from planner.ports import UnitOfWork
from planner.use_cases.accounts import archive_account
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import change_contract
from planner.use_cases.plans import change_plan
from tests.cli.conftest import TODAY, Ask
from tests.makers import World, at, opened
from tests.planner.test_documents import NASTY, PLAIN_TAGS, Tags
from tui.document_files import written

Done = Callable[..., Any]
BOTH = (("plan", "show"), ("show",))


@pytest.fixture
def full(world: World, tmp_path: Path) -> World:
    """The filled book with a full plan."""
    book: Book = opened(tmp_path / "own.db")
    book.run(change_plan, world.plan, size="full", north_star="orders", north_star_target="90 %",
             sponsor_id=world.bob, meeting_rhythm="monthly")  # fmt: skip
    book.close()
    return world


@pytest.mark.usefixtures("full")
def test_the_whole_plan_has_its_seventeen_sections_and_their_rows(ask: Ask) -> None:
    got = ask("plan", "show", "Nordic Oy")
    assert got.code == 0
    titles = [
        "HEADER", "ACCOUNT TEAM", "WHY THEY BOUGHT", "WHY THEY STAY", "GOALS", "KEY PEOPLE",
        "VALUE DELIVERED", "HEALTH AND VOICE", "COMPLAINTS AND RECOVERY", "CONTACT PLAN",
        "ENABLEMENT AND BENEFITS", "RENEWAL", "GROWTH", "RISKS", "MUTUAL ACTIONS",
        "NOTES", "REVIEW LOG", "SIGNED",
    ]  # fmt: skip
    places = [got.out.index(f"\n{title}") for title in titles]
    assert places == sorted(places)
    for words in (
        "full plan, draft", "version ", "orders, 90 %", "marketing  nobody named",
        "Executive sponsor  Bob", "Meeting rhythm     monthly", "It saves a day",
        "Halve the effort", "Maria", "A day a week", "champion", "Too slow", "a named contact",
        "cake", "Club", "silver", "orders online", "1200 EUR", "T-90 ✓", "T-120 !", "Portal", "gap",
        "Portal for IT", "5 EUR", "The sponsor leaves", "Send it", "call back",
        "nobody has asked yet why they bought", f"trustplan, as of {TODAY}",
    ):  # fmt: skip
        assert words in got.out, words


@pytest.mark.parametrize("command", BOTH)
@pytest.mark.usefixtures("full")
def test_health_stands_at_the_head_with_what_is_known_of_it(
    ask: Ask, command: tuple[str, ...]
) -> None:
    for form in ("text", "md", "html"):
        got = ask(*command, "Nordic Oy", "--format", form).out
        head = "\n".join(got.splitlines()[:3]) if form != "html" else got
        assert "we know" in head
        assert "uncalibrated" in head or "too little is known for a band" in head
        assert f"as of {TODAY}" in got


@pytest.mark.usefixtures("world")
def test_a_small_plan_shows_its_own_sections_and_those_that_hold_something(ask: Ask) -> None:
    got = ask("plan", "show", "Nordic Oy").out
    for title in ("GOALS", "KEY PEOPLE", "RENEWAL", "RISKS", "MUTUAL ACTIONS", "WHY THEY STAY"):
        assert f"\n{title}" in got
    for title in ("HEADER", "WHY THEY BOUGHT", "CONTACT PLAN", "HEALTH AND VOICE"):
        assert f"\n{title}" not in got


@pytest.mark.usefixtures("full")
def test_the_one_page_holds_the_heart_of_it(ask: Ask) -> None:
    got = ask("show", "Nordic Oy").out
    for words in ("Missing", "economic buyer", "The sponsor leaves", "Portal for IT", "call back",
                  "C-1", "Milestones"):  # fmt: skip
        assert words in got, words
    assert "It saves a day" not in got


def test_the_one_page_lists_the_next_fortnight_and_counts_the_rest(ask: Ask, done: Done) -> None:
    done("account", "add", "Acme")
    done("plan", "new", "Acme")
    for due in ("2026-03-25", "2026-03-26"):
        done("plan", "action", "Acme", "--action", f"by {due}", "--owner", "Ben", "--due", due,
             "--done-means", "seen")  # fmt: skip
    got = ask("show", "Acme").out
    assert "by 2026-03-25" in got
    assert "by 2026-03-26" not in got
    assert "1 more open" in got
    assert "by 2026-03-26" in ask("plan", "show", "Acme").out


def test_a_push_to_sell_is_warned_against_while_a_critical_complaint_is_open(
    ask: Ask, full: World, tmp_path: Path
) -> None:
    assert "push to sell" not in ask("plan", "show", "Nordic Oy").out
    book = opened(tmp_path / "own.db")
    book.run(log_complaint, full.account, title="lost", when=at(1), severity="critical")
    book.close()
    for command in BOTH:
        assert "push to sell" in ask(*command, "Nordic Oy").out


@pytest.mark.parametrize("command", BOTH)
@pytest.mark.usefixtures("full")
def test_a_document_goes_to_a_new_file_and_never_over_one(
    ask: Ask, tmp_path: Path, command: tuple[str, ...]
) -> None:
    for form in ("text", "md", "html"):
        file = tmp_path / f"plan.{form}"
        printed = ask(*command, "Nordic Oy", "--format", form)
        written = ask(*command, "Nordic Oy", "--format", form, "--to", str(file))
        assert (printed.code, written.code, written.out) == (0, 0, "")
        assert file.read_text(encoding="utf-8") == printed.out
        again = ask(*command, "Nordic Oy", "--format", form, "--to", str(file))
        assert again.code == 1
        assert "cannot be written" in again.err
    assert ask(*command, "Nordic Oy", "--to", "").code == 1


@pytest.mark.parametrize("command", BOTH)
def test_hostile_text_is_text_in_every_document(
    ask: Ask, done: Done, command: tuple[str, ...]
) -> None:
    done("account", "add", "Acme")
    done("plan", "new", "Acme")
    for text in NASTY:
        done("plan", "risk", "Acme", f"--risk={text}", "--likelihood", "3")
        done("log", "touchpoint", "Acme", "--kind", "call", f"--note={text}")
    page = ask(*command, "Acme", "--format", "html").out
    assert Tags(page).tags <= PLAIN_TAGS
    assert "<script>" not in page
    rows = [line for line in ask(*command, "Acme", "--format", "md").out.splitlines()
            if line.startswith("|")]  # fmt: skip
    assert len({line.count("|") - line.count("\\|") for line in rows}) <= 3
    assert "\n- item" not in ask(*command, "Acme", "--format", "md").out


def test_the_json_document_keeps_its_records_and_adds_the_plans_rows(
    done: Done, full: World
) -> None:
    got = done("plan", "show", "Nordic Oy")
    assert (got["plan"]["size"], got["plan"]["sponsor"], got["plan"]["version"]) == (
        "full",
        "Bob",
        2,
    )
    (goal,) = got["objectives"]
    assert (goal["objective"], goal["shared"]) == ("Halve the effort", False)
    assert goal["id"] == str(full.objective)
    assert got["people"][0]["name"] == "Maria"
    assert got["people"][0]["id"] == str(full.maria)
    assert got["entries"][0]["entry"] == "It saves a day"
    assert got["opportunities"][0]["value"] == {"minor": 500, "currency": "EUR"}
    assert got["enrolments"][0]["tier"] == "silver"
    assert got["risks"][0]["mitigation"] is None
    assert got["contracts"][0]["offer_limit"] is None
    assert got["last_shared_on"] is not None
    assert all(isinstance(row["id"], str) for name in ("proofs", "gestures") for row in got[name])


def test_a_section_says_who_keeps_it_and_how_fresh_it_is(
    ask: Ask, full: World, tmp_path: Path
) -> None:
    got = ask("plan", "show", "Nordic Oy")
    assert re.search(r"\nGOALS  \(Ann; \d+ % filled, \w+ .*; still true on 2026-03-08\)", got.out)
    assert "CONTACT PLAN  (nobody: no marketing person; empty)" in got.out
    assert "HEALTH AND VOICE  (fills itself)" in got.out
    assert "stale" not in got.out

    def offer(uow: UnitOfWork) -> None:
        uow.say("offered")
        (goals,) = uow.sections.find(plan_id=full.plan, section="goals")
        uow.sections.save(goals, goals.changed(offered_to_id=full.bob, still_true_on=None))

    book = opened(tmp_path / "own.db")
    book.run(offer)
    book.close()
    for form in ("text", "md", "html"):
        late = ask("plan", "show", "Nordic Oy", "--today", "2026-07-01", "--format", form)
        assert re.search(r"stale since \d+ d, counts 0 %; offered to Bob", late.out)


def test_an_archived_account_has_documents_without_a_score(full: World, tmp_path: Path) -> None:
    book = opened(tmp_path / "own.db")
    book.run(archive_account, full.account)
    queries = book.queries()
    found = queries.account.page(full.account), queries.plan.page(full.account)
    today = book.today
    book.close()
    for document in (
        plan_document(*found, None, today, "EUR"),
        one_page(*found, today, "EUR"),
    ):
        assert document.badge == Badge("grey", "archived: no score")
        assert "Halve the effort" in written(document, "text")


@pytest.mark.usefixtures("full")
def test_the_renewal_says_what_it_hangs_on(ask: Ask, full: World, tmp_path: Path) -> None:
    book = opened(tmp_path / "own.db")
    book.run(
        change_contract, full.contract, uplift_percent=3.5, term_months=24, fallback="a month",
        forecast_probability=0.7, renew_amount_minor=150_000, decision_buyer_id=full.joe,
        price_position="at_par", offer_limit_minor=50_000,
    )  # fmt: skip
    book.close()
    got = ask("plan", "show", "Nordic Oy").out
    for words in ("Expected after", "1500 EUR", "3.5 %", "24 months", "70 %", "Buyer", "Joe",
                  "at par", "Save offer up to", "500 EUR", "a month"):  # fmt: skip
        assert words in got, words
