"""Typing a column: the column decides, a cell alone never does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.importing.columns import (
    AmbiguousDates,
    Amount,
    Cell,
    Order,
    dates,
    flags,
    numbers,
    whole_numbers,
)


def column(*texts: str) -> list[Cell]:
    return list(enumerate(texts, start=2))


def days(*texts: str, order: Order | None = None) -> list[str]:
    return [day.isoformat() for day in dates(column(*texts), "due", order).values.values()]


def test_a_part_above_twelve_proves_the_order_of_the_column() -> None:
    read = dates(column("3/4/2026", "", "25/12/2026"), "due")
    assert read.values == {2: date(2026, 4, 3), 4: date(2026, 12, 25)}
    assert read.found == "dmy"
    assert days("3/4/2026", "12/25/2026") == ["2026-03-04", "2026-12-25"]
    assert not read.problems


def test_nothing_proven_is_asked_with_an_example() -> None:
    with pytest.raises(AmbiguousDates, match=r"Day or month first.*due .3/4/2026") as asked:
        dates(column("3/4/2026", "5/5/2026"), "due")
    assert asked.value.examples == {"due": "3/4/2026"}
    assert days("3/4/2026", order="mdy") == ["2026-03-04"]
    assert days("3/4/2026", order="dmy") == ["2026-04-03"]


def test_a_column_that_proves_both_orders_is_asked() -> None:
    with pytest.raises(AmbiguousDates):
        dates(column("25/12/2026", "12/25/2026"), "due")
    read = dates(column("25/12/2026", "12/25/2026"), "due", "dmy")
    assert read.values == {2: date(2026, 12, 25)}
    assert [(p.line, p.problem) for p in read.problems] == [
        (3, "this date is not in the order of its column (dmy)")
    ]


def test_equal_parts_need_no_order() -> None:
    assert days("5/5/2026", "6.6.26") == ["2026-05-05", "2026-06-06"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-12", "2026-03-12 09:30", "2026-03-12T09:30:00Z", "2026-03-12T09:30:00.000+02:00",
        "2026/3/12", "2026.03.12", "20260312", "12 Mar 2026", "12-Mar-26", "12. March 2026",
        "Mar 12, 2026", "March 12 2026", "۲۰۲۶-۰۳-۱۲", " 2026-03-12 ", "3/12/2026 2:30 PM",
        "03/12/26",
    ],
)  # fmt: skip
def test_many_forms_of_a_day(text: str) -> None:
    assert days(text, order="mdy") == ["2026-03-12"]


def test_two_digit_years_turn_at_sixty_nine() -> None:
    assert days("13.1.68", "13.1.69") == ["2068-01-13", "1969-01-13"]


def test_a_column_that_mixes_formats_is_warned_about_by_line() -> None:
    read = dates(column("2026-12-01 00:00", "2026-09-01", "31/12/2026", "1 Mar 2026"), "live")
    assert read.values[4] == date(2026, 12, 31)
    assert [(p.line, p.column, p.value, p.kept) for p in read.problems] == [
        (4, "live", "31/12/2026", True),
        (5, "live", "1 Mar 2026", True),
    ]
    assert "read as 2026-12-31" in read.problems[0].problem


@pytest.mark.parametrize(
    "text", ["soon", "45292", "45292.5", "2026-13", "1/2", "12 Foo 2026", "x" * 99]
)
def test_what_is_no_day_is_a_problem(text: str) -> None:
    read = dates(column(text, "2026-01-01"), "due")
    assert list(read.values) == [3]
    assert [p.line for p in read.problems] == [2]
    assert ("day number" in read.problems[0].problem) == text.startswith("45292")


def test_days_that_do_not_exist_are_problems() -> None:
    read = dates(column("2026-02-30", "31/4/2026", "99/99/2026", "31 Feb 2026"), "due")
    assert not read.values
    assert {p.problem for p in read.problems} == {"this day does not exist"}


def test_only_iso_days_can_be_asked_for() -> None:
    read = dates(column("2026-03-12", "3/4/2026"), "due", "iso")
    assert (list(read.values), [p.line for p in read.problems]) == ([2], [3])


def amounts(*texts: str) -> tuple[list[str], str]:
    read = numbers(column(*texts), "arr")
    return [f"{amount.value.normalize():f}" for amount in read.values.values()], read.found


@pytest.mark.parametrize(
    ("texts", "values", "mark"),
    [
        (["1.234,56", "1.234"], ["1234.56", "1234"], ","),
        (["1,234.56", "1,234"], ["1234.56", "1234"], "."),
        (["1 234,56", "12 000 €"], ["1234.56", "12000"], ","),
        (["1100.04", "251"], ["1100.04", "251"], "."),
        (["0.500"], ["0.5"], "."),
        (["1234.567"], ["1234.567"], "."),
        (["1.234.567", "1,5"], ["1234567", "1.5"], ","),
        (["1.234.567"], ["1234567"], ","),
        (["1'234.5"], ["1234.5"], "."),
        (["12,34,567.5"], ["1234567.5"], "."),
        (["1\u202f234,5", "2\u00a0000"], ["1234.5", "2000"], ","),
        (["۱٬۲۳۴٫۵"], ["1234.5"], "."),
        (["45", "1000"], ["45", "1000"], ""),
        (["12,500", "3,200"], ["12500", "3200"], ""),
        (["(500.25)", "-3.5", "3.5-"], ["-500.25", "-3.5", "-3.5"], "."),
    ],
)
def test_the_column_shows_its_decimal_mark(texts: list[str], values: list[str], mark: str) -> None:
    assert amounts(*texts) == (values, mark)


def test_a_mark_that_nothing_shows_is_said_once() -> None:
    read = numbers(column("7", "12,500", "3,200"), "arr")
    assert [(p.line, p.kept) for p in read.problems] == [(3, True)]
    assert "read as 12500" in read.problems[0].problem
    assert not numbers(column("7", "12500"), "arr").problems


def test_a_cell_with_the_other_mark_is_a_problem() -> None:
    read = numbers(column("1,5", "2,5", "3.25"), "arr")
    assert list(read.values) == [2, 3]
    assert [(p.line, p.problem) for p in read.problems] == [
        (4, "this number uses another decimal mark than its column")
    ]


def test_currencies_beside_a_number_are_handed_on() -> None:
    read = numbers(column("€ 5", "5 USD", "TRY5", "5"), "arr")
    assert [amount.currency for amount in read.values.values()] == ["€", "USD", "TRY", ""]
    assert read.values[2] == Amount(Decimal(5), "€")


@pytest.mark.parametrize("text", ["many", "nan", "inf", "1e5", "5 pcs", "1.2.3,4", "5%", "-", "€"])
def test_what_is_no_number_is_a_problem(text: str) -> None:
    read = numbers(column(text), "arr")
    assert not read.values
    assert [p.problem for p in read.problems] == ["this is no number"]


def test_whole_numbers_may_be_written_with_a_zero_behind_the_mark() -> None:
    read = whole_numbers(column("45", "30.0", "1.5", "x", "5 €"), "notice")
    assert read.values == {2: 45, 3: 30}
    assert [p.line for p in read.problems] == [4, 5, 6]


def test_yes_and_no_in_many_words_and_maybe_in_none() -> None:
    read = flags(column("Yes", "no", "TRUE", "0", "x", "evet", "EI", "خیر", "", "maybe"), "auto")
    assert list(read.values.values()) == [True, False, True, False, True, True, False, False]
    assert [(p.line, p.value) for p in read.problems] == [(11, "maybe")]


_PIECES = st.lists(st.sampled_from("0123456789./-, :'€TZapm"), max_size=14).map("".join)
_CELLS = st.lists(st.one_of(st.text(max_size=20), _PIECES), max_size=6)


@given(_CELLS)
def test_any_column_is_typed_or_asked_about(texts: list[str]) -> None:
    cells = column(*texts)
    full = {line for line, text in cells if text.strip()}
    for read in (numbers(cells, "c"), whole_numbers(cells, "c"), flags(cells, "c")):
        assert set(read.values) | {p.line for p in read.problems} >= full
    try:
        read_days = dates(cells, "c")
    except AmbiguousDates:
        read_days = dates(cells, "c", "dmy")
    assert set(read_days.values) | {p.line for p in read_days.problems} == full


@given(st.lists(st.dates(date(1970, 1, 1), date(2068, 12, 31)), min_size=1), st.booleans())
def test_a_whole_column_in_one_order_is_never_read_in_the_other(
    written: list[date], day_first: bool
) -> None:
    form = "{d.day}/{d.month}/{d.year}" if day_first else "{d.month}/{d.day}/{d.year}"
    cells = column(*(form.format(d=day) for day in written))
    try:
        read = dates(cells, "c")
    except AmbiguousDates:
        assert all(day.day <= 12 for day in written)
        return
    assert list(read.values.values()) == written
