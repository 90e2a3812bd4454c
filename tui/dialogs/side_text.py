"""Words beside a field."""

from __future__ import annotations

from tui.widgets.cells import Cell, cut
from tui.widgets.paint import OneLine


class SideText(OneLine):
    """Muted words beside a field."""

    def __init__(
        self,
        words: str = "",
        *,
        style: str = "muted",
        classes: str = "",
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.words = words
        self._style_name = style

    def show(self, words: str) -> None:
        """Other words."""
        if words != self.words:
            self.words = words
            self.changed()

    def spans(self, width: int) -> tuple[Cell, ...]:
        """The words."""
        return ((cut(self.words, width), self._style_name),)
