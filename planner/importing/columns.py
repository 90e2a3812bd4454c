"""Typing the cells of a column: dates, numbers, yes and no. A column decides, never a cell alone.

Every function takes cells as (line, text), skips empty ones, and returns values by line with the
problems of those it could not read (``kept`` is true: the row goes on without the value).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from planner.date_words import LANGUAGES
from planner.errors import Refused
from planner.importing.problems import Problem
from planner.importing.table import shown_value
from planner.language import gettext as _
from planner.money import EXPONENTS
from planner.numerals import (
    MARKS,
    Mark,
    Written,
    ascii_digits,
    marks_possible,
    read_number,
    to_decimal,
)
from planner.text import fold

Cell = tuple[int, str]
Order = Literal["dmy", "mdy", "iso"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "iso")
Shape = Literal["iso", "numeric", "named"]
T = TypeVar("T")

TRUE_WORDS = frozenset(
    fold(w) for w in ("yes", "y", "true", "t", "1", "x", "on", "✓", "✔", "ja", "evet", "kyllä",
                      "oui", "si", "sí", "بله", "بلی", "نعم")
)  # fmt: skip
FALSE_WORDS = frozenset(
    fold(w) for w in ("no", "n", "false", "f", "0", "off", "nein", "hayır", "ei", "non", "nej",
                      "خیر", "نه", "لا")
)  # fmt: skip
PIVOT_YEAR = 69
LONGEST_DATE = 60
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?"
_TIME = rf"(?:[T ,]+{_CLOCK}(?: ?(?:z|utc|[+-]\d{{2}}:?\d{{2}}))?)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.IGNORECASE)
_ISO_BASIC = re.compile(r"((?:19|20|21)\d{2})()(\d{2})(\d{2})")
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:(\d{1,2})\.?[ -]+([^\W\d]+)\.?|([^\W\d]+)\.?[ -]+(\d{1,2}),?)"
    rf"[ ,-]+(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")


class AmbiguousDates(Refused):
    """Nothing in these columns says whether the day or the month comes first.

    ``examples`` holds one cell of each, by column.
    """

    def __init__(self, examples: Mapping[str, str]) -> None:
        shown = ", ".join(f"{column} ({value})" for column, value in examples.items())
        super().__init__(
            _(
                "Day or month first? {columns} can be read both ways. "
                "Say --dates dmy or --dates mdy."
            ).format(columns=shown)
        )
        self.examples = dict(examples)


@dataclass(frozen=True, slots=True)
class Typed(Generic[T]):
    """The values of a column by line, the problems, and what was found out about the column.

    ``found`` is the date order or the decimal mark, empty where the column did not need one.
    """

    values: Mapping[int, T]
    problems: tuple[Problem, ...]
    found: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number cell: its value and the currency (code or sign) that stood beside it."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class _Date:
    """A cell that has the shape of a date. For ``numeric`` the first two parts are undecided."""

    line: int
    text: str
    shape: Shape
    first: int
    second: int
    year: int

    def fits(self, order: Order) -> bool:
        return _calendar_day(self, order) is not None


def filled(cells: Iterable[Cell]) -> list[Cell]:
    """The cells that hold something."""
    return [(line, text) for line, text in cells if text.strip()]


def _problem(cell: Cell, column: str, sentence: str) -> Problem:
    return Problem(cell[0], column, shown_value(cell[1]), sentence, True)


def dates(cells: Iterable[Cell], column: str, order: Order | None = None) -> Typed[date]:
    """Days: ISO, year first, month names, and ``3/4/2026`` in the order asked for or proven.

    A time behind the day is dropped. A cell of another shape than most of its column is read when
    it is clear by itself, with a warning. Raises ``AmbiguousDates`` when the order matters and
    neither ``order`` nor the column tells it.
    """
    problems: list[Problem] = []
    found: list[_Date] = []
    for cell in filled(cells):
        read = _read_date(cell)
        if read is None:
            problems.append(_problem(cell, column, _no_date(cell[1])))
        else:
            found.append(read)
    used = order or _proven_order(found, column)
    common = Counter(one.shape for one in found).most_common(1)
    values: dict[int, date] = {}
    for one in found:
        day = _calendar_day(one, used)
        if day is None:
            problems.append(_problem((one.line, one.text), column, _wrong_day(one, used)))
            continue
        values[one.line] = day
        if one.shape != common[0][0]:
            said = _("this date has another format than its column; it was read as {day}")
            words = said.format(day=day.isoformat())
            problems.append(_problem((one.line, one.text), column, words))
    shapes = {one.shape for one in found}
    stated = (used or "") if "numeric" in shapes else ("iso" if "iso" in shapes else "")
    return Typed(values, tuple(sorted(problems, key=lambda p: p.line)), stated)


def _no_date(text: str) -> str:
    if len(text) <= LONGEST_DATE and _SERIAL.fullmatch(ascii_digits(text)):
        return _("this looks like a spreadsheet's day number, which is not guessed")
    return _("this is no date; write it like 2026-03-12")


def _wrong_day(one: _Date, order: Order | None) -> str:
    other = {"dmy": "mdy", "mdy": "dmy", "iso": "", None: ""}[order]
    if one.shape == "numeric" and (order == "iso" or (other and _parts_fit(one, other))):
        return _("this date is not in the order of its column ({order})").format(order=order)
    return _("this day does not exist")


def _parts_fit(one: _Date, order: str) -> bool:
    return any(order == known and one.fits(known) for known in ORDERS)


def _read_date(cell: Cell) -> _Date | None:
    if len(cell[1]) > LONGEST_DATE:
        return None
    text = ascii_digits(cell[1])
    iso = _ISO.fullmatch(text) or _ISO_BASIC.fullmatch(text)
    if iso:
        return _Date(cell[0], cell[1], "iso", int(iso[3]), int(iso[4]), int(iso[1]))
    numeric = _NUMERIC.fullmatch(text)
    if numeric:
        first, second = int(numeric[1]), int(numeric[3])
        return _Date(cell[0], cell[1], "numeric", first, second, _year(numeric[4]))
    named = _NAMED.fullmatch(text)
    month = _month(fold(named[2] or named[3])) if named else None
    if named is None or month is None:
        return None
    return _Date(cell[0], cell[1], "named", month, int(named[1] or named[4]), _year(named[5]))


def _month(word: str) -> int | None:
    for words in LANGUAGES.values():
        month = words.month(word)
        if month is not None:
            return month
    return None


def _year(text: str) -> int:
    """Two digits are a year from 1969 to 2068, as POSIX reads them."""
    number = int(text)
    if len(text) == 4:
        return number
    return number + (1900 if number >= PIVOT_YEAR else 2000)


def _calendar_day(one: _Date, order: Order | None) -> date | None:
    month, day = one.first, one.second
    if one.shape == "numeric":
        if order == "iso":
            return None
        if order == "dmy":
            month, day = day, month
    try:
        return date(one.year, month, day)
    except ValueError:
        return None


def _proven_order(found: Sequence[_Date], column: str) -> Order | None:
    """The order that some cell proves while none proves the other; None when it does not matter."""
    numeric = [one for one in found if one.shape == "numeric" and one.first != one.second]
    proven: set[Order] = set()
    for one in numeric:
        day_first, month_first = one.fits("dmy"), one.fits("mdy")
        if day_first != month_first:
            proven.add("dmy" if day_first else "mdy")
    if len(proven) == 1:
        return proven.pop()
    open_ones = [one for one in numeric if one.fits("dmy") or one.fits("mdy")]
    if open_ones:
        raise AmbiguousDates({column: shown_value(open_ones[0].text)})
    return None


def numbers(cells: Iterable[Cell], column: str) -> Typed[Amount]:
    """Numbers whose decimal mark the column proves; ``found`` is that mark.

    Where nothing proves it, a single mark before exactly three digits groups thousands, which is
    said at the first such cell. Cells that prove the other mark than most are problems.
    """
    problems: list[Problem] = []
    found: list[tuple[Cell, Written]] = []
    for cell in filled(cells):
        written = read_number(cell[1])
        if written is None or not marks_possible(written.body) or _no_unit(written.currency):
            problems.append(_problem(cell, column, _("this is no number")))
        else:
            found.append((cell, written))
    mark = _column_mark([written.body for _cell, written in found])
    values: dict[int, Amount] = {}
    grouped: Cell | None = None
    for cell, written in found:
        value = _value(written, mark)
        if value is None:
            said = _("this number uses another decimal mark than its column")
            problems.append(_problem(cell, column, said))
            continue
        values[cell[0]] = Amount(value, written.currency)
        if not mark and grouped is None and not written.body.isdigit() and _open(written.body):
            grouped = cell
    if grouped is not None:
        said = _("the column does not show its decimal mark; this was read as {value}")
        words = said.format(value=f"{values[grouped[0]].value:f}".partition(".")[0])
        problems.append(_problem(grouped, column, words))
    return Typed(values, tuple(sorted(problems, key=lambda p: p.line)), mark)


def _no_unit(beside: str) -> bool:
    """Whether three letters stand beside the number that are no currency."""
    return len(beside) == 3 and beside not in EXPONENTS


def _open(body: str) -> bool:
    """Whether the text is two different numbers under the two marks."""
    return len({to_decimal(body, mark) for mark in MARKS}) > 1


def _column_mark(bodies: Sequence[str]) -> Mark | Literal[""]:
    """The mark that most cells prove, the first of equals; empty when none proves one."""
    proven = Counter(possible[0] for possible in map(marks_possible, bodies) if len(possible) == 1)
    return proven.most_common(1)[0][0] if proven else ""


def _value(written: Written, mark: Mark | Literal[""]) -> Decimal | None:
    if mark:
        value = to_decimal(written.body, mark)
    else:
        under_both = [
            one for one in (to_decimal(written.body, m) for m in MARKS) if one is not None
        ]
        value = max(under_both, default=None)
    return -value if value is not None and written.negative else value


def whole_numbers(cells: Iterable[Cell], column: str) -> Typed[int]:
    """Whole numbers; ``45.0`` is one."""
    read = numbers(cells, column)
    texts = dict(cells)
    values: dict[int, int] = {}
    problems = list(read.problems)
    for line, amount in read.values.items():
        if amount.value == amount.value.to_integral_value() and not amount.currency:
            values[line] = int(amount.value)
        else:
            said = _("this is no whole number")
            problems.append(_problem((line, texts[line]), column, said))
    return Typed(values, tuple(sorted(problems, key=lambda p: p.line)), read.found)


def flags(cells: Iterable[Cell], column: str) -> Typed[bool]:
    """Yes and no in the words people use; anything else is a problem."""
    values: dict[int, bool] = {}
    problems: list[Problem] = []
    for line, text in filled(cells):
        word = fold(text)
        if word in TRUE_WORDS or word in FALSE_WORDS:
            values[line] = word in TRUE_WORDS
        else:
            said = _("this is neither yes nor no")
            problems.append(_problem((line, text), column, said))
    return Typed(values, tuple(problems))
