"""What is wrong with an address, a server, a password or a book: a sentence and an exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import migrations, roles
from db import server as line
from db.schema_number import HEAD
from planner.errors import BookUnavailable, Refused
from tests.cli.conftest import SECRET, Ask
from tests.db.team_book import sql
from tests.guarded_server import OWNER, SECRETS, Guarded
from tui import paths
from tui.composition import launch
from tui.passwords import from_keyring, into_keyring, into_passfile, passfile, scrub
from tui.person import stored_book

Done = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("ring")


def plain(got: Any, code: int, *said: str) -> None:
    """An answer in words: the exit code, one or two sentences, no trace of Python."""
    assert got.code == code, got
    for words in said:
        assert words in got.err
    assert "Traceback" not in got.err
    assert len(got.err.splitlines()) <= 2
    assert got.err.strip().endswith((".", "init", "]'"))
    assert not (paths.state_folder() / "error.log").exists()


def test_a_wrong_password(ask: Ask, cleo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "not hers")
    got = ask("--book", cleo, "accounts")
    plain(got, 3, "refused the name or the password")
    assert "not hers" not in got.err


def test_an_unknown_host(ask: Ask) -> None:
    plain(ask("--book", "postgresql://me@book.invalid/b", "accounts"), 3, "cannot be reached")


def test_a_server_that_is_too_old(ask: Ask, cleo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    monkeypatch.setattr(line, "OLDEST", 990000)
    plain(ask("--book", cleo, "accounts"), 3, "trustplan needs 15 or newer")


@pytest.mark.parametrize("words", [("accounts",), ("share", "init")])
def test_a_database_of_another_program(
    ask: Ask, place: str, guarded: Guarded, words: tuple[str, ...]
) -> None:
    with sql(guarded, place.rpartition("/")[2], "postgres") as raw:
        raw.execute("CREATE TABLE public.theirs (id int)")
        plain(ask("--book", place, *words), 3, "database of another program")
        assert raw.execute("SELECT to_regnamespace('trustplan')").fetchone() == (None,)


@pytest.mark.parametrize("words", [("accounts",), ("share", "init")])
def test_a_book_that_is_newer_than_the_program(
    ask: Ask, place: str, shared: str, guarded: Guarded, words: tuple[str, ...]
) -> None:
    with sql(guarded, place.rpartition("/")[2], "postgres") as raw:
        raw.execute("INSERT INTO schema_migration (number, name) VALUES (99, 'later')")
    plain(ask("--book", place, *words), 3, "made by a newer version")
    assert shared


@pytest.mark.parametrize(
    "words", [("accounts",), ("share", "init"), ("share", "status"), ("account", "add", "X")]
)
def test_no_extra_installed(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    got = ask("--book", "postgresql://me@127.0.0.1/b", *words)
    plain(got, 3, "This needs the extra `team`. In the checkout: pipx install --force '.[team]'")


def test_no_such_database(ask: Ask, place: str) -> None:
    plain(ask("--book", place + "x", "accounts"), 3, "no database of this name")


def test_no_book_in_the_database_yet(ask: Ask, place: str) -> None:
    plain(ask("--book", place, "accounts"), 3, "no book", "share init")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:geheim@host/b",
        "postgresql://me@host/b?password=geheim",
        "postgresql://me:geheim#1@host/b",
        "postgresql://me:geheim/1@host/b",
        "postgresql://me:geheim?1@host/b",
        "postgresql://me:geheim@ho:st/b",
    ],
)
@pytest.mark.parametrize("words", [("accounts",), ("share", "init"), ("paths",)])
def test_an_address_with_a_password_in_it_is_refused_without_repeating_it(
    ask: Ask, address: str, words: tuple[str, ...]
) -> None:
    got = ask("--book", address, *words)
    assert "geheim" not in got.out + got.err
    if words != ("paths",):
        plain(got, 3)
    joined = ask("share", "join", address)
    assert (joined.code, "geheim" in joined.err) == (3, False)
    assert "holds a password" in joined.err or "without a password in it" in joined.err
    assert stored_book() is None


def test_no_login_is_added_without_a_password(
    ask: Ask, place: str, shared: str, typed: Callable[[str], None]
) -> None:
    words = ("--book", place, "share", "add", "New", "--login", "c_new", "--kind", "lead")
    typed("")
    assert "no password on standard input" in ask(*words, "--password-stdin").err
    assert "--password-stdin" in ask(*words).err
    assert shared


def test_a_passfile_that_cannot_hold_or_take_the_password_is_said(tmp_path: Path) -> None:
    place = ("host", "5432", "db", "me")
    with pytest.raises(Refused, match="line end"):
        into_passfile(place, "a\nb")
    passfile().mkdir()
    with pytest.raises(Refused, match="cannot be written"):
        into_passfile(place, "a")
    passfile().rmdir()
    passfile().write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match="it is no text"):
        into_passfile(place, "a")
    assert passfile().read_bytes() == b"\xff\xfe"
    assert tmp_path.exists()


def test_without_the_package_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert from_keyring("postgresql://me@host/b") is None
    with pytest.raises(Refused, match="no usable keyring"):
        into_keyring("postgresql://me@host/b", "x")


def test_init_says_what_an_older_book_became(
    ask: Ask, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = migrations.postgres_statements()[:2]
    monkeypatch.setattr(migrations, "postgres_statements", lambda: first)
    monkeypatch.setattr(roles, "make_groups", lambda _connection: [])
    assert ask("--book", place, "share", "init").code == 0
    monkeypatch.undo()
    monkeypatch.setenv("PGPASSWORD", SECRETS[OWNER])
    said = ask("--book", place, "share", "init").out
    assert f"Brought the book from schema 2 to {HEAD}." in said


def test_the_log_of_errors_holds_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.__main__ import write_log

    monkeypatch.setenv("PGPASSWORD", "umgebung-9")
    texts = (
        "postgresql://me:geheim-1@host/b", "password=geheim-2 host=x", "password='geheim-3 x'",
        "umgebung-9", "SCRAM-SHA-256$4096:abc$def:ghi",
    )  # fmt: skip
    written = Path(write_log(BookUnavailable(" ".join(texts)))).read_text()
    for leaked in ("geheim", "umgebung", "4096:abc"):
        assert leaked not in written
    assert "postgresql://me:***@host/b" in written
    assert scrub("postgresql://me@host/b is fine") == "postgresql://me@host/b is fine"


def test_a_start_shows_no_password(cleo: str) -> None:
    start = launch(cleo)
    start.passwords.offer(SECRET)
    assert start.passwords.ask(cleo, False) == SECRET
    assert SECRET not in repr(start)
    assert "Passwords" not in repr(start)
    assert json.dumps(SECRET) not in repr(vars(type(start)))
