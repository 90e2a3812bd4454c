"""``share``: members by command, addresses without passwords, and every refusal in words."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import psycopg
import pytest
from keyring.backends import fail, null

from db import team_schema
from tests.cli.conftest import SECRET, Ask, Kept
from tests.guarded_server import OWNER
from tests.makers import World
from tui import paths
from tui.cli.share import KINDS
from tui.composition import launch
from tui.passwords import from_keyring, passfile
from tui.person import stored_book

Done = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("ring")


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
