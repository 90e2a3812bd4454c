"""A file of purchases as records and problems. Nothing is written and nothing is looked up here.

A file holds purchases, one a row; or it sums each customer up: how often they bought again, how
long after the first purchase the last one was, and how long ago the first one was. Of such a row
two records are known: the first purchase, and that the others lie before or on the last day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planner.errors import Refused
from planner.importing.account_values import (
    Findings,
    Value,
    take_currencies,
    take_dates,
    take_money,
    take_text,
)
from planner.importing.accounts import by_line, check_dates_order, extras, without_total
from planner.importing.columns import Cell, dates, numbers, whole_numbers
from planner.importing.encoding import decode
from planner.importing.mapping import Mapped, apply_mapping, field_named, parse_maps
from planner.importing.options import ImportOptions
from planner.importing.problems import Problem
from planner.importing.table import Row, read_table
from planner.language import gettext as _
from planner.money import check_currency
from planner.purchases import MOST_TIMES
from planner.spelling import did_you_mean
from planner.text import fold
from planner.vocabulary import PURCHASE_KINDS

PURCHASE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "account": (
        "account name", "company", "company name", "customer", "customer name", "client",
        "client name",
    ),
    "account_id": ("customer id", "client id", "company id", "account external id"),
    "external_id": ("id", "purchase id", "order id", "order number", "invoice number"),
    "kind": ("type", "purchase kind", "purchase type", "transaction type"),
    "product": ("product name", "item", "article"),
    "quantity": ("qty", "units"),
    "amount": ("total", "value", "price", "order value"),
    "currency": ("currency code", "currency iso code"),
    "purchased_on": ("date", "on", "purchase date", "purchased", "order date", "bought on"),
    "person": ("with", "contact", "bought by", "buyer"),
    "note": ("comment", "notes"),
    "repeats": ("frequency", "repeat purchases"),
    "last_after_days": (),
    "last_after_weeks": (),
    "first_days_ago": (),
    "first_weeks_ago": (),
}  # fmt: skip
"""The fields of a purchase, each with the further column names that mean exactly it.

