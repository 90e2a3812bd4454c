"""The cells of account fields as values: text, tier, stage, tags, money, days, numbers, flags.

A value that is not understood is left out with a problem and its row goes on. One that is
understood and out of range refuses its row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.dates import MAX_YEAR, MIN_YEAR
from planner.errors import Refused
from planner.importing.columns import (
    AmbiguousDates,
    Amount,
    Cell,
    Order,
    Typed,
    dates,
    flags,
    numbers,
    whole_numbers,
)
from planner.importing.problems import Problem
from planner.importing.table import shown_value
from planner.language import gettext as _
from planner.money import Money, check_currency, to_minor
from planner.numerals import ascii_digits, currency_beside
from planner.spelling import did_you_mean
from planner.text import fold, unstorable
from planner.vocabulary import STAGES, TIERS

Value = str | int | bool | date | Money | tuple[str, ...]
TEXT_FIELDS = ("name", "external_id", "parent", "sector", "country", "owner")
NAMING = ("name", "external_id", "account", "account_id")
"""Fields without which nobody knows what a row is about."""
TRIMMED = ("external_id", "account_id")
DATE_FIELDS = ("contract_start", "contract_end")
LONGEST_TEXT = 1_000
MOST_NOTICE_DAYS = 3_650
_TIER = re.compile(r"(?:tier|t)?[ -]*([+-]?[0-9]{1,9})(?:\.0+)?")
_TAG_SIGNS = re.compile(r"[;,|\n]")


@dataclass(slots=True)
class Findings:
    """What came out of the columns: values by line and field, problems, lines to leave out."""

    values: dict[int, dict[str, Value]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    decimal_marks: dict[str, str] = field(default_factory=dict)
    date_orders: dict[str, str] = field(default_factory=dict)

    def take(self, line: int, name: str, value: Value) -> None:
        """Keep a value."""
        self.values.setdefault(line, {})[name] = value

    def warn(self, line: int, column: str, value: str, sentence: str) -> None:
        """A value is left out, its row goes on."""
        self.problems.append(Problem(line, column, shown_value(value), sentence, True))

    def refuse(self, line: int, column: str, value: str, sentence: str) -> None:
        """The row is left out."""
        self.problems.append(Problem(line, column, shown_value(value), sentence, False))
        self.refused.add(line)


def read_fields(
    cells_of: Callable[[str], list[Cell]],
    columns: Mapping[str, str],
    order: Order | None,
    base_currency: str,
) -> Findings:
    """Type every mapped column; ``columns`` is field to column name.

    ``cells_of`` gives a column's cells. Raises ``AmbiguousDates`` naming all columns at once.
    """
    found = Findings()
    typed_dates = _date_columns(cells_of, columns, order)
    for name, column in columns.items():
        if name in DATE_FIELDS:
            take_dates(found, name, column, typed_dates[name])
        elif name not in ("arr", "currency"):
            _READERS[name](found, name, column, cells_of(column))
    take_currencies(found, columns.get("currency"), cells_of)
    take_money(found, columns.get("arr"), cells_of, base_currency)
    _check_terms(found, columns)
    return found


def _date_columns(
    cells_of: Callable[[str], list[Cell]], columns: Mapping[str, str], order: Order | None
) -> dict[str, Typed[date]]:
    typed: dict[str, Typed[date]] = {}
    asked: dict[str, str] = {}
    for name in DATE_FIELDS:
        column = columns.get(name)
        if column is None:
            continue
        try:
            typed[name] = dates(cells_of(column), column, order)
        except AmbiguousDates as question:
            asked |= question.examples
    if asked:
        raise AmbiguousDates(asked)
    return typed


def take_dates(found: Findings, name: str, column: str, typed: Typed[date]) -> None:
    """Keep the days of a column; a year out of range refuses its row."""
    found.problems += typed.problems
    if typed.found:
        found.date_orders[column] = typed.found
    for line, day in typed.values.items():
        if MIN_YEAR <= day.year <= MAX_YEAR:
            found.take(line, name, day)
        else:
            said = _("the year lies outside {first} to {last}")
            words = said.format(first=MIN_YEAR, last=MAX_YEAR)
            found.refuse(line, column, day.isoformat(), words)


def take_text(found: Findings, name: str, column: str, cells: Iterable[Cell]) -> None:
    """Keep the texts of a column; one that no book can hold is left out, or its row."""
    for line, text in cells:
        if not text.strip():
            continue
        reason = unstorable(text)
        if reason is not None:
            keep_row = name not in NAMING
            (found.warn if keep_row else found.refuse)(line, column, text, reason)
        elif len(text) > LONGEST_TEXT:
            said = _("it is longer than {most} characters")
            found.refuse(line, column, text, said.format(most=LONGEST_TEXT))
        else:
            found.take(line, name, text.strip() if name in TRIMMED else text)


def _take_tags(found: Findings, name: str, column: str, cells: Iterable[Cell]) -> None:
    for line, text in cells:
        reason = unstorable(text)
        if reason is not None:
            found.warn(line, column, text, reason)
            continue
        tags: dict[str, str] = {}
        for tag in filter(None, map(str.strip, _TAG_SIGNS.split(text))):
            tags.setdefault(fold(tag) or tag, tag)
        if any(len(tag) > LONGEST_TEXT for tag in tags.values()):
            said = _("it is longer than {most} characters")
            found.refuse(line, column, text, said.format(most=LONGEST_TEXT))
        elif tags:
            found.take(line, name, tuple(tags.values()))


def _take_tier(found: Findings, name: str, column: str, cells: Iterable[Cell]) -> None:
    for line, text in cells:
        if not text.strip():
            continue
        match = _TIER.fullmatch(fold(ascii_digits(text))) if len(text) <= LONGEST_TEXT else None
        if match is None:
            found.warn(line, column, text, _("this is no tier; a tier is 1, 2 or 3"))
        elif int(match[1]) not in TIERS:
            found.refuse(line, column, text, _("a tier is 1, 2 or 3"))
        else:
            found.take(line, name, int(match[1]))


def _take_stage(found: Findings, name: str, column: str, cells: Iterable[Cell]) -> None:
    for line, text in cells:
        if not text.strip():
            continue
        stage = fold(text)
        if stage in STAGES:
            found.take(line, name, stage)
        else:
            words = _("this is no stage; the stages are {stages}").format(stages=", ".join(STAGES))
            found.warn(line, column, text, words + did_you_mean(text, STAGES))


def _take_notice(found: Findings, name: str, column: str, cells: Iterable[Cell]) -> None:
    typed = whole_numbers(cells, column)
    found.problems += typed.problems
    for line, days in typed.values.items():
        if 0 <= days <= MOST_NOTICE_DAYS:
            found.take(line, name, days)
        else:
            said = _("notice lies between 0 and {most} days")
            found.refuse(line, column, str(days), said.format(most=MOST_NOTICE_DAYS))


def _take_flag(found: Findings, name: str, column: str, cells: Iterable[Cell]) -> None:
    typed = flags(cells, column)
    found.problems += typed.problems
    for line, value in typed.values.items():
        found.take(line, name, value)


def take_currencies(
    found: Findings, column: str | None, cells_of: Callable[[str], list[Cell]]
) -> None:
    """Keep the currencies of a column; one that is none is left out."""
    for line, text in cells_of(column) if column is not None else ():
        if not text.strip():
            continue
        try:
            found.take(line, "currency", check_currency(currency_beside(text.strip(), "") or text))
        except Refused as error:
            found.warn(line, column or "", text, str(error))


def take_money(
    found: Findings,
    column: str | None,
    cells_of: Callable[[str], list[Cell]],
    base_currency: str,
    name: str = "arr",
) -> None:
    """Keep the amounts of a column under a field's name, in the row's currency or the book's."""
    if column is None:
        return
    cells = cells_of(column)
    typed = numbers(cells, column)
    found.problems += typed.problems
    if typed.found:
        found.decimal_marks[column] = typed.found
    texts = dict(cells)
    for line, amount in typed.values.items():
        _take_amount(found, name, column, (line, texts[line]), amount, base_currency)


