"""From named styles to strips: what all line widgets share."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.themes import palette, palette_name
from tui.widgets.cells import Cell, fit_spans


class Painter:
    """The styles of one widget under the theme of the moment."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._theme = ""
        self._named: dict[str, Style] = {}
        self._resolved: dict[tuple[str, str], Style] = {}
        self.base = Style.null()

    def stale(self) -> bool:
        """Whether the theme or the widget's own colours changed since the last call."""
        theme = palette_name(self._widget.app)
        base = self._widget.visual_style.rich_style
        if theme == self._theme and base == self.base:
            return False
        if theme != self._theme:
            self._named = palette(theme)
        self._theme, self.base = theme, base
        self._resolved.clear()
        return True

    def style(self, name: str, under: str = "") -> Style:
        """The style of a name, on the widget's own colours.

        ``under`` is ``cursor`` or ``cursor.blur`` for a line that the cursor stands on. A name that
        is not known is plain text.
        """
        found = self._resolved.get((name, under))
        if found is None:
            found = self._resolved[name, under] = self._resolve(name, under)
        return found

    def _resolve(self, name: str, under: str) -> Style:
        own = self._named.get(name, Style.null())
        if not under:
            return self.base + own
        cursor = self._named[under]
        if cursor.reverse:
            own = own.without_color + Style(dim=False)
        return self.base + own + cursor

    def strip(self, spans: Iterable[Cell], width: int, under: str = "") -> Strip:
        """Spans as a strip of exactly ``width`` cells."""
        segments = [
            Segment(text, self.style(name, under)) for text, name in fit_spans(spans, width)
        ]
        return Strip(segments, width)


class OneLine(Widget):
    """A widget one line high whose content follows from its width."""

    DEFAULT_CSS = """
    OneLine { height: 1; width: 1fr; }
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
        self._strip: Strip | None = None

    def spans(self, width: int) -> Iterable[Cell]:
        """What to show in ``width`` cells."""
        raise NotImplementedError

    def changed(self) -> None:
        """Draw the line anew: what it shows is different now."""
        self._strip = None
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._painter.stale():
            self._strip = None
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y > 0 or width <= 0:
            return Strip.blank(max(width, 0), self._painter.base)
        if self._strip is None or self._strip.cell_length != width:
            self._strip = self._painter.strip(self.spans(width), width)
        return self._strip
