"""Running the program by its command line, inside the test's process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db.address import Address
from db.book import create_book
from tests.fakes import NOON
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
