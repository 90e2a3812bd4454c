"""The vertical line between two columns."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.paint import Painter


class SideRule(Widget):
    """A line of │ from top to bottom."""

    DEFAULT_CSS = """
    SideRule { width: 1; height: 1fr; }
    """
    ALLOW_SELECT = False

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._painter = Painter(self)

    def render_lines(self, crop: Region) -> list[Strip]:
        self._painter.stale()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - every line is the same
        return self._painter.strip((("│", "rule"),), self.size.width)
