"""The horizontal line between the parts of a screen."""

from __future__ import annotations

from collections.abc import Iterable

from tui.widgets.cells import Cell
from tui.widgets.paint import OneLine


class Rule(OneLine):
    """A line of ─ over the whole width."""

    def spans(self, width: int) -> Iterable[Cell]:
        """The line itself."""
        return (("─" * width, "rule"),)
