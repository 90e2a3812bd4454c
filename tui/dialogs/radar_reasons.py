"""Why an account is on the radar: each reason with its rows, to be opened."""

from __future__ import annotations

from collections.abc import Iterable

from tui.dialogs.list_dialog import DigitDialog
from tui.widgets.wrap import Line


class RadarReasonsDialog(DigitDialog[str]):
    """The reasons of one account. Gives back the key of the line that was chosen."""

    def __init__(self, title: str, lines: Iterable[Line]) -> None:
        super().__init__(title)
        self._lines = tuple(lines)

    def lines(self) -> Iterable[Line]:
        return self._lines

    def chosen(self, key: str) -> str | None:
        return key
