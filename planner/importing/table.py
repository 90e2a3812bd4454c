"""From the text of a file to rows: delimiter, header row, rows with their file lines."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from planner.errors import Refused
from planner.importing.problems import Problem
from planner.language import gettext as _
from planner.text import fold

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
SAMPLE_CHARACTERS = 65_536
SAMPLE_ROWS = 100
HEADER_ROWS = 20
LONGEST_CELL = 2**31 - 1
REPAIRS = 20
SHOWN_VALUE = 200
TOTAL_WORDS = frozenset(
    fold(word)
    for word in (
        "total", "totals", "grand total", "sum", "subtotal", "gesamt", "summe", "gesamtsumme",
        "toplam", "genel toplam", "yhteensä", "summa", "totalt", "totale", "total general",
        "total général", "celkem", "razem", "suma", "итого", "جمع", "جمع کل", "مجموع", "المجموع",
        "合計", "合计", "总计",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the file line on which it begins (the first line is 1)."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A read file. Every row has exactly as many cells as there are columns.

    Columns have distinct names; cells beyond the header's are in columns called ``column N``.
    """

    columns: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    delimiter: str
    decided: str
    problems: tuple[Problem, ...]


def read_table(
    text: str,
    *,
    delimiter: str | None = None,
    wanted: Sequence[str] = (),
    is_known: Callable[[str], bool] = lambda _name: False,
) -> Table:
    """Read a file of separated values.

    The header is the first row that holds every ``wanted`` column, else the one of the first 20
    rows with most names that are known (the first row when none is). Lines above it and empty
    ones are no rows. Rows with too few or too many cells are reported and kept. Raises
    ``Refused`` for an unknown delimiter and for a file without any row that could be a header.
    """
    text, announced = _separator_line(text)
    sign, decided = _delimiter(text, delimiter, announced, wanted, is_known)
    rows, problems = _rows(text, sign, 1 if announced is None else 2)
    if not rows:
        raise Refused(_("The file is empty: it holds no row with a value."))
    header = _header_index(rows, wanted, is_known)
    columns, renamed = _columns(rows[header])
    body = rows[header + 1 :]
    fitted, ragged, columns = _fit(body, columns)
    return Table(
        columns,
        rows[header].line,
        tuple(fitted),
        sign,
        decided,
        tuple(sorted([*problems, *renamed, *ragged], key=lambda p: p.line)),
    )


def is_total(key: str, others: Sequence[str], is_number: Callable[[str], bool]) -> bool:
    """Whether a last row is a sum: its key is a word for a total and no other cell holds text."""
    if fold(key).rstrip(":") not in TOTAL_WORDS:
        return False
    return all(not cell.strip() or is_number(cell) for cell in others)


def shown_value(value: str) -> str:
    """A cell as a problem shows it: cut when it is long, half surrogates as question marks."""
    short = value if len(value) <= SHOWN_VALUE else value[:SHOWN_VALUE] + "…"
    return short.encode("utf-8", "replace").decode("utf-8")


def _separator_line(text: str) -> tuple[str, str | None]:
    """The ``sep=;`` line that spreadsheets write first, taken off."""
    first, _newline, rest = text.partition("\n")
    bare = first.rstrip("\r")
    if len(bare) == 5 and bare.lower().startswith("sep=") and bare[4] in DELIMITERS:
        return rest, bare[4]
    return text, None


def _delimiter(
    text: str,
    given: str | None,
    announced: str | None,
    wanted: Sequence[str],
    is_known: Callable[[str], bool],
) -> tuple[str, str]:
    if given is not None:
        named = {name: sign for sign, name in DELIMITERS.items()} | {"\\t": "\t"}
        sign = named.get(given, given)
        if len(sign) != 1 or sign in '\r\n"':
            raise Refused(
                _("{sign} cannot separate cells; name one of , ; | or tab.").format(
                    sign=repr(given[:20])
                )
            )
        return sign, _("as asked")
    if announced is not None:
        return announced, _("named in the first line")
    sample = text[:SAMPLE_CHARACTERS]
    scores = {sign: _score(sample, sign, wanted, is_known) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: scores[sign])
    if scores[best][1] == 0:
        return ",", _("there is one column, so none was needed")
    return best, _("it cuts the rows most evenly")


def _score(
    sample: str, sign: str, wanted: Sequence[str], is_known: Callable[[str], bool]
) -> tuple[bool, float]:
    """Whether a row holds every wanted column, then how evenly and finely the sign cuts."""
    rows: list[Row] = []
    for row in _parse(sample, sign, 1):
        if row is not None and any(cell.strip() for cell in row.cells):
            rows.append(row)
        if len(rows) == SAMPLE_ROWS:
            break
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not widths:
        return False, 0.0
    width, often = max(widths.items(), key=lambda item: item[1] * math.log2(item[0]))
    known = max(_known_names(row, is_known) for row in rows[:HEADER_ROWS])
    holds = bool(wanted) and any(_holds(row, wanted) for row in rows)
    return holds, often / len(rows) * math.log2(width) + known / 2


