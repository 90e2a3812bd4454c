"""Overview, Plan and Timeline as lines, and that any data fits any width on every tab."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.book import Book
from planner.use_cases.accounts import add_account
from planner.use_cases.touchpoints import log_touchpoint
from planner.views.account import CelebrationRow, ContractRow
from tests.makers import at, day, new_book
from tests.strategies import HOSTILE
from tests.tui.account.views import (
    WIDTHS,
    View,
    aged,
    assert_fits,
    keys,
    one_column,
    shown,
    text,
    words,
)
from tui.screens import account_overview
from tui.screens.account_detail import read_detail
from tui.screens.account_goals import owed
from tui.screens.account_sheets import SHARES, build
from tui.screens.account_timeline import entry_lines
from tui.screens.account_view import TABS, AccountView, Space, older_entries, read_view
from tui.screens.plan_sections.head import head_words
from tui.widgets.cells import parts, width_of
from tui.widgets.wrap import wrapped


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_data_fits_and_drives_nothing(
    hostile: tuple[Book, int], tab: str, width: int
) -> None:
    book, account = hostile
    seen = replace(read_view(book.queries(), account, tab), unfolded=frozenset({"fold:measures"}))
    space = Space(width, 18, SHARES.get(tab, 0.6))
    sheet = build(tab, seen, space)
    assert sheet.left
    assert_fits(sheet.left, space.left)
    assert_fits(sheet.right, space.right)


@pytest.mark.parametrize("tab", TABS)
def test_rows_at_80_columns_are_not_cut_by_their_own_columns(view: View, tab: str) -> None:
    space = Space(80, 18, 0.6)
    for line in build(tab, view(tab), space).left:
        assert line.wrap or width_of(text(line)) <= space.left, text(line)


@pytest.mark.parametrize("tab", TABS)
def test_an_account_without_anything_still_says_something(bare: AccountView, tab: str) -> None:
    assert shown(bare, tab).strip()


# Overview


def test_a_new_account_reads_as_an_invitation_with_a_key_for_each_fact(bare: AccountView) -> None:
    sheet = one_column(bare, "overview")
    said = words(sheet.left)
    assert "starter 0 of 4" in said
    for letter, key in (("O", "objective"), ("P", "person"), ("C", "contract"), ("a", "action")):
        line = next(line for line in sheet.left if line.key == f"form:{key}")
        assert (f"{letter}  ", "key") in line.spans


def test_the_end_of_a_contract_that_is_there_is_asked_for_in_its_own_form(
    bare: AccountView,
) -> None:
    contract = ContractRow(
        7, bare.page.head.id, "frame", 100, "EUR", None, None, None, None, False, "active",
        "unknown", None, None, (),
    )  # fmt: skip
    asked = account_overview.starter_lines(replace(bare.page, contracts=(contract,)))
    assert [one.key for one in asked if "when the contract ends" in text(one)] == ["contract:7"]


def test_an_empty_part_is_one_line_with_the_key_that_fills_it(bare: AccountView) -> None:
    found = one_column(bare, "overview")
    for key in ("form:risk", "form:touchpoint", "form:team"):
        assert keys(found).count(key) == 1
    assert "T names the team" in words(found.left)


def test_the_overview_answers_in_one_page(view: View) -> None:
    seen = view("overview")
    sheet = one_column(seen, "overview", 80, 18)
    assert sum(len(wrapped(line, 78)) for line in sheet.left) <= 18
    said = words(sheet.left)
    for part in ("we know", "ends 15 May, 65d", "notice 15 Apr, 35d", "Halve the effort",
                 "“The sponsor leaves”", "gap: economic buyer", "our gap: marketing",
                 "Maria"):  # fmt: skip
        assert part in said


def test_next_puts_the_late_first_and_says_whose_it_is(view: View) -> None:
    rows = owed(view("overview"))
    assert parts(rows[0].due)[1] == "late"
    assert rows[0].key.startswith("complaint:")
    mine = next(row for row in rows if row.words == "Send it")
    assert mine.ours == "you"
    assert next(row for row in rows if row.words == "call back").promised


def test_a_person_past_the_interval_of_a_role_is_marked(view: View) -> None:
    said = shown(view("overview"), "overview")
    assert "never!" in said
    assert "1d!" not in said


def test_other_currencies_stand_apart(hostile: tuple[Book, int]) -> None:
    book, account = hostile
    assert "apart: 1 JPY" in shown(read_view(book.queries(), account, "overview"), "overview")


def test_wide_screens_show_two_columns_with_the_same_facts(view: View) -> None:
    sheet = one_column(view("overview"), "overview", 120, 34)
    left, right = words(sheet.left), words(sheet.right)
    assert "HEALTH" in left
    assert "NEXT" in left
    for part in ("LAST", "PEOPLE", "OUR TEAM", "PLAN", "Talked about"):
        assert part in right


def test_a_celebration_on_29_february_is_kept_on_28_february() -> None:
    leap = CelebrationRow(1, "founded", None, "2024-02-29", True)
    assert account_overview.next_time(leap, date(2026, 1, 5)) == date(2026, 2, 28)
    assert account_overview.next_time(leap, date(2027, 12, 1)) == date(2028, 2, 29)
    once = CelebrationRow(2, "founded", None, "2025-02-01", False)
    assert account_overview.next_time(once, date(2026, 1, 5)) == date(2025, 2, 1)


def test_the_summary_for_a_chat_has_name_health_money_and_what_is_next(view: View) -> None:
    said = account_overview.summary(view("overview")).splitlines()
    assert said[0] == "Nordic Oy"
    assert "we know" in said[1]
    assert "ends 15 May" in said[2]
    assert said[3].startswith("- late")


# Plan


def test_a_plan_shows_its_starter_sections_with_owner_freshness_and_what_is_missing(
    view: View,
) -> None:
    said = shown(view("plan"), "plan")
    for part in ("PLAN  starter, draft · ready", "next to fill: ", "KEY PEOPLE  Bob, sales",
                 "GOALS  you, success · 33 % filled", "MUTUAL ACTIONS  everybody",
                 "RENEWAL  Bob, sales", "RISKS  nobody: no success person", "theirs nobody",
                 "lacks"):  # fmt: skip
        assert part in said


def test_a_stale_section_says_for_how_long_in_words(view: View) -> None:
    assert "stale since 26 d, counts 42 %" in shown(aged(view("plan"), day(71)), "plan")


def test_a_draft_says_what_activation_lacks_and_when_nothing_does(view: View) -> None:
    seen = view("plan")
    assert "N  activate it" in shown(seen, "plan")
    assert seen.plan_sections is not None
    facts = replace(seen.plan_sections.facts, objectives=(), actions=())
    lacking = replace(seen, plan_sections=seen.plan_sections._replace(facts=facts))
    assert "to activate it: a goal; a next action" in shown(lacking, "plan")


def test_without_a_plan_one_key_starts_it(bare: AccountView) -> None:
    assert keys(one_column(bare, "plan")) == ["form:starter", "do:plan"]
    assert head_words(bare).startswith("no plan yet")


# Timeline


def test_the_timeline_tells_when_what_who_and_the_first_line(view: View) -> None:
    sheet = one_column(view("timeline"), "timeline")
    call = next(text(line) for line in sheet.left if "Talked about" in text(line))
    assert call.split() == [
        "yesterday", "10:00", "*", "call", "Maria:", "Talked", "about", "İst…", "logged", "11",
        "Mar", "-",
    ]  # fmt: skip
    assert any("pulse 4" in text(line) for line in sheet.left)


def test_older_entries_follow_by_page_without_a_gap_or_a_repeat(tmp_path: Path) -> None:
    book = new_book(tmp_path)
    account = book.run(add_account, name="Busy").result.id
    for number in range(120):
        book.run(log_touchpoint, account, kind="call", when=at(number), note=str(number))
    queries = book.queries()
    seen = read_view(queries, account, "timeline")
    assert (len(seen.entries), seen.more_entries) == (50, True)
    assert one_column(seen, "timeline").left[-1].key == "more"
    seen = older_entries(queries, older_entries(queries, seen))
    assert [int(one.text) for one in seen.entries] == list(range(120))
    assert not seen.more_entries
    book.close()


def test_a_whole_entry_shows_the_full_note_its_people_and_when_it_was_logged(
    hostile: tuple[Book, int],
) -> None:
    book, account = hostile
    entry = next(
        one for one in read_view(book.queries(), account, "timeline").entries
        if one.kind == "touchpoint"
    )  # fmt: skip
    name, lines = read_detail(book.queries(), account, "touchpoint", entry.id)
    assert name == " ".join(HOSTILE)[:950]
    said = words(lines)
    for part in ("two-way", "their words", "topic", "logged "):
        assert part in said
    assert_fits(lines, 78)


def test_an_entry_of_several_lines_keeps_them(view: View) -> None:
    seen = view("timeline")
    entry = seen.entries[0]._replace(text="one\ntwo\n\nthree")
    assert [text(line) for line in entry_lines(entry, seen)][-6:-2] == ["one", "two", "", "three"]
