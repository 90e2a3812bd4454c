"""The bottom line: the keys that work here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from planner.cell_width import clean
from tui.actions import hints as own_hints
from tui.widgets.cells import Cell, width_of
from tui.widgets.paint import OneLine

KeyHint: TypeAlias = tuple[str, str]
"""(key as shown, what it does)."""

_GAP = "  "


def last_hints() -> tuple[KeyHint, ...]:
    """What every line ends with."""
    return tuple(own_hints(("menu", "help")))


def key_spans(
    hints: Sequence[KeyHint], width: int, last: Sequence[KeyHint] | None = None
) -> tuple[Cell, ...]:
    """The hints that fit into ``width`` cells, in order, then ``last`` (by default menu and help).

    Hints are left out from the end of ``hints``; ``last`` is left out only where even it alone
    does not fit.
    """
    ending = list(last_hints() if last is None else last)
    while ending and _length(ending) > width - 1:
        ending.pop(0)
    room = width - 1 - _length(ending)
    shown: list[KeyHint] = []
    for hint in hints:
        need = _length([hint]) + (len(_GAP) if ending or shown else 0)
        if need > room:
            break
        room -= need
        shown.append(hint)
    return tuple(_spans([*shown, *ending]))


def _length(hints: Sequence[KeyHint]) -> int:
    if not hints:
        return 0
    words = sum(width_of(clean(key)) + 1 + width_of(clean(words)) for key, words in hints)
    return words + len(_GAP) * (len(hints) - 1)


def _spans(hints: Sequence[KeyHint]) -> Iterable[Cell]:
    yield " "
    for index, (key, words) in enumerate(hints):
        if index:
            yield _GAP
        yield clean(key), "key"
        yield " " + clean(words), ""


class KeyLine(OneLine):
    """Shows key hints; ``set_keys`` changes them."""

    def __init__(
        self,
        hints: Sequence[KeyHint] = (),
        *,
        last: Sequence[KeyHint] | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._hints = tuple(hints)
        self._last = last

    def set_keys(self, hints: Sequence[KeyHint]) -> None:
        """Show other hints; the same ones again cost nothing."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.changed()

    def spans(self, width: int) -> Iterable[Cell]:
        """The hints that fit."""
        return key_spans(self._hints, width, self._last)
