"""The widgets that hold one field's text. All of them have ``text``, tell of changes, and show
what they hold without ever letting it act on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, TextArea

from planner.cell_width import clean
from planner.language import gettext as _
from planner.text import visible
from tui.widgets.cells import Cell, width_of
from tui.widgets.paint import OneLine

UNSHOWN = "\ufffd"
_MOVES: list[BindingType] = [
    Binding("down", "screen.focus_next", show=False),
    Binding("up", "screen.focus_previous", show=False),
]


def same_length(text: str) -> str:
    """Text as it may be drawn, character for character: what would act is one sign."""
    if text.isprintable():
        return text
    return "".join(
        shown if len(shown := visible(character)) == 1 else UNSHOWN for character in text
    )


class Edited(Message):
    """The text of an editor is different now."""


class Entered(Message):
    """Enter was pressed in a one-line editor."""


class Completing(Suggester):
    """Completes what is typed with a function of the text."""

    def __init__(self, complete: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The whole text after completion, or None."""
        found = self._complete(value)
        return None if found is None else value + same_length(found[len(value) :])


class LineEditor(Input):
    """One line. Pasted lines are joined with spaces, and the person is told."""

    BINDINGS: ClassVar[list[BindingType]] = _MOVES

    def __init__(
        self,
        text: str = "",
        *,
        complete: Callable[[str], str | None] | None = None,
        settle: Callable[[str], str] | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            text,
            compact=True,
            select_on_focus=False,
            suggester=Completing(complete) if complete else None,
            classes=classes,
        )
        self._settle = settle

    @property
    def text(self) -> str:
        """What was typed."""
        return self.value

    @text.setter
    def text(self, text: str) -> None:
        self.value = text

    @property
    def _value(self) -> Text:
        return Text(same_length(self.value), no_wrap=True, overflow="ignore", end="")

    def settle(self) -> None:
        """Write out what the text means, where that is clear."""
        if self._settle is not None and self.value.strip():
            settled = self._settle(self.value)
            if settled != self.value:
                self.value = settled

    def _on_blur(self, event: events.Blur) -> None:
        self.settle()
        super()._on_blur(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = [line for line in event.text.splitlines() if line.strip()]
        joined = " ".join(line.strip() for line in lines) if len(lines) > 1 else "".join(lines)
        start, end = sorted(self.selection)
        self.replace(joined, start, end)
        if len(lines) > 1:
            self.app.notify(
                _("{count} pasted lines were joined into one: this field holds one line.").format(
                    count=len(lines)
                ),
                markup=False,
            )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(Edited())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on."""
        event.stop()
        self.settle()
        self.post_message(Entered())


class NoteEditor(TextArea):
    """Several lines; Enter makes a new one, Tab goes on.

    Textual ends a line at every sign that may end one, and joins lines with line feeds. Until
    somebody types, ``text`` is what was given, sign for sign.
    """

    _given = ""
    _shown: str | None = None

    def __init__(self, text: str = "") -> None:
        super().__init__("", compact=True, show_line_numbers=False, tab_behavior="focus")
        self.text = text

    @property
    def text(self) -> str:
        """What was given, or what was typed since."""
        shown = self.document.text
        return self._given if shown == self._shown else shown

    @text.setter
    def text(self, text: str) -> None:
        self._given = text
        self.load_text(text)
        self._shown = self.document.text

    def get_line(self, line_index: int) -> Text:
        """A line as it may be drawn."""
        return Text(same_length(self.document.get_line(line_index)), end="", no_wrap=True)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(Edited())


class Chooser(OneLine, can_focus=True):
    """A choice on one line: ``‹ call  [MEETING]  chat ›``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
        Binding("home", "jump(0)", show=False),
        Binding("end", "jump(-1)", show=False),
        Binding("enter", "enter", show=False),
        Binding("backspace,delete", "jump(0)", show=False),
        *_MOVES,
    ]

    def __init__(
        self, values: Sequence[str], labels: Sequence[str], text: str = "", *, classes: str = ""
    ) -> None:
        super().__init__(classes=classes)
        self.values = tuple(values)
        self.labels = tuple(labels)
        self._text = text if text in self.values else self.values[0]

    @property
    def text(self) -> str:
        """The value chosen."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        if text in self.values and text != self._text:
            self._text = text
            self.changed()
            self.post_message(Edited())

    @property
    def at(self) -> int:
        """The place of the value chosen."""
        return self.values.index(self._text)

    def action_step(self, by: int) -> None:
        """The next or the previous choice; stops at the ends."""
        self.action_jump(max(0, min(len(self.values) - 1, self.at + by)))

    def action_jump(self, to: int) -> None:
        """A choice by its place."""
        self.text = self.values[to]

    def action_enter(self) -> None:
        """Go on."""
        self.post_message(Entered())

    def on_key(self, event: events.Key) -> None:
        """A first letter, or the digit of a number, chooses; again the next that begins so."""
        character = event.character
        if not event.is_printable or character is None or character == " ":
            return
        event.stop()
        event.prevent_default()
        found = starting(self.labels, character, self.at)
        if found is not None:
            self.picked(found)

    def picked(self, place: int) -> None:
        """What a letter does with the choice that it names."""
        self.action_jump(place)

    def on_focus(self) -> None:
        """Draw the brackets brighter."""
        self.changed()

    def on_blur(self) -> None:
        """Draw them as before."""
        self.changed()

    def spans(self, width: int) -> list[Cell]:
        """The choices around the one chosen that fit."""
        return choice_spans(self.labels, self.at, width, focused=self.has_focus)


def starting(labels: Sequence[str], character: str, after: int) -> int | None:
    """The place of the next label that begins so; signs before digits do not count."""
    key = character.casefold()
    count = len(labels)
    for step in range(1, count + 1):
        place = (after + step) % count
        label = labels[place].casefold()
        if label.startswith(key) or label.lstrip("+-").startswith(key):
            return place
    return None


def choice_spans(labels: Sequence[str], at: int, width: int, *, focused: bool) -> list[Cell]:
    """``‹ a  [B]  c ›`` in at most ``width`` cells; neighbours go first where room is short."""
    shown = [clean(label) for label in labels]
    shown[at] = f"[{shown[at].upper()}]"
    first, last = _window([width_of(label) + 2 for label in shown], at, width - 4)
    arrow = "key" if focused else "muted"
    spans: list[Cell] = [("‹ " if first == 0 else "… ", arrow)]
    for place in range(first, last + 1):
        name = ("key" if focused else "strong") if place == at else ("" if focused else "muted")
        spans.append((shown[place], name))
        spans.append("  " if place < last else " ")
    spans.append(("›" if last == len(shown) - 1 else "…", arrow))
    return spans


def _window(widths: Sequence[int], at: int, room: int) -> tuple[int, int]:
    first = last = at
    used = widths[at]
    while True:
        grown = False
        if last + 1 < len(widths) and used + widths[last + 1] <= room:
            last += 1
            used += widths[last]
            grown = True
        if first > 0 and used + widths[first - 1] <= room:
            first -= 1
            used += widths[first]
            grown = True
        if not grown:
            return first, last


class SeveralChooser(Chooser):
    """Several of a few: ``[x] champion  [ ] sponsor``; Space or a first letter marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", show=False),
        Binding("space", "mark", show=False),
    ]

    def __init__(self, values: Sequence[str], labels: Sequence[str], text: str = "") -> None:
        super().__init__(values, labels)
        self._marked = _marks(text, self.values)
        self._place = 0

    @property
    def text(self) -> str:
        """The marked values with commas, in their own order."""
        return ", ".join(value for value in self.values if value in self._marked)

    @text.setter
    def text(self, text: str) -> None:
        self._marked = _marks(text, self.values)
        self.changed()
        self.post_message(Edited())

    @property
    def at(self) -> int:
        return self._place

    def action_jump(self, to: int) -> None:
        """Move to a choice."""
        self._place = to % len(self.values)
        self.changed()

    def action_mark(self) -> None:
        """Mark the choice under the cursor, or take the mark off."""
        value = self.values[self._place]
        self._marked ^= {value}
        self.changed()
        self.post_message(Edited())

    def picked(self, place: int) -> None:
        self.action_jump(place)
        self.action_mark()

    def spans(self, width: int) -> list[Cell]:
        """Every choice with its mark, around the cursor where room is short."""
        shown = [
            f"[{'x' if value in self._marked else ' '}] {clean(label)}"
            for value, label in zip(self.values, self.labels, strict=True)
        ]
        first, last = _window([width_of(label) + 2 for label in shown], self._place, width)
        spans: list[Cell] = []
        for place in range(first, last + 1):
            marked = self.values[place] in self._marked
            here = self.has_focus and place == self._place
            spans.append((shown[place], "key" if here else "strong" if marked else "muted"))
            spans.append("  ")
        return spans


def _marks(text: str, values: Sequence[str]) -> set[str]:
    return {part.strip() for part in text.split(",")} & set(values)
