"""People, Complaints, Health, Money and History as lines, and what a tab costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.book import Book
from planner.health.explain import explain
from planner.stakeholders import Stakeholder
from planner.use_cases.accounts import add_account, change_account
from planner.views.account import SnapshotRow
from planner.views.history import EntryRow
from tests.makers import TODAY, World, day, new_book
from tests.tui.account.views import (
    View,
    keys,
    one_column,
    shown,
    text,
    words,
)
from tui.screens import account_health, account_history
from tui.screens.account_complaints import complaint_lines, preview
from tui.screens.account_detail import read_detail
from tui.screens.account_people import shown_people
from tui.screens.account_view import TABS, AccountView, read_view
from tui.screens.account_words import day as day_words
from tui.screens.account_words import exact

# People


def test_people_stand_under_whom_they_report_to(view: View) -> None:
    maria, joe = view("people").page.people
    under = replace(maria, reports_to_id=joe.id)
    seen = view("people")
    seen = replace(seen, page=replace(seen.page, people=(under, joe)))
    rows = shown(seen, "people").splitlines()[2:6]
    assert rows[0].startswith("  Joe ")
    assert rows[1] == "    every 90d: ! 120d past the maximum"
    assert rows[2].startswith("  └─ Maria ")


def test_roles_nobody_holds_and_functions_without_a_name_are_gaps(view: View) -> None:
    said = shown(view("people"), "people")
    assert "! economic buyer: not covered: nobody has this role" in said
    assert "ROLES  1 of 5 covered" in said
    assert "marketing  gap: nobody named" in said
    assert "sales      Bob" in said
    assert "✓ champion: covered by Maria, 1 day ago" in said
    assert "! executive sponsor: not covered: no two-way touch with Joe yet" in said


def test_influence_by_stance_and_whose_relationship_nobody_owns_stand_below(view: View) -> None:
    said = shown(view("people"), "people")
    assert "INFLUENCE  by stance" in said
    assert "  influence 3" in said
    assert "! Nobody of ours owns the relationship with Maria (influence 3), Joe." in said
    assert "! Single-threaded" in said
    wide = one_column(view("people"), "people", 120, 34)
    assert "influence 3 " in words(wide.left)
    assert "opponent" in words(wide.left)
    assert "RELATIONSHIPS" in words(wide.right)
    assert "influence 3, supporter: 1" in words(one_column(view("people"), "people", 60).left)


def test_who_left_stays_in_the_tree_while_somebody_there_reports_to_them() -> None:
    people = [
        Stakeholder(1, "Boss", left_on=date(2026, 3, 1)), Stakeholder(2, "Under", reports_to_id=1),
        Stakeholder(3, "Gone", reports_to_id=1, left_on=date(2026, 3, 1)),
        Stakeholder(4, "Self", reports_to_id=5), Stakeholder(5, "Circle", reports_to_id=4),
    ]  # fmt: skip
    assert [one.id for one in shown_people(people, date(2026, 3, 11))] == [1, 2, 4, 5]
    assert [one.id for one in shown_people(people, date(2026, 2, 1))] == [1, 2, 3, 4, 5]


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
    "overview": 57,
    "plan": 89,
    "timeline": 57,
    "people": 45,
    "complaints": 36,
    "health": 37,
    "money": 40,
    "history": 37,
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
