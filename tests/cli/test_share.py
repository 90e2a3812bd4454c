"""``share``: members by command, addresses without passwords, and every refusal in words."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import psycopg
import pytest
from keyring.backends import fail, null

from db import server as line
from db import team_schema
from planner.errors import BookUnavailable
from tests.cli.conftest import Ask
from tests.db.servers import Databases, name_of
from tests.db.team_book import make_owner, sql
from tests.guarded_server import OWNER, SECRETS, Guarded
from tests.makers import World
from tui import paths
from tui.cli.share import KINDS
from tui.composition import launch
from tui.passwords import from_keyring, passfile, scrub
from tui.person import stored_book

Done = Callable[..., Any]
SECRET = "Geheim: is\\t es 9"


class Kept(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment,unused-ignore]  # keyring declares a class property

    def __init__(self) -> None:
        self.words: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.words.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.words[service, username] = password


@pytest.fixture(autouse=True)
def ring() -> Iterator[Kept]:
    """The keyring of this test."""
    before = keyring.get_keyring()
    made = Kept()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a line on standard input."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text + "\n"))


@pytest.fixture
def place(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty database as its owner; the owner's password is in the environment."""
    databases = Databases(guarded.server)
    make_owner(databases)
    name = name_of(databases.new())
    databases.execute(f"ALTER DATABASE {name} OWNER TO {OWNER}")
    monkeypatch.delenv("TRUSTPLAN_BOOK", raising=False)
    monkeypatch.setenv("PGPASSWORD", SECRETS[OWNER])
    yield guarded.address(name).url
    databases.drop_all()
    for (role,) in databases.execute(
        f"SELECT rolname FROM pg_roles WHERE rolname LIKE '{name}%'"
        " OR rolname LIKE 'c!_%' ESCAPE '!'"
    ):
        databases.execute(f'DROP ROLE "{role}"')


@pytest.fixture
def shared(ask: Ask, place: str, typed: Callable[[str], None]) -> str:
    """A team's book with the lead Cleo; its address for her."""
    assert ask("--book", place, "share", "init", "--name", "Team", "--zone", "UTC").code == 0
    typed(SECRET)
    got = ask("--book", place, "share", "add", "Cleo", "--login", "c_leo", "--kind", "lead",
              "--team", "north", "--function", "sales", "--password-stdin")  # fmt: skip
    assert got.code == 0, got.err
    return place.replace(OWNER, "c_leo")


