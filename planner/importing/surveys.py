"""A file of survey answers as records and problems. Nothing is written and nothing looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from planner.dates import When
from planner.errors import Refused
from planner.importing.columns import ORDERS, Cell
from planner.importing.encoding import decode
from planner.importing.mapping import (
    Mapped,
    apply_mapping,
    field_named,
    parse_maps,
    suggest,
)
from planner.importing.moments import moments
from planner.importing.options import ImportOptions
from planner.importing.problems import Problem
from planner.importing.survey_cells import SURVEY_FIELDS, Found, read_cells
from planner.importing.table import Row, is_total, read_table
from planner.language import gettext as _
from planner.numerals import read_number
from planner.spelling import did_you_mean
from planner.vocabulary import SURVEY_KINDS

KEY = "external_id"


@dataclass(frozen=True, slots=True)
class SurveyRecord:
    """One answer that can be written. Empty texts are None: nobody named, no account, no words."""

    line: int
    kind: str
    score: int
    highest: int
    effort_high: bool
    when: When
    comment: str | None = None
    account: str | None = None
    person: str | None = None
    email: str | None = None
    trigger: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class SurveyFile:
    """A read file: how it was read, its records, what is wrong with it.

    ``skipped`` and ``failed`` are file lines; why is in ``problems``, by line. ``kind_decided``
    says how it is known which survey it was.
    """

    encoding: str
    encoding_decided: str
    delimiter: str
    delimiter_decided: str
    mapping: tuple[Mapped, ...]
    ignored_columns: tuple[str, ...]
    date_orders: Mapping[str, str]
    kind_decided: str
    records: tuple[SurveyRecord, ...]
    skipped: tuple[int, ...]
    failed: tuple[int, ...]
    problems: tuple[Problem, ...]

    @property
    def decimal_marks(self) -> Mapping[str, str]:
        """Scores are whole numbers: no column shows a mark."""
        return {}

    @property
    def rows(self) -> int:
        """How many rows the file has, the header left out."""
        return len(self.records) + len(self.skipped) + len(self.failed)


def read_surveys(
    data: bytes,
    options: ImportOptions,
    *,
    zone: ZoneInfo,
    kind: str | None = None,
    effort_high: bool = False,
) -> SurveyFile:
    """Read a file of answers; ``kind`` and ``effort_high`` hold where no column says them.

    A time without an offset is of ``zone``. Raises ``Refused`` when nothing can be read, and
    ``AmbiguousDates`` when day and month have to be asked for. A faulty row is a problem with its
    line, never an error.
    """
    _check(options, kind)
    decoded = decode(data, options.encoding)
    maps = parse_maps(options.maps, SURVEY_FIELDS)
    table = read_table(
        decoded.text,
        delimiter=options.delimiter,
        wanted=[column for column, _field in maps],
        is_known=lambda name: field_named(name, SURVEY_FIELDS) is not None,
    )
    mapping = apply_mapping(table.columns, maps, SURVEY_FIELDS)
    columns = {one.field: one.column for one in mapping}
    _need(columns, table.columns)
    place = {column: index for index, column in enumerate(table.columns)}
    rows, total = _without_total(table.rows, columns, place)

    def cells_of(name: str) -> list[Cell]:
        index = place[columns[name]]
        return [(row.line, row.cells[index]) for row in rows]

    found = Found(columns, list(table.problems))
    if total is not None:
        found.skip(total.line, "answered", "", _("this last row is a total"))
    times = moments(cells_of("answered"), columns["answered"], options.dates, zone)
    found.problems += times.problems
    decided = read_cells(found, cells_of, kind, effort_high=effort_high)
    records = _records(rows, found, times.values)
    return SurveyFile(
        decoded.encoding,
        decoded.decided,
        table.delimiter,
        table.decided,
        mapping,
        tuple(column for column in table.columns if column not in columns.values()),
        {columns["answered"]: times.found} if times.found else {},
        decided,
        tuple(records),
        tuple(sorted(found.skipped)),
        tuple(sorted(found.refused)),
        tuple(found.said()),
    )


def _check(options: ImportOptions, kind: str | None) -> None:
    if options.key not in (None, KEY):
        raise Refused(
            _("{key} cannot be the key of answers; it is {keys}.").format(
                key=repr(options.key), keys=KEY
            )
        )
    if options.dates is not None and options.dates not in ORDERS:
        raise Refused(
            _("{order} is no order of dates; it is one of {orders}.").format(
                order=repr(options.dates), orders=", ".join(ORDERS)
            )
        )
    if kind is not None and kind not in SURVEY_KINDS:
        choices = ", ".join(SURVEY_KINDS)
        raise Refused(
            _("{kind} is no survey; it is one of {choices}.").format(
                kind=repr(kind), choices=choices
            )
            + did_you_mean(kind, SURVEY_KINDS)
        )


def _need(columns: Mapping[str, str], all_columns: Sequence[str]) -> None:
    sentences = {
        "score": _('No column holds the score; map one with --map "Column=score".'),
        "answered": _('No column says when they answered; map one with --map "Column=answered".'),
    }
    for name, sentence in sentences.items():
        if name in columns:
            continue
        near = [one.column for one in suggest(all_columns, {name: SURVEY_FIELDS[name]}, {})]
        more = " " + _("Perhaps {column}?").format(column=repr(near[0])) if near else ""
        raise Refused(sentence + more)


def _without_total(
    rows: Sequence[Row], columns: Mapping[str, str], place: Mapping[str, int]
) -> tuple[Sequence[Row], Row | None]:
    if not rows:
        return rows, None
    last = rows[-1]
    key = place[columns.get(KEY, columns["answered"])]
    others = [cell for index, cell in enumerate(last.cells) if index != key]
    if is_total(last.cells[key], others, lambda cell: read_number(cell) is not None):
        return rows[:-1], last
    return rows, None


def _records(rows: Iterable[Row], found: Found, times: Mapping[int, When]) -> list[SurveyRecord]:
    records = []
    seen: dict[str, int] = {}
    for row in rows:
        line = row.line
        if line not in times:
            found.refuse(line, "answered", "", _("it does not say when they answered"))
        if line in found.refused or line in found.skipped:
            continue
        values = {name: each[line] for name, each in found.values.items() if line in each}
        key = values.get(KEY)
        if isinstance(key, str):
            if key in seen:
                said = _("line {line} already holds this answer").format(line=seen[key])
                found.skip(line, KEY, key, said)
                continue
            seen[key] = line
        given = {"effort_high": False, **values}
        records.append(SurveyRecord(line=line, when=times[line], **given))
    return records
