"""The first start, when no book was named and none is there: sample, empty, or how to import.

Nothing is made before somebody chooses.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from planner.errors import TrustplanError
from planner.language import gettext as _
from tui.actions import bindings
from tui.background import behind
from tui.dialogs.list_dialog import ListDialog
from tui.widgets.document import Document
from tui.widgets.key_line import KeyLine
from tui.widgets.rule import Rule
from tui.widgets.top_line import TopLine, TopParts
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from tui.app import TrustplanApp

CURRENCIES = ("EUR", "USD", "GBP", "SEK", "NOK", "DKK", "PLN", "CHF", "TRY")


class FirstRunScreen(Screen[None]):
    """Asks how to begin."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("close")]

    def compose(self) -> ComposeResult:
        yield TopLine(TopParts("TRUSTPLAN"), id="top")
        yield Rule()
        yield Document(choice_lines(""), id="body")
        yield Rule()
        hints = [(_("Enter"), _("choose")), ("↑↓", _("move")), ("q", _("quit"))]
        yield KeyLine(hints, last=())

    @property
    def trust(self) -> TrustplanApp:
        """The app, with its own type."""
        return cast("TrustplanApp", self.app)

    def on_mount(self) -> None:
        """Say where an own book would lie."""
        self._say("")

    def _say(self, note: str) -> None:
        self.query_one("#body", Document).set_lines(
            choice_lines(str(self.trust.launch.address.path), note)
        )

    async def action_close(self) -> None:
        """Leave without making anything."""
        await self.trust.action_quit()

    @on(Document.LineSelected)
    def _choose(self, event: Document.LineSelected) -> None:
        if event.key == "sample":
            behind(self.app, self._sample, "begin", exclusive=True)
        elif event.key == "empty":
            self.app.push_screen(CurrencyDialog(), self._empty)
        elif event.key == "import":
            self._say(how_to_import())

    async def _sample(self) -> None:
        from tui.composition import make_sample_book, sample_launch

        launch = sample_launch(self.trust.today_text)
        loop = asyncio.get_running_loop()

        def progress(what: str, done: int, total: int) -> None:
            words = _("making the sample book: {what} {done} of {total}")
            loop.call_soon_threadsafe(self._say, words.format(what=what, done=done, total=total))

        try:
            if not launch.exists():
                await asyncio.to_thread(make_sample_book, launch, progress)
        except TrustplanError as error:
            self._say(str(error))
            return
        await self.trust.begin(launch)

    def _empty(self, currency: str | None) -> None:
        if currency is not None:
            behind(self.app, partial(self._make_empty, currency), "begin", exclusive=True)

    async def _make_empty(self, currency: str) -> None:
        launch = self.trust.launch
        try:
            await asyncio.to_thread(launch.create, currency=currency)
        except TrustplanError as error:
            self._say(str(error))
            return
        await self.trust.begin(launch)


def choice_lines(path: str, note: str = "") -> list[Line]:
    """What the first screen says; ``path`` is where an own book would lie."""
    lines = [
        Line(),
        Line(((_("There is no book yet. How do you want to begin?"), "strong"),), wrap=True),
        Line(),
        Line((_("Look round in a sample book"),), "sample"),
        Line(("  ", (_("60 made-up accounts, kept apart from yours"), "muted"))),
        Line((_("Start with an empty book"),), "empty"),
        Line(("  ", (path, "muted"))),
        Line((_("How to import my accounts"),), "import"),
        Line(("  ", (_("from a CSV file of your CRM"), "muted"))),
        Line(),
    ]
    return [*lines, *(Line((one,), wrap=True) for one in note.splitlines())]


def how_to_import() -> str:
    """The two commands that read a file."""
    return "\n".join(
        (
            _("Leave with q, then in the shell:"),
            "  trustplan import accounts FILE.csv --dry-run",
            _("shows what would be read. The same without --dry-run reads it into your book."),
        )
    )


class CurrencyDialog(ListDialog[str]):
    """The currency of a new book: one from the list, or a code typed."""

    FIELD = True

    def __init__(self) -> None:
        super().__init__(_("CURRENCY OF THE BOOK"), _("a code such as EUR"))

    def lines(self) -> Iterable[Line]:
        return [Line((code,), code) for code in CURRENCIES]

    def narrowed(self, text: str) -> None:
        typed = text.strip().upper()
        codes = [code for code in CURRENCIES if code.startswith(typed)]
        if typed and typed not in codes:
            codes.append(typed)
        self.document.set_lines(Line((code,), code) for code in codes)
        if codes:
            self.document.move_to_key(codes[0])

    def chosen(self, key: str) -> str | None:
        return key