@pytest.fixture
def cleo(shared: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Her address, and no password but hers to be found."""
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.delenv("TRUSTPLAN_BOOK", raising=False)
    return shared


def test_the_kinds_are_those_of_the_server() -> None:
    assert KINDS == team_schema.KINDS


def test_init_says_what_it_did_and_what_comes_next(ask: Ask, place: str) -> None:
    first = ask("--book", place, "share", "init")
    assert first.code == 0, first.err
    database = place.rpartition("/")[2]
    assert f"Made the book at {place}" in first.out
    assert f"{database}_account_manager" in first.out
    assert f"trustplan --book {place} share add" in first.out
    again = ask("--book", place, "share", "init", "--json").document
    assert (again["made"], again["roles_made"], again["members"]) == (False, [], 0)
    assert ask("--book", place, "settings", "name").out.split() == ["name", database]


def test_a_member_is_added_changed_shown_and_removed(
    ask: Ask, done: Done, shared: str, place: str, typed: Callable[[str], None]
) -> None:
    here = done("--book", place, "share", "status")
    assert here["members"] == [{"login": "c_leo", "name": "Cleo", "kind": "lead", "team": "north"}]
    assert (here["owner"], here["kind"], here["connected"]) == (True, None, [OWNER])
    shown = ask("--book", place, "share", "status").out
    assert "You are the owner of the book" in shown
    assert "Cleo (c_leo): lead of team north" in shown
    changed = done("--book", place, "share", "set", "c_leo", "--kind", "admin", "--team", "")
    assert (changed["kind"], changed["team"]) == ("admin", None)
    typed("another one")
    assert done("--book", place, "share", "set", "c_leo", "--password-stdin")["login"] == "c_leo"
    assert ask("--book", place, "share", "set", "c_leo").code == 2
    assert "no longer open" in ask("--book", place, "share", "remove", "c_leo").out
    assert done("--book", place, "share", "status")["members"] == []
    got = ask("--book", place, "share", "remove", "c_leo")
    assert (got.code, got.err) == (1, "No member has the login c_leo.\n")
    assert shared.startswith("postgresql://c_leo@")


def test_an_existing_role_is_taken_with_its_password(
    ask: Ask, place: str, shared: str, typed: Callable[[str], None]
) -> None:
    with psycopg.connect(place.replace(OWNER, "postgres"), autocommit=True) as raw:
        raw.execute("CREATE ROLE c_old LOGIN")
    words = ("--book", place, "share", "add", "Olde", "--login", "c_old", "--kind", "lead")
    typed("x")
    assert "--existing takes it" in ask(*words, "--password-stdin").err
    assert ask(*words, "--existing", "--password-stdin").code == 2
    assert "Olde is a member now: lead." in ask(*words, "--existing").out
    assert shared


def test_join_stores_the_address_and_says_who_i_am(
    ask: Ask, done: Done, cleo: str, typed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(SECRET)
    got = ask("share", "join", cleo, "--password-stdin", "--keep", "passfile")
    assert got.code == 0, got.err
    assert "You are Cleo, lead of team north (login c_leo)." in got.out
    assert "The line is" in got.out
    assert f"kept in {Path.home() / '.pgpass'}" in got.out
    assert stored_book() == cleo
    assert stat.S_IMODE(paths.config_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(passfile().stat().st_mode) == 0o600
    monkeypatch.delenv("TRUSTPLAN_BOOK", raising=False)
    made = done("account", "add", "Nordic Oy")
    assert made["name"] == "Nordic Oy"
    assert done("history")[0]["actor"] == "Cleo"
    assert done("share", "status")["login"] == "c_leo"
    me = done("me")
    assert (me["name"], me["function"], me["login"]) == ("Cleo", "sales", "c_leo")
    assert "The server knows who you are" in ask("me").out
    refused = ask("me", "Somebody Else")
    assert (refused.code, "share set c_leo --name NAME" in refused.err) == (1, True)
    assert done("me", "Cleo", "--function", "success")["function"] == "success"
    assert done("paths")["book"] == cleo


def test_the_variable_and_the_option_win_over_what_join_stored(
    cleo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.person import save_config

    save_config("book", {"address": cleo})
    assert (str(launch().address), launch().named) == (cleo, True)
    monkeypatch.setenv("TRUSTPLAN_BOOK", str(tmp_path / "a.db"))
    assert str(launch().address) == str(tmp_path / "a.db")
    assert str(launch(str(tmp_path / "b.db")).address) == str(tmp_path / "b.db")


def test_a_stored_address_with_a_password_is_refused(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRUSTPLAN_BOOK")
    paths.config_file().parent.mkdir(parents=True, exist_ok=True)
    paths.config_file().write_text('[book]\naddress = "postgresql://a:geheim@h/b"\n')
    got = ask("accounts")
    assert (got.code, "holds a password" in got.err, "geheim" in got.err) == (3, True, False)
    assert "geheim" not in ask("paths").out


def test_join_keeps_the_password_in_the_keyring_and_takes_it_from_there(
    ask: Ask, done: Done, cleo: str, typed: Callable[[str], None], ring: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    typed(SECRET)
    assert done("share", "join", cleo, "--password-stdin", "--keep", "keyring")["password"] == (
        "keyring"
    )
    assert ring.words == {("trustplan", cleo): SECRET}
    monkeypatch.delenv("TRUSTPLAN_BOOK", raising=False)
    assert done("share", "status")["login"] == "c_leo"
    ring.words["trustplan", cleo] = "an old one"
    got = ask("share", "status")
    assert (got.code, "refused the name or the password" in got.err) == (3, True)


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_join_without_a_usable_keyring_says_so_and_stores_nothing(
    ask: Ask, cleo: str, typed: Callable[[str], None], backend: Callable[[], Any]
) -> None:
    keyring.set_keyring(backend())
    typed(SECRET)
    got = ask("share", "join", cleo, "--password-stdin", "--keep", "keyring")
    assert (got.code, "no usable keyring" in got.err) == (1, True)
    assert stored_book() is None
    assert from_keyring(cleo) is None


def test_join_keeps_no_password_unless_it_is_told_to(
    ask: Ask, done: Done, cleo: str, typed: Callable[[str], None], ring: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    typed(SECRET)
    assert done("share", "join", cleo, "--password-stdin")["password"] == "ask"
    assert (ring.words, passfile().exists()) == ({}, False)
    monkeypatch.delenv("TRUSTPLAN_BOOK", raising=False)
    typed("")
    got = ask("accounts")
    assert (got.code, "asks for a password and none was given" in got.err) == (3, True)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert done("share", "join", cleo, "--keep", "passfile")["password"] == "not_asked"
    assert not passfile().exists()


def test_the_passfile_keeps_its_other_lines_and_ours_comes_first(
    ask: Ask, cleo: str, typed: Callable[[str], None]
) -> None:
    passfile().write_text("# mine\nother:5432:*:me:x\n*:*:*:*:wrong for us\n")
    passfile().chmod(0o600)
    for _time in range(2):
        typed(SECRET)
        passfile_before = passfile().read_text()
        got = ask("share", "join", cleo, "--password-stdin", "--keep", "passfile")
        assert got.code == 0, got.err
    host, rest = cleo.partition("@")[2].split(":")
    port, database = rest.split("/")
    first, *others = passfile().read_text().splitlines()
    assert first == f"{host}:{port}:{database}:c_leo:Geheim\\: is\\\\t es 9"
    assert others == ["# mine", "other:5432:*:me:x", "*:*:*:*:wrong for us"]
    assert passfile().read_text() == passfile_before


FILE_WORDS = [
    ("init",),
    ("add", "Cleo", "--login", "c_leo", "--kind", "lead"),
    ("set", "c_leo", "--kind", "lead"),
    ("remove", "c_leo"),
    ("join", "somewhere.db"),
]


@pytest.mark.parametrize("words", FILE_WORDS)
def test_on_a_file_roles_are_advisory_and_each_word_says_how_to_get_a_server(
    ask: Ask, world: World, words: tuple[str, ...]
) -> None:
    got = ask("share", *words)
    assert got.code == 1
    assert "roles are advisory" in got.err
    assert "trustplan --book postgresql://OWNER@HOST/DATABASE share init" in got.err
    assert world.account


def test_status_on_a_file_says_that_roles_are_advisory(ask: Ask, done: Done, world: World) -> None:
    assert "roles are advisory" in ask("share", "status").out
    assert done("share", "status")["roles"] == "advisory"
    assert world.account


def test_the_team_of_an_account_is_named_by_command(
    ask: Ask, done: Done, cleo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTPLAN_BOOK", cleo)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    added = done("account", "add", "Nordic Oy")
    database = cleo.rpartition("/")[2]
    assert added["name"] == "Nordic Oy"
    assert done("account", "set", "Nordic Oy", "--team", "")["team"] is None
    assert done("account", "set", "Nordic Oy", "--team", "north")["team"] == "north"
    assert done("account", "add", "Second", "--team", "north")["team"] == "north"
    got = ask("account", "set", "Nordic Oy", "--team", "south")
    assert (got.code, "role on the server does not allow" in got.err) == (1, True)
    assert database


# -- bad input --------------------------------------------------------------------------------


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
    plain(got, 3, "This needs the extra `team`: pipx install 'trustplan[team]'")


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
