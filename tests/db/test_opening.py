"""What is no book, or one that cannot be used, gets a plain sentence and stays as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from db import backup, migrations, sqlite
from db.address import Address, parse_address
from db.book import Book, create_book, open_book
from db.schema_number import HEAD
from planner.errors import BookUnavailable, Refused, TrustplanError
from planner.use_cases.accounts import add_account
from tests.fakes import FakeClock
from tests.makers import TODAY, engine, new_book, opened

ROOT = Path(__file__).resolve().parents[2]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refusal(path: Path) -> str:
    """The sentence with which a file is refused; the file is as before."""
    before = digest(path) if path.is_file() else ""
    with pytest.raises(BookUnavailable) as error:
        open_book(Address("sqlite", path), FakeClock(), "Ann")
    assert (digest(path) if path.is_file() else "") == before
    return str(error.value)


def alter(path: Path, statement: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A book with an account, closed."""
    made = new_book(tmp_path)
    made.run(add_account, name="Nordic")
    made.close()
    return made.address.path


def test_a_path_without_a_book(tmp_path: Path) -> None:
    assert "There is no book at" in refusal(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_file_of_no_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    assert "0 bytes" in refusal(tmp_path / "a.db")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no ordinary file" in refusal(tmp_path / "pipe")


def test_a_binary_file(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(bytes(range(256)) * 64)
    assert "is not a trustplan book" in refusal(tmp_path / "a.db")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    alter(tmp_path / "a.db", "CREATE TABLE t(a)")
    assert "another program" in refusal(tmp_path / "a.db")


def test_a_book_of_a_newer_version(closed: Path) -> None:
    alter(closed, "PRAGMA user_version=99")
    assert "newer version" in refusal(closed)


def test_a_book_with_a_damaged_number(closed: Path) -> None:
    alter(closed, "PRAGMA user_version=-16777213")
    assert "header is damaged" in refusal(closed)


@pytest.mark.parametrize("kept", [50, 99, 4096, 40_960])
def test_a_book_that_was_cut_off(closed: Path, kept: int) -> None:
    closed.write_bytes(closed.read_bytes()[:kept])
    assert "damaged" in refusal(closed)


def test_a_book_with_a_zone_that_no_machine_knows(closed: Path) -> None:
    alter(closed, "UPDATE setting SET value = 'Mars/Base' WHERE key = 'zone'")
    assert "Mars/Base" in refusal(closed)


def test_a_name_that_no_disk_takes(tmp_path: Path) -> None:
    with pytest.raises(BookUnavailable, match="cannot be read"):
        opened(tmp_path / ("a" * 300))
    with pytest.raises(BookUnavailable, match="No book can be made"):
        create_book(Address("sqlite", tmp_path / ("a" * 300)), name="x", today=TODAY)


def test_a_book_is_not_made_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("mine")
    with pytest.raises(BookUnavailable, match="a file at"):
        create_book(Address("sqlite", tmp_path / "a.db"), name="x", today=TODAY)
    assert (tmp_path / "a.db").read_text() == "mine"
    assert [entry.name for entry in tmp_path.iterdir() if entry.name != "home"] == ["a.db"]


def test_a_book_is_not_made_over_a_file_where_links_are_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_paths: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_link)
    create_book(Address("sqlite", tmp_path / "a.db"), name="x", today=TODAY)
    before = digest(tmp_path / "a.db")
    with pytest.raises(BookUnavailable, match="a file at"):
        create_book(Address("sqlite", tmp_path / "a.db"), name="x", today=TODAY)
    assert digest(tmp_path / "a.db") == before


def test_a_book_that_cannot_be_moved_to_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(1, "not here")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(BookUnavailable, match="not here"):
        create_book(Address("sqlite", tmp_path / "a.db"), name="x", today=TODAY)


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"zone": "../etc"}, "zone"),
        ({"currency": "QQQ"}, "QQQ"),
    ],
)
def test_a_book_that_could_not_be_read_is_not_made(
    tmp_path: Path, settings: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused, match=field):
        create_book(
            Address("sqlite", tmp_path / "a.db"),
            name=settings.get("name", "x"),
            zone=settings.get("zone", "UTC"),
            currency=settings.get("currency", "EUR"),
            today=TODAY,
        )
    assert not (tmp_path / "a.db").exists()


