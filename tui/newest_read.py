"""Reads of which only the newest matters: an older one is given up, even while it runs."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from planner.errors import TrustplanError
from tui.store_worker import StoreWorker

if TYPE_CHECKING:
    from tui.composition import BookQueries

T = TypeVar("T")


class Superseded(TrustplanError):
    """A newer question was asked; nobody waits for this answer."""


class NewestRead:
    """One series of reads, such as what a search field shows."""

    def __init__(self, store: StoreWorker) -> None:
        self._store = store
        self._lock = Lock()
        self._number = 0
        self._running = False

    async def read(self, ask: Callable[[BookQueries], T]) -> T:
        """Ask, and stop the question of this series that runs now. Raises ``Superseded``."""
        with self._lock:
            self._number += 1
            number = self._number
            if self._running:
                self._store.interrupt_read()

        def work(queries: BookQueries) -> T:
            self._start(number)
            try:
                return ask(queries)
            except TrustplanError:
                if number != self._number:
                    raise Superseded from None
                raise
            finally:
                with self._lock:
                    self._running = False

        return await self._store.read(work)

    def _start(self, number: int) -> None:
        with self._lock:
            if number != self._number:
                raise Superseded
            self._running = True
