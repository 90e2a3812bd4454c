"""Money: integer minor units and a currency code (ISO 4217, with each currency's exponent)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from planner.errors import Refused
from planner.language import gettext as _
from planner.numerals import Mark, ascii_digits, currency_beside, read_number, to_decimal
from planner.spelling import did_you_mean

MAX_MINOR = 10**15
DEFAULT_EXPONENT = 2
SHORT_SCALES = {"k": 3, "m": 6, "mn": 6, "b": 9, "bn": 9}
_SHOWN_SCALES = ((9, "bn"), (6, "M"), (3, "k"))
_ROUNDS_TO_ONE = Decimal("0.9995")
_ABBREVIATED = re.compile(r"(.*[0-9]) ?(k|mn|m|bn|b)", re.IGNORECASE | re.DOTALL)

_EXPONENTS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
    2: (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP "
        "BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD "
        "FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD "
        "KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD "
        "NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP "
        "SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED "
        "VES WST XCD XCG YER ZAR ZMW ZWG"
    ),
}
EXPONENTS = {code: digits for digits, codes in _EXPONENTS.items() for code in codes.split()}
"""Currency code to the number of its decimals (ISO 4217, tables A.1 without metals and tests)."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, yen, fils) and its currency code."""

    minor: int
    currency: str

    @property
    def major(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))


def exponent(currency: str) -> int:
    """How many decimals the currency has; 2 for a code that is not in the list."""
    return EXPONENTS.get(currency, DEFAULT_EXPONENT)


def check_currency(text: str) -> str:
    """The currency code in capitals. Raises ``Refused`` for a code that ISO 4217 does not list."""
    code = text.strip().upper()
    if code not in EXPONENTS:
        raise Refused(
            _("{code} is no currency code; write three letters such as EUR.").format(
                code=repr(text[:20])
            )
            + (did_you_mean(code, EXPONENTS) if code else "")
        )
    return code


def to_minor(major: Decimal, currency: str) -> tuple[int, bool]:
    """Minor units, half away from zero, and whether nothing was rounded.

    Raises ``Refused`` for less than nothing, for what is no number, and above ``MAX_MINOR``.
    """
    if not major.is_finite():
        raise Refused(_("An amount has to be a number."))
    if major < 0:
        raise Refused(_("An amount cannot be less than nothing."))
    places = exponent(currency)
    if major.adjusted() + places > len(str(MAX_MINOR)):
        raise Refused(_too_large(currency))
    exact = major.scaleb(places)
    minor = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if minor > MAX_MINOR:
        raise Refused(_too_large(currency))
    return minor, minor == exact


def _too_large(currency: str) -> str:
    most = Money(MAX_MINOR, currency).major
    return _("An amount cannot be above {most} {currency}.").format(
        most=f"{most:f}", currency=currency
    )


def parse_number(text: str, decimal: Mark = ".") -> Decimal:
    """A typed number in major units: ``1,250.50``, ``100k``, ``1.2 M``, digits of any script.

    ``decimal`` is the decimal mark of the current language; the other mark groups thousands.
    Raises ``Refused`` for anything else, so for nan, inf, exponents and a currency beside it.
    """
    value, beside = _typed(text, decimal)
    if beside:
        raise Refused(
            _("{text} names a currency; a plain number is wanted here.").format(
                text=repr(text[:40])
            )
        )
    return value


def _typed(text: str, decimal: Mark) -> tuple[Decimal, str]:
    plain = ascii_digits(text)
    short = _ABBREVIATED.fullmatch(plain)
    scale = SHORT_SCALES[short[2].lower()] if short else 0
    number = read_number(short[1] if short else plain)
    value = to_decimal(number.body, decimal) if number else None
    if number is None or value is None:
        raise Refused(
            _("{text} is no amount; write it like {example}.").format(
                text=repr(text[:40]),
                example="12000, 12000.50, 100k" if decimal == "." else "12000,50",
            )
        )
    return (-value if number.negative else value).scaleb(scale), number.currency


def parse_money(text: str, currency: str, decimal: Mark = ".") -> Money:
    """A typed amount in major units of ``currency``; a code or sign beside it has to agree.

    Raises ``Refused`` when it is no amount, negative, too large, too fine for the currency, or
    marked with another currency.
    """
    code = check_currency(currency)
    value, beside = _typed(text, decimal)
    said = currency_beside(beside, code)
    if said != code:
        raise Refused(
            _("{text} is marked {said}, but the amount is in {currency}.").format(
                text=repr(text[:40]), said=said or beside, currency=code
            )
        )
    minor, exact = to_minor(value, code)
    if not exact:
        raise Refused(
            _("{text} has more decimals than {currency} has ({places}).").format(
                text=repr(text[:40]), currency=code, places=exponent(code)
            )
        )
    return Money(minor, code)


def parse_amount(text: str, currency: str, decimal: Mark = ".") -> int:
    """Like ``parse_money``; the minor units alone."""
    return parse_money(text, currency, decimal).minor


def compact(money: Money, decimal: str = ".") -> str:
    """At most three digits and a scale, without the currency: ``240 k``, ``1.43 M``, ``950``.

    Half away from zero; trailing zeros are dropped.
    """
    major = money.major
    size = abs(major)
    shown, letter = size.quantize(Decimal(1), rounding=ROUND_HALF_UP), ""
    for power, scale in _SHOWN_SCALES:
        scaled = size.scaleb(-power)
        if scaled >= _ROUNDS_TO_ONE:
            shown, letter = _three_digits(scaled), f" {scale}"
            break
    digits = f"{shown:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".").replace(".", decimal)
    return ("-" if major < 0 and shown else "") + digits + letter


def _three_digits(value: Decimal) -> Decimal:
    places = max(2 - value.adjusted(), 0) if value >= 1 else 2
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