def _known_names(row: Row, is_known: Callable[[str], bool]) -> int:
    return len({cell for cell in map(str.strip, row.cells) if cell and is_known(cell)})


def _holds(row: Row, wanted: Sequence[str]) -> bool:
    return set(wanted) <= {cell.strip() for cell in row.cells}


@contextmanager
def _any_cell_size() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _parse(text: str, sign: str, first_line: int) -> Iterator[Row | None]:
    """Rows as the csv module reads them; a last ``None`` says that a quote was never closed."""
    lines = io.StringIO(text, newline="")
    ended = False

    def fed() -> Iterator[str]:
        nonlocal ended
        yield from lines
        ended = True
        yield "\n"

    reader = csv.reader(fed(), delimiter=sign)
    line = first_line
    with _any_cell_size():
        for cells in reader:
            if not ended:
                yield Row(line, tuple(cells))
            elif cells:
                yield Row(line, (*cells[:-1], cells[-1].removesuffix("\n")))
                yield None
            line = first_line + reader.line_num


def _rows(text: str, sign: str, first_line: int) -> tuple[list[Row], list[Problem]]:
    """All rows that hold a value. A quote that never closes is read as a plain character."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for _repair in range(REPAIRS):
        found = list(_parse(text, sign, first_line))
        broken = found[-2] if found and found[-1] is None else None
        if broken is None:
            return rows + _with_values(found), problems
        problems.append(_unclosed(broken))
        literal, text = _after_line(text, broken.line - first_line)
        with _any_cell_size():
            plain = next(csv.reader([literal], delimiter=sign, quoting=csv.QUOTE_NONE), [])
        rows += _with_values([*found[:-2], Row(broken.line, tuple(plain))])
        first_line = broken.line + 1
    return rows + _with_values(list(_parse(text, sign, first_line))), problems


def _unclosed(row: Row) -> Problem:
    return Problem(
        row.line,
        "",
        shown_value(row.cells[-1]),
        _("a quotation mark is never closed; this line was read as if it were a plain character"),
        True,
    )


def _after_line(text: str, lines: int) -> tuple[str, str]:
    """The line after ``lines`` others, without its end, and what follows it."""
    stream = io.StringIO(text, newline="")
    for _line in range(lines):
        stream.readline()
    return stream.readline().rstrip("\r\n"), stream.read()


def _with_values(rows: Sequence[Row | None]) -> list[Row]:
    return [row for row in rows if row is not None and any(cell.strip() for cell in row.cells)]


def _header_index(
    rows: Sequence[Row], wanted: Sequence[str], is_known: Callable[[str], bool]
) -> int:
    if wanted:
        for index, row in enumerate(rows):
            if _holds(row, wanted):
                return index
    counts = [_known_names(row, is_known) for row in rows[:HEADER_ROWS]]
    return counts.index(max(counts))


def _columns(header: Row) -> tuple[tuple[str, ...], list[Problem]]:
    names: dict[str, None] = {}
    problems: list[Problem] = []
    taken = {cell.strip() for cell in header.cells}
    for number, cell in enumerate(header.cells, start=1):
        name = cell.strip() or _beyond(number)
        if name in names:
            again = 2
            while f"{name} ({again})" in taken or f"{name} ({again})" in names:
                again += 1
            renamed = f"{name} ({again})"
            said = _("a second column has this name; it is called {name} here").format(name=renamed)
            problems.append(Problem(header.line, name, cell, said, True))
            name = renamed
        names[name] = None
    kept = list(names)
    while kept and not header.cells[len(kept) - 1].strip():
        kept.pop()
    return tuple(kept), problems


def _beyond(number: int) -> str:
    return f"column {number}"


def _fit(
    rows: Sequence[Row], columns: tuple[str, ...]
) -> tuple[list[Row], list[Problem], tuple[str, ...]]:
    """Every row cut or filled to one width; what stands beyond the header gets own columns."""
    width = len(columns)
    problems: list[Problem] = []
    used = [_used(row.cells) for row in rows]
    widest = max([width, *used])
    for row, cells in zip(rows, used, strict=True):
        if len(row.cells) < width:
            said = _("the row has {found} cells, the header {expected}; the missing ones are empty")
        elif cells > width:
            said = _("the row has {found} cells, the header {expected}; the others are kept aside")
        else:
            continue
        found = max(cells, len(row.cells)) if cells > width else len(row.cells)
        words = said.format(found=found, expected=width)
        problems.append(Problem(row.line, "", "", words, True))
    fitted = [
        Row(row.line, (*row.cells[:widest], *[""] * (widest - len(row.cells)))) for row in rows
    ]
    added = _free_names(columns, range(width + 1, widest + 1))
    return fitted, problems, columns + added


def _free_names(columns: tuple[str, ...], numbers: range) -> tuple[str, ...]:
    names: list[str] = []
    for number in numbers:
        name = _beyond(number)
        while name in columns or name in names:
            name += "'"
        names.append(name)
    return tuple(names)


def _used(cells: tuple[str, ...]) -> int:
    """The number of cells up to the last one that holds something."""
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