def test_addresses(tmp_path: Path) -> None:
    assert parse_address("postgresql://ann@host/book").url == "postgresql://ann@host/book"
    for secret in ("postgresql://ann:pw@host/book", "postgres://host/book?password=pw"):
        with pytest.raises(BookUnavailable, match="holds a password") as refused:
            parse_address(secret)
        assert "pw" not in str(refused.value)
    with pytest.raises(BookUnavailable, match="names no database"):
        parse_address("postgresql://ann@host")
    with pytest.raises(BookUnavailable, match="cannot be read"):
        parse_address("postgresql://[::1/book")
    with pytest.raises(BookUnavailable, match="in a file only"):
        _ = parse_address("postgresql://host/book").path
    with pytest.raises(BookUnavailable, match="empty"):
        parse_address("  ")
    assert str(parse_address(str(tmp_path / "a.db"))) == str(tmp_path / "a.db")


def test_a_book_locked_by_a_writer(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.run(add_account, name="Nordic")
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 1)
    writer = opened(book.address.path)
    second = opened(book.address.path)
    writer.connection.begin()
    with pytest.raises(BookUnavailable, match="Another program is writing"):
        second.run(add_account, name="Late")
    assert second.connection.rows("SELECT name FROM account") == [("Nordic",)]
    writer.connection.rollback()
    second.run(add_account, name="Late")
    writer.close()
    second.close()


def test_a_reader_sees_the_book_while_another_writes(book: Book) -> None:
    reader = opened(book.address.path, mode="read")
    book.connection.begin()
    assert reader.connection.rows("SELECT * FROM account") == []
    book.connection.rollback()
    assert reader.read_only
    with pytest.raises(BookUnavailable, match="read-only"):
        reader.run(add_account, name="x")
    with pytest.raises(BookUnavailable, match="read-only"):
        reader.connection.run("DELETE FROM setting")
    reader.close()


READ_ONLY = """
import os, sys
from pathlib import Path
from db.address import Address
from db.book import open_book, create_book
from planner.errors import BookUnavailable
from planner.use_cases.accounts import add_account
from tests.fakes import FakeClock
# Once through everything with all rights, so that nothing is left to import without them.
other = Address("sqlite", Path(sys.argv[1]).with_name("other.db"))
create_book(other, name="n", today=FakeClock().now().date())
book = open_book(other, FakeClock(), "Ann")
book.run(add_account, name="x")
book.close()
Path(sys.argv[1]).parent.chmod(int(sys.argv[2]))
os.setgid(65534); os.setuid(65534)
book = open_book(Address("sqlite", Path(sys.argv[1])), FakeClock(), "Ann")
print("read_only", book.read_only)
print(book.connection.rows("SELECT name FROM account"))
try:
    book.run(add_account, name="x")
except BookUnavailable as error:
    print(error)
try:
    create_book(Address("sqlite", Path(sys.argv[1]).with_name("n.db")), name="n",
                today=FakeClock().now().date())
except BookUnavailable as error:
    print(error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
@pytest.mark.parametrize(("file", "folder"), [(0o644, 0o755), (0o444, 0o777)])
def test_a_book_that_may_only_be_read(closed: Path, file: int, folder: int) -> None:
    place = Path(tempfile.gettempdir()) / f"trustplan-{os.getpid()}-{file:o}"
    place.mkdir()
    try:
        path = place / "book.db"
        shutil.copy(closed, path)
        path.chmod(file)
        before = digest(path)
        code = textwrap.dedent(READ_ONLY)
        environment = {name: value for name, value in os.environ.items() if "COV" not in name}
        said = subprocess.run(
            [sys.executable, "-c", code, str(path), str(folder)],
            env={**environment, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in said.stderr
        assert "read_only True" in said.stdout
        assert "[('Nordic',)]" in said.stdout
        assert "The book is read-only, so nothing was saved." in said.stdout
        if folder == 0o755:
            assert "No book can be made at" in said.stdout
        assert digest(path) == before
    finally:
        shutil.rmtree(place)


def test_a_file_without_write_permission_is_opened_for_reading(closed: Path) -> None:
    closed.chmod(0o400)
    book = opened(closed)
    assert book.read_only
    assert book.connection.rows("SELECT name FROM account") == [("Nordic",)]
    book.close()
    closed.chmod(0o600)


def test_a_read_only_folder_without_a_log_is_read_as_it_stands(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write: Callable[[object, int], bool] = lambda _path, mode: mode != os.W_OK  # noqa: E731
    monkeypatch.setattr(os, "access", may_write)
    book = opened(closed)
    assert book.read_only
    assert book.connection.rows("SELECT name FROM account") == [("Nordic",)]
    book.close()


def as_old(path: Path) -> None:
    """Turn a book into one of before the first migration: its mark, and nothing in it."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
    raw.execute("CREATE TABLE notes_of_mine(a TEXT) STRICT")
    raw.execute("INSERT INTO notes_of_mine VALUES ('kept')")
    raw.close()


