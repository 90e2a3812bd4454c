"""A book moves between engines whole, or not at all."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from db import copying, search, server, sqlite
from db.address import Address
from db.book import Book, create_book
from db.copying import COPIED, Copied, canonical, digest_of
from db.engine import Connection
from db.move import move_book
from db.sample_writer import SCORES_AT, make_sample
from db.schema_number import HEAD
from planner.errors import BookUnavailable, Refused
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.team import add_colleague, change_colleague
from planner.use_cases.touchpoints import log_touchpoint
from tests import pg_server
from tests.db.book_dump import live_rows, recomputed, rollup_table
from tests.db.servers import Databases
from tests.db.test_processes import start
from tests.fakes import NOON, FakeClock
from tests.makers import TODAY, World, at, engine, opened
from tests.strategies import HOSTILE

ENGINES = ("sqlite", "postgres")
NOT_COPIED = re.compile(r"search_index|_sqlite_migrations$|sqlite_|schema_migration$|member$")
"""The index over the words and what engines and migrations keep for themselves."""

SCORED_AT = NOON.replace(hour=SCORES_AT - 1)
"""When a sample book's scores are of, in UTC; its zone is an hour ahead."""

Place = Callable[[str], Address]


def unheard(_table: str, _done: int, _of: int) -> None:
    """Progress that nobody listens to."""


def move(source: Address, target: Address, progress: copying.Progress = unheard) -> list[Copied]:
    book = opened(source, mode="read")
    try:
        return move_book(book.connection, book.address, target, progress)
    finally:
        book.close()


@pytest.fixture
def databases(server: pg_server.Server) -> Iterator[Databases]:
    """A maker of databases that are dropped afterwards."""
    made = Databases(server)
    yield made
    made.drop_all()


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """Gives addresses of an engine at which nothing stands."""
    numbers = iter(range(100))

    def new(engine_name: str) -> Address:
        if engine_name == "sqlite":
            return Address("sqlite", tmp_path / "places" / f"{next(numbers)}.db")
        databases: Databases = request.getfixturevalue("databases")
        return databases.new()

    return new


@contextmanager
def connected(address: Address) -> Iterator[Connection]:
    connection: Connection = (
        server.connect(address) if address.on_server else sqlite.connect(address.path)
    )
    try:
        yield connection
    finally:
        connection.close()


def digests(address: Address) -> list[Copied]:
    with connected(address) as connection:
        return [digest_of(connection, table) for table in COPIED]


