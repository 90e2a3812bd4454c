"""The frame that every screen shares: the top line, the body, the bottom line, and what works
everywhere.

A screen fills ``compose_body``, says what the top line shows (``top_parts``), which actions it
has (``HINTS`` for the bottom line, bindings for keys), and reads its rows in ``load``. ``load`` is
called on mount, after every change made here, and when the screen comes back after one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from planner.errors import Conflict, Refused, TrustplanError
from planner.ports import Done
from planner.text import visible
from tui.actions import bindings, hints
from tui.store_worker import StoreWorker
from tui.widgets.key_line import KeyLine
from tui.widgets.rule import Rule
from tui.widgets.top_line import TopLine, TopParts

if TYPE_CHECKING:
    from tui.app import TrustplanApp

EVERYWHERE = (
    "go.today", "go.accounts", "go.complaints", "go.activity", "find", "menu", "help",
    "log.touchpoint", "log.complaint", "log.action", "undo", "redo", "recent", "copy", "scope",
    "back", "quit",
)  # fmt: skip


class FrameScreen(Screen[None]):
    """A screen in the frame. ``ACTIONS`` are the ids that work here beside those everywhere."""

    ACTIONS: ClassVar[tuple[str, ...]] = ()
    HINTS: ClassVar[tuple[str, ...]] = ()
    TOP: ClassVar[bool] = False
    """Whether this is a top screen: ``q`` quits there and goes back elsewhere."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*EVERYWHERE)]

    def __init__(self) -> None:
        super().__init__()
        self._seen_change = -1

    @property
    def trust(self) -> TrustplanApp:
        """The app, with its own type."""
        return cast("TrustplanApp", self.app)

    @property
    def store(self) -> StoreWorker:
        """The way to the book."""
        return self.trust.store

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
        self.run_worker(self._guarded_load(), exclusive=True, group="load")

    async def _guarded_load(self) -> None:
        self.refresh_top()
        try:
            await self.load()
        except TrustplanError as error:
            self.complain(error)

    def refresh_top(self) -> None:
        """Show the top line anew."""
        if self.is_mounted and self.trust.facts is not None:
            self.query_one("#top", TopLine).set_parts(self.top_parts())

    def set_hints(self, ids: Iterable[str]) -> None:
        """Show the keys of other actions in the bottom line."""
        self.query_one("#keys", KeyLine).set_keys(hints(ids))

    def do(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        after: Callable[[Done], Awaitable[None] | None] | None = None,
        **kwargs: Any,
    ) -> None:
        """Run a use case off the screen, say what it did, and read again. Errors become words."""
        self.run_worker(self._do(use_case, args, kwargs, after), group="write")

    async def _do(
        self,
        use_case: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        after: Callable[[Done], Awaitable[None] | None] | None,
    ) -> None:
        try:
            done = await self.store.write(use_case, *args, **kwargs)
        except TrustplanError as error:
            self.complain(error)
            return
        self.tell_done(done)
        self.trust.changed()
        if after is not None:
            waiting = after(done)
            if waiting is not None:
                await waiting

    def tell_done(self, done: Done) -> None:
        """Say what was done, and what was merged on the way."""
        if done.change_id is None:
            self.say(_("nothing to change"))
            return
        words = _("{what}  ·  u undoes").format(what=done.summary)
        for note in done.merged:
            words += f"\n{note}"
        self.say(words)

    def say(self, words: str, *, warn: bool = False) -> None:
        """A line that goes away by itself. Data in it is text, never markup."""
        lines = "\n".join(visible(line) for line in words.splitlines())
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
        self.app.notify(lines, severity="error", markup=False, timeout=12)
