"""Notices that a line is silent because the server is away, and ends what waits on it.

While a side works longer than a moment, the server is asked over another line whether it works for
that session. It does not answer, or has been at rest for a while: the line is cut from aside, and
whoever waits on it hears ``Offline``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from planner.errors import Offline, TrustplanError
from planner.language import gettext as _

if TYPE_CHECKING:
    from tui.composition import Away, Book
    from tui.store_worker import Side

QUIET_SECONDS = 3.0
"""How long a side may work before the server is asked about it."""
PROBE_SECONDS = 3.5
"""How long that question may take; with the above it stays below 8 s."""
AGAIN_SECONDS = 1.5
"""Between two looks at a session that is at rest: the program may be computing."""
GONE = "gone"


class LineWatch:
    """Watches the sides of one book while they work; ``probe`` is the side that asks.

    The ``busy`` sides work on this machine too, so the server may hear nothing of them for a while.
    Only a server that does not answer ends their lines.
    """

    def __init__(self, kept: Away, probe: Side, busy: tuple[Side, ...] = ()) -> None:
        self._kept = kept
        self._probe = probe
        self._busy = busy
        self._waiting: dict[Side, set[asyncio.Future[Any]]] = {}
        self._watches: dict[Side, asyncio.Task[None]] = {}
        self._asking = asyncio.Lock()

    async def call(self, side: Side, work: Callable[[Book], Any]) -> Any:
        """Work on a side; where its line turns out to be cut, ``Offline`` within seconds."""
        running = side.submit(work)
        future = asyncio.wrap_future(running)
        waiting = self._waiting.setdefault(side, set())
        waiting.add(future)
        future.add_done_callback(waiting.discard)
        future.add_done_callback(_heard)
        if side not in self._watches:
            self._watches[side] = asyncio.create_task(self._watch(side, waiting))
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            running.cancel()
            raise

    async def soon(self, side: Side, seconds: float, work: Callable[[Book], Any]) -> Any:
        """Work on a side that has to be done within seconds, or raises ``Offline``."""
        future = asyncio.wrap_future(side.submit(work))
        future.add_done_callback(_heard)
        done, _pending = await asyncio.wait({future}, timeout=seconds)
        if not done:
            self.end(side)
            raise Offline(_("The server does not answer."))
        return future.result()

    def end(self, side: Side) -> None:
        """Cut a side's line from aside, whatever it waits for."""
        if side.connection is not None:
            self._kept.cut(side.connection)

    def close(self) -> None:
        """Watch no more."""
        for task in list(self._watches.values()):
            task.cancel()

    async def _watch(self, side: Side, waiting: set[asyncio.Future[Any]]) -> None:
        seen = ""
        try:
            while waiting:
                since = side.busy_since
                rest = QUIET_SECONDS - (0.0 if since is None else monotonic() - since)
                if rest > 0:
                    seen = ""
                    await asyncio.wait(
                        set(waiting), timeout=rest, return_when=asyncio.FIRST_COMPLETED
                    )
                    await asyncio.sleep(0)
                    continue
                seen = await self._ask(side, seen)
                if seen == GONE:
                    self.end(side)
                await asyncio.wait(
                    set(waiting), timeout=AGAIN_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                await asyncio.sleep(0)
        finally:
            del self._watches[side]

    async def _ask(self, side: Side, seen: str) -> str:
        """What the server says: empty while it works, since when it rests, or ``GONE``."""
        session = self._kept.session_of(side.connection)
        if session is None:
            return ""  # it connects, which has its own end
        try:
            async with self._asking:
                works, since = await self.soon(
                    self._probe, PROBE_SECONDS, lambda book: self._kept.works_on(book, session)
                )
        except Offline:
            return GONE
        except TrustplanError:
            return ""  # it refuses, so it is there
        finally:
            self._probe.drop()
        if works or side in self._busy:
            return ""
        return GONE if seen == f"since {since}" else f"since {since}"


def _heard(future: asyncio.Future[Any]) -> None:
    """What nobody waits for any more may fail unheard."""
    if not future.cancelled():
        future.exception()
