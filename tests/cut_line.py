"""A line to a server that can be cut and healed: a proxy on the loopback with a thread of its own.

A cut line is silent: nothing comes through either way and no socket is closed, as when a cable is
pulled. What was sent meanwhile arrives when the line is healed, if both ends still hold it.
"""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress
from threading import Condition, Event, Lock, Thread
from types import TracebackType
from typing import Literal, NamedTuple, TypeAlias

from db.address import Address

HOST = "127.0.0.1"
CHUNK = 1 << 16
SEEN = 64
"""How many of the last bytes are kept, to see words that arrive in two parts."""
LONGEST_WAIT = 30.0


Arrives: TypeAlias = Literal["now", "late", "never"]
"""When the words arrive at which the line is cut: before the cut, after the healing, not at all."""


class Trap(NamedTuple):
    """Words of a client at which the line is cut, and when they arrive."""

    words: bytes
    arrives: Arrives


class CutLine:
    """A line to a port of this machine; ``port`` is its near end."""

    def __init__(self, far_port: int) -> None:
        self._far = (HOST, far_port)
        self._near = socket.create_server((HOST, 0))
        self.port: int = self._near.getsockname()[1]
        self._wake, self._waker = socket.socketpair()
        self._lock = Lock()
        self._is_cut = False
        self._trap: Trap | None = None
        self._others: dict[socket.socket, socket.socket] = {}
        self._from_client: dict[socket.socket, bytes] = {}
        self._late: list[tuple[socket.socket, bytes]] = []
        self._ended = False
        self._looks = 0
        self._looked = Condition(self._lock)
        self.was_cut = Event()
        """Set when a trap has cut the line."""
        self._thread = Thread(target=self._run, name="line", daemon=True)
        self._thread.start()

    def __enter__(self) -> CutLine:
        return self

    def __exit__(
        self, _kind: object, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def address(self, straight: Address) -> Address:
        """The address of a book on the server, reached over this line."""
        return Address("postgres", straight.url.replace(f":{self._far[1]}/", f":{self.port}/"))

    def cut(self) -> None:
        """Let nothing through from now on. When this returns, nothing more is on its way."""
        with self._lock:
            self._is_cut = True
            self._wait_for_a_look()

    def cut_at(self, words: bytes, arrives: Arrives) -> None:
        """Cut the line when a client sends words; the answer does not come back."""
        with self._lock:
            self.was_cut.clear()
            self._trap = Trap(words, arrives)

    def heal(self) -> None:
        """Let everything through again, beginning with what waits at either end."""
        with self._lock:
            self._is_cut, self._trap = False, None
            late, self._late = self._late, []
            for server, data in late:
                with suppress(OSError):
                    server.sendall(data)
        self._waker.send(b".")

    def close(self) -> None:
        """End the line and whatever goes over it."""
        self._ended = True
        self._waker.send(b".")
        self._thread.join(LONGEST_WAIT)
        for one in (self._near, self._wake, self._waker, *self._others):
            one.close()

    def _wait_for_a_look(self) -> None:
        looks = self._looks
        self._waker.send(b".")
        if not self._looked.wait_for(lambda: self._looks > looks, LONGEST_WAIT):
            raise RuntimeError("the line does not move")

    def _run(self) -> None:
        while not self._ended:
            with selectors.DefaultSelector() as selector:
                selector.register(self._wake, selectors.EVENT_READ)
                if not self._is_cut:
                    for one in (self._near, *self._others):
                        selector.register(one, selectors.EVENT_READ)
                ready = [key.fileobj for key, _events in selector.select()]
            if self._wake in ready:
                self._wake.recv(CHUNK)
            with self._lock:
                if self._near in ready and not self._is_cut:
                    self._accept()
                for one in [one for one in self._others if one in ready]:
                    if one in self._others and not self._is_cut:
                        self._forward(one)
                self._looks += 1
                self._looked.notify_all()

    def _accept(self) -> None:
        client, _address = self._near.accept()
        try:
            server = socket.create_connection(self._far)
        except OSError:
            client.close()
            return
        self._others[client], self._others[server] = server, client
        self._from_client[client] = b""

    def _forward(self, one: socket.socket) -> None:
        other = self._others[one]
        try:
            data = one.recv(CHUNK)
        except OSError:
            data = b""
        if not data:
            self._hang_up(one, other)
            return
        trapped = self._trapped(one, data)
        if trapped is not None and trapped.arrives == "late":
            self._late.append((other, data))
        elif trapped is None or trapped.arrives == "now":
            try:
                other.sendall(data)
            except OSError:
                self._hang_up(one, other)
        if trapped is not None:
            self._is_cut, self._trap = True, None
            self.was_cut.set()

    def _trapped(self, one: socket.socket, data: bytes) -> Trap | None:
        if one not in self._from_client:
            return None
        seen = self._from_client[one] + data
        self._from_client[one] = seen[-SEEN:]
        return self._trap if self._trap is not None and self._trap.words in seen else None

    def _hang_up(self, *both: socket.socket) -> None:
        for one in both:
            self._others.pop(one, None)
            self._from_client.pop(one, None)
            with suppress(OSError):
                one.close()