The last five sum a customer up: how many purchases followed the first, how long after it the last
one was, how long ago the first was (from today)."""
KEYS = ("external_id",)
TEXTS = ("account", "account_id", "external_id", "product", "person", "note")
KIND_WORDS = {
    "return": "return", "returned": "return", "refund": "return", "purchase": "purchase",
    "order": "purchase", "sale": "purchase",
}  # fmt: skip
MOST_QUANTITY = 10**9
LONGEST_DAYS = 36_525
SPANS = frozenset({"last_after", "first_ago"})
UNITS = {
    "last_after_days": ("last_after", 1), "last_after_weeks": ("last_after", 7),
    "first_days_ago": ("first_ago", 1), "first_weeks_ago": ("first_ago", 7),
}  # fmt: skip
"""A field of time to what it tells and how many days one of its unit is."""


@dataclass(frozen=True, slots=True)
class PurchaseRecord:
    """One row that can be written.

    ``values`` holds filled cells only: account, account_id, external_id, product, person, note,
    kind as text, quantity as int, amount as ``Money``, currency as text, purchased_on as date,
    and times. ``first_on`` is the first purchase of a customer who is summed up; then
    ``purchased_on`` is the last one, for ``times`` purchases, where there is another.
    """

    line: int
    values: Mapping[str, Value]
    extra: Mapping[str, str]
    first_on: date | None = None


@dataclass(frozen=True, slots=True)
class PurchaseFile:
    """A read file: how it was read, its records, what is wrong with it; as ``AccountFile``."""

    encoding: str
    encoding_decided: str
    delimiter: str
    delimiter_decided: str
    header_line: int
    mapping: tuple[Mapped, ...]
    ignored_columns: tuple[str, ...]
    decimal_marks: Mapping[str, str]
    date_orders: Mapping[str, str]
    records: tuple[PurchaseRecord, ...]
    skipped: tuple[int, ...]
    failed: tuple[int, ...]
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> int:
        """How many rows the file has, the header left out."""
        return len(self.records) + len(self.skipped) + len(self.failed)


def read_purchases(data: bytes, options: ImportOptions, today: date) -> PurchaseFile:
    """Read a file of purchases; ``today`` is what "weeks ago" counts from.

    Raises ``Refused`` when nothing can be read (no text, no column for the account or the day) and
    ``AmbiguousDates`` when day and month have to be asked for.
    """
    _check(options)
    decoded = decode(data, options.encoding)
    maps = parse_maps(options.maps, PURCHASE_FIELDS)
    table = read_table(
        decoded.text,
        delimiter=options.delimiter,
        wanted=[column for column, _field in maps],
        is_known=lambda name: field_named(name, PURCHASE_FIELDS) is not None,
    )
    mapping = apply_mapping(table.columns, maps, PURCHASE_FIELDS)
    columns = {one.field: one.column for one in mapping}
    _need(columns)
    place = {column: index for index, column in enumerate(table.columns)}
    keys = [field for field in ("external_id", "account_id", "account") if field in columns]
    rows, total = without_total(table, columns, place, keys)

    def cells_of(column: str) -> list[Cell]:
        index = place[column]
        return [(row.line, row.cells[index]) for row in rows]

    found = _values(cells_of, columns, options)
    found.problems += table.problems
    ignored = tuple(column for column in table.columns if column not in columns.values())
    more = extras(rows, ignored, place, found)
    first = _summed_up(rows, columns, found, today)
    skipped = _sort_out(rows, columns, options.key, found)
    skipped |= {total.line} if total else set()
    if total:
        said = _("this last row is a total")
        found.problems.append(Problem(total.line, "", "", said, False))
    problems = by_line(found, skipped)
    return PurchaseFile(
        decoded.encoding, decoded.decided, table.delimiter, table.decided, table.header_line,
        mapping, ignored, found.decimal_marks, found.date_orders,
        tuple(
            PurchaseRecord(row.line, found.values[row.line], more[row.line], first.get(row.line))
            for row in rows
            if row.line not in skipped and row.line not in found.refused
        ),
        tuple(sorted(skipped)), tuple(sorted(found.refused)),
        tuple(problem for line in sorted(problems) for problem in problems[line]),
    )  # fmt: skip


def _check(options: ImportOptions) -> None:
    if options.key is not None and options.key not in KEYS:
        raise Refused(
            _("{key} cannot be the key of purchases; it is external_id.").format(
                key=repr(options.key)
            )
            + did_you_mean(options.key, KEYS)
        )
    check_dates_order(options.dates)


def _need(columns: Mapping[str, str]) -> None:
    """Refuse a file that tells no account or no day."""
    if "account" not in columns and "account_id" not in columns:
        raise Refused(_('No column holds the account; map one with --map "Column=account".'))
    if "purchased_on" in columns:
        return
    if "repeats" not in columns:
        raise Refused(
            _('No column holds the day of the purchase; map one with --map "Column=purchased_on".')
        )
    told = {UNITS[field][0] for field in columns if field in UNITS}
    if told != SPANS:
        raise Refused(
            _(
                "A file that sums customers up needs two more columns with their unit: how long"
                ' after the first purchase the last was, --map "Column=last_after_weeks" or'
                ' last_after_days, and how long ago the first was, --map "Column=first_weeks_ago"'
                " or first_days_ago."
            )
        )


def _values(
    cells_of: Callable[[str], list[Cell]], columns: Mapping[str, str], options: ImportOptions
) -> Findings:
    found = Findings()
    if "purchased_on" in columns:
        column = columns["purchased_on"]
        typed = dates(cells_of(column), column, options.dates)
        take_dates(found, "purchased_on", column, typed)
    for field in TEXTS:
        if field in columns:
            take_text(found, field, columns[field], cells_of(columns[field]))
    if "kind" in columns:
        _take_kind(found, columns["kind"], cells_of(columns["kind"]))
    for field, most in (("quantity", MOST_QUANTITY), ("repeats", MOST_TIMES)):
        if field in columns:
            least = 0 if field == "repeats" else 1
            _take_whole(found, field, columns[field], cells_of(columns[field]), least, most)
    take_currencies(found, columns.get("currency"), cells_of)
    take_money(
        found, columns.get("amount"), cells_of, check_currency(options.currency), "amount"
    )  # fmt: skip
    for field in UNITS:
        if field in columns:
            _take_span(found, field, columns[field], cells_of(columns[field]))
    return found


def _take_kind(found: Findings, column: str, cells: Sequence[Cell]) -> None:
    for line, text in cells:
        word = fold(text)
        if word in KIND_WORDS:
            found.take(line, "kind", KIND_WORDS[word])
        elif text.strip():
            said = _("this is no kind of purchase; the kinds are {kinds}")
            words = said.format(kinds=", ".join(PURCHASE_KINDS))
            found.refuse(line, column, text, words + did_you_mean(text, PURCHASE_KINDS))


def _take_whole(
    found: Findings, field: str, column: str, cells: Sequence[Cell], least: int, most: int
) -> None:
    typed = whole_numbers(cells, column)
    found.problems += typed.problems
    for line, value in typed.values.items():
        if least <= value <= most:
            found.take(line, field, value)
        else:
            said = _("it lies between {least} and {most}").format(least=least, most=most)
            found.refuse(line, column, str(value), said)


def _take_span(found: Findings, field: str, column: str, cells: Sequence[Cell]) -> None:
    """A length of time as whole days."""
    name, unit = UNITS[field]
    typed = numbers(cells, column)
    found.problems += typed.problems
    if typed.found:
        found.decimal_marks[column] = typed.found
    for line, amount in typed.values.items():
        days = amount.value * unit
        if 0 <= days <= LONGEST_DAYS:
            found.take(line, name, int(days.quantize(Decimal(1))))
        else:
            said = _("it lies between 0 and {most} days").format(most=LONGEST_DAYS)
            found.refuse(line, column, str(amount.value), said)


def _summed_up(
    rows: Sequence[Row], columns: Mapping[str, str], found: Findings, today: date
) -> dict[int, date]:
    """The first purchase of customers who are summed up, by line; the last one becomes the day."""
    if "repeats" not in columns or "purchased_on" in columns:
        return {}
    first: dict[int, date] = {}
    for row in rows:
        values = found.values.get(row.line, {})
        ago, after, repeats = (values.pop(name, None) for name in
                               ("first_ago", "last_after", "repeats"))  # fmt: skip
        if row.line in found.refused:
            continue
        if not (isinstance(ago, int) and isinstance(after, int) and isinstance(repeats, int)):
            said = _("how often, how long and since when they bought is not told whole")
            found.refuse(row.line, columns["repeats"], "", said)
        elif after > ago:
            said = _("the last purchase would lie in the future")
            found.refuse(row.line, columns["repeats"], "", said)
        else:
            first[row.line] = today - timedelta(days=ago)
            values["purchased_on"] = first[row.line] + timedelta(days=after)
            values["times"] = repeats
            found.values[row.line] = values
    return first


def _sort_out(
    rows: Sequence[Row], columns: Mapping[str, str], key: str | None, found: Findings
) -> set[int]:
    """Refuse rows without account, day or key; give back the lines that repeat a purchase."""
    repeated: set[int] = set()
    seen: dict[str, int] = {}
    named = columns.get("account") or columns["account_id"]
    for row in rows:
        if row.line in found.refused:
            continue
        values = found.values.get(row.line, {})
        external_id = str(values.get("external_id", ""))
        if not (values.get("account") or values.get("account_id")):
            found.refuse(row.line, named, "", _("the purchase names no account"))
        elif "purchased_on" not in values:
            column = columns.get("purchased_on", "")
            found.refuse(row.line, column, "", _("the purchase has no day"))
        elif key == "external_id" and not external_id:
            column = columns.get("external_id", "")
            found.refuse(row.line, column, "", _("the purchase has no external id"))
        elif external_id and external_id in seen:
            said = _("line {line} already holds this purchase").format(line=seen[external_id])
            found.problems.append(
                Problem(row.line, columns["external_id"], external_id, said, False)
            )
            repeated.add(row.line)
        elif external_id:
            seen[external_id] = row.line
    return repeated
