"""A file of accounts as records and problems. Nothing is written and nothing is looked up here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.errors import Refused
from planner.importing.account_values import Findings, Value, read_fields
from planner.importing.columns import ORDERS, Cell
from planner.importing.encoding import decode
from planner.importing.mapping import (
    ACCOUNT_FIELDS,
    Mapped,
    apply_mapping,
    field_named,
    parse_maps,
    suggest,
)
from planner.importing.options import ImportOptions
from planner.importing.problems import Problem
from planner.importing.table import Row, Table, is_total, read_table
from planner.language import gettext as _
from planner.money import check_currency
from planner.numerals import read_number
from planner.spelling import did_you_mean
from planner.text import name_key, unstorable

KEYS = ("external_id", "name")


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """One row that can be written.

    ``key`` is the value that finds the account again: ``key_field`` says whether it is the
    external id or the folded name. ``values`` holds filled cells only (an empty cell keeps what
    the book has): name, external_id, parent, sector, country, owner and currency as text, tier
    and notice_days as int, stage as one of the stages, tags as a tuple, arr as ``Money``,
    contract_start and contract_end as dates, auto_renew as bool. ``name`` is always there.
    """

    line: int
    key: str
    key_field: str
    values: Mapping[str, Value]
    extra: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class AccountFile:
    """A read file: how it was read, its records, what is wrong with it.

    ``skipped`` and ``failed`` are file lines; why is in ``problems``, which holds those of the
    records too, by line. ``decimal_marks`` and ``date_orders`` are by column and hold the columns
    that showed one.
    """

    encoding: str
    encoding_decided: str
    delimiter: str
    delimiter_decided: str
    header_line: int
    mapping: tuple[Mapped, ...]
    ignored_columns: tuple[str, ...]
    decimal_marks: Mapping[str, str]
    date_orders: Mapping[str, str]
    records: tuple[AccountRecord, ...]
    skipped: tuple[int, ...]
    failed: tuple[int, ...]
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> int:
        """How many rows the file has, the header left out."""
        return len(self.records) + len(self.skipped) + len(self.failed)


def read_accounts(data: bytes, options: ImportOptions) -> AccountFile:
    """Read a file of accounts.

    Raises ``Refused`` when nothing can be read (no text, no such column, no column for the name)
    and ``AmbiguousDates`` when day and month have to be asked for. A faulty row is a problem with
    its line, never an error.
    """
    _check(options)
    decoded = decode(data, options.encoding)
    maps = parse_maps(options.maps, ACCOUNT_FIELDS)
    table = read_table(
        decoded.text,
        delimiter=options.delimiter,
        wanted=[column for column, _field in maps],
        is_known=lambda name: field_named(name, ACCOUNT_FIELDS) is not None,
    )
    mapping = apply_mapping(table.columns, maps, ACCOUNT_FIELDS)
    columns = {one.field: one.column for one in mapping}
    _need_name(columns, table.columns)
    place = {column: index for index, column in enumerate(table.columns)}
    keys = [field for field in KEYS if field in columns]
    rows, total = without_total(table, columns, place, keys)

    def cells_of(column: str) -> list[Cell]:
        index = place[column]
        return [(row.line, row.cells[index]) for row in rows]

    found = read_fields(cells_of, columns, options.dates, check_currency(options.currency))
    found.problems += table.problems
    ignored = tuple(column for column in table.columns if column not in columns.values())
    more = extras(rows, ignored, place, found)
    skipped = _sort_out(rows, columns, options.key, found)
    skipped |= {total.line} if total else set()
    if total:
        said = _("this last row is a total")
        found.problems.append(Problem(total.line, "", "", said, False))
    problems = by_line(found, skipped)
    records = [
        _record(row.line, options.key, found, more[row.line], problems)
        for row in rows
        if row.line not in skipped and row.line not in found.refused
    ]
    return AccountFile(
        decoded.encoding,
        decoded.decided,
        table.delimiter,
        table.decided,
        table.header_line,
        mapping,
        ignored,
        found.decimal_marks,
        found.date_orders,
        tuple(records),
        tuple(sorted(skipped)),
        tuple(sorted(found.refused)),
        tuple(problem for line in sorted(problems) for problem in problems[line]),
    )


def _check(options: ImportOptions) -> None:
    if options.key is not None and options.key not in KEYS:
        raise Refused(
            _("{key} cannot be the key of accounts; it is one of {keys}.").format(
                key=repr(options.key), keys=", ".join(KEYS)
            )
            + did_you_mean(options.key, KEYS)
        )
    check_dates_order(options.dates)


def check_dates_order(order: str | None) -> None:
    """Refuse an order of day and month that is none."""
    if order is not None and order not in ORDERS:
        raise Refused(
            _("{order} is no order of dates; it is one of {orders}.").format(
                order=repr(order), orders=", ".join(ORDERS)
            )
        )


def _need_name(columns: Mapping[str, str], all_columns: Sequence[str]) -> None:
    if "name" in columns:
        return
    sentence = _('No column holds the account\'s name; map one with --map "Column=name".')
    near = [one.column for one in suggest(all_columns, {"name": ACCOUNT_FIELDS["name"]})]
    if near:
        sentence += " " + _("Perhaps {column}?").format(column=repr(near[0]))
    raise Refused(sentence)


def without_total(
    table: Table, columns: Mapping[str, str], place: Mapping[str, int], fields: Sequence[str]
) -> tuple[Sequence[Row], Row | None]:
    """The rows, and apart a last one that is a total; ``fields`` are those that may name a row."""
    if not table.rows:
        return table.rows, None
    last = table.rows[-1]
    keys = [place[columns[field]] for field in fields]
    key = next((index for index in keys if last.cells[index].strip()), keys[0])
    others = [cell for index, cell in enumerate(last.cells) if index != key]
    if is_total(last.cells[key], others, lambda cell: read_number(cell) is not None):
        return table.rows[:-1], last
    return table.rows, None


def extras(
    rows: Sequence[Row], ignored: Sequence[str], place: Mapping[str, int], found: Findings
) -> dict[int, dict[str, str]]:
    """The filled cells of columns nobody mapped, as they are, by line."""
    extras: dict[int, dict[str, str]] = {}
    for row in rows:
        kept: dict[str, str] = {}
        for column in ignored:
            cell = row.cells[place[column]]
            if not cell:
                continue
            reason = unstorable(cell) or unstorable(column)
            if reason is None:
                kept[column] = cell
            else:
                found.warn(row.line, column, cell, reason)
        extras[row.line] = kept
    return extras


def _text(values: Mapping[str, Value], field: str) -> str:
    value = values.get(field)
    return value if isinstance(value, str) else ""


def _sort_out(
    rows: Sequence[Row], columns: Mapping[str, str], key: str | None, found: Findings
) -> set[int]:
    """Refuse rows without name or key; give back the lines that repeat an earlier account.

    An account repeats by external id or by folded name; with a key asked for, by that alone.
    """
    repeated: set[int] = set()
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.line in found.refused:
            continue
        values = found.values.get(row.line, {})
        name, external_id = _text(values, "name"), _text(values, "external_id")
        if not name:
            found.refuse(row.line, columns["name"], "", _("the account has no name"))
            continue
        if key == "external_id" and not external_id:
            column = columns.get("external_id", "")
            found.refuse(row.line, column, "", _("the account has no external id"))
            continue
        keys = {"external_id": external_id, "name": name_key(name)}
        own = [(field, keys[field]) for field in KEYS if keys[field] and key in (None, field)]
        before = next((seen[one] for one in own if one in seen), None)
        if before is None:
            seen.update(dict.fromkeys(own, row.line))
            continue
        said = _("line {line} already holds this account").format(line=before)
        found.problems.append(Problem(row.line, columns["name"], name, said, False))
        repeated.add(row.line)
    return repeated


def by_line(found: Findings, skipped: set[int]) -> dict[int, tuple[Problem, ...]]:
    """All problems by line; those of a row that is left out say so."""
    out = found.refused | skipped
    grouped: dict[int, list[Problem]] = {}
    for problem in found.problems:
        kept = problem.kept and problem.line not in out
        grouped.setdefault(problem.line, []).append(replace(problem, kept=kept))
    return {line: tuple(problems) for line, problems in grouped.items()}


def _record(
    line: int,
    key: str | None,
    found: Findings,
    extra: Mapping[str, str],
    problems: Mapping[int, tuple[Problem, ...]],
) -> AccountRecord:
    values = found.values[line]
    external_id = _text(values, "external_id")
    by_id = bool(external_id) and key != "name"
    return AccountRecord(
        line,
        external_id if by_id else name_key(_text(values, "name")),
        "external_id" if by_id else "name",
        values,
        extra,
        problems.get(line, ()),
    )
