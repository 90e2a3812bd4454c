"""A line is cut where the server is away or is long done with it, not while we work ourselves."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import Any, cast

import pytest

from planner.errors import BookUnavailable, Offline
from tui import line_watch
from tui.line_watch import LineWatch
from tui.store_worker import Side

PATIENCE = 30.0


class Server:
    """What is asked of a server, and what it says; ``looks`` counts the questions."""

    def __init__(self, *answers: object) -> None:
        self.cut_lines: list[object] = []
        self.was_cut = Event()
        self.looked = Event()
        self.looks = 0
        self._answers = answers

    def session_of(self, _connection: object) -> int:
        return 7

    def works_on(self, _book: object, session: int) -> tuple[bool, str]:
        assert session == 7
        answer = self._answers[min(self.looks, len(self._answers) - 1)]
        self.looks += 1
        if self.looks >= 5:
            self.looked.set()
        if isinstance(answer, Exception):
            raise answer
        return cast("tuple[bool, str]", answer)

    def cut(self, connection: object) -> None:
        self.cut_lines.append(connection)
        self.was_cut.set()


class NoBook:
    def close(self) -> None:
        """There is nothing to close."""


def side(name: str) -> Side:
    def reach(reached: Any) -> Any:
        reached(name)
        return NoBook()

    return Side(name, reach)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_watch, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(line_watch, "AGAIN_SECONDS", 0.001)


async def watched(server: Server, until: Event, *, busy: bool) -> list[object]:
    """Work on a side until something happens; the lines that were cut."""
    worker, probe = side("worker"), side("probe")
    watch = LineWatch(cast("Any", server), probe, (worker,) if busy else ())
    await asyncio.wait_for(watch.call(worker, lambda _book: until.wait(PATIENCE)), PATIENCE)
    watch.close()
    for one in (worker, probe):
        one.drop()
        one.end()
    return server.cut_lines


REST = (False, "10:00")


@pytest.mark.parametrize("answers", [(REST,), (Offline("away"),), ((True, "9:59"), REST)])
async def test_a_line_that_the_server_left_is_cut(answers: tuple[object, ...]) -> None:
    server = Server(*answers)
    assert (await watched(server, server.was_cut, busy=False))[0] == "worker"


@pytest.mark.parametrize(
    "answers",
    [
        ((True, "10:00"),),
        (REST, (False, "10:01"), (False, "10:02"), (False, "10:03"), (True, "10:04")),
        (BookUnavailable("refused, so it is there"),),
    ],
)
async def test_a_line_on_which_something_moves_is_not(answers: tuple[object, ...]) -> None:
    server = Server(*answers)
    assert await watched(server, server.looked, busy=False) == []


async def test_a_side_that_works_on_this_machine_may_leave_its_line_at_rest() -> None:
    server = Server(REST)
    assert await watched(server, server.looked, busy=True) == []
    away = Server(REST, REST, Offline("away"))
    assert (await watched(away, away.was_cut, busy=True))[0] == "worker"
