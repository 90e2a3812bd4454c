"""The filter of a list: a field, what it could become, and errors in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from planner.filter_fields import FilterField as Field
from planner.language import gettext as _
from planner.segments import Filter, FilterRefused, complete, parse
from tui.actions import bindings
from tui.widgets.cells import Cell
from tui.widgets.text_line import TextLine

MOST_OFFERED = 8


class FilterField(Input):
    """Tab completes, Enter goes to the list, Esc clears."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("filter.complete", "filter.clear")]

    def action_filter_complete(self) -> None:
        """Take the first completion."""
        self.post_message(FilterLine.CompletionWanted())

    def action_filter_clear(self) -> None:
        """Take the filter off."""
        self.post_message(FilterLine.Left(""))


class FilterLine(Vertical):
    """The field and the line under it. Posts ``Changed`` with the parts, live, and ``Left``."""

    DEFAULT_CSS = """
    FilterLine { height: 2; }
    FilterLine FilterField, FilterLine FilterField:focus {
        border: none; height: 1; padding: 0 1; background: $background;
    }
    """

    class Changed(Message):
        """The filter reads; ``parts`` is what it means."""

        def __init__(self, text: str, parts: Filter) -> None:
            super().__init__()
            self.text = text
            self.parts = parts

    class Left(Message):
        """The field was left; with an empty ``text`` the filter goes."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class CompletionWanted(Message):
        """Tab was pressed in the field."""

    def __init__(
        self,
        text: str,
        known: Mapping[str, Sequence[str]],
        fields: Mapping[str, Field],
        example: str,
    ) -> None:
        """``known``: values by field; ``example``: what the empty line shows."""
        super().__init__(id="filter")
        self._text = text
        self._known = known
        self._fields = fields
        self._example = example
        self._offered: list[str] = []

    def compose(self) -> ComposeResult:
        yield FilterField(
            self._text,
            placeholder=self._example,
            select_on_focus=False,
        )
        yield TextLine(id="filter_words")

    def on_mount(self) -> None:
        """Typing begins at once."""
        self.query_one(FilterField).focus()
        self._say(self._text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read the filter as it is typed."""
        event.stop()
        self._say(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the list."""
        event.stop()
        self.post_message(self.Left(event.value))

    def on_filter_line_completion_wanted(self, event: CompletionWanted) -> None:
        """Put the first completion where the word was."""
        event.stop()
        if not self._offered:
            return
        field = self.query_one(FilterField)
        before, after = field.value[: field.cursor_position], field.value[field.cursor_position :]
        start = len(before) - len(before.split(" ")[-1])
        field.value = before[:start] + self._offered[0] + after
        field.cursor_position = start + len(self._offered[0])

    def _say(self, text: str) -> None:
        line = self.query_one("#filter_words", TextLine)
        at = self.query_one(FilterField).cursor_position
        typed = text[:at].split(" ")[-1]
        offered = complete(text, at, self._known, self._fields)
        self._offered = [one for one in offered if one != typed]
        try:
            parts = parse(text, self._fields)
        except FilterRefused as refused:
            line.set_text(*self._offer_spans(), (str(refused), "warn"))
            return
        line.set_text(*self._offer_spans())
        self.post_message(self.Changed(text, parts))

    def _offer_spans(self) -> tuple[Cell, ...]:
        if not self._offered:
            return ()
        words = "  ".join(self._offered[:MOST_OFFERED])
        return ((_("Tab "), "key"), (words + "   ", "muted"))
