"""Books for the store's tests; the filled one is made once a session and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.address import Address
from db.book import Book
from db.sample_writer import make_sample
from tests import pg_server
from tests.db.moving import PlaceOn, unheard
from tests.db.servers import Databases
from tests.fakes import FakeClock
from tests.makers import TODAY, World, fill, new_book, opened


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


@pytest.fixture
def databases(server: pg_server.Server) -> Iterator[Databases]:
    """A maker of databases that are dropped afterwards."""
    made = Databases(server)
    yield made
    made.drop_all()


@pytest.fixture
def place_on(tmp_path: Path, request: pytest.FixtureRequest) -> PlaceOn:
    """Gives addresses of an engine at which nothing stands."""
    numbers = iter(range(100))

    def new(engine_name: str) -> Address:
        if engine_name == "sqlite":
            return Address("sqlite", tmp_path / "places" / f"{next(numbers)}.db")
        databases: Databases = request.getfixturevalue("databases")
        return databases.new()

    return new


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample book of sixty accounts, to be copied."""
    address = Address("sqlite", tmp_path_factory.mktemp("sample") / "sample.db")
    make_sample(
        address, today=TODAY, accounts=60, touchpoints=None, complaints=None, seed=3,
        progress=unheard,
    )  # fmt: skip
    return address.path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Address:
    """A sample book of sixty accounts."""
    return Address("sqlite", Path(shutil.copy(sample_file, tmp_path / "sample.db")))