def nothing_at(address: Address) -> bool:
    """Whether there is no file and nothing half made, or no table of ours in the database."""
    if not address.on_server:
        folder = address.path.parent
        return not folder.exists() or list(folder.iterdir()) == []
    with connected(address) as connection:
        found = connection.one("SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'trustplan'")
    return found == (0,)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample book of sixty accounts, to be copied."""
    address = Address("sqlite", tmp_path_factory.mktemp("sample") / "sample.db")
    make_sample(
        address, today=TODAY, accounts=60, touchpoints=None, complaints=None, seed=3,
        progress=unheard,
    )  # fmt: skip
    return address.path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Address:
    """A sample book of sixty accounts."""
    return Address("sqlite", Path(shutil.copy(sample_file, tmp_path / "sample.db")))


def check_book(address: Address) -> dict[str, Any]:
    """Opens a book, checks what is derived against its facts, and gives its live rows."""
    book = opened(address, mode="read")
    if book.settings.sample:
        book.clock = FakeClock(SCORED_AT)
    try:
        assert rollup_table(book.connection) == recomputed(book)
        return live_rows(book.connection)
    finally:
        book.close()


# -- there and back -----------------------------------------------------------------------------


def test_a_filled_book_comes_back_from_a_server_as_it_was(filled: Book, place: Place) -> None:
    filled.run_once("operation-1", add_account, name="Third")
    there, back = place("postgres"), place("sqlite")
    up = move(filled.address, there)
    assert up == digests(filled.address) == digests(there)
    assert all(one.rows for one in up)
    assert move(there, back) == up == digests(back)
    rows = check_book(filled.address)
    assert check_book(there) == rows
    assert check_book(back) == rows
    for address in (there, back):
        again = opened(address)
        saved = again.saved_operation("operation-1")
        assert saved is not None
        assert saved == filled.saved_operation("operation-1")
        again.run_once("operation-1", add_account, name="Third")
        assert digests(address) == up
        again.close()


@pytest.mark.parametrize("ways", [("postgres", "sqlite"), ("sqlite",), ("postgres", "postgres")])
def test_a_sample_book_moves_with_everything_that_is_derived(
    sample: Address, place: Place, ways: tuple[str, ...]
) -> None:
    was = digests(sample)
    rows = check_book(sample)
    came_from = sample
    for engine_name in ways:
        target = place(engine_name)
        assert move(came_from, target) == was == digests(target)
        assert check_book(target) == rows
        came_from = target
    assert digests(sample) == was


def test_hostile_texts_arrive_sign_for_sign_and_are_found(book: Book, place: Place) -> None:
    for text in HOSTILE:
        account = book.run(add_account, name=f"x {text}", note=text, extra={text: text}).result
        book.run(log_touchpoint, account.id, kind="call", when=at(1), note=text)
    there, back = place("postgres"), place("sqlite")
    up = move(book.address, there)
    assert move(there, back) == up == digests(book.address)
    assert live_rows(book.connection) == check_book(back) == check_book(there)
    wanted = search.find(book.connection, "x istanbul", 10)
    assert wanted
    for address in (there, back):
        with connected(address) as connection:
            assert search.find(connection, "x istanbul", 10) == wanted


@pytest.mark.parametrize("to", ENGINES)
def test_a_record_may_refer_to_one_that_comes_after_it(book: Book, place: Place, to: str) -> None:
    child = book.run(add_account, name="Child").result
    parent = book.run(add_account, name="Parent").result
    book.run(change_account, child, parent_id=parent.id)
    away = book.run(add_colleague, name="Ann", function="sales").result
    cover = book.run(add_colleague, name="Bob", function="sales").result
    book.run(change_colleague, away, cover_id=cover.id)
    assert child.id < parent.id
    assert away.id < cover.id
    target = place(to)
    assert move(book.address, target) == digests(book.address)


@pytest.mark.parametrize("engine_name", ENGINES)
def test_every_table_of_the_schema_is_copied_or_named_as_an_engines_own(
    place: Place, engine_name: str
) -> None:
    address = place(engine_name)
    create_book(address, name="Test", today=TODAY)
    listed = {
        "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
        "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'trustplan'",
    }
    with connected(address) as connection:
        tables = {row[0] for row in connection.rows(listed[engine_name])}
    assert {name for name in tables if not NOT_COPIED.match(name)} == set(COPIED)
    assert len(COPIED) == len(set(COPIED))


def test_a_moved_book_is_written_on_and_ids_go_on_rising(
    filled: Book, world: World, place: Place
) -> None:
    there = place("postgres")
    move(filled.address, there)
    book = opened(there)
    newest = book.connection.one("SELECT MAX(id) FROM change")
    done = book.run(change_account, book_account(book, world.account), name="Renamed Oy")
    assert newest
    assert done.change_id is not None
    assert done.change_id > newest[0]
    assert rollup_table(book.connection) == recomputed(book)
    book.close()


def book_account(book: Book, account_id: int) -> Any:
    found: list[Any] = []
    book.run(lookup, account_id, found)
    return found[0]


def lookup(uow: Any, account_id: int, found: list[Any]) -> None:
    found.append(uow.accounts.get(account_id))


@pytest.mark.parametrize("engine_name", ENGINES)
def test_what_others_save_while_a_book_moves_is_not_half_in_it(
    sample: Address, place: Place, engine_name: str
) -> None:
    source = place(engine_name)
    move(sample, source)
    was = digests(source)
    other = opened(source)
    said: list[int] = []

    def meanwhile(_table: str, _done: int, _of: int) -> None:
        if len(said) < 3:
            said.append(other.run(add_account, name=f"Late {len(said)}").result.id)

    assert move(source, place("sqlite"), meanwhile) == was
    assert len(said) == 3
    assert digests(source) != was
    other.close()


def test_progress_only_rises_and_ends_with_every_row(sample: Address, place: Place) -> None:
    told: list[tuple[int, int]] = []
    tables = move(sample, place("postgres"), lambda _table, done, of: told.append((done, of)))
    steps = [done for done, _of in told]
    rows = sum(one.rows for one in tables)
    assert steps == sorted(steps)
    assert steps[-1] == rows
    assert {of for _done, of in told} == {rows}
    assert len(set(steps)) > 20


# -- digests ------------------------------------------------------------------------------------


def test_rows_that_differ_in_a_value_or_its_kind_have_different_texts() -> None:
    rows: list[tuple[Any, ...]] = [
        (1,), ("1",), (1.0,), (None,), ("",), ("n;",), ("a", "bc"), ("ab", "c"), ("a;", "bc"),
        ("i1;",), (0.1,), (0.1 + 2**-55,), (1, None), (None, 1), ("é",), ("e\u0301",),
    ]  # fmt: skip
    assert len({canonical(row) for row in rows}) == len(rows)
    assert canonical((-0.0,)) == canonical((0.0,))


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_digest_takes_in_every_column_of_every_row(
    filled: Book, place: Place, engine_name: str
) -> None:
    address = place(engine_name)
    move(filled.address, address)
    with connected(address) as connection:
        was = digest_of(connection, "account")
        for changed in ("note = 'x'", "version = 99", "archived_at = 'x'", "team = 'North'"):
            connection.begin()
            last = "WHERE id = (SELECT MAX(id) FROM account)"
            connection.run(f"UPDATE account SET {changed} {last}")
            assert digest_of(connection, "account").digest != was.digest
            connection.rollback()
        assert digest_of(connection, "account") == was


@pytest.mark.parametrize("to", ENGINES)
def test_a_row_that_arrives_changed_is_noticed_and_nothing_is_kept(
    sample: Address, place: Place, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = copying._write

    def careless(target: Connection, table: str, columns: Any, rows: Any) -> None:
        if table == "touchpoint":
            at_note = columns.index("note")
            first = rows[0]
            rows = [(*first[:at_note], first[at_note] + " ", *first[at_note + 1 :]), *rows[1:]]
        write(target, table, columns, rows)

    monkeypatch.setattr(copying, "_write", careless)
    target = place(to)
    with pytest.raises(BookUnavailable, match="copy of the table touchpoint differs"):
        move(sample, target)
    assert nothing_at(target)


# -- failures -----------------------------------------------------------------------------------


def fail_after(batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write = copying._write
    left = iter(range(batches))

    def failing(*args: Any) -> None:
        if next(left, None) is None:
            raise BookUnavailable("the disk is full")
        write(*args)

    monkeypatch.setattr(copying, "_write", failing)


@pytest.mark.parametrize("to", ENGINES)
@pytest.mark.parametrize("batches", [0, 1, 15, 30])
def test_a_failure_on_the_way_leaves_nothing_where_nothing_was(
    sample: Address, place: Place, to: str, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place(to)
    with monkeypatch.context() as patch:
        fail_after(batches, patch)
        with pytest.raises(BookUnavailable, match="the disk is full"):
            move(sample, target)
    assert nothing_at(target)
    assert move(sample, target) == digests(sample)


@pytest.mark.parametrize("to", ENGINES)
def test_a_failure_on_the_way_leaves_a_new_book_as_new_as_it_was(
    sample: Address, place: Place, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place(to)
    create_book(target, name="New", today=TODAY)
    was = digests(target)
    fail_after(20, monkeypatch)
    with pytest.raises(BookUnavailable, match="the disk is full"):
        move(sample, target)
    assert digests(target) == was


MOVE = """
import sys
from db.address import parse_address
from db.move import move_book
from tests.makers import opened
book = opened(parse_address(sys.argv[1]), mode="read")
def progress(table, done, of):
    print(done, of, flush=True)
    if done >= of // 2:
        sys.stdin.readline()
