"""What only the PostgreSQL engine does: its schema, its turns, its triggers, its refusals."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import migrations, postgres
from db.address import Address
from db.book import Book, create_book, make_at
from db.copying import COPIED
from db.postgres import PostgresConnection, translate, typed
from db.schema_number import HEAD
from db.server_errors import cut_off
from planner.errors import BookUnavailable, Conflict, Offline, Refused, SaveUnknown
from planner.use_cases.accounts import add_account, change_account
from tests import pg_server
from tests.db.servers import Databases, name_of
from tests.db.test_processes import start
from tests.fakes import FakeClock
from tests.makers import TODAY, World, engine, fill, new_book, opened


@pytest.fixture
def place(databases: Databases) -> Address:
    """The address of a server's book with nothing in it."""
    address = databases.new()
    create_book(address, name="Test", today=TODAY)
    return address


@pytest.fixture
def shared(place: Address, clock: FakeClock) -> Iterator[Book]:
    """A server's book, open as its owner."""
    book = opened(place, clock)
    yield book
    book.close()


def there(book: Book) -> PostgresConnection:
    """The book's connection, known to be PostgreSQL's."""
    assert isinstance(book.connection, PostgresConnection)
    return book.connection


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [
        ("a = :one AND b = :two_2", "a = %(one)s AND b = %(two_2)s"),
        ("a LIKE '%:x%' AND b = :x", "a LIKE '%%:x%%' AND b = %(x)s"),
        ("a = 'it''s :x' || :x", "a = 'it''s :x' || %(x)s"),
        ("a LIKE :p ESCAPE '\\'", "a LIKE %(p)s ESCAPE '\\'"),
        ("CAST(a AS text)::text % 3", "CAST(a AS text)::text %% 3"),
    ],
)
def test_named_parameters_are_translated_and_literals_are_not(sql: str, wanted: str) -> None:
    assert translate(sql) == wanted


def test_types_are_the_engines_own_and_other_statements_stay() -> None:
    made = typed("CREATE TABLE a (n INTEGER REFERENCES b(id), r REAL, t TEXT NOT NULL)")
    assert made == (
        "CREATE TABLE a (n BIGINT REFERENCES b(id) DEFERRABLE, r DOUBLE PRECISION,"
        ' t TEXT COLLATE "C" NOT NULL)'
    )
    assert typed("CREATE INDEX i ON a(t)") == "CREATE INDEX i ON a(t)"


SHARED_ONLY = {"change": {"xid"}}
KINDS = {"bigint": "INTEGER", "double precision": "REAL", "text": "TEXT"}


def test_both_engines_have_the_same_tables_and_columns(shared: Book, tmp_path: Path) -> None:
    file = new_book(tmp_path)
    for name in COPIED:
        on_file = [
            (row[1], row[2], bool(row[3]) or bool(row[5]))
            for row in engine(file).raw.execute(f"PRAGMA table_info({name})")
        ]
        on_server = [
            (row[0], KINDS.get(row[1], row[1]), row[2] == "NO")
            for row in shared.connection.rows(
                "SELECT column_name, data_type, is_nullable FROM information_schema.columns"
                " WHERE table_schema = 'trustplan' AND table_name = :name"
                " ORDER BY ordinal_position",
                {"name": name},
            )
            if row[0] not in SHARED_ONLY.get(name, ())
        ]
        assert on_server == on_file, name
    file.close()


def test_both_engines_have_the_same_indexes_and_references(shared: Book, tmp_path: Path) -> None:
    file = new_book(tmp_path)
    mine = {
        row[0]
        for row in file.connection.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name NOT LIKE '!_%' ESCAPE '!'"
        )
    }
    theirs = {
        row[0]
        for row in shared.connection.rows(
            "SELECT indexname FROM pg_indexes WHERE schemaname = 'trustplan'"
            " AND indexname NOT LIKE '%!_pkey' ESCAPE '!'"
        )
    }
    assert theirs - mine == {
        "change_xid", "search_complaints", "search_newest", "search_notes",
    }  # fmt: skip
    assert mine <= theirs
    on_file = sum(
        len(engine(file).raw.execute(f"PRAGMA foreign_key_list({name})").fetchall())
        for name in COPIED
    )
    (on_server,) = shared.connection.rows(
        "SELECT COUNT(*) FROM pg_constraint c WHERE c.contype = 'f'"
    )
    assert on_server[0] == on_file > 30
    file.close()


