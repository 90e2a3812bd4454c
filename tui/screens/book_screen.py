"""What every screen of the app can do with the book: read, write, and say what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen

from planner.acting import Done
from planner.errors import Conflict, Refused, TrustplanError
from planner.language import gettext as _
from planner.text import visible
from tui.background import behind
from tui.store_worker import StoreWorker

if TYPE_CHECKING:
    from tui.app import TrustplanApp


class BookScreen(Screen[None]):
    """A screen that knows the app and the way to the book."""

    @property
    def trust(self) -> TrustplanApp:
        """The app, with its own type."""
        return cast("TrustplanApp", self.app)

    @property
    def store(self) -> StoreWorker:
        """The way to the book."""
        return self.trust.store

    def do(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        after: Callable[[Done], Awaitable[None] | None] | None = None,
        hint: str = "",
        **kwargs: Any,
    ) -> None:
        """Run a use case off the screen, say what it did, and read again. Errors become words.

        ``hint`` stands behind what was done in place of the word on undo.
        """
        behind(self, partial(self._do, use_case, args, kwargs, after, hint), "write")

    async def _do(
        self,
        use_case: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        after: Callable[[Done], Awaitable[None] | None] | None,
        hint: str,
    ) -> None:
        try:
            done = await self.store.write(use_case, *args, **kwargs)
        except TrustplanError as error:
            self.complain(error)
            return
        self.tell_done(done, hint)
        self.trust.changed()
        if after is not None:
            waiting = after(done)
            if waiting is not None:
                await waiting

    def tell_done(self, done: Done, hint: str = "") -> None:
        """Say what was done, how to take it back, and what was merged on the way."""
        if done.waits:
            self.say(done.summary)
            return
        if done.change_id is None:
            self.say(_("nothing to change"))
            return
        words = _("{what}  ·  {next}").format(what=done.summary, next=hint or _("u undoes"))
        for note in done.merged:
            words += f"\n{note}"
        self.say(words)

    def say(self, words: str, *, warn: bool = False) -> None:
        """A line that goes away by itself, in place of the one before. Data in it is text."""
        lines = "\n".join(visible(line) for line in words.splitlines())
        self.app.clear_notifications()
        self.app.notify(
            lines, severity="warning" if warn else "information", markup=False, timeout=4
        )

    def complain(self, error: TrustplanError) -> None:
        """Say what went wrong, in the error's own words, for as long as it takes to read."""
        words = str(error)
        if isinstance(error, Conflict):
            words = _("Somebody was faster. {what}").format(what=words)
        elif isinstance(error, Refused) and not words:
            words = _("This was refused.")
        lines = "\n".join(visible(line) for line in words.splitlines())
        self.app.clear_notifications()
        self.app.notify(lines, severity="error", markup=False, timeout=12)
