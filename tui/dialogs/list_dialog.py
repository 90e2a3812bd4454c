"""A dialog with a list to choose from, and a field that narrows it: find, menu, recent, choices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from planner.numerals import ascii_digits
from tui.actions import KeyHint, bindings, dialog_hints
from tui.dialogs.one_line_input import OneLineInput
from tui.widgets.cells import Cell
from tui.widgets.document import Document
from tui.widgets.key_line import KeyLine
from tui.widgets.rule import Rule
from tui.widgets.text_line import TextLine
from tui.widgets.wrap import Line

T = TypeVar("T")
MOVES = {
    "up": "move(-1)", "down": "move(1)", "pageup": "page(-1)", "pagedown": "page(1)",
}  # fmt: skip


class NarrowingField(OneLineInput):
    """A field over a list: the arrows move in the list, Enter opens there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"screen.list_{action}", show=False) for key, action in MOVES.items()),
    ]


class ListDialog(ModalScreen[T | None], Generic[T]):
    """Choose a line; Esc leaves without a choice.

    Subclasses say the title, whether there is a field, and the lines; ``chosen`` gives the result
    for a line's key.
    """

    DEFAULT_CSS = """
    ListDialog { align: center middle; }
    ListDialog > #box {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary;
    }
    ListDialog #list { height: auto; max-height: 100%; min-height: 1; }
    ListDialog.-tall > #box { height: 90%; }
    ListDialog.-tall #list { height: 1fr; }
    ListDialog NarrowingField, ListDialog NarrowingField:focus {
        border: none; height: 1; padding: 0 1; background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog.leave")]
    FIELD: ClassVar[bool] = False
    TALL: ClassVar[bool] = False
    HINTS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, title: str, placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self._placeholder = placeholder
        self.set_class(self.TALL, "-tall")

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            title = TextLine(id="title")
            title.set_text((self._title, "title"))
            yield title
            if self.FIELD:
                yield NarrowingField(placeholder=self._placeholder, id="field")
            yield Rule()
            yield Document(self.lines(), id="list")
            yield KeyLine(self.key_hints(), last=())

    def key_hints(self) -> list[KeyHint]:
        """The keys of the dialog."""
        return dialog_hints()

    def lines(self) -> Iterable[Line]:
        """What is shown first."""
        return ()

    def chosen(self, key: str) -> T | None:
        """The result for the line of this key."""
        raise NotImplementedError

    def narrowed(self, text: str) -> None:
        """Somebody typed into the field."""

    @property
    def document(self) -> Document:
        """The list."""
        return self.query_one("#list", Document)

    def say_title(self, *spans: Cell) -> None:
        """Other words beside the title."""
        self.query_one("#title", TextLine).set_text((self._title, "title"), *spans)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self.narrowed(event.value)

    @on(Input.Submitted)
    def _enter(self) -> None:
        self.document.action_open()

    @on(Document.LineSelected)
    def _choose(self, event: Document.LineSelected) -> None:
        result = self.chosen(str(event.key))
        if result is not None:
            self.dismiss(result)

    def action_list_move(self, step: int) -> None:
        """The cursor of the list, from the field."""
        self.document.action_move(step)

    def action_list_page(self, step: int) -> None:
        """A page of the list, from the field."""
        self.document.action_page(step)

    def action_dialog_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss(None)


class DigitDialog(ListDialog[T], Generic[T]):
    """A list dialog without a field, whose lines a digit chooses as well."""

    def on_key(self, event: object) -> None:
        """A digit chooses the line of that number."""
        from textual.events import Key

        if not isinstance(event, Key) or event.character is None:
            return
        digit = ascii_digits(event.character)
        keyed = [line for line in self.document.lines if line.key is not None]
        if digit.isdigit() and 0 < int(digit) <= len(keyed):
            event.stop()
            result = self.chosen(str(keyed[int(digit) - 1].key))
            if result is not None:
                self.dismiss(result)
