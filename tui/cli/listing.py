"""What every list shares: its options, the filter, the sort, the table.

With ``--json`` arrays of flat objects, else tables fitted to the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from planner.language import gettext as _
from tui.cli.context import Session
from tui.cli.output import Column, screen_width, table

if TYPE_CHECKING:
    from planner.filter_fields import FilterField
    from planner.segments import Filter

Row = Any
MOST_ROWS = 2**31
"""More rows than a book holds; a store refuses numbers of any length."""


class Listing(NamedTuple):
    """One list over rows in memory: how a row is filtered, sorted and printed.

    ``facts``: field to value for the filter. ``document``: a row as JSON. ``cells``: a row of the
    table. ``sorts``: name to the value that is sorted by; unknown values come last.
    """

    facts: Callable[[Row], Mapping[str, Any]]
    document: Callable[[Row], dict[str, Any]]
    columns: Sequence[Column]
    cells: Callable[[Row], Sequence[Any]]
    sorts: Mapping[str, Callable[[Row], Any]]
    empty: str


def bounded(_context: click.Context, _option: click.Parameter, value: int | None) -> int | None:
    """A limit that a store can hold; above every count it lists all the same."""
    return None if value is None else min(value, MOST_ROWS)


def listing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every list."""
    for option in (
        click.option(
            "--limit", type=click.IntRange(min=0), metavar="N", callback=bounded,
            help=_("At most N rows."),
        ),
        click.option(
            "--sort", metavar="FIELD", help=_("Sort by a field; -FIELD turns the order round.")
        ),
        click.option(
            "--filter", "text", metavar="EXPR", default="",
            help=_("Only what fits, such as: account:nordic owner:me"),
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def show_listing(
    session: Session,
    listing: Listing,
    rows: Iterable[Row],
    parts: Filter,
    sort: str | None,
    limit: int | None,
) -> None:
    """Filter, sort, cut and print rows, reading no more of them than that needs.

    Raises ``Refused`` for an unknown sort.
    """
    found = chosen_rows(listing, rows, parts, sort, limit)
    session.show(
        [listing.document(row) for row in found],
        lambda: table(
            listing.columns,
            [listing.cells(row) for row in found],
            empty=listing.empty,
            width=screen_width(),
        ),
    )


def chosen_rows(
    listing: Listing, rows: Iterable[Row], parts: Filter, sort: str | None, limit: int | None
) -> list[Row]:
    """The rows that fit, sorted and cut, reading no more of them than that needs.

    Raises ``Refused`` for an unknown sort.
    """
    from itertools import islice

    from planner.row_filter import fits

    fitting = (row for row in rows if fits(parts, listing.facts(row))) if parts else rows
    try:
        if sort is None:
            found = list(islice(fitting, limit))
        else:
            name, backwards = sort_of(sort, listing.sorts)
            found = _sorted(fitting, listing.sorts[name], backwards, limit)
    finally:
        for stream in (fitting, rows):  # what is left unread is given up while the book is open
            getattr(stream, "close", lambda: None)()
    return found


def early(parts: Filter, sort: str | None, limit: int | None) -> int | None:
    """The limit that the store may keep to: where rows are filtered or sorted later, none."""
    return limit if not parts and sort is None else None


def _sorted(
    rows: Iterable[Row], by: Callable[[Row], Any], backwards: bool, limit: int | None
) -> list[Row]:
    """The first rows in order, unknown values last; with a limit only so many are held."""
    if limit is None:
        everything = list(rows)
        known = [row for row in everything if by(row) is not None]
        known.sort(key=by, reverse=backwards)
        return known + [row for row in everything if by(row) is None]
    from heapq import nlargest, nsmallest
    from itertools import chain, islice

    unknown: list[Row] = []

    def known_ones() -> Iterator[Row]:
        for row in rows:
            if by(row) is not None:
                yield row
            elif len(unknown) < limit:
                unknown.append(row)

    # Both keep rows that compare equal in the order in which they came, as a stable sort does.
    first = (nlargest if backwards else nsmallest)(limit, known_ones(), key=by)
    return list(islice(chain(first, unknown), limit))


def sort_of(text: str, known: Iterable[str]) -> tuple[str, bool]:
    """The field and whether the order is turned round. Raises ``Refused`` with the nearest."""
    name = text.removeprefix("-").lower()
    if name not in known:
        from planner.errors import Refused
        from planner.spelling import did_you_mean

        raise Refused(
            _("There is no sorting by {name}; it is one of {fields}.").format(
                name=repr(text), fields=", ".join(known)
            )
            + did_you_mean(name, known)
        )
    return name, text.startswith("-")


def filter_of(text: str, fields: Mapping[str, FilterField] | None = None) -> Filter:
    """The parts of a filter. Raises ``Refused`` with the place and the nearest spelling."""
    if not text:
        return ()
    from planner.segments import parse

    return parse(text) if fields is None else parse(text, fields)


def names_field(parts: Filter, field: str) -> bool:
    """Whether a filter asks for a field."""
    return any(getattr(part, "field", None) == field for part in parts)


def is_mine(owner_id: int | None, me: int | None) -> bool:
    """Whether I own a row; who is not known to the book owns nothing."""
    return me is not None and owner_id == me


def folded(text: str | None) -> str | None:
    """A text as it is sorted by."""
    from planner.text import fold

    return None if text is None else fold(text)
