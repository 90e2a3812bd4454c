"""Numbers as people write them: digits of every script, grouping, decimal marks.

One written number proves its decimal mark, or contradicts itself, or fits both marks
("1.234"). Who has a whole column decides from the column; who has one text names the mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Mark = Literal[".", ","]
MARKS: tuple[Mark, ...] = (".", ",")
LONGEST_NUMBER = 60
_DOLLARS = "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BND FJD BSD BBD BZD JMD TTD XCD NAD"
SIGN_CURRENCIES: Mapping[str, tuple[str, ...]] = {
    "€": ("EUR",),
    "£": ("GBP",),
    "₺": ("TRY",),
    "₹": ("INR",),
    "₽": ("RUB",),
    "₴": ("UAH",),
    "₪": ("ILS",),
    "₩": ("KRW",),
    "₫": ("VND",),
    "₦": ("NGN",),
    "$": tuple(_DOLLARS.split()),
    "¥": ("JPY", "CNY"),
    "﷼": ("IRR", "SAR", "QAR", "OMR", "YER"),
}
"""Signs that stand beside an amount, and the currencies that share each."""

_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "－": "-"})
_ARABIC = str.maketrans({"٫": ".", "٬": "'", "’": "'", "‘": "'", "′": "'"})
_BODY = re.compile(r"[0-9.,' ]*[0-9][0-9.,' ]*")
_CODE_BEFORE = re.compile(r"([A-Za-z]{3})(?![A-Za-z])\.? ?(.*)", re.DOTALL)
_CODE_AFTER = re.compile(r"(.*?[0-9.]) ?([A-Za-z]{3})", re.DOTALL)
_GROUPS = {
    sign: re.compile(f"[1-9][0-9]{{0,2}}(?:{sep}[0-9]{{2,3}})*{sep}[0-9]{{3}}")
    for sign, sep in ((".", "[.]"), (",", ","), ("'", "'"), (" ", " "))
}


@dataclass(frozen=True, slots=True)
class Written:
    """A written number: sign, digits with their marks, and the currency that stood beside it.

    ``currency`` is a code or a sign as written, else empty.
    """

    negative: bool
    body: str
    currency: str


def ascii_digits(text: str) -> str:
    """Digits of any script as 0 to 9, every kind of space as one, every minus as ``-``."""
    if text.isascii():
        return text.strip()
    return "".join(_plain(c) for c in text.translate(_MINUS).translate(_ARABIC)).strip()


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cf":
        return ""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def read_number(text: str) -> Written | None:
    """Take a number apart, or None when the text is none.

    Known beside the digits: a currency code or sign before or after, a sign, brackets for less
    than nothing.
    """
    if len(text) > LONGEST_NUMBER:
        return None
    rest = ascii_digits(text)
    negative = rest.startswith("(") and rest.endswith(")")
    if negative:
        rest = rest[1:-1].strip()
    rest, minus = _without_minus(rest)
    rest, currency = _without_currency(rest)
    if not minus:
        rest, minus = _without_minus(rest)
    if not _BODY.fullmatch(rest):
        return None
    return Written(negative or minus, rest.strip(), currency)


def _without_minus(text: str) -> tuple[str, bool]:
    if text[:1] in ("-", "+"):
        return text[1:].strip(), text[0] == "-"
    if len(text) > 1 and text[-1] == "-":
        return text[:-1].strip(), True
    return text, False


def _without_currency(text: str) -> tuple[str, str]:
    for sign in SIGN_CURRENCIES:
        if text.startswith(sign):
            return text[len(sign) :].strip(), sign
        if text.endswith(sign):
            return text[: -len(sign)].strip(), sign
    before = _CODE_BEFORE.fullmatch(text)
    if before:
        return before[2].strip(), before[1].upper()
    after = _CODE_AFTER.fullmatch(text)
    if after:
        return after[1].strip(), after[2].upper()
    return text, ""


def currency_beside(beside: str, expected: str) -> str | None:
    """The currency that a code or sign beside an amount means, where ``expected`` is likeliest.

    Nothing beside it means ``expected``; None is a sign that several others share.
    """
    codes = SIGN_CURRENCIES.get(beside)
    if codes is None:
        return beside or expected
    if expected in codes:
        return expected
    return codes[0] if len(codes) == 1 else None


def marks_possible(body: str) -> tuple[Mark, ...]:
    """The decimal marks under which ``body`` is a number: none, one (it proves itself), or both.

    A number without a mark that could be decimal fits both and proves nothing.
    """
    return tuple(mark for mark in MARKS if to_decimal(body, mark) is not None)


def to_decimal(body: str, mark: Mark) -> Decimal | None:
    """The value when ``mark`` is the decimal mark, or None when the text contradicts that.

    Groups are of three digits (of two as well left of the last, as India writes them).
    """
    whole, found, fraction = body.partition(mark)
    if found and not re.fullmatch(r"[0-9]{0,30}", fraction):
        return None
    digits = _ungrouped(whole) if whole or not fraction else "0"
    return None if digits is None else Decimal(f"{digits}.{fraction or '0'}")


def _ungrouped(whole: str) -> str | None:
    separators = {c for c in whole if c not in "0123456789"}
    if not separators:
        return whole or None
    if len(separators) > 1:
        return None
    separator = separators.pop()
    if not _GROUPS[separator].fullmatch(whole):
        return None
    return whole.replace(separator, "")