def _take_amount(
    found: Findings, name: str, column: str, cell: Cell, amount: Amount, base_currency: str
) -> None:
    line, text = cell
    own = found.values.get(line, {}).get("currency")
    expected = own if isinstance(own, str) else base_currency
    currency = currency_beside(amount.currency, expected)
    if currency is None or (own is not None and currency != own):
        said = _("the amount is marked {mark}, the row is in {currency}; it was left out")
        words = said.format(mark=amount.currency, currency=expected)
        found.warn(line, column, text, words)
        return
    try:
        minor, exact = to_minor(amount.value, currency)
    except Refused as error:
        found.refuse(line, column, text, str(error))
        return
    money = Money(minor, currency)
    found.take(line, name, money)
    if not exact:
        said = _("it has more decimals than {currency}; it was rounded to {value}")
        found.warn(line, column, text, said.format(currency=currency, value=f"{money.major:f}"))


def _check_terms(found: Findings, columns: Mapping[str, str]) -> None:
    for line, values in found.values.items():
        start, end = values.get("contract_start"), values.get("contract_end")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            said = _("the contract ends before it starts ({start})")
            words = said.format(start=start.isoformat())
            found.refuse(line, columns["contract_end"], end.isoformat(), words)


_Reader = Callable[[Findings, str, str, Iterable[Cell]], None]
_READERS: Mapping[str, _Reader] = {
    **dict.fromkeys(TEXT_FIELDS, take_text),
    "tags": _take_tags,
    "tier": _take_tier,
    "stage": _take_stage,
    "notice_days": _take_notice,
    "auto_renew": _take_flag,
}
