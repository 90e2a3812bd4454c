"""One of a few things: how to sort, what to change, whether to go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.dialogs.list_dialog import DigitDialog
from tui.widgets.cells import Cell
from tui.widgets.wrap import Line


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose: what it gives back, its words, and what stands beside them."""

    value: str
    words: str
    note: str = ""


class ChoiceDialog(DigitDialog[str]):
    """Choose with the arrows and Enter, or a digit. ``now`` is where the cursor starts."""

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        now: str | None = None,
        before: Iterable[Line] = (),
    ) -> None:
        super().__init__(title)
        self._choices = tuple(choices)
        self._before = tuple(before)
        self._now = now

    def lines(self) -> Iterable[Line]:
        yield from self._before
        for number, choice in enumerate(self._choices, 1):
            digit = str(number) if number < 10 else " "
            spans: list[Cell] = [(f"{digit} ", "key"), choice.words]
            if choice.note:
                spans.append((f"   {choice.note}", "muted"))
            yield Line(tuple(spans), choice.value)

    def on_mount(self) -> None:
        """Start at the present choice."""
        if self._now is not None:
            self.document.move_to_key(self._now)

    def chosen(self, key: str) -> str | None:
        return key
