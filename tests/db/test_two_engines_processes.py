"""Sixteen programs on one record, and programs and servers that are killed: on both engines."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import doctor
from db.address import Address
from db.book import Book, create_book
from planner.use_cases.accounts import add_account
from tests import pg_server
from tests.db.book_dump import recomputed, rollup_table
from tests.db.moving import ENGINES, PlaceOn
from tests.db.servers import Databases
from tests.db.test_processes import start
from tests.makers import TODAY, opened

WRITERS, EACH = 16, 25
EACH_UNCHECKED = 5
APP_KILLS, SERVER_KILLS = 40, 8
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}

COUNT = """
import sys
from db.address import parse_address
from db.rows import to_model
from db.tables import ACCOUNT
from planner.errors import Conflict
from planner.use_cases.accounts import change_account
from tests.makers import opened
address, account, name, each, checked = sys.argv[1:]
book = opened(parse_address(address), actor=name)
run = book.connection.run
if checked == "unchecked":
    check = " AND version = :version"
    book.connection.run = lambda sql, params={}: run(sql.replace(check, ""), params)
def read():
    rows = book.connection.maps("SELECT * FROM account WHERE id = :id", {"id": int(account)})
    return to_model(ACCOUNT, rows[0])
print("ready", flush=True)
sys.stdin.readline()
refused = 0
for number in range(int(each)):
    while True:
        seen = read()
        count = int(seen.note.split()[0]) + 1
        try:
            book.run(change_account, seen, note=f"{count} counted by {name} as number {number}")
            break
        except Conflict:
            refused += 1
print(refused, flush=True)
book.close()
"""
WRITE = """
import os, sys
from db.address import parse_address
from planner.errors import Offline
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at, opened
def say(words):
    os.write(1, f"{words}\\n".encode())
def write(address, account, name):
    book = opened(parse_address(address), actor=name)
    for number in range(100_000):
        operation = f"{name} {number}"
        while True:
            try:
                book.run_once(
                    operation, log_touchpoint, account, kind="call", when=at(1), note=operation
                )
                break
            except Offline:
                book.close()
                say("cut")
                sys.stdin.readline()
                book = opened(parse_address(address), actor=name)
        say(operation)
"""
WRITE_ONCE = WRITE + "write(sys.argv[1], int(sys.argv[2]), sys.argv[3])\n"
WRITE_AGAIN = (
    WRITE
    + """
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        write(sys.argv[1], int(sys.argv[2]), line.strip())
    say(pid)
    os.waitpid(pid, 0)
    say("gone")
