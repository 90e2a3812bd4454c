"""Amounts: what people type, what is stored, what a narrow cell shows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.money import (
    EXPONENTS,
    MAX_MINOR,
    Money,
    check_currency,
    compact,
    exponent,
    parse_amount,
    parse_money,
    parse_number,
    to_minor,
)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12000", "EUR", 1_200_000),
        ("12,000.50", "EUR", 1_200_050),
        ("100k", "EUR", 10_000_000),
        ("1.2 M", "EUR", 120_000_000),
        ("2bn", "EUR", 200_000_000_000),
        ("€ 12 000", "EUR", 1_200_000),
        ("12 000 €", "EUR", 1_200_000),
        ("EUR 99.90", "EUR", 9_990),
        ("99.90 eur", "EUR", 9_990),
        ("$5", "CAD", 500),
        ("1,000", "JPY", 1_000),
        ("1.234", "KWD", 1_234),
        ("۱۲۳٫۵", "EUR", 12_350),
        ("1'234.50", "CHF", 123_450),
        ("12,34,567", "INR", 123_456_700),
        ("0", "EUR", 0),
        (".5", "EUR", 50),
    ],
)
def test_a_typed_amount_becomes_minor_units_of_its_currency(
    text: str, currency: str, minor: int
) -> None:
    assert parse_amount(text, currency) == minor


def test_the_decimal_mark_is_that_of_the_language() -> None:
    assert parse_amount("1.234,5", "EUR", ",") == 123_450
    with pytest.raises(Refused, match="12000,50"):
        parse_amount("1,234.5", "EUR", ",")


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "Infinity", "1e5", "1.5.2", "12,50", "--5", "5 pcs x", "k", "1" * 99]
)
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refused, match="no amount"):
        parse_amount(text, "EUR")


@pytest.mark.parametrize("text", ["-5", "(5)", "5-", "−5", "€-5"])
def test_less_than_nothing_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="less than nothing"):
        parse_amount(text, "EUR")


def test_too_large_and_too_fine_are_refused_with_the_limit() -> None:
    assert parse_amount("10000000000000", "EUR") == MAX_MINOR
    with pytest.raises(Refused, match=r"above 10000000000000\.00 EUR"):
        parse_amount("10000000000000.01", "EUR")
    with pytest.raises(Refused, match="above"):
        parse_amount("9" * 50, "EUR")
    with pytest.raises(Refused, match="more decimals than JPY"):
        parse_amount("10.5", "JPY")


def test_numbers_that_are_none_are_refused_at_the_last_door_too() -> None:
    with pytest.raises(Refused, match="has to be a number"):
        to_minor(Decimal("NaN"), "EUR")


def test_rounding_is_half_away_from_zero_and_said() -> None:
    assert to_minor(Decimal("1.005"), "EUR") == (101, False)
    assert to_minor(Decimal("1.01"), "EUR") == (101, True)


@pytest.mark.parametrize("text", ["12 USD", "$12", "£12"])
def test_an_amount_marked_with_another_currency_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="the amount is in EUR"):
        parse_money(text, "EUR")


def test_a_plain_number_takes_no_currency() -> None:
    assert parse_number("100k") == 100_000
    assert parse_number("-3.5") == Decimal("-3.5")
    with pytest.raises(Refused, match="names a currency"):
        parse_number("100 €")


def test_currency_codes_are_checked_and_the_nearest_is_named() -> None:
    assert check_currency(" eur ") == "EUR"
    with pytest.raises(Refused, match="Did you mean EUR"):
        check_currency("EURO")
    with pytest.raises(Refused, match="no currency code"):
        check_currency("")
    assert exponent("BHD") == 3
    assert exponent("JPY") == 0
    assert exponent("XXX") == 2


@pytest.mark.parametrize(
    ("minor", "shown"),
    [
        (24_000_000, "240 k"),
        (143_000_000, "1.43 M"),
        (6_000_000, "60 k"),
        (95_000, "950"),
        (0, "0"),
        (50, "1"),
        (99_949, "999"),
        (99_950, "1 k"),
        (1_240_000, "12.4 k"),
        (99_949_900, "999 k"),
        (99_950_000, "1 M"),
        (100_000_000, "1 M"),
        (1_234_567_890_000, "12.3 bn"),
        (123_456_789_000_000, "1235 bn"),
        (-24_000_000, "-240 k"),
    ],
)
def test_a_narrow_cell_shows_three_digits_and_a_scale(minor: int, shown: str) -> None:
    assert compact(Money(minor, "EUR")) == shown


def test_the_decimal_mark_of_a_narrow_cell_can_be_another() -> None:
    assert compact(Money(143_000_000, "EUR"), ",") == "1,43 M"
    assert compact(Money(1_430_000, "JPY")) == "1.43 M"


@given(st.integers(min_value=0, max_value=MAX_MINOR), st.sampled_from(sorted(EXPONENTS)))
def test_what_is_written_exactly_is_read_exactly(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert parse_money(f"{money.major:f}", currency) == money
    assert parse_money(f"{money.major:,f} {currency}", currency) == money


@given(st.text())
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    try:
        money = parse_money(text, "EUR")
    except Refused:
        return
    assert 0 <= money.minor <= MAX_MINOR


@given(st.integers(min_value=0, max_value=MAX_MINOR))
def test_a_narrow_cell_is_never_wider_than_eight(minor: int) -> None:
    assert len(compact(Money(minor, "EUR"))) <= 8
