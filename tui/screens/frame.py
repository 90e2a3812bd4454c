"""The frame that every screen shares: the top line, the body, the bottom line, and what works
everywhere.

A screen fills ``compose_body``, says what the top line shows (``top_parts``), which actions it
has (``HINTS`` for the bottom line, bindings for keys), and reads its rows in ``load``. ``load`` is
called on mount, after every change made here, and when the screen comes back after one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.widget import Widget

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.vocabulary_words import value_words
from tui.actions import bindings, hints
from tui.background import behind
from tui.due_words import day_words
from tui.news import SIGN
from tui.screens.everywhere import Everywhere
from tui.widgets.key_line import KeyLine
from tui.widgets.row_window import TableRow
from tui.widgets.rule import Rule
from tui.widgets.top_line import TopLine, TopParts

EVERYWHERE = (
    "go.today", "go.accounts", "go.complaints", "go.renewals", "go.activity", "find", "menu",
    "help", "log.touchpoint", "log.complaint", "log.action", "undo", "redo", "recent", "copy",
    "scope", "theme", "back", "close",
)  # fmt: skip


class FrameScreen(Everywhere):
    """A screen in the frame. ``ACTIONS`` are the ids that work here beside those everywhere."""

    ACTIONS: ClassVar[tuple[str, ...]] = ()
    HINTS: ClassVar[tuple[str, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*EVERYWHERE)]

    def __init__(self) -> None:
        super().__init__()
        self._seen_change = -1
        self._readings = 0

    def action_ids(self) -> frozenset[str]:
        """The ids of the actions that work here, those without a key as well."""
        return super().action_ids() | frozenset(self.ACTIONS)

    def compose(self) -> ComposeResult:
        yield TopLine(id="top")
        yield Rule()
        yield from self.compose_body()
        yield Rule()
        yield KeyLine(hints(self.HINTS), id="keys")

    def compose_body(self) -> Iterable[Widget]:
        """The widgets between the two rules."""
        raise NotImplementedError

    def top_parts(self) -> TopParts:
        """What the top line shows."""
        raise NotImplementedError

    def frame_parts(
        self, screen: str, *, scope: str = "", details: tuple[str, ...] = (), brief: bool = False
    ) -> TopParts:
        """The top line of a screen: its name, the book, who I am, the state, the day and time.

        ``brief`` leaves out who I am.
        """
        facts = self.trust.facts
        if facts is None:
            return TopParts(screen)
        now = self.trust.launch.clock.now().astimezone(facts.zone)
        book = _("{name} SAMPLE").format(name=facts.name) if facts.sample else facts.name
        return TopParts(
            screen,
            book=book,
            who="" if brief else facts.actor.name,
            function="" if brief else value_words(facts.actor.function or ""),
            scope=scope,
            state=self.trust.state,
            queued=self.trust.queued,
            age=self.trust.copy_age,
            day=day_words(now),
            time=f"{now:%H:%M}",
            details=details,
        )

    async def load(self) -> None:
        """Read what the screen shows and show it."""
        raise NotImplementedError

    # Reading and writing

    def on_mount(self) -> None:
        """Read for the first time."""
        self.reload()

    def on_screen_resume(self) -> None:
        """Read again when something changed while another screen was in front."""
        self.refresh_top()
        if self._seen_change not in (-1, self.trust.change_count):
            self.reload()

    def reload(self) -> None:
        """Read again, giving up a reading that is under way."""
        self._seen_change = self.trust.change_count
        behind(self, self._guarded_load, "load", exclusive=True)

    @property
    def reading(self) -> bool:
        """Whether a reading is under way."""
        return self._readings > 0

    async def _guarded_load(self) -> None:
        self._readings += 1
        try:
            self.refresh_top()
            await self.load()
        except TrustplanError as error:
            self.complain(error)
        except NoMatches:  # a screen that is being left loses its widgets first
            if self.query("#top"):
                raise
        finally:
            self._readings -= 1

    def refresh_top(self) -> None:
        """Show the top line anew."""
        if self.is_mounted and self.trust.facts is not None:
            news = self.trust.news.line(monotonic()) or self.trust.sweeping
            for top in self.query("#top").results(TopLine):  # none while the screen is being left
                top.set_parts(replace(self.top_parts(), news=news))

    def marked(self, row: TableRow, account_id: int | None) -> TableRow:
        """The row, with the quiet sign where somebody else changed its account just now."""
        return replace(row, flag=(SIGN, "news")) if account_id in self.trust.news.marked else row

    def set_hints(self, ids: Iterable[str]) -> None:
        """Show the keys of other actions in the bottom line."""
        self.query_one("#keys", KeyLine).set_keys(hints(ids))
