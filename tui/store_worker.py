"""The app's way to the store: one writer thread, one reader thread, each with its own connection.

Nothing here touches a widget. Screens await ``read`` and ``write``; a newer exclusive read may
interrupt an older one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from planner.acting import Actor, Done
from planner.errors import TrustplanError
from planner.language import gettext as _

if TYPE_CHECKING:
    from tui.composition import Book, BookQueries, Draft, DraftStore, Launch

T = TypeVar("T")
MADE = 500


class Unexpected(TrustplanError):
    """Something went wrong that has no sentence of its own; the details are in the log."""


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What the frame says of the open book."""

    name: str
    currency: str
    zone: ZoneInfo
    sample: bool
    read_only: bool
    actor: Actor
    today: date


class _Side(Generic[T]):
    """One thread with one connection, opened when it is first needed."""

    def __init__(self, name: str, open_book: Callable[[], Book]) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._open = open_book
        self.book: Book | None = None

    def call(self, work: Callable[[Book], Any]) -> asyncio.Future[Any]:
        return asyncio.wrap_future(self._executor.submit(self._guarded, work))

    def _guarded(self, work: Callable[[Book], Any]) -> Any:
        try:
            if self.book is None:
                self.book = self._open()
            return work(self.book)
        except TrustplanError:
            raise
        except Exception as error:
            from tui.__main__ import write_log

            where = write_log(error)
            raise Unexpected(
                _(
                    "Something went wrong that should not; nothing was saved. Details: {path}"
                ).format(path=where)
            ) from error

    def close(self) -> None:
        if self.book is not None:
            self.book.interrupt()
        self._executor.submit(self._close)
        self._executor.shutdown(wait=True)

    def _close(self) -> None:
        if self.book is not None:
            self.book.close()
            self.book = None


class DraftWorker:
    """Drafts on a thread of their own, opened when the first is asked for."""

    def __init__(self, launch: Launch) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drafts")
        self._launch = launch
        self._store: DraftStore | None = None

    async def get(self, form: str, subject: str) -> Draft | None:
        """The draft of a form, or None. Raises ``BookUnavailable``."""
        found: Draft | None = await self._call(lambda store: store.get(form, subject))
        return found

    async def keep(
        self, form: str, subject: str, saved_at: str, values: dict[str, str], before: dict[str, str]
    ) -> None:
        """Keep a draft. Raises ``BookUnavailable``."""
        await self._call(lambda store: store.keep(form, subject, saved_at, values, before))

    async def drop(self, form: str, subject: str) -> None:
        """Forget a draft. Raises ``BookUnavailable``."""
        await self._call(lambda store: store.drop(form, subject))

    async def list(self) -> list[Draft]:
        """All drafts of the book, the newest first. Raises ``BookUnavailable``."""
        found: list[Draft] = await self._call(lambda store: store.list())
        return found

    def take_notices(self) -> tuple[str, ...]:
        """Sentences about the file of drafts that nobody has shown yet."""
        if self._store is None:
            return ()
        notices = tuple(self._store.notices)
        self._store.notices.clear()
        return notices

    def _call(self, work: Callable[[DraftStore], Any]) -> asyncio.Future[Any]:
        return asyncio.wrap_future(self._executor.submit(self._with_store, work))

    def _with_store(self, work: Callable[[DraftStore], Any]) -> Any:
        if self._store is None:
            self._store = self._launch.drafts()
        return work(self._store)

    def close(self) -> None:
        """Let what is under way end, then end the thread."""
        self._executor.shutdown(wait=True)


class StoreWorker:
    """Reads and writes of one book, off the screen's thread."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self.drafts = DraftWorker(launch)
        self.made: deque[int | None] = deque(maxlen=MADE)
        """The changes that were made here, the newest last: they are no news."""
        self._reader: _Side[Any] = _Side("reader", lambda: launch.open(for_writing=False))
        self._writer: _Side[Any] = _Side("writer", lambda: launch.open(for_writing=True))

    async def facts(self) -> BookFacts:
        """What the frame says of the book. Raises ``BookUnavailable``."""

        def ask(book: Book) -> BookFacts:
            return BookFacts(
                book.settings.name,
                book.settings.currency,
                book.settings.zone,
                book.settings.sample,
                not book.writable,
                book.know_actor(),
                book.today,
            )

        facts: BookFacts = await self._reader.call(ask)
        return facts

    async def read(self, ask: Callable[[BookQueries], T]) -> T:
        """Ask the queries something, on the reader's thread."""
        answer: T = await self._reader.call(lambda book: ask(book.queries()))
        return answer

    async def write(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Done:
        """Run a use case in one transaction on the writer's thread."""

        def act(book: Book) -> Done:
            book.know_actor()
            done = book.run(use_case, *args, **kwargs)
            self.made.append(done.change_id)
            return done

        done: Done = await self._writer.call(act)
        return done

    async def stale_count(self) -> int:
        """How many accounts have a score of another day."""
        count: int = await self._reader.call(lambda book: book.stale_count())
        return count

    async def rescore_slice(self) -> int:
        """Bring one slice of stale scores to today; returns how many were done, 0 at the end."""
        done: int = await self._writer.call(lambda book: next(book.rescore(), 0))
        return done

    def interrupt_read(self) -> None:
        """Stop the read that runs now; its caller gets an error that says so."""
        if self._reader.book is not None:
            self._reader.book.interrupt()

    def close(self) -> None:
        """End both threads and close both connections."""
        self.drafts.close()
        self._reader.close()
        self._writer.close()
