"""The line to a book's server, as the app's worker sees it: cut, or there.

While it is cut, reads are answered from the copy on this machine, what only adds records waits in
the outbox, and another line is tried for behind the screen. A line that is silent is asked about
over a second one: a server that works on takes its time, one that does not is away.

Everything but the work of the sides runs on the screen's thread; nothing here touches a widget.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from planner.acting import Done
from planner.errors import BookUnavailable, Offline, Refused, SaveUnknown, TrustplanError
from planner.language import gettext as _
from planner.queued import Waiting, encode, may_wait
from tui.line_watch import LineWatch
from tui.line_words import back_words, has_to_wait, how_it_goes_on, what_became

if TYPE_CHECKING:
    from tui.composition import Book, Launch
    from tui.store_worker import BookFacts, Side

T = TypeVar("T")
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 10.0
"""Seconds between tries to reach the server again; each pause is twice the one before."""
REACH_SECONDS = 6.0
"""How long a try may take: connecting has 3 s, what is asked then a little more."""
COPY_PAUSE = 2.0
"""Seconds before the first copy, which the first frame need not share the machine with."""
COPY_LOOK = 300.0
"""Seconds between looks whether the copy is still fresh."""
CLOSE_SECONDS = 4.0
"""How long work that is under way has to end by itself at the end."""


class Line:
    """The line of one book. ``moved`` and ``say`` are called when it changes and has words,
    ``made`` with the id of each change of ours that was saved late: it is no news."""

    def __init__(
        self, launch: Launch, reader: Side, writer: Side, make_side: Callable[..., Side]
    ) -> None:
        self.offline = False
        self.queued = 0
        self.moved: Callable[[], object] = lambda: None
        self.say: Callable[[str, bool], object] = lambda _words, _bad: None
        self.made: Callable[[int | None], object] = lambda _change_id: None
        self._launch = launch
        self._kept = launch.away()
        self._reader, self._writer = reader, writer
        self._copy = make_side("copy", lambda _reached: self._open_copy())
        self._copier = make_side("copier", self._open_another)
        probe = make_side("probe", self._open_another)
        self._watch = LineWatch(self._kept, probe, (self._copier,))
        self._sides = (reader, writer, self._copy, self._copier, probe)
        self._tasks: set[asyncio.Task[None]] = set()
        self._try_now = asyncio.Event()
        self._fresh_wanted = asyncio.Event()
        self._unknown: list[str] = []
        self._actor = launch.me.name
        self._begun = False
        self._closed = False

    def _open_another(self, reached: Callable[[Any], None]) -> Book:
        return self._launch.open(for_writing=False, reached=reached)

    def _open_copy(self) -> Book:
        return self._launch.open_copy(self._kept, self._actor)

    @property
    def as_of(self) -> datetime | None:
        """The moment of what is read while the line is cut."""
        return self._kept.copy.made_at()

    # Reading

    async def facts(self, ask: Callable[[Book], BookFacts]) -> BookFacts:
        """What the frame says of the book; from the copy where that is all there is."""
        if not self._begun:
            try:
                known = await asyncio.to_thread(self._kept.actor)
                self.queued = await asyncio.to_thread(self._kept.outbox.count)
            except BookUnavailable as error:  # no reason not to open the book
                self.say(str(error), True)
            else:
                self._actor = known or self._actor
        facts = await self.read(ask)
        if self.offline:
            facts = replace(facts, read_only=not await asyncio.to_thread(self._may_write))
        else:
            self._actor = facts.actor.name
            await asyncio.to_thread(self._remember, facts)
        self._tell_notices()
        if not self._begun:
            self._begun = True
            self._go(self._keep_fresh())
            if not self.offline:
                self._go(self._save_waiting())
        return facts

    def _tell_notices(self) -> None:
        """Say that a damaged file of what waits was set aside."""
        while self._kept.outbox.notices:
            self.say(self._kept.outbox.notices.pop(0), True)

    def _remember(self, facts: BookFacts) -> None:
        with suppress(BookUnavailable):
            self._kept.remember(facts.actor.name, writable=not facts.read_only)

    def _may_write(self) -> bool:
        try:
            return self._kept.may_write()
        except BookUnavailable:
            return False

    async def read(self, work: Callable[[Book], T]) -> T:
        """Read from the server, or from the copy while the line is cut."""
        if not self.offline:
            try:
                answer: T = await self._watch.call(self._reader, work)
            except Offline as error:
                if not self._begun and self.as_of is None:
                    raise
                self.cut(error)
            else:
                return answer
        copied: T = await self._copy.call(work)
        return copied

    # Writing

    async def write(
        self,
        act: Callable[..., Done],
        use_case: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Done:
        """Save now (``act`` does it under an operation's name), or let it wait where it may."""
        op_id = uuid4().hex
        entry = self._entry(op_id, use_case, args, kwargs)
        kept = entry is not None and await self._put(entry, must=self.offline)
        if not self.offline:
            try:
                done: Done = await self._watch.call(
                    self._writer, partial(self._act, act, op_id, kept)
                )
            except Offline as error:
                self.cut(error)
                if not kept:
                    raise self._not_kept(op_id, error) from error
            else:
                return done
        elif not kept:
            raise has_to_wait()
        self.queued = await asyncio.to_thread(self._kept.outbox.count)
        self.moved()
        if not self.offline:
            self._go(self._save_waiting())
        return Done(None, None, _("Kept on this machine; it is saved when the line is back."),
                    waits=True)  # fmt: skip

    def _entry(
        self, op_id: str, use_case: Callable[..., Any], args: Any, kwargs: Any
    ) -> Waiting | None:
        if not may_wait(use_case):
            return None
        try:
            arguments = encode(args, kwargs)
        except Refused:
            return None
        now = self._launch.clock.real_now().astimezone(UTC).isoformat()
        return Waiting(op_id, now, use_case.__name__, arguments, self._actor)

    async def _put(self, entry: Waiting, *, must: bool) -> bool:
        """Keep an operation before it is tried, so that no crash loses it; whether it is kept."""
        try:
            await asyncio.to_thread(self._kept.outbox.put, entry)
        except BookUnavailable:
            if must:
                raise
            return False
        return True

    def _act(self, act: Callable[..., Done], op_id: str, kept: bool, book: Book) -> Done:
        try:
            done = act(book, op_id)
        except Offline:
            raise
        except BaseException:
            self._forget(op_id, kept)
            raise
        self._forget(op_id, kept)
        return done

    def _forget(self, op_id: str, kept: bool) -> None:
        if kept:
            with suppress(BookUnavailable):  # saved once all the same: the server knows its name
                self._kept.outbox.done(op_id)

    def _not_kept(self, op_id: str, error: Offline) -> Offline:
        if not isinstance(error, SaveUnknown):
            return has_to_wait()
        self._unknown.append(op_id)
        return error

    async def rescore(self, step: Callable[[Book], int]) -> int:
        """A slice of the sweep; none while the line is cut."""
        if self.offline:
            return 0
        try:
            done: int = await self._watch.call(self._writer, step)
        except Offline as error:
            self.cut(error)
            return 0
        return done

    # Cut and back

    def cut(self, error: Offline) -> None:
        """The line is cut: go on without it, and try for another behind the screen."""
        if self.offline or self._closed:
            return
        self.offline = True
        for side in (self._reader, self._writer, self._copier):
            self._watch.end(side)
            side.drop()
        self._copy.drop()
        self._try_now.clear()
        self._go(self._come_back())
        self.moved()
        if not isinstance(error, SaveUnknown):
            self.say(how_it_goes_on(copied=self.as_of is not None), True)

    def suspect(self) -> None:
        """Somebody else noticed a broken line: see whether ours is."""
        if not self.offline:
            self._go(self._look())

    async def _look(self) -> None:
        with suppress(TrustplanError):
            await self.read(lambda book: book.know_actor())
        self.moved()

    def try_now(self) -> None:
        """Somebody else reached the server: do not wait for the next try."""
        self._try_now.set()

    async def _come_back(self) -> None:
        pause, told = FIRST_PAUSE, False
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._try_now.wait(), pause)
            self._try_now.clear()
            pause = min(LONGEST_PAUSE, 2 * pause)
            try:
                await self._watch.soon(self._reader, REACH_SECONDS, lambda book: book.know_actor())
                saved, refused = await self._replay()
                await self._tell_unknown()
            except Offline:
                continue
            except TrustplanError as error:
                if not told:
                    self.say(str(error), True)
                told = True
                continue
            break
        self.offline = False
        self._copy.drop()
        self.say(back_words(saved, refused), bool(refused))
        self.moved()
        self._go(self._save_waiting())
        self._fresh_wanted.set()

    async def _replay(self) -> tuple[int, list[str]]:
        """Save what waits; how many were saved, and why the others were refused."""
        saved, refused = 0, list[str]()
        for entry in await asyncio.to_thread(self._kept.outbox.waiting):
            try:
                why = await self._watch.call(self._writer, partial(self._save, entry))
            except BookUnavailable:
                raise
            except TrustplanError as error:
                why = str(error)
                await asyncio.to_thread(self._kept.outbox.refuse, entry.op_id, why)
            saved, refused = (saved, [*refused, why]) if why else (saved + 1, refused)
            self.queued = await asyncio.to_thread(self._kept.outbox.count)
            self.moved()
        return saved, refused

    def _save(self, entry: Waiting, book: Book) -> str:
        why = self._kept.save(book, entry)
        done = None if why else _saved_as(entry.op_id, book)
        self.made(done and done.change_id)
        return why

    async def _save_waiting(self) -> None:
        """Save what waits although the line is there: from an earlier start, or put at the end."""
        if not await asyncio.to_thread(self._kept.outbox.count):
            return
        try:
            saved, refused = await self._replay()
        except Offline as error:
            self.cut(error)
        except TrustplanError as error:
            self.say(str(error), True)
        else:
            if saved or refused:
                self.say(back_words(saved, refused), bool(refused))
                self.moved()

    async def _tell_unknown(self) -> None:
        """Say of each save whose answer was lost whether it is in the book."""
        while self._unknown:
            op_id = self._unknown[0]
            done = await self._watch.call(self._writer, partial(_saved_as, op_id))
            del self._unknown[0]
            self.made(done and done.change_id)
            self.say(what_became(done), done is None)

    # The copy

    async def _keep_fresh(self) -> None:
        await asyncio.sleep(COPY_PAUSE)
        while True:
            if not self.offline:
                await self._renew()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._fresh_wanted.wait(), COPY_LOOK)
            self._fresh_wanted.clear()

    async def _renew(self) -> None:
        now = self._launch.clock.real_now()
        try:
            await self._watch.call(self._copier, lambda book: self._kept.renew(book, now))
        except Offline as error:
            self.cut(error)
        except TrustplanError as error:
            self.say(str(error), True)
        finally:
            self._copier.drop()

    # Tasks and the end

    def interrupt(self) -> None:
        """Stop the read that runs now."""
        self._reader.interrupt()
        self._copy.interrupt()

    def _go(self, work: Coroutine[Any, Any, None]) -> None:
        if self._closed:
            work.close()
            return
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """End all threads and lines; a save that is under way gets a moment to end by itself."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        self._watch.close()
        self.interrupt()
        if self.offline:
            self._end_lines()
        ends: list[Future[None]] = [side.drop() for side in self._sides]
        wait(ends, CLOSE_SECONDS)
        self._end_lines()
        for side in self._sides:
            side.end()

    def _end_lines(self) -> None:
        for side in self._sides:
            if side is not self._copy:
                self._watch.end(side)


def _saved_as(op_id: str, book: Book) -> Done | None:
    """Ask in a writer's turn: what is still on its way to be committed has its turn before."""
    book.connection.begin()
    try:
        return book.saved_operation(op_id)
    finally:
        book.connection.rollback()
