"""The message that the store's line to a server changed."""

from __future__ import annotations

from textual.message import Message


class LineState(Message):
    """The line is cut or back, or more or less waits for it; ``words`` are for people, if any."""

    def __init__(self, words: str = "", bad: bool = False) -> None:
        super().__init__()
        self.words = words
        self.bad = bad