def test_text_sorts_by_code_point_whatever_the_database_says(shared: Book) -> None:
    rows = shared.connection.rows(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'trustplan'"
        " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
        " AND table_name NOT IN ('member', 'schema_migration')"
    )
    assert rows == []


@pytest.mark.parametrize("table", ["change", "audit_entry"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}", "TRUNCATE {table} CASCADE"]
)
def test_the_audit_is_append_only_for_its_owner_too(
    shared: Book, table: str, statement: str
) -> None:
    import psycopg

    shared.run(add_account, name="Nordic")
    before = shared.connection.rows(f"SELECT * FROM {table}")
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        there(shared).raw.execute(statement.format(table=table).encode())
    assert shared.connection.rows(f"SELECT * FROM {table}") == before


def test_two_clients_that_bring_a_book_up_to_date_both_open_it(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = migrations.postgres_statements()[:1]
    address = databases.new()
    monkeypatch.setattr(migrations, "postgres_statements", lambda: first)
    create_book(address, name="First", today=TODAY)
    monkeypatch.undo()
    code = (
        "import sys; from db.address import Address; from tests.makers import opened;"
        "b = opened(Address('postgres', sys.argv[1])); print(b.settings.name)"
    )
    both = [start(code, address.url) for _number in range(2)]
    assert [one.communicate() for one in both] == [("First\n", "")] * 2
    book = opened(address)
    numbers = book.connection.rows("SELECT number FROM schema_migration ORDER BY number")
    assert numbers == [(number,) for number in range(1, HEAD + 1)]
    listed = (
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'trustplan' ORDER BY table_name, ordinal_position"
    )
    new = databases.new()
    create_book(new, name="New", today=TODAY)
    fresh = opened(new)
    assert book.connection.rows(listed) == fresh.connection.rows(listed)
    book.close()
    fresh.close()


def test_an_upgrade_that_fails_leaves_the_book_as_it_was(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    good = migrations.postgres_statements()
    address = databases.new()
    monkeypatch.setattr(migrations, "postgres_statements", lambda: good[:1])
    create_book(address, name="First", today=TODAY)
    broken = (*good[:-1], (good[-1][0], (*good[-1][1], "CREATE TABLE change (id BIGINT)")))
    monkeypatch.setattr(migrations, "postgres_statements", lambda: broken)
    with pytest.raises(psycopg.errors.DuplicateTable):
        opened(address)
    monkeypatch.undo()
    book = opened(address)
    assert book.settings.name == "First"
    book.close()


def test_of_two_books_in_one_database_the_second_is_refused(place: Address) -> None:
    with pytest.raises(BookUnavailable, match="There is a book in this database already"):
        create_book(place, name="Again", today=TODAY)


def test_a_database_of_another_program_stays_as_it_is(databases: Databases) -> None:
    address = databases.new()
    databases.execute("CREATE TABLE theirs (id INTEGER)", name_of(address))
    with pytest.raises(BookUnavailable, match="of another program"):
        create_book(address, name="Test", today=TODAY)
    with pytest.raises(BookUnavailable, match="of another program"):
        opened(address)


def test_a_book_that_cannot_be_filled_leaves_an_empty_database(databases: Databases) -> None:
    def fail(_connection: object) -> None:
        raise ZeroDivisionError

    address = databases.new()
    with pytest.raises(ZeroDivisionError):
        make_at(address, fail)
    with pytest.raises(BookUnavailable, match="There is no book at"):
        opened(address)
    create_book(address, name="Test", today=TODAY)
    opened(address).close()


def test_a_book_of_a_newer_version_is_refused(databases: Databases, place: Address) -> None:
    databases.execute(
        "INSERT INTO trustplan.schema_migration (number, name) VALUES (99, 'x')", name_of(place)
    )
    with pytest.raises(BookUnavailable, match="newer version"):
        opened(place)


def test_writers_take_turns_and_one_that_waits_too_long_is_told(
    shared: Book, place: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = opened(place)
    monkeypatch.setattr(postgres, "LOCK_TIMEOUT", "50ms")
    shared.connection.begin()
    with pytest.raises(BookUnavailable, match="Another program is writing"):
        other.run(add_account, name="Late")
    shared.connection.rollback()
    assert other.run(add_account, name="Late").change_id
    other.close()


def test_a_reader_never_waits_for_a_writer_and_never_writes(place: Address, shared: Book) -> None:
    reader = opened(place, mode="read")
    shared.connection.begin()
    shared.connection.run("UPDATE setting SET value = 'half' WHERE key = 'name'")
    assert reader.queries().settings()["name"] == "Test"
    shared.connection.rollback()
    with pytest.raises(BookUnavailable, match="read-only"):
        reader.connection.run("UPDATE setting SET value = 'x'")
    with pytest.raises(BookUnavailable, match="read-only"):
        reader.run(add_account, name="x")
    reader.close()


def test_reading_can_be_stopped_from_another_thread(shared: Book) -> None:
    from db.engine import Interrupted

    stopper = threading.Timer(0.2, shared.interrupt)
    stopper.start()
    with pytest.raises(Interrupted):
        shared.connection.rows("SELECT pg_sleep(30)")
    stopper.join()
    assert shared.connection.one("SELECT 1") == (1,)


def test_a_stop_that_arrives_late_stops_no_other_statement(
    shared: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = there(shared).raw
    cancel, asked, arrives = raw.cancel_safe, threading.Event(), threading.Event()

    def late(**options: float) -> None:
        asked.set()
        arrives.wait(30)
        cancel(**options)

    def stop() -> None:
        while not asked.is_set():
            shared.interrupt()

    monkeypatch.setattr(raw, "cancel_safe", late)
    stopper = threading.Thread(target=stop)
    stopper.start()
    while not asked.is_set():
        shared.connection.rows("SELECT pg_sleep(0.05)")
    stopper.join()
    threading.Timer(0.2, arrives.set).start()
    assert shared.connection.rows("SELECT 1 FROM pg_sleep(0.6)") == [(1,)]


def test_an_interrupt_without_a_statement_stops_nothing(shared: Book) -> None:
    shared.interrupt()
    assert shared.connection.one("SELECT 1") == (1,)


def test_a_reference_to_nothing_is_refused_and_keeps_nothing(shared: Book) -> None:
    account = shared.run(add_account, name="Nordic").result.id
    with pytest.raises(Refused, match="not in the book"):
        shared.run(change_account, account, owner_id=7)
    assert shared.connection.rows("SELECT owner_id FROM account") == [(None,)]


def test_a_connection_that_the_server_ends_is_a_cut_line(
    shared: Book, databases: Databases
) -> None:
    databases.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        f"'{name_of(shared.address)}'"
    )
    with pytest.raises(Offline, match="The line to the server is cut"):
        shared.run(add_account, name="Lost")


def test_a_commit_whose_answer_is_lost_is_unknown_and_recognised_afterwards(
    shared: Book, place: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = there(shared)
    real = connection._simple

    def commit_and_cut(sql: str) -> None:
        real(sql)
        if sql == "COMMIT":
            connection.raw.close()
            raise cut_off()

    monkeypatch.setattr(connection, "_simple", commit_and_cut)
    with pytest.raises(SaveUnknown, match="known when the line is back"):
        shared.run_once("op-1", add_account, name="Nordic")
    again = opened(place)
    saved = again.saved_operation("op-1")
    assert saved is not None
    assert saved.summary == "added account Nordic"
    repeated = again.run_once("op-1", add_account, name="Nordic")
    assert (repeated.result, repeated.change_id) == (None, saved.change_id)
    assert again.connection.rows("SELECT name FROM account") == [("Nordic",)]
    assert again.saved_operation("op-2") is None
    again.close()


def test_the_sentences_for_a_server_that_is_not_there(databases: Databases) -> None:
    closed = pg_server.free_port()
    with pytest.raises(Offline, match="cannot be reached"):
        opened(Address("postgres", f"postgresql://ann@127.0.0.1:{closed}/book"))
    with pytest.raises(BookUnavailable, match="no database of this name"):
        opened(databases.address("not_there"))


def test_a_server_that_is_too_old_is_refused(
    place: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import server as reaching

    monkeypatch.setattr(reaching, "OLDEST", 990000)
    with pytest.raises(BookUnavailable, match="needs 15 or newer"):
        opened(place)


def test_a_line_off_this_machine_is_encrypted_and_checked_or_refused() -> None:
    from db.server import line_options

    assert "sslmode" not in line_options("postgresql://ann@localhost/book")
    assert "sslmode" not in line_options("postgresql://ann@[::1]/book")
    assert line_options("postgresql://ann@db.example/book")["sslmode"] == "verify-full"
    assert line_options("postgresql://ann@db.example/book")["sslrootcert"] == "system"
    own = line_options("postgresql://ann@db.example/book?sslrootcert=/ca.crt")
    assert own["sslrootcert"] == "/ca.crt"
    for mode in ("disable", "prefer", "require", "verify-ca"):
        with pytest.raises(BookUnavailable, match="checked certificate"):
            line_options(f"postgresql://ann@db.example/book?sslmode={mode}")
    with pytest.raises(BookUnavailable, match="cannot be read"):
        line_options("postgresql://ann@db.example/book?nonsense=1")


def test_a_cut_line_is_noticed_within_seconds() -> None:
    from db.server import line_options

    options = line_options("postgresql://ann@db.example/book")
    assert int(options["connect_timeout"]) <= 3
    assert int(options["tcp_user_timeout"]) <= 5000
    silent = int(options["keepalives_idle"]) + int(options["keepalives_interval"]) * int(
        options["keepalives_count"]
    )
    assert silent <= 9


def test_two_people_who_change_one_field_meet_a_conflict_that_names_the_other(
    place: Address, shared: Book
) -> None:
    from planner.ports import UnitOfWork

    world: World = fill(shared)
    bob = opened(place, actor="Bob")

    def read(uow: UnitOfWork) -> object:
        return uow.accounts.get(world.account)

    mine = shared.run(read).result
    bob.run(change_account, world.account, sector="ships")

    def save(uow: UnitOfWork) -> object:
        return uow.accounts.save(mine, mine.changed(sector="rails"))

    with pytest.raises(Conflict) as clash:
        shared.run(save)
    assert clash.value.who == "Bob"
    assert [one[:5] for one in clash.value.fields] == [("sector", None, "ships", "rails", "Bob")]
    bob.close()


def test_the_doctor_checks_what_a_server_does_not(shared: Book) -> None:
    from db.backup import back_up_book
    from db.doctor import examine

    fill(shared)
    assert [(one.id, one.ok) for one in examine(shared)] == [
        ("schema", True), ("scores", True), ("search", True), ("rollups", True),
        ("health_inputs", True),
    ]  # fmt: skip
    shared.connection.run("DELETE FROM search_entry")
    assert [one.id for one in examine(shared) if not one.ok] == ["search"]
    with pytest.raises(BookUnavailable, match="pg_dump"):
        back_up_book(shared, None)


def test_the_driver_is_not_loaded_for_a_file(tmp_path: Path) -> None:
    new_book(tmp_path).close()
    code = (
        "import sys; from pathlib import Path; from tests.makers import opened;"
        "opened(Path(sys.argv[1])).close();"
        "print([n for n in sys.modules if n.startswith(('psycopg', 'db.postgres', 'db.server'))])"
    )
    ran: Callable[..., subprocess.Popen[str]] = start
    assert ran(code, tmp_path / "book.db").communicate() == ("[]\n", "")
