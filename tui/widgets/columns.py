"""Columns of a table and where they stand at a given width. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.widgets.cells import Justify


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``width`` is in terminal cells; None shares what the others leave over, at least ``least`` and,
    when ``most`` is not 0, at most ``most`` cells. Where not all columns fit, those of the lowest
    ``priority`` go first, of equals the rightmost.
    """

    key: str
    label: str
    width: int | None = None
    justify: Justify = "left"
    priority: int = 0
    least: int = 8
    most: int = 0

    @property
    def need(self) -> int:
        """The cells that the column asks for at least."""
        return self.least if self.width is None else self.width


@dataclass(frozen=True, slots=True)
class Placed:
    """A column that is shown: its index among all columns, the gap before it, its width."""

    index: int
    gap: int
    width: int


def lay_out(columns: Sequence[Column], width: int, gap: int = 2) -> tuple[Placed, ...]:
    """The columns that fit into ``width`` cells, in order.

    First the gaps shrink to one cell, then columns go. The last one left is shown however narrow
    it gets; no columns or no width give nothing. Never wider than ``width``.
    """
    if width <= 0:
        return ()
    kept = list(range(len(columns)))
    while kept:
        for space in (gap, 1):
            if sum(columns[i].need for i in kept) + space * (len(kept) - 1) <= width:
                return _place(columns, kept, width, space)
        if len(kept) == 1:
            return (Placed(kept[0], 0, width),)
        kept.remove(min(kept, key=lambda i: (columns[i].priority, -i)))
    return ()


def _place(
    columns: Sequence[Column], kept: Sequence[int], width: int, gap: int
) -> tuple[Placed, ...]:
    spare = width - sum(columns[i].need for i in kept) - gap * (len(kept) - 1)
    # Those with a limit take their share first, so that what they cannot use goes to the others.
    flexible = [i for i in kept if columns[i].width is None]
    flexible.sort(key=lambda i: (columns[i].most == 0, columns[i].most))
    extra = dict.fromkeys(kept, 0)
    for done, index in enumerate(flexible):
        share = -(-spare // (len(flexible) - done))
        if columns[index].most:
            share = min(share, max(0, columns[index].most - columns[index].least))
        extra[index] = share
        spare -= share
    return tuple(
        Placed(index, gap if position else 0, columns[index].need + extra[index])
        for position, index in enumerate(kept)
    )
