"""A row of a form: label, editor, what was understood, and under it what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Protocol, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from planner.language import gettext as _
from planner.text import visible_lines
from planner.vocabulary_words import value_words
from tui.dialogs.editors import (
    Chooser,
    Entered,
    LineEditor,
    NoteEditor,
    SeveralChooser,
)
from tui.dialogs.follow_ups import FollowUps, first_target
from tui.dialogs.names import completion, settle
from tui.dialogs.reading import NO, YES, beside
from tui.dialogs.side_text import SideText
from tui.dialogs.spec import Context, Field, Named, Texts
from tui.widgets.cells import Cell, cut, width_of
from tui.widgets.paint import OneLine

WITH_SIDE = ("when", "coming", "day", "past_day", "money", "people", "person", "colleague",
             "account", "actions")  # fmt: skip
UNCHOSEN = "--"


MORE_CELLS = 13
"""Cells that the line of More needs beside its words."""


class Editor(Protocol):
    """What every editor is."""

    text: str


class FieldRow(Vertical):
    """One field of a form, with its editor."""

    def __init__(
        self, field: Field, text: str, context: Context, hint: str, *, label_width: int
    ) -> None:
        super().__init__(classes=f"row kind-{field.kind}")
        self._label_width = label_width
        self.field = field
        self.hint = hint or field.hint
        self._against = context
        self.editor = make_editor(field, text, context)
        self.side = SideText(classes="beside")
        self.side.set_class(bool(self.hint) or field.kind in WITH_SIDE, "-used")
        self.live_hint = ""
        self.problem = ""

    def compose(self) -> ComposeResult:
        if self.field.prompt:
            yield Static(visible_lines(self.field.prompt), markup=False, classes="prompt")
        with Horizontal(classes="line"):
            label = SideText(self.field.label, style="", classes="label")
            label.styles.width = self._label_width
            yield label
            yield cast("Widget", self.editor)
            yield self.side

    @property
    def text(self) -> str:
        """What the field holds as typed."""
        return self.editor.text

    @text.setter
    def text(self, text: str) -> None:
        self.editor.text = text

    @property
    def target(self) -> Widget:
        """What takes the focus."""
        return first_target(cast("Widget", self.editor))

    def understood(self, texts: Texts) -> str:
        """What is understood of the text, or the hint."""
        return beside(self.field, self.text, self._against, texts, self.live_hint or self.hint)

    def refresh_side(self, texts: Texts) -> None:
        """Show what is understood now."""
        self.side.show(self.understood(texts))

    def ask(self, words: str) -> None:
        """Another question above the field."""
        for line in self.query(".prompt").results(Static):
            line.update(visible_lines(words))

    def show_problem(self, words: str) -> None:
        """Say under the field what is wrong with it; empty words say nothing."""
        self.problem = words
        for old in self.query(".problem"):
            old.remove()
        if words:
            self.mount(Static(visible_lines(words), markup=False, classes="problem"))


class MoreLine(OneLine, can_focus=True):
    """The line that folds the rest of a form; Right or Space opens, Enter goes on.

    A letter opens and goes to the first field that begins with it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "open", show=False),
        Binding("enter", "enter", show=False),
        Binding("up", "screen.focus_previous", show=False),
    ]

    def __init__(self, words: str, open_more: Callable[..., None]) -> None:
        super().__init__(id="more")
        self._words = words
        self._open_more = open_more

    def on_key(self, event: events.Key) -> None:
        """A first letter goes to its field."""
        character = event.character
        if event.is_printable and character is not None and character != " ":
            event.stop()
            event.prevent_default()
            self._open_more(first=character)

    def action_open(self) -> None:
        """Unfold."""
        self._open_more()

    def action_enter(self) -> None:
        """Go on: on the last line of a form that saves."""
        self.post_message(Entered())

    def on_click(self) -> None:
        """Unfold."""
        self._open_more()

    def on_focus(self) -> None:
        """Say what opens it."""
        self.changed()

    def on_blur(self) -> None:
        """Draw it plain."""
        self.changed()

    def spans(self, width: int) -> tuple[Cell, ...]:
        """What is folded."""
        style = "key" if self.has_focus else "muted"
        end = _("→ opens") if self.has_focus else _("all optional")
        words = cut(self._words, width - width_of(end) - MORE_CELLS)
        return ((_("▸ More"), style), "   ", (words, "muted"), "   ", (end, "muted"))


def make_editor(field: Field, text: str, context: Context) -> Editor:
    """The widget for a kind of field."""
    if field.kind == "note":
        return NoteEditor(text)
    if field.kind == "yes_no":
        return Chooser((NO, YES), (_("no"), _("yes")), text or NO, classes="chooser")
    if field.kind == "choice":
        labels = [label_of(field, value) for value in field.choices]
        return Chooser(field.choices, labels, text, classes="chooser")
    if field.kind == "several":
        return SeveralChooser(field.choices, [label_of(field, v) for v in field.choices], text)
    if field.kind == "follow_ups":
        from planner.dates import parse_day

        return FollowUps(text, lambda typed: parse_day(typed, context.today, past=False))
    known = known_names(field, context)
    if not known:
        return LineEditor(text)
    several = field.kind in ("people", "actions")
    return LineEditor(
        text,
        complete=partial(completion, known=known, several=several),
        settle=partial(settle, known=known, several=several),
    )


def known_names(field: Field, context: Context) -> tuple[Named, ...]:
    """Whom a field can mean."""
    if field.kind in ("people", "person"):
        return context.people
    if field.kind == "actions":
        return context.actions
    return context.colleagues if field.kind == "colleague" else ()


def label_of(field: Field, value: str) -> str:
    """A choice in words."""
    named = dict(field.labels).get(value)
    if named is not None:
        return named
    if field.name == "sentiment" and value.isdigit() and value != "0":
        return f"+{value}"
    special = {"": UNCHOSEN, "email": _("mail"), "qbr": _("QBR"), YES: _("yes"), NO: _("no")}
    return special.get(value) or value_words(value)