def test_an_older_book_is_brought_up_to_date_after_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    as_old(path)
    book = opened(path)
    assert engine(book).raw.execute("PRAGMA user_version").fetchone()[0] == HEAD
    book.run(add_account, name="Nordic")
    book.close()
    (copy,) = backup.backup_folder(path).iterdir()
    assert copy.name == f"old-0001-before-schema-{HEAD}.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    raw = sqlite3.connect(copy)
    assert raw.execute("SELECT a FROM notes_of_mine").fetchall() == [("kept",)]
    assert raw.execute("PRAGMA user_version").fetchone()[0] == 0
    raw.close()
    opened(path).close()
    assert len(list(backup.backup_folder(path).iterdir())) == 1


def test_the_schema_of_an_upgraded_book_is_that_of_a_new_one(tmp_path: Path) -> None:
    as_old(tmp_path / "old.db")
    old, new = opened(tmp_path / "old.db"), new_book(tmp_path)
    listed = "SELECT name, sql FROM sqlite_schema WHERE name <> 'notes_of_mine' ORDER BY name"
    assert old.connection.rows(listed) == new.connection.rows(listed)
    old.close()
    new.close()


def test_a_book_of_the_first_schema_keeps_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = migrations.sqlite_statements()[:1]
    monkeypatch.setattr(migrations, "sqlite_statements", lambda: first)
    monkeypatch.setattr(migrations, "HEAD", 1)
    path = tmp_path / "first.db"
    create_book(Address("sqlite", path), name="First", today=TODAY)
    monkeypatch.undo()
    raw = sqlite3.connect(path)
    raw.execute(
        "INSERT INTO colleague (id, version, touched_on, name, seniority, name_key)"
        " VALUES (7, 1, '2026-01-01', 'Ann', 'member', 'ann')"
    )
    raw.commit()
    raw.close()
    book, new = opened(path), new_book(tmp_path)
    assert book.settings.name == "First"
    assert book.actor.colleague_id == 7
    assert book.run(add_account, name="Nordic").result.team is None
    listed = "SELECT name, sql FROM sqlite_schema ORDER BY name"
    assert book.connection.rows(listed) == new.connection.rows(listed)
    book.close()
    new.close()


def test_an_older_book_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    as_old(path)
    path.chmod(0o400)
    assert "cannot be brought up to date" in refusal(path)


def test_an_upgrade_that_fails_leaves_the_book_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    as_old(path)
    good = migrations.sqlite_statements()
    broken = (*good[:-1], (good[-1][0], (*good[-1][1], "CREATE TABLE notes_of_mine(b TEXT)")))
    monkeypatch.setattr(migrations, "sqlite_statements", lambda: broken)
    with pytest.raises(sqlite3.OperationalError):
        opened(path)
    raw = sqlite3.connect(path)
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_schema")]
    assert names == ["notes_of_mine"]
    assert raw.execute("PRAGMA user_version").fetchone()[0] == 0
    raw.close()


def test_an_upgrade_without_room_for_its_backup_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    as_old(path)
    before = digest(path)
    backup.backup_folder(path).write_text("a file stands where the folder should")
    with pytest.raises(BookUnavailable, match="No backup can be made"):
        opened(path)
    backup.backup_folder(path).unlink()

    def damaged(_raw: object, _target: object) -> None:
        raise BookUnavailable("did not pass")

    monkeypatch.setattr(backup, "_copy", damaged)
    with pytest.raises(BookUnavailable, match="did not pass"):
        opened(path)
    assert digest(path) == before
    assert list(backup.backup_folder(path).iterdir()) == []


def test_backups_are_numbered_and_none_is_replaced(book: Book) -> None:
    raw, path = engine(book).raw, book.address.path
    first, second = (backup.back_up(raw, path, "by-hand") for _time in range(2))
    assert [first.name, second.name] == ["book-0001-by-hand.db", "book-0002-by-hand.db"]
    first.unlink()
    third = backup.back_up(raw, path, "by-hand")
    assert third.name == "book-0003-by-hand.db"
    assert second.exists()


def test_a_page_that_was_damaged_is_named_as_damage(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    closed.write_bytes(content)
    with pytest.raises(TrustplanError, match="damaged"):
        opened(closed)
