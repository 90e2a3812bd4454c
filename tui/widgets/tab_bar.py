"""The tabs of a page in one line: the one that is open in capitals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from planner.cell_width import clean
from tui.widgets.cells import Cell, width_of
from tui.widgets.paint import OneLine

_GAP = 2
_ARROWS = "← →"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its key, its name, a count that is shown when it is not 0, and its letter."""

    key: str
    name: str
    count: int = 0
    letter: str = ""

    def text(self, current: bool) -> str:
        """What stands in the line."""
        name = self.name.upper() if current else self.name
        return clean(f"{name} {self.count}" if self.count else name)


@dataclass(frozen=True, slots=True)
class PlacedTab:
    """A tab that is shown: where it begins and how many cells it fills."""

    tab: Tab
    start: int
    width: int


def place_tabs(tabs: Sequence[Tab], current: str, width: int) -> tuple[PlacedTab, ...]:
    """The tabs that fit into ``width`` cells with the arrows at the right.

    Where not all do, a window of them around the current one is shown, which always is.
    """
    if not tabs:
        return ()
    at = next((i for i, tab in enumerate(tabs) if tab.key == current), 0)
    sizes = [width_of(tab.text(i == at)) for i, tab in enumerate(tabs)]
    room = max(0, width - 2 - len(_ARROWS) - _GAP)
    first = last = at
    used = sizes[at]
    while True:
        after = last + 1 < len(tabs) and used + _GAP + sizes[last + 1] <= room
        before = first > 0 and used + _GAP + sizes[first - 1] <= room
        if before and (not after or at - first <= last - at):
            first -= 1
            used += _GAP + sizes[first]
        elif after:
            last += 1
            used += _GAP + sizes[last]
        else:
            break
    placed, start = [], 1
    for index in range(first, last + 1):
        placed.append(PlacedTab(tabs[index], start, sizes[index]))
        start += sizes[index] + _GAP
    return tuple(placed)


def tab_spans(
    tabs: Sequence[Tab], current: str, width: int, letters: bool = False
) -> tuple[Cell, ...]:
    """The line of tabs in ``width`` cells; with ``letters`` the letter of each stands out."""
    spans: list[Cell] = [" "]
    end = 1
    for place in place_tabs(tabs, current, width):
        spans.append(" " * (place.start - end))
        own = place.tab.key == current
        style = "title" if own and not letters else "muted"
        spans += _named(place.tab, own, style) if letters else [(place.tab.text(own), style)]
        end = place.start + place.width
    space = width - 1 - len(_ARROWS) - end
    if space > 0:
        spans += [" " * space, (_ARROWS, "key"), " "]
    return tuple(spans)


def _named(tab: Tab, own: bool, style: str) -> list[Cell]:
    """The name of a tab with its letter in the style of keys."""
    text = tab.text(own)
    before, found, after = text.partition(tab.letter.upper() if own else tab.letter)
    return [(before, style), (found, "key"), (after, style)] if found else [(text, style)]


class TabBar(OneLine):
    """Shows tabs; a click on one sends ``Chosen``."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    _tabs: tuple[Tab, ...] = ()
    _current = ""
    _letters = False

    def set_tabs(self, tabs: Sequence[Tab], current: str) -> None:
        """Show these tabs; the same ones again cost nothing."""
        if tuple(tabs) != self._tabs or current != self._current:
            self._tabs, self._current = tuple(tabs), current
            self.changed()

    def show_letters(self, letters: bool) -> None:
        """Let the letter of each tab stand out, or not."""
        if letters != self._letters:
            self._letters = letters
            self.changed()

    def spans(self, width: int) -> Iterable[Cell]:
        """The tabs that fit."""
        return tab_spans(self._tabs, self._current, width, self._letters)

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        for place in place_tabs(self._tabs, self._current, self.size.width):
            if place.start <= event.x < place.start + place.width:
                self.post_message(self.Chosen(place.tab.key))
