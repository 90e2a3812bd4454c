"""Cells, columns, folding of lines, badges and the window of rows: the pure parts."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from planner.cell_width import clean
from planner.text import visible
from tui.widgets.badge import band_badge, trend_text
from tui.widgets.cells import Cell, cut, fit, fit_spans
from tui.widgets.columns import Column, lay_out
from tui.widgets.row_window import PAGE, RowWindow, TableRow
from tui.widgets.wrap import Line, wrapped

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
HARD = st.text(alphabet="a1é\u0301漢👩\u200d🚀\ufe0f❄🇹🇷\x1b\u202e\ud800क्षि\u115f می")
TEXT = ANY_TEXT | HARD
WIDTH = st.integers(0, 40)
ACTS = "[\x00-\x1f\x7f-\x9f\u061c\u200d-\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]"


@given(TEXT, WIDTH)
@example("\u200da\u200d", 1)
@example("漢", 1)
@example("1\ufe0f\u20e3" * 9, 3)
def test_cut_text_never_exceeds_its_cells(text: str, width: int) -> None:
    shown = cut(text, width)
    assert cell_len(shown) <= width
    assert not re.search(ACTS, shown)


@given(TEXT, WIDTH)
def test_text_that_fits_is_whole_and_other_text_ends_in_an_ellipsis(text: str, width: int) -> None:
    shown = cut(text, width)
    if width and shown != clean(text):
        assert shown.endswith("…")
        assert clean(text).startswith(shown[:-1])


@given(TEXT, WIDTH, st.sampled_from(["left", "right", "center"]))
def test_fitted_text_fills_its_cells_exactly(text: str, width: int, justify: str) -> None:
    assert cell_len(fit(text, width, justify)) == width  # type: ignore[arg-type] # sampled literal


@given(st.lists(TEXT | st.tuples(TEXT, st.just("late")), max_size=6), WIDTH)
def test_spans_fill_their_cells_exactly(spans: list[Cell], width: int) -> None:
    fitted = fit_spans(spans, width)
    assert sum(cell_len(text) for text, _ in fitted) == width
    assert cell_len("".join(text for text, _ in fitted)) == width


def test_a_text_of_nothing_but_marks_is_not_drawn_without_end() -> None:
    assert len(cut("e" + "\u0301" * 10_000, 10)) < 100


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Nordic Foods AB", 15, "Nordic Foods AB"),
        ("Nordic Foods AB", 10, "Nordic Fo…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字", 6, "漢字…"),
        ("cafe\u0301 noir", 5, "cafe\u0301…"),
        ("👩‍🚀 crew", 9, "👩🚀 crew"),
        ("a\x1b[31mb", 20, "a␛[31mb"),
        ("[red]x[/]", 20, "[red]x[/]"),
    ],
)
def test_texts_are_cut_where_people_expect(text: str, width: int, expected: str) -> None:
    assert cut(text, width) == expected


COLUMN = st.builds(
    Column,
    key=st.just("k"),
    label=st.just("l"),
    width=st.none() | st.integers(0, 30),
    priority=st.integers(0, 3),
    least=st.integers(1, 12),
    most=st.integers(0, 40),
)


@given(st.lists(COLUMN, max_size=8), st.integers(-3, 150))
def test_columns_never_pass_the_width_and_one_always_stays(
    columns: list[Column], width: int
) -> None:
    placed = lay_out(columns, width)
    assert sum(at.gap + at.width for at in placed) <= max(0, width)
    assert bool(placed) == bool(columns and width > 0)
    assert [at.index for at in placed] == sorted({at.index for at in placed})
    if len(placed) > 1:
        gone = {c.priority for i, c in enumerate(columns) if i not in {at.index for at in placed}}
        kept = min(columns[at.index].priority for at in placed)
        assert all(priority <= kept for priority in gone)


def test_flexible_columns_share_what_is_left_up_to_their_most() -> None:
    columns = (Column("a", "A"), Column("b", "B", 10), Column("c", "C", most=12))
    assert [at.width for at in lay_out(columns, 64)] == [38, 10, 12]
    assert [at.width for at in lay_out((columns[0],), 64)] == [64]


def test_the_lowest_priority_goes_first_of_equals_the_rightmost() -> None:
    columns = [Column(str(i), "", 10, priority=p) for i, p in enumerate((2, 1, 1, 3))]
    assert [at.index for at in lay_out(columns, 43)] == [0, 1, 2, 3]
    assert [at.index for at in lay_out(columns, 42)] == [0, 1, 3]
    assert [at.index for at in lay_out(columns, 31)] == [0, 3]
    assert [at.index for at in lay_out(columns, 4)] == [3]


@given(st.lists(TEXT, max_size=5), st.integers(1, 30), st.integers(0, 6))
def test_folded_lines_fit_and_lose_no_short_word(texts: list[str], width: int, hang: int) -> None:
    rows = wrapped(Line(tuple((t, "late") for t in texts), wrap=True, hang=hang), width)
    for row in rows:
        assert sum(cell_len(c if isinstance(c, str) else c[0]) for c in row) <= width
    shown = "".join(c if isinstance(c, str) else c[0] for row in rows for c in row)
    if "…" not in shown:
        assert shown.split() == " ".join(shown.split()).split()
        assert "".join(shown.split()) == "".join("".join(clean(t) for t in texts).split())


def test_a_line_folds_at_words_and_hangs() -> None:
    line = Line((("RISK  ", "title"), "Per never saw the savings"), wrap=True, hang=6)
    rows = ["".join(c if isinstance(c, str) else c[0] for c in row) for row in wrapped(line, 20)]
    assert rows == ["RISK  Per never saw ", "      the savings"]


@pytest.mark.parametrize(
    ("badge", "expected"),
    [
        (band_badge("red", 49), ("■R 49", "band.red")),
        (band_badge("yellow", 64, uncertain=True), ("▲Y 64?", "band.yellow")),
        (band_badge("green", 100), ("●G 100", "band.green")),
        (band_badge("green", 5), ("●G  5", "band.green")),
        (band_badge("grey", 43), ("?  43", "band.grey")),
        (band_badge("grey", None), ("?  --", "band.grey")),
        (band_badge(None, None), ("?  --", "band.grey")),
        (band_badge("mauve", 3), ("?   3", "band.grey")),
    ],
)
def test_bands_read_without_colour(badge: Cell, expected: Cell) -> None:
    assert badge == expected


def test_a_trend_is_a_signed_number() -> None:
    assert [trend_text(n) for n in (-14, 5, -4, 0, None)] == ["-14", "+5", "=", "=", "·"]


def rows_of(offset: int, count: int) -> list[TableRow]:
    return [TableRow(i, (str(i),)) for i in range(offset, offset + count)]


@given(st.integers(0, 5_000), st.lists(st.tuples(st.integers(-50, 5_100), st.integers(0, 300))))
def test_what_is_asked_for_fills_the_window_and_memory_stays_bounded(
    total: int, moves: list[tuple[int, int]]
) -> None:
    window = RowWindow()
    window.total = total
    for first, height in moves:
        wish = window.missing(first, first + height)
        if wish:
            offset, count = wish
            assert 0 <= offset < offset + count <= total
            assert window.missing(first, first + height) is None
            window.put(offset, rows_of(offset, count))
        for index in range(max(0, first), min(total, first + height + 1)):
            found = window.get(index)
            assert found is not None
            assert found.key == index
        assert window.held() <= PAGE * 14


def test_a_wish_given_up_for_another_is_made_again_when_it_is_needed_again() -> None:
    window = RowWindow()
    window.total = 1000
    assert window.missing(0, 40) == (0, PAGE)
    assert window.missing(500, 540) == (7 * PAGE, 2 * PAGE)
    assert window.missing(0, 40) == (0, PAGE)


def test_a_source_that_gives_fewer_rows_is_not_asked_in_a_circle() -> None:
    window = RowWindow()
    window.total = 100
    assert window.missing(0, 99) == (0, 100)
    window.put(0, rows_of(0, 10))
    assert window.missing(0, 99) is None


def test_rows_past_the_total_are_not_kept() -> None:
    window = RowWindow()
    window.total = 5
    window.put(3, rows_of(3, 10))
    assert window.held() == 2
    window.put(9, rows_of(9, 2))
    assert window.held() == 2


def test_cells_show_what_visible_shows() -> None:
    assert cut("a\tb\x9bc", 40) == visible("a\tb\x9bc")
