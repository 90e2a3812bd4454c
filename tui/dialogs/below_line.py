"""A quiet line under the fields of a form, above its keys."""

from __future__ import annotations

from textual.widget import Widget
from textual.widgets import Static

from planner.text import visible_lines
from tui.dialogs.side_text import SideText
from tui.dialogs.spec import Loaded, Texts
from tui.widgets.rule import Rule


class BelowLine(Static):
    """What follows from all fields together; takes no room where there is nothing to say."""

    def __init__(self) -> None:
        super().__init__(markup=False, id="below")
        self.words = ""

    def show(self, loaded: Loaded | None, texts: Texts) -> None:
        """What the form's own rule says of these texts."""
        below = loaded.below if loaded is not None else None
        words = below(texts) if below is not None else ""
        if words != self.words:
            self.words = words
            self.update(visible_lines(words))
            self.display = bool(words)


def feet() -> tuple[Widget, ...]:
    """What stands between the fields and the keys of a form."""
    return (Rule(), BelowLine(), SideText(id="understood"), Static(markup=False, id="message"))
