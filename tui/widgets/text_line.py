"""One line of styled text that is set from outside."""

from __future__ import annotations

from collections.abc import Iterable

from tui.widgets.cells import Cell
from tui.widgets.paint import OneLine


class TextLine(OneLine):
    """Shows spans; ``set_text`` changes them."""

    _text: tuple[Cell, ...] = ()

    @property
    def text(self) -> tuple[Cell, ...]:
        """What the line says now."""
        return self._text

    def set_text(self, *spans: Cell) -> None:
        """Show other spans; the same ones again cost nothing."""
        if spans != self._text:
            self._text = spans
            self.changed()

    def spans(self, width: int) -> Iterable[Cell]:  # noqa: ARG002 - the signature is OneLine's
        """A space before the text, as everywhere in the frame."""
        return (" ", *self._text)
