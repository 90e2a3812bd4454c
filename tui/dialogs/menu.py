"""Everything that works here, then everything else, with its keys; typing narrows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.text import fold
from tui.actions import ANYWHERE, CLASHES, DIALOGS, FORMS, Action, all_actions, key_text
from tui.dialogs.list_dialog import ListDialog
from tui.widgets.cells import Cell, fit
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from textual.screen import Screen

KEYS_WIDTH = 16


def actions_here(screen: Screen[Any]) -> tuple[Action, ...]:
    """The actions of a screen, its own before those of everywhere, in the order of the registry."""
    shown: frozenset[str] = getattr(screen, "action_ids", lambda: frozenset())()
    besides: tuple[Action, ...] = getattr(screen, "own_actions", lambda: ())()
    own = [*(action for action in all_actions() if action.id in shown), *besides]
    return tuple(sorted(own, key=lambda action: action.group == ANYWHERE))


def keys_of(action: Action) -> str:
    """The keys of an action as people write them."""
    return " ".join(key_text(key) for key in action.keys)


class MenuDialog(ListDialog[str]):
    """Gives the id of the action that was chosen."""

    FIELD = True
    TALL = True

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__(_("MENU"), _("type a word"))
        self._here = actions_here(screen)
        known = {action.id for action in self._here}
        self._others = tuple(
            action
            for action in all_actions()
            if action.id not in known and action.group not in (FORMS, DIALOGS, CLASHES)
        )

    def lines(self) -> Iterable[Line]:
        return self._lines("")

    def _lines(self, text: str) -> list[Line]:
        here = best_first(self._here, text)
        others = best_first(self._others, text)
        lines = [_line(action) for action in here]
        if others:
            lines.append(Line())
            lines.append(Line(((_("elsewhere"), "head"),)))
            lines += [_line(action, "muted") for action in others]
        return lines or [Line(((_("Nothing is called that."), "muted"),))]

    def narrowed(self, text: str) -> None:
        self.document.set_lines(self._lines(text))
        first = next((line.key for line in self.document.lines if line.key is not None), None)
        if first is not None:
            self.document.move_to_key(first)

    def chosen(self, key: str) -> str | None:
        return key


def best_first(actions: Iterable[Action], text: str) -> list[Action]:
    """The actions that fit what was typed, the best first."""
    ranked = [(fitness(action, text), action) for action in actions]
    return [action for rank, action in sorted(ranked, key=lambda pair: pair[0]) if rank < NO_FIT]


NO_FIT = 4


def fitness(action: Action, text: str) -> int:
    """0 its key was typed (or nothing), 1 words of it, 2 beginnings, 3 parts, NO_FIT otherwise."""
    typed = text.strip()
    if not typed or typed in {key_text(key) for key in action.keys}:
        return 0
    called = fold(f"{action.words} {action.short}")
    words, parts = called.split(), fold(typed).split()
    if all(part in words for part in parts):
        return 1
    if all(any(word.startswith(part) for word in words) for part in parts):
        return 2
    return 3 if all(part in called for part in parts) else NO_FIT


def _line(action: Action, style: str = "") -> Line:
    words: Cell = (action.words, style) if style else action.words
    return Line(((fit(keys_of(action), KEYS_WIDTH), "key"), words), action.id)
