"""The few rows of a long list that are held in memory. Pure: no widget, no app."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from tui.widgets.cells import Cell

Key: TypeAlias = int | str

PAGE: Final = 64
"""Rows that are fetched and dropped together."""

_LEAST_PAGES: Final = 12


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its key, its cells in the order of the columns, and a sign of one cell before them
    (a star, an exclamation mark)."""

    key: Key
    cells: tuple[Cell, ...]
    flag: Cell = ""


class RowWindow:
    """Pages of rows, the least recently wanted dropped first.

    ``total`` is the number of rows in the list. Rows are named by index, 0 to total - 1.
    """

    def __init__(self) -> None:
        self.total = 0
        self._pages: OrderedDict[int, list[TableRow | None]] = OrderedDict()
        self._asked: frozenset[int] = frozenset()
        self._old: dict[int, TableRow] = {}
        self._most = _LEAST_PAGES

    def get(self, index: int) -> TableRow | None:
        """The row, None while it is not here; after ``drop`` the old one until a new one came."""
        page = self._pages.get(index // PAGE)
        row = page[index % PAGE] if page else None
        return row or self._old.get(index)

    def is_fresh(self, index: int) -> bool:
        """Whether the row is here and came after the last ``drop``."""
        page = self._pages.get(index // PAGE)
        return bool(page and page[index % PAGE])

    def held(self) -> int:
        """The number of rows in memory."""
        return sum(row is not None for page in self._pages.values() for row in page)

    def put(self, offset: int, rows: Sequence[TableRow]) -> None:
        """Keep rows that stand at ``offset`` and after; those past the total are ignored."""
        for index, row in enumerate(rows[: max(0, self.total - offset)], offset):
            number = index // PAGE
            page = self._pages.get(number)
            if page is None:
                page = self._pages[number] = [None] * PAGE
            page[index % PAGE] = row
            self._old.pop(index, None)
        while len(self._pages) > self._most:
            self._pages.popitem(last=False)

    def missing(self, first: int, last: int) -> tuple[int, int] | None:
        """(offset, count) of rows to fetch so that ``first`` to ``last`` are here, in whole pages.

        None when all are here, or when the latest answer of this method already covers them. An
        answer always covers everything that is missing, so whoever fetches may give up an older
        fetch for a newer one.
        """
        first, last = max(0, first), min(last, self.total - 1)
        if last < first:
            return None
        wanted = range(first // PAGE, last // PAGE + 1)
        self._most = max(_LEAST_PAGES, 2 * len(wanted))
        lacking = frozenset(number for number in wanted if not self._complete(number))
        for number in wanted:
            if number in self._pages:
                self._pages.move_to_end(number)
        if not lacking or lacking <= self._asked:
            return None
        self._asked = lacking
        offset = min(lacking) * PAGE
        return offset, min(self.total, (max(lacking) + 1) * PAGE) - offset

    def _complete(self, number: int) -> bool:
        page = self._pages.get(number)
        if page is None:
            return False
        rows = min(PAGE, self.total - number * PAGE)
        return all(row is not None for row in page[:rows])

    def drop(self, first: int, last: int) -> None:
        """Forget all rows; those from ``first`` to ``last`` are shown until new ones arrive."""
        shown = ((index, self.get(index)) for index in range(max(0, first), last + 1))
        self._old = {index: row for index, row in shown if row is not None}
        self._pages.clear()
        self._asked = frozenset()
