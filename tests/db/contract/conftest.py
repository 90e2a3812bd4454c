"""The same tests on both engines: every test here runs on a file and on a server.

The filled book is made once a session and engine, then copied.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.address import Address
from db.book import Book, create_book
from tests.db.servers import Databases, name_of
from tests.fakes import FakeClock
from tests.makers import TODAY, World, fill, opened

ENGINES = ("sqlite", "postgres")


@pytest.fixture(scope="session", params=ENGINES, autouse=True)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Which engine this run of the test is on."""
    name: str = request.param
    return name


@pytest.fixture
def new_place(
    engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Address]]:
    """Gives addresses at which nothing stands yet."""
    if engine_name == "sqlite":
        numbers = iter(range(1000))
        yield lambda: Address("sqlite", tmp_path / f"place-{next(numbers)}.db")
        return
    databases = Databases(request.getfixturevalue("server"))
    yield databases.new
    databases.drop_all()


@pytest.fixture
def book(new_place: Callable[[], Address], clock: FakeClock) -> Iterator[Book]:
    """An empty book, open as Ann."""
    address = new_place()
    create_book(address, name="Test", today=TODAY)
    made = opened(address, clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def template(
    engine_name: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[Address, World]:
    """A closed book with one of everything."""
    if engine_name == "sqlite":
        address = Address("sqlite", tmp_path_factory.mktemp("template") / "book.db")
    else:
        address = Databases(request.getfixturevalue("server")).new()
    create_book(address, name="Test", today=TODAY)
    made = opened(address)
    world = fill(made)
    made.close()
    return address, world


@pytest.fixture
def world(template: tuple[Address, World]) -> World:
    """The ids in the filled book."""
    return template[1]


@pytest.fixture
def filled(
    engine_name: str,
    template: tuple[Address, World],
    tmp_path: Path,
    clock: FakeClock,
    request: pytest.FixtureRequest,
) -> Iterator[Book]:
    """A copy of the filled book, open as the colleague Ann."""
    if engine_name == "sqlite":
        address = Address("sqlite", tmp_path / "filled.db")
        shutil.copy(template[0].path, address.path)
        made = opened(address, clock)
        yield made
        made.close()
        return
    databases = Databases(request.getfixturevalue("server"))
    made = opened(databases.new(name_of(template[0])), clock)
    yield made
    made.close()
    databases.drop_all()
