"""The tabs of an account as lines: what they say, and that any data fits any width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.book import Book
from planner.health.explain import explain
from planner.use_cases.accounts import add_account, add_celebration, change_account
from planner.use_cases.actions import add_action
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import add_contract
from planner.use_cases.people import add_person
from planner.use_cases.plans import add_objective, add_risk, start_plan
from planner.use_cases.team import add_colleague
from planner.use_cases.touchpoints import log_touchpoint
from planner.views.account import CelebrationRow, SnapshotRow
from planner.views.history import EntryRow
from tests.makers import TODAY, World, at, day, fill, new_book, opened
from tests.strategies import HOSTILE
from tui.screens import account_health, account_history, account_overview, account_plan
from tui.screens.account_complaints import complaint_lines, preview
from tui.screens.account_detail import read_detail
from tui.screens.account_goals import owed
from tui.screens.account_people import tree
from tui.screens.account_sheets import SHARES, build
from tui.screens.account_timeline import entry_lines
from tui.screens.account_view import TABS, AccountView, Sheet, Space, older_entries, read_view
from tui.screens.account_words import day as day_words
from tui.screens.account_words import exact
from tui.widgets.cells import clean, parts, width_of
from tui.widgets.document import Line
from tui.widgets.wrap import wrapped

WIDTHS = (18, 38, 59, 78, 110, 118, 200)
View = Callable[[str], AccountView]


def text(line: Line) -> str:
    return "".join(parts(span)[0] for span in line.spans)


def words(lines: Iterable[Line]) -> str:
    return "\n".join(text(line) for line in lines)


def one_column(view: AccountView, tab: str, width: int = 80, height: int = 18) -> Sheet:
    return build(tab, view, Space(width, height, SHARES.get(tab, 0.6)))


def shown(view: AccountView, tab: str) -> str:
    return words(one_column(view, tab).left)


def keys(sheet: Sheet) -> list[str]:
    return [str(line.key) for line in (*sheet.left, *sheet.right) if line.key is not None]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, World]]:
    folder = tmp_path_factory.mktemp("full")
    book = new_book(folder)
    world = fill(book)
    book.close()
    again = opened(folder / "book.db")
    yield again, world
    again.close()


@pytest.fixture
def view(full: tuple[Book, World]) -> View:
    book, world = full
    return lambda tab: read_view(book.queries(), world.account, tab)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountView]:
    book = new_book(tmp_path_factory.mktemp("bare"))
    account = book.run(add_account, name="New Oy").result
    yield read_view(book.queries(), account.id, "overview")
    book.close()


def hostile_book(folder: Path) -> tuple[Book, int]:
    """An account in which every text is the worst there is."""
    book = new_book(folder)
    bad = " ".join(HOSTILE)[:950]

    def run(use_case: object, *args: object, **fields: object) -> object:
        return book.run(use_case, *args, **fields).result  # type: ignore[arg-type] # any use case

    mean = book.run(add_colleague, name=bad, function="sales").result
    account = book.run(
        add_account, name=bad, sector=bad, country=bad, note=bad, owner_id=mean.id,
        keep_class="invest", keep_reason=bad, tags=(bad,),
    ).result  # fmt: skip
    here = account.id
    person = book.run(
        add_person, here, name=bad, title=bad, phone=bad, department=bad, language=bad,
        part={"roles": ("champion", "technical"), "stance": "opponent"},
    ).result[0]  # fmt: skip
    run(add_person, here, name=bad, part={"reports_to_id": person.id, "left_on": day(2)})
    run(start_plan, here, north_star=bad, north_star_target=bad)
    run(add_objective, here, objective=bad, metric=bad, unit="%", their_owner=bad, baseline=1e14,
        target=-1e14)  # fmt: skip
    run(add_risk, here, risk=bad, early_sign=bad, exit=bad, impact_minor=10**15)
    run(add_action, here, action=bad, their_owner=bad, due_on=day(4000), owner_id=mean.id)
    run(add_contract, here, name=bad, arr_minor=10**15, end_on=day(-400))
    run(add_contract, here, name=bad, arr_minor=1, currency="JPY", end_on=day(3))
    run(log_complaint, here, title=bad, when=at(2), severity="critical", person_id=person.id)
    run(log_touchpoint, here, kind="email", when=at(1), person_ids=[person.id], note=bad,
        verbatim=bad, topic=bad, link=bad, direction="in")  # fmt: skip
    run(add_celebration, here, label=bad, on=day(-3), person_id=person.id)
    return book, here


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, int]]:
    book, account = hostile_book(tmp_path_factory.mktemp("hostile"))
    yield book, account
    book.close()


def assert_fits(lines: Iterable[Line], width: int) -> None:
    for line in lines:
        for spans in wrapped(line, width):
            shown_now = "".join(clean(parts(span)[0]) for span in spans)
            assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown_now)
            if line.wrap:
                assert width_of(shown_now) <= width


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


def test_a_celebration_on_29_february_is_kept_on_1_march() -> None:
    leap = CelebrationRow(1, "founded", None, "2024-02-29", True)
    assert account_overview.next_time(leap, date(2026, 1, 5)) == date(2026, 3, 1)
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
    for part in ("PLAN  starter, draft · ready", "raises it most: ", "GOALS  success · 33 % filled",
                 "KEY PEOPLE  sales, success", "NEXT ACTIONS  everybody", "RENEWAL  sales",
                 "RISK  success", "theirs nobody", "lacks", "changed today"):  # fmt: skip
        assert part in said


def test_a_stale_section_says_for_how_long_in_words(view: View) -> None:
    seen = view("plan")
    old = tuple(replace(one, edited_on=day(71)) for one in seen.page.sections)
    aged = replace(seen, page=replace(seen.page, sections=old))
    assert "stale 71 d, counts 42 %" in shown(aged, "plan")


def test_a_draft_says_what_activation_lacks_and_when_nothing_does(view: View) -> None:
    seen = view("plan")
    assert "N  activate it" in shown(seen, "plan")
    lacking = replace(seen, page=replace(seen.page, objectives=(), actions=()))
    assert "to activate it: a goal, a next action" in shown(lacking, "plan")


def test_without_a_plan_one_key_starts_it(bare: AccountView) -> None:
    assert keys(one_column(bare, "plan")) == ["do:plan"]
    assert account_plan.head_words(bare).startswith("no plan yet")


# Timeline


def test_the_timeline_tells_when_what_who_and_the_first_line(view: View) -> None:
    sheet = one_column(view("timeline"), "timeline")
    call = next(text(line) for line in sheet.left if "Talked about" in text(line))
    assert call.split() == [
        "yesterday", "10:00", "call", "Maria:", "Talked", "about", "İstanbul", "-"
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
    entry = replace(seen.entries[0], text="one\ntwo\n\nthree")
    assert [text(line) for line in entry_lines(entry, seen)][-6:-2] == ["one", "two", "", "three"]


# People


def test_people_stand_under_whom_they_report_to(view: View) -> None:
    maria, joe = view("people").page.people
    under = replace(maria, reports_to_id=joe.id)
    assert [branch + one.name for branch, one in tree([under, joe])] == ["Joe", "└ Maria"]


def test_roles_nobody_holds_and_functions_without_a_name_are_gaps(view: View) -> None:
    said = shown(view("people"), "people")
    assert "economic buyer       gap: nobody known" in said
    assert "marketing  gap: nobody named" in said
    assert "sales      Bob" in said
    assert "Maria, 1d  in touch" in said


def test_those_who_left_stand_apart(hostile: tuple[Book, int]) -> None:
    book, account = hostile
    said = shown(read_view(book.queries(), account, "people"), "people")
    assert "LEFT" in said
    assert "1 people" in said


# Complaints


def test_complaints_show_severity_stage_clock_and_owner(view: View) -> None:
    seen = view("complaints")
    said = shown(seen, "complaints")
    assert "COMPLAINTS  2 open" in said
    assert "high     received      late" in said
    assert "waits for them" in said
    first = next(str(line.key) for line in one_column(seen, "complaints").left if line.key)
    assert "next steps: acknowledged" in words(preview(seen, first))


def test_a_complaint_in_full_has_its_targets(full: tuple[Book, World]) -> None:
    book, world = full
    said = words(read_detail(book.queries(), world.account, "complaint", world.complaint)[1])
    for part in ("acknowledge by", "answer      by", "resolve     by", "from        Maria"):
        assert part in said
    seen = read_view(book.queries(), world.account, "complaints")
    closed = seen.page.complaints[0]._replace(resolved_on=day(1).isoformat(), clock="breached")
    assert "was late" in words(complaint_lines(closed, seen))


# Health


def test_the_measures_add_up_to_what_is_lost(view: View) -> None:
    seen = replace(view("health"), unfolded=frozenset({account_health.MEASURES}))
    assert seen.page.health is not None
    assert seen.page.inputs is not None
    found = explain(seen.page.health, seen.page.inputs)
    said = words(one_column(seen, "health").left)
    raw = seen.page.health.raw
    assert raw is not None
    assert f"= 100 - raw {raw:.1f}" in said
    assert sum(one.lost for one in found.lines) == pytest.approx(
        100 - (seen.page.health.shown or 0)
    )
    for one in seen.page.health.measures:
        assert f"measure:{one.id}" in keys(one_column(seen, "health"))


def test_measures_are_folded_until_asked_for_and_an_unknown_one_says_how_to_fill_it(
    view: View,
) -> None:
    folded = view("health")
    assert "▸ all 14 measures" in shown(folded, "health")
    assert "unknown: ask how easy it was" not in shown(folded, "health")
    opened_now = replace(folded, unfolded=frozenset({account_health.MEASURES}))
    assert "unknown: ask how easy it was" in shown(opened_now, "health")


def test_a_cap_says_capped_only_where_it_holds_the_score_down(view: View) -> None:
    seen = view("health").page
    assert seen.health is not None
    found = account_health.explained(seen)
    assert found is not None
    if found.caps:
        low = replace(seen, health=replace(seen.health, raw=1.0))
        assert "capped at" not in account_health.cap_words(found.caps[0], low)
        high = replace(seen, health=replace(seen.health, raw=99.0))
        assert "capped at" in account_health.cap_words(found.caps[0], high)


def test_the_trend_has_one_bar_a_week_and_a_gap_where_there_was_no_score() -> None:
    rows = tuple(
        SnapshotRow(day(7 * week).isoformat(), shown, "green", "1")
        for week, shown in ((3, 100), (2, None), (1, 50), (0, 0))
    )
    assert account_health.spark(rows, TODAY) == "█ ▄▁"
    assert account_health.spark((), TODAY) == ""


# Money


def test_money_shows_steps_done_missed_and_to_come_each_with_its_own_key(view: View) -> None:
    seen = view("money")
    sheet = one_column(seen, "money")
    said = words(sheet.left)
    assert "1 200 EUR a year" in said
    assert "T-120  ✗" in said
    assert "T-90   ●" in said
    assert "T-60   ○" in said
    contract = seen.page.contracts[0].id
    assert f"milestone:{contract}:60" in keys(sheet)


def test_a_notice_that_has_passed_says_so(view: View) -> None:
    seen = view("money")
    late = replace(seen.page.contracts[0], notice_on=day(3).isoformat())
    aged = replace(seen, page=replace(seen.page, contracts=(late,)))
    assert "notice 8 Mar has passed" in shown(aged, "money")


# History


def test_history_is_in_plain_words_and_enter_shows_before_and_after(tmp_path: Path) -> None:
    book = new_book(tmp_path)
    account = book.run(add_account, name="Old name").result.id
    change = book.run(change_account, account, name="New name").change_id
    seen = read_view(book.queries(), account, "history")
    assert "changed account New name" in shown(seen, "history")
    assert change is not None
    said = words(read_detail(book.queries(), account, "change", change)[1])
    assert "Old name → New name" in said
    book.close()


def test_an_undo_says_what_was_undone(bare: AccountView) -> None:
    assert "No change is kept" in shown(bare, "history")
    entry = EntryRow("account", 1, "update", {"archived_at": None}, {"archived_at": "2026"})
    from planner.views.history import ChangeRow

    row = ChangeRow(5, "2026-03-11T10:00:00Z", "Ann", "archive_account", "", 1, "X", "undo", 4, 1)
    lines = list(account_history.change_lines(row, [entry], bare))
    assert text(lines[0]) == "undone: archive account"
    assert "archived" in words(lines)


# Words


def test_days_are_short_nearby_and_carry_the_year_far_away() -> None:
    today = date(2026, 11, 23)
    assert day_words("2026-11-25", today) == "Wed 25"
    assert day_words("2027-03-01", today) == "1 Mar"
    assert day_words("2027-11-01", today) == "1 Nov 2027"
    assert day_words("2026-01-02", today) == "2 Jan"
    assert day_words(None, today) == "--"


def test_whole_amounts_are_grouped_and_keep_their_decimals() -> None:
    assert exact(123_456_789, "EUR") == "1 234 567.89 EUR"
    assert exact(24_000_000, "EUR") == "240 000 EUR"
    assert exact(5_000, "JPY") == "5 000 JPY"


# What a tab costs


STATEMENTS = {
    "overview": 28,
    "plan": 27,
    "timeline": 31,
    "people": 27,
    "complaints": 27,
    "health": 28,
    "money": 27,
    "history": 28,
}  # fmt: skip


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_asks_the_store_a_fixed_number_of_times(
    full: tuple[Book, World], hostile: tuple[Book, int], tab: str
) -> None:
    for book, account in ((full[0], full[1].account), hostile):
        asked: list[str] = []
        raw = book.connection.raw  # type: ignore[attr-defined] # SQLite's own
        raw.set_trace_callback(asked.append)
        read_view(book.queries(), account, tab)
        raw.set_trace_callback(None)
        assert len(asked) == STATEMENTS[tab], asked
