"""A line that is cut in mid-save: what was saved is known afterwards, and is saved exactly once."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from db import line_check
from db import server as reaching
from db.address import Address
from db.book import Book, create_book
from db.engine import Mode
from db.outbox import Outbox
from db.replay import replay
from planner.errors import Offline, SaveUnknown
from planner.queued import Waiting, encode
from planner.use_cases.accounts import add_account
from tests.cut_line import HOST, Arrives, CutLine
from tests.db.servers import Databases
from tests.makers import TODAY, World, at, fill, opened
from tests.pg_server import Server

PATIENCE = 30.0


@pytest.fixture
def line(server: Server) -> Iterator[CutLine]:
    """A line to the server that can be cut."""
    with CutLine(server.port) as made:
        yield made


@pytest.fixture
def ends() -> Iterator[tuple[CutLine, socket.socket, socket.socket]]:
    """A line with a client and a server at its ends."""
    with (
        socket.create_server((HOST, 0)) as server,
        CutLine(server.getsockname()[1]) as made,
        socket.create_connection((HOST, made.port)) as client,
    ):
        far, _address = server.accept()
        with far:
            yield made, client, far


@pytest.fixture
def straight(databases: Databases) -> Address:
    """An empty book, reached without that line."""
    made = databases.new()
    create_book(made, name="Test", today=TODAY)
    return made


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    """What waits for a book on this machine."""
    return Outbox(tmp_path / "state", "postgresql://ann@host/book")


def filled(address: Address) -> World:
    book = opened(address)
    try:
        return fill(book)
    finally:
        book.close()


def nothing_came(far: socket.socket) -> bool:
    """Whether there is nothing to be read now."""
    far.setblocking(False)
    try:
        far.recv(10)
    except BlockingIOError:
        return True
    finally:
        far.setblocking(True)
    return False


def end_when_cut(line: CutLine, book: Book) -> Thread:
    """Do what the app does about a line that is silent, as soon as it is."""

    def end() -> None:
        if line.was_cut.wait(PATIENCE):
            line_check.cut(book.connection)

    thread = Thread(target=end)
    thread.start()
    return thread


def names(address: Address) -> list[str]:
    book = opened(address)
    try:
        return [row[0] for row in book.connection.rows("SELECT name FROM account ORDER BY name")]
    finally:
        book.close()


def test_what_is_sent_over_a_cut_line_arrives_when_it_is_healed(
    ends: tuple[CutLine, socket.socket, socket.socket],
) -> None:
    line, client, far = ends
    client.sendall(b"one")
    assert far.recv(10) == b"one"
    line.cut()
    client.sendall(b"two")
    far.sendall(b"back")
    assert nothing_came(far)
    line.heal()
    assert client.recv(10) == b"back"
    assert far.recv(10) == b"two"


@pytest.mark.parametrize("arrives", ["now", "late", "never"])
def test_words_cut_the_line_and_arrive_when_they_should(
    ends: tuple[CutLine, socket.socket, socket.socket], arrives: Arrives
) -> None:
    line, client, far = ends
    line.cut_at(b"COMMIT", arrives)
    client.sendall(b"COM")
    assert far.recv(10) == b"COM"
    client.sendall(b"MIT")
    assert line.was_cut.wait(PATIENCE)
    if arrives == "now":
        assert far.recv(10) == b"MIT"
    assert nothing_came(far)
    line.heal()
    client.sendall(b";")
    assert far.recv(3 if arrives == "late" else 1) == (b"MIT" if arrives == "late" else b";")


@pytest.mark.parametrize("arrives", ["now", "late", "never"])
def test_a_save_whose_answer_is_lost_is_known_afterwards_and_done_once(
    straight: Address, line: CutLine, arrives: Arrives
) -> None:
    book = opened(line.address(straight))
    line.cut_at(b"COMMIT", arrives)
    ender = end_when_cut(line, book)
    with pytest.raises(SaveUnknown):
        book.run_once("one", add_account, name="Nordic Foods")
    ender.join()
    book.close()
    assert names(straight) == (["Nordic Foods"] if arrives == "now" else [])
    line.heal()
    again = opened(line.address(straight))
    done = again.run_once("one", add_account, name="Nordic Foods")
    assert (done.result is None) == (arrives != "never")
    assert again.run_once("one", add_account, name="Nordic Foods").result is None
    again.close()
    assert names(straight) == ["Nordic Foods"]


def test_a_save_that_is_cut_before_its_end_is_not_saved_and_holds_nobody_up(
    straight: Address, line: CutLine
) -> None:
    book = opened(line.address(straight))
    line.cut_at(b"INSERT INTO account", "now")
    ender = end_when_cut(line, book)
    with pytest.raises(Offline) as caught:
        book.run_once("one", add_account, name="Nordic Foods")
    ender.join()
    book.close()
    assert not isinstance(caught.value, SaveUnknown)
    line.heal()
    other = opened(straight)
    assert other.saved_operation("one") is None
    other.run(add_account, name="Atlas Dental")
    other.close()
    assert names(straight) == ["Atlas Dental"]


def test_a_writer_who_is_cut_off_before_the_end_holds_nobody_up_for_long(
    straight: Address, line: CutLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "IDLE_WRITER", "500ms")
    book = opened(line.address(straight))
    line.cut_at(b"INSERT INTO account", "now")
    ender = end_when_cut(line, book)
    with pytest.raises(Offline):
        book.run_once("one", add_account, name="Nordic Foods")
    ender.join()
    other = opened(straight)
    other.run(add_account, name="Atlas Dental")
    other.close()
    assert names(straight) == ["Atlas Dental"]


def test_both_ends_look_for_a_cut_and_only_a_writer_has_to_go_on(straight: Address) -> None:
    limits: tuple[tuple[Mode, str], ...] = (("read", "0"), ("write", "1min"))
    for mode, limit in limits:
        book = opened(straight, mode=mode)
        found = {
            name: book.connection.one(f"SHOW {name}")
            for name in (*reaching.SERVER_SIDE, "idle_in_transaction_session_timeout")
        }
        book.close()
        assert found == {
            "tcp_keepalives_idle": ("5",),
            "tcp_keepalives_interval": ("2",),
            "tcp_keepalives_count": ("2",),
            "tcp_user_timeout": ("5000",),
            "idle_in_transaction_session_timeout": (limit,),
        }


@pytest.mark.parametrize("arrives", ["now", "late", "never"])
def test_what_waits_is_saved_once_though_the_line_is_cut_while_it_is_saved(
    straight: Address, line: CutLine, outbox: Outbox, arrives: Arrives
) -> None:
    world = filled(straight)
    for number in range(3):
        arguments = encode(
            (world.account,), {"kind": "call", "when": at(0, 9), "note": f"{number}"}
        )
        outbox.put(
            Waiting(f"op{number}", "2026-03-11T12:00:00Z", "log_touchpoint", arguments, "Ann")
        )
    book = opened(line.address(straight))
    line.cut_at(b"COMMIT", arrives)
    ender = end_when_cut(line, book)
    with pytest.raises(SaveUnknown):
        replay(book, outbox)
    ender.join()
    book.close()
    assert outbox.count() == 3
    line.heal()
    again = opened(line.address(straight))
    assert replay(again, outbox) == (3, [])
    saved = "SELECT note FROM touchpoint WHERE note IN ('0', '1', '2') ORDER BY id"
    assert again.connection.rows(saved) == [("0",), ("1",), ("2",)]
    changes = "SELECT op_id FROM change WHERE op_id IS NOT NULL ORDER BY id"
    assert again.connection.rows(changes) == [("op0",), ("op1",), ("op2",)]
    again.close()
