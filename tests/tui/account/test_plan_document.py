"""The plan as one document: what each section says, and what an empty one asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.book import Book
from planner.plan_history import SignOffState
from planner.readiness import SECTION_NUMBERS, SIZE_SECTIONS
from planner.use_cases.accounts import add_account
from planner.use_cases.plan_sections import add_section
from planner.use_cases.plans import start_plan
from planner.vocabulary import FUNCTIONS
from planner.vocabulary_words import section_names
from tests.full_plan import ACTIONS, RISKS, STAKEHOLDERS, VERSIONS, full_plan
from tests.makers import World, day, new_book, opened
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
from tui.screens.account_people import team_gaps
from tui.screens.account_plan import BODIES
from tui.screens.account_sheets import SHARES, build
from tui.screens.account_view import AccountView, Space, read_view
from tui.screens.plan_sections.asks import ask
from tui.screens.plan_sections.work import ALL_ACTIONS, GANTT


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, int]]:
    folder = tmp_path_factory.mktemp("whole")
    book = new_book(folder)
    account = full_plan(book)
    book.close()
    again = opened(folder / "book.db")
    yield again, account
    again.close()


@pytest.fixture
def bare_plan(tmp_path: Path) -> Iterator[tuple[Book, int]]:
    """An account with a plan of the smallest size, and nothing in it."""
    book = new_book(tmp_path)
    account = book.run(add_account, name="New Oy").result.id
    book.run(start_plan, account)
    yield book, account
    book.close()


@pytest.fixture
def largest(whole: tuple[Book, int]) -> AccountView:
    return read_view(whole[0].queries(), whole[1], "plan")


def section(view: AccountView, name: str, width: int = 80) -> list[str]:
    """The lines of one section at a width, its head first."""
    lines = build("plan", view, Space(width, 18, SHARES["plan"])).left
    heads = [i for i, line in enumerate(lines) if line.key == f"section:{name}"]
    assert len(heads) == 1, words(lines)
    rest = [text(line) for line in lines[heads[0] + 1 :]]
    end = next((i for i, line in enumerate(rest) if not line), len(rest))
    return [text(lines[heads[0]]), *rest[:end]]


def with_plan(view: AccountView, **fields: Any) -> AccountView:
    assert view.plan is not None
    return replace(view, plan=view.plan._replace(**fields))


# The head


def test_the_head_says_state_version_readiness_and_who_signed(view: View) -> None:
    seen = view("plan")
    states = (
        SignOffState("marketing", "Eve", "2026-03-01", None, "Eve"),
        SignOffState("sales", "Bob", "2026-03-02", "2026-03-05", "Bob"),
        SignOffState("success", None, None, None, "Ann"),
        SignOffState("service", None, None, None, None),
    )
    said = shown(replace(seen, signatures=states, plan_version=12), "plan")
    assert "version 12" in said
    assert "signed 1 of 4: marketing · asked again: sales" in said
    assert "sales      signed by Bob on 2 Mar; asked again since 5 Mar" in said
    assert "success    not signed; Ann is asked" in said
    assert "service    not signed; nobody has the seat" in said


def test_stale_and_empty_sections_of_the_size_are_named_in_the_head(
    view: View, bare_plan: tuple[Book, int]
) -> None:
    assert "stale: goals 71 d, key people 71 d" in shown(aged(view("plan"), day(71)), "plan")
    book, account = bare_plan
    said = shown(read_view(book.queries(), account, "plan"), "plan")
    assert "empty: goals, key people, renewal, risks, mutual actions" in said


def test_a_function_of_ours_without_a_person_is_named_in_the_head(view: View) -> None:
    seen = view("plan")
    missing = ", ".join(team_gaps(seen.page.team))
    assert "service" in missing
    assert f"our gap: {missing}, nobody" in shown(seen, "plan")
    (seat,) = seen.page.team[:1]
    team = tuple(replace(seat, function=one) for one in FUNCTIONS)
    full = replace(seen, page=replace(seen.page, team=team))
    assert "our gap" not in shown(full, "plan")


def test_a_draft_of_the_largest_size_names_what_lacks_by_section_and_counts_the_rest(
    largest: AccountView,
) -> None:
    lines = one_column(largest, "plan").left
    at = next(i for i, line in enumerate(lines) if "to activate it:" in text(line))
    found = {str(line.key): text(line).strip() for line in lines[at + 1 : at + 5]}
    assert found["next:header"].startswith("header  a keep class with its reason, a stage")
    assert found["next:goals"].endswith(", 2 more")
    assert found["next:contact_plan"] == "contact plan  a QBR date"
    assert found["next:renewal"] == "renewal  the forecast"


def test_the_next_thing_to_fill_is_a_line_that_enter_opens(view: View) -> None:
    lines = one_column(view("plan"), "plan").left
    line = next(line for line in lines if str(line.key).startswith("next:"))
    assert ("Enter  ", "key") in line.spans
    assert "worth" in text(line)


# Sections


def test_a_section_outside_the_size_shows_only_when_it_holds_something_or_was_added(
    bare_plan: tuple[Book, int],
) -> None:
    book, account = bare_plan

    def heads() -> list[str]:
        seen = read_view(book.queries(), account, "plan")
        return [key[8:] for key in keys(one_column(seen, "plan")) if key[:8] == "section:"]

    assert heads() == [*SIZE_SECTIONS["starter"], "sign_off"]
    book.run(add_section, account, "growth")
    assert set(heads()) == {*SIZE_SECTIONS["starter"], "growth", "sign_off"}


def test_an_empty_section_is_one_line_with_what_to_find_out_and_the_key_of_its_form(
    bare_plan: tuple[Book, int],
) -> None:
    book, account = bare_plan
    for name in BODIES:
        if name not in SIZE_SECTIONS["starter"] and name != "health":
            book.run(add_section, account, name)
    seen = read_view(book.queries(), account, "plan")
    for name in BODIES:
        if name == "health":
            continue
        asked = ask(name)
        assert section(seen, name)[1:] == [f"  {asked.letter}  {asked.words}"]


def test_every_section_that_can_be_shown_has_its_question(view: View) -> None:
    assert {*BODIES, "header"} == set(SECTION_NUMBERS) == set(section_names())
    for name in SECTION_NUMBERS:
        assert ask(name).words
    assert view("plan").plan is not None


def test_a_section_says_who_keeps_it_and_to_whom_it_is_offered(view: View) -> None:
    seen = view("plan")
    assert section(seen, "renewal")[0].startswith("RENEWAL  Bob, sales · ")
    assert section(seen, "risks")[0].startswith("RISKS  nobody: no success person · ")
    assert seen.plan_sections is not None
    lines = seen.plan_sections.lines

    def offered(to_me: bool) -> AccountView:
        given = tuple(one._replace(offered_to="Bob", offered_to_me=to_me) for one in lines)
        assert seen.plan_sections is not None
        return replace(seen, plan_sections=seen.plan_sections._replace(lines=given))

    assert section(offered(to_me=False), "goals")[0].endswith("offered to Bob")
    assert section(offered(to_me=True), "goals")[0].endswith("offered to you; Enter takes it over")


def test_what_the_customer_said_is_quoted_and_what_we_assume_is_said_so(view: View) -> None:
    seen = view("plan")
    assert any("“It saves a day”" in line for line in section(seen, "why_stay"))
    assert seen.plan is not None
    assumed = tuple(
        one._replace(source="assumed", field="lost_by_leaving") for one in seen.plan.entries
    )
    said = "\n".join(section(with_plan(seen, entries=assumed), "why_stay"))
    assert "“It saves" not in said
    assert "we assume" in said
    assert "nobody has told them yet" in said
    told = tuple(one._replace(told_on="2026-03-09") for one in assumed)
    assert "told 9 Mar" in "\n".join(section(with_plan(seen, entries=told), "why_stay"))


def test_questions_of_an_interview_that_nobody_asked_yet_are_named(view: View) -> None:
    said = "\n".join(section(view("plan"), "why_stay"))
    assert "not known yet: why they renewed, how justified, without it" in said


def test_the_north_star_stands_over_the_goals_and_each_function_has_its_own(
    largest: AccountView,
) -> None:
    lines = section(largest, "goals")
    assert lines[1] == "  ★ north star: on-time deliveries 97 %"
    order = [line.strip() for line in lines if line.strip().startswith("for ")]
    assert order == ["for marketing", "for sales", "for success", "for service"]
    assert lines[2].startswith("  ● Fewer returns at site 0")
    assert "→ goal 2 · ours Ann · theirs nobody" in lines[3]


def test_a_goal_with_several_readings_shows_them_as_bars(view: View) -> None:
    seen = view("plan")
    assert seen.plan is not None
    goal = seen.page.objectives[0].id
    reading = seen.plan.measurements[0]._replace(objective_id=goal)
    readings = tuple(
        reading._replace(id=number, actual=float(number), measured_on=f"2026-03-0{number}")
        for number in range(1, 5)
    )
    assert "▁▃▆█" in "\n".join(section(with_plan(seen, measurements=readings), "goals"))


def test_stakeholders_hang_on_whom_they_report_to_and_role_gaps_are_said(view: View) -> None:
    said = "\n".join(section(view("plan"), "stakeholders"))
    assert "not covered: nobody has this role" in said
    assert "nobody of ours owns the relationship with Maria, Joe" in said


def test_of_a_crowd_the_rest_is_one_line_that_unfolds(largest: AccountView) -> None:
    lines = section(largest, "actions")
    assert sum("Show the savings" in line for line in lines) == 15
    assert any(line.strip() == f"▸ … {ACTIONS - 15} more actions" for line in lines)
    unfolded = replace(largest, unfolded=frozenset({ALL_ACTIONS}))
    assert sum("Show the savings" in line for line in section(unfolded, "actions")) == ACTIONS
    assert sum("“Finance asks" in line for line in section(largest, "risks")) == RISKS
    assert sum("Person" in line for line in section(largest, "stakeholders")) >= STAKEHOLDERS
    assert largest.plan_version == VERSIONS


def test_an_action_comes_after_what_it_waits_for_and_says_so(view: View) -> None:
    seen = view("plan")
    assert seen.plan is not None
    first, second = seen.plan.actions[:2]
    late = second._replace(due_on="2026-06-01")
    waits = with_plan(seen, actions=(first._replace(depends_on=(late.id,)), late))
    lines = section(waits, "actions")
    assert lines[1].split()[0:2] == ["1", "Jun"]
    assert any(f"after “{late.action}”" in line for line in lines)
    assert any("before" in line and "which it needs" in line for line in lines)


def test_bars_over_time_unfold_on_a_narrow_screen_and_stand_beside_on_a_wide_one(
    view: View,
) -> None:
    seen = view("plan")
    assert "done  ! late" not in shown(seen, "plan")
    assert "done  ! late" in shown(replace(seen, unfolded=frozenset({GANTT})), "plan")
    wide = build("plan", seen, Space(120, 34, SHARES["plan"]))
    assert "OVER TIME" in words(wide.right)
    assert "▼" in words(wide.right)


def test_a_missed_step_of_the_renewal_can_be_marked_done(view: View) -> None:
    seen = view("plan")
    lines = one_column(seen, "plan").left
    missed = [line for line in lines if "missed, d marks it done" in text(line)]
    assert [str(line.key).rpartition(":")[2] for line in missed] == ["120"]
    assert "how they decide, not known yet: buyer, criteria" in words(lines)


def test_selling_is_warned_against_while_a_critical_complaint_is_open(view: View) -> None:
    seen = view("plan")
    assert "warned against" not in "\n".join(section(seen, "growth"))
    worst = tuple(one._replace(severity="critical") for one in seen.page.complaints)
    hurt = replace(seen, page=replace(seen.page, complaints=worst))
    assert "A push to sell is warned against" in "\n".join(section(hurt, "growth"))


def test_the_grid_of_growth_has_a_sign_and_a_word_in_each_cell(view: View) -> None:
    lines = section(view("plan"), "growth")
    assert lines[1].split() == ["IT"]
    assert lines[2].split() == ["Portal", "○", "gap"]
    assert any("→ Portal for IT · identified" in line for line in lines)


def test_value_counts_once_the_customer_confirmed_it(view: View) -> None:
    seen = view("plan")
    assert "they have not confirmed it yet" in "\n".join(section(seen, "value"))
    assert seen.plan is not None
    proofs = (seen.plan.proofs[0]._replace(confirmed_on="2026-03-09", confirmed_by="Maria"),)
    assert "confirmed by Maria, 9 Mar" in "\n".join(
        section(with_plan(seen, proofs=proofs), "value")
    )


def test_a_programme_says_its_level_and_what_the_next_one_takes(view: View) -> None:
    said = "\n".join(section(view("plan"), "enablement"))
    assert "10 points · silver · 40 to gold" in said


def test_a_wide_screen_puts_people_money_and_contact_beside_goals_value_and_work(
    view: View,
) -> None:
    seen = view("plan")
    sheet = build("plan", seen, Space(120, 34, SHARES["plan"]))
    columns = [
        [str(line.key)[8:] for line in lines if str(line.key).startswith("section:")]
        for lines in (sheet.left, sheet.right)
    ]
    assert columns[0] == ["why_stay", "goals", "value", "risks", "actions", "sign_off"]
    assert columns[1][:1] == ["team"]
    assert {"stakeholders", "renewal", "growth", "enablement"} <= set(columns[1])


def test_the_overview_names_the_stale_sections_of_the_plan_on_a_wide_screen(view: View) -> None:
    seen = view("overview")
    old = tuple(replace(one, edited_on=day(71)) for one in seen.page.sections)
    stale = replace(seen, page=replace(seen.page, sections=old))
    said = words(build("overview", stale, Space(120, 34, SHARES["overview"])).right)
    assert "stale: goals 71 d, key people 71 d" in said


@pytest.mark.parametrize("width", WIDTHS)
def test_the_largest_plan_fits(largest: AccountView, width: int) -> None:
    space = Space(width, 18, SHARES["plan"])
    sheet = build("plan", largest, space)
    assert_fits(sheet.left, space.left)
    assert_fits(sheet.right, space.right)


def test_the_whole_plan_is_asked_with_as_many_statements_as_a_small_one(
    whole: tuple[Book, int], full: tuple[Book, World]
) -> None:
    counts = []
    for book, account in ((whole[0], whole[1]), (full[0], full[1].account)):
        asked: list[str] = []
        raw = book.connection.raw  # type: ignore[attr-defined] # SQLite's own
        raw.set_trace_callback(asked.append)
        read_view(book.queries(), account, "plan")
        raw.set_trace_callback(None)
        counts.append(len(asked))
    assert counts[0] == counts[1]
