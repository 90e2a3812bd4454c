"""Hears what others save while the app is open: a thread with a connection of its own.

It starts when the first frame is up, touches no widget, and sends the app messages only.
"""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from textual.message import Message

from planner.errors import TrustplanError
from tui.store_worker import boundary

if TYPE_CHECKING:
    from planner.views.live import ChangeNote, Place
    from tui.app import TrustplanApp
    from tui.composition import Book, Launch

WAIT_SECONDS = 5.0
STOP_SECONDS = 1.0
"""How long the end of the app waits for the thread, which may be about to connect."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 15.0
"""Seconds between tries to reach a book that is away; each pause is twice the one before."""


class Heard(Message):
    """Changes that were committed, mine among them."""

    def __init__(self, notes: list[ChangeNote]) -> None:
        super().__init__()
        self.notes = notes


class LineMoved(Message):
    """The line to the book broke, or is back; ``why`` says what broke."""

    def __init__(self, up: bool, why: str = "") -> None:
        super().__init__()
        self.up = up
        self.why = why


class Live:
    """The thread that listens for one book. ``start`` and ``stop`` are called once each.

    ``since`` is the place in the changes from which on the app is to hear; after the line was cut
    it goes on from where it was.
    """

    def __init__(self, app: TrustplanApp, launch: Launch, since: Place | None = None) -> None:
        self._app = app
        self._launch = launch
        self._stop = Event()
        self._up = True
        self._since = since
        self._pause = FIRST_PAUSE
        self._thread = Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End; what is waited for now is given up."""
        self._stop.set()

    def join(self) -> None:
        """Wait a moment for the thread to end."""
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with boundary():
                    self._open_and_listen()
            except TrustplanError as error:
                self._moved(False, str(error))
                self._stop.wait(self._pause)
                self._pause = min(LONGEST_PAUSE, 2 * self._pause)

    def _open_and_listen(self) -> None:
        book = self._launch.open(for_writing=False)
        try:
            self._listen(book)
        finally:
            book.close()

    def _listen(self, book: Book) -> None:
        from tui.composition import feed_of, notes_of

        feed = feed_of(book.connection, self._since)
        self._moved(True)
        self._pause = FIRST_PAUSE
        while not self._stop.is_set():
            if feed.wait(WAIT_SECONDS, self._stop):
                ids = feed.take()
                if ids:
                    self._app.post_message(Heard(notes_of(book.connection, ids)))
            self._since = feed.place

    def _moved(self, up: bool, why: str = "") -> None:
        if up != self._up and not self._stop.is_set():
            self._up = up
            self._app.post_message(LineMoved(up, why))