"""
)


@pytest.fixture(scope="module")
def durable() -> Iterator[pg_server.Server]:
    """A server that keeps what it acknowledged, as one that is used does."""
    with tempfile.TemporaryDirectory(prefix="trustplan-durable-") as folder:
        made = pg_server.start(Path(folder) / "pg", DURABLE)
        yield made
        pg_server.stop(made)


@pytest.fixture
def durable_on(place_on: PlaceOn, request: pytest.FixtureRequest) -> PlaceOn:
    """Gives addresses at which nothing stands and from which nothing gets lost."""

    def new(engine_name: str) -> Address:
        if engine_name == "sqlite":
            return place_on(engine_name)
        return Databases(request.getfixturevalue("durable")).new()

    return new


def book_at(address: Address, note: str = "0") -> tuple[Address, int]:
    """A new book with one account."""
    create_book(address, name="Test", today=TODAY)
    book = opened(address)
    account: int = book.run(add_account, name="Nordic", note=note).result.id
    book.close()
    return address, account


def lines_of(program: subprocess.Popen[str]) -> Iterator[str]:
    assert program.stdout is not None
    for line in program.stdout:
        yield line.rstrip("\n")


def tell(program: subprocess.Popen[str], words: str) -> None:
    assert program.stdin is not None
    program.stdin.write(words + "\n")
    program.stdin.flush()


# -- one record, many programs ------------------------------------------------------------------


def counted(address: Address, account: int, each: int, *, checked: bool) -> tuple[int, int, int]:
    """What sixteen programs that count on one record come to: the count, audit rows, refusals."""
    programs = [
        start(COUNT, address, account, f"writer-{number}", each,
              "checked" if checked else "unchecked", stdin=subprocess.PIPE)
        for number in range(WRITERS)
    ]  # fmt: skip
    for program in programs:
        assert next(lines_of(program), None) == "ready", program.communicate()
    ended = [program.communicate("go\n") for program in _all_told(programs)]
    assert [error for _out, error in ended if error] == []
    book = opened(address, mode="read")
    note = book.connection.one("SELECT note FROM account WHERE id = :id", {"id": account})
    audited = book.connection.one("SELECT COUNT(*) FROM audit_entry WHERE op = 'update'")
    assert note
    assert audited
    assert rollup_table(book.connection) == recomputed(book)
    book.close()
    return int(note[0].split()[0]), int(audited[0]), sum(int(out) for out, _error in ended)


def _all_told(programs: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    for program in programs:
        tell(program, "go")
    return programs


@pytest.mark.parametrize("engine_name", ENGINES)
def test_of_sixteen_programs_that_count_on_one_record_nobody_is_lost(
    place_on: PlaceOn, engine_name: str
) -> None:
    count, audited, refused = counted(*book_at(place_on(engine_name)), EACH, checked=True)
    assert (count, audited) == (WRITERS * EACH, WRITERS * EACH)
    assert refused > 0


@pytest.mark.parametrize("engine_name", ENGINES)
def test_without_the_check_of_the_version_the_same_programs_lose_counts(
    place_on: PlaceOn, engine_name: str
) -> None:
    count, audited, refused = counted(
        *book_at(place_on(engine_name)), EACH_UNCHECKED, checked=False
    )
    assert count < WRITERS * EACH_UNCHECKED
    assert (audited, refused) == (WRITERS * EACH_UNCHECKED, 0)


# -- killed while writing -----------------------------------------------------------------------


def check_kept(address: Address, acknowledged: list[str], most_unheard: int) -> None:
    """Everything acknowledged is in the book once, whole, with its audit; at most so much more."""
    book = opened(address, mode="read")
    notes = [row[0] for row in book.connection.rows("SELECT note FROM touchpoint")]
    assert len(acknowledged) == len(set(acknowledged))
    assert Counter(acknowledged) - Counter(notes) == Counter()
    assert len(notes) == len(set(notes)) <= len(acknowledged) + most_unheard
    assert _audited(book) == sorted(notes)
    assert rollup_table(book.connection) == recomputed(book)
    assert [check for check in doctor.examine(book) if not check.ok and check.id != "disk"] == []
    book.close()


def _audited(book: Book) -> list[str]:
    """The operations whose change has one entry, which is that of a touchpoint in the book."""
    rows = book.connection.rows(
        "SELECT c.op_id, COUNT(e.id), COUNT(t.id) FROM change c"
        " LEFT JOIN audit_entry e ON e.change_id = c.id"
        " LEFT JOIN touchpoint t ON t.id = e.row_id AND t.note = c.op_id"
        " WHERE c.op_id IS NOT NULL GROUP BY c.op_id ORDER BY c.op_id"
    )
    return [op_id for op_id, entries, found in rows if entries == found == 1]


@pytest.mark.parametrize("engine_name", ENGINES)
def test_of_a_program_killed_forty_times_while_writing_nothing_acknowledged_is_lost(
    durable_on: PlaceOn, engine_name: str
) -> None:
    address, account = book_at(durable_on(engine_name))
    program = start(WRITE_AGAIN, address, account, stdin=subprocess.PIPE)
    lines = lines_of(program)
    acknowledged: list[str] = []
    for number in range(APP_KILLS):
        tell(program, f"life-{number}")
        pid = int(next(lines))
        acknowledged.extend(next(lines) for _line in range(1 + number % 7))
        os.kill(pid, signal.SIGKILL)
        for line in lines:
            if line == "gone":
                break
            acknowledged.append(line)
    assert program.communicate() == ("", "")
    assert len(acknowledged) >= APP_KILLS
    check_kept(address, acknowledged, APP_KILLS)


def test_of_a_server_killed_eight_times_nothing_acknowledged_is_lost_or_done_twice(
    durable: pg_server.Server, durable_on: PlaceOn
) -> None:
    address, account = book_at(durable_on("postgres"))
    programs = [
        start(WRITE_ONCE, address, account, f"writer-{number}", stdin=subprocess.PIPE)
        for number in range(2)
    ]
    streams = [lines_of(program) for program in programs]
    acknowledged: list[str] = []
    for number in range(SERVER_KILLS):
        for lines in streams:
            acknowledged.extend(next(lines) for _line in range(3 + 2 * number))
        pg_server.kill(durable)
        for lines in streams:
            acknowledged.extend(iter(lines.__next__, "cut"))
        pg_server.begin(durable)
        for program in programs:
            tell(program, "on")
    for lines in streams:
        acknowledged.extend(next(lines) for _line in range(3))
    for program in programs:
        program.send_signal(signal.SIGKILL)
    for program in programs:
        rest, error = program.communicate()
        acknowledged.extend(rest.split("\n")[:-1])
        assert error == ""
    check_kept(address, acknowledged, len(programs))


def test_the_check_of_what_was_kept_bites(durable_on: PlaceOn) -> None:
    address, _account = book_at(durable_on("sqlite"))
    with pytest.raises(AssertionError):
        check_kept(address, ["never saved"], 40)