move_book(book.connection, book.address, parse_address(sys.argv[2]), progress)
"""


@pytest.mark.parametrize("to", ENGINES)
def test_a_program_that_is_killed_at_half_leaves_no_book_and_no_row(
    sample: Address, place: Place, to: str
) -> None:
    target = place(to)
    mover = start(MOVE, sample, target, stdin=subprocess.PIPE)
    assert mover.stdout is not None
    for line in mover.stdout:
        done, of = map(int, line.split())
        if done >= of // 2:
            break
    mover.send_signal(signal.SIGKILL)
    mover.communicate()
    assert of // 2 <= done < of
    if target.on_server:
        with connected(target) as connection:
            connection.begin()  # waits until the server has given the killed one up
            connection.rollback()
        assert nothing_at(target)
    else:
        assert not target.path.exists()
    assert move(sample, target) == digests(sample)


# -- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ENGINES)
def test_a_book_that_was_just_made_is_replaced_with_its_settings(
    filled: Book, place: Place, to: str
) -> None:
    target = place(to)
    create_book(target, name="Made by init", zone="Europe/Helsinki", currency="USD", today=TODAY)
    assert move(filled.address, target) == digests(filled.address)
    book = opened(target, mode="read")
    assert (book.settings.name, book.settings.currency) == ("Test", "EUR")
    book.close()


@pytest.mark.parametrize("to", ENGINES)
def test_a_target_that_holds_anything_is_refused_and_stays_as_it_was(
    filled: Book, place: Place, to: str
) -> None:
    target = place(to)
    create_book(target, name="New", today=TODAY)
    other = opened(target)
    other.run(add_colleague, name="Eve", function="sales")
    other.close()
    was = digests(target)
    with pytest.raises(Refused, match=r"There is something in the book at .* colleague"):
        move(filled.address, target)
    assert digests(target) == was


@pytest.mark.parametrize("to", ENGINES)
def test_a_second_move_to_the_same_place_is_refused(filled: Book, place: Place, to: str) -> None:
    target = place(to)
    moved = move(filled.address, target)
    with pytest.raises(Refused, match="something in the book"):
        move(filled.address, target)
    assert digests(target) == moved


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_book_is_not_moved_to_itself_by_whatever_name(place: Place, engine_name: str) -> None:
    address = place(engine_name)
    create_book(address, name="New", today=TODAY)
    was = digests(address)
    if address.on_server:
        other_name = Address("postgres", address.url.replace("127.0.0.1", "localhost"))
    else:
        other_name = Address("sqlite", address.path.parent / ".." / "places" / address.path.name)
    for same in (address, other_name):
        with pytest.raises(Refused, match="is the book itself"):
            move(address, same)
    assert digests(address) == was


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_database_of_another_program_is_refused(
    filled: Book, place: Place, engine_name: str
) -> None:
    address = place(engine_name)
    if address.on_server:
        with connected(address) as connection:
            connection.run("CREATE TABLE public.theirs (a TEXT)")
    else:
        address.path.parent.mkdir()
        address.path.write_bytes(b"SQLite format 3\x00" + bytes(200))
    with pytest.raises(BookUnavailable, match="of another program"):
        move(filled.address, address)
    assert address.on_server is nothing_at(address)


def test_a_folder_and_a_book_that_may_not_be_written_are_refused(
    filled: Book, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place("sqlite")
    with pytest.raises(BookUnavailable, match="is a folder"):
        move(filled.address, Address("sqlite", filled.address.path.parent))
    create_book(target, name="New", today=TODAY)
    was = digests(target)
    monkeypatch.setattr(sqlite, "writable", lambda path: path != target.path)
    with pytest.raises(BookUnavailable, match=r"is read-only\. Nothing was moved"):
        move(filled.address, target)
    assert digests(target) == was


def test_a_new_book_of_an_older_version_is_refused_before_anything_is_done(
    filled: Book, place: Place
) -> None:
    target = place("sqlite")
    create_book(target, name="New", today=TODAY)
    with connected(target) as connection:
        connection.run(f"PRAGMA user_version={HEAD - 1}")
    with pytest.raises(Refused, match="of an older version"):
        move(filled.address, target)


def test_who_does_not_own_the_book_on_the_server_moves_nothing_there(
    filled: Book, place: Place, databases: Databases
) -> None:
    target = place("postgres")
    create_book(target, name="New", today=TODAY)
    was = digests(target)
    login = f"m{target.url.rpartition('/')[2]}"
    databases.execute(f"CREATE ROLE {login} LOGIN")
    try:
        with connected(target) as connection:
            connection.run(f"GRANT USAGE ON SCHEMA trustplan TO {login}")
            connection.run(
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA trustplan TO {login}"
            )
        theirs = Address("postgres", target.url.replace("postgres@", f"{login}@"))
        with pytest.raises(Refused, match="by the owner of the book there"):
            move(filled.address, theirs)
        assert digests(target) == was
    finally:
        databases.drop_all()
        databases.execute(f"DROP ROLE {login}")


def test_an_owner_who_is_a_member_too_is_not_written_in_as_who_did_everything(
    filled: Book, place: Place
) -> None:
    target = place("postgres")
    create_book(target, name="New", today=TODAY)
    with connected(target) as connection:
        connection.run("INSERT INTO member VALUES ('postgres', 'Owner', 'admin', 'North')")
    assert move(filled.address, target) == digests(filled.address)
    book = opened(target)
    book.run(add_account, name="Fresh")
    actors = {row[0] for row in book.connection.rows("SELECT DISTINCT actor FROM change")}
    teams = book.connection.rows("SELECT team FROM account ORDER BY id")
    assert actors == {"Ann", "Owner"}
    assert teams[-1] == ("North",)
    assert set(teams[:-1]) == {(None,)}
    book.close()


# -- ten thousand accounts ----------------------------------------------------------------------


@pytest.mark.campaign
def test_ten_thousand_accounts_go_up_and_come_back_with_equal_digests(
    tmp_path: Path, place: Place, record_property: Callable[[str, object], None]
) -> None:
    import resource
    import time

    source = Address("sqlite", tmp_path / "big.db")
    make_sample(
        source, today=TODAY, accounts=10_000, touchpoints=None, complaints=None, seed=5,
        progress=unheard,
    )  # fmt: skip
    there, back = place("postgres"), place("sqlite")
    begun = time.monotonic()
    up = move(source, there)
    at_the_top = time.monotonic()
    assert move(there, back) == up
    ended = time.monotonic()
    assert digests(back) == up == digests(source)
    assert sum(one.rows for one in up if one.table == "account") == 10_000
    shutil.rmtree(back.path.parent)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    record_property(
        "figure",
        f"move of 10,000 accounts, {sum(one.rows for one in up)} rows: up"
        f" {at_the_top - begun:.0f} s, back {ended - at_the_top:.0f} s, equal digests,"
        f" at most {memory} MiB",
    )


def test_the_check_of_a_file_finds_nothing_wrong_with_a_moved_book(
    sample: Address, place: Place
) -> None:
    there, back = place("postgres"), place("sqlite")
    move(sample, there)
    move(there, back)
    book = opened(back)
    assert engine(book).raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert engine(book).raw.execute("PRAGMA foreign_key_check").fetchall() == []
    book.close()
