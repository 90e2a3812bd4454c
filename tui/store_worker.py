"""The app's way to the store: one writer thread, one reader thread, each with its own connection.

Nothing here touches a widget. Screens await ``read`` and ``write``; a newer exclusive read may
interrupt an older one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from planner.acting import Actor, Done
from planner.errors import Offline, TrustplanError
from planner.language import gettext as _

if TYPE_CHECKING:
    from planner.views.live import Place
    from tui.composition import Book, BookQueries, Draft, DraftStore, Launch
    from tui.line import Line

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


@contextmanager
def boundary() -> Iterator[None]:
    """Around what a thread does: an error without a sentence goes to the log and gets one."""
    try:
        yield
    except TrustplanError:
        raise
    except Exception as error:
        from tui.__main__ import write_log

        where = write_log(error)
        raise Unexpected(
            _("Something went wrong that should not; nothing was saved. Details: {path}").format(
                path=where
            )
        ) from error


class Side:
    """One thread with one connection, opened when it is first needed and anew after a cut.

    ``open_book`` gets a function that hears of a server's connection before it is asked anything.
    """

    def __init__(self, name: str, open_book: Callable[[Callable[[Any], None]], Book]) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._open = open_book
        self.book: Book | None = None
        self.connection: Any = None
        """The line as soon as there is one; what it waits for may be ended from another thread."""
        self.busy_since: float | None = None
        """When the work of now began, by the steady clock."""

    def submit(self, work: Callable[[Book], Any]) -> Future[Any]:
        """Do work with the book on this side's thread."""
        return self._executor.submit(self._guarded, work)

    async def call(self, work: Callable[[Book], Any]) -> Any:
        """``submit``, awaited."""
        return await asyncio.wrap_future(self.submit(work))

    def _guarded(self, work: Callable[[Book], Any]) -> Any:
        self.busy_since = monotonic()
        try:
            with boundary():
                if self.book is None:
                    self.book = self._open(self._reached)
                return work(self.book)
        except Offline:
            self._close()
            raise
        finally:
            self.busy_since = None

    def _reached(self, connection: Any) -> None:
        self.connection = connection

    def drop(self) -> Future[None]:
        """Close the connection when the work of now is done; the next work opens another."""
        return self._executor.submit(self._close)

    def interrupt(self) -> None:
        """Stop the statement that runs now."""
        if self.book is not None:
            self.book.interrupt()

    def end(self) -> None:
        """Wait for the thread, which gets no more work."""
        self._executor.shutdown(wait=True)

    def _close(self) -> None:
        book, self.book, self.connection = self.book, None, None
        if book is not None:
            book.close()


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
        self._brought = self._thinned = self._timed = 0
        """The changes that were made here, the newest last: they are no news."""
        self._reader = Side("reader", partial(_opened, launch, False))
        self._writer = Side("writer", partial(_opened, launch, True))
        self.line: Line | None = None
        """What watches the line to a server; a book in a file has none."""
        self.since: Place | None = None
        """Where the changes of the book were before the first screen read them."""
        if launch.address.on_server:
            from tui.line import Line

            self.line = Line(launch, self._reader, self._writer, Side)
            self.line.made = self.made.append

    async def facts(self) -> BookFacts:
        """What the frame says of the book. Raises ``BookUnavailable``."""
        from tui.composition import place_of

        def ask(book: Book) -> BookFacts:
            if self.since is None:
                self.since = place_of(book.connection)
            return BookFacts(
                book.settings.name,
                book.settings.currency,
                book.settings.zone,
                book.settings.sample,
                not book.writable,
                book.know_actor(),
                book.today,
            )

        if self.line is not None:
            return await self.line.facts(ask)
        facts: BookFacts = await self._reader.call(ask)
        return facts

    async def read(self, ask: Callable[[BookQueries], T]) -> T:
        """Ask the queries something, on the reader's thread."""
        return await self._on_reader(lambda book: ask(book.queries()))

    async def write(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Done:
        """Run a use case in one transaction on the writer's thread."""

        def act(book: Book, op_id: str | None = None) -> Done:
            book.know_actor()
            done = book.run_once(op_id, use_case, *args, **kwargs)
            self.made.append(done.change_id)
            return done

        if self.line is not None:
            return await self.line.write(act, use_case, args, kwargs)
        done: Done = await self._writer.call(act)
        return done

    async def stale_count(self) -> int:
        """How many accounts have a score of another day."""
        return await self._on_reader(lambda book: book.stale_count())

    async def rescore_slice(self) -> int:
        """Bring one slice of stale scores to today; returns how many were done, 0 at the end."""

        def step(book: Book) -> int:
            done, self._brought = book.bring_slice(self._brought)
            return done

        return await self._behind(step)

    async def clocks_slice(self) -> int:
        """Bring the clocks of the next open complaints to today; 0 at the end."""

        def step(book: Book) -> int:
            self._timed = book.clocks_slice(self._timed)
            return self._timed

        return await self._behind(step)

    async def thin_slice(self) -> int:
        """Drop old scores that are kept no longer, of the next accounts; 0 at the end."""

        def step(book: Book) -> int:
            self._thinned = book.thin_slice(self._thinned)
            return self._thinned

        return await self._behind(step)

    async def _behind(self, step: Callable[[Book], int]) -> int:
        if self.line is not None:
            return await self.line.rescore(step)
        done: int = await self._writer.call(step)
        return done

    async def _on_reader(self, work: Callable[[Book], T]) -> T:
        if self.line is not None:
            return await self.line.read(work)
        answer: T = await self._reader.call(work)
        return answer

    def interrupt_read(self) -> None:
        """Stop the read that runs now; its caller gets an error that says so."""
        if self.line is not None:
            self.line.interrupt()
        else:
            self._reader.interrupt()

    def close(self) -> None:
        """End the threads and close their connections."""
        self.drafts.close()
        if self.line is not None:
            self.line.close()
            return
        self._reader.interrupt()
        self._writer.interrupt()
        for side in (self._reader, self._writer):
            side.drop()
            side.end()


def _opened(launch: Launch, for_writing: bool, reached: Callable[[Any], None]) -> Book:
    if launch.address.on_server:
        return launch.open(for_writing=for_writing, reached=reached)
    return launch.open(for_writing=for_writing)
