"""Running the program by its command line, inside the test's process."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import pytest

from db.address import Address
from db.book import create_book
from tests.db.servers import Databases, name_of
from tests.db.team_book import make_owner
from tests.fakes import NOON
from tests.guarded_server import OWNER, SECRETS, Guarded
from tests.makers import World, fill, opened
from tui.cli.main import run

TODAY = "2026-03-11"
"""A Wednesday."""


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


Ask = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a command line on an own book that is not there yet, on a fixed day."""
    monkeypatch.setenv("TRUSTPLAN_BOOK", str(tmp_path / "own.db"))
    monkeypatch.setenv("TRUSTPLAN_TODAY", TODAY)

    def answer(*words: str) -> Answer:
        capsys.readouterr()
        code = run(list(words))
        got = capsys.readouterr()
        return Answer(code, got.out, got.err)

    return answer


@pytest.fixture
def world(tmp_path: Path, ask: Ask) -> World:  # noqa: ARG001
    """A book with one of everything at the address that ``ask`` uses."""
    path = tmp_path / "own.db"
    create_book(Address("sqlite", path), name="Test", today=NOON.date())
    book = opened(path)
    try:
        return fill(book)
    finally:
        book.close()


@pytest.fixture
def done(ask: Ask) -> Callable[..., Any]:
    """Run a command line that has to succeed; gives back its JSON document."""

    def document(*words: str) -> Any:
        got = ask(*words, "--json") if "--" not in words else ask("--json", *words)
        assert got.code == 0, got.err
        return got.document

    return document


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


@pytest.fixture
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
