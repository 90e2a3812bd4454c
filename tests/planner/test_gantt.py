"""The Gantt chart in text: lines in their cells, bars on their days, states by a sign."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cell_width import width_of
from planner.gantt import ASCII, BLOCKS, gantt_lines
from planner.mutual_actions import MutualAction
from tests.strategies import hostile_text

TODAY = date(2026, 3, 12)


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


PLAN = (
    MutualAction(1, "Sign", "Maria", "Per", day(8), day(10), depends_on=(2, 5)),
    MutualAction(2, "安全レビュー 🚀", "林", "", day(-8), day(-3)),
    MutualAction(3, "بررسی قرارداد", "", "علی", None, day(5)),
    MutualAction(4, "Kick-off", "Ann", "Bob", day(-10), day(-9), day(-8), "done"),
    MutualAction(5, "Pilot", "Ann", "Bob", day(-6), day(2), None, "dropped"),
    MutualAction(6, "Some day"),
)


def test_at_80_cells_an_action_is_one_line_with_sign_owners_and_bar() -> None:
    assert gantt_lines(PLAN, 80, TODAY) == [
        "  action                 ours     theirs   2026-03-02    03-10       03-17",
        "                                           ┬─────────────┬──▼────────┬──────────",
        "✓ Kick-off               Ann      Bob      ▒▒▒▒▒            │",
        "! 安全レビュー 🚀        林       –           ███████████!!!│",
        "✗ Pilot                  Ann      Bob             ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌",
        "· بررسی قرارداد          –        علی                       │        ◆",
        "· Sign                   Maria    Per                       │             ██████",
        "· Some day               –        –        no date          │",
        "✓ done  ! late  ✗ dropped  · open  ◆ due, start not known  ▼ today 2026-03-12",
    ]


def test_at_40_cells_the_bar_stands_under_its_words_and_ascii_draws_it() -> None:
    assert gantt_lines(PLAN[:2], 40, TODAY, ascii_only=True) == [
        "  2026-03-04    03-11       03-17",
        "  +-------------+-v---------+-----------",
        "! 安全レビュー 🚀      林       -",
        "  ############!!!!|",
        ". Sign                 Maria    Per",
        "                  |               ######",
        "x done  ! late  - dropped  . open",
        "* due, start not known",
        "v today 2026-03-12",
    ]


def test_one_day_is_one_bar_of_all_cells_and_a_century_still_shows_every_bar() -> None:
    one_day = gantt_lines([MutualAction(1, "a", starts_on=TODAY, due_on=TODAY)], 80, TODAY)
    assert one_day[2].endswith("█" * 37)
    assert one_day[0].count("2026-03-12") == 1
    long = (
        MutualAction(1, "a", starts_on=date(1926, 1, 1), due_on=date(2026, 3, 12)),
        MutualAction(2, "b", starts_on=day(-1), due_on=day(-1), done_on=day(-1), status="done"),
    )
    shown = gantt_lines(long, 80, TODAY)
    assert shown[2].count("▒") == 1
    assert shown[3].count("█") == 37


def test_an_action_done_late_is_drawn_to_the_day_it_was_done() -> None:
    late = MutualAction(1, "a", starts_on=day(-9), due_on=day(-8), done_on=day(-4), status="done")
    assert gantt_lines([late], 80, TODAY)[2].count("▒") == 6 * 37 // 10


def test_the_chart_can_be_cut_to_a_stretch_of_days_with_arrows_to_the_rest() -> None:
    shown = gantt_lines(PLAN, 80, TODAY, first_on=day(-6), last_on=day(9))
    chart = [line[43:] for line in shown]
    assert chart[0].startswith("2026-03-06")
    bars = {line[2:10].strip(): bar for line, bar in zip(shown, chart, strict=True)}
    assert bars["Kick-off"][0] == "‹"
    assert bars["Sign"][-1] == "›"
    assert bars["Pilot"][0] == "╌"
    outside = gantt_lines(PLAN, 80, TODAY, first_on=day(3), last_on=day(3))
    assert "▼" not in outside[1]
    assert "›" not in outside[2]
    with pytest.raises(ValueError, match="before the first"):
        gantt_lines(PLAN, 80, TODAY, first_on=day(1), last_on=day(0))
    assert gantt_lines(PLAN, 80, TODAY, first_on=day(90))[0].endswith("2026-06-10")
    assert gantt_lines(PLAN, 80, TODAY, last_on=day(-90))[0].endswith("2025-12-12")


def test_a_scale_over_a_new_year_names_the_year_again() -> None:
    plan = [MutualAction(1, "a", starts_on=date(2025, 12, 1), due_on=date(2026, 1, 31))]
    dates = gantt_lines(plan, 160, date(2025, 12, 24))[0].split()[3:]
    assert dates[0] == "2025-12-01"
    assert [d for d in dates[1:] if len(d) == 10] == [
        next(d for d in dates[1:] if d.startswith("2026-01"))
    ]


def test_too_few_cells_are_refused_and_no_actions_are_said() -> None:
    with pytest.raises(ValueError, match="40 cells"):
        gantt_lines(PLAN, 39, TODAY)
    assert gantt_lines([], 40, TODAY) == ["There are no actions yet."]


def test_every_drawn_sign_is_one_cell_and_the_ascii_ones_are_ascii() -> None:
    assert all(width_of(sign) == 1 for sign in (*BLOCKS, *ASCII))
    assert "".join(ASCII).isascii()
    states = (BLOCKS[:4], BLOCKS[4:8], ASCII[:4], ASCII[4:8])
    assert all(len(set(signs)) == 4 for signs in states)


DAYS = st.none() | st.dates(date(2020, 1, 1), date(2032, 1, 1)) | st.dates()
ACTIONS = st.builds(
    MutualAction,
    id=st.integers(1, 9),
    action=hostile_text,
    our_owner=hostile_text,
    their_owner=hostile_text,
    starts_on=DAYS,
    due_on=DAYS,
    done_on=DAYS,
    status=st.sampled_from(["open", "done", "dropped"]),
    depends_on=st.lists(st.integers(1, 9), max_size=2).map(tuple),
)


@given(
    st.lists(ACTIONS, min_size=1, max_size=6, unique_by=lambda row: row.id),
    st.integers(40, 160),
    st.dates(),
    st.booleans(),
)
def test_no_line_runs_over_and_the_bars_of_all_actions_begin_in_one_column(
    plan: list[MutualAction], width: int, today: date, ascii_only: bool
) -> None:
    lines = gantt_lines(plan, width, today, ascii_only=ascii_only)
    assert all(width_of(line) <= width for line in lines)
    signs = ASCII if ascii_only else BLOCKS
    assert signs.today_mark in lines[1]
    chart = len(lines[1]) - len(lines[1].lstrip())
    per_action = 2 if width < 80 else 1
    rows = lines[2 : 2 + per_action * len(plan)]
    assert all(row[0] in signs[:4] for row in rows[::per_action])
    for row in rows[per_action - 1 :: per_action]:
        assert any(width_of(row[:length]) == chart for length in range(len(row) + 1))


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 200),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(80, 160),
)
def test_a_bar_fills_the_share_of_the_cells_that_its_days_fill(
    start: date, length: int, today: date, width: int
) -> None:
    end = start + timedelta(days=length)
    lines = gantt_lines([MutualAction(1, "a", starts_on=start, due_on=end)], width, today)
    span = (max(end, today) - min(start, today)).days + 1
    cells = len(lines[1]) - lines[1].index("┬" if lines[1].lstrip()[0] == "┬" else "▼")
    assert abs(lines[2].count("█") - (length + 1) * cells / span) <= 1
