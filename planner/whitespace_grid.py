"""The grid of what we sell by who buys: every cell, unknown ones too, and what is left to win.

Pure. A buying centre is written by hand, so spellings that fold to the same are the same centre.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, Protocol

from planner.text import name_key
from planner.vocabulary import WHITESPACE_STATES

UNKNOWN = "unknown"
STATES = (*WHITESPACE_STATES, UNKNOWN)
OPEN_STATES = ("pipeline", "gap", "competitor")
"""What could still be won (metrics.md 4.13)."""


class Sold(Protocol):
    """A product: a record or a row."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class Known(Protocol):
    """A cell that somebody filled in: a record or a row."""

    @property
    def id(self) -> int: ...
    @property
    def product_id(self) -> int: ...
    @property
    def centre(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def potential_minor(self) -> int | None: ...
    @property
    def competitor(self) -> str | None: ...


class GridCell(NamedTuple):
    """One product at one buying centre; ``id`` is None while the cell is unknown."""

    id: int | None
    centre: str
    state: str
    potential_minor: int | None = None
    competitor: str | None = None


class GridRow(NamedTuple):
    """One product with a cell for each buying centre, in the order of the grid's centres."""

    product_id: int
    product: str
    cells: tuple[GridCell, ...]


class StateTotal(NamedTuple):
    """What the cells of one state add up to."""

    state: str
    cells: int
    potential_minor: int


class Grid(NamedTuple):
    """The whole grid. ``totals`` has every state, unknown ones last."""

    centres: tuple[str, ...]
    rows: tuple[GridRow, ...]
    totals: tuple[StateTotal, ...]

    def total(self, state: str) -> StateTotal:
        """The total of one state."""
        return next(one for one in self.totals if one.state == state)

    @property
    def open_minor(self) -> int:
        """The potential that could still be won: of pipeline, gap and competitor."""
        return sum(self.total(state).potential_minor for state in OPEN_STATES)

    @property
    def penetration(self) -> Decimal | None:
        """How much of the eligible potential is owned, in per cent with one decimal.

        None while no eligible cell has a potential.
        """
        owned = self.total("owned").potential_minor
        eligible = owned + self.open_minor
        if not eligible:
            return None
        return (Decimal(100) * owned / eligible).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def whitespace_grid(products: Iterable[Sold], cells: Iterable[Known]) -> Grid:
    """Lay cells out by product and buying centre, both in the order of their folded names.

    A cell of a product that is not among the products is left out. The centre is shown as it was
    first written.
    """
    sold = sorted(products, key=lambda one: (name_key(one.name), one.id))
    ids = {one.id for one in sold}
    centres: dict[str, str] = {}
    filled: dict[tuple[int, str], GridCell] = {}
    for cell in cells:
        if cell.product_id not in ids:
            continue
        key = name_key(cell.centre)
        centre = centres.setdefault(key, cell.centre)
        filled[cell.product_id, key] = GridCell(
            cell.id, centre, cell.state, cell.potential_minor, cell.competitor
        )
    keys = sorted(centres)
    rows = tuple(
        GridRow(
            one.id,
            one.name,
            tuple(
                filled.get((one.id, key)) or GridCell(None, centres[key], UNKNOWN) for key in keys
            ),
        )
        for one in sold
    )
    return Grid(tuple(centres[key] for key in keys), rows, _totals(rows))


def _totals(rows: Iterable[GridRow]) -> tuple[StateTotal, ...]:
    found = [cell for row in rows for cell in row.cells]
    return tuple(
        StateTotal(
            state,
            sum(1 for cell in found if cell.state == state),
            sum(cell.potential_minor or 0 for cell in found if cell.state == state),
        )
        for state in STATES
    )
