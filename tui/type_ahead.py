"""Keys that come faster than the screen follows: each waits until the one before has done its work.

Textual hands a key to the widget that has the focus when the key arrives. Over a slow line a name,
Tab and another name arrive together, and all of it would land in the first field; what is typed
while a form opens would land nowhere.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from textual.message import Message

if TYPE_CHECKING:
    from textual.app import App
    from textual.events import Key
    from textual.screen import Screen

ROUNDS = 3
"""How often the queues are passed: a key, the message it makes, and the message that one makes."""
TICK = 0.02
"""Seconds until a screen that opens is looked at again."""
PATIENCE = 1.0
"""Seconds that a key waits at most for the one before, or for a screen that opens."""


class Passed(Message):
    """Follows a key on its way up to the app."""

    def __init__(self, turn: int, rounds: int) -> None:
        super().__init__()
        self.turn = turn
        self.rounds = rounds


class TypeAhead:
    """The keys that wait. ``send`` is how the app takes one key."""

    def __init__(self, app: App[Any], send: Callable[[Key], Awaitable[None]]) -> None:
        self._app = app
        self._send = send
        self._held: deque[Key] = deque()
        self._turn = 0
        self._busy = False
        self._watched = False
        self._open: WeakSet[Screen[Any]] = WeakSet()

    async def take(self, key: Key) -> None:
        """Send a key now, or keep it until those before it are done."""
        self._held.append(key)
        if not self._busy:
            await self._next()
        elif not self._watched:
            self._watch()

    async def passed(self, mark: Passed) -> None:
        """A mark came back: after the last round the next key is sent."""
        if mark.turn != self._turn:
            return
        if mark.rounds > 1:
            self._follow(mark.rounds - 1)
        else:
            await self._next()

    async def _next(self) -> None:
        self._turn += 1
        self._busy = bool(self._held)
        if not self._held:
            return
        if not self._ready():
            self._wait_for_screen(self._turn, PATIENCE)
            return
        await self._send(self._held.popleft())
        self._follow(ROUNDS)

    def _follow(self, rounds: int) -> None:
        """Send a mark the way that keys take."""
        mark = Passed(self._turn, rounds)
        target = self._app.focused or self._app.screen
        if not target.post_message(mark):
            self._app.post_message(mark)

    def _ready(self) -> bool:
        """Whether keys have somewhere to go: a screen once ready stays so."""
        screen = self._app.screen
        if screen in self._open:
            return True
        opening = getattr(screen, "opening", False)
        aimless = self._app.focused is None and bool(screen.focus_chain)
        if not screen.is_mounted or opening or aimless:
            return False
        self._open.add(screen)
        return True

    def _wait_for_screen(self, turn: int, left: float) -> None:
        async def look() -> None:
            if turn != self._turn:
                return
            if left > 0 and not self._ready():
                self._wait_for_screen(turn, left - TICK)
                return
            self._open.add(self._app.screen)
            await self._next()

        self._app.set_timer(TICK, look)

    def _watch(self) -> None:
        """Go on when a mark was lost with the widget that held it."""
        turn = self._turn
        self._watched = True

        async def look() -> None:
            self._watched = False
            if turn == self._turn and self._ready():
                await self._next()
            elif self._held:
                self._watch()

        self._app.set_timer(PATIENCE, look)
