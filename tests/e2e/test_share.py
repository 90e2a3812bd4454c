"""The installed program on a server that asks for passwords: prompts, the app, and no leak."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.db.servers import Databases, name_of
from tests.db.team_book import make_owner
from tests.e2e.screen import TODAY, TRUSTPLAN, Screen, running
from tests.guarded_server import OWNER, SECRETS, Guarded

ANN, BOB = "anns: geheimnis\\7", "bobs-geheimnis-12"


@pytest.fixture
def place(guarded: Guarded) -> Iterator[str]:
    """The address of an empty database as its owner."""
    databases = Databases(guarded.server)
    make_owner(databases)
    name = name_of(databases.new())
    databases.execute(f"ALTER DATABASE {name} OWNER TO {OWNER}")
    yield guarded.address(name).url
    databases.drop_all()
    for (role,) in databases.execute(
        f"SELECT rolname FROM pg_roles WHERE rolname LIKE '{name}%'"
        " OR rolname LIKE 'e!_%' ESCAPE '!'"
    ):
        databases.execute(f'DROP ROLE "{role}"')


class Machine:
    """A person's machine: a home of its own; ``argvs`` is everything that was started there."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir()
        self.environ = {
            name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PG"))
        } | {"HOME": str(home), "TRUSTPLAN_TODAY": TODAY}
        self.argvs: list[str] = []
        self.said = b""

    def run(self, *words: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[bytes]:
        """Run the program; it has to succeed."""
        self.argvs += words
        done = subprocess.run(
            [TRUSTPLAN, *words], input=typed.encode(), env={**self.environ, **more},
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        self.said += done.stdout + done.stderr
        return done


def test_no_password_is_in_arguments_output_files_or_the_servers_log(
    guarded: Guarded, place: str, tmp_path: Path
) -> None:
    owner, ann, bob = (Machine(tmp_path / name) for name in ("owner", "ann", "bob"))
    secret = {"PGPASSWORD": SECRETS[OWNER]}
    owner.run("--book", place, "share", "init", **secret)
    for login, password in (("e_ann", ANN), ("e_bob", BOB)):
        owner.run("--book", place, "share", "add", login, "--login", login, "--kind", "lead",
                  "--team", login, "--password-stdin", typed=password + "\n", **secret)  # fmt: skip
    address = place.replace(OWNER, "e_ann")
    ann.run("share", "join", address, "--keep", "passfile", "--password-stdin", typed=ANN + "\n")
    ann.run("account", "add", "Nordic Oy")
    assert b"Nordic Oy" in ann.run("accounts").stdout
    bob.run("share", "join", place.replace(OWNER, "e_bob"), "--password-stdin", typed=BOB)
    bob.run("account", "add", "Southern", PGPASSWORD=BOB)
    refused = subprocess.run(
        [TRUSTPLAN, "accounts"], env={**bob.environ, "PGPASSWORD": ANN}, input=b"",
        capture_output=True, check=False,
    )  # fmt: skip
    assert refused.returncode == 3
    escaped = ANN.replace("\\", "\\\\").replace(":", "\\:")
    assert escaped in (ann.home / ".pgpass").read_text()
    for secret_text in (SECRETS[OWNER], ANN, BOB, escaped):
        for machine in (owner, ann, bob):
            assert secret_text not in " ".join(machine.argvs)
            assert secret_text.encode() not in machine.said + refused.stderr
            for file in machine.home.rglob("*"):
                if file.is_file() and file.name != ".pgpass":
                    assert secret_text.encode() not in file.read_bytes(), file
        assert secret_text not in guarded.log
    assert "e_ann" in guarded.log
    assert "SCRAM-SHA-256$" in guarded.log
    assert not (owner.home / ".pgpass").exists()
    assert not (bob.home / ".pgpass").exists()


def test_a_password_is_asked_for_twice_at_the_making_and_once_at_the_start(
    place: str, tmp_path: Path
) -> None:
    machine = Machine(tmp_path / "one")
    secret = {"PGPASSWORD": SECRETS[OWNER]}
    machine.run("--book", place, "share", "init", **secret)
    words = ("--book", place, "share", "add", "Ann", "--login", "e_ann", "--kind", "read_only")
    with running(*words, environ={**machine.environ, **secret}) as term:
        term.wait("New password for e_ann:")
        term.press(BOB, "enter")
        term.wait("The same again:")
        term.press(ANN, "enter")
        assert term.end() == 1
        assert "differ" in term.text
    with running(*words, environ={**machine.environ, **secret}) as term:
        for prompt in ("New password for e_ann:", "The same again:"):
            term.wait(prompt)
            term.press(ANN, "enter")
        assert term.end() == 0
        assert ANN not in term.text
    address = place.replace(OWNER, "e_ann")
    with running("share", "join", address, environ=machine.environ) as term:
        term.wait("Password for postgresql://e_ann@")
        term.press(BOB, "enter")
        term.wait("That was wrong.")
        term.press(ANN, "enter")
        assert term.end() == 0
        assert "You are Ann, read only" in term.text
    with running(environ=machine.environ) as term:
        term.wait("Password for postgresql://e_ann@")
        term.press(ANN, "enter")
        term.wait("TODAY", "READ-ONLY", "Ann", without=["Password"])
        term.press("t")
        term.wait("read-only")
        term.press("q")
        assert term.end() == 0


def asked_times(term: Screen, number: int) -> bool:
    """Whether the password was asked for so many times."""
    return term.text.count("Password for") == number


def test_a_password_that_is_wrong_three_times_ends_the_start_with_a_sentence(
    place: str, tmp_path: Path
) -> None:
    machine = Machine(tmp_path / "one")
    machine.run("--book", place, "share", "init", PGPASSWORD=SECRETS[OWNER])
    with running("--book", place, environ=machine.environ) as term:
        for number in (1, 2, 3):
            term.wait_for(partial(asked_times, term, number), f"prompt {number}")
            term.press("not this", "enter")
        assert term.end() == 3
        assert term.text.count("Password for") == 3
        assert "refused the name or the password" in term.text
    assert b"not this" not in term.raw
