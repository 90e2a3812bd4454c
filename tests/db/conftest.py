"""Books for the store's tests; the filled one is made once a session and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.book import Book
from tests.fakes import FakeClock
from tests.makers import World, fill, new_book, opened


@pytest.fixture
def clock() -> FakeClock:
    """A clock at noon of a Wednesday."""
    return FakeClock()


@pytest.fixture
def book(tmp_path: Path, clock: FakeClock) -> Iterator[Book]:
    """An empty book, open as Ann."""
    made = new_book(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A closed book with one of everything."""
    made = new_book(tmp_path_factory.mktemp("template"))
    world = fill(made)
    made.close()
    return made.address.path, world


@pytest.fixture
def world(template: tuple[Path, World]) -> World:
    """The ids in the filled book."""
    return template[1]


@pytest.fixture
def filled(template: tuple[Path, World], tmp_path: Path, clock: FakeClock) -> Iterator[Book]:
    """A copy of the filled book, open as the colleague Ann."""
    path = tmp_path / "filled.db"
    shutil.copy(template[0], path)
    made = opened(path, clock)
    yield made
    made.close()
