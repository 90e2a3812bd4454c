"""The lines under a note: each owes something; a new empty one appears by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from planner.errors import Refused
from planner.language import gettext as _
from tui.dialogs.editors import Edited, Entered, LineEditor
from tui.dialogs.follow_up_lines import SIDES, THEY, LineText, pack, spread, unpack
from tui.dialogs.side_text import SideText
from tui.due_words import day_words
from tui.widgets.cells import Cell, cut
from tui.widgets.paint import OneLine

DayReader = Callable[[str], date]


class Switch(OneLine, can_focus=True):
    """Two words of which one holds; Space, an arrow or a first letter changes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,right,space", "turn", show=False),
        Binding("enter", "enter", show=False),
        Binding("down", "screen.focus_next", show=False),
        Binding("up", "screen.focus_previous", show=False),
    ]

    def __init__(self, words: tuple[str, str], on: bool, *, classes: str) -> None:
        super().__init__(classes=classes)
        self.words = words
        self.on = on
        self.idle = False

    def action_turn(self) -> None:
        """The other one."""
        self.on = not self.on
        self.changed()
        self.post_message(Edited())

    def action_enter(self) -> None:
        """Go on."""
        self.post_message(Entered())

    def on_key(self, event: events.Key) -> None:
        """A first letter chooses."""
        if not event.is_printable or not event.character or event.character == " ":
            return
        event.stop()
        event.prevent_default()
        key = event.character.casefold()
        first = [word.lstrip("[ x]").casefold().startswith(key) for word in self.words]
        if (first[1] and not self.on) or (first[0] and self.on):
            self.action_turn()

    def set_on(self, on: bool) -> None:
        """The word that holds from now on."""
        if on != self.on:
            self.action_turn()

    def set_idle(self, idle: bool) -> None:
        """Show nothing and take no focus while the line is empty."""
        if idle != self.idle:
            self.idle = idle
            self.can_focus = not idle
            self.changed()

    def on_focus(self) -> None:
        """Draw it as chosen."""
        self.changed()

    def on_blur(self) -> None:
        """Draw it plain."""
        self.changed()

    def spans(self, width: int) -> tuple[Cell, ...]:
        """The word that holds."""
        if self.idle:
            return (("+" if self.has_class("side") else "", "muted"),)
        words = cut(self.words[int(self.on)], width)
        return ((words, "key" if self.has_focus else "strong"),)


class FollowUpLine(Horizontal):
    """One line."""

    def __init__(self, line: LineText, read_day: DayReader) -> None:
        super().__init__()
        self._read_day = read_day
        self.side = Switch((_("we"), _("they")), line.side == THEY, classes="side")
        self.what = LineEditor(line.what, settle=self._settle, classes="what")
        promised = _("promised")
        self.promised = Switch(
            (f"[ ] {promised}", f"[x] {promised}"), line.promised, classes="promised"
        )
        self.by = LineEditor(line.by, classes="by")
        self.day = SideText(classes="day")

    def compose(self) -> ComposeResult:
        yield self.side
        yield self.what
        yield self.promised
        yield self.by
        yield self.day

    def on_mount(self) -> None:
        """Show what there is."""
        self.refresh_line()

    @property
    def line(self) -> LineText:
        """The line as typed."""
        return LineText(SIDES[int(self.side.on)], self.what.text, self.promised.on, self.by.text)

    @property
    def empty(self) -> bool:
        """Whether nothing is owed."""
        return not self.what.text.strip()

    def _settle(self, text: str) -> str:
        """Put what was written in one go where it belongs; what is left is what is owed."""
        before = replace(self.line, what=text)
        found = spread(before, self._read_day)
        if found == replace(before, what=found.what) and not found.by:
            return text
        self.side.set_on(found.side == THEY)
        self.promised.set_on(found.promised)
        if found.by != self.by.text:
            self.by.text = found.by
        return found.what

    def refresh_line(self) -> None:
        """Wake the rest of the line once something is owed, and show the day understood."""
        self.side.set_idle(self.empty)
        self.promised.set_idle(self.empty)
        self.by.can_focus = not self.empty
        self.by.set_class(self.empty, "-idle")
        self.day.show(self._day_words())

    def _day_words(self) -> str:
        if self.empty or not self.by.text.strip():
            return "" if self.empty else _("by when")
        try:
            day = self._read_day(self.by.text)
        except Refused:
            return _("not a day")
        return day_words(day)


class FollowUps(Vertical):
    """All lines; the last is always empty."""

    def __init__(self, text: str, read_day: DayReader) -> None:
        super().__init__()
        self._read_day = read_day
        self._first = [*unpack(text), LineText()]

    def compose(self) -> ComposeResult:
        for line in self._first:
            yield FollowUpLine(line, self._read_day)

    @property
    def lines(self) -> list[FollowUpLine]:
        """The lines, from the top."""
        return [child for child in self.children if isinstance(child, FollowUpLine)]

    @property
    def text(self) -> str:
        """What is owed, packed; before the lines stand, what they will hold."""
        if not self.is_mounted:
            return pack(self._first)
        return pack([one.line for one in self.lines])

    @text.setter
    def text(self, text: str) -> None:
        if text == self.text:
            return
        self._first = [*unpack(text), LineText()]
        self.remove_children()
        self.mount_all([FollowUpLine(line, self._read_day) for line in self._first])

    def on_edited(self, _event: Edited) -> None:
        """Add an empty line when the last one fills; the form hears of it too."""
        for line in self.lines:
            line.refresh_line()
        if not self.lines or not self.lines[-1].empty:
            self.mount(FollowUpLine(LineText(), self._read_day))

    def on_entered(self, event: Entered) -> None:
        """Enter after what is owed goes on to the next line once the day is known."""
        for line, following in pairwise(self.lines):
            if line.what.has_focus and line.by.text.strip():
                event.stop()
                following.what.focus()

    def settle(self) -> None:
        """Put what was written in one go where it belongs."""
        for line in self.lines:
            line.what.settle()


def first_target(editor: Widget) -> Widget:
    """What takes the focus for an editor: of follow-ups, the first line's words."""
    if isinstance(editor, FollowUps) and editor.lines:
        return editor.lines[0].what
    return editor
